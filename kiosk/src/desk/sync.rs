//! The server's task: what is on offer, what was left unanswered, what it has not heard yet.

use std::sync::Arc;
use std::time::Duration;

use hall::view::{Menu, TicketView};
use link::client::{ClientError, Problem};
use link::clock;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::{Desk, Seen, Taken};
use crate::ledger::{LedgerError, PrintRecord};
use crate::print::Outcome;

/// How often the menu is read. Ours: a visitor sees a paused window before choosing.
const MENU_EVERY: Duration = Duration::from_secs(2);
/// An unanswered wish older than this is nobody's any more. Ours: longer than anyone waits.
const WISH_MS: i64 = 10 * 60 * 1000;
/// A wish younger than this may be with the server still. **Source**: the client's own 5 s.
const UNDER_WAY_MS: i64 = 6 * 1000;

impl Desk {
    pub(super) async fn watch_server(
        self,
        show: watch::Sender<Seen>,
        mut stop: watch::Receiver<()>,
    ) {
        let mut every = tokio::time::interval(MENU_EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut is_first = true;
        loop {
            tokio::select! {
                _ = stop.changed() => return,
                _ = every.tick() => (),
                () = self.news.notified() => {
                    // No news for a server that is not there: the next menu tells.
                    if self.seen().online {
                        self.report_or_say().await;
                    }
                    continue;
                }
            }
            if self.look(&show).await {
                self.report_or_say().await;
                if let Err(fault) = self.catch_up(is_first).await {
                    tracing::error!(%fault, "the kiosk's journal cannot be worked off");
                }
                is_first = false;
            }
        }
    }

    /// Reads the menu; says whether the server answered.
    async fn look(&self, show: &watch::Sender<Seen>) -> bool {
        let path = format!("/api/v1/halls/{}/menu", self.hall);
        let answer = self.client.get::<Menu>(&path).await;
        let online = answer.is_ok();
        if online != show.borrow().online {
            match &answer {
                Ok(_) => tracing::info!("the server answers"),
                Err(fault) => tracing::warn!(%fault, "the server does not answer"),
            }
        }
        show.send_modify(|seen| {
            seen.online = online;
            if let Ok(menu) = answer {
                seen.menu = Some(Arc::new(menu));
            }
        });
        online
    }

    async fn report_or_say(&self) {
        if let Err(fault) = self.report().await {
            tracing::error!(%fault, "papers cannot be reported from the journal");
        }
    }

    /// Tells the server what became of each paper it does not know of.
    async fn report(&self) -> Result<(), LedgerError> {
        for print in self.ledger.unreported().await? {
            let Some(ticket) = self.ledger.answered(&print.intent).await? else {
                continue;
            };
            if !self.tell(&print, &ticket).await {
                return Ok(());
            }
            self.ledger.reported(&print.intent, print.copy).await?;
        }
        Ok(())
    }

    /// Tells the server of one paper; false when it should be told again later.
    async fn tell(&self, print: &PrintRecord, ticket: &TicketView) -> bool {
        let path = format!("/api/v1/halls/{}/tickets/{}/print", self.hall, ticket.id);
        let outcome = print.outcome.as_deref().unwrap_or("unknown");
        for outcome in ["started", outcome] {
            let key = format!("{}-{}-{outcome}", print.intent, print.copy);
            let body = json!({ "outcome": outcome, "copy": print.copy });
            match self.client.put::<TicketView>(&path, &key, &body).await {
                Ok(_) => (),
                Err(ClientError::Refused(problem)) if is_final(&problem) => {
                    tracing::warn!(ticket.id = %ticket.id, code = problem.code, outcome,
                        "the server does not take what became of a paper");
                }
                Err(fault) => {
                    tracing::debug!(%fault, "a paper is reported later");
                    return false;
                }
            }
        }
        true
    }

    /// Works off what the server has not answered.
    async fn catch_up(&self, is_first: bool) -> Result<(), LedgerError> {
        let now = clock::machine_now().0;
        for (intent, wish, made_at) in self.ledger.unanswered().await? {
            let age_ms = now - made_at;
            if age_ms > WISH_MS {
                self.ledger.give_up(&intent).await?;
            } else if age_ms > UNDER_WAY_MS || is_first {
                // One that stays unanswered would keep all others waiting for as long again.
                if self.ask(&intent, &wish).await? == Taken::Unknown {
                    break;
                }
            }
        }
        if is_first {
            for (intent, made_at) in self.ledger.never_begun().await? {
                if now - made_at > WISH_MS {
                    self.leave_unprinted(&intent).await?;
                } else {
                    self.queue(&intent, 1).await?;
                }
            }
        }
        Ok(())
    }

    /// A number whose visitor has long gone gets no paper, and the server hears that it has none.
    async fn leave_unprinted(&self, intent: &str) -> Result<(), LedgerError> {
        let now = clock::machine_now().0;
        if self.ledger.begin_print(intent, 1, now).await? {
            let why = Outcome::Failed("the kiosk stopped before the slip was begun".into());
            self.ledger.end_print(intent, 1, &why).await?;
            self.news.notify_one();
        }
        Ok(())
    }
}

/// Whether the answer will be the same next time: not so for a token that was taken back, a
/// server that is stopping, or too many requests.
pub(super) fn is_final(problem: &Problem) -> bool {
    !problem.retryable && !matches!(problem.status, 401 | 403 | 429 | 500..)
}

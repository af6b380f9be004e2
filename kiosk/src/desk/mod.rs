//! The kiosk's work: take a number, print it, tell the server what became of the paper.
//!
//! One task prints, so that slips never interleave; one task watches the server. Nothing here
//! prints a second time by itself: a copy needs a finger.

mod awake;
mod notices;
pub(crate) mod printing;
mod sync;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use hall::view::{Menu, TicketView};
use hall::{Class, Ground};
use link::client::{Client, ClientError, Problem};
use link::clock;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinSet;

use crate::ledger::{Ledger, LedgerError, PrintRecord};
use crate::print::{Outcome, Printer, PrinterStatus};

/// Papers that wait for the printer. Ours: one a finger, and nobody waits for thirty slips.
const JOBS: usize = 32;
/// Papers of one number before staff help. **Source**: RELIABILITY F14.
pub(crate) const COPIES_MAX: u32 = 3;

/// What a finger asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wish {
    /// The service's code.
    pub(crate) service: String,
    /// Ordinary or green.
    pub(crate) class: Class,
    /// On what ground green.
    pub(crate) ground: Option<Ground>,
}

/// What came of a wish.
#[derive(Debug, PartialEq)]
pub(crate) enum Taken {
    /// The intent has its number.
    Ticket,
    /// A rule said no.
    Refused(Box<Problem>),
    /// No answer: the same intent can be sent again.
    Unknown,
}

/// What the kiosk knows of the world.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// The newest menu.
    pub(crate) menu: Option<Arc<Menu>>,
    /// Whether the server answered last time.
    pub(crate) online: bool,
}

/// The kiosk's parts, shared by its pages.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    client: Client,
    hall: String,
    ledger: Ledger,
    jobs: mpsc::Sender<(String, u32)>,
    seen: watch::Receiver<Seen>,
    printer: watch::Receiver<PrinterStatus>,
    /// Rung when a paper has an outcome that the server should hear of.
    news: Arc<Notify>,
}

/// Where things are.
#[derive(Debug)]
pub(crate) struct Setup {
    /// The server.
    pub(crate) client: Client,
    /// The hall's code.
    pub(crate) hall: String,
    /// The kiosk's journal.
    pub(crate) data: PathBuf,
    /// The printer.
    pub(crate) printer: Printer,
}

impl Desk {
    /// Opens the journal, takes up what was left, and starts its tasks in `tasks`. They end
    /// when `stop` is dropped, a paper that is being printed first.
    ///
    /// # Errors
    ///
    /// The journal cannot be used.
    pub(crate) async fn open(
        setup: Setup,
        tasks: &mut JoinSet<()>,
        stop: watch::Receiver<()>,
    ) -> Result<Self, LedgerError> {
        let ledger = Ledger::open(&setup.data).await?;
        ledger.lose_begun().await?;
        let (jobs, queue) = mpsc::channel(JOBS);
        // One at a time: the next is fetched when the one before is reported.
        let (notice_jobs, notices) = mpsc::channel(1);
        let (show_menu, seen) = watch::channel(Seen::default());
        let (show_printer, printer) = watch::channel(PrinterStatus::Unreachable);
        let desk = Self {
            client: setup.client,
            hall: setup.hall,
            ledger,
            jobs,
            seen,
            printer,
            news: Arc::new(Notify::new()),
        };
        tasks.spawn(desk.clone().watch_server(show_menu, stop.clone()));
        tasks.spawn(desk.clone().tell_awake(stop.clone()));
        let tray = printing::Tray {
            printer: setup.printer,
            queue,
            notices,
            show: show_printer,
        };
        tasks.spawn(desk.clone().run_notices(notice_jobs, stop.clone()));
        tasks.spawn(desk.clone().run_printer(tray, stop));
        Ok(desk)
    }

    /// What the kiosk knows of the hall.
    pub(crate) fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }

    /// How the printer is.
    pub(crate) fn printer(&self) -> PrinterStatus {
        *self.printer.borrow()
    }

    /// Records that the server does not know yet.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn unsynced(&self) -> Result<i64, LedgerError> {
        self.ledger.unsynced().await
    }

    /// Takes a number: the same intent gets the same number, however often it is sent.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] before anything was asked of the server.
    pub(crate) async fn take(&self, intent: &str, wish: &Wish) -> Result<Taken, LedgerError> {
        if self.ledger.answered(intent).await?.is_some() {
            return Ok(Taken::Ticket);
        }
        let wish = self
            .ledger
            .intend(intent, wish, clock::machine_now().0)
            .await?;
        self.ledger.wish_again(intent).await?;
        self.ask(intent, &wish).await
    }

    async fn ask(&self, intent: &str, wish: &Wish) -> Result<Taken, LedgerError> {
        let body = json!({
            "service": wish.service, "class": wish.class, "ground": wish.ground,
            "channel": "kiosk",
        });
        let path = format!("/api/v1/halls/{}/tickets", self.hall);
        match self.client.post::<TicketView>(&path, intent, &body).await {
            Ok(ticket) => {
                if self.ledger.answer(intent, &ticket).await? {
                    self.queue(intent, 1).await?;
                }
                Ok(Taken::Ticket)
            }
            Err(ClientError::Refused(problem)) if !problem.retryable => {
                self.ledger.give_up(intent).await?;
                Ok(Taken::Refused(problem))
            }
            Err(fault) => {
                tracing::warn!(%fault, "no answer to a wish for a number");
                Ok(Taken::Unknown)
            }
        }
    }

    /// Asks for a helper; false when nobody heard it. The server knows which kiosk asks.
    pub(crate) async fn ask_help(&self) -> bool {
        let path = format!("/api/v1/halls/{}/help-requests", self.hall);
        let key = link::random::id(clock::machine_now()).to_string();
        let asked = self
            .client
            .post::<serde_json::Value>(&path, &key, &json!({}))
            .await;
        match asked {
            Ok(_) => true,
            // Somebody is on the way already.
            Err(ClientError::Refused(problem)) if problem.code == "help_on_the_way" => true,
            Err(fault) => {
                tracing::warn!(%fault, "a wish for a helper was not heard");
                false
            }
        }
    }

    /// The number of an intent and its papers; none when there is no such number.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn result(
        &self,
        intent: &str,
    ) -> Result<Option<(TicketView, Vec<PrintRecord>)>, LedgerError> {
        let Some(ticket) = self.ledger.answered(intent).await? else {
            return Ok(None);
        };
        Ok(Some((ticket, self.ledger.prints(intent).await?)))
    }

    /// Prints a copy, by a finger's wish; false when there is no such number or staff must help.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn print_again(&self, intent: &str) -> Result<bool, LedgerError> {
        if self.ledger.answered(intent).await?.is_none() {
            return Ok(false);
        }
        let prints = self.ledger.prints(intent).await?;
        let Some(newest) = prints.last() else {
            // The original waits for the printer still.
            return Ok(true);
        };
        if newest.outcome.is_none() {
            return Ok(true);
        }
        if newest.copy >= COPIES_MAX {
            return Ok(false);
        }
        self.queue(intent, newest.copy + 1).await?;
        Ok(true)
    }

    /// Puts a paper before the printer. A full tray fails this paper: a visitor is told at once
    /// that the number is valid without one, and nobody waits behind thirty others.
    async fn queue(&self, intent: &str, copy: u32) -> Result<(), LedgerError> {
        if let Err(full) = self.jobs.try_send((intent.to_owned(), copy)) {
            tracing::error!(%full, "a paper cannot wait for the printer");
            let now = clock::machine_now().0;
            if self.ledger.begin_print(intent, copy, now).await? {
                let why = Outcome::Failed("too many papers wait for the printer".into());
                self.ledger.end_print(intent, copy, &why).await?;
            }
        }
        Ok(())
    }
}

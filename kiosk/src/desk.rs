//! The kiosk's work: take a number, print it, tell the server what became of the paper.
//!
//! One task prints, so that slips never interleave; one task watches the server. Nothing here
//! prints a second time by itself: a copy needs a finger.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hall::view::{Menu, Slip, TicketView};
use hall::{Class, Ground};
use link::client::{Client, ClientError, Problem};
use link::clock;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::{mpsc, watch};

use crate::ledger::{Ledger, LedgerError, PrintRecord};
use crate::print::{Outcome, Printer, PrinterStatus};

/// Papers that wait for the printer. Ours: one a finger, and nobody waits for thirty slips.
const JOBS: usize = 32;
/// How often the menu is read. Ours: a visitor sees a paused window before choosing.
const MENU_EVERY: Duration = Duration::from_secs(2);
/// How often an idle printer is asked how it is. Ours: paper out is known before a finger comes.
const PRINTER_EVERY: Duration = Duration::from_secs(10);
/// Papers of one number before staff help. **Source**: RELIABILITY F14.
pub const COPIES_MAX: u32 = 3;
/// An unanswered wish older than this is nobody's any more. Ours: longer than anyone waits.
const WISH_MS: i64 = 10 * 60 * 1000;

/// What a finger asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The service's code.
    pub service: String,
    /// Ordinary or green.
    pub class: Class,
    /// On what ground green.
    pub ground: Option<Ground>,
}

/// What came of a wish.
#[derive(Debug)]
pub enum Taken {
    /// A number.
    Ticket(Box<TicketView>),
    /// A rule said no.
    Refused(Box<Problem>),
    /// No answer: the same intent can be sent again.
    Unknown,
}

/// What the kiosk knows of the world.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The newest menu.
    pub menu: Option<Arc<Menu>>,
    /// Whether the server answered last time.
    pub online: bool,
}

/// The kiosk's parts, shared by its pages.
#[derive(Debug, Clone)]
pub struct Desk {
    client: Client,
    hall: String,
    ledger: Ledger,
    jobs: mpsc::Sender<(String, u32)>,
    seen: watch::Receiver<Seen>,
    printer: watch::Receiver<PrinterStatus>,
}

/// Where things are.
#[derive(Debug)]
pub struct Setup {
    /// The server.
    pub client: Client,
    /// The hall's code.
    pub hall: String,
    /// The kiosk's journal.
    pub data: PathBuf,
    /// The printer.
    pub printer: Printer,
}

impl Desk {
    /// Opens the journal, takes up what was left, and starts the two tasks.
    ///
    /// # Errors
    ///
    /// The journal cannot be used.
    pub async fn open(setup: Setup) -> Result<Self, LedgerError> {
        let ledger = Ledger::open(&setup.data).await?;
        ledger.lose_begun().await?;
        let (jobs, queue) = mpsc::channel(JOBS);
        let (show_menu, seen) = watch::channel(Seen::default());
        let (show_printer, printer) = watch::channel(PrinterStatus::Offline);
        let desk = Self {
            client: setup.client,
            hall: setup.hall,
            ledger,
            jobs,
            seen,
            printer,
        };
        tokio::spawn(desk.clone().watch_server(show_menu));
        tokio::spawn(desk.clone().run_printer(setup.printer, queue, show_printer));
        Ok(desk)
    }

    /// What the kiosk knows of the hall.
    pub fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }

    /// How the printer is.
    pub fn printer(&self) -> PrinterStatus {
        *self.printer.borrow()
    }

    /// Records that the server does not know yet.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub async fn unsynced(&self) -> Result<i64, LedgerError> {
        self.ledger.unsynced().await
    }

    /// Takes a number: the same intent gets the same number, however often it is sent.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] before anything was asked of the server.
    pub async fn take(&self, intent: &str, wish: &Wish) -> Result<Taken, LedgerError> {
        if let Some(ticket) = self.ledger.answered(intent).await? {
            return Ok(Taken::Ticket(Box::new(ticket)));
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
                    self.queue(intent, 1).await;
                }
                Ok(Taken::Ticket(Box::new(ticket)))
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

    /// The number of an intent and its papers; none when there is no such number.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub async fn result(
        &self,
        intent: &str,
    ) -> Result<Option<(TicketView, Vec<PrintRecord>)>, LedgerError> {
        let Some(ticket) = self.ledger.answered(intent).await? else {
            return Ok(None);
        };
        Ok(Some((ticket, self.ledger.prints(intent).await?)))
    }

    /// Prints a copy, by a finger's wish; false when staff must help.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub async fn print_again(&self, intent: &str) -> Result<bool, LedgerError> {
        let prints = self.ledger.prints(intent).await?;
        let under_way = prints.last().is_some_and(|print| print.outcome.is_none());
        let next = prints.last().map_or(1, |print| print.copy + 1);
        if under_way {
            return Ok(true);
        }
        if next > COPIES_MAX {
            return Ok(false);
        }
        self.queue(intent, next).await;
        Ok(true)
    }

    async fn queue(&self, intent: &str, copy: u32) {
        // The printer's task lives as long as the kiosk; a full queue makes this visitor wait.
        if self.jobs.send((intent.to_owned(), copy)).await.is_err() {
            tracing::error!("the printer's task has ended");
        }
    }

    async fn run_printer(
        self,
        printer: Printer,
        mut queue: mpsc::Receiver<(String, u32)>,
        show: watch::Sender<PrinterStatus>,
    ) {
        let mut look = tokio::time::interval(PRINTER_EVERY);
        loop {
            tokio::select! {
                biased;
                job = queue.recv() => {
                    let Some((intent, copy)) = job else { return };
                    if let Err(fault) = self.print(&printer, &intent, copy).await {
                        tracing::error!(%fault, "a paper could not be recorded, so it was not begun");
                    }
                    show.send_replace(printer.status().await);
                }
                _ = look.tick() => { show.send_replace(printer.status().await); }
            }
        }
    }

    async fn print(&self, printer: &Printer, intent: &str, copy: u32) -> Result<(), LedgerError> {
        let Some(ticket) = self.ledger.answered(intent).await? else {
            return Ok(());
        };
        let Some(menu) = self.seen().menu else {
            return Ok(());
        };
        let slip = slip(&ticket, &menu, copy);
        if !self
            .ledger
            .begin_print(intent, copy, clock::machine_now().0)
            .await?
        {
            return Ok(());
        }
        let outcome = printer.print(&slip).await;
        if outcome != Outcome::Printed {
            tracing::warn!(ticket.id = %ticket.id, ?outcome, "a slip did not come out for certain");
        }
        self.ledger.end_print(intent, copy, &outcome).await?;
        self.report().await
    }

    /// Tells the server what became of each paper it does not know of.
    async fn report(&self) -> Result<(), LedgerError> {
        for print in self.ledger.unreported().await? {
            let Some(ticket) = self.ledger.answered(&print.intent).await? else {
                continue;
            };
            let path = format!("/api/v1/halls/{}/tickets/{}/print", self.hall, ticket.id);
            let outcome = print.outcome.as_deref().unwrap_or("unknown");
            for outcome in ["started", outcome] {
                let key = format!("{}-{}-{outcome}", print.intent, print.copy);
                let body = json!({ "outcome": outcome, "copy": print.copy });
                match self.client.put::<TicketView>(&path, &key, &body).await {
                    // A refusal means that the server knows more already.
                    Ok(_) | Err(ClientError::Refused(_)) => (),
                    Err(ClientError::Unreachable { .. } | ClientError::Malformed { .. }) => {
                        return Ok(());
                    }
                }
            }
            self.ledger.reported(&print.intent, print.copy).await?;
        }
        Ok(())
    }

    async fn watch_server(self, show: watch::Sender<Seen>) {
        let mut every = tokio::time::interval(MENU_EVERY);
        let path = format!("/api/v1/halls/{}/menu", self.hall);
        let mut first = true;
        loop {
            every.tick().await;
            match self.client.get::<Menu>(&path).await {
                Ok(menu) => {
                    show.send_replace(Seen {
                        menu: Some(Arc::new(menu)),
                        online: true,
                    });
                    if let Err(fault) = self.catch_up(first).await {
                        tracing::error!(%fault, "the kiosk's journal cannot be worked off");
                    }
                    first = false;
                }
                Err(fault) => {
                    tracing::debug!(%fault, "the server does not answer");
                    show.send_modify(|seen| seen.online = false);
                }
            }
        }
    }

    /// Works off what the server has not answered or does not know of.
    async fn catch_up(&self, first: bool) -> Result<(), LedgerError> {
        self.report().await?;
        let now = clock::machine_now().0;
        for (intent, wish, made_at) in self.ledger.unanswered().await? {
            if now - made_at > WISH_MS {
                self.ledger.give_up(&intent).await?;
            } else {
                self.ask(&intent, &wish).await?;
            }
        }
        if first {
            for (intent, _) in self.ledger.never_begun().await? {
                self.queue(&intent, 1).await;
            }
        }
        Ok(())
    }
}

/// What is printed, from what the kiosk knows: the server is not needed any more.
fn slip(ticket: &TicketView, menu: &Menu, copy: u32) -> Slip {
    let service = menu
        .services
        .iter()
        .find(|service| service.code == ticket.service.code);
    let url = menu.public_url.as_ref().zip(ticket.token.as_ref());
    Slip {
        hall: menu.hall.name.clone(),
        hall_en: menu.hall.name_en.clone(),
        number: ticket.number.clone(),
        service: ticket.service.name.clone(),
        service_en: service.and_then(|service| service.name_en.clone()),
        green: ticket.class == Class::Green,
        ahead: ticket.ahead,
        windows: ticket
            .windows
            .iter()
            .map(|window| window.0.clone())
            .collect(),
        wait: ticket.wait,
        issued_at: ticket.arrived_at,
        check: ticket.check.clone().unwrap_or_default(),
        ticket_url: url.map(|(url, token)| format!("{}/t/{token}", url.trim_end_matches('/'))),
        complaint_phone: menu.complaint_phone.clone(),
        reinstate_after: menu.reinstate_after,
        copy,
    }
}

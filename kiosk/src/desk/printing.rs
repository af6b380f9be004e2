//! The printer's task: one paper after the other, each begun and ended in the journal.

use std::time::Duration;

use hall::Class;
use hall::view::{Menu, Slip, TicketView};
use link::clock;
use tokio::sync::{mpsc, watch};
use tokio::time::MissedTickBehavior;

use super::Desk;
use super::notices::NoticeJob;
use crate::ledger::LedgerError;
use crate::print::{Outcome, Printer, PrinterStatus};

/// How often an idle printer is asked how it is. Ours: paper out is known before a finger comes.
const PRINTER_EVERY: Duration = Duration::from_secs(10);

/// The printer, what waits for it, and where its state is shown.
#[derive(Debug)]
pub(super) struct Tray {
    pub(super) printer: Printer,
    pub(super) queue: mpsc::Receiver<(String, u32)>,
    pub(super) notices: mpsc::Receiver<NoticeJob>,
    pub(super) show: watch::Sender<PrinterStatus>,
}

impl Desk {
    pub(super) async fn run_printer(self, mut tray: Tray, mut stop: watch::Receiver<()>) {
        let mut look = tokio::time::interval(PRINTER_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                _ = stop.changed() => return,
                Some((intent, copy)) = tray.queue.recv() => {
                    if let Err(fault) = self.print(&tray.printer, &intent, copy).await {
                        tracing::error!(%fault, "the journal does not hold what became of a paper");
                    }
                    look.reset_immediately();
                }
                Some(job) = tray.notices.recv() => {
                    let outcome = tray.printer.print_notice(&job.paper).await;
                    if job.done.send(outcome).is_err() {
                        tracing::warn!("nobody waits for what became of a notice");
                    }
                    look.reset_immediately();
                }
                _ = look.tick() => show_changed(&tray.show, tray.printer.status().await),
            }
        }
    }

    async fn print(&self, printer: &Printer, intent: &str, copy: u32) -> Result<(), LedgerError> {
        let Some(ticket) = self.ledger.answered(intent).await? else {
            return Ok(());
        };
        let slip = self.slip(&ticket, copy);
        let now = clock::machine_now().0;
        if !self.ledger.begin_print(intent, copy, now).await? {
            return Ok(());
        }
        let outcome = printer.print(&slip).await;
        if outcome != Outcome::Printed {
            tracing::warn!(ticket.id = %ticket.id, ?outcome, "a slip did not come out for certain");
        }
        self.ledger.end_print(intent, copy, &outcome).await?;
        self.news.notify_one();
        Ok(())
    }

    /// What is printed, from what the kiosk knows: the server is not needed any more. Without a
    /// menu, after a restart without a server, the number still gets its paper, with less on it.
    fn slip(&self, ticket: &TicketView, copy: u32) -> Slip {
        let menu = self.seen().menu;
        let menu = menu.as_deref();
        let hall = menu.map_or_else(|| self.hall.clone(), |menu| menu.hall.name.clone());
        let windows = ticket.windows.iter().map(|window| window.0.clone());
        Slip {
            hall,
            hall_en: menu.and_then(|menu| menu.hall.name_en.clone()),
            number: ticket.number.clone(),
            service: ticket.service.name.clone(),
            service_en: menu.and_then(|menu| service_en(menu, ticket)),
            green: ticket.class == Class::Green,
            ahead: ticket.ahead,
            windows: windows.collect(),
            wait: ticket.wait,
            issued_at: ticket.arrived_at,
            check: ticket.check.clone().unwrap_or_default(),
            ticket_url: menu.and_then(|menu| ticket_url(menu, ticket)),
            complaint_phone: menu.and_then(|menu| menu.complaint_phone.clone()),
            reinstate_after: menu.map_or(0, |menu| menu.reinstate_after),
            copy,
        }
    }
}

fn service_en(menu: &Menu, ticket: &TicketView) -> Option<String> {
    let mut services = menu.services.iter();
    let service = services.find(|service| service.code == ticket.service.code)?;
    service.name_en.clone()
}

/// Where a phone finds the ticket.
pub(crate) fn ticket_url(menu: &Menu, ticket: &TicketView) -> Option<String> {
    let (base, token) = menu.public_url.as_ref().zip(ticket.token.as_ref())?;
    Some(format!("{}/t/{token}", base.trim_end_matches('/')))
}

/// Says a change once, for whoever keeps the machine.
fn show_changed(show: &watch::Sender<PrinterStatus>, status: PrinterStatus) {
    if show.send_replace(status) != status {
        tracing::info!(printer = status.as_str(), "the printer has changed");
    }
}

//! A ticket as people and devices read it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Wait;
use crate::event::PrintOutcome;
use crate::order;
use crate::state::{Channel, Class, Ground, Hall, Matter, Ticket, TicketStatus};
use crate::time::DateTime;
use crate::waits::Foreseen;
use crate::{ServiceCode, TicketId, WindowCode};

/// A service by its code and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ServiceName {
    /// Its code.
    pub code: ServiceCode,
    /// Its name.
    pub name: String,
}

/// A ticket: the answer of every change to one. **Source**: API.md, Visitors and tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TicketView {
    /// Its id.
    pub id: TicketId,
    /// The number on the paper.
    pub number: String,
    /// The number as shown and read out: of yesterday, 昨A003.
    pub shown: String,
    /// What it waits for.
    pub service: ServiceName,
    /// Ordinary, booked or green.
    pub class: Class,
    /// On what ground green.
    pub ground: Option<Ground>,
    /// `waiting`, `called`, `serving`, `parked`, `finished`, `no_show`, `cancelled`, `carried_over`.
    pub state: String,
    /// Through what it was issued.
    pub channel: Channel,
    /// When it was taken.
    pub arrived_at: DateTime,
    /// First announcement of the last call.
    pub called_at: Option<DateTime>,
    /// Last announcement.
    pub announced_at: Option<DateTime>,
    /// When service began.
    pub started_at: Option<DateTime>,
    /// When it ended, or was marked a no-show.
    pub ended_at: Option<DateTime>,
    /// The window that called it last.
    pub window: Option<WindowCode>,
    /// Announcements of the last call.
    pub calls: u32,
    /// People before it while it waits, else 0.
    pub ahead: u32,
    /// The wait band shown.
    pub wait: Option<Wait>,
    /// Windows that may call it.
    pub windows: Vec<WindowCode>,
    /// What is known of the paper.
    pub print: Option<PrintOutcome>,
    /// The newest copy printed or asked for; 1 is the original.
    pub copies: u32,
    /// Whether the one delay was used.
    pub delayed: bool,
    /// The matters of the visit.
    pub matters: Vec<Matter>,
    /// Masked tail of the id number, when one was given.
    pub holder: Option<String>,
    /// Proof that the paper is ours.
    pub check: Option<String>,
    /// The key of the public ticket page.
    pub token: Option<String>,
    /// The journal position of the change, or of the view.
    pub seq: u64,
}

/// The number as shown and read out; older days carry their day: 昨A003, 20日A003.
pub fn shown_number(hall: &Hall, ticket: &Ticket) -> String {
    let Some(current) = hall.current_day() else {
        return ticket.number.clone();
    };
    if ticket.day >= current.date {
        return ticket.number.clone();
    }
    if ticket.day.succ_opt() == Some(current.date) {
        return format!("昨{}", ticket.number);
    }
    format!("{}日{}", ticket.day.format("%-d"), ticket.number)
}

impl TicketView {
    /// The same with the wait as it is foreseen now, while it waits.
    #[must_use]
    pub fn with_waits(mut self, foreseen: &Foreseen) -> Self {
        if let Some(shown) = foreseen.tickets.get(&self.id) {
            self.wait = Some(shown.wait);
        }
        self
    }
}

impl Hall {
    /// The ticket as people read it; `check` and `token` are the shell's to fill in.
    pub fn ticket_view(&self, ticket: &Ticket, seq: u64) -> TicketView {
        let zoned = |at: crate::Timestamp| at.in_zone(self.zone());
        TicketView {
            id: ticket.id,
            number: ticket.number.clone(),
            shown: shown_number(self, ticket),
            service: ServiceName {
                code: ticket.service.clone(),
                name: self.service_name(&ticket.service),
            },
            class: ticket.class,
            ground: ticket.ground,
            state: ticket.status.name().into(),
            channel: ticket.channel,
            arrived_at: zoned(ticket.arrived_at),
            called_at: ticket.called_at.map(zoned),
            announced_at: ticket.announced_at.map(zoned),
            started_at: ticket.started_at.map(zoned),
            ended_at: ticket.ended_at.map(zoned),
            window: ticket.window.clone(),
            calls: ticket.calls,
            ahead: match ticket.status {
                TicketStatus::Waiting => order::ahead(self, ticket),
                TicketStatus::Called(_)
                | TicketStatus::Serving(_)
                | TicketStatus::Parked(..)
                | TicketStatus::NoShow(_)
                | TicketStatus::Finished(_)
                | TicketStatus::Cancelled
                | TicketStatus::CarriedOver(_) => 0,
            },
            wait: ticket.wait,
            windows: self.windows_that_may_call(ticket),
            print: ticket.print.outcome,
            copies: ticket.print.copy.max(ticket.print.asked),
            delayed: ticket.delayed,
            matters: ticket.matters.clone(),
            holder: ticket.holder.as_ref().map(|holder| holder.tail.clone()),
            check: None,
            token: None,
            seq,
        }
    }

    /// The service's name, or its code when the plan has it no more.
    pub fn service_name(&self, code: &ServiceCode) -> String {
        let service = self.plan().and_then(|plan| plan.service(code));
        service.map_or_else(|| code.0.clone(), |service| service.name.clone())
    }

    fn windows_that_may_call(&self, ticket: &Ticket) -> Vec<WindowCode> {
        match &ticket.only_window {
            Some(window) => vec![window.clone()],
            None => self
                .windows_for(&ticket.service)
                .map(|w| w.code.clone())
                .collect(),
        }
    }
}

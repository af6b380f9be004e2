//! Keeps the lines true to the tickets: out before a change, in after it.

use alloc::vec::Vec;

use crate::order;
use crate::state::{Hall, Place, Ticket, TicketStatus};
use crate::{ServiceCode, TicketId};

/// Whether the ticket stands in line, to be called now.
fn stands(ticket: &Ticket) -> bool {
    ticket.status == TicketStatus::Waiting && ticket.held_until.is_none()
}

impl Hall {
    /// Changes a ticket, its lines, its window and its day's balance together.
    pub(crate) fn change_ticket(&mut self, id: TicketId, change: impl FnOnce(&mut Ticket)) {
        let Some(mut ticket) = self.tickets.remove(&id) else {
            return;
        };
        let stood = stands(&ticket);
        self.leave(&ticket);
        change(&mut ticket);
        if stands(&ticket) && !stood {
            ticket.lined_at = self.last_at;
        }
        self.enter(&ticket);
        self.tickets.insert(id, ticket);
    }

    /// Takes a new ticket in.
    pub(crate) fn add_ticket(&mut self, ticket: Ticket) {
        self.enter(&ticket);
        self.tickets.insert(ticket.id, ticket);
    }

    fn leave(&mut self, ticket: &Ticket) {
        self.leave_line(ticket);
        if let Some(window) = ticket
            .status
            .holder()
            .and_then(|code| self.windows.get_mut(code))
        {
            window.ticket = None;
        }
        if let Some(holder) = &ticket.holder {
            self.holders
                .remove(&(holder.hash.clone(), ticket.service.clone()));
        }
        self.count(ticket, false);
    }

    fn enter(&mut self, ticket: &Ticket) {
        self.enter_line(ticket);
        if let Some(window) = ticket
            .status
            .holder()
            .and_then(|code| self.windows.get_mut(code))
        {
            window.ticket = Some(ticket.id);
        }
        if let Some(holder) = &ticket.holder
            && ticket.status.is_open()
        {
            self.holders
                .insert((holder.hash.clone(), ticket.service.clone()), ticket.id);
        }
        self.count(ticket, true);
    }

    fn count(&mut self, ticket: &Ticket, entering: bool) {
        let Some(day) = self.day_mut(ticket.day) else {
            return;
        };
        let balance = &mut day.balance;
        let slot = match ticket.status {
            TicketStatus::Waiting
            | TicketStatus::Called(_)
            | TicketStatus::Serving(_)
            | TicketStatus::Parked(..) => &mut balance.open,
            TicketStatus::NoShow(_) => &mut balance.no_show,
            TicketStatus::Finished(_) => &mut balance.finished,
            TicketStatus::Cancelled => &mut balance.cancelled,
            TicketStatus::CarriedOver(_) => &mut balance.carried_over,
        };
        *slot = if entering {
            *slot + 1
        } else {
            slot.saturating_sub(1)
        };
    }

    fn place_of(&self, ticket: &Ticket) -> Option<Place> {
        let plan = self.plan.as_ref()?;
        let key = order::key(plan, ticket);
        Some(Place {
            key,
            serial: ticket.serial,
            ticket: ticket.id,
        })
    }

    fn enter_line(&mut self, ticket: &Ticket) {
        if ticket.status != TicketStatus::Waiting {
            return;
        }
        let Some(place) = self.place_of(ticket) else {
            return;
        };
        if ticket.held_until.is_some() {
            self.held
                .entry(ticket.service.clone())
                .or_default()
                .insert(place);
        } else {
            self.lines
                .entry(order::line_of(ticket))
                .or_default()
                .insert(place);
        }
    }

    fn leave_line(&mut self, ticket: &Ticket) {
        let Some(place) = self.place_of(ticket) else {
            return;
        };
        if let Some(line) = self.lines.get_mut(&order::line_of(ticket)) {
            line.remove(&place);
        }
        if let Some(held) = self.held.get_mut(&ticket.service) {
            held.remove(&place);
        }
    }

    /// Lets held tickets of the service in line whose calls have passed.
    pub(crate) fn release_held(&mut self, service: &ServiceCode) {
        let calls = self.calls_of.get(service).copied().unwrap_or(0);
        let held: Vec<_> = self
            .held
            .get(service)
            .into_iter()
            .flatten()
            .copied()
            .collect();
        for place in held {
            let due = self
                .tickets
                .get(&place.ticket)
                .and_then(|ticket| ticket.held_until);
            if due.is_some_and(|due| due <= calls) {
                self.change_ticket(place.ticket, |ticket| ticket.held_until = None);
            }
        }
    }

    /// Makes all lines anew, since a plan may change head starts.
    pub(crate) fn rebuild_lines(&mut self) {
        self.lines.clear();
        self.held.clear();
        let waiting: Vec<_> = self
            .tickets
            .values()
            .filter(|ticket| ticket.status == TicketStatus::Waiting)
            .cloned()
            .collect();
        for ticket in &waiting {
            self.enter_line(ticket);
        }
    }
}

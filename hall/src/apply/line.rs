//! Keeps the lines true to the tickets: out before a change, in after it.

use alloc::vec::Vec;

use crate::order;
use crate::state::{Hall, Line, Place, Ticket, TicketStatus};
use crate::{TicketId, WindowCode};

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
        let waited = ticket.status == TicketStatus::Waiting;
        let stood = stands(&ticket).then(|| order::line_of(&ticket));
        self.leave(&ticket);
        change(&mut ticket);
        let waits = ticket.status == TicketStatus::Waiting;
        let elsewhere = stands(&ticket) && stood != Some(order::line_of(&ticket));
        if waits && (!waited || elsewhere) {
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
                .remove(&(holder.hash.clone(), ticket.service.clone(), ticket.id));
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
                .insert((holder.hash.clone(), ticket.service.clone(), ticket.id));
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
        let lines = if ticket.held_until.is_some() {
            &mut self.held
        } else {
            &mut self.lines
        };
        lines
            .entry(order::line_of(ticket))
            .or_default()
            .insert(place);
    }

    fn leave_line(&mut self, ticket: &Ticket) {
        let Some(place) = self.place_of(ticket) else {
            return;
        };
        let line = order::line_of(ticket);
        for lines in [&mut self.lines, &mut self.held] {
            if let Some(places) = lines.get_mut(&line) {
                places.remove(&place);
            }
        }
    }

    /// Counts a call by the window for every line that it draws on, and lets in line who was held
    /// for that many calls.
    pub(crate) fn count_call(&mut self, window: &WindowCode) {
        let services = self.services_of(window).into_iter().cloned();
        let mut lines: Vec<_> = services.map(Line::Service).collect();
        lines.push(Line::Window(window.clone()));
        for line in lines {
            let calls = self.calls_of.entry(line.clone()).or_default();
            *calls += 1;
            let calls = *calls;
            self.release_held(&line, calls);
        }
    }

    fn release_held(&mut self, line: &Line, calls: u64) {
        let held: Vec<_> = self.held.get(line).into_iter().flatten().copied().collect();
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

    /// Tickets that only this window may call go back to their service's line, when there is one.
    pub(crate) fn release_window_line(&mut self, code: &WindowCode) {
        let line = Line::Window(code.clone());
        let all = [&self.lines, &self.held];
        let places = all.into_iter().filter_map(|lines| lines.get(&line));
        let bound: Vec<_> = places.flatten().map(|place| place.ticket).collect();
        for id in bound {
            self.loosen(id);
        }
    }

    /// Takes a waiting ticket off a window that nobody holds; what is left of its hold stays.
    pub(crate) fn loosen(&mut self, id: TicketId) {
        let Some(ticket) = self.tickets.get(&id) else {
            return;
        };
        let Some(window) = &ticket.only_window else {
            return;
        };
        if self.is_manned(window) || self.windows_for(&ticket.service).next().is_none() {
            return;
        }
        let calls = |line: Line| self.calls_of.get(&line).copied().unwrap_or(0);
        let was = calls(Line::Window(window.clone()));
        let is = calls(Line::Service(ticket.service.clone()));
        let held_until = ticket.held_until.map(|due| is + due.saturating_sub(was));
        self.change_ticket(id, |ticket| {
            ticket.only_window = None;
            ticket.held_until = held_until;
        });
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

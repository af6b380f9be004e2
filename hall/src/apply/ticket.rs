//! Facts about tickets.

use alloc::string::String;
use alloc::vec::Vec;

use crate::order;
use crate::state::{Hall, Matter, Print, Ticket, TicketStatus};
use crate::{Event, ServiceCode, TicketId, Timestamp, WindowCode};

/// Calls that boards keep showing after they are answered. **Source**: API.md, Live.
pub(crate) const RECENT_CALLS: usize = 12;

impl Hall {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about tickets are handed over"
    )]
    pub(super) fn apply_ticket(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::TicketIssued { .. } => self.take_issue(event),
            Event::PrintChanged {
                ticket,
                copy,
                outcome,
            } => self.change_ticket(*ticket, |t| {
                t.print.outcome = Some(*outcome);
                t.print.copy = *copy;
                t.print.asked = t.print.asked.max(*copy);
            }),
            Event::ReprintAsked { ticket, copy } => {
                self.change_ticket(*ticket, |t| t.print.asked = *copy);
            }
            Event::TicketCalled { ticket, window, .. } => self.take_call(*ticket, window, at),
            Event::TicketRecalled { ticket, call, .. } => {
                self.change_ticket(*ticket, |t| {
                    t.calls = *call;
                    t.announced_at = Some(at);
                });
                self.remember_call(*ticket);
            }
            Event::TicketStarted { ticket, window } | Event::TicketResumed { ticket, window } => {
                self.change_ticket(*ticket, |t| {
                    t.status = TicketStatus::Serving(window.clone());
                    t.started_at.get_or_insert(at);
                    t.window = Some(window.clone());
                });
            }
            Event::TicketReinstated { ticket, after } | Event::TicketDelayed { ticket, after } => {
                let delayed = matches!(event, Event::TicketDelayed { .. });
                self.hold(*ticket, *after, delayed);
            }
            Event::TicketTransferred {
                ticket,
                service,
                window,
                ..
            } => {
                self.transfer(*ticket, service.as_ref(), window.as_ref());
            }
            Event::TicketParked {
                ticket,
                window,
                kind,
                ..
            } => self.change_ticket(*ticket, |t| {
                t.status = TicketStatus::Parked(window.clone(), *kind);
            }),
            Event::TicketUnparked { ticket } => self.unpark(*ticket),
            Event::TicketPutBack { ticket, .. } => self.change_ticket(*ticket, |t| {
                t.status = TicketStatus::Waiting;
                t.front = true;
            }),
            Event::MatterAdded { ticket, service } => self.change_ticket(*ticket, |t| {
                t.matters.push(Matter::open(service.clone()));
            }),
            _ => self.apply_end(event, at),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only ends of calls and visits are left"
    )]
    fn apply_end(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::TicketNotShown { ticket, window, .. } => self.change_ticket(*ticket, |t| {
                t.status = TicketStatus::NoShow(window.clone());
                t.ended_at = Some(at);
            }),
            Event::NoShowUndone { ticket, window } => {
                self.change_ticket(*ticket, |t| {
                    t.status = TicketStatus::Called(window.clone());
                    t.ended_at = None;
                });
                if !self.recent.contains(ticket) {
                    self.recent.push_front(*ticket);
                }
            }
            Event::TicketFinished {
                ticket,
                window,
                matters,
                ..
            } => {
                self.change_ticket(*ticket, |t| {
                    t.status = TicketStatus::Finished(window.clone());
                    t.ended_at = Some(at);
                    t.matters.clone_from(matters);
                });
            }
            Event::FinishUndone { ticket, window } => self.change_ticket(*ticket, |t| {
                t.status = TicketStatus::Serving(window.clone());
                t.ended_at = None;
                for matter in &mut t.matters {
                    *matter = Matter::open(matter.service.clone());
                }
            }),
            Event::TicketCancelled { ticket, .. } => self.change_ticket(*ticket, |t| {
                t.status = TicketStatus::Cancelled;
                t.ended_at = Some(at);
            }),
            Event::TicketReopened { ticket, .. } => self.change_ticket(*ticket, |t| {
                t.status = TicketStatus::Waiting;
                t.front = true;
                t.only_window = None;
                t.held_until = None;
                t.ended_at = None;
                for matter in &mut t.matters {
                    *matter = Matter::open(matter.service.clone());
                }
            }),
            Event::TicketCarriedOver { ticket, to, .. } => self.change_ticket(*ticket, |t| {
                t.status = TicketStatus::CarriedOver(*to);
                t.ended_at = Some(at);
            }),
            _ => (),
        }
    }

    fn take_issue(&mut self, event: &Event) {
        let Some(ticket) = self.new_ticket(event) else {
            return;
        };
        let sequence = number_of(&ticket.number);
        if let Some(day) = self.day_mut(ticket.day) {
            day.balance.issued += 1;
            let issued = day.issued.entry(ticket.service.clone()).or_default();
            issued.day += 1;
            issued.half += 1;
            if let Some((letter, number)) = sequence {
                let last = day.last_number.entry(letter).or_default();
                *last = (*last).max(number);
            }
        }
        self.issued_ever += 1;
        self.add_ticket(ticket);
    }

    fn new_ticket(&self, event: &Event) -> Option<Ticket> {
        let Event::TicketIssued {
            ticket,
            number,
            day,
            service,
            class,
            ground,
            channel,
            arrived_at,
            holder,
            wait,
            reckoned,
            ..
        } = event
        else {
            return None;
        };
        Some(Ticket {
            id: *ticket,
            serial: self.issued_ever + 1,
            number: number.clone(),
            day: *day,
            service: service.clone(),
            class: *class,
            ground: *ground,
            channel: *channel,
            holder: holder.clone(),
            arrived_at: *arrived_at,
            wait: *wait,
            reckoned: *reckoned,
            status: TicketStatus::Waiting,
            front: false,
            only_window: None,
            lined_at: self.last_at,
            held_until: None,
            delayed: false,
            calls: 0,
            first_called_at: None,
            called_at: None,
            announced_at: None,
            started_at: None,
            ended_at: None,
            window: None,
            print: Print::default(),
            matters: vec![Matter::open(service.clone())],
        })
    }

    fn take_call(&mut self, id: TicketId, window: &WindowCode, at: Timestamp) {
        self.change_ticket(id, |t| {
            t.status = TicketStatus::Called(window.clone());
            t.front = false;
            t.held_until = None;
            t.calls = 1;
            t.first_called_at.get_or_insert(at);
            t.called_at = Some(at);
            t.announced_at = Some(at);
            t.started_at = None;
            t.window = Some(window.clone());
        });
        self.remember_call(id);
        self.count_call(window);
    }

    /// The newest announcement goes last; answered ones beyond the last twelve are dropped.
    fn remember_call(&mut self, id: TicketId) {
        self.recent.retain(|known| *known != id);
        self.recent.push_back(id);
        let is_called = |hall: &Self, id: &TicketId| {
            hall.tickets
                .get(id)
                .is_some_and(|t| matches!(t.status, TicketStatus::Called(_)))
        };
        while self.recent.len() > RECENT_CALLS {
            let answered = self.recent.iter().position(|id| !is_called(self, id));
            let Some(oldest) = answered.filter(|at| *at + RECENT_CALLS < self.recent.len()) else {
                break;
            };
            self.recent.remove(oldest);
        }
    }

    fn hold(&mut self, id: TicketId, after: u32, delayed: bool) {
        let Some(line) = self.tickets.get(&id).map(order::line_of) else {
            return;
        };
        let calls = self.calls_of.get(&line).copied().unwrap_or(0);
        self.change_ticket(id, |t| {
            t.status = TicketStatus::Waiting;
            t.ended_at = None;
            t.delayed |= delayed;
            t.front = false;
            t.held_until = (after > 0).then(|| calls + u64::from(after));
        });
        self.loosen(id);
    }

    fn transfer(
        &mut self,
        id: TicketId,
        service: Option<&ServiceCode>,
        window: Option<&WindowCode>,
    ) {
        self.change_ticket(id, |t| {
            t.status = TicketStatus::Waiting;
            t.front = false;
            t.held_until = None;
            t.only_window = window.cloned();
            if let Some(service) = service {
                retarget(&mut t.matters, &t.service, service);
                t.service = service.clone();
            }
        });
    }

    fn unpark(&mut self, id: TicketId) {
        use crate::event::ParkingKind;
        self.change_ticket(id, |t| {
            t.only_window = None;
            if let TicketStatus::Parked(window, ParkingKind::ThisWindow) = &t.status {
                t.only_window = Some(window.clone());
            }
            t.status = TicketStatus::Waiting;
            t.front = true;
        });
        self.loosen(id);
    }
}

/// The matter that was come for becomes another, unless the visit has that one already.
fn retarget(matters: &mut Vec<Matter>, from: &ServiceCode, to: &ServiceCode) {
    if matters.iter().any(|matter| matter.service == *to) {
        return;
    }
    match matters.iter_mut().find(|matter| matter.service == *from) {
        Some(matter) => *matter = Matter::open(to.clone()),
        None => matters.push(Matter::open(to.clone())),
    }
}

/// Splits a number into its letter and its count.
fn number_of(number: &str) -> Option<(char, u32)> {
    let mut chars = number.chars();
    let letter = chars.next()?;
    let digits: String = chars.collect();
    digits.parse().ok().map(|count| (letter, count))
}

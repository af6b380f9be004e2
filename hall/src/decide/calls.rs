//! Calling: next, named, again, came, did not come.

use super::{Asked, Decision, wrong_state};
use crate::command::Pick;
use crate::event::CallReason;
use crate::order;
use crate::state::{Class, Phase, Ticket, TicketStatus};
use crate::{Event, Refusal, TicketId, WindowCode};

/// Seconds within which a slip of the finger is taken back. **Source**: DESIGN §3.1.
const UNDO_S: u32 = 10;

impl Asked<'_> {
    pub(super) fn call(
        &self,
        code: &WindowCode,
        pick: &Pick,
        expect: Option<&Option<TicketId>>,
    ) -> Decision {
        self.free_window(code, expect)?;
        match pick {
            Pick::Next => {
                let next = order::next(self.hall, code);
                let ticket = next.and_then(|id| self.hall.tickets.get(&id));
                let nobody = || Refusal::NobodyWaiting {
                    window: code.clone(),
                };
                let ticket = ticket.ok_or_else(nobody)?;
                Ok(vec![self.called(ticket, code, CallReason::Next)])
            }
            Pick::Named { ticket, reason } => self.call_named(code, *ticket, reason),
        }
    }

    /// Refuses unless the window is open, ready, not paused, and holds nobody.
    fn free_window(
        &self,
        code: &WindowCode,
        expect: Option<&Option<TicketId>>,
    ) -> Result<(), Refusal> {
        let window = self.held_window(code)?;
        if window
            .shift
            .as_ref()
            .is_none_or(|shift| shift.ready_at.is_none())
        {
            return Err(Refusal::WindowPreparing {
                window: code.clone(),
            });
        }
        if window.pause.is_some() {
            return Err(Refusal::WindowPaused {
                window: code.clone(),
            });
        }
        let held = self.ticket_at(window);
        if let Some(Some(expected)) = expect
            && held.map(|ticket| ticket.id) != Some(*expected)
        {
            let (ticket, number) = held.map(|t| (t.id, t.number.clone())).unzip();
            return Err(Refusal::NotCurrent {
                window: code.clone(),
                ticket,
                number,
            });
        }
        held.map_or(Ok(()), |ticket| Err(busy(code, ticket)))?;
        self.one_visitor_at_a_time(code)
    }

    /// A clerk who holds two paired windows serves one visitor at a time.
    fn one_visitor_at_a_time(&self, code: &WindowCode) -> Result<(), Refusal> {
        let (window, _) = self.hall.window(code)?;
        let clerk = window.shift.as_ref().map(|shift| &shift.clerk);
        let mut others = self.hall.windows.iter().filter(|(other, state)| {
            *other != code && state.shift.as_ref().map(|shift| &shift.clerk) == clerk
        });
        let busy_one =
            others.find_map(|(other, state)| self.ticket_at(state).map(|ticket| (other, ticket)));
        busy_one.map_or(Ok(()), |(other, ticket)| Err(busy(other, ticket)))
    }

    fn call_named(&self, code: &WindowCode, id: TicketId, reason: &str) -> Decision {
        let ticket = self.hall.ticket(id)?;
        let not_yours = || Refusal::NotYoursToCall {
            window: code.clone(),
            ticket: id,
        };
        match &ticket.status {
            TicketStatus::Waiting if order::may_call(self.hall, code, ticket) => {
                Ok(vec![self.called(
                    ticket,
                    code,
                    CallReason::Named(reason.into()),
                )])
            }
            TicketStatus::Parked(..) if order::may_call(self.hall, code, ticket) => {
                Ok(vec![Event::TicketResumed {
                    ticket: id,
                    window: code.clone(),
                }])
            }
            TicketStatus::Waiting
            | TicketStatus::Parked(..)
            | TicketStatus::Called(_)
            | TicketStatus::Serving(_)
            | TicketStatus::NoShow(_)
            | TicketStatus::Finished(_)
            | TicketStatus::Cancelled
            | TicketStatus::CarriedOver(_) => Err(not_yours()),
        }
    }

    fn called(&self, ticket: &Ticket, window: &WindowCode, reason: CallReason) -> Event {
        let waited_ms = self.now.since_ms(ticket.arrived_at);
        Event::TicketCalled {
            ticket: ticket.id,
            window: window.clone(),
            waited_ms,
            reason,
        }
    }

    /// The ticket called to the window and not yet answered.
    fn called_at(&self, code: &WindowCode) -> Result<&Ticket, Refusal> {
        let window = self.held_window(code)?;
        let ticket = self.ticket_at(window);
        let called = ticket.filter(|t| matches!(t.status, TicketStatus::Called(_)));
        called.ok_or_else(|| Refusal::NothingCalled {
            window: code.clone(),
        })
    }

    fn announced_s_ago(&self, ticket: &Ticket) -> u32 {
        let announced = ticket.announced_at.unwrap_or(self.now);
        u32::try_from(self.now.since_ms(announced) / 1000).unwrap_or(u32::MAX)
    }

    pub(super) fn recall(&self, code: &WindowCode) -> Decision {
        let ticket = self.called_at(code)?;
        let Some(rules) = self.hall.plan.as_ref().map(|plan| &plan.rules) else {
            return Err(Refusal::HallNotOpen);
        };
        if ticket.calls >= rules.recall_limit {
            return Err(Refusal::RecallLimit {
                limit: rules.recall_limit,
            });
        }
        let wait_s = rules
            .recall_cooldown_s
            .saturating_sub(self.announced_s_ago(ticket));
        if wait_s > 0 {
            return Err(Refusal::TooSoon {
                wait_s,
                calls_left: 0,
            });
        }
        let call = ticket.calls + 1;
        Ok(vec![Event::TicketRecalled {
            ticket: ticket.id,
            window: code.clone(),
            call,
        }])
    }

    pub(super) fn start(&self, code: &WindowCode) -> Decision {
        let ticket = self.called_at(code)?;
        Ok(vec![Event::TicketStarted {
            ticket: ticket.id,
            window: code.clone(),
        }])
    }

    pub(super) fn mark_no_show(&self, code: &WindowCode) -> Decision {
        let ticket = self.called_at(code)?;
        let Some(rules) = self.hall.plan.as_ref().map(|plan| &plan.rules) else {
            return Err(Refusal::HallNotOpen);
        };
        let patience_s = match ticket.class {
            Class::Green => rules.no_show_after_green_s,
            Class::Ordinary | Class::Booked => rules.no_show_after_s,
        };
        let wait_s = patience_s.saturating_sub(self.announced_s_ago(ticket));
        let after_hours = self
            .hall
            .day(ticket.day)
            .is_none_or(|day| day.phase == Phase::Closing);
        let calls_left = if after_hours {
            rules.recall_limit.saturating_sub(ticket.calls)
        } else {
            0
        };
        if wait_s > 0 || calls_left > 0 {
            return Err(Refusal::TooSoon { wait_s, calls_left });
        }
        let window = code.clone();
        Ok(vec![Event::TicketNotShown {
            ticket: ticket.id,
            window,
            calls: ticket.calls,
        }])
    }

    pub(super) fn undo_no_show(&self, code: &WindowCode, id: TicketId) -> Decision {
        let ticket = self.undoable(code, id)?;
        if ticket.status != TicketStatus::NoShow(code.clone()) {
            return Err(wrong_state(ticket));
        }
        if self
            .hall
            .windows
            .get(code)
            .is_some_and(|window| window.pause.is_some())
        {
            return Err(Refusal::WindowPaused {
                window: code.clone(),
            });
        }
        self.still_undoable(ticket)?;
        Ok(vec![Event::NoShowUndone {
            ticket: id,
            window: code.clone(),
        }])
    }

    /// The ticket, when the window is held by the actor and free to take it back.
    pub(super) fn undoable(&self, code: &WindowCode, id: TicketId) -> Result<&Ticket, Refusal> {
        let window = self.held_window(code)?;
        let ticket = self.hall.ticket(id)?;
        self.day_is_open(ticket)?;
        self.ticket_at(window)
            .map_or(Ok(()), |held| Err(busy(code, held)))?;
        self.one_visitor_at_a_time(code)?;
        Ok(ticket)
    }

    pub(super) fn still_undoable(&self, ticket: &Ticket) -> Result<(), Refusal> {
        let ended = ticket.ended_at.unwrap_or(self.now);
        if self.now.since_ms(ended) > i64::from(UNDO_S) * 1000 {
            return Err(Refusal::TooLate { limit_s: UNDO_S });
        }
        Ok(())
    }

    pub(super) fn put_back(&self, code: &WindowCode, reason: &str) -> Decision {
        let ticket = self.called_at(code)?;
        let window = code.clone();
        Ok(vec![Event::TicketPutBack {
            ticket: ticket.id,
            window,
            reason: reason.into(),
        }])
    }

    pub(super) fn reinstate(&self, id: TicketId) -> Decision {
        let ticket = self.hall.ticket(id)?;
        if !matches!(ticket.status, TicketStatus::NoShow(_)) {
            return Err(wrong_state(ticket));
        }
        self.day_is_open(ticket)?;
        self.only_number_for(ticket, &ticket.service)?;
        let after = self
            .hall
            .plan
            .as_ref()
            .map_or(0, |plan| plan.rules.reinstate_after);
        Ok(vec![Event::TicketReinstated { ticket: id, after }])
    }

    pub(super) fn delay(&self, id: TicketId) -> Decision {
        let ticket = self.hall.ticket(id)?;
        if ticket.status != TicketStatus::Waiting {
            return Err(wrong_state(ticket));
        }
        if ticket.delayed {
            return Err(Refusal::AlreadyDelayed { ticket: id });
        }
        let after = self
            .hall
            .plan
            .as_ref()
            .map_or(1, |plan| plan.rules.reinstate_after.max(1));
        Ok(vec![Event::TicketDelayed { ticket: id, after }])
    }
}

pub(super) fn busy(code: &WindowCode, ticket: &Ticket) -> Refusal {
    Refusal::WindowBusy {
        window: code.clone(),
        ticket: ticket.id,
        number: ticket.number.clone(),
    }
}

//! What follows from the state itself: coverage gaps open and close, and an open gap asks for cover.
//!
//! The shell asks after every change and journals the answer in the same transaction, so that a gap
//! is open exactly while people wait and nobody holds the post. **Source**: DESIGN §3.2.

use alloc::vec::Vec;

use crate::cover;
use crate::order;
use crate::plan::{Noon, Window as PlannedWindow};
use crate::state::{Day, Hall, Phase, Ticket, Window};
use crate::{Event, Timestamp};

/// Facts that follow from the state at `now`; applying them leaves nothing more to follow.
pub fn follow(hall: &Hall, now: Timestamp) -> Vec<Event> {
    let planned = hall.plan().map(|plan| plan.windows.as_slice());
    let mut events = Vec::new();
    for planned in planned.unwrap_or_default() {
        let Some(window) = hall.windows.get(&planned.code) else {
            continue;
        };
        let is_gap = hall.is_gap(planned, window);
        match window.gap_since {
            None if is_gap => events.push(Event::GapOpened {
                window: planned.code.clone(),
                waiting: hall.waiting_for(planned),
            }),
            Some(since) if !is_gap => events.push(Event::GapClosed {
                window: planned.code.clone(),
                gap_ms: now.since_ms(since),
            }),
            None | Some(_) => (),
        }
        // Whoever left to cover was sent to the heavier queue: that asks for no third colleague.
        if is_gap && !window.is_left_to_cover() {
            events.extend(asks(hall, planned, window));
        }
    }
    events
}

/// A gap asks somebody at once; when nobody was left to ask, whoever comes in later.
fn asks(hall: &Hall, planned: &PlannedWindow, window: &Window) -> Option<Event> {
    let ask = || cover::ask(hall, planned, window);
    match &window.asked {
        None => Some(ask()),
        Some(asked) if asked.clerk.is_some() => None,
        Some(_) => {
            Some(ask()).filter(|ask| matches!(ask, Event::CoverAsked { clerk: Some(_), .. }))
        }
    }
}

impl Hall {
    /// Whether people wait for the post, it is on duty, and nobody holds it.
    pub(crate) fn is_gap(&self, planned: &PlannedWindow, window: &Window) -> bool {
        if window.is_held() || planned.a.is_none() {
            return false;
        }
        let Some(day) = &self.current else {
            return false;
        };
        match day.phase {
            Phase::Lobby | Phase::Settled => false,
            Phase::InSession => self.waiting_for(planned) > 0,
            Phase::Noon => self.waits_at_noon(planned, day),
            Phase::Closing => {
                let mut waiting = order::tickets_at_post(self, planned);
                waiting.any(|ticket| self.is_stranded(ticket))
            }
        }
    }

    /// People whom the post may call, whoever holds it.
    pub(crate) fn waiting_for(&self, planned: &PlannedWindow) -> u32 {
        order::waiting_at_post(self, planned)
    }

    /// At noon a post is on duty when the plan says so, or while morning numbers are left for it.
    fn waits_at_noon(&self, planned: &PlannedWindow, day: &Day) -> bool {
        let serves = self.plan().is_some_and(|plan| plan.noon == Noon::Serve);
        if serves && planned.noon_duty {
            return self.waiting_for(planned) > 0;
        }
        let mut waiting = order::tickets_at_post(self, planned);
        waiting.any(|ticket| ticket.arrived_at < day.phase_since)
    }

    /// Nobody is at any window that may call the ticket.
    fn is_stranded(&self, ticket: &Ticket) -> bool {
        let mut held = self.windows.iter().filter(|(_, window)| window.is_held());
        !held.any(|(code, _)| order::may_call(self, code, ticket))
    }
}

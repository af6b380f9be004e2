//! AB角: taking over a post, declining, handing back.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Asked, Decision, calls};
use crate::cover;
use crate::event::PauseReason;
use crate::plan::{Clerk, Window as PlannedWindow};
use crate::state::{TicketStatus, Window};
use crate::{ClerkCode, Event, Refusal, Role, WindowCode};

impl<'a> Asked<'a> {
    /// Takes over a post, or sends somebody there.
    pub(super) fn cover(&self, code: &WindowCode, clerk: &ClerkCode) -> Decision {
        let (window, planned) = self.hall.window(code)?;
        let person = self.person(clerk)?;
        self.speaks_for(clerk)?;
        if let Some(shift) = &window.shift
            && (shift.clerk == *clerk || window.pause.is_none())
        {
            return Err(Refusal::CoverNotNeeded {
                window: code.clone(),
                clerk: shift.clerk.clone(),
            });
        }
        if let Some(covered) = self.hall.covered_by(clerk) {
            return Err(Refusal::ClerkElsewhere {
                clerk: clerk.clone(),
                window: covered.clone(),
            });
        }
        let own = self.hall.window_of(clerk);
        if !person.head && !self.is_there(clerk, own) {
            return Err(Refusal::CoverAbsent {
                clerk: clerk.clone(),
            });
        }
        // Who comes back to the own post leaves the other one first, as at a hand-back.
        let away = window.cover.as_ref().and_then(|cover| cover.away.as_ref());
        if let Some(own) = own.filter(|_| away.is_some_and(|(away, _)| away == clerk)) {
            return Err(Refusal::ClerkElsewhere {
                clerk: clerk.clone(),
                window: own.clone(),
            });
        }
        if !cover::is_able(self.hall, planned, person) {
            return Err(Refusal::NotSkilled {
                window: code.clone(),
                clerk: clerk.clone(),
            });
        }
        let paired = own.is_some() && planned.shared_with.as_ref() == own;
        let own_window = own.and_then(|own| self.hall.windows.get(own));
        if let (Some(own), Some(_), Some(ticket)) = (
            own,
            window.ticket,
            own_window.and_then(|own| self.ticket_at(own)),
        ) {
            return Err(calls::busy(own, ticket));
        }
        let mut events = self.leave_own(own.filter(|_| !paired))?;
        events.push(Event::CoverBegan {
            window: code.clone(),
            clerk: clerk.clone(),
            role: cover::role_at(planned, person),
            from: own.cloned(),
            paired,
            assigned: self.actor.clerk.as_ref() != Some(clerk),
        });
        Ok(events)
    }

    /// Who asks is there; so is who holds a window without the sign of being away.
    fn is_there(&self, clerk: &ClerkCode, own: Option<&WindowCode>) -> bool {
        let open = |own| {
            self.hall
                .windows
                .get(own)
                .is_some_and(|own| own.pause.is_none())
        };
        self.actor.clerk.as_ref() == Some(clerk) || own.is_some_and(open)
    }

    /// The cover's own window says 暂停服务, once its visitor is served.
    fn leave_own(&self, own: Option<&WindowCode>) -> Result<Vec<Event>, Refusal> {
        let Some(own) = own else {
            return Ok(Vec::new());
        };
        let (window, _) = self.hall.window(own)?;
        if let Some(ticket) = self.ticket_at(window) {
            return Err(calls::busy(own, ticket));
        }
        Ok(vec![Event::WindowPaused {
            window: own.clone(),
            reason: PauseReason::Cover,
            note: None,
            back_at: None,
            cover: None,
        }])
    }

    fn person(&self, clerk: &ClerkCode) -> Result<&'a Clerk, Refusal> {
        let plan = self.hall.plan.as_ref().ok_or(Refusal::HallNotOpen)?;
        plan.clerk(clerk).ok_or_else(|| Refusal::no_clerk(clerk))
    }

    /// A clerk speaks for herself; a manager for everyone.
    fn speaks_for(&self, clerk: &ClerkCode) -> Result<(), Refusal> {
        let bound = self.actor.clerk.as_ref();
        if self.actor.role == Role::Clerk && bound.is_some_and(|own| own != clerk) {
            return Err(Refusal::NotYourRole {
                window: None,
                clerk: Some(clerk.clone()),
            });
        }
        Ok(())
    }

    /// Cannot cover: the next one is asked.
    pub(super) fn decline_cover(
        &self,
        code: &WindowCode,
        clerk: &ClerkCode,
        reason: &str,
    ) -> Decision {
        let (window, planned) = self.hall.window(code)?;
        self.person(clerk)?;
        self.speaks_for(clerk)?;
        let asked = window.asked.as_ref().and_then(|asked| asked.clerk.as_ref());
        if asked != Some(clerk) {
            return Err(Refusal::CoverNotAsked {
                window: code.clone(),
                clerk: clerk.clone(),
            });
        }
        let declined = Event::CoverDeclined {
            window: code.clone(),
            clerk: clerk.clone(),
            reason: reason.into(),
        };
        Ok(vec![declined, self.ask_next(planned, window, clerk)])
    }

    /// Asks the next colleague after one who will not come.
    pub(super) fn ask_next(
        &self,
        planned: &PlannedWindow,
        window: &Window,
        not: &ClerkCode,
    ) -> Event {
        let tried = window.asked.as_ref().map(|asked| asked.tried.as_slice());
        let tried = tried.unwrap_or_default();
        let next = cover::candidates(self.hall, planned)
            .into_iter()
            .find(|one| one.clerk != *not && !tried.contains(&one.clerk));
        cover::asked_of(&planned.code, next)
    }

    /// Hands the post back, with a note of what is left over.
    pub(super) fn hand_back(&self, code: &WindowCode, note: &str) -> Decision {
        let (window, _) = self.hall.window(code)?;
        let (Some(cover), Some(shift)) = (&window.cover, &window.shift) else {
            return Err(Refusal::NotCovered {
                window: code.clone(),
            });
        };
        let away = cover.away.as_ref().map(|(clerk, _)| clerk);
        if self.actor.role == Role::Clerk
            && self.actor.clerk.is_some()
            && self.actor.clerk.as_ref() != Some(&shift.clerk)
            && self.actor.clerk.as_ref() != away
        {
            return Err(Refusal::NotYourRole {
                window: Some(code.clone()),
                clerk: Some(shift.clerk.clone()),
            });
        }
        if let Some(ticket) = self.ticket_at(window) {
            return Err(calls::busy(code, ticket));
        }
        if let Some(elsewhere) = away.and_then(|clerk| self.hall.window_of(clerk)) {
            return Err(Refusal::ClerkElsewhere {
                clerk: away.cloned().unwrap_or_else(|| ClerkCode(String::new())),
                window: elsewhere.clone(),
            });
        }
        if away.is_none() && !self.actor.is_manager() {
            self.may_leave_empty(code)?;
        }
        let mut events = vec![Event::CoverEnded {
            window: code.clone(),
            clerk: shift.clerk.clone(),
            back: away.cloned(),
            note: note.into(),
            parked: self.parked_at(code),
        }];
        events.extend(self.own_resumed(code, window));
        Ok(events)
    }

    /// The window that a cover came from opens again, when it waits for just that clerk.
    pub(super) fn own_resumed(&self, code: &WindowCode, window: &Window) -> Option<Event> {
        let own = window.cover.as_ref()?.from.as_ref()?;
        let clerk = |window: &Window| window.shift.as_ref().map(|shift| shift.clerk.clone());
        let state = self.hall.windows.get(own).filter(|_| own != code)?;
        let waits = self.hall.is_covering(own, state) && clerk(state) == clerk(window);
        waits.then(|| Event::WindowResumed {
            window: own.clone(),
        })
    }

    fn parked_at(&self, code: &WindowCode) -> Vec<crate::TicketId> {
        let tickets = self.hall.tickets.values();
        let here = tickets.filter(
            |ticket| matches!(&ticket.status, TicketStatus::Parked(window, _) if window == code),
        );
        here.map(|ticket| ticket.id).collect()
    }
}

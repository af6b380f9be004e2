//! Windows: signing in and off, ready, 暂停服务, 恢复.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Asked, Decision, calls};
use crate::cover;
use crate::order;
use crate::state::{Phase, Ticket, Window};
use crate::{ClerkCode, Command, Event, Refusal, Role, ServiceCode, WindowCode};

impl Asked<'_> {
    pub(super) fn sign_in(
        &self,
        code: &WindowCode,
        clerk: &ClerkCode,
        overriding: Option<&String>,
    ) -> Decision {
        let (window, planned) = self.hall.window(code)?;
        let plan = self.hall.plan.as_ref().ok_or(Refusal::HallNotOpen)?;
        let person = plan.clerk(clerk).ok_or_else(|| Refusal::no_clerk(clerk))?;
        self.may_sign_in(clerk)?;
        if let Some(shift) = &window.shift {
            if shift.clerk == *clerk {
                return Ok(Vec::new());
            }
            let clerk = shift.clerk.clone();
            return Err(Refusal::WindowTaken {
                window: code.clone(),
                clerk,
            });
        }
        if let Some(other) = self.hall.window_of(clerk) {
            return Err(Refusal::ClerkElsewhere {
                clerk: clerk.clone(),
                window: other.clone(),
            });
        }
        let skilled = planned
            .services
            .iter()
            .any(|service| plan.is_skilled(person, service));
        let allowed = skilled || planned.services.is_empty() || self.overrides(overriding);
        if !allowed {
            return Err(Refusal::NotSkilled {
                window: code.clone(),
                clerk: clerk.clone(),
            });
        }
        Ok(vec![Event::ShiftBegan {
            window: code.clone(),
            clerk: clerk.clone(),
            role: cover::role_at(planned, person),
            overriding: overriding.filter(|_| !skilled).cloned(),
        }])
    }

    /// A person bound to a clerk signs in as that clerk alone.
    fn may_sign_in(&self, clerk: &ClerkCode) -> Result<(), Refusal> {
        let bound = self.actor.clerk.as_ref();
        if self.actor.role == Role::Clerk && bound.is_some_and(|own| own != clerk) {
            return Err(Refusal::NotYourRole {
                window: None,
                clerk: Some(clerk.clone()),
            });
        }
        Ok(())
    }

    fn overrides(&self, reason: Option<&String>) -> bool {
        self.actor.is_manager() && reason.is_some()
    }

    pub(super) fn make_ready(&self, code: &WindowCode) -> Decision {
        let window = self.held_window(code)?;
        if window
            .shift
            .as_ref()
            .is_some_and(|shift| shift.ready_at.is_some())
        {
            return Ok(Vec::new());
        }
        Ok(vec![Event::WindowReady {
            window: code.clone(),
        }])
    }

    pub(super) fn sign_off(&self, code: &WindowCode, overriding: Option<&String>) -> Decision {
        let window = self.held_window(code)?;
        if let Some(ticket) = self.ticket_at(window) {
            return Err(calls::busy(code, ticket));
        }
        let overridden = self.overrides(overriding);
        let stranded = self.only_served_here(code);
        if !stranded.is_empty() && !overridden {
            return Err(Refusal::LastAbleWindow {
                window: code.clone(),
                tickets: stranded,
            });
        }
        let services = self.waited_for_only_here(code);
        if !services.is_empty() && !overridden {
            return Err(Refusal::CoverNeeded {
                window: code.clone(),
                services,
            });
        }
        let Some(shift) = &window.shift else {
            return Ok(Vec::new());
        };
        let clerk = shift.clerk.clone();
        let overriding = overriding.cloned();
        Ok(vec![Event::ShiftEnded {
            window: code.clone(),
            clerk,
            overriding,
        }])
    }

    /// After closing: numbers still open that no other manned window can call.
    fn only_served_here(&self, code: &WindowCode) -> Vec<String> {
        let tickets = self.hall.tickets.values().filter(|ticket| {
            let closing = self
                .hall
                .day(ticket.day)
                .is_some_and(|d| d.phase == Phase::Closing);
            closing && ticket.status.is_open() && ticket.status.holder().is_none()
        });
        let mut stranded: Vec<&Ticket> = tickets
            .filter(|ticket| order::may_call(self.hall, code, ticket))
            .filter(|ticket| !self.served_elsewhere(code, ticket))
            .collect();
        stranded.sort_by_key(|ticket| ticket.serial);
        stranded
            .into_iter()
            .map(|ticket| ticket.number.clone())
            .collect()
    }

    /// In session and at noon: services with people waiting that no other window is open for.
    fn waited_for_only_here(&self, code: &WindowCode) -> Vec<ServiceCode> {
        let phase = self.hall.current.as_ref().map(|day| day.phase);
        if !matches!(phase, Some(Phase::InSession | Phase::Noon)) {
            return Vec::new();
        }
        let services = self.hall.services_of(code).into_iter();
        let elsewhere = |service: &ServiceCode| {
            self.hall.windows.iter().any(|(other, window)| {
                other != code
                    && window.takes_calls()
                    && self.hall.services_of(other).contains(&service)
            })
        };
        services
            .filter(|service| order::waiting(self.hall, service) > 0)
            .filter(|service| !elsewhere(service))
            .cloned()
            .collect()
    }

    fn served_elsewhere(&self, code: &WindowCode, ticket: &Ticket) -> bool {
        self.hall.windows.iter().any(|(other, window)| {
            other != code
                && window.shift.is_some()
                && self.hall.services_of(other).contains(&&ticket.service)
        })
    }

    pub(super) fn pause(&self, command: &Command) -> Decision {
        let Command::Pause {
            window,
            reason,
            note,
            back_in_min,
            cover,
        } = command
        else {
            return Ok(Vec::new());
        };
        let held = self.held_window(window)?;
        if let Some(clerk) = cover
            && self
                .hall
                .plan
                .as_ref()
                .and_then(|plan| plan.clerk(clerk))
                .is_none()
        {
            return Err(Refusal::no_clerk(clerk));
        }
        let back_at = back_in_min.map(|minutes| self.now.plus_min(i64::from(minutes)));
        let mut events = vec![Event::WindowPaused {
            window: window.clone(),
            reason: *reason,
            note: note.clone(),
            back_at,
            cover: cover.clone(),
        }];
        events.extend(self.after_pause(window, held, cover.as_ref())?);
        Ok(events)
    }

    /// The colleague named is asked when there; the head is told at once after closing.
    fn after_pause(
        &self,
        code: &WindowCode,
        window: &Window,
        wished: Option<&ClerkCode>,
    ) -> Decision {
        let (_, planned) = self.hall.window(code)?;
        let mut events = Vec::new();
        if let Some(wished) = wished.filter(|_| window.asked.is_none()) {
            let candidates = cover::candidates(self.hall, planned);
            let there = candidates.into_iter().find(|one| one.clerk == *wished);
            let asked = match there {
                Some(one) => cover::asked_of(code, Some(one)),
                None => cover::ask(self.hall, planned, window),
            };
            events.push(asked);
        }
        let closing = self.hall.current.as_ref().map(|day| day.phase) == Some(Phase::Closing);
        let told = window.pause.as_ref().is_some_and(|pause| pause.escalated);
        if closing && !told && self.hall.waiting_for(planned) > 0 {
            events.push(self.escalated(planned));
        }
        Ok(events)
    }

    pub(super) fn resume(&self, code: &WindowCode) -> Decision {
        let window = self.held_window(code)?;
        if window.pause.is_none() {
            return Ok(Vec::new());
        }
        Ok(vec![Event::WindowResumed {
            window: code.clone(),
        }])
    }
}

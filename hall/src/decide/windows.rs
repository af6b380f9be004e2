//! Windows: signing in and off, ready, 暂停服务, 恢复.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Asked, Decision, calls};
use crate::cover;
use crate::order;
use crate::state::{Phase, Ticket, TicketStatus, Window};
use crate::{ClerkCode, Command, Event, ParkingKind, Refusal, Role, ServiceCode, WindowCode};

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
        if !self.overrides(overriding) {
            self.may_leave_empty(code)?;
        }
        let Some(shift) = &window.shift else {
            return Ok(Vec::new());
        };
        let mut events = vec![Event::ShiftEnded {
            window: code.clone(),
            clerk: shift.clerk.clone(),
            overriding: overriding.cloned(),
        }];
        events.extend(self.own_resumed(code, window));
        Ok(events)
    }

    /// Refuses when people wait for whom nobody else is there.
    pub(super) fn may_leave_empty(&self, code: &WindowCode) -> Result<(), Refusal> {
        let tickets = self.only_served_here(code);
        if !tickets.is_empty() {
            return Err(Refusal::LastAbleWindow {
                window: code.clone(),
                tickets,
            });
        }
        let services = self.waited_for_only_here(code);
        if !services.is_empty() {
            return Err(Refusal::CoverNeeded {
                window: code.clone(),
                services,
            });
        }
        Ok(())
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

    /// Papers kept at this window are at no other; whoever is away can serve nobody.
    fn served_elsewhere(&self, code: &WindowCode, ticket: &Ticket) -> bool {
        if matches!(
            &ticket.status,
            TicketStatus::Parked(_, ParkingKind::ThisWindow)
        ) {
            return false;
        }
        self.hall.windows.iter().any(|(other, window)| {
            other != code
                && window.is_held()
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
        let mut events = Vec::from_iter(self.called_put_back(window, held));
        events.push(Event::WindowPaused {
            window: window.clone(),
            reason: *reason,
            note: note.clone(),
            back_at,
            cover: cover.clone(),
        });
        events.extend(self.after_pause(window, held, cover.as_ref())?);
        Ok(events)
    }

    /// Whoever was called and has not come yet is first in line again: no sign of 暂停服务 meets a
    /// visitor who is on the way. Whoever is served is served on.
    fn called_put_back(&self, code: &WindowCode, window: &Window) -> Option<Event> {
        let ticket = self.ticket_at(window)?;
        matches!(ticket.status, TicketStatus::Called(_)).then(|| Event::TicketPutBack {
            ticket: ticket.id,
            window: code.clone(),
            reason: "暂停服务".into(),
        })
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
        let asked = window.asked.as_ref().and_then(|asked| asked.clerk.as_ref());
        if let Some(wished) = wished.filter(|_| asked.is_none()) {
            let asked = match cover::wished(self.hall, planned, wished) {
                Some(one) => cover::asked_of(code, Some(one)),
                None => cover::ask(self.hall, planned, window),
            };
            events.push(asked);
        }
        let told = window.pause.as_ref().is_some_and(|pause| pause.escalated);
        let called = |id| {
            let ticket = self.hall.tickets.get(&id);
            ticket.is_some_and(|ticket| matches!(ticket.status, TicketStatus::Called(_)))
        };
        let put_back = window.ticket.is_some_and(called);
        if !told && self.is_after_hours() && (put_back || self.hall.waiting_for(planned) > 0) {
            events.push(self.escalated(planned));
        }
        Ok(events)
    }

    pub(super) fn resume(&self, code: &WindowCode) -> Decision {
        let window = self.held_window(code)?;
        if window.pause.is_none() {
            return Ok(Vec::new());
        }
        if let Some(shift) = window
            .shift
            .as_ref()
            .filter(|_| self.hall.is_covering(code, window))
        {
            let covered = self.hall.covered_by(&shift.clerk);
            return Err(Refusal::ClerkElsewhere {
                clerk: shift.clerk.clone(),
                window: covered.unwrap_or(code).clone(),
            });
        }
        Ok(vec![Event::WindowResumed {
            window: code.clone(),
        }])
    }
}

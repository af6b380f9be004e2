//! 潮汐窗口 by hand: a manager lends a window and takes it back.

use alloc::vec::Vec;

use super::{Asked, Decision, day};
use crate::state::Lending;
use crate::{Event, Refusal, ServiceCode, Timestamp, WindowCode};

impl Asked<'_> {
    /// Lends the window to services; whoever is served there is not disturbed.
    pub(super) fn lend(
        &self,
        code: &WindowCode,
        services: &[ServiceCode],
        until: Option<Timestamp>,
        reason: Option<&str>,
    ) -> Decision {
        let (window, planned) = self.hall.window(code)?;
        let plan = self.hall.plan.as_ref().ok_or(Refusal::HallNotOpen)?;
        if services.is_empty() {
            return self.end_lending(code);
        }
        for service in services {
            if plan.service(service).is_none() {
                return Err(Refusal::no_service(service));
            }
            if !planned.tide.contains(service) {
                return Err(Refusal::NotTidal {
                    window: code.clone(),
                    service: service.clone(),
                });
            }
        }
        if let Some(shift) = &window.shift
            && let Some(clerk) = plan.clerk(&shift.clerk)
            && !services
                .iter()
                .any(|service| plan.is_skilled(clerk, service))
        {
            return Err(Refusal::NotSkilled {
                window: code.clone(),
                clerk: shift.clerk.clone(),
            });
        }
        if let Some(at) = until.filter(|at| *at <= self.now) {
            return Err(Refusal::NotInTheFuture { at });
        }
        let same =
            |lent: &Lending| lent.services == services && lent.until == until && !lent.instead;
        if window.lent.as_ref().is_some_and(same) {
            return Ok(Vec::new());
        }
        let mut events = self.end_lending(code)?;
        events.push(Event::WindowLent {
            window: code.clone(),
            services: services.to_vec(),
            until,
            reason: reason.map(Into::into),
            instead: false,
        });
        Ok(events)
    }

    /// Takes the window back to its own services.
    pub(super) fn end_lending(&self, code: &WindowCode) -> Decision {
        let (window, _) = self.hall.window(code)?;
        let Some(lent) = &window.lent else {
            return Ok(Vec::new());
        };
        Ok(vec![day::lending_ended(code, lent, self.now)])
    }
}

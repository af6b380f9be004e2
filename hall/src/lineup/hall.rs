//! Takes a line-up from a hall.

use alloc::vec::Vec;

use super::{Desk, DeskState, Held, LineUp, NEVER_MS, Off, Visit};
use crate::plan::{Plan, Window as PlannedWindow};
use crate::state::{Ground, Hall, Phase, Ticket, TicketStatus, Window};
use crate::{ServiceCode, TicketId, Timestamp, order};

/// Minutes after which a clerk who named no time is expected back. Ours: half of an AB response.
const BACK_SOON_MIN: i64 = 5;

/// Lines of a service: the rest, then one for each ground that a special window is there for.
const GROUNDS: [Option<Ground>; 3] = [None, Some(Ground::Elder), Some(Ground::Soldier)];

impl LineUp {
    /// The hall at `now`, and the tickets behind the visits; empty before the first plan.
    ///
    /// Lengths of service are left at 0, and busy windows at [`NEVER_MS`]: whoever runs it draws
    /// them. A window that is closed counts only before the hall's hours, when its A role is
    /// still expected.
    pub fn of(hall: &Hall, now: Timestamp) -> (Self, Vec<TicketId>) {
        let Some(plan) = hall.plan() else {
            return (Self::default(), Vec::new());
        };
        let taking = Taking { hall, plan, now };
        let waiting = taking.waiting();
        let visits = waiting.iter().filter_map(|t| taking.visit(t)).collect();
        let ids = waiting.iter().map(|ticket| ticket.id).collect();
        let lineup = Self {
            now_ms: now.0,
            lines: plan.services.len() * GROUNDS.len() + plan.windows.len(),
            desks: (0..)
                .zip(&plan.windows)
                .map(|(i, w)| taking.desk(i, w))
                .collect(),
            visits,
            held: taking.held(&waiting),
        };
        (lineup, ids)
    }
}

struct Taking<'a> {
    hall: &'a Hall,
    plan: &'a Plan,
    now: Timestamp,
}

impl Taking<'_> {
    /// Everyone in line or held back, in the order of issue, for whom there is a line.
    fn waiting(&self) -> Vec<&Ticket> {
        let sets = self.hall.lines.values().chain(self.hall.held.values());
        let tickets = sets
            .flatten()
            .filter_map(|place| self.hall.tickets.get(&place.ticket));
        let mut waiting: Vec<_> = tickets.filter(|t| self.visit(t).is_some()).collect();
        waiting.sort_by_key(|ticket| ticket.serial);
        waiting
    }

    fn visit(&self, ticket: &Ticket) -> Option<Visit> {
        let service = self.service(&ticket.service)?;
        let line = match &ticket.only_window {
            Some(window) => {
                self.plan.windows.iter().position(|w| w.code == *window)? + self.shared()
            }
            None => usize::from(service) * GROUNDS.len() + ground_of(ticket.ground),
        };
        Some(Visit {
            at_ms: ticket.arrived_at.0,
            key_ms: order::key(self.plan, ticket).0,
            line: u16::try_from(line).ok()?,
            service,
            span_ms: 0,
            shows: true,
        })
    }

    /// How many lines the services have.
    fn shared(&self) -> usize {
        self.plan.services.len() * GROUNDS.len()
    }

    fn service(&self, code: &ServiceCode) -> Option<u16> {
        let at = self
            .plan
            .services
            .iter()
            .position(|service| service.code == *code)?;
        u16::try_from(at).ok()
    }

    fn held(&self, waiting: &[&Ticket]) -> Vec<Held> {
        let held = (0..).zip(waiting).filter_map(|(visit, ticket)| {
            let calls = self.hall.calls_of.get(&order::line_of(ticket)).copied();
            let calls_left = ticket.held_until?.saturating_sub(calls.unwrap_or(0)).max(1);
            Some(Held { visit, calls_left })
        });
        held.collect()
    }

    fn desk(&self, index: usize, planned: &PlannedWindow) -> Desk {
        let served: Vec<u16> = self
            .hall
            .services_of(&planned.code)
            .into_iter()
            .filter_map(|code| self.service(code))
            .collect();
        let grounds = u16::try_from(GROUNDS.len()).unwrap_or(1);
        let of = |service: u16| (0..grounds).map(move |ground| service * grounds + ground);
        let own_line = u16::try_from(self.shared() + index).into_iter();
        let own_ground = planned
            .kind
            .own_ground()
            .map(|ground| ground_of(Some(ground)));
        let own_ground = own_ground.and_then(|ground| u16::try_from(ground).ok());
        let home = planned
            .services
            .iter()
            .filter_map(|code| self.service(code));
        let window = self.hall.windows.get(&planned.code);
        Desk {
            own_ground: own_ground.map_or_else(Vec::new, |ground| {
                served
                    .iter()
                    .map(|service| service * grounds + ground)
                    .collect()
            }),
            lines: served
                .iter()
                .copied()
                .flat_map(of)
                .chain(own_line)
                .collect(),
            home: home.collect(),
            pace: 1.0,
            last: window.and_then(|window| self.last_of(window)),
            state: window.map_or(DeskState::Closed, |window| self.state(planned, window)),
            offs: window.map_or_else(Vec::new, |window| self.offs(planned, window)),
        }
    }

    /// The service of the visitor who is there.
    fn last_of(&self, window: &Window) -> Option<u16> {
        let ticket = window.ticket.and_then(|id| self.hall.tickets.get(&id))?;
        self.service(&ticket.service)
    }

    fn state(&self, planned: &PlannedWindow, window: &Window) -> DeskState {
        let opens_at = self
            .hall
            .current
            .as_ref()
            .and_then(crate::state::Day::opens_at);
        let early = opens_at.filter(|at| *at > self.now);
        let Some(shift) = &window.shift else {
            let expected = planned.a.is_some() && planned.standby.is_none();
            let opening = early.filter(|_| expected);
            return opening.map_or(DeskState::Closed, |at| DeskState::Off { until_ms: at.0 });
        };
        if let Some(ticket) = window.ticket.and_then(|id| self.hall.tickets.get(&id)) {
            return self.busy(ticket);
        }
        if window.pause.is_some() {
            return DeskState::Off {
                until_ms: self.back_ms(window),
            };
        }
        let ready = shift.ready_at.unwrap_or_else(|| self.now.plus_min(1));
        let from = ready.max(early.unwrap_or(ready));
        if from > self.now {
            return DeskState::Off { until_ms: from.0 };
        }
        let since = window.acted_at.unwrap_or(ready);
        DeskState::Idle { since_ms: since.0 }
    }

    fn busy(&self, ticket: &Ticket) -> DeskState {
        let called = ticket.called_at.unwrap_or(self.now);
        let since = match ticket.status {
            TicketStatus::Serving(_) => ticket.started_at.unwrap_or(called),
            TicketStatus::Waiting
            | TicketStatus::Called(_)
            | TicketStatus::Parked(..)
            | TicketStatus::NoShow(_)
            | TicketStatus::Finished(_)
            | TicketStatus::Cancelled
            | TicketStatus::CarriedOver(_) => called,
        };
        DeskState::Busy {
            service: self.service(&ticket.service).unwrap_or(u16::MAX),
            since_ms: since.0,
            until_ms: NEVER_MS,
        }
    }

    fn back_ms(&self, window: &Window) -> i64 {
        let said = window.pause.as_ref().and_then(|pause| pause.back_at);
        let soon = self.now.plus_min(BACK_SOON_MIN);
        said.filter(|at| *at > self.now).unwrap_or(soon).0
    }

    /// The rest of a pause begun with a visitor there, and the noons of windows not on duty.
    fn offs(&self, planned: &PlannedWindow, window: &Window) -> Vec<Off> {
        let mut offs = Vec::new();
        if window.pause.is_some() && window.ticket.is_some() {
            offs.push(Off {
                at_ms: self.now.0,
                least_ms: 0,
                until_ms: self.back_ms(window),
            });
        }
        let day = self.hall.current.as_ref().filter(|_| !planned.noon_duty);
        let steps = day.map_or(&[][..], |day| day.steps.as_slice());
        for (i, step) in steps.iter().enumerate() {
            let after = steps.iter().skip(i + 1);
            let mut sessions = after.filter(|step| step.phase == Phase::InSession);
            if step.phase == Phase::Noon
                && let Some(session) = sessions.next().filter(|session| session.at > self.now)
                && offs
                    .last()
                    .is_none_or(|off: &Off| off.until_ms < session.at.0)
            {
                offs.push(Off {
                    at_ms: step.at.0,
                    least_ms: 0,
                    until_ms: session.at.0,
                });
            }
        }
        offs
    }
}

fn ground_of(ground: Option<Ground>) -> usize {
    GROUNDS.iter().position(|own| *own == ground).unwrap_or(0)
}

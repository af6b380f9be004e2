//! Everyone's wait at one moment: those in line, and whoever would take a number now.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::keeper::{LINES_PER_SERVICE, Waits};
use super::{Forecast, Promise, shown};
use crate::lineup::{LineUp, Visit, minutes};
use crate::plan::Plan;
use crate::state::{Class, Hall};
use crate::view::Wait;
use crate::{ServiceCode, TicketId, Timestamp, order, pick};

/// An uncorrected forecast in seconds, kept with the number so that its outcome corrects the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoned {
    /// Half of all waits end by then.
    pub p50_s: u32,
    /// Nine in ten do.
    pub p90_s: u32,
}

impl Reckoned {
    /// P50 and P90 in minutes.
    pub fn in_minutes(self) -> (f64, f64) {
        (f64::from(self.p50_s) / 60.0, f64::from(self.p90_s) / 60.0)
    }
}

impl From<Forecast> for Reckoned {
    fn from(forecast: Forecast) -> Self {
        let seconds = |ms: i64| u32::try_from(ms.max(0) / 1000).unwrap_or(u32::MAX);
        Self {
            p50_s: seconds(forecast.p50_ms),
            p90_s: seconds(forecast.p90_ms),
        }
    }
}

/// What a visitor who takes a number now is told, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The band as people read it.
    pub wait: Wait,
    /// The forecast; none when the pace of the last calls stands in for it.
    pub reckoned: Option<Reckoned>,
}

/// What is told to whoever would take a number for a service now; none: 暂无法估计.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NewWaits {
    /// To an ordinary visitor.
    pub ordinary: Option<Told>,
    /// To one with a head start.
    pub green: Option<Told>,
}

impl NewWaits {
    /// What is told to a visitor of that class.
    pub fn of(&self, class: Class) -> Option<Told> {
        match class {
            Class::Ordinary | Class::Booked => self.ordinary,
            Class::Green => self.green,
        }
    }
}

/// What is shown to one visitor who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownWait {
    /// The band, from now.
    pub wait: Wait,
    /// Whether it was put off since it was last shown, so that a word of regret is due.
    pub put_off: bool,
}

/// Everyone's wait at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// Those in line for whom a window is in sight.
    pub tickets: BTreeMap<TicketId, ShownWait>,
    /// Those who would come now, by service.
    pub services: BTreeMap<ServiceCode, NewWaits>,
}

impl Foreseen {
    /// What a visitor of that class who comes for the service now is told, and what it rests on.
    pub fn told(&self, service: &ServiceCode, class: Class) -> Option<Told> {
        self.services.get(service)?.of(class)
    }

    /// The band told to an ordinary visitor who comes for the service now; none: 暂无法估计.
    pub fn of_service(&self, service: &ServiceCode) -> Option<Wait> {
        let new = self.services.get(service)?;
        new.ordinary.map(|told| told.wait)
    }
}

/// Looks ahead again and again, and keeps what it has promised to those in line.
///
/// **Source**: QUEUEING §1.4, §1.5.
#[derive(Debug, Clone, Default)]
pub struct Foreseer {
    promises: BTreeMap<TicketId, Promise>,
}

impl Foreseer {
    /// Everyone's wait at `now`; the same hall, moment and seed give the same waits.
    pub fn look(&mut self, hall: &Hall, now: Timestamp, seed: u64) -> Foreseen {
        let Some(plan) = hall.plan() else {
            return Foreseen::default();
        };
        let looking = Looking::new(hall, plan, now, seed);
        let mut foreseen = Foreseen::default();
        for (round, services) in looking.rounds().into_iter().enumerate() {
            let (line, ordinary) = looking.ask(&services, Class::Ordinary);
            let (_, green) = looking.ask(&services, Class::Green);
            for ((service, ordinary), green) in services.iter().zip(ordinary).zip(green) {
                let new = NewWaits {
                    ordinary: looking.told(*service, ordinary),
                    green: looking.told(*service, green),
                };
                let code = plan.services.get(*service).map(|one| one.code.clone());
                foreseen.services.extend(code.map(|code| (code, new)));
            }
            if round == 0 {
                foreseen.tickets = self.show(&looking, &line);
            }
        }
        foreseen
    }

    fn show(
        &mut self,
        looking: &Looking<'_>,
        line: &[Option<Forecast>],
    ) -> BTreeMap<TicketId, ShownWait> {
        let mut kept = BTreeMap::new();
        let mut told = BTreeMap::new();
        let waiting = looking.ids.iter().zip(&looking.lineup.visits).zip(line);
        for ((id, visit), forecast) in waiting {
            let Some(forecast) = forecast else { continue };
            let mut promise = self
                .promises
                .remove(id)
                .unwrap_or_else(|| looking.printed(*id));
            let service = usize::from(visit.service);
            let (p50, p90) = looking.waits.correct(service, (*forecast).into());
            let (wait, put_off) = promise.show(shown(p50, p90), looking.now.0);
            kept.insert(*id, promise);
            told.insert(*id, ShownWait { wait, put_off });
        }
        self.promises = kept;
        told
    }
}

struct Looking<'a> {
    hall: &'a Hall,
    plan: &'a Plan,
    waits: &'a Waits,
    now: Timestamp,
    seed: u64,
    lineup: LineUp,
    ids: Vec<TicketId>,
}

impl<'a> Looking<'a> {
    fn new(hall: &'a Hall, plan: &'a Plan, now: Timestamp, seed: u64) -> Self {
        let (lineup, ids) = LineUp::of(hall, now);
        Self {
            hall,
            plan,
            waits: hall.waits(),
            now,
            seed,
            lineup,
            ids,
        }
    }

    /// Services that can be asked about in one run: no two that a window serves both, since one
    /// stranger would stand before the other.
    fn rounds(&self) -> Vec<Vec<usize>> {
        let mut rounds: Vec<(Vec<usize>, BTreeSet<usize>)> = Vec::new();
        for service in 0..self.plan.services.len() {
            let windows: BTreeSet<_> = self.windows_of(service).collect();
            let free = rounds
                .iter_mut()
                .find(|(_, taken)| taken.is_disjoint(&windows));
            if let Some((services, taken)) = free {
                services.push(service);
                taken.extend(windows);
            } else {
                rounds.push((vec![service], windows));
            }
        }
        rounds.into_iter().map(|(services, _)| services).collect()
    }

    fn windows_of(&self, service: usize) -> impl Iterator<Item = usize> {
        let line = line_of(service);
        let desks = self.lineup.desks.iter().enumerate();
        desks
            .filter(move |(_, desk)| line.is_some_and(|line| desk.lines.contains(&line)))
            .map(|(index, _)| index)
    }

    /// The forecasts of those in line, and of one stranger for each of the services.
    fn ask(
        &self,
        services: &[usize],
        class: Class,
    ) -> (Vec<Option<Forecast>>, Vec<Option<Forecast>>) {
        let mut lineup = self.lineup.clone();
        let key = match class {
            Class::Ordinary | Class::Booked => self.now,
            Class::Green => pick::key(self.now, self.plan.rules.green_head_start_min),
        };
        lineup.visits.extend(services.iter().filter_map(|service| {
            Some(Visit {
                at_ms: self.now.0,
                key_ms: key.0,
                line: line_of(*service)?,
                service: u16::try_from(*service).ok()?,
                span_ms: 0,
                shows: true,
            })
        }));
        let future = self.waits.future(self.hall, self.now);
        let mut line = self
            .waits
            .forecaster()
            .forecast(&lineup, &future, self.seed);
        let strangers = line.split_off(self.ids.len().min(line.len()));
        (line, strangers)
    }

    fn told(&self, service: usize, forecast: Option<Forecast>) -> Option<Told> {
        if let Some(forecast) = forecast {
            let reckoned = Reckoned::from(forecast);
            let (p50, p90) = self.waits.correct(service, reckoned);
            let wait = shown(p50, p90);
            return Some(Told {
                wait,
                reckoned: Some(reckoned),
            });
        }
        // Nobody is there just now: the pace of the last calls, as far as it is known.
        let code = &self.plan.services.get(service)?.code;
        let ahead = usize::try_from(order::waiting(self.hall, code)).ok()?;
        let pace = minutes(self.waits.service(code)?.recent.by_pace(ahead)?);
        let wait = shown(pace, 2.0 * pace);
        Some(Told {
            wait,
            reckoned: None,
        })
    }

    /// What the slip promises.
    fn printed(&self, id: TicketId) -> Promise {
        let ticket = self.hall.tickets().get(&id);
        let by = ticket.and_then(|ticket| {
            let p90_min = i64::from(ticket.wait?.p90_min);
            Some(ticket.arrived_at.plus_min(p90_min))
        });
        Promise {
            by_ms: by.map_or(0, |by| by.0),
        }
    }
}

/// The ordinary line of a service in a line-up taken from a hall.
fn line_of(service: usize) -> Option<u16> {
    u16::try_from(service).ok()?.checked_mul(LINES_PER_SERVICE)
}

//! The waits of one hall: learns from its facts, forecasts everyone, and keeps what was told.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::{Datelike, Timelike};

use super::{Arrivals, Calibration, Forecast, Forecaster, Future, Learned, Recent, Table, shown};
use crate::lineup::{Costs, LineUp, Visit, minutes};
use crate::plan::Plan;
use crate::state::{Class, Hall};
use crate::view::Wait;
use crate::{Event, ServiceCode, TicketId, Timestamp, order, pick};

/// Runs of one refresh. Source: QUEUEING §1.2.
const RUNS: usize = 200;
/// Lines of a service in a line-up taken from a hall: the first is the ordinary one.
const LINES_PER_SERVICE: u16 = 3;
/// What calls cost a hall that has said nothing else: lengths are learned with all that is in them.
const COSTS: Costs = Costs {
    switch_ms: 0,
    away: 1.0,
    ..Costs::ASSUMED
};

/// Learned models and told forecasts of one hall. A fold of its facts, like the hall itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Waits {
    services: BTreeMap<ServiceCode, Service>,
    calibration: Calibration,
    arrivals: Arrivals,
    /// Visitors so far, and those of them with a head start.
    people: (f64, f64),
    /// The first forecast of each ticket, uncorrected, in minutes.
    told: BTreeMap<TicketId, (f64, f64)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Service {
    index: usize,
    learned: Learned,
    recent: Recent,
}

impl Waits {
    /// Takes in a fact that was applied to `hall` at `at`.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other facts teach nothing of waits"
    )]
    pub fn take(&mut self, hall: &Hall, event: &Event, at: Timestamp) {
        match event {
            Event::PlanPublished { plan } => self.take_plan(hall, plan),
            Event::DayOpened { day, .. } => {
                self.told.clear();
                let weekday = day.weekday().num_days_from_monday();
                self.arrivals.open_day(weekday as usize);
            }
            Event::TicketIssued { service, class, .. } => {
                self.people.0 += 1.0;
                self.people.1 += f64::from(u8::from(*class == Class::Green));
                if let Some(service) = self.services.get(service) {
                    self.arrivals.take(service.index, minute_of(hall, at));
                }
            }
            Event::TicketCalled {
                ticket, waited_ms, ..
            } => self.take_call(hall, *ticket, at, *waited_ms),
            Event::TicketFinished { ticket, .. } => {
                let Ok(ticket) = hall.ticket(*ticket) else {
                    return;
                };
                let started = ticket.started_at.unwrap_or(at);
                if let Some(service) = self.services.get_mut(&ticket.service) {
                    service.learned.take(at.since_ms(started));
                }
            }
            Event::TicketNotShown { ticket, .. } => {
                let ticket = hall.ticket(*ticket).ok();
                let service = ticket.and_then(|ticket| self.services.get_mut(&ticket.service));
                if let Some(service) = service {
                    service.learned.take_no_show();
                }
            }
            _ => (),
        }
    }

    /// Services that stay keep what was learned of them.
    fn take_plan(&mut self, hall: &Hall, plan: &Plan) {
        let mut known = core::mem::take(&mut self.services);
        for (index, planned) in plan.services.iter().enumerate() {
            let service = known.remove(&planned.code).unwrap_or_else(|| Service {
                index,
                learned: Learned::new(planned.expected_min),
                recent: Recent::default(),
            });
            self.services
                .insert(planned.code.clone(), Service { index, ..service });
        }
        // Places in the plan's list may have moved, and both go by them.
        self.calibration = Calibration::default();
        self.arrivals = Arrivals::new(plan.services.len());
        if let Some(day) = hall.current_day() {
            let weekday = day.date.weekday().num_days_from_monday();
            self.arrivals.open_day(weekday as usize);
        }
    }

    fn take_call(&mut self, hall: &Hall, id: TicketId, at: Timestamp, waited_ms: i64) {
        let Ok(ticket) = hall.ticket(id) else { return };
        let Some(service) = self.services.get_mut(&ticket.service) else {
            return;
        };
        service.recent.take(at.0, waited_ms);
        if let Some(told) = self.told.remove(&id) {
            let wait = minutes(waited_ms);
            self.calibration.take(service.index, told, wait);
        }
    }

    /// What is known of a service's length and no-shows, for whoever wants to see or reset it.
    pub fn learned(&self, service: &ServiceCode) -> Option<&Learned> {
        self.services.get(service).map(|service| &service.learned)
    }

    /// Forgets what was learned of a service.
    pub fn reset(&mut self, service: &ServiceCode, expected_min: u32) {
        if let Some(service) = self.services.get_mut(service) {
            service.learned = Learned::new(expected_min);
        }
    }

    /// The waits of everyone in line, from now; none for whom no window is in sight.
    pub fn refresh(
        &mut self,
        hall: &Hall,
        now: Timestamp,
        seed: u64,
    ) -> BTreeMap<TicketId, Option<Wait>> {
        let (lineup, ids) = LineUp::of(hall, now);
        let all = self
            .forecaster()
            .forecast(&lineup, &self.future(hall, now), seed);
        let waits = ids.iter().zip(&lineup.visits).zip(all);
        waits
            .map(|((id, visit), forecast)| {
                let wait = forecast.map(|forecast| {
                    let waited = minutes(now.0 - visit.at_ms).max(0.0);
                    let (p50, p90) = in_minutes(&forecast);
                    let told = (p50 + waited, p90 + waited);
                    self.told.entry(*id).or_insert(told);
                    let service = usize::from(visit.service);
                    let (p50, p90) = self.calibration.correct(service, (p50, p90));
                    shown(p50, p90)
                });
                (*id, wait)
            })
            .collect()
    }

    /// The wait of a visitor who would take a number now; none when no window is in sight and the
    /// service's own pace is not known either: 暂无法估计.
    pub fn of_new(
        &self,
        hall: &Hall,
        (service, class): (&ServiceCode, Class),
        now: Timestamp,
        seed: u64,
    ) -> Option<Wait> {
        let known = self.services.get(service)?;
        let index = u16::try_from(known.index).ok()?;
        let head_start = hall.plan()?.rules.green_head_start_min;
        let (mut lineup, _) = LineUp::of(hall, now);
        let key = match class {
            Class::Ordinary | Class::Booked => now,
            Class::Green => pick::key(now, head_start),
        };
        lineup.visits.push(Visit {
            at_ms: now.0,
            key_ms: key.0,
            line: index * LINES_PER_SERVICE,
            service: index,
            span_ms: 0,
            shows: true,
        });
        let all = self
            .forecaster()
            .forecast(&lineup, &self.future(hall, now), seed);
        let own = all.last().copied().flatten();
        let Some(forecast) = own else {
            // Nobody is there just now: the pace of the last calls, as far as it is known.
            let ahead = usize::try_from(order::waiting(hall, service)).ok()?;
            let pace = minutes(known.recent.by_pace(ahead)?);
            return Some(shown(pace, 2.0 * pace));
        };
        let (p50, p90) = self.calibration.correct(known.index, in_minutes(&forecast));
        Some(shown(p50, p90))
    }

    /// Green visitors to be expected in their head start; the others come after those who wait.
    fn future(&self, hall: &Hall, now: Timestamp) -> Future {
        let head_start_min = hall
            .plan()
            .map_or(0, |plan| plan.rules.green_head_start_min);
        let green = self.people.1 / self.people.0.max(1.0);
        let minute = minute_of(hall, now);
        let rate = |service| green * self.arrivals.expected(service, minute);
        let ends = hall.current_day().and_then(crate::Day::closes_at);
        Future {
            per_minute: (0..self.services.len()).map(rate).collect(),
            head_start_ms: i64::from(head_start_min) * 60_000,
            until_ms: ends.map_or(now.0, |at| at.0),
            lines_per_service: LINES_PER_SERVICE,
            ..Future::default()
        }
    }

    /// Visitors per minute to be expected of a service at a moment of today.
    pub fn coming(&self, hall: &Hall, service: usize, at: Timestamp) -> f64 {
        self.arrivals.expected(service, minute_of(hall, at))
    }

    fn forecaster(&self) -> Forecaster {
        let mut services: Vec<_> = self.services.values().collect();
        services.sort_by_key(|service| service.index);
        let learned = services.iter().map(|service| &service.learned);
        let tables = learned.clone().map(|one| Table::new(&one.lengths()));
        let absent = learned.map(Learned::no_show_share);
        Forecaster::new(tables.collect(), absent.collect(), COSTS, RUNS)
    }
}

fn minute_of(hall: &Hall, at: Timestamp) -> usize {
    let local = at.in_zone(hall.zone());
    usize::try_from(local.hour() * 60 + local.minute()).unwrap_or(0)
}

fn in_minutes(forecast: &Forecast) -> (f64, f64) {
    (minutes(forecast.p50_ms), minutes(forecast.p90_ms))
}

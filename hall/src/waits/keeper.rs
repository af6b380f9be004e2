//! What a hall has learned of waiting: lengths, no-shows, arrivals, and how its forecasts came true.
//! A fold of its facts, like the hall itself.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::{Datelike, NaiveDate, Timelike};

use super::{Arrivals, Calibration, Forecaster, Future, Learned, Recent, Reckoned, Table};
use crate::lineup::{Costs, minutes};
use crate::plan::Plan;
use crate::state::{Class, Hall, Ticket};
use crate::{Event, ServiceCode, Timestamp};

/// Runs of one refresh. Source: QUEUEING §1.2.
const RUNS: usize = 200;
/// Lines of a service in a line-up taken from a hall: the first is the ordinary one.
pub(super) const LINES_PER_SERVICE: u16 = 3;
/// What calls cost a hall that has said nothing else: lengths are learned with all that is in them.
const COSTS: Costs = Costs {
    switch_ms: 0,
    away: 1.0,
    ..Costs::ASSUMED
};

/// What was learned of one hall.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Waits {
    services: BTreeMap<ServiceCode, Service>,
    calibration: Calibration,
    arrivals: Arrivals,
    /// Visitors so far, and those of them with a head start.
    people: (f64, f64),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Service {
    pub(super) index: usize,
    learned: Learned,
    pub(super) recent: Recent,
}

impl Waits {
    /// A plan came into force: services that stay keep what was learned of them.
    pub(crate) fn take_plan(&mut self, plan: &Plan, today: Option<NaiveDate>) {
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
        if let Some(day) = today {
            self.open_day(day);
        }
    }

    /// A day opened.
    pub(crate) fn open_day(&mut self, day: NaiveDate) {
        let weekday = day.weekday().num_days_from_monday();
        self.arrivals.open_day(weekday as usize);
    }

    /// A fact about a ticket, as it stood before the fact, at a moment and minute of the day.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other facts teach nothing of waits"
    )]
    pub(crate) fn take(
        &mut self,
        event: &Event,
        ticket: &Ticket,
        (at, minute): (Timestamp, usize),
    ) {
        let Some(service) = self.services.get_mut(&ticket.service) else {
            return;
        };
        match event {
            Event::TicketIssued { class, .. } => {
                self.people.0 += 1.0;
                self.people.1 += f64::from(u8::from(*class == Class::Green));
                self.arrivals.take(service.index, minute);
            }
            Event::TicketCalled { waited_ms, .. } => {
                service.recent.take(at.0, *waited_ms);
                let first = ticket.first_called_at.is_none();
                if let Some(reckoned) = ticket.reckoned.filter(|_| first) {
                    let told = reckoned.in_minutes();
                    self.calibration
                        .take(service.index, told, minutes(*waited_ms));
                }
            }
            Event::TicketFinished { .. } => {
                let started = ticket.started_at.unwrap_or(at);
                service.learned.take(at.since_ms(started));
            }
            Event::TicketNotShown { .. } => service.learned.take_no_show(),
            _ => (),
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

    /// Green visitors to be expected in their head start; the others come after those who wait.
    pub(super) fn future(&self, hall: &Hall, now: Timestamp) -> Future {
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

    /// Window minutes that one visitor of a service takes, the call and no-shows included.
    ///
    /// **Source**: QUEUEING §2.4.
    pub fn work_min(&self, service: usize) -> f64 {
        let mut services = self.services.values();
        let Some(known) = services.find(|known| known.index == service) else {
            return 0.0;
        };
        let absent = known.learned.no_show_share();
        (1.0 - absent) * (known.learned.lengths().mean_min() + 0.5) + absent
    }

    /// Visitors per minute to be expected of a service at a moment of today.
    pub fn coming(&self, hall: &Hall, service: usize, at: Timestamp) -> f64 {
        self.arrivals.expected(service, minute_of(hall, at))
    }

    pub(super) fn service(&self, code: &ServiceCode) -> Option<&Service> {
        self.services.get(code)
    }

    /// A forecast corrected by those that came true.
    pub(super) fn correct(&self, service: usize, reckoned: Reckoned) -> (f64, f64) {
        self.calibration.correct(service, reckoned.in_minutes())
    }

    pub(super) fn forecaster(&self) -> Forecaster {
        let mut services: Vec<_> = self.services.values().collect();
        services.sort_by_key(|service| service.index);
        let learned = services.iter().map(|service| &service.learned);
        let tables = learned.clone().map(|one| Table::new(&one.lengths()));
        let absent = learned.map(Learned::no_show_share);
        Forecaster::new(tables.collect(), absent.collect(), COSTS, RUNS)
    }
}

pub(crate) fn minute_of(hall: &Hall, at: Timestamp) -> usize {
    let local = at.in_zone(hall.zone());
    usize::try_from(local.hour() * 60 + local.minute()).unwrap_or(0)
}

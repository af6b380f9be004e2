//! One whole-hall refresh of the waits, to be timed by whoever has a clock.

use alloc::vec::Vec;

use super::crowd::MINUTE_MS;
use super::sample::Scene;
use crate::lineup::{DeskState, LineUp, NEVER_MS, Visit};
use crate::waits::{Forecaster, Future, Table};

/// A crowded hall: every window busy, so many waiting, more to come.
#[derive(Debug, Clone)]
pub struct Refresh {
    forecaster: Forecaster,
    lineup: LineUp,
    future: Future,
}

impl Refresh {
    /// The staff of `scene` with `waiting` visitors, spread over its services.
    pub fn new(scene: &Scene, waiting: usize, runs: usize) -> Self {
        let crowd = &scene.crowd;
        let services = crowd.wishes.len().max(1);
        let mut lineup = scene.staff.lineup(crowd, 1);
        let now_ms = lineup.now_ms + 90 * MINUTE_MS;
        lineup.now_ms = now_ms;
        for desk in &mut lineup.desks {
            desk.state = DeskState::Busy {
                service: desk.home.first().copied().unwrap_or(0),
                since_ms: now_ms - 4 * MINUTE_MS,
                until_ms: NEVER_MS,
            };
        }
        let visit = |index: usize| {
            let service = u16::try_from(index % services).unwrap_or(0);
            let age = i64::try_from(waiting - index).unwrap_or(0) * MINUTE_MS / 4;
            Visit {
                at_ms: now_ms - age,
                key_ms: now_ms - age,
                line: service,
                service,
                span_ms: 0,
                shows: true,
            }
        };
        lineup.visits = (0..waiting).map(visit).collect();
        let minute = crowd.opens_min + 90;
        let tables = crowd
            .wishes
            .iter()
            .map(|wish| Table::new(&wish.law))
            .collect();
        let rates: Vec<_> = (0..services)
            .map(|service| crowd.rate(service, minute, 0) * crowd.green)
            .collect();
        Self {
            forecaster: Forecaster::new(tables, vec![crowd.no_show; services], scene.costs, runs),
            lineup,
            future: Future {
                per_minute: rates,
                head_start_ms: i64::from(crowd.head_start_min) * MINUTE_MS,
                until_ms: i64::MAX,
                booked: Vec::new(),
                turns: Vec::new(),
                lines_per_service: 1,
            },
        }
    }

    /// Forecasts everyone once and says how many have a forecast.
    pub fn once(&mut self, seed: u64) -> usize {
        let all = self.forecaster.forecast(&self.lineup, &self.future, seed);
        all.iter().flatten().count()
    }
}

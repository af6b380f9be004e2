//! Forecasts of sampled tickets at the moment they are taken, beside what came of them.
//!
//! A visitor who is called at once is left out: there was nothing to forecast.
//! **Source**: QUEUEING §1.2.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::crowd::{Crowd, Day, MINUTE_MS};
use super::sample::Scene;
use crate::lineup::{DeskState, LineUp, NEVER_MS, Run, Turn, Visit, minutes};
use crate::waits::{
    Calibration, Forecaster, Future, Lengths, Recent, Table, average, by_line, latest,
};

/// How far ahead bookings are looked up: no forecast reaches further.
const BOOKED_AHEAD_MS: i64 = 120 * MINUTE_MS;
/// Bookings are expected so long before their slot. Source: QUEUEING §4.
const EARLY_MS: i64 = 6 * MINUTE_MS;

/// The predictors compared, by the names of the report.
const NAMES: [&str; 6] = ["fs", "fs_raw", "det", "ql", "les", "avg10"];

/// A ticket that was just taken.
pub(super) struct Moment<'a> {
    pub(super) run: &'a Run,
    pub(super) day: &'a Day,
    pub(super) crowd: &'a Crowd,
    pub(super) id: usize,
    pub(super) turns: Vec<Turn>,
}

/// How one predictor did.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Score {
    /// Mean absolute error of P50, in minutes.
    pub mae_min: f64,
    /// Share of waits that P90 was kept for.
    pub p90_coverage: f64,
    /// How many forecasts.
    pub count: u32,
    /// Mean of the P90 shown, in minutes.
    pub mean_p90_min: f64,
}

impl Score {
    fn take(&mut self, (p50, p90): (f64, f64), wait: f64) {
        self.count += 1;
        let n = f64::from(self.count);
        let kept = if wait <= p90 { 1.0 } else { 0.0 };
        self.mae_min += ((p50 - wait).abs() - self.mae_min) / n;
        self.p90_coverage += (kept - self.p90_coverage) / n;
        self.mean_p90_min += (p90 - self.mean_p90_min) / n;
    }
}

/// Forecasts that wait to come true: of each predictor what it said and what was shown.
#[derive(Debug, Clone)]
struct Open {
    id: usize,
    service: usize,
    raw: [(f64, f64); 6],
    shown: [(f64, f64); 6],
}

/// Every predictor on the same tickets.
#[derive(Debug, Clone)]
pub struct Predictors {
    forecaster: Forecaster,
    work_ms: Vec<i64>,
    recent: Vec<Recent>,
    calibrations: [Calibration; 6],
    scores: [Score; 6],
    open: Vec<Open>,
    logged: usize,
    every: usize,
    seed: u64,
}

impl Predictors {
    /// Predictors that know the laws of the services, but for a factor on their means.
    ///
    /// **Units and range**: one ticket in `every` is forecast with `runs` runs; `means` 1 is right,
    /// 0.8 is 20 % too low.
    pub fn new(scene: &Scene, every: usize, runs: usize, means: f64) -> Self {
        let crowd = &scene.crowd;
        let law = |law: Lengths| Lengths::with_mean(law.mean_min() * means, law.ln_sd);
        let laws: Vec<_> = crowd.wishes.iter().map(|wish| law(wish.law)).collect();
        let tables = laws.iter().map(Table::new).collect();
        let absent = crowd.no_show;
        let work = |law: &Lengths| (1.0 - absent) * (law.mean_min() + 0.5) + absent;
        #[expect(clippy::cast_possible_truncation, reason = "minutes of a service")]
        let ms = |minutes: f64| libm::round(minutes * 60_000.0) as i64;
        Self {
            forecaster: Forecaster::new(tables, vec![absent; laws.len()], scene.costs, runs),
            work_ms: laws.iter().map(|law| ms(work(law))).collect(),
            recent: vec![Recent::default(); laws.len()],
            calibrations: Default::default(),
            scores: Default::default(),
            open: Vec::new(),
            logged: 0,
            every: every.max(1),
            seed: 0,
        }
    }

    /// A new day: what was learned of the forecasts stays, what was seen of the queues does not.
    pub fn next_day(&mut self) {
        self.recent.fill(Recent::default());
        self.open.clear();
        self.logged = 0;
    }

    /// How each did, by name.
    pub fn scores(&self) -> BTreeMap<&'static str, Score> {
        NAMES.into_iter().zip(self.scores).collect()
    }

    pub(super) const fn samples(&self, id: usize) -> bool {
        id.is_multiple_of(self.every)
    }

    /// The line-up run on with mean lengths and the visitors to be expected.
    pub(super) fn mean_run(&self, lineup: &LineUp, coming: &[Visit]) -> Run {
        self.forecaster.mean_run(lineup, coming)
    }

    /// Forecasts the ticket, unless it is called already.
    pub(super) fn see(&mut self, moment: &Moment<'_>) {
        self.settle(moment.run);
        let waits = moment.run.called_ms.get(moment.id) == Some(&NEVER_MS);
        let Some(visit) = moment.run.visits.get(moment.id).filter(|_| waits) else {
            return;
        };
        let service = usize::from(visit.service);
        let Some(raw) = self.forecast(moment, visit) else {
            return;
        };
        let mut shown = raw;
        for (index, shown) in shown.iter_mut().enumerate() {
            if let Some(calibration) = self.calibrations.get(index) {
                *shown = match index {
                    0 => calibration.correct(service, *shown),
                    1 => *shown,
                    // The others have no spread of their own: only the P90 is corrected.
                    _ => (shown.0, calibration.correct(service, *shown).1),
                };
            }
        }
        self.open.push(Open {
            id: moment.id,
            service,
            raw,
            shown,
        });
    }

    fn forecast(&mut self, moment: &Moment<'_>, visit: &Visit) -> Option<[(f64, f64); 6]> {
        let (lineup, waiting) = moment.run.lineup(visit.at_ms);
        let id = u32::try_from(moment.id).ok()?;
        let at = waiting.binary_search(&id).ok()?;
        self.seed = self.seed.wrapping_add(1);
        let future = future(moment, visit.at_ms);
        let all = self.forecaster.forecast(&lineup, &future, self.seed);
        let forward = all.get(at).copied().flatten()?;
        let forward = (minutes(forward.p50_ms), minutes(forward.p90_ms));
        let mean_pass = self.forecaster.mean_pass(&lineup);
        let mean_pass = mean_pass.get(at).copied().flatten();
        let service = usize::from(visit.service);
        let work_ms = self.work_ms.get(service).copied()?;
        let before = |id: &u32| {
            let other = moment.run.visits.get(*id as usize);
            other.is_some_and(|other| {
                other.line == visit.line && (other.key_ms, *id) < (visit.key_ms, u32::MAX)
            })
        };
        let ahead = waiting
            .iter()
            .filter(|other| **other != id && before(other))
            .count();
        let line = by_line(ahead, work_ms, windows_on(moment.run, visit.line));
        let recent = self.recent.get(service)?;
        let known = |wait: Option<i64>| minutes(wait.unwrap_or(work_ms));
        let twice = |wait: f64| (wait, wait);
        Some([
            forward,
            forward,
            twice(known(mean_pass)),
            twice(known(line)),
            twice(known(latest(recent))),
            twice(known(average(recent))),
        ])
    }

    /// Takes in all calls made so far.
    pub(super) fn settle(&mut self, run: &Run) {
        for id in run.log.get(self.logged..).unwrap_or_default() {
            let at = *id as usize;
            let (Some(visit), Some(called)) = (run.visits.get(at), run.called_ms.get(at)) else {
                continue;
            };
            let wait_ms = called - visit.at_ms;
            if let Some(recent) = self.recent.get_mut(usize::from(visit.service)) {
                recent.take(*called, wait_ms);
            }
            if let Some(open) = self.open.iter().position(|open| open.id == at) {
                let open = self.open.swap_remove(open);
                self.came_true(&open, minutes(wait_ms));
            }
        }
        self.logged = run.log.len();
    }

    fn came_true(&mut self, open: &Open, wait: f64) {
        for (index, score) in self.scores.iter_mut().enumerate() {
            let (Some(shown), Some(raw)) = (open.shown.get(index), open.raw.get(index)) else {
                continue;
            };
            score.take(*shown, wait);
            if let Some(calibration) = self.calibrations.get_mut(index) {
                calibration.take(open.service, *raw, wait);
            }
        }
    }
}

/// Green visitors to be expected within the head start, and bookings that are not here yet.
fn future(moment: &Moment<'_>, now_ms: i64) -> Future {
    let crowd = moment.crowd;
    let head_start_ms = i64::from(crowd.head_start_min) * MINUTE_MS;
    let minute = usize::try_from(now_ms / MINUTE_MS).unwrap_or(0);
    let services = 0..crowd.wishes.len();
    let rate = |service| crowd.rate(service, minute, moment.day.weekday) * crowd.green;
    let coming = moment.day.visits.iter().zip(&moment.day.slots_ms);
    let coming = coming.skip(moment.run.arrived());
    let booked = coming.filter_map(|(visit, slot)| {
        let slot = (*slot)?;
        let at_ms = (slot - EARLY_MS).max(now_ms);
        let key = crate::pick::booked_key(
            crate::Timestamp(at_ms),
            crate::Timestamp(slot),
            crowd.head_start_min,
        );
        (slot < now_ms + BOOKED_AHEAD_MS).then_some(Visit {
            at_ms,
            key_ms: key.0,
            span_ms: 0,
            ..*visit
        })
    });
    Future {
        per_minute: services.map(rate).collect(),
        head_start_ms,
        until_ms: i64::try_from(crowd.issue_ends_min).unwrap_or(0) * MINUTE_MS,
        booked: booked.collect(),
        turns: moment.turns.clone(),
        lines_per_service: 1,
    }
}

/// Windows that draw on a line and are not away.
fn windows_on(run: &Run, line: u16) -> f64 {
    let there = run.desks.iter().filter(|desk| {
        let here = !matches!(desk.state, DeskState::Off { .. } | DeskState::Closed);
        here && desk.lines.contains(&line)
    });
    super::crowd::float(there.count())
}

//! The hall run forward, many times.
//!
//! Only visitors with a head start can still overtake those who wait, and only within that head
//! start; so the future is drawn no further than that. Windows stay as they are: a move of the
//! tide to come is not foreseen.

use alloc::vec::Vec;

use super::{Chance, Table};
use crate::lineup::{Costs, Desk, DeskState, LineUp, NEVER_MS, Run, Turn, Visit, scaled};

/// What may still come and overtake.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Future {
    /// Visitors with a head start expected per minute, by service.
    pub per_minute: Vec<f64>,
    /// Their head start, and how far ahead they are drawn.
    pub head_start_ms: i64,
    /// When numbers end.
    pub until_ms: i64,
    /// Bookings not yet here, with their keys.
    pub booked: Vec<Visit>,
    /// Turns of the tide that are foreseen.
    pub turns: Vec<Turn>,
    /// By service: how many lines it has, of which the first is the ordinary one.
    pub lines_per_service: u16,
}

/// The wait still to come of one ticket, in milliseconds from now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forecast {
    /// One in ten is called by then.
    pub p10_ms: i64,
    /// Half are.
    pub p50_ms: i64,
    /// Nine in ten are.
    pub p90_ms: i64,
}

/// Runs line-ups forward; keeps its memory between two of them.
#[derive(Debug, Clone)]
pub struct Forecaster {
    tables: Vec<Table>,
    no_show: Vec<f64>,
    runs: usize,
    run: Run,
    until: Vec<i64>,
    calls: Vec<i64>,
}

impl Forecaster {
    /// A forecaster with a table and a no-show share per service.
    ///
    /// **Units and range**: `runs` as many as a quantile needs; 200 by QUEUEING §1.2.
    pub fn new(tables: Vec<Table>, no_show: Vec<f64>, costs: Costs, runs: usize) -> Self {
        Self {
            tables,
            no_show,
            runs: runs.max(1),
            run: Run::new(costs),
            until: Vec::new(),
            calls: Vec::new(),
        }
    }

    /// The waits of everyone in `lineup`, in its order; none for whom no window is in sight.
    pub fn forecast(
        &mut self,
        lineup: &LineUp,
        future: &Future,
        seed: u64,
    ) -> Vec<Option<Forecast>> {
        let waiting = lineup.visits.len();
        let runs = self.runs;
        self.calls.clear();
        self.calls.resize(waiting * runs, NEVER_MS);
        self.run.turns.clone_from(&future.turns);
        for k in 0..runs {
            let mut chance = Chance::new(seed).part(k as u64);
            self.draw(lineup, future, &mut chance);
            self.run.start(lineup, &self.until);
            self.run.until_called(waiting);
            let called = self.run.called_ms.iter().take(waiting);
            for (ticket, at) in called.enumerate() {
                if let Some(cell) = self.calls.get_mut(ticket * runs + k) {
                    *cell = *at;
                }
            }
        }
        let tickets = self.calls.chunks_mut(runs);
        tickets
            .map(|calls| quantiles(calls, lineup.now_ms))
            .collect()
    }

    /// One pass with mean lengths and everyone coming: the fall-back, and a yardstick.
    pub fn mean_pass(&self, lineup: &LineUp) -> Vec<Option<i64>> {
        let mut run = self.mean_run(lineup, &[]);
        run.until_called(lineup.visits.len());
        let called = run.called_ms.iter().take(lineup.visits.len());
        let wait = |at: &i64| (*at != NEVER_MS).then(|| (*at - lineup.now_ms).max(0));
        called.map(wait).collect()
    }

    /// A run with mean lengths in which everyone comes, and those who are still to come.
    pub fn mean_run(&self, lineup: &LineUp, coming: &[Visit]) -> Run {
        let mut run = Run::new(self.run.costs);
        run.visits.clone_from(&lineup.visits);
        run.visits.extend_from_slice(coming);
        for visit in &mut run.visits {
            let table = self.tables.get(usize::from(visit.service));
            visit.span_ms = table.map_or(0, |table| table.mean_rest_ms(0));
            visit.shows = true;
        }
        let until = lineup
            .desks
            .iter()
            .map(|desk| self.free_ms(lineup.now_ms, desk, Table::mean_rest_ms));
        run.start(lineup, &until.collect::<Vec<_>>());
        run
    }

    /// When a busy desk is free, by what its table says is left.
    fn free_ms(&self, now_ms: i64, desk: &Desk, rest: impl FnOnce(&Table, i64) -> i64) -> i64 {
        let DeskState::Busy {
            service, since_ms, ..
        } = desk.state
        else {
            return NEVER_MS;
        };
        let Some(table) = self.tables.get(usize::from(service)) else {
            return now_ms;
        };
        let costs = self.run.costs;
        let slower = costs.slower(desk, service);
        rest_from(now_ms, since_ms + costs.call_ms, slower, |over| {
            rest(table, over)
        })
    }

    fn draw(&mut self, lineup: &LineUp, future: &Future, chance: &mut Chance) {
        self.run.visits.clone_from(&lineup.visits);
        self.draw_future(lineup.now_ms, future, chance);
        for visit in &mut self.run.visits {
            let service = usize::from(visit.service);
            let table = self.tables.get(service);
            visit.span_ms = table.map_or(0, |table| table.draw_ms(chance));
            let absent = self.no_show.get(service).copied().unwrap_or(0.0);
            visit.shows = chance.unit() >= absent;
        }
        let mut until = core::mem::take(&mut self.until);
        until.clear();
        until.extend(lineup.desks.iter().map(|desk| {
            self.free_ms(lineup.now_ms, desk, |table, over| {
                table.rest_ms(over, chance)
            })
        }));
        self.until = until;
    }

    fn draw_future(&mut self, now_ms: i64, future: &Future, chance: &mut Chance) {
        let end = future.until_ms.min(now_ms + future.head_start_ms);
        let total: f64 = future.per_minute.iter().sum();
        let coming = self.run.visits.len();
        let mut at = now_ms;
        loop {
            at = if total > 0.0 {
                at + gap_ms(total, chance)
            } else {
                NEVER_MS
            };
            if at > end {
                break;
            }
            let service = share(&future.per_minute, total * chance.unit());
            self.run.visits.push(Visit {
                at_ms: at,
                key_ms: at - future.head_start_ms,
                line: service * future.lines_per_service.max(1),
                service,
                span_ms: 0,
                shows: true,
            });
        }
        self.run.visits.extend_from_slice(&future.booked);
        if let Some(coming) = self.run.visits.get_mut(coming..) {
            coming.sort_by_key(|visit| visit.at_ms);
        }
    }
}

/// When a desk is free whose visitor sat down at `began_ms`, or will.
fn rest_from(now_ms: i64, began_ms: i64, slower: f64, rest: impl FnOnce(i64) -> i64) -> i64 {
    let over = scaled((now_ms - began_ms).max(0), 1.0 / slower);
    now_ms.max(began_ms) + scaled(rest(over), slower)
}

fn gap_ms(per_minute: f64, chance: &mut Chance) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a gap saturates, and then nobody comes"
    )]
    let ms = libm::round(chance.gap() / per_minute * 60_000.0) as i64;
    ms.max(1)
}

/// The index into which `point` falls when the weights are laid end to end.
fn share(weights: &[f64], mut point: f64) -> u16 {
    for (index, weight) in (0..).zip(weights) {
        if point < *weight {
            return index;
        }
        point -= weight;
    }
    0
}

fn quantiles(calls: &mut [i64], now_ms: i64) -> Option<Forecast> {
    calls.sort_unstable();
    let at = |tenths: usize| {
        let index = (calls.len() * tenths / 10).min(calls.len() - 1);
        calls.get(index).copied().filter(|at| *at != NEVER_MS)
    };
    let wait = |at: i64| (at - now_ms).max(0);
    Some(Forecast {
        p10_ms: wait(at(1)?),
        p50_ms: wait(at(5)?),
        p90_ms: wait(at(9)?),
    })
}

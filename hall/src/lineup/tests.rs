//! The engine against an independent recursion, and its promises.

use alloc::vec::Vec;

use super::{Costs, Desk, DeskState, Held, LineUp, NEVER_MS, Off, Run, Visit};
use crate::waits::Chance;

const FREE: Costs = Costs {
    call_ms: 0,
    no_show_ms: 60_000,
    switch_ms: 0,
    away: 1.0,
};

fn desk(lines: &[u16]) -> Desk {
    Desk {
        lines: lines.to_vec(),
        pace: 1.0,
        state: DeskState::Idle { since_ms: 0 },
        ..Desk::default()
    }
}

fn visit(at_ms: i64, line: u16, span_ms: i64) -> Visit {
    Visit {
        at_ms,
        key_ms: at_ms,
        line,
        service: line,
        span_ms,
        shows: true,
    }
}

fn lineup(desks: Vec<Desk>, lines: usize) -> LineUp {
    LineUp {
        now_ms: 0,
        lines,
        desks,
        ..LineUp::default()
    }
}

fn play(lineup: &LineUp, visits: Vec<Visit>, costs: Costs) -> Run {
    let mut run = Run::new(costs);
    run.visits = visits;
    run.start(lineup, &vec![NEVER_MS; lineup.desks.len()]);
    run.advance(NEVER_MS - 1);
    run
}

fn crowd(seed: u64, count: usize, lines: usize) -> Vec<Visit> {
    let mut chance = Chance::new(seed);
    let mut at = 0;
    let mut draw = || {
        at += i64::try_from(chance.below(120_000)).unwrap_or(0);
        let line = u16::try_from(chance.below(lines)).unwrap_or(0);
        let span = 30_000 + i64::try_from(chance.below(600_000)).unwrap_or(0);
        visit(at, line, span)
    };
    (0..count).map(|_| draw()).collect()
}

/// Kiefer and Wolfowitz 1955: the work left at each of `desks`, smallest first, seen by each
/// arrival.
fn kiefer_wolfowitz(visits: &[Visit], desks: usize) -> Vec<i64> {
    let mut left = vec![0_i64; desks];
    let mut last = 0;
    let mut calls = Vec::new();
    for visit in visits {
        for work in &mut left {
            *work = (*work - (visit.at_ms - last)).max(0);
        }
        last = visit.at_ms;
        calls.push(visit.at_ms + left[0]);
        left[0] += visit.span_ms;
        left.sort_unstable();
    }
    calls
}

#[test]
fn one_service_follows_the_recursion_of_kiefer_and_wolfowitz() {
    for seed in 0..20 {
        let visits = crowd(seed, 1_500, 1);
        let known = kiefer_wolfowitz(&visits, 5);
        let hall = lineup(vec![desk(&[0]); 5], 1);
        assert_eq!(play(&hall, visits, FREE).called_ms, known, "seed {seed}");
    }
}

#[test]
fn nobody_is_called_before_an_earlier_key_of_the_same_line() {
    let mut visits = crowd(3, 800, 3);
    for (i, visit) in visits.iter_mut().enumerate() {
        visit.key_ms -= if i % 9 == 0 { 900_000 } else { 0 };
    }
    let hall = lineup(
        vec![desk(&[0]), desk(&[0, 1]), desk(&[1, 2]), desk(&[2, 0])],
        3,
    );
    let run = play(&hall, visits, FREE);
    for (i, one) in run.visits.iter().enumerate() {
        for (j, other) in run.visits.iter().enumerate().skip(i + 1) {
            let earlier = one.line == other.line && one.key_ms <= other.key_ms;
            assert!(!earlier || run.called_ms[i] <= run.called_ms[j], "{i} {j}");
        }
    }
}

#[test]
fn a_change_and_a_service_away_from_home_cost_what_they_cost() {
    let mut away = desk(&[0, 1]);
    away.home = vec![0];
    away.last = Some(0);
    let run = play(
        &lineup(vec![away], 2),
        vec![visit(0, 1, 100_000), visit(0, 0, 100_000), visit(0, 0, 1)],
        Costs::ASSUMED,
    );
    let first = 30_000 + 120_000 + 110_000;
    assert_eq!(
        run.called_ms,
        [0, first, first + 30_000 + 120_000 + 100_000]
    );
    assert_eq!(run.switches, 2);
}

#[test]
fn a_break_begins_when_the_visitor_has_left_and_lasts_in_full() {
    let mut lunch = desk(&[0]);
    lunch.offs = vec![Off {
        at_ms: 50_000,
        least_ms: 100_000,
        until_ms: 0,
    }];
    let visits = vec![visit(0, 0, 80_000), visit(10_000, 0, 1)];
    let run = play(&lineup(vec![lunch], 1), visits, FREE);
    assert_eq!(run.called_ms, [0, 180_000]);
}

#[test]
fn an_idle_desk_leaves_for_its_break_on_time() {
    let mut lunch = desk(&[0]);
    lunch.offs = vec![Off {
        at_ms: 50_000,
        least_ms: 0,
        until_ms: 90_000,
    }];
    let run = play(&lineup(vec![lunch], 1), vec![visit(60_000, 0, 1)], FREE);
    assert_eq!(run.called_ms, [90_000]);
}

#[test]
fn who_is_held_back_comes_after_so_many_calls_or_when_nobody_is_left() {
    let mut hall = lineup(vec![desk(&[0])], 1);
    hall.visits = (0..4).map(|i| visit(i, 0, 10_000)).collect();
    hall.held = vec![Held {
        visit: 0,
        calls_left: 2,
    }];
    let run = play(&hall, hall.visits.clone(), FREE);
    assert_eq!(run.log, [1, 2, 0, 3]);
    hall.held[0].calls_left = 9;
    let run = play(&hall, hall.visits.clone(), FREE);
    assert_eq!(run.log, [1, 2, 3, 0]);
}

#[test]
fn a_special_window_takes_its_own_ground_first() {
    let mut special = desk(&[0, 1]);
    special.own_ground = vec![1];
    let visits = vec![
        visit(0, 0, 10_000),
        visit(1, 0, 10_000),
        visit(2, 1, 10_000),
    ];
    let run = play(&lineup(vec![special], 2), visits, FREE);
    assert_eq!(run.log, [0, 2, 1]);
}

#[test]
fn a_line_without_a_window_is_never_called() {
    let run = play(
        &lineup(vec![desk(&[0])], 2),
        vec![visit(0, 1, 10_000)],
        FREE,
    );
    assert_eq!(run.called_ms, [NEVER_MS]);
}

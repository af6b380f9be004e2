//! One run of a line-up: from event to event, with the calls that production would make.
//!
//! At one moment windows become free before visitors arrive, in the order of their indices. A
//! visitor who finds several free windows goes where the service is at home, then to the one
//! free for longest.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::{Costs, Desk, DeskState, Held, LineUp, NEVER_MS, Turn, Visit, scaled};
use crate::pick;

/// A place in a line: key, then the order of the list.
type Place = (i64, u32);

/// A line-up in motion.
#[derive(Debug, Clone)]
pub struct Run {
    /// Everyone who comes: the waiting first, then the others in the order of arrival.
    pub visits: Vec<Visit>,
    /// The windows; what they draw on may change while it runs.
    pub desks: Vec<Desk>,
    /// What calls and changes cost.
    pub costs: Costs,
    /// Turns to come, in order of time; at one moment they come last.
    pub turns: Vec<Turn>,
    /// When each was called; [`NEVER_MS`] until then.
    pub called_ms: Vec<i64>,
    /// To which desk each was called.
    pub desk_of: Vec<u16>,
    /// Who was called, in order.
    pub log: Vec<u32>,
    /// How often a desk turned to another service than its last.
    pub switches: u32,
    pub(super) lines: Vec<BinaryHeap<Reverse<Place>>>,
    pub(super) held: Vec<Held>,
    wakes: BinaryHeap<Reverse<(i64, u16)>>,
    pub(super) next_off: Vec<usize>,
    idle: usize,
    pub(super) arrived: usize,
    turned: usize,
}

impl Run {
    /// A run that has not begun.
    pub fn new(costs: Costs) -> Self {
        Self {
            visits: Vec::new(),
            desks: Vec::new(),
            costs,
            turns: Vec::new(),
            called_ms: Vec::new(),
            desk_of: Vec::new(),
            log: Vec::new(),
            switches: 0,
            lines: Vec::new(),
            held: Vec::new(),
            wakes: BinaryHeap::new(),
            next_off: Vec::new(),
            idle: 0,
            arrived: 0,
            turned: 0,
        }
    }

    /// Begins anew from `lineup` with `visits`, of whom the first are those of the line-up.
    ///
    /// `until_ms` says when each busy desk becomes free, by index of the desk.
    pub fn start(&mut self, lineup: &LineUp, until_ms: &[i64]) {
        self.desks.clone_from(&lineup.desks);
        for (desk, until) in self.desks.iter_mut().zip(until_ms) {
            if let DeskState::Busy { until_ms, .. } = &mut desk.state {
                *until_ms = *until;
            }
        }
        self.lines.resize_with(lineup.lines, BinaryHeap::new);
        self.lines.iter_mut().for_each(BinaryHeap::clear);
        self.called_ms.clear();
        self.called_ms.resize(self.visits.len(), NEVER_MS);
        self.desk_of.clear();
        self.desk_of.resize(self.visits.len(), u16::MAX);
        self.log.clear();
        self.switches = 0;
        self.held.clone_from(&lineup.held);
        self.next_off.clear();
        self.next_off.resize(self.desks.len(), 0);
        self.arrived = 0;
        self.turned = 0;
        self.wake_all();
        for _ in 0..lineup.visits.len() {
            self.line_up(self.arrived);
            self.arrived += 1;
        }
        let now = lineup.now_ms;
        self.each_desk(|run, desk| run.serve_next_if_idle(desk, now));
    }

    fn wake_all(&mut self) {
        self.wakes.clear();
        self.idle = 0;
        for (index, desk) in (0..).zip(&self.desks) {
            match desk.state {
                DeskState::Busy { until_ms, .. } | DeskState::Off { until_ms } => {
                    self.wakes.push(Reverse((until_ms, index)));
                }
                DeskState::Idle { .. } => self.idle += 1,
                DeskState::Closed => (),
            }
            if let Some(off) = desk.offs.first() {
                self.wakes.push(Reverse((off.at_ms, index)));
            }
        }
    }

    fn each_desk(&mut self, mut act: impl FnMut(&mut Self, u16)) {
        let desks = u16::try_from(self.desks.len()).unwrap_or(u16::MAX);
        (0..desks).for_each(|desk| act(self, desk));
    }

    /// Runs up to and with `to_ms`.
    pub fn advance(&mut self, to_ms: i64) {
        while self.step(to_ms) {}
    }

    /// Runs until the first `count` visits are called, or nothing is left to happen.
    pub fn until_called(&mut self, count: usize) {
        let mut first_open = 0;
        loop {
            let calls = self.called_ms.get(first_open..count).unwrap_or_default();
            let Some(open) = calls.iter().position(|at| *at == NEVER_MS) else {
                return;
            };
            first_open += open;
            let before = self.log.len();
            while self.log.len() == before {
                if !self.step(NEVER_MS - 1) {
                    return;
                }
            }
        }
    }

    /// The next thing that happens by `to_ms`; false when nothing does.
    fn step(&mut self, to_ms: i64) -> bool {
        let arrival = self.visits.get(self.arrived).map(|visit| visit.at_ms);
        let wake = self.wakes.peek().map(|Reverse((at, _))| *at);
        let next = wake.unwrap_or(NEVER_MS).min(arrival.unwrap_or(NEVER_MS));
        if self.turn_before(next.min(to_ms)) {
            return true;
        }
        match (wake, arrival) {
            (Some(wake), arrival) if wake <= to_ms && arrival.is_none_or(|at| wake <= at) => {
                if let Some(Reverse((at, desk))) = self.wakes.pop() {
                    self.wake(desk, at);
                }
                true
            }
            (_, Some(at)) if at <= to_ms => {
                self.arrive(at);
                true
            }
            _ => false,
        }
    }

    /// Does the next turn when it is due before `next_ms`.
    fn turn_before(&mut self, next_ms: i64) -> bool {
        let Some(turn) = self.turns.get(self.turned).filter(|t| t.at_ms < next_ms) else {
            return false;
        };
        let (desk, at) = (turn.desk, turn.at_ms);
        if let Some(turned) = self.desks.get_mut(usize::from(desk)) {
            turned.lines.clone_from(&turn.lines);
        }
        self.turned += 1;
        self.serve_next_if_idle(desk, at);
        true
    }

    fn wake(&mut self, index: u16, at: i64) {
        let Some(desk) = self.desks.get(usize::from(index)) else {
            return;
        };
        match desk.state {
            DeskState::Busy { until_ms, .. } | DeskState::Off { until_ms } if until_ms == at => {
                self.free(index, at);
            }
            // The moment of a break: an idle desk leaves, the others leave when they are free.
            DeskState::Idle { .. } => {
                self.idle -= 1;
                self.free(index, at);
            }
            DeskState::Busy { .. } | DeskState::Off { .. } | DeskState::Closed => (),
        }
    }

    /// The desk is free: it leaves for a due break, calls, or waits.
    fn free(&mut self, index: u16, now: i64) {
        if self.leave(index, now) {
            return;
        }
        if let Some(desk) = self.desks.get_mut(usize::from(index)) {
            desk.state = DeskState::Idle { since_ms: now };
            self.idle += 1;
        }
        self.serve_next_if_idle(index, now);
    }

    fn leave(&mut self, index: u16, now: i64) -> bool {
        let at = usize::from(index);
        let (Some(desk), Some(next)) = (self.desks.get_mut(at), self.next_off.get_mut(at)) else {
            return false;
        };
        let Some(off) = desk.offs.get(*next).filter(|off| off.at_ms <= now) else {
            return false;
        };
        *next += 1;
        let until_ms = off.until_ms.max(now.saturating_add(off.least_ms));
        desk.state = DeskState::Off { until_ms };
        self.wakes.push(Reverse((until_ms, index)));
        if let Some(later) = desk.offs.get(*next) {
            self.wakes.push(Reverse((later.at_ms, index)));
        }
        true
    }

    /// An idle desk calls whoever is next for it; call it after what it draws on has changed.
    pub fn serve_next_if_idle(&mut self, index: u16, now: i64) {
        let desk = self.desks.get(usize::from(index));
        let is_idle = desk.is_some_and(|desk| matches!(desk.state, DeskState::Idle { .. }));
        if is_idle && let Some((visit, held)) = self.next(index) {
            self.idle -= 1;
            self.take(index, visit, held);
            self.call(index, visit, now);
        }
    }

    /// Who is next at the desk, and whether from among the held.
    fn next(&self, index: u16) -> Option<(u32, bool)> {
        let desk = self.desks.get(usize::from(index))?;
        let first = |line: &u16| {
            let line = self.lines.get(usize::from(*line))?;
            line.peek()
                .map(|Reverse((key, visit))| (*key, *visit, false))
        };
        let held = self.held.iter().filter_map(|held| {
            let visit = self.visits.get(held.visit as usize)?;
            let drawn = desk.lines.contains(&visit.line);
            drawn.then_some((visit.key_ms, held.visit, true))
        });
        let own = desk.own_ground.iter().filter_map(first).min();
        let next = pick::first(own, desk.lines.iter().filter_map(first), held);
        next.map(|(_, visit, held)| (visit, held))
    }

    fn take(&mut self, index: u16, visit: u32, held: bool) {
        if held {
            self.held.retain(|other| other.visit != visit);
        } else if let Some(line) = self.visits.get(visit as usize).map(|visit| visit.line)
            && let Some(line) = self.lines.get_mut(usize::from(line))
        {
            line.pop();
        }
        if !self.held.is_empty() {
            self.count_call(index);
        }
    }

    /// Lets in line whoever was held for that many calls.
    fn count_call(&mut self, index: u16) {
        let Some(desk) = self.desks.get(usize::from(index)) else {
            return;
        };
        let mut released = Vec::new();
        for held in &mut self.held {
            let visit = self.visits.get(held.visit as usize);
            if visit.is_some_and(|visit| desk.lines.contains(&visit.line)) {
                held.calls_left = held.calls_left.saturating_sub(1);
                if held.calls_left == 0 {
                    released.push(held.visit);
                }
            }
        }
        self.held.retain(|held| held.calls_left > 0);
        for visit in released {
            self.line_up(visit as usize);
        }
    }

    fn call(&mut self, index: u16, id: u32, now: i64) {
        let at = id as usize;
        let (Some(visit), Some(desk)) =
            (self.visits.get(at), self.desks.get_mut(usize::from(index)))
        else {
            return;
        };
        let mut busy_ms = self.costs.no_show_ms;
        if visit.shows {
            let turns = desk.last.is_some_and(|last| last != visit.service);
            let slower = self.costs.slower(desk, visit.service);
            busy_ms = self.costs.call_ms + scaled(visit.span_ms, slower);
            if turns {
                busy_ms += self.costs.switch_ms;
                self.switches += 1;
            }
            desk.last = Some(visit.service);
        }
        let until_ms = now + busy_ms;
        desk.state = DeskState::Busy {
            service: visit.service,
            since_ms: now,
            until_ms,
        };
        self.wakes.push(Reverse((until_ms, index)));
        self.log.push(id);
        if let (Some(called), Some(by)) = (self.called_ms.get_mut(at), self.desk_of.get_mut(at)) {
            *called = now;
            *by = index;
        }
    }

    fn line_up(&mut self, id: usize) {
        let Some(visit) = self.visits.get(id) else {
            return;
        };
        let id = u32::try_from(id).unwrap_or(u32::MAX);
        if self.held.iter().any(|held| held.visit == id) {
            return;
        }
        if let Some(line) = self.lines.get_mut(usize::from(visit.line)) {
            line.push(Reverse((visit.key_ms, id)));
        }
    }

    fn arrive(&mut self, now: i64) {
        let id = self.arrived;
        self.arrived += 1;
        self.line_up(id);
        if self.idle > 0
            && let Some(visit) = self.visits.get(id).copied()
            && let Some(desk) = self.free_desk_for(&visit)
        {
            self.serve_next_if_idle(desk, now);
        }
    }

    fn free_desk_for(&self, visit: &Visit) -> Option<u16> {
        let free = (0..).zip(&self.desks).filter_map(|(index, desk)| {
            let DeskState::Idle { since_ms } = desk.state else {
                return None;
            };
            let away = !desk.home.contains(&visit.service);
            let draws = desk.lines.contains(&visit.line);
            draws.then_some((away, since_ms, index))
        });
        free.min().map(|(_, _, index)| index)
    }
}

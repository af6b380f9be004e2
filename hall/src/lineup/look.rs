//! What can be seen of a run while it goes on.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::{Desk, DeskState, Held, LineUp, NEVER_MS, Off, Run};

impl Run {
    /// Everyone in a line, in no order.
    pub fn waiting(&self, line: u16) -> impl Iterator<Item = u32> {
        let line = self.lines.get(usize::from(line));
        line.into_iter().flatten().map(|Reverse((_, visit))| *visit)
    }

    /// How many wait in a line.
    pub fn length(&self, line: u16) -> usize {
        self.lines.get(usize::from(line)).map_or(0, BinaryHeap::len)
    }

    /// The next time away of a desk.
    pub fn next_off(&self, index: usize) -> Option<Off> {
        let desk = self.desks.get(index)?;
        desk.offs.get(*self.next_off.get(index)?).copied()
    }

    /// The line-up at this moment, and which of the visits wait in it. How long the busy desks
    /// still take and how quick their clerks are is left out: nobody in the hall knows.
    pub fn lineup(&self, now_ms: i64) -> (LineUp, Vec<u32>) {
        let waiting = (0..).zip(&self.called_ms).take(self.arrived);
        let waiting: Vec<u32> = waiting
            .filter(|(_, at)| **at == NEVER_MS)
            .map(|(id, _)| id)
            .collect();
        let visit = |id: &u32| self.visits.get(*id as usize).copied();
        let desks = self.desks.iter().enumerate().map(|(index, desk)| {
            let taken = self.next_off.get(index).copied().unwrap_or(0);
            Desk {
                state: desk.state.undrawn(),
                pace: 1.0,
                offs: desk.offs.get(taken..).unwrap_or_default().to_vec(),
                ..desk.clone()
            }
        });
        let place = |held: &Held| {
            let at = waiting.binary_search(&held.visit).ok()?;
            let visit = u32::try_from(at).ok()?;
            Some(Held { visit, ..*held })
        };
        let lineup = LineUp {
            now_ms,
            lines: self.lines.len(),
            desks: desks.collect(),
            visits: waiting.iter().filter_map(visit).collect(),
            held: self.held.iter().filter_map(place).collect(),
        };
        (lineup, waiting)
    }

    /// How many have come so far.
    pub const fn arrived(&self) -> usize {
        self.arrived
    }

    /// Whether nobody waits and nobody is served.
    pub fn is_quiet(&self) -> bool {
        let busy = |desk: &Desk| matches!(desk.state, DeskState::Busy { .. });
        self.arrived == self.visits.len()
            && self.log.len() == self.visits.len()
            && !self.desks.iter().any(busy)
    }
}

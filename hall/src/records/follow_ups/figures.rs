//! Figures of follow-ups: who agreed, who was drawn, who was reached, and how satisfied they are.

use alloc::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::FollowUp;
use crate::records::within::Within;
use crate::records::{Level, Record};
use crate::{Event, Timestamp};

/// Reads facts in the journal's order.
#[derive(Debug, Clone)]
pub struct FollowUpFigures {
    span: Within,
    consented: u32,
    drawn: usize,
    reached: u32,
    not_reached: u32,
    fixes: u32,
    by_level: BTreeMap<Level, u32>,
}

impl FollowUpFigures {
    /// Figures from the first to the last day, both included.
    pub fn new(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            span: Within::new(zone, from, to),
            consented: 0,
            drawn: 0,
            reached: 0,
            not_reached: 0,
            fixes: 0,
            by_level: BTreeMap::new(),
        }
    }

    /// Takes one fact in.
    pub fn take(&mut self, event: &Event, at: Timestamp) {
        let Event::Record(record) = event else {
            return;
        };
        let Record::FollowUp(fact) = record.as_ref() else {
            return;
        };
        if !self.span.has(at) {
            return;
        }
        match fact {
            FollowUp::Consented(_) => self.consented += 1,
            FollowUp::Drawn(drawn) => self.drawn += drawn.chosen.len(),
            FollowUp::Called(called) if called.reached => {
                self.reached += 1;
                self.fixes += u32::from(called.fix);
                if let Some(level) = called.level {
                    *self.by_level.entry(level).or_default() += 1;
                }
            }
            FollowUp::Called(_) => self.not_reached += 1,
        }
    }

    /// Visitors who agreed.
    pub fn consented(&self) -> u32 {
        self.consented
    }

    /// Visitors drawn.
    pub fn drawn(&self) -> usize {
        self.drawn
    }

    /// Calls that were answered.
    pub fn reached(&self) -> u32 {
        self.reached
    }

    /// Calls that nobody answered.
    pub fn not_reached(&self) -> u32 {
        self.not_reached
    }

    /// Calls that found something to put right.
    pub fn fixes(&self) -> u32 {
        self.fixes
    }

    /// Answered calls of a level.
    pub fn level(&self, level: Level) -> u32 {
        self.by_level.get(&level).copied().unwrap_or(0)
    }
}

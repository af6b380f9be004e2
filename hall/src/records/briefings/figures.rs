//! Figures of briefings: how many were held, by part; additions are not counted again.

use alloc::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Briefing, BriefingPart};
use crate::records::Record;
use crate::records::within::Within;
use crate::{Event, Timestamp};

/// Reads facts in the journal's order.
#[derive(Debug, Clone)]
pub struct BriefingFigures {
    span: Within,
    held: BTreeMap<BriefingPart, u32>,
}

impl BriefingFigures {
    /// Figures from the first to the last day, both included.
    pub fn new(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            span: Within::new(zone, from, to),
            held: BTreeMap::new(),
        }
    }

    /// Takes one fact in.
    pub fn take(&mut self, event: &Event, _: Timestamp) {
        if let Event::Record(record) = event
            && let Record::Briefing(Briefing::Held(held)) = record.as_ref()
            && self.span.has_day(held.day)
            && !held.addition
        {
            *self.held.entry(held.part).or_default() += 1;
        }
    }

    /// Days on which the part was held.
    pub fn held(&self, part: BriefingPart) -> u32 {
        self.held.get(&part).copied().unwrap_or(0)
    }
}

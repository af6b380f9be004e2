//! A span of days in the hall's zone: what the figures of a register count in.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::Timestamp;

/// From the first to the last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Within {
    zone: Tz,
    from: NaiveDate,
    to: NaiveDate,
}

impl Within {
    pub(super) fn new(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        Self { zone, from, to }
    }

    /// Whether the moment lies in the span.
    pub(super) fn has(&self, at: Timestamp) -> bool {
        self.has_day(at.date_in(self.zone))
    }

    /// Whether the day does.
    pub(super) fn has_day(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

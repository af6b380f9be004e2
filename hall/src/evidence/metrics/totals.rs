//! The little that is kept of a day for sums over many halls: no lengths one by one.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::numbers::{self, figure, rounded};
use super::sums::{Length, Sum, Tally};
use super::table::{How, TABLE};
use super::{DayFigures, Part};

/// Sums of a day or of many, with lengths as count and sum, and waits by whole minutes.
///
/// **Shape**: small, so that a month of three hundred halls is read at once. Means are exact;
/// quantiles are so to the minute, the next whole one above.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    sums: Tally,
    /// How many, and their seconds.
    spent: BTreeMap<Length, (i64, i64)>,
    /// How many waits ended in each minute: 0 is up to and without one minute.
    wait_minutes: BTreeMap<u32, i64>,
}

impl Totals {
    /// The totals of one day.
    pub fn of(day: &DayFigures) -> Self {
        let mut totals = Self {
            sums: Tally {
                sums: day.sums.all.sums.clone(),
                lengths: BTreeMap::new(),
                most: day.sums.all.most.clone(),
            },
            ..Self::default()
        };
        for (length, lengths) in &day.sums.all.lengths {
            let seconds = lengths.seconds();
            let count = i64::try_from(seconds.len()).unwrap_or(i64::MAX);
            let all = seconds.iter().map(|one| i64::from(*one)).sum();
            totals.spent.insert(*length, (count, all));
        }
        for waited in day.sums.all.lengths(Length::Wait) {
            *totals.wait_minutes.entry(waited / 60).or_default() += 1;
        }
        totals
    }

    /// Takes another's in.
    pub fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        for (length, (count, seconds)) in &other.spent {
            let own = self.spent.entry(*length).or_default();
            own.0 += count;
            own.1 += seconds;
        }
        for (minute, count) in &other.wait_minutes {
            *self.wait_minutes.entry(*minute).or_default() += count;
        }
    }

    /// A sum; 0 when nothing was added.
    pub fn sum(&self, sum: Sum) -> i64 {
        self.sums.sum(sum)
    }

    /// The figure of that code; none when there is nothing to make it of, or it needs lengths one
    /// by one that are not waits.
    pub fn figure(&self, code: &str) -> Option<f64> {
        let line = TABLE.iter().find(|line| line.code == code)?;
        let value = match line.how {
            How::Mean(length) => {
                let (count, seconds) = self.spent.get(&length).copied()?;
                (count > 0).then(|| figure(seconds) / figure(count) / 60.0)
            }
            How::Quantile(Length::Wait, percent) => self.wait_quantile(percent),
            How::Quantile(..) => None,
            How::Sum(_) | How::Minutes(_) => numbers::of(&self.sums, line.how).or(Some(0.0)),
            How::Most(_) | How::Share(..) | How::PerHour(..) => numbers::of(&self.sums, line.how),
        };
        value.map(|value| rounded(value, line.unit))
    }

    /// Every figure that totals have, by code.
    pub fn figures(&self) -> Vec<Part> {
        let part = |code: &str| {
            let value = self.figure(code)?;
            let key = String::from(code);
            Some(Part { key, value })
        };
        TABLE.iter().filter_map(|line| part(line.code)).collect()
    }

    /// The whole minute that so many waits in a hundred did not exceed.
    fn wait_quantile(&self, percent: u8) -> Option<f64> {
        let all: i64 = self.wait_minutes.values().sum();
        let rank = (all * i64::from(percent) + 99) / 100;
        let mut before = 0;
        let found = self.wait_minutes.iter().find(|(_, count)| {
            before += **count;
            before >= rank.max(1)
        });
        found.map(|(minute, _)| f64::from(*minute) + 1.0)
    }
}

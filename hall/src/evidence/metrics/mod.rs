//! Figures by score item: each with its unit, its definition, and where it comes from.
//!
//! A figure is a fold of the journal: facts make [`DayFigures`], days put together make the figures
//! of a span. Nothing else is counted anywhere, so that page, JSON and file agree.
//! **Source**: PRACTICE §7.2, SCREENS §3.
//!
//! ```text
//! facts ─► MetricsFold ─► DayFigures (a summary keeps one) ─► Sums ─► Metrics
//! ```

mod day;
mod fold;
mod numbers;
mod posts;
mod registers;
mod sums;
mod table;
mod totals;
mod visits;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Article, Item};
use crate::text::Text;
use numbers::rounded;
use table::{Definition, TABLE};

pub use day::{DEFINITIONS, DayFigures, PostSpan, PostState, Told};
pub use fold::MetricsFold;
pub use sums::{Length, Lengths, Most, Sum, Sums, Tally};
pub use totals::Totals;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Things.
    Count,
    /// Minutes, rounded to one decimal.
    Minutes,
    /// Days.
    Days,
    /// Per cent, rounded to one decimal; the definition names what it is of.
    Percent,
    /// One thing for each other, rounded to two decimals.
    Ratio,
    /// Things an hour, rounded to one decimal.
    PerHour,
}

impl Unit {
    /// The unit as it stands behind a number, in Chinese.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "次",
            Self::Minutes => "分钟",
            Self::Days => "天",
            Self::Percent => "%",
            Self::Ratio => "次/次",
            Self::PerHour => "件/小时",
        }
    }
}

/// One figure over a span of days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Its stable name.
    pub code: String,
    /// Its name for people.
    pub name: Text,
    /// What it counts.
    pub unit: Unit,
    /// The figure; none when there is nothing to count from.
    pub value: Option<f64>,
    /// How it is counted.
    pub definition: Text,
    /// Of which version that definition is.
    pub version: u32,
    /// The article it rests on.
    pub article: Article,
    /// The item of the score sheet, or 附件未列分.
    pub item: Item,
    /// The item's name and, where the annex has one, its maximum.
    pub item_name: String,
    /// The same by window.
    pub by_window: Vec<Part>,
    /// The same by service.
    pub by_service: Vec<Part>,
    /// The same by day.
    pub by_day: Vec<Part>,
    /// The same by the clerk who held the window.
    #[serde(default)]
    pub by_clerk: Vec<Part>,
    /// The same by channel of the number.
    #[serde(default)]
    pub by_channel: Vec<Part>,
    /// The same by hour of arriving, such as `09`, in the hall's own time.
    #[serde(default)]
    pub by_hour: Vec<Part>,
}

/// A part of a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Part {
    /// Of which window, service, day, clerk, channel or hour.
    pub key: String,
    /// The part.
    pub value: f64,
}

/// Every figure of a span of days: `GET …/metrics`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Metrics {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// What these figures are, and what they are not.
    pub note: Text,
    /// The figures, by item.
    pub figures: Vec<Figure>,
    /// The journal position that they cover.
    pub seq: u64,
}

impl Metrics {
    /// The figures of a span, put together of its days.
    pub fn of((from, to): (NaiveDate, NaiveDate), days: &[DayFigures], seq: u64) -> Self {
        let within = |day: &&DayFigures| (from..=to).contains(&day.day);
        let days: Vec<_> = days.iter().filter(within).collect();
        let mut sums = Sums::default();
        for day in &days {
            sums.merge(&day.sums);
        }
        let by_day: BTreeMap<_, _> = days.iter().map(|day| (day.day, &day.sums.all)).collect();
        Self {
            from,
            to,
            note: super::disclaimer(),
            figures: TABLE
                .iter()
                .map(|line| Figure::of(line, &sums, &by_day))
                .collect(),
            seq,
        }
    }

    /// The figure of that code.
    pub fn figure(&self, code: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.code == code)
    }
}

impl Tally {
    /// The figure of that code made of this tally; none when there is nothing to make it of.
    pub fn figure(&self, code: &str) -> Option<f64> {
        let line = TABLE.iter().find(|line| line.code == code)?;
        line.value(self)
    }
}

impl Figure {
    fn of(line: &Definition, sums: &Sums, by_day: &BTreeMap<NaiveDate, &Tally>) -> Self {
        let value = line.value(&sums.all);
        // Nothing happened is 0 of it; nothing to divide by is no figure.
        let counts = matches!(line.how, table::How::Sum(_) | table::How::Minutes(_));
        Self {
            code: line.code.into(),
            name: Text::new(line.name.0, line.name.1),
            unit: line.unit,
            value: value.or_else(|| counts.then_some(0.0)),
            definition: Text::new(line.text.0, line.text.1),
            version: line.version,
            article: line.article,
            item: line.item,
            item_name: numbers::item_name(line.item),
            by_window: line.parts(&sums.windows),
            by_service: line.parts(&sums.services),
            by_day: line.parts(by_day),
            by_clerk: line.parts(&sums.clerks),
            by_channel: line.parts(&sums.channels),
            by_hour: line.parts_named(&sums.hours, |hour| format!("{hour:02}")),
        }
    }
}

impl Definition {
    fn value(&self, tally: &Tally) -> Option<f64> {
        numbers::of(tally, self.how).map(|value| rounded(value, self.unit))
    }

    fn parts<K: ToString, T: core::borrow::Borrow<Tally>>(
        &self,
        tallies: &BTreeMap<K, T>,
    ) -> Vec<Part> {
        self.parts_named(tallies, ToString::to_string)
    }

    fn parts_named<K, T: core::borrow::Borrow<Tally>>(
        &self,
        tallies: &BTreeMap<K, T>,
        name: impl Fn(&K) -> String,
    ) -> Vec<Part> {
        let part = |(key, tally): (&K, &T)| {
            let value = self.value(tally.borrow())?;
            let key = name(key);
            Some(Part { key, value })
        };
        tallies.iter().filter_map(part).collect()
    }
}

#[cfg(test)]
mod tests;

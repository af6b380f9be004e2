//! Figures by score item: each with its unit, its definition, and where it comes from.
//!
//! A figure is a fold of the journal between two dates; nothing else is counted anywhere, so that
//! screen and export agree. **Source**: PRACTICE §7.2.

mod fold;
mod numbers;
mod table;

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Article, Item};
use crate::text::Text;

pub use fold::MetricsFold;

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
}

/// A part of a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Part {
    /// Of which window, service or day.
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

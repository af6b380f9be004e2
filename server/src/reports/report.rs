//! One report: rows by day, week, month, service, window or clerk, and what the charts show.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use hall::evidence::{Article, DEFINITIONS, DayFigures, Figure, Item, Metrics, Unit};
use hall::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::{HourCell, ToldWaits, TrendDay, WaitBin, hours, told, trend, waits};
use super::{Names, Read};
use crate::pages::names::By;

/// Figures of a report's rows, in the order of their columns.
const COLUMNS: [&str; 24] = [
    "issued",
    "called",
    "finished",
    "cancelled",
    "no_show",
    "no_show_rate",
    "abandoned_rate",
    "wait_mean",
    "wait_p50",
    "wait_p90",
    "wait_max",
    "within_target",
    "over_target",
    "walk_mean",
    "serve_mean",
    "serve_p90",
    "total_mean",
    "recalls_per_call",
    "transfer_rate",
    "open_min",
    "occupancy",
    "utilisation",
    "throughput",
    "availability",
];

/// By what the rows of a report are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// A row a day.
    #[default]
    Day,
    /// A row a week, Monday first. **Source**: GB/T 7408, weeks of ISO 8601.
    Week,
    /// A row a month.
    Month,
    /// A row a service, as numbers were issued.
    Service,
    /// A row a window.
    Window,
    /// A row a clerk who held a window.
    Clerk,
}

impl Grouping {
    /// Every grouping, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Service,
        Self::Window,
        Self::Clerk,
    ];

    /// As it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Service => "service",
            Self::Window => "window",
            Self::Clerk => "clerk",
        }
    }

    /// As people call it.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Day => "按日",
            Self::Week => "按周",
            Self::Month => "按月",
            Self::Service => "按事项",
            Self::Window => "按窗口",
            Self::Clerk => "按人员",
        }
    }

    const fn by(self) -> By {
        match self {
            Self::Day | Self::Week | Self::Month => By::Day,
            Self::Service => By::Service,
            Self::Window => By::Window,
            Self::Clerk => By::Clerk,
        }
    }
}

/// A column: the figure, and how it is counted.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportColumn {
    /// The figure's stable name.
    pub code: String,
    /// Its name for people.
    pub name: Text,
    /// What it counts.
    pub unit: Unit,
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
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportRow {
    /// The day, week, month or code.
    pub key: String,
    /// As people call it.
    pub name: String,
    /// A value for each column; none when there is nothing to count from.
    pub values: Vec<Option<f64>>,
}

/// A report over a span of days.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// The hall's code.
    pub hall: String,
    /// The hall's name.
    pub hall_name: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// By what the rows are made.
    pub by: Grouping,
    /// What these figures are, and what they are not.
    pub note: Text,
    /// The columns.
    pub columns: Vec<ReportColumn>,
    /// The rows.
    pub rows: Vec<ReportRow>,
    /// The values of the whole span.
    pub total: Vec<Option<f64>>,
    /// Day by day: numbers and waits.
    pub trend: Vec<TrendDay>,
    /// Numbers and waits by weekday and hour of arriving.
    pub hours: Vec<HourCell>,
    /// How long people waited.
    pub waits: Vec<WaitBin>,
    /// Minutes within which services should be called, each once.
    pub targets_min: Vec<u32>,
    /// What slips promised, and what came of it.
    pub told: ToldWaits,
    /// The version of the whole set of definitions.
    pub definitions: u32,
    /// The journal position that the report covers.
    pub seq: u64,
}

/// Which hall, which days, and what they are called.
pub(crate) struct About<'a> {
    pub(crate) hall: &'a hall::view::HallName,
    pub(crate) names: &'a Names,
    pub(crate) targets_min: Vec<u32>,
    pub(crate) span: (NaiveDate, NaiveDate),
}

impl Report {
    /// The report of a span that was read.
    pub(crate) fn of(about: About<'_>, by: Grouping, read: &Read) -> Self {
        let (from, to) = about.span;
        let metrics = Metrics::of(about.span, &read.days, read.seq);
        let figures: Vec<_> = COLUMNS
            .iter()
            .filter_map(|code| metrics.figure(code))
            .collect();
        let rows = match by {
            Grouping::Week => of_periods(&read.days, &figures, week),
            Grouping::Month => of_periods(&read.days, &figures, month),
            Grouping::Day | Grouping::Service | Grouping::Window | Grouping::Clerk => {
                of_parts(&figures, by.by(), about.names)
            }
        };
        let mut report = Self {
            hall: about.hall.code.clone(),
            hall_name: about.hall.name.clone(),
            from,
            to,
            by,
            note: metrics.note.clone(),
            columns: figures.iter().map(|figure| column(figure)).collect(),
            rows,
            total: figures.iter().map(|figure| figure.value).collect(),
            trend: trend(&read.days),
            hours: hours(&read.days),
            waits: waits(&read.days),
            targets_min: about.targets_min,
            told: told(&read.days),
            definitions: DEFINITIONS,
            seq: read.seq,
        };
        report.leave_out_empty();
        report
    }

    /// Leaves out columns that no row has, as numbers issued of a window.
    fn leave_out_empty(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let said = |at: usize| {
            let cells = self.rows.iter().map(|row| row.values.get(at));
            cells.flatten().any(Option::is_some)
        };
        let keep: Vec<_> = (0..self.columns.len()).map(said).collect();
        retain(&mut self.columns, &keep);
        retain(&mut self.total, &keep);
        for row in &mut self.rows {
            retain(&mut row.values, &keep);
        }
    }

    /// The line under every page and sheet.
    pub(crate) fn stamp(&self) -> String {
        format!(
            "{} {} 至 {} · 口径 v{} · 数据至日志第 {} 行",
            self.hall, self.from, self.to, self.definitions, self.seq
        )
    }
}

/// Keeps the places that are to be kept.
fn retain<T>(list: &mut Vec<T>, keep: &[bool]) {
    let mut places = keep.iter();
    list.retain(|_| places.next().copied().unwrap_or(true));
}

fn column(figure: &Figure) -> ReportColumn {
    ReportColumn {
        code: figure.code.clone(),
        name: figure.name.clone(),
        unit: figure.unit,
        definition: figure.definition.clone(),
        version: figure.version,
        article: figure.article,
        item: figure.item,
        item_name: figure.item_name.clone(),
    }
}

/// Rows from the parts of figures.
fn of_parts(figures: &[&Figure], by: By, names: &Names) -> Vec<ReportRow> {
    let mut rows: BTreeMap<&str, Vec<Option<f64>>> = BTreeMap::new();
    for (place, figure) in figures.iter().enumerate() {
        let parts = match by {
            By::Window => &figure.by_window,
            By::Service => &figure.by_service,
            By::Clerk => &figure.by_clerk,
            By::Channel => &figure.by_channel,
            By::Hour => &figure.by_hour,
            By::Day => &figure.by_day,
        };
        for part in parts {
            let row = rows.entry(&part.key);
            let row = row.or_insert_with(|| vec![None; figures.len()]);
            if let Some(cell) = row.get_mut(place) {
                *cell = Some(part.value);
            }
        }
    }
    let mut rows: Vec<_> = rows
        .into_iter()
        .map(|(key, values)| ReportRow {
            key: key.to_owned(),
            name: names.of_part(by, key),
            values,
        })
        .collect();
    // Windows are numbered: 2 comes before 10.
    rows.sort_by_key(|row| (row.key.parse::<u32>().unwrap_or(u32::MAX), row.key.clone()));
    rows
}

/// Rows of days put together.
fn of_periods(
    days: &[DayFigures],
    figures: &[&Figure],
    period: fn(NaiveDate) -> (String, String),
) -> Vec<ReportRow> {
    let mut periods: BTreeMap<(String, String), Vec<DayFigures>> = BTreeMap::new();
    for day in days.iter().filter(|day| !day.is_nothing()) {
        periods
            .entry(period(day.day))
            .or_default()
            .push(day.clone());
    }
    let row = |((key, name), days): ((String, String), Vec<DayFigures>)| {
        let ends = days.first().zip(days.last());
        let ends = ends.map(|(first, last)| (first.day, last.day));
        let metrics = Metrics::of(ends.unwrap_or_default(), &days, 0);
        let value = |figure: &&Figure| metrics.figure(&figure.code).and_then(|one| one.value);
        ReportRow {
            key,
            name,
            values: figures.iter().map(value).collect(),
        }
    };
    periods.into_iter().map(row).collect()
}

fn week(day: NaiveDate) -> (String, String) {
    let week = day.iso_week();
    let monday = day.week(chrono::Weekday::Mon).first_day();
    let key = format!("{}-W{:02}", week.year(), week.week());
    (key, format!("{} 起一周", monday.format("%Y-%m-%d")))
}

fn month(day: NaiveDate) -> (String, String) {
    let key = format!("{}-{:02}", day.year(), day.month());
    (key, format!("{}年{}月", day.year(), day.month()))
}

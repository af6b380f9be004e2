//! Figures by score item, each with its definition and its article under it. Never a score.

use std::fmt::Display;

use askama::Template;
use chrono::{Datelike, NaiveDate};
use hall::DateTime;
use hall::evidence::{Article, Figure, Item, Metrics, Part};
use hall::view::HallName;

use super::names::{By, Names};
use super::{Viewer, moment, phrases};

/// What the page of figures shows.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricsData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Names of windows, services and clerks.
    pub names: Names,
    /// The figures.
    pub metrics: Metrics,
}

/// The figures of one item.
struct Group<'a> {
    /// The item's code and name, with its maximum.
    title: String,
    articles: Vec<Article>,
    figures: Vec<&'a Figure>,
}

#[derive(Template)]
#[template(path = "pages/metrics/page.html")]
struct Page<'a> {
    data: &'a MetricsData,
}

/// The page of figures.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &MetricsData) -> Result<String, askama::Error> {
    Page { data }.render()
}

impl MetricsData {
    /// The figures item by item, in the order of the annex; what it does not list comes last.
    fn groups(&self) -> Vec<Group<'_>> {
        let items = Item::ALL.into_iter().chain([Item::None]);
        let groups = items.map(|item| {
            let figures: Vec<_> = self.of(item).collect();
            let mut articles: Vec<_> = figures.iter().map(|figure| figure.article).collect();
            articles.dedup();
            Group {
                title: title(
                    item,
                    figures.first().map(|figure| figure.item_name.as_str()),
                ),
                articles,
                figures,
            }
        });
        groups.filter(|group| !group.figures.is_empty()).collect()
    }

    fn of(&self, item: Item) -> impl Iterator<Item = &Figure> {
        let figures = self.metrics.figures.iter();
        figures.filter(move |figure| figure.item == item)
    }

    /// The parts of a figure with their headings, those that have any.
    fn parts(figure: &Figure) -> Vec<(By, &[Part])> {
        let all = [
            (By::Window, figure.by_window.as_slice()),
            (By::Service, figure.by_service.as_slice()),
            (By::Day, figure.by_day.as_slice()),
            (By::Clerk, figure.by_clerk.as_slice()),
            (By::Channel, figure.by_channel.as_slice()),
            (By::Hour, figure.by_hour.as_slice()),
        ];
        let some = |(_, parts): &(By, &[Part])| !parts.is_empty();
        all.into_iter().filter(some).collect()
    }

    /// The first and last day of the month before the one shown, for the form.
    fn months(&self) -> [(String, NaiveDate, NaiveDate); 2] {
        let today = self.at.date_naive();
        let this = first_of(today.year(), today.month());
        let before = match today.month() {
            1 => first_of(today.year() - 1, 12),
            month => first_of(today.year(), month - 1),
        };
        [
            ("本月".into(), this, today),
            ("上月".into(), before, this.pred_opt().unwrap_or(this)),
        ]
    }
}

fn first_of(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

fn title(item: Item, named: Option<&str>) -> String {
    let name = named.unwrap_or_else(|| item.name());
    match item {
        Item::None => name.to_owned(),
        Item::T1
        | Item::T2
        | Item::T3
        | Item::P1
        | Item::P2
        | Item::P3
        | Item::F1
        | Item::F2
        | Item::F3
        | Item::F4 => format!("{item:?} {name}"),
    }
}

/// A number as people read it: whole when it is whole.
pub(super) fn number(value: impl Display) -> String {
    value.to_string()
}

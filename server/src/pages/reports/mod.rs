//! Reports with charts: each chart has its sentence, its table and its definitions, and says by
//! words and shapes what it says by colour.

mod charts;
mod strip;

use askama::Template;
use chrono::{Datelike, Days, NaiveDate};
use hall::DateTime;
use hall::view::HallName;

use super::{Viewer, moment, phrases};
use crate::reports::{Grouping, HourCell, Report, ReportColumn, TrendDay, WaitBin, book};
use charts::{Bars, Dots, Heat, Trend};

pub use strip::{StripData, page as strip_page};

/// What the page of reports shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Windows of the plan: code and name.
    pub windows: Vec<(String, String)>,
    /// The report.
    pub report: Report,
}

#[derive(Template)]
#[template(path = "pages/reports/page.html")]
struct Page<'a> {
    data: &'a ReportData,
    report: &'a Report,
}

/// The page of reports.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &ReportData) -> Result<String, askama::Error> {
    let report = &data.report;
    Page { data, report }.render()
}

impl Page<'_> {
    fn base(&self) -> String {
        format!("/halls/{}/reports", self.data.hall.code)
    }

    fn export(&self, format: &str) -> String {
        format!(
            "/api/v1/halls/{}/reports/{}?from={}&to={}&format={format}",
            self.data.hall.code,
            self.report.by.as_str(),
            self.report.from,
            self.report.to
        )
    }

    const fn is_by_window(&self) -> bool {
        matches!(self.report.by, Grouping::Window)
    }

    fn same(&self, by: impl std::borrow::Borrow<Grouping>) -> String {
        let by = by.borrow();
        let (from, to) = (self.report.from, self.report.to);
        format!("{}?from={from}&to={to}&by={}", self.base(), by.as_str())
    }

    /// Spans that people ask for.
    fn spans(&self) -> Vec<(&'static str, NaiveDate, NaiveDate)> {
        let today = self.data.at.date_naive();
        let yesterday = today - Days::new(1);
        let monday = today.week(chrono::Weekday::Mon).first_day();
        let first = today.with_day(1).unwrap_or(today);
        let before = first - Days::new(1);
        let year = today.with_ordinal(1).unwrap_or(today);
        vec![
            ("今天", today, today),
            ("昨天", yesterday, yesterday),
            ("上周", monday - Days::new(7), monday - Days::new(1)),
            ("本月", first, today),
            ("上月", before.with_day(1).unwrap_or(before), before),
            ("今年", year, today),
        ]
    }

    fn total(&self, code: &str) -> Option<f64> {
        let place = self
            .report
            .columns
            .iter()
            .position(|one| one.code == code)?;
        self.report.total.get(place).copied().flatten()
    }

    /// The whole span in one sentence.
    fn summary(&self) -> String {
        let said = |code: &str| {
            self.total(code)
                .map_or("–".to_owned(), |value| value.to_string())
        };
        if self.report.trend.is_empty() {
            return "这段时间没有人取号。".to_owned();
        }
        format!(
            "{}个有人取号的日子,办结{}件;平均等候{}分钟,九成办事人不超过{}分钟。",
            self.report.trend.len(),
            said("finished"),
            said("wait_mean"),
            said("wait_p90"),
        )
    }

    fn trend_said(&self) -> String {
        let known = self
            .report
            .trend
            .iter()
            .filter(|day| day.wait_p90.is_some());
        let worst = known.max_by(|a, b| a.wait_p90.total_cmp_or_less(&b.wait_p90));
        match worst.and_then(|day| Some((day.day, day.wait_mean?, day.wait_p90?))) {
            None => "这段时间没有叫过号。".to_owned(),
            Some((day, mean, p90)) => {
                format!("等候最长的一天是{day},平均{mean}分钟,九成位{p90}分钟。")
            }
        }
    }

    fn hours_said(&self) -> String {
        let most = self.report.hours.iter();
        let most = most.max_by(|a, b| a.issued_a_day.total_cmp(&b.issued_a_day));
        most.map_or_else(
            || "这段时间没有取号。".to_owned(),
            |cell| {
                let weekday = book::weekday(cell.weekday);
                let (hour, count) = (cell.hour, cell.issued_a_day);
                format!("取号最集中的是{weekday}{hour}时,平均每日{count}个号。")
            },
        )
    }

    fn waits_said(&self) -> String {
        let all: usize = self.report.waits.iter().map(|bin| bin.count).sum();
        match self.total("within_target") {
            Some(share) if all > 0 => {
                format!("{all}次等候中,{share}%在事项目标内叫到。")
            }
            Some(_) | None => "这段时间没有叫过号。".to_owned(),
        }
    }

    fn told_said(&self) -> String {
        let told = &self.report.told;
        match told.kept.zip(told.kept_median) {
            None => "这段时间叫到的号在取号时都没有告知预计等候,无从比较。".to_owned(),
            Some((kept, median)) => format!(
                "告知过等候的{}个号中,{kept}%不超过所告上限(目标90%),{median}%不超过所告中位数(目标50%)。",
                told.count
            ),
        }
    }

    /// The definitions of the figures that a chart shows.
    fn how(&self, codes: &[&str]) -> Vec<&ReportColumn> {
        let columns = self.report.columns.iter();
        columns
            .filter(|column| codes.contains(&column.code.as_str()))
            .collect()
    }

    fn bin(bin: &WaitBin) -> String {
        match bin.below_min {
            Some(below) => format!("{}至{below}分钟", bin.from_min),
            None => format!("{}分钟以上", bin.from_min),
        }
    }

    const fn days(&self) -> &[TrendDay] {
        self.report.trend.as_slice()
    }

    const fn hours(&self) -> &[HourCell] {
        self.report.hours.as_slice()
    }
}

/// Orders figures that may be missing.
trait TotalCmp {
    fn total_cmp_or_less(&self, other: &Self) -> std::cmp::Ordering;
}

impl TotalCmp for Option<f64> {
    fn total_cmp_or_less(&self, other: &Self) -> std::cmp::Ordering {
        self.unwrap_or(f64::MIN)
            .total_cmp(&other.unwrap_or(f64::MIN))
    }
}

/// A value as people read it, – for none.
#[expect(clippy::ref_option, reason = "templates hand over references")]
fn shown(value: &Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| value.to_string())
}

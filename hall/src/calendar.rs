//! Statutory workdays: data typed from the State Council's notices, never guessed.
//!
//! A year that is not in the table is unknown, and a hall does not open on a day of it by itself:
//! a guess would close it on a make-up Saturday.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::plan::Fault;
use crate::text;

/// The most rows of one year: every day of it.
const ROWS_MAX: usize = 366;

/// One year's table with its notice: `PUT /calendar/{year}`.
///
/// **Shape**: only days that differ from Monday to Friday; other weekdays are workdays, other
/// Saturdays and Sundays are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The number of the notice, 1 to 40 characters, such as 国办发明电〔2025〕7号.
    pub notice: String,
    /// When the notice was published.
    pub published: NaiveDate,
    /// The days that differ.
    pub days: Vec<CalendarDay>,
}

/// One day that differs from the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarDay {
    /// The day.
    pub date: NaiveDate,
    /// Whether it is a workday (调休上班).
    #[serde(default)]
    pub open: bool,
    /// Of which holiday, 1 to 20 characters.
    pub name: String,
}

/// Every year that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar(BTreeMap<i32, CalendarYear>);

impl Default for Calendar {
    /// 2025 and 2026, as the State Council published them.
    fn default() -> Self {
        Self([(2025, year_2025()), (2026, year_2026())].into())
    }
}

impl Calendar {
    /// The table of a year, when it is known.
    pub fn year(&self, year: i32) -> Option<&CalendarYear> {
        self.0.get(&year)
    }

    /// The years that are known.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.0.keys().copied()
    }

    /// Takes a year's table in, in place of an older one.
    pub fn enter(&mut self, year: i32, table: CalendarYear) {
        self.0.insert(year, table);
    }

    /// Whether the date is a statutory workday; none when its year is not known.
    pub fn is_workday(&self, date: NaiveDate) -> Option<bool> {
        let table = self.0.get(&date.year())?;
        let named = table.days.iter().find(|day| day.date == date);
        let in_the_week = !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        Some(named.map_or(in_the_week, |day| day.open))
    }

    /// The `count`th statutory workday after `date`, as time limits in 工作日 are counted: the day
    /// itself does not count. None when it lies in a year that is not known: never guessed.
    pub fn workday_after(&self, date: NaiveDate, count: u32) -> Option<NaiveDate> {
        let mut day = date;
        let mut left = count;
        while left > 0 {
            day = day.succ_opt()?;
            if self.is_workday(day)? {
                left -= 1;
            }
        }
        Some(day)
    }
}

impl CalendarYear {
    /// Every fault of the table as the one of `year`; empty when it can be used.
    pub fn faults(&self, year: i32) -> Vec<Fault> {
        let mut found = Vec::new();
        let mut add = |path: String, zh: String, en: String| found.push(Fault::new(path, zh, en));
        if text::check(&self.notice, 40).is_err() {
            add(
                "notice".into(),
                "请填写文号,1到40个字".into(),
                "the notice's number, 1 to 40 characters".into(),
            );
        }
        if self.days.is_empty() || self.days.len() > ROWS_MAX {
            add(
                "days".into(),
                format!("应有1到{ROWS_MAX}行"),
                format!("must have 1 to {ROWS_MAX} rows"),
            );
        }
        let mut seen = BTreeSet::new();
        for (i, day) in self.days.iter().enumerate() {
            let date = day.date;
            if date.year() != year {
                add(
                    format!("days[{i}].date"),
                    format!("应在{year}年内"),
                    format!("must be in {year}"),
                );
            }
            if !seen.insert(date) {
                add(
                    format!("days[{i}].date"),
                    format!("“{date}”重复"),
                    format!("`{date}` is there twice"),
                );
            }
            let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            if day.open && !weekend {
                add(
                    format!("days[{i}].open"),
                    "调休上班日应为周六或周日".into(),
                    "a make-up workday is a Saturday or Sunday".into(),
                );
            }
            if text::check(&day.name, 20).is_err() {
                add(
                    format!("days[{i}].name"),
                    "请填写名称,1到20个字".into(),
                    "a name, 1 to 20 characters".into(),
                );
            }
        }
        found
    }
}

/// A holiday: its name, its first and last day, and the weekends worked for it; month and day.
type Holiday = (&'static str, (u32, u32), (u32, u32), &'static [(u32, u32)]);

/// **Source**: 国务院办公厅关于2025年部分节假日安排的通知, 2024-11-12.
fn year_2025() -> CalendarYear {
    table(
        2025,
        "国办发明电〔2024〕12号",
        (2024, 11, 12),
        &[
            ("元旦", (1, 1), (1, 1), &[]),
            ("春节", (1, 28), (2, 4), &[(1, 26), (2, 8)]),
            ("清明节", (4, 4), (4, 6), &[]),
            ("劳动节", (5, 1), (5, 5), &[(4, 27)]),
            ("端午节", (5, 31), (6, 2), &[]),
            ("国庆节、中秋节", (10, 1), (10, 8), &[(9, 28), (10, 11)]),
        ],
    )
}

/// **Source**: 国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04.
fn year_2026() -> CalendarYear {
    table(
        2026,
        "国办发明电〔2025〕7号",
        (2025, 11, 4),
        &[
            ("元旦", (1, 1), (1, 3), &[(1, 4)]),
            ("春节", (2, 15), (2, 23), &[(2, 14), (2, 28)]),
            ("清明节", (4, 4), (4, 6), &[]),
            ("劳动节", (5, 1), (5, 5), &[(5, 9)]),
            ("端午节", (6, 19), (6, 21), &[]),
            ("中秋节", (9, 25), (9, 27), &[]),
            ("国庆节", (10, 1), (10, 7), &[(9, 20), (10, 10)]),
        ],
    )
}

fn table(
    year: i32,
    notice: &str,
    (on_year, on_month, on_day): (i32, u32, u32),
    holidays: &[Holiday],
) -> CalendarYear {
    let date =
        |(month, day): (u32, u32)| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let mut days = Vec::new();
    for (name, first, last, worked) in holidays {
        let off = date(*first)
            .iter_days()
            .take_while(|day| *day <= date(*last));
        days.extend(off.map(|day| CalendarDay {
            date: day,
            open: false,
            name: (*name).into(),
        }));
        let made_up = worked.iter().map(|day| date(*day));
        days.extend(made_up.map(|day| CalendarDay {
            date: day,
            open: true,
            name: (*name).into(),
        }));
    }
    days.sort_by_key(|day| day.date);
    let published = NaiveDate::from_ymd_opt(on_year, on_month, on_day).unwrap_or_default();
    CalendarYear {
        notice: notice.into(),
        published,
        days,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn make_up_weekends_are_workdays_and_holidays_are_not() {
        let calendar = Calendar::default();
        for made_up in [
            "2026-01-04",
            "2026-02-14",
            "2026-02-28",
            "2026-05-09",
            "2026-09-20",
            "2026-10-10",
        ] {
            assert_eq!(calendar.is_workday(day(made_up)), Some(true), "{made_up}");
        }
        for off in [
            "2026-02-17",
            "2026-10-01",
            "2026-09-25",
            "2026-01-02",
            "2026-11-22",
        ] {
            assert_eq!(calendar.is_workday(day(off)), Some(false), "{off}");
        }
        assert_eq!(calendar.is_workday(day("2026-11-24")), Some(true));
        let after = |from, count| calendar.workday_after(day(from), count);
        assert_eq!(
            after("2026-11-27", 5),
            Some(day("2026-12-04")),
            "a weekend between"
        );
        assert_eq!(after("2026-09-30", 1), Some(day("2026-10-08")), "over 国庆");
        assert_eq!(
            after("2026-10-08", 2),
            Some(day("2026-10-10")),
            "a Saturday that is worked"
        );
        assert_eq!(after("2026-12-31", 1), None, "2027 is not known");
    }

    #[test]
    fn a_year_that_is_missing_is_not_guessed() {
        assert_eq!(Calendar::default().is_workday(day("2027-03-01")), None);
    }

    #[test]
    fn every_fault_of_a_table_is_found() {
        let row = |date: &str, open| CalendarDay {
            date: day(date),
            open,
            name: "元旦".into(),
        };
        let table = CalendarYear {
            notice: String::new(),
            published: day("2026-11-04"),
            days: vec![
                row("2027-01-01", false),
                row("2027-01-01", false),
                row("2026-12-31", false),
                row("2027-01-04", true),
            ],
        };
        let paths: Vec<_> = table
            .faults(2027)
            .into_iter()
            .map(|fault| fault.path)
            .collect();
        assert_eq!(
            paths,
            ["notice", "days[1].date", "days[2].date", "days[3].open"]
        );
    }

    #[test]
    fn the_built_in_tables_have_no_fault() {
        let calendar = Calendar::default();
        for year in calendar.years() {
            let faults = calendar.year(year).map(|table| table.faults(year));
            assert_eq!(faults, Some(Vec::new()), "{year}");
        }
    }
}

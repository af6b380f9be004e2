//! A calendar month: what a score sheet is about.

use alloc::string::String;
use core::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar month, written `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = String, example = "2026-11"))]
pub struct Month(NaiveDate);

impl Month {
    /// The month that the date lies in.
    pub fn of(date: NaiveDate) -> Self {
        Self(date.with_day(1).unwrap_or(date))
    }

    /// Reads `YYYY-MM`; the years are those of four digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits =
            |text: &str, len| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
        // The months before and after must be there too.
        Some(Self(first)).filter(|_| (1..9999).contains(&first.year()))
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.next().0.pred_opt().unwrap_or(self.0)
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        let far = self.0 + chrono::TimeDelta::days(31);
        Self::of(far)
    }

    /// The month before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.0.pred_opt().unwrap_or(self.0))
    }

    /// A day of it; its last one when it has not so many.
    pub fn day(self, day: u32) -> NaiveDate {
        self.0.with_day(day).unwrap_or_else(|| self.last())
    }

    /// Every day of it.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        let last = self.last();
        self.0.iter_days().take_while(move |day| *day <= last)
    }

    /// Whether the whole of it lies before `today`.
    pub fn is_over(self, today: NaiveDate) -> bool {
        today > self.last()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format!("`{text}` is not YYYY-MM")))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_month_knows_its_days() {
        let month = Month::parse("2026-02").expect("a month");
        assert_eq!(month.last().to_string(), "2026-02-28");
        assert_eq!(month.next().to_string(), "2026-03");
        assert_eq!(month.before().to_string(), "2026-01");
        assert_eq!(month.day(31), month.last());
        assert_eq!(month.days().count(), 28);
        assert!(month.is_over(month.next().first()) && !month.is_over(month.last()));
    }

    #[test]
    fn only_four_digits_a_dash_and_two_are_a_month() {
        for bad in [
            "2026-13",
            "2026-00",
            "2026-1",
            "26-01",
            "2026-11-01",
            "2026/11",
            "0000-01",
        ] {
            assert_eq!(Month::parse(bad), None, "{bad}");
        }
    }
}

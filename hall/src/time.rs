//! Moments and times of day. Nothing here reads a clock.

use alloc::string::String;
use core::fmt;

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A moment on a page or in an answer: RFC 3339 with the hall's offset.
pub type DateTime = chrono::DateTime<FixedOffset>;

/// A moment: whole milliseconds since 1970 UTC.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Before every real moment: the key of a ticket that stands first in line.
    pub const MIN: Self = Self(i64::MIN);

    /// Milliseconds from `earlier` to this moment; 0 when the clock ran backwards.
    pub fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }

    /// This moment `seconds` later.
    #[must_use]
    pub fn plus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// This moment `minutes` later; negative for earlier.
    #[must_use]
    pub fn plus_min(self, minutes: i64) -> Self {
        self.plus_s(minutes.saturating_mul(60))
    }

    /// This moment as people in `zone` write it.
    pub fn in_zone(self, zone: Tz) -> DateTime {
        let utc = chrono::DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        let local = utc.with_timezone(&zone);
        local.with_timezone(&local.offset().fix())
    }

    /// The calendar date in `zone` at this moment.
    pub fn date_in(self, zone: Tz) -> NaiveDate {
        self.in_zone(zone).date_naive()
    }

    /// The moment at which a clock in `zone` shows `time` on `date`.
    ///
    /// Where clocks are put forward the first moment after the gap is meant, where they are put
    /// back the earlier of the two.
    pub fn of_local(date: NaiveDate, time: HourMinute, zone: Tz) -> Self {
        let naive = NaiveDateTime::new(date, time.naive());
        let found = zone.from_local_datetime(&naive).earliest().or_else(|| {
            zone.from_local_datetime(&(naive + chrono::TimeDelta::hours(1)))
                .earliest()
        });
        Self(found.map_or_else(
            || naive.and_utc().timestamp_millis(),
            |m| m.timestamp_millis(),
        ))
    }
}

/// A time of day, minutes precise, written `HH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct HourMinute(u16);

impl HourMinute {
    /// Makes a time of day; `None` past 23:59.
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour < 24 && minute < 60 {
            Some(Self(hour * 60 + minute))
        } else {
            None
        }
    }

    /// Reads `HH:MM`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(hour) || !digits(minute) {
            return None;
        }
        Self::new(hour.parse().ok()?, minute.parse().ok()?)
    }

    /// Minutes since midnight, 0 to 1439.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    fn naive(self) -> NaiveTime {
        NaiveTime::from_hms_opt(u32::from(self.0 / 60), u32::from(self.0 % 60), 0)
            .unwrap_or_default()
    }
}

impl fmt::Display for HourMinute {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for HourMinute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{self}"))
    }
}

impl<'de> Deserialize<'de> for HourMinute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format!("`{text}` is not HH:MM")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_time_becomes_the_right_moment() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let nine = HourMinute::new(9, 5).expect("a time");
        let moment = Timestamp::of_local(date, nine, chrono_tz::Asia::Shanghai);
        let shown = moment.in_zone(chrono_tz::Asia::Shanghai);
        assert_eq!(shown.to_rfc3339(), "2026-11-23T09:05:00+08:00");
    }

    #[test]
    fn a_time_in_the_gap_of_a_clock_change_is_the_first_after_it() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 29).expect("a date");
        let gap = HourMinute::new(2, 30).expect("a time");
        let moment = Timestamp::of_local(date, gap, chrono_tz::Europe::Berlin);
        assert_eq!(
            moment.in_zone(chrono_tz::Europe::Berlin).to_rfc3339(),
            "2026-03-29T03:30:00+02:00"
        );
    }

    #[test]
    fn a_clock_that_ran_backwards_gives_no_negative_length() {
        assert_eq!(Timestamp(1).since_ms(Timestamp(2)), 0);
    }
}

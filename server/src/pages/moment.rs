//! Moments and lengths as pages write them.

use askama::Template;
use askama::filters::HtmlSafe;
use hall::DateTime;

/// `09:05`, in the hall's zone.
pub(super) fn hour_minute(at: &DateTime) -> String {
    at.format("%H:%M").to_string()
}

/// `09:05:07`, in the hall's zone.
pub(super) fn hour_minute_second(at: &DateTime) -> String {
    at.format("%H:%M:%S").to_string()
}

/// Seconds from one moment to another; 0 when they stand the other way round.
pub(super) fn seconds_between(since: &DateTime, now: &DateTime) -> i64 {
    now.signed_duration_since(since).num_seconds().max(0)
}

/// A length as people read it on a clock: `3:07`, past the hour `1:03:07`.
pub(super) fn length(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

/// A length in whole minutes for tables: `不到1分钟`, `12分钟`.
pub(super) fn minutes(seconds: u32) -> String {
    match seconds / 60 {
        0 => "不到1分钟".into(),
        minutes => format!("{minutes}分钟"),
    }
}

/// A running clock: the script goes on from what the server wrote.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/parts/timer.html")]
pub(super) struct Timer {
    since_ms: i64,
    seconds: i64,
    amber_s: Option<u32>,
    red_s: Option<u32>,
}

impl HtmlSafe for Timer {}

impl Timer {
    /// A clock that only counts.
    pub(super) fn plain(since: &DateTime, now: &DateTime) -> Self {
        Self {
            since_ms: since.timestamp_millis(),
            seconds: seconds_between(since, now),
            amber_s: None,
            red_s: None,
        }
    }

    /// A clock that turns amber at its target and red at half as much again. **Source**: SCREENS §1.2.
    pub(super) fn against(since: &DateTime, now: &DateTime, target_s: u32) -> Self {
        Self {
            amber_s: Some(target_s),
            red_s: Some(target_s + target_s / 2),
            ..Self::plain(since, now)
        }
    }

    /// A clock with its own amber and red.
    pub(super) fn between(since: &DateTime, now: &DateTime, amber_s: u32, red_s: u32) -> Self {
        Self {
            amber_s: Some(amber_s),
            red_s: Some(red_s),
            ..Self::plain(since, now)
        }
    }

    fn shown(&self) -> String {
        length(self.seconds)
    }

    fn level(&self) -> &'static str {
        let past = |limit: Option<u32>| limit.is_some_and(|s| self.seconds >= i64::from(s));
        if past(self.red_s) {
            "red"
        } else if past(self.amber_s) {
            "amber"
        } else {
            "calm"
        }
    }

    fn word(&self) -> &'static str {
        match self.level() {
            "red" => super::phrases::LONG_OVER.zh,
            "amber" => super::phrases::OVER.zh,
            _ => "",
        }
    }
}

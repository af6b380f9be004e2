//! What charts show, as numbers: the same numbers stand in the tables beside them and in files.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use hall::evidence::{DayFigures, Length, Sum, Tally};
use serde::Serialize;
use utoipa::ToSchema;

/// Bars of the histogram at most. Ours: as many as can be read on a phone.
const BARS_MAX: u32 = 14;
/// Widths that bars may have, in minutes. Ours.
const WIDTHS_MIN: [u32; 6] = [5, 10, 15, 30, 60, 120];
/// Dots of the calibration plot at most, taken evenly. Ours.
const DOTS_MAX: usize = 300;

/// A day of the trend.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrendDay {
    /// The day.
    pub day: NaiveDate,
    /// Numbers issued.
    pub issued: i64,
    /// Minutes waited on average; none when nobody was called.
    pub wait_mean: Option<f64>,
    /// Minutes that nine in ten did not exceed.
    pub wait_p90: Option<f64>,
}

/// One hour of one weekday.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HourCell {
    /// 1 for Monday to 7 for Sunday. **Source**: ISO 8601.
    pub weekday: u32,
    /// The hour of arriving in the hall's own time, 0 to 23.
    pub hour: u8,
    /// Days of that weekday on which the hall was open.
    pub days: i64,
    /// Numbers issued in that hour, over all of them.
    pub issued: i64,
    /// Numbers issued in that hour on one such day, rounded to one decimal.
    pub issued_a_day: f64,
    /// Minutes that nine in ten who came then did not exceed.
    pub wait_p90: Option<f64>,
}

/// Waits of a length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitBin {
    /// From so many minutes on.
    pub from_min: u32,
    /// Below so many minutes; none for the last bar.
    pub below_min: Option<u32>,
    /// So many waits.
    pub count: usize,
}

/// What slips promised, and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct ToldWaits {
    /// Numbers called that had been told a wait.
    pub count: usize,
    /// Of these, per cent that waited no longer than the upper end; none when nobody was told.
    pub kept: Option<f64>,
    /// Of these, per cent that waited no longer than the median; none when nobody was told.
    pub kept_median: Option<f64>,
    /// Some of them.
    pub dots: Vec<ToldDot>,
}

/// One number that was told a wait.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ToldDot {
    /// Minutes that half were told not to exceed.
    pub p50_min: u32,
    /// Minutes that nine in ten were told not to exceed.
    pub p90_min: u32,
    /// Minutes waited, rounded to one decimal.
    pub waited_min: f64,
}

pub(super) fn trend(days: &[DayFigures]) -> Vec<TrendDay> {
    let tally = |day: &&DayFigures| {
        let all = &day.sums.all;
        all.sum(Sum::Issued) > 0 || all.sum(Sum::Called) > 0
    };
    let days = days.iter().filter(tally);
    days.map(|day| TrendDay {
        day: day.day,
        issued: day.sums.all.sum(Sum::Issued),
        wait_mean: day.sums.all.figure("wait_mean"),
        wait_p90: day.sums.all.figure("wait_p90"),
    })
    .collect()
}

pub(super) fn hours(days: &[DayFigures]) -> Vec<HourCell> {
    let mut open: BTreeMap<u32, i64> = BTreeMap::new();
    let mut cells: BTreeMap<(u32, u8), Tally> = BTreeMap::new();
    for day in days {
        let weekday = day.day.weekday().number_from_monday();
        *open.entry(weekday).or_default() += day.sums.all.sum(Sum::DaysOpen);
        for (hour, tally) in &day.sums.hours {
            cells.entry((weekday, *hour)).or_default().merge(tally);
        }
    }
    let cell = |((weekday, hour), tally): ((u32, u8), Tally)| {
        let days = open.get(&weekday).copied().unwrap_or(0).max(1);
        let issued = tally.sum(Sum::Issued);
        // In tenths, rounded half up.
        let tenths = (issued * 20 + days) / (days * 2);
        HourCell {
            weekday,
            hour,
            days,
            issued,
            issued_a_day: i32::try_from(tenths).map_or(f64::MAX, f64::from) / 10.0,
            wait_p90: tally.figure("wait_p90"),
        }
    };
    cells.into_iter().map(cell).collect()
}

pub(super) fn waits(days: &[DayFigures]) -> Vec<WaitBin> {
    let all = days.iter().map(|day| day.sums.all.lengths(Length::Wait));
    let minutes: Vec<u32> = all.flatten().map(|seconds| seconds / 60).collect();
    let Some(longest) = minutes.iter().max() else {
        return Vec::new();
    };
    let fits = |width: &&u32| longest / **width < BARS_MAX;
    let width = WIDTHS_MIN.iter().find(fits).copied().unwrap_or(120);
    let bars = (longest / width + 1).min(BARS_MAX);
    let mut bins: Vec<_> = (0..bars)
        .map(|bar| WaitBin {
            from_min: bar * width,
            below_min: (bar + 1 < bars || longest / width < BARS_MAX).then_some((bar + 1) * width),
            count: 0,
        })
        .collect();
    for minute in minutes {
        let bar = usize::try_from((minute / width).min(bars - 1)).unwrap_or(0);
        if let Some(bin) = bins.get_mut(bar) {
            bin.count += 1;
        }
    }
    bins
}

pub(super) fn told(days: &[DayFigures]) -> ToldWaits {
    let all: Vec<_> = days.iter().flat_map(|day| &day.told).collect();
    let mut tally = Tally::default();
    for day in days {
        tally.merge(&day.sums.all);
    }
    let step = all.len().div_ceil(DOTS_MAX).max(1);
    let dots = all.iter().step_by(step).map(|told| ToldDot {
        p50_min: told.p50_min,
        p90_min: told.p90_min,
        waited_min: f64::from(told.waited_s / 6) / 10.0,
    });
    ToldWaits {
        count: all.len(),
        kept: tally.figure("told_kept"),
        kept_median: tally.figure("told_kept_median"),
        dots: dots.collect(),
    }
}

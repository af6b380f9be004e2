//! Figures over spans of days: for the page, for JSON and for files, from one place.
//!
//! ```text
//! summaries + journal ─► DayFigures ─► Metrics ─► page · JSON · Book ─► xlsx, csv, PDF
//! ```
//!
//! A summary is derived: it may be deleted, is made again when it is missing or of other
//! definitions, and no proof rests on it.

pub(crate) mod book;
mod days;
mod report;
mod shape;
mod totals;

use std::time::Duration;

use chrono::{Days, NaiveDate};
use hall::evidence::{Metrics, PostSpan};

use crate::app::App;
use crate::floor::HallHandle;
use crate::http::problem::Problem;
use crate::pages::names::Names;
use days::Reader;

pub(crate) use days::Read;
pub(crate) use report::About;
pub use report::{Grouping, Report, ReportColumn, ReportRow};
pub use shape::{HourCell, ToldDot, ToldWaits, TrendDay, WaitBin};
pub use totals::{HallTotals, totals};

/// Days of one answer at most. Ours: a year and a month beside it.
pub(crate) const SPAN_MAX: i64 = 400;
/// How often days that are over are looked for. Ours.
const LOOK: Duration = Duration::from_mins(1);
/// Days back that are summed up beside the requests; older ones are when they are read. Ours: a
/// month and the days before it.
const BACK: u64 = 40;

/// The days of a span.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn read(
    app: &App,
    hall: &HallHandle,
    span: (NaiveDate, NaiveDate),
) -> Result<Read, Problem> {
    Reader::new(app, hall).read(span).await
}

/// The figures of a span.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn metrics(
    app: &App,
    hall: &HallHandle,
    span: (NaiveDate, NaiveDate),
) -> Result<Metrics, Problem> {
    let read = read(app, hall, span).await?;
    Ok(Metrics::of(span, &read.days, read.seq))
}

/// What every window did on a day, in order of time.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn strips(
    app: &App,
    hall: &HallHandle,
    day: NaiveDate,
) -> Result<Vec<PostSpan>, Problem> {
    let fold = Reader::new(app, hall).fold(day, day).await?;
    Ok(fold.strips(day))
}

/// Checks a span: in order, not too long, today when left out.
///
/// # Errors
///
/// 400 naming the field and the limit.
pub(crate) fn span_of(
    today: NaiveDate,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(NaiveDate, NaiveDate), Problem> {
    let to = to.unwrap_or_else(|| from.unwrap_or(today).max(today));
    let from = from.unwrap_or(to);
    if from > to {
        return Err(Problem::malformed("from", "must not be after `to`"));
    }
    if (to - from).num_days() >= SPAN_MAX {
        let detail = format!("at most {SPAN_MAX} days");
        return Err(Problem::malformed("to", detail).with("limit", SPAN_MAX));
    }
    let reachable = from.checked_sub_days(Days::new(BACK)).is_some()
        && to.checked_add_days(Days::new(BACK)).is_some();
    if !reachable {
        return Err(Problem::malformed("from", "must be a day of our time"));
    }
    Ok((from, to))
}

/// Sums up days that are over, hall by hall, so that the next reader need not.
pub(crate) async fn keep_up(app: App) {
    let mut turn = tokio::time::interval(LOOK);
    let mut done = std::collections::BTreeMap::new();
    loop {
        turn.tick().await;
        for hall in app.halls.all() {
            let reader = Reader::new(&app, &hall);
            let state = reader.state();
            if done.get(&hall.code) == Some(&state) {
                continue;
            }
            let (today, _) = state;
            let Some(back) = today.checked_sub_days(Days::new(BACK)) else {
                continue;
            };
            if reader.make_missing((back, today)).await.is_ok() {
                done.insert(hall.code.clone(), state);
            }
        }
    }
}

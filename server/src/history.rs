//! The journal between two moments, read on connections that never wait behind a commit.

use std::ops::ControlFlow;

use chrono::NaiveDate;
use chrono_tz::Tz;
use hall::{Event, HourMinute, Timestamp};

use crate::app::App;
use crate::floor::{self, HallHandle};
use crate::http::problem::Problem;
use crate::store::Row;

/// Rows read at once. Ours: about a megabyte.
const PAGE: i64 = 2000;

/// When a date begins in the zone.
pub(crate) fn begin_of(date: NaiveDate, zone: Tz) -> Timestamp {
    let midnight = HourMinute::new(0, 0).expect("midnight is a time");
    Timestamp::of_local(date, midnight, zone)
}

/// Hands every row of the hall from `from` to `to` over, oldest first, as far as it is published.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn read(
    app: &App,
    hall: &HallHandle,
    span: (Timestamp, Timestamp),
    mut take: impl FnMut(&Row, &Event),
) -> Result<(), Problem> {
    read_while(app, hall, span, |row, event| {
        take(row, event);
        ControlFlow::Continue(())
    })
    .await
}

/// The same, up to the row at which `take` breaks off.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn read_while(
    app: &App,
    hall: &HallHandle,
    (from, to): (Timestamp, Timestamp),
    take: impl FnMut(&Row, &Event) -> ControlFlow<()>,
) -> Result<(), Problem> {
    let store = app.halls.store();
    let head = i64::try_from(hall.durable().seq).unwrap_or(i64::MAX);
    let fault = |fault| app.fault(&fault);
    let after = store.last_before(&hall.code.0, from.0, head).await;
    let end = store.last_before(&hall.code.0, to.0, head).await;
    let span = (after.map_err(fault)?, end.map_err(fault)?);
    between_while(app, hall, span, take).await
}

/// Hands every row of the hall after `after` and up to `end` over, oldest first, as far as it is
/// published.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn between(
    app: &App,
    hall: &HallHandle,
    span: (i64, i64),
    mut take: impl FnMut(&Row, &Event),
) -> Result<(), Problem> {
    between_while(app, hall, span, |row, event| {
        take(row, event);
        ControlFlow::Continue(())
    })
    .await
}

async fn between_while(
    app: &App,
    hall: &HallHandle,
    (mut after, end): (i64, i64),
    mut take: impl FnMut(&Row, &Event) -> ControlFlow<()>,
) -> Result<(), Problem> {
    let store = app.halls.store();
    let head = i64::try_from(hall.durable().seq).unwrap_or(i64::MAX);
    let end = end.min(head);
    while after < end {
        let rows = store.rows(&hall.code.0, after, PAGE).await;
        let rows = rows.map_err(|fault| app.fault(&fault))?;
        for row in rows.iter().take_while(|row| row.seq <= end) {
            if take(row, &event_of(row)?).is_break() {
                return Ok(());
            }
        }
        match rows.last() {
            Some(last) => after = last.seq,
            None => return Ok(()),
        }
    }
    Ok(())
}

/// The event of a row.
///
/// # Errors
///
/// 503 when it cannot be read; logged once, here.
pub(crate) fn event_of(row: &Row) -> Result<Event, Problem> {
    floor::event_of(row).map_err(|fault| {
        tracing::error!(%fault, hall.id = %row.hall, seq = row.seq, "a row cannot be read");
        Problem::try_again("a row of the journal cannot be read")
    })
}

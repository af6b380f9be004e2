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
    mut take: impl FnMut(&Row, &Event) -> ControlFlow<()>,
) -> Result<(), Problem> {
    let store = app.halls.store();
    let code = &hall.code.0;
    let head = i64::try_from(hall.durable().seq).unwrap_or(i64::MAX);
    let before = store.last_before(code, from.0, head).await;
    let mut after = before.map_err(|fault| app.fault(&fault))?;
    loop {
        let rows = store.rows(code, after, PAGE).await;
        let rows = rows.map_err(|fault| app.fault(&fault))?;
        for row in &rows {
            if row.seq > head || row.at >= to.0 {
                return Ok(());
            }
            let event = event_of(row)?;
            if take(row, &event).is_break() {
                return Ok(());
            }
            after = row.seq;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
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

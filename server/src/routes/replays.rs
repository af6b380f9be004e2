//! Replay of a day: the hall at any moment of it.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use hall::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Problems;
use crate::app::App;
use crate::floor::HallHandle;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query};
use crate::replays::{Moment, ReplayView};

/// Which moment.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplayQuery {
    /// A moment of that day; its first one when left out.
    at: Option<String>,
}

/// The hall at a moment of a day, from the journal alone; a day under way goes up to now.
#[utoipa::path(get, path = "/halls/{hall}/replays/{date}", tag = "evidence",
    params(("hall" = String, Path), ("date" = String, Path), ReplayQuery),
    responses((status = 200, body = ReplayView), Problems))]
pub(super) async fn show(
    State(app): State<App>,
    look: Look,
    Path((_, date)): Path<(String, String)>,
    Query(query): Query<ReplayQuery>,
) -> Result<Json<ReplayView>, Problem> {
    let date = day(&date)?;
    let at = query.at.as_deref().map(|at| moment(&look.hall, date, at));
    at_moment(&app, &look.hall, date, at.transpose()?)
        .await
        .map(Json)
}

/// The hall of that day at that moment.
///
/// # Errors
///
/// 404 when the day has no rows, 503 when the database cannot be read.
pub(crate) async fn at_moment(
    app: &App,
    hall: &HallHandle,
    date: NaiveDate,
    at: Option<Timestamp>,
) -> Result<ReplayView, Problem> {
    let day = app.replays.day(app, hall, date).await?;
    let day = day.ok_or_else(|| Problem::not_found("day"))?;
    let durable = hall.durable();
    let position = hall.position(&durable);
    Ok(day.view(&Moment {
        date,
        at,
        now: position.now,
        log: position.log,
        pretend: position.pretend,
    }))
}

/// `YYYY-MM-DD`.
///
/// # Errors
///
/// 400 when it is no date.
pub(crate) fn day(text: &str) -> Result<NaiveDate, Problem> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let date = date.filter(|_| text.len() == "2026-11-23".len());
    date.ok_or_else(|| Problem::malformed("date", "must be YYYY-MM-DD"))
}

/// A moment of that day, RFC 3339.
fn moment(hall: &HallHandle, date: NaiveDate, text: &str) -> Result<Timestamp, Problem> {
    let zone = hall.durable().hall.zone();
    let at = chrono::DateTime::parse_from_rfc3339(text).ok();
    let at = at.map(|at| Timestamp(at.timestamp_millis()));
    let at = at.filter(|at| at.date_in(zone) == date);
    at.ok_or_else(|| Problem::malformed("at", "must be a moment of that day, RFC 3339"))
}

//! The page of a day again.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{NaiveDate, NaiveTime, Timelike};
use hall::{HallCode, HourMinute, Timestamp};
use serde::Deserialize;

use super::{FIGURES, Looker, html, shown_problem};
use crate::app::App;
use crate::floor::HallHandle;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::replay::ReplayData;
use crate::routes::replays;

#[derive(Debug, Deserialize)]
pub(super) struct ReplayQuery {
    /// `HH:MM` or `HH:MM:SS` of the day.
    at: Option<String>,
    /// `live`: the part that changes, alone.
    part: Option<String>,
}

/// The newest day with rows is the one that is asked for most.
pub(super) async fn newest(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let durable = handle.durable();
    let day = durable.hall.current_day().map(|day| day.date);
    let day = day.ok_or_else(|| shown_problem(&Problem::not_found("day")))?;
    Ok(Redirect::to(&format!("/halls/{hall}/replay/{day}")).into_response())
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path((hall, date)): Path<(HallCode, String)>,
    Query(query): Query<ReplayQuery>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let date = replays::day(&date).map_err(|problem| shown_problem(&problem))?;
    let at = query.at.as_deref().map(|at| moment(&handle, date, at));
    let at = at.transpose().map_err(|problem| shown_problem(&problem))?;
    let view = replays::at_moment(&app, &handle, date, at).await;
    let view = view.map_err(|problem| shown_problem(&problem))?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let shown = ReplayData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        view,
    };
    Ok(html(if query.part.as_deref() == Some("live") {
        pages::replay::live(&shown)
    } else {
        pages::replay::page(&shown)
    }))
}

/// A second of the day in the hall's zone.
fn moment(hall: &HallHandle, date: NaiveDate, text: &str) -> Result<Timestamp, Problem> {
    let time = NaiveTime::parse_from_str(text, "%H:%M:%S");
    let time = time.or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"));
    let time = time.map_err(|_| Problem::malformed("at", "must be HH:MM or HH:MM:SS"))?;
    let hour_minute = HourMinute::parse(&time.format("%H:%M").to_string());
    let minute = hour_minute.ok_or_else(|| Problem::malformed("at", "must be HH:MM"))?;
    let minute = Timestamp::of_local(date, minute, hall.durable().hall.zone());
    Ok(minute.plus_s(i64::from(time.second())))
}

//! The page of reports, and a window's day.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::NaiveDate;
use hall::{HallCode, WindowCode};
use serde::Deserialize;

use super::{FIGURES, Looker, html, shown_problem};
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::names::Names;
use crate::pages::reports::{ReportData, StripData};
use crate::reports::{self, Grouping};
use crate::routes;

/// From which day to which, and by what.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    #[serde(default)]
    by: Grouping,
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let span = (wanted.from, wanted.to);
    let report = routes::reports::of(&app, &handle, span, wanted.by).await;
    let report = report.map_err(|problem| shown_problem(&problem))?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let windows = durable.hall.plan().map(|plan| plan.windows.iter());
    let windows = windows.into_iter().flatten();
    Ok(html(pages::reports::page(&ReportData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        windows: windows
            .map(|one| (one.code.0.clone(), one.name.clone()))
            .collect(),
        report,
    })))
}

/// Which day; today when left out.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfDay {
    day: Option<NaiveDate>,
}

pub(super) async fn window(
    State(app): State<App>,
    looker: Looker,
    Path((hall, window)): Path<(HallCode, WindowCode)>,
    Query(of_day): Query<OfDay>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let zone = durable.hall.zone();
    if durable.hall.window(&window).is_err() {
        return Err(shown_problem(&Problem::not_found("window")));
    }
    let today = position.now.date_in(zone);
    let span = reports::span_of(today, (of_day.day, of_day.day.or(Some(today))));
    let (day, _) = span.map_err(|problem| shown_problem(&problem))?;
    let spans = reports::strips(&app, &handle, day).await;
    let mut spans = spans.map_err(|problem| shown_problem(&problem))?;
    spans.retain(|span| span.window == window);
    Ok(html(pages::reports::strip_page(&StripData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(zone),
        pretend: position.pretend,
        zone,
        window: window.0,
        names: Names::of(durable.hall.plan()),
        day,
        spans,
    })))
}

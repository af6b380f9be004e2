//! The page of figures by score item.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use hall::HallCode;

use super::{FIGURES, Looker, html, shown_problem};
use crate::app::App;
use crate::pages;
use crate::pages::metrics::MetricsData;
use crate::pages::names::Names;
use crate::routes::metrics::{self, Span};

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    Query(span): Query<Span>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let metrics = metrics::of(&app, &handle, span).await;
    let metrics = metrics.map_err(|problem| shown_problem(&problem))?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let plan = durable.hall.plan();
    Ok(html(pages::metrics::page(&MetricsData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        names: Names::of(plan),
        metrics,
    })))
}

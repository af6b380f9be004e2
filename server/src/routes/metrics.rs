//! Figures by score item, folded from the journal. People give the score.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use hall::evidence::Metrics;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Problems;
use crate::app::App;
use crate::floor::HallHandle;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Query};
use crate::reports;

/// From which day to which, both included; today when left out.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct Span {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Span {
    /// From one day to another.
    pub(crate) const fn of(from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            from: Some(from),
            to: Some(to),
        }
    }
}

/// Every figure of a span of days, with its unit, definition, article and item.
#[utoipa::path(get, path = "/halls/{hall}/metrics", tag = "evidence",
    params(("hall" = String, Path), Span),
    responses((status = 200, body = Metrics), Problems))]
pub(super) async fn show(
    State(app): State<App>,
    look: Look,
    Query(span): Query<Span>,
) -> Result<Json<Metrics>, Problem> {
    of(&app, &look.hall, span).await.map(Json)
}

/// The figures of a span.
///
/// # Errors
///
/// 400 when the span is none or too long, 503 when the database cannot be read.
pub(crate) async fn of(app: &App, hall: &HallHandle, span: Span) -> Result<Metrics, Problem> {
    let zone = hall.durable().hall.zone();
    let today = app.clock.now().date_in(zone);
    let span = reports::span_of(today, (span.from, span.to))?;
    reports::metrics(app, hall, span).await
}

//! Figures by score item, folded from the journal. People give the score.

use axum::Json;
use axum::extract::State;
use chrono::{Days, NaiveDate};
use hall::Timestamp;
use hall::evidence::{Metrics, MetricsFold};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Problems;
use crate::app::App;
use crate::floor::HallHandle;
use crate::history;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Query};

/// Days of one answer at most. Ours: a year and a month beside it.
const SPAN_MAX: i64 = 400;
/// Days read before and after the span: a pause, a shift or a number may reach over its ends. Ours.
const AROUND: u64 = 31;

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
    let to = span
        .to
        .unwrap_or_else(|| span.from.unwrap_or(today).max(today));
    let from = span.from.unwrap_or(to);
    if from > to {
        return Err(Problem::malformed("from", "must not be after `to`"));
    }
    if (to - from).num_days() >= SPAN_MAX {
        let detail = format!("at most {SPAN_MAX} days");
        return Err(Problem::malformed("to", detail).with("limit", SPAN_MAX));
    }
    let begin = |date: Option<NaiveDate>| date.map(|date| history::begin_of(date, zone));
    let first = begin(from.checked_sub_days(Days::new(AROUND)));
    let last = begin(to.checked_add_days(Days::new(AROUND + 1)));
    let (Some(first), Some(last)) = (first, last) else {
        return Err(Problem::malformed("from", "must be a day of our time"));
    };
    let mut fold = MetricsFold::new(zone, from, to);
    history::read(app, hall, (first, last), |row, event| {
        let seq = u64::try_from(row.seq).unwrap_or_default();
        fold.take(event, &row.actor, Timestamp(row.at), seq);
    })
    .await?;
    Ok(fold.metrics())
}

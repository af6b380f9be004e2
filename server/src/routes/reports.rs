//! Reports: rows, charts' numbers and files, from one place.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use hall::plan::Plan;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Problems;
use crate::app::App;
use crate::export::{self, Format};
use crate::floor::HallHandle;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query};
use crate::pages::names::Names;
use crate::reports::{self, About, Grouping, Report, book};

/// Minutes within which a visitor should be called when the plan names none. Ours.
const TARGET_MIN: u32 = 15;

/// From which day to which, both included, today when left out; and the kind of file.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    /// `json` when left out.
    #[serde(default)]
    #[param(inline)]
    format: Format,
}

/// A report by `day`, `week`, `month`, `service`, `window` or `clerk`, as JSON or as a file.
#[utoipa::path(get, path = "/halls/{hall}/reports/{name}", tag = "evidence",
    params(("hall" = String, Path), ("name" = Grouping, Path), Wanted),
    responses((status = 200, body = Report), Problems))]
pub(super) async fn show(
    State(app): State<App>,
    look: Look,
    Path((_, name)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let by = Grouping::ALL.into_iter().find(|by| by.as_str() == name);
    let by = by.ok_or_else(|| Problem::not_found("report"))?;
    let report = of(&app, &look.hall, (wanted.from, wanted.to), by).await?;
    let made_at = app.clock.now().in_zone(look.hall.durable().hall.zone());
    let made_at = made_at.naive_local();
    let file = match wanted.format {
        Format::Json => return Ok(axum::Json(report).into_response()),
        Format::Xlsx => book::book(&report, made_at),
        Format::Csv => book::sheet(&report, made_at),
        Format::Pdf => book::paper(&report, made_at),
    };
    let named = format!("{}-{name}-{}-{}", report.hall, report.from, report.to);
    let bytes = export::written(&app, file, wanted.format).await?;
    Ok(export::download(&named, wanted.format, bytes))
}

/// The report of a hall over a span.
///
/// # Errors
///
/// 400 when the span is none or too long, 503 when the database cannot be read.
pub(crate) async fn of(
    app: &App,
    hall: &HallHandle,
    span: (Option<NaiveDate>, Option<NaiveDate>),
    by: Grouping,
) -> Result<Report, Problem> {
    let durable = hall.durable();
    let today = app.clock.now().date_in(durable.hall.zone());
    let span = reports::span_of(today, span)?;
    let read = reports::read(app, hall, span).await?;
    let plan = durable.hall.plan();
    let about = About {
        hall: &durable.hall.hall_name(),
        names: &Names::of(plan),
        targets_min: plan.map_or_else(|| vec![TARGET_MIN], targets),
        span,
    };
    Ok(Report::of(about, by, &read))
}

/// The targets of the plan's services, each once.
fn targets(plan: &Plan) -> Vec<u32> {
    let services = plan.services.iter();
    let mut targets: Vec<_> = services
        .map(|service| service.target_wait_min.unwrap_or(TARGET_MIN))
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

//! Whether the server lives, whether it is ready, and what time it is.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, FixedOffset};
use hall::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problems;
use crate::app::App;
use crate::http::problem::Problem;
use crate::http::wish;

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = String)))]
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// Every hall is replayed; 503 names those that are read-only.
#[utoipa::path(get, path = "/readyz", tag = "operation",
    responses((status = 200, body = String), Problems))]
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, Problem> {
    let broken: Vec<_> = app
        .halls
        .all()
        .iter()
        .filter(|hall| hall.durable().broken.is_some())
        .map(|hall| hall.code.0.clone())
        .collect();
    if broken.is_empty() {
        return Ok("ready");
    }
    Err(Problem::try_again("some halls are read-only").with("halls", broken))
}

/// The hall's time.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockBody {
    now: DateTime<FixedOffset>,
}

/// The hall's time, and whether it is pretended.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClockView {
    now: DateTime<FixedOffset>,
    pretend: bool,
}

/// The hall's time.
#[utoipa::path(get, path = "/clock", tag = "operation", responses((status = 200, body = ClockView)))]
pub(super) async fn clock(State(app): State<App>) -> Json<ClockView> {
    Json(view(&app))
}

fn view(app: &App) -> ClockView {
    let first = app.halls.all().into_iter().next();
    let zone = first.map_or(chrono_tz::Asia::Shanghai, |hall| hall.durable().hall.zone());
    ClockView {
        now: app.clock.now().in_zone(zone),
        pretend: app.clock.is_pretend(),
    }
}

/// Moves a pretended clock forward, through every tick due on the way.
#[utoipa::path(put, path = "/clock", tag = "operation", request_body = ClockBody,
    responses((status = 200, body = ClockView), Problems))]
pub(super) async fn move_clock(
    State(app): State<App>,
    wish::Json(body): wish::Json<ClockBody>,
) -> Result<(StatusCode, Json<ClockView>), Problem> {
    if !app.clock.is_movable() {
        return Err(Problem::not_found("pretended clock"));
    }
    let to = Timestamp(body.now.timestamp_millis());
    if !app.halls.move_clock(to).await {
        let now = view(&app).now.to_rfc3339();
        return Err(Problem::malformed(
            "now",
            format!("the clock only goes forward from {now}"),
        ));
    }
    Ok((StatusCode::OK, Json(view(&app))))
}

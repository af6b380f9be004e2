//! Whether the server lives, whether it is ready, and what time it is.

use std::fmt::Write;
use std::net::SocketAddr;

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use chrono::{DateTime, FixedOffset};
use hall::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problems;
use crate::app::App;
use crate::auth::Identity;
use crate::floor::{Durable, HallHandle};
use crate::http::problem::Problem;
use crate::http::wish;

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = String)))]
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// Every hall is replayed; those that are read-only are named, and the others run.
#[utoipa::path(get, path = "/readyz", tag = "operation", responses((status = 200, body = String)))]
pub(super) async fn readyz(State(app): State<App>) -> String {
    let halls = app.halls.all().into_iter();
    let broken: Vec<_> = halls
        .filter(|hall| hall.durable().broken.is_some())
        .map(|hall| hall.code.0)
        .collect();
    if broken.is_empty() {
        return "ready".to_owned();
    }
    format!("ready, read-only: {}", broken.join(" "))
}

/// Figures for Prometheus: on this machine, or with a token.
#[utoipa::path(get, path = "/metrics", tag = "operation",
    responses((status = 200, body = String), Problems))]
pub(super) async fn metrics(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    who: Option<Identity>,
) -> Result<String, Problem> {
    if who.is_none() && !peer.ip().is_loopback() {
        return Err(Problem::who_are_you());
    }
    let seen = |hall: &HallHandle| who.as_ref().is_none_or(|who| who.may_see(&hall.code));
    let halls: Vec<_> = app.halls.all().into_iter().filter(seen).collect();
    let mut text = String::new();
    for (name, help, of) in FIGURES {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
        for hall in &halls {
            let _ = writeln!(
                text,
                "{name}{{hall=\"{}\"}} {}",
                hall.code,
                of(&hall.durable())
            );
        }
    }
    let sockets = app.stopping.receiver_count();
    let name = "tidehall_open_sockets";
    let _ = writeln!(
        text,
        "# HELP {name} Live sockets.\n# TYPE {name} gauge\n{name} {sockets}"
    );
    Ok(text)
}

/// A figure of each hall: its name, what it is, and how it is found.
type Figure = (&'static str, &'static str, fn(&Durable) -> u64);

const FIGURES: [Figure; 4] = [
    ("tidehall_journal_seq", "Last row on disk.", |d| d.seq),
    ("tidehall_open_tickets", "Numbers not yet ended.", |d| {
        d.hall.outstanding_count() as u64
    }),
    ("tidehall_plan_seq", "Row of the plan in force.", |d| {
        d.plan_seq
    }),
    (
        "tidehall_read_only",
        "1 when the journal needs care.",
        |d| u64::from(d.broken.is_some()),
    ),
];

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

//! Devices: heartbeats, and the list of a hall.

use axum::Json;
use axum::extract::State;
use hall::{DateTime, DeviceKind, HallCode, Role, Timestamp};
use link::clock;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problems;
use crate::app::App;
use crate::auth::Identity;
use crate::http::answer::{Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Json as Body, Look, Path, Query, check_some};
use crate::store::DeviceRow;

/// Characters of a state that a device says of its paper or cover. Ours.
const STATE_MAX: usize = 20;
/// How often a device says that it is awake. **Source**: DESIGN §5.
const EVERY_S: u32 = 15;

/// What a device says of itself.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Heartbeat {
    /// Its hall; needed when its token is for every hall.
    #[serde(default, skip_serializing)]
    hall: Option<HallCode>,
    /// Left out, the kind is that of the token's role.
    #[serde(default, skip_serializing)]
    kind: Option<DeviceKind>,
    /// The paper, such as `ok`, `low`, `out`.
    #[serde(default)]
    paper: Option<String>,
    /// The printer's cover, such as `closed`, `open`.
    #[serde(default)]
    cover: Option<String>,
    /// Records that the server does not have yet.
    #[serde(default)]
    unsynced: Option<u32>,
    /// How far its clock is before the server's.
    #[serde(default)]
    clock_skew_ms: Option<i64>,
}

/// The server heard it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Heard {
    /// The hall's time.
    at: DateTime,
    /// When to say it again.
    every_s: u32,
}

/// A device says that it is awake. `id` is `self`, or the id of its token.
#[utoipa::path(post, path = "/devices/{id}/heartbeats", tag = "devices",
    request_body = Heartbeat, params(("id" = String, Path)),
    responses((status = 200, body = Heard), Problems))]
pub(super) async fn heartbeat(
    State(app): State<App>,
    who: Identity,
    Path(id): Path<String>,
    Body(body): Body<Heartbeat>,
) -> Result<Json<Heard>, Problem> {
    check_some("paper", body.paper.as_ref(), STATE_MAX)?;
    check_some("cover", body.cover.as_ref(), STATE_MAX)?;
    let token = who.token.clone().filter(|own| id == "self" || id == *own);
    let token = token.ok_or_else(|| Problem::not_found("device"))?;
    let code = who.hall.clone().or_else(|| body.hall.clone());
    let code = code.ok_or_else(|| Problem::malformed("hall", "the token is for every hall"))?;
    let named = body.hall.as_ref().unwrap_or(&code);
    let hall = app.halls.get(&code).filter(|_| *named == code);
    let hall = hall.ok_or_else(|| Problem::not_found("hall"))?;
    let role_kind = if who.role == Role::Kiosk {
        DeviceKind::Kiosk
    } else {
        DeviceKind::Display
    };
    let kind = match body.kind.unwrap_or(role_kind) {
        DeviceKind::Kiosk => "kiosk",
        DeviceKind::Display => "display",
    };
    let label = Some(who.shown.clone()).filter(|shown| !shown.starts_with("token:"));
    let row = DeviceRow {
        hall: code.0,
        id: token,
        kind: kind.to_owned(),
        label,
        seen_at: clock::machine_now().0,
        said: serde_json::to_string(&body).unwrap_or_default(),
    };
    app.devices.hear(&app, row, who.actor()).await?;
    let zone = hall.durable().hall.zone();
    Ok(Json(Heard {
        at: app.clock.now().in_zone(zone),
        every_s: EVERY_S,
    }))
}

/// A device as people read it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeviceView {
    /// The id of its token.
    id: String,
    /// The name of its token.
    label: Option<String>,
    /// `kiosk` or `display`.
    kind: String,
    /// Whether it was heard of within 45 s.
    awake: bool,
    /// When it was heard of last, by the machine's clock, also under a pretend clock.
    seen_at: DateTime,
    /// Seconds since then.
    silent_s: i64,
    /// What it said.
    paper: Option<String>,
    cover: Option<String>,
    unsynced: Option<u32>,
    clock_skew_ms: Option<i64>,
}

/// Every device of the hall that was ever heard of.
#[utoipa::path(get, path = "/halls/{hall}/devices", tag = "devices",
    params(("hall" = String, Path), Paging),
    responses((status = 200, body = Page<DeviceView>), Problems))]
pub(super) async fn list(
    State(app): State<App>,
    look: Look,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<DeviceView>>, Problem> {
    let now = clock::machine_now();
    let zone = look.hall.durable().hall.zone();
    let known = app.devices.of(&look.hall.code, now).into_iter();
    let page = paging.page(known.map(|(row, awake)| (row.id.clone(), (row, awake))))?;
    Ok(Json(page.map(|(row, awake)| {
        let said: Option<Heartbeat> = serde_json::from_str(&row.said).ok();
        let said = said.as_ref();
        DeviceView {
            id: row.id,
            label: row.label,
            kind: row.kind,
            awake,
            seen_at: Timestamp(row.seen_at).in_zone(zone),
            silent_s: now.since_ms(Timestamp(row.seen_at)) / 1000,
            paper: said.and_then(|said| said.paper.clone()),
            cover: said.and_then(|said| said.cover.clone()),
            unsynced: said.and_then(|said| said.unsynced),
            clock_skew_ms: said.and_then(|said| said.clock_skew_ms),
        }
    })))
}

//! Halls, their plans, and what is seen of them.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hall::plan::Plan;
use hall::view::{Alert, Board, DayLine, Floor, Menu};
use hall::{Command, HallCode, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Problems;
use crate::app::App;
use crate::auth::Identity;
use crate::calendar;
use crate::floor::HallHandle;
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, PLAN_MAX, Query, decode, hall_code, read_json};

/// A hall in one line.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HallLine {
    code: String,
    name: String,
    level: Option<hall::plan::Level>,
    zone: String,
    day: DayLine,
    seq: u64,
}

/// Every hall that the asker may see.
#[utoipa::path(get, path = "/halls", tag = "halls", params(Paging),
    responses((status = 200, body = Page<HallLine>), Problems))]
pub(super) async fn list(
    State(app): State<App>,
    Query(paging): Query<Paging>,
    who: Identity,
) -> Result<Json<Page<HallLine>>, Problem> {
    let halls = app.halls.all().into_iter();
    let seen = halls.filter(|hall| who.may_see(&hall.code));
    let keyed = seen.map(|hall| (hall.code.0.clone(), hall));
    Ok(Json(paging.page(keyed)?.map(|hall| line(&app, &hall))))
}

/// One hall.
#[utoipa::path(get, path = "/halls/{hall}", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = HallLine), Problems))]
pub(super) async fn show(State(app): State<App>, look: Look) -> Json<HallLine> {
    Json(line(&app, &look.hall))
}

fn line(app: &App, handle: &HallHandle) -> HallLine {
    let durable = handle.durable();
    let facts = durable.hall.plan().map(|plan| &plan.hall);
    HallLine {
        code: handle.code.0.clone(),
        name: durable.hall.hall_name().name,
        level: facts.map(|hall| hall.level),
        zone: facts.map(|hall| hall.zone.clone()).unwrap_or_default(),
        day: durable.hall.day_line(app.clock.now()),
        seq: durable.seq,
    }
}

/// The plan in force.
#[utoipa::path(get, path = "/halls/{hall}/plan", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = Plan), Problems))]
pub(super) async fn plan(look: Look) -> Result<Response, Problem> {
    let durable = look.hall.durable();
    let plan = answer::found(durable.hall.plan(), "plan")?;
    let tag = format!("\"{}\"", durable.plan_seq);
    Ok(([("etag", tag)], Json(plan)).into_response())
}

/// Whether only to check.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanQuery {
    /// `1` checks and changes nothing.
    dry_run: Option<u8>,
}

/// Puts a plan into force; makes the hall when it is new.
#[utoipa::path(put, path = "/halls/{hall}/plan", tag = "halls", request_body = Plan,
    params(("hall" = String, Path), PlanQuery, ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Object), Problems))]
pub(super) async fn put_plan(
    State(app): State<App>,
    Query(query): Query<PlanQuery>,
    who: Identity,
    request: Request,
) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let code = hall_code(&mut parts, &app).await?;
    let mut value = read_json(&parts.headers, body, PLAN_MAX).await?;
    let key = crate::http::wish::read_key(&parts, &app, &code, &mut value)?;
    let plan: Plan = decode(value)?;
    if plan.hall.code != code {
        return Err(Problem::malformed(
            "hall.code",
            "must be the hall of the path",
        ));
    }
    let faults = plan.faults();
    if !faults.is_empty() {
        return Err(Refusal::PlanInvalid { faults }.into());
    }
    let command = Command::PublishPlan {
        plan: Box::new(plan),
    };
    if query.dry_run == Some(1) {
        return dry_run(&app, &code, &command, &who);
    }
    let handle = app.halls.get_or_start(&code);
    let read = if_match(&parts.headers)?;
    let is_new = handle.durable().seq == 0;
    let done = handle.ask_over(command, who.actor(), key, read).await?;
    if is_new {
        calendar::enter_all(&app, &handle).await?;
    }
    let body = serde_json::json!({ "hall": code, "seq": done.seq });
    let mut response = answer::done(StatusCode::OK, &done, &body);
    if let Ok(tag) = format!("\"{}\"", handle.durable().plan_seq).parse() {
        response.headers_mut().insert("etag", tag);
    }
    Ok(response)
}

/// Checks all that a publication would check, and changes nothing.
fn dry_run(
    app: &App,
    code: &HallCode,
    command: &Command,
    who: &Identity,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    if let Some(handle) = app.halls.get(code) {
        hall::decide(&handle.durable().hall, command, &who.actor(), now)?;
    }
    Ok(Json(serde_json::json!({ "valid": true })).into_response())
}

/// The row of the plan that was read before: a plan is not put over one that came between.
fn if_match(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(tag) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let tag = tag.to_str().unwrap_or_default();
    if tag == "*" {
        return Ok(None);
    }
    let seq = tag.trim_matches('"').parse();
    seq.map(Some)
        .map_err(|_| Problem::malformed("If-Match", "must be the ETag of the plan, such as \"7\""))
}

/// What a kiosk offers now.
#[utoipa::path(get, path = "/halls/{hall}/menu", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = Menu), Problems))]
pub(super) async fn menu(look: Look) -> Json<Menu> {
    let durable = look.hall.durable();
    let menu = durable.hall.menu(&look.hall.position(&durable));
    Json(menu.with_waits(&look.hall.foreseen()))
}

/// The whole floor, with what the duty manager should see to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FloorView {
    #[serde(flatten)]
    floor: Floor,
    /// The most urgent first.
    alerts: Vec<Alert>,
}

/// The whole floor.
#[utoipa::path(get, path = "/halls/{hall}/floor", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = FloorView), Problems))]
pub(super) async fn floor(look: Look) -> Result<Json<FloorView>, Problem> {
    let durable = look.hall.durable();
    let position = look.hall.position(&durable);
    let floor = answer::found(durable.hall.floor(&position), "plan")?;
    let floor = floor.with_waits(&look.hall.foreseen());
    let alerts = durable.hall.alerts(position.now);
    Ok(Json(FloorView { floor, alerts }))
}

/// The whole board.
#[utoipa::path(get, path = "/halls/{hall}/board", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = Board), Problems))]
pub(super) async fn board(look: Look) -> Json<Board> {
    let durable = look.hall.durable();
    let board = durable.hall.board(&look.hall.position(&durable));
    Json(board.with_waits(&look.hall.foreseen()))
}

//! Halls, their plans, and what is seen of them.

use axum::Json;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hall::plan::Plan;
use hall::view::{Board, DayLine, Floor, Menu};
use hall::{Command, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Problems;
use crate::app::App;
use crate::auth::Identity;
use crate::floor::HallHandle;
use crate::http::answer::{self, Page};
use crate::http::problem::Problem;
use crate::http::wish::{Look, PLAN_MAX, ask, decode, hall_code, read_json};

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
#[utoipa::path(get, path = "/halls", tag = "halls",
    responses((status = 200, body = Page<HallLine>), Problems))]
pub(super) async fn list(State(app): State<App>, who: Identity) -> Json<Page<HallLine>> {
    let halls = app
        .halls
        .all()
        .into_iter()
        .filter(|hall| who.may_see(&hall.code));
    let items = halls.map(|hall| line(&app, &hall)).collect();
    Json(Page { items, next: None })
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
    let value = read_json(&parts.headers, body, PLAN_MAX).await?;
    let key = crate::http::wish::read_key(&parts, &app, &code, &value)?;
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
    if query.dry_run == Some(1) {
        return Ok(Json(serde_json::json!({ "valid": true })).into_response());
    }
    let handle = app.halls.get_or_start(&code);
    let if_match = parts
        .headers
        .get("if-match")
        .and_then(|tag| tag.to_str().ok());
    refuse_lost_update(&handle, if_match)?;
    let command = Command::PublishPlan {
        plan: Box::new(plan),
    };
    let done = ask(&handle, command, who.actor(), key).await?;
    let body = serde_json::json!({ "hall": code, "seq": done.seq });
    let mut response = answer::done(StatusCode::OK, &done, &body);
    if let Ok(tag) = format!("\"{}\"", done.seq).parse() {
        response.headers_mut().insert("etag", tag);
    }
    Ok(response)
}

/// A plan that was read before another came between is not put over it.
fn refuse_lost_update(handle: &HallHandle, if_match: Option<&str>) -> Result<(), Problem> {
    let Some(tag) = if_match.filter(|tag| *tag != "*") else {
        return Ok(());
    };
    let in_force = handle.durable().plan_seq;
    if tag.trim_matches('"').parse() == Ok(in_force) {
        return Ok(());
    }
    let text = hall::text::Text::new(
        "方案已被他人更新,请重新读取后再改",
        "the plan was changed meanwhile, please read it again",
    );
    Err(Problem::conflict("plan_changed", "another plan came between", text).with("seq", in_force))
}

/// What a kiosk offers now.
#[utoipa::path(get, path = "/halls/{hall}/menu", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = Menu), Problems))]
pub(super) async fn menu(look: Look) -> Json<Menu> {
    let durable = look.hall.durable();
    Json(durable.hall.menu(&look.hall.position(&durable)))
}

/// The whole floor.
#[utoipa::path(get, path = "/halls/{hall}/floor", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = Floor), Problems))]
pub(super) async fn floor(look: Look) -> Result<Json<Floor>, Problem> {
    let durable = look.hall.durable();
    answer::found(durable.hall.floor(&look.hall.position(&durable)), "plan").map(Json)
}

/// The whole board.
#[utoipa::path(get, path = "/halls/{hall}/board", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = Board), Problems))]
pub(super) async fn board(look: Look) -> Json<Board> {
    let durable = look.hall.durable();
    Json(durable.hall.board(&look.hall.position(&durable)))
}

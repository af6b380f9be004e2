//! AB角: who is on which post, taking over, declining, handing back.

use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use hall::view::{Coverage, WindowView};
use hall::{ClerkCode, Command, WindowCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Problems;
use super::tickets::REASON_MAX;
use crate::http::answer;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Wish, check_text};

/// Who is on which post, who can cover, and where nobody is.
#[utoipa::path(get, path = "/halls/{hall}/coverage", tag = "floor",
    params(("hall" = String, Path)),
    responses((status = 200, body = Coverage), Problems))]
pub(super) async fn coverage(look: Look) -> Json<Coverage> {
    let durable = look.hall.durable();
    Json(durable.hall.coverage(&look.hall.position(&durable)))
}

/// Who covers which window.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CoverBody {
    window: WindowCode,
    clerk: ClerkCode,
}

/// Accepts a cover, or assigns one.
#[utoipa::path(post, path = "/halls/{hall}/covers", tag = "floor", request_body = CoverBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = WindowView), Problems))]
pub(super) async fn cover(wish: Wish<CoverBody>) -> Result<Response, Problem> {
    let window = wish.body.window.clone();
    let command = Command::Cover {
        window: window.clone(),
        clerk: wish.body.clerk.clone(),
    };
    let done = wish.ask(command).await?;
    answer::window(&wish.hall, StatusCode::CREATED, &done, &window)
}

/// Who cannot cover, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclineBody {
    clerk: ClerkCode,
    reason: String,
}

/// Declines a cover; the next colleague is asked.
#[utoipa::path(post, path = "/halls/{hall}/covers/{window}/declines", tag = "floor",
    request_body = DeclineBody,
    params(("hall" = String, Path), ("window" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = WindowView), Problems))]
pub(super) async fn decline(
    Path((_, window)): Path<(String, WindowCode)>,
    wish: Wish<DeclineBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let command = Command::DeclineCover {
        window: window.clone(),
        clerk: wish.body.clerk.clone(),
        reason: wish.body.reason.clone(),
    };
    let done = wish.ask(command).await?;
    answer::window(&wish.hall, StatusCode::CREATED, &done, &window)
}

/// What is left over for who comes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandBackBody {
    note: String,
}

/// Hands the post back.
#[utoipa::path(delete, path = "/halls/{hall}/covers/{window}", tag = "floor",
    request_body = HandBackBody,
    params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn hand_back(
    Path((_, window)): Path<(String, WindowCode)>,
    wish: Wish<HandBackBody>,
) -> Result<Response, Problem> {
    check_text("note", &wish.body.note, REASON_MAX)?;
    let command = Command::HandBack {
        window: window.clone(),
        note: wish.body.note.clone(),
    };
    let done = wish.ask(command).await?;
    answer::window(&wish.hall, StatusCode::OK, &done, &window)
}

//! 潮汐窗口: answers to the tide's proposals, and windows that it must leave alone.

use axum::http::{Method, StatusCode};
use axum::response::Response;
use hall::WindowCode;
use hall::records::TideWish;
use hall::view::{ProposalView, WindowView};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::record_id;
use crate::app::App;
use crate::http::access::{Access, MANAGER, Rule};
use crate::http::answer;
use crate::http::problem::Problem;
use crate::http::wish::{Path, Wish, check_text};
use crate::routes::Problems;
use crate::routes::tickets::{Nothing, REASON_MAX};

pub(super) const RULES: &[Rule] = &[
    (
        Method::POST,
        "/api/v1/halls/{hall}/tide/proposals/{id}/acceptances",
        Access::Roles(MANAGER),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tide/proposals/{id}/dismissals",
        Access::Roles(MANAGER),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/windows/{window}/tide/lock",
        Access::Roles(MANAGER),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/windows/{window}/tide/lock",
        Access::Roles(MANAGER),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(accept))
        .routes(routes!(dismiss))
        .routes(routes!(lock, unlock))
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReasonBody {
    /// 1 to 200 characters.
    reason: String,
}

/// Accepts a proposal: its window is turned at once, after the visitor who is there.
#[utoipa::path(post, path = "/halls/{hall}/tide/proposals/{id}/acceptances", tag = "floor",
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = ProposalView), Problems))]
async fn accept(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let id = record_id(&id)?;
    answered(&wish, TideWish::Accept { id }).await
}

/// Dismisses a proposal, with a reason.
#[utoipa::path(post, path = "/halls/{hall}/tide/proposals/{id}/dismissals", tag = "floor",
    request_body = ReasonBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = ProposalView), Problems))]
async fn dismiss(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<ReasonBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let reason = wish.body.reason.clone();
    let id = record_id(&id)?;
    answered(&wish, TideWish::Dismiss { id, reason }).await
}

async fn answered<T>(wish: &Wish<T>, asked: TideWish) -> Result<Response, Problem> {
    let done = wish.write(asked).await?;
    let durable = wish.hall.durable();
    let mut proposals = durable.hall.proposals().into_iter();
    let view = proposals.find(|one| Some(one.id) == done.record);
    let view = view.ok_or_else(|| Problem::not_found("proposal"))?;
    Ok(answer::done(StatusCode::CREATED, &done, &view))
}

/// The tide leaves the window alone until it is unlocked.
#[utoipa::path(put, path = "/halls/{hall}/windows/{window}/tide/lock", tag = "floor",
    request_body = ReasonBody,
    params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
async fn lock(
    Path((_, window)): Path<(String, WindowCode)>,
    wish: Wish<ReasonBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let asked = TideWish::Lock {
        id: wish.new_id(),
        window: window.clone(),
        reason: wish.body.reason.clone(),
    };
    let done = wish.write(asked).await?;
    answer::window(&wish.hall, StatusCode::OK, &done, &window)
}

/// The tide may move the window again.
#[utoipa::path(delete, path = "/halls/{hall}/windows/{window}/tide/lock", tag = "floor",
    params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
async fn unlock(
    Path((_, window)): Path<(String, WindowCode)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let asked = TideWish::Unlock {
        id: wish.new_id(),
        window: window.clone(),
    };
    let done = wish.write(asked).await?;
    answer::window(&wish.hall, StatusCode::OK, &done, &window)
}

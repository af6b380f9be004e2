//! 告知承诺 (第十八条): offered with its text, chosen or declined, decided on the spot.

use axum::Json;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use hall::records::{Decision, OfferWish, Promise, PromiseWish};
use hall::{RecordId, ServiceCode, TicketId, WindowCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Nothing, Written, record_id};
use crate::app::App;
use crate::http::access::{Access, FLOOR, Rule, WINDOW};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish};
use crate::routes::Problems;

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/promises",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/promises",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/promises/{id}/answers",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/promises/{id}/decisions",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/promises/{id}/withdrawals",
        Access::Roles(WINDOW),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(answer))
        .routes(routes!(decide))
        .routes(routes!(withdraw))
}

/// An offer of 告知承诺.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OfferBody {
    #[serde(default)]
    ticket: Option<TicketId>,
    #[serde(default)]
    window: Option<WindowCode>,
    service: ServiceCode,
    /// Whether the applicant was given the text; refused without.
    #[serde(default)]
    text_given: bool,
}

/// Notes that the applicant was told of the choice and given its text.
#[utoipa::path(post, path = "/halls/{hall}/promises", tag = "registers",
    request_body = OfferBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn create(wish: Wish<OfferBody>) -> Result<Response, Problem> {
    let offer = OfferWish {
        id: wish.new_id(),
        ticket: wish.body.ticket,
        window: wish.body.window.clone(),
        service: wish.body.service.clone(),
        text_given: wish.body.text_given,
    };
    write(&wish, PromiseWish::Offer(offer)).await
}

/// What the applicant answers.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Choice {
    /// 选择告知承诺.
    Chosen,
    /// 不选择.
    Declined,
}

/// The applicant's answer; there is no default.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    answer: Choice,
    /// Whether the promise is written and signed; a choice needs it.
    #[serde(default)]
    in_writing: bool,
}

/// Notes what the applicant answered.
#[utoipa::path(post, path = "/halls/{hall}/promises/{id}/answers", tag = "registers",
    request_body = AnswerBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn answer(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<AnswerBody>,
) -> Result<Response, Problem> {
    let id = record_id(&id)?;
    let in_writing = wish.body.in_writing;
    let answered = match wish.body.answer {
        Choice::Chosen => PromiseWish::Choose { id, in_writing },
        Choice::Declined => PromiseWish::Decline { id },
    };
    write(&wish, answered).await
}

/// The decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecisionBody {
    decision: Decision,
}

/// Notes the decision; late when the visit is over.
#[utoipa::path(post, path = "/halls/{hall}/promises/{id}/decisions", tag = "registers",
    request_body = DecisionBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn decide(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<DecisionBody>,
) -> Result<Response, Problem> {
    let id = record_id(&id)?;
    let decision = wish.body.decision;
    write(&wish, PromiseWish::Decide { id, decision }).await
}

/// Notes that the applicant withdrew; refused once decided.
#[utoipa::path(post, path = "/halls/{hall}/promises/{id}/withdrawals", tag = "registers",
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn withdraw(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let id = record_id(&id)?;
    write(&wish, PromiseWish::Withdraw { id }).await
}

async fn write<T>(wish: &Wish<T>, asked: PromiseWish) -> Result<Response, Problem> {
    let done = wish.write(asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// An offer as people read it.
#[derive(Debug, Serialize, ToSchema)]
struct PromiseView {
    #[serde(flatten)]
    promise: Promise,
    /// Whether an answer or a decision is outstanding.
    open: bool,
}

/// Which offers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Filter {
    /// Only those that are open, or only those that are not.
    open: Option<bool>,
    /// The visit.
    ticket: Option<TicketId>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Offers that are open and those of the last 40 days, oldest first.
#[utoipa::path(get, path = "/halls/{hall}/promises", tag = "registers",
    params(("hall" = String, Path), Filter),
    responses((status = 200, body = Page<PromiseView>), Problems))]
async fn list(
    look: Look,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<PromiseView>>, Problem> {
    let durable = look.hall.durable();
    let promises = durable.hall.records().promises.all();
    let wanted = promises.filter(|promise| {
        filter.open.is_none_or(|open| promise.is_open() == open)
            && filter
                .ticket
                .is_none_or(|ticket| promise.ticket == Some(ticket))
    });
    let keyed = wanted.map(|promise| (key(promise.id), promise));
    let page = Paging::new(filter.limit, filter.cursor.clone()).page(keyed)?;
    Ok(Json(page.map(|promise| PromiseView {
        open: promise.is_open(),
        promise: promise.clone(),
    })))
}

fn key(id: RecordId) -> String {
    id.to_string()
}

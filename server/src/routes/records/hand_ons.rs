//! 首问负责 (第十三条, 第七条(七)): who owns an inquiry, and to whom it was handed on.

use axum::Json;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use hall::records::{HandOnWish, Inquiry, InquiryEnd};
use hall::{ClerkCode, TicketId, WindowCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Nothing, Written, check_lasting, record_id};
use crate::app::App;
use crate::http::access::{Access, FLOOR, HELPERS, Rule};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish};
use crate::routes::Problems;

/// Characters of a subject or a reason. **Source**: ours; a sentence or two.
pub(crate) const SUBJECT_MAX: usize = 100;

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/inquiries",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/inquiries",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/inquiries/{id}/hand-ons",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/inquiries/{id}/acceptances",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/inquiries/{id}/answers",
        Access::Roles(HELPERS),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(hand_on))
        .routes(routes!(accept))
        .routes(routes!(close))
}

/// An inquiry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InquiryBody {
    /// What was asked, 1 to 100 characters; no names, no numbers of people.
    subject: String,
    /// Who was asked first; the asker, or who sits at the window, when left out.
    #[serde(default)]
    clerk: Option<ClerkCode>,
    #[serde(default)]
    window: Option<WindowCode>,
    #[serde(default)]
    ticket: Option<TicketId>,
}

/// Writes an inquiry down; the first asked owns it.
#[utoipa::path(post, path = "/halls/{hall}/inquiries", tag = "registers",
    request_body = InquiryBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn create(wish: Wish<InquiryBody>) -> Result<Response, Problem> {
    check_lasting("subject", &wish.body.subject, SUBJECT_MAX)?;
    let open = HandOnWish::Open {
        id: wish.new_id(),
        ticket: wish.body.ticket,
        window: wish.body.window.clone(),
        clerk: wish.body.clerk.clone(),
        subject: wish.body.subject.clone(),
    };
    write(&wish, open).await
}

/// To whom, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandOnBody {
    to: ClerkCode,
    /// 1 to 100 characters.
    reason: String,
}

/// Hands an inquiry on to a named clerk; the owner stays responsible until it is accepted.
#[utoipa::path(post, path = "/halls/{hall}/inquiries/{id}/hand-ons", tag = "registers",
    request_body = HandOnBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn hand_on(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<HandOnBody>,
) -> Result<Response, Problem> {
    check_lasting("reason", &wish.body.reason, SUBJECT_MAX)?;
    let hand_on = HandOnWish::HandOn {
        id: record_id(&id)?,
        to: wish.body.to.clone(),
        reason: wish.body.reason.clone(),
    };
    write(&wish, hand_on).await
}

/// The named clerk takes the inquiry over.
#[utoipa::path(post, path = "/halls/{hall}/inquiries/{id}/acceptances", tag = "registers",
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn accept(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let id = record_id(&id)?;
    write(&wish, HandOnWish::Accept { id }).await
}

/// How it ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndBody {
    end: InquiryEnd,
}

/// The owner closes the inquiry.
#[utoipa::path(post, path = "/halls/{hall}/inquiries/{id}/answers", tag = "registers",
    request_body = EndBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn close(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<EndBody>,
) -> Result<Response, Problem> {
    let (id, end) = (record_id(&id)?, wish.body.end);
    write(&wish, HandOnWish::Close { id, end }).await
}

async fn write<T>(wish: &Wish<T>, asked: HandOnWish) -> Result<Response, Problem> {
    let done = wish.write(asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// An inquiry as people read it.
#[derive(Debug, Serialize, ToSchema)]
struct InquiryView {
    #[serde(flatten)]
    inquiry: Inquiry,
    /// The clerk who was named and has not taken it yet.
    offered_to: Option<ClerkCode>,
}

/// Which inquiries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Filter {
    /// Only those that wait for this clerk.
    clerk: Option<ClerkCode>,
    /// Only those that are open, or only those that are not.
    open: Option<bool>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Inquiries that are open and those of the last 40 days, oldest first.
#[utoipa::path(get, path = "/halls/{hall}/inquiries", tag = "registers",
    params(("hall" = String, Path), Filter),
    responses((status = 200, body = Page<InquiryView>), Problems))]
async fn list(
    look: Look,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<InquiryView>>, Problem> {
    let durable = look.hall.durable();
    let inquiries = durable.hall.records().hand_ons.all();
    let wanted = inquiries.filter(|one| {
        filter.open.is_none_or(|open| one.end.is_none() == open)
            && filter
                .clerk
                .as_ref()
                .is_none_or(|clerk| one.waits_for(clerk))
    });
    let keyed = wanted.map(|one| (one.id.to_string(), one));
    let page = Paging::new(filter.limit, filter.cursor.clone()).page(keyed)?;
    Ok(Json(page.map(|one| InquiryView {
        offered_to: one.offered_to().cloned(),
        inquiry: one.clone(),
    })))
}

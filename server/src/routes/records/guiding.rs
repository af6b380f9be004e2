//! 引导分流: visitors who were shown to self-service, to the online way, or answered on the spot.

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use hall::ServiceCode;
use hall::records::{GuidedTo, GuidingWish};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Written;
use crate::app::App;
use crate::http::access::{Access, FLOOR, HELPERS, Rule};
use crate::http::answer;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Query, Wish};
use crate::routes::Problems;

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/guidings",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/guidings",
        Access::Roles(HELPERS),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show, create))
}

/// Where a visitor was shown to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GuidingBody {
    to: GuidedTo,
    /// For which service, when it was said.
    #[serde(default)]
    service: Option<ServiceCode>,
}

/// Counts of one day.
#[derive(Debug, Serialize, ToSchema)]
struct GuidingCounts {
    day: NaiveDate,
    /// To self-service machines.
    self_service: u32,
    /// To the online way.
    online: u32,
    /// Answered on the spot.
    answered: u32,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct OnDay {
    /// The day; today when left out. Counts are kept at hand for 40 days.
    date: Option<NaiveDate>,
}

/// Writes down that a visitor was shown the way.
#[utoipa::path(post, path = "/halls/{hall}/guidings", tag = "registers",
    request_body = GuidingBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn create(wish: Wish<GuidingBody>) -> Result<Response, Problem> {
    let asked = GuidingWish {
        id: wish.new_id(),
        to: wish.body.to,
        service: wish.body.service.clone(),
    };
    let done = wish.write(asked).await?;
    Ok(answer::done(
        StatusCode::CREATED,
        &done,
        &Written::of(&done)?,
    ))
}

/// How many visitors were shown which way on a day.
#[utoipa::path(get, path = "/halls/{hall}/guidings", tag = "registers",
    params(("hall" = String, Path), OnDay),
    responses((status = 200, body = GuidingCounts), Problems))]
async fn show(
    State(app): State<App>,
    look: Look,
    Query(query): Query<OnDay>,
) -> Json<GuidingCounts> {
    let durable = look.hall.durable();
    let hall = &durable.hall;
    let day = query
        .date
        .unwrap_or_else(|| app.clock.now().date_in(hall.zone()));
    let count = |to| hall.records().guidings.count(day, to);
    Json(GuidingCounts {
        day,
        self_service: count(GuidedTo::SelfService),
        online: count(GuidedTo::Online),
        answered: count(GuidedTo::Answered),
    })
}

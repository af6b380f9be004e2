//! The API's routes: one file a noun, each handler thin. **Source**: API.md.

#![expect(
    unused_qualifications,
    reason = "the derived descriptions qualify their own names"
)]

mod calendar;
mod corrections;
mod cover;
mod day;
mod devices;
pub(crate) mod evidence;
mod halls;
mod health;
mod journal;
mod live;
pub(crate) mod metrics;
mod people;
pub(crate) mod public;
pub(crate) mod records;
mod session;
mod tickets;
mod tide;
mod tokens;
mod windows;

use axum::http::Method;
use utoipa::openapi::PathItem;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoResponses, Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::access::{self, Access};
use crate::http::problem::Problem;

/// Problems that every route may answer with.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum Problems {
    /// The request itself is wrong.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(#[to_schema] Problem),
    /// Nobody known asks.
    #[response(status = 401, content_type = "application/problem+json")]
    WhoAreYou(#[to_schema] Problem),
    /// The role may not.
    #[response(status = 403, content_type = "application/problem+json")]
    NotYourRole(#[to_schema] Problem),
    /// There is no such thing.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] Problem),
    /// A rule said no; the code says which.
    #[response(status = 409, content_type = "application/problem+json")]
    Refused(#[to_schema] Problem),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] Problem),
    /// The body is not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(#[to_schema] Problem),
    /// The key belongs to another request, or the plan has faults.
    #[response(status = 422, content_type = "application/problem+json")]
    KeyReused(#[to_schema] Problem),
    /// More requests than allowed.
    #[response(status = 429, content_type = "application/problem+json")]
    SlowDown(#[to_schema] Problem),
    /// Not now.
    #[response(status = 503, content_type = "application/problem+json")]
    TryAgain(#[to_schema] Problem),
}

/// The description that the routes add themselves to.
#[derive(OpenApi)]
#[openapi(
    info(title = "Tidehall 潮汐大厅", license(name = "Apache-2.0", identifier = "Apache-2.0")),
    modifiers(&Schemes),
    security(("bearer" = []), ("session" = []))
)]
struct Description;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let parts = api.components.get_or_insert_with(Default::default);
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        parts.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new("__Host-tidehall"));
        parts.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    }
}

/// Every route of the API, with its description.
pub(crate) fn router() -> OpenApiRouter<App> {
    let api = OpenApiRouter::new()
        .merge(hall_routes())
        .merge(ticket_routes())
        .merge(window_routes())
        .merge(floor_routes())
        .merge(people_routes())
        .merge(records::routes());
    OpenApiRouter::with_openapi(Description::openapi())
        .nest("/api/v1", api)
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
}

/// Says in the description which routes need no credential.
pub(crate) fn open_to_all(path: &str, item: &mut PathItem) {
    for (method, operation) in [
        (Method::GET, &mut item.get),
        (Method::PUT, &mut item.put),
        (Method::POST, &mut item.post),
        (Method::DELETE, &mut item.delete),
    ] {
        if access::of(&method, path) == Some(Access::Public)
            && let Some(operation) = operation
        {
            operation.security = Some(Vec::new());
        }
    }
}

fn hall_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(halls::list))
        .routes(routes!(halls::show))
        .routes(routes!(halls::plan, halls::put_plan))
        .routes(routes!(halls::menu))
        .routes(routes!(halls::floor))
        .routes(routes!(halls::board))
        .routes(routes!(live::live))
        .routes(routes!(journal::stream))
        .routes(routes!(day::show))
        .routes(routes!(day::settle))
        .routes(routes!(day::open))
        .routes(routes!(health::clock, health::move_clock))
}

fn ticket_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(tickets::list, tickets::issue))
        .routes(routes!(tickets::show))
        .routes(routes!(tickets::slip))
        .routes(routes!(tickets::print))
        .routes(routes!(tickets::reprint))
        .routes(routes!(tickets::transfer))
        .routes(routes!(tickets::reinstate))
        .routes(routes!(tickets::cancel))
        .routes(routes!(tickets::add_matter))
        .routes(routes!(tickets::carry_over))
        .routes(routes!(corrections::create))
        .routes(routes!(tickets::delay))
        .routes(routes!(tickets::park, tickets::unpark))
        .routes(routes!(public::show))
        .routes(routes!(public::cancel))
        .routes(routes!(public::delay))
}

fn window_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(windows::list))
        .routes(routes!(windows::show))
        .routes(routes!(windows::next))
        .routes(routes!(windows::sign_in, windows::sign_off))
        .routes(routes!(windows::ready))
        .routes(routes!(windows::pause, windows::resume))
        .routes(routes!(windows::call))
        .routes(routes!(windows::recall))
        .routes(routes!(windows::arrive))
        .routes(routes!(windows::no_show))
        .routes(routes!(windows::undo_no_show))
        .routes(routes!(windows::finish))
        .routes(routes!(windows::undo_finish))
        .routes(routes!(windows::put_back))
}

fn floor_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(cover::coverage))
        .routes(routes!(cover::cover))
        .routes(routes!(cover::decline))
        .routes(routes!(cover::hand_back))
        .routes(routes!(tide::show))
        .routes(routes!(tide::lend, tide::take_back))
        .routes(routes!(metrics::show))
        .routes(routes!(evidence::show))
        .routes(routes!(devices::heartbeat))
        .routes(routes!(devices::list))
        .routes(routes!(calendar::show, calendar::put))
}

fn people_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session::show, session::create, session::delete))
        .routes(routes!(people::list, people::create))
        .routes(routes!(people::disable))
        .routes(routes!(people::set_password))
        .routes(routes!(people::one_time_code))
        .routes(routes!(tokens::list, tokens::create))
        .routes(routes!(tokens::revoke))
}

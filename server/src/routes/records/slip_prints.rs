//! Slips on a kiosk's receipt printer: a person asks, the kiosk fetches, begins once, reports.

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use hall::records::slips::{AskPrintWish, ReportPrintWish, Slip, SlipWish};
use hall::view::NoticePaper;
use hall::{PrintOutcome, RecordId, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::record_id;
use super::slips::{SlipAfter, after, find, id_of};
use crate::app::App;
use crate::http::access::{Access, FLOOR, HELPERS, Rule};
use crate::http::answer::found;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Wish, check_text};
use crate::routes::Problems;

/// Characters of a device's id. Ours: a token's id has 36.
const DEVICE_MAX: usize = 64;
const KIOSK: &[Role] = &[Role::Kiosk];

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/slips/{id}/receipt",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/slips/{id}/prints",
        Access::Roles(HELPERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/slip-prints",
        Access::Roles(KIOSK),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/slip-prints/{id}",
        Access::Roles(KIOSK),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(receipt))
        .routes(routes!(ask))
        .routes(routes!(list))
        .routes(routes!(report))
}

/// What a receipt printer prints of a slip.
#[utoipa::path(get, path = "/halls/{hall}/slips/{id}/receipt", tag = "registers",
    params(("hall" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = NoticePaper), Problems))]
async fn receipt(
    State(app): State<App>,
    look: Look,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<NoticePaper>, Problem> {
    let durable = look.hall.durable();
    let slip = find(&durable.hall, &id)?;
    let view = durable.hall.slip_view(slip, app.clock.now());
    found(durable.hall.notice(&view), "plan").map(Json)
}

/// Which kiosk.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintBody {
    /// The device's id, from the list of devices.
    device: String,
}

/// Sends a slip to a kiosk's printer.
#[utoipa::path(post, path = "/halls/{hall}/slips/{id}/prints", tag = "registers",
    request_body = PrintBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = SlipAfter), Problems))]
async fn ask(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<PrintBody>,
) -> Result<Response, Problem> {
    check_text("device", &wish.body.device, DEVICE_MAX)?;
    let id = id_of(&wish, &id)?;
    let device = wish.body.device.clone();
    let asked = SlipWish::AskPrint(AskPrintWish { id, device });
    let done = wish.write(asked).await?;
    after(&wish, &done, (StatusCode::CREATED, id))
}

/// A copy that waits for the kiosk.
#[derive(Debug, Serialize, ToSchema)]
struct SlipPrintJob {
    /// The slip.
    slip: RecordId,
    /// Which time it was asked for; the report names it.
    n: u32,
    /// What is printed.
    paper: NoticePaper,
}

/// Copies that wait.
#[derive(Debug, Serialize, ToSchema)]
struct SlipPrintJobs {
    /// Oldest first.
    items: Vec<SlipPrintJob>,
}

/// Copies that wait for the asking kiosk.
#[utoipa::path(get, path = "/halls/{hall}/slip-prints", tag = "registers",
    params(("hall" = String, Path)),
    responses((status = 200, body = SlipPrintJobs), Problems))]
async fn list(State(app): State<App>, look: Look) -> Json<SlipPrintJobs> {
    let durable = look.hall.durable();
    let (hall, now) = (&durable.hall, app.clock.now());
    let own = |slip: &&Slip| {
        let print = slip.print.as_ref();
        print.is_some_and(|print| {
            print.outcome.is_none() && Some(&print.device) == look.who.token.as_ref()
        })
    };
    let views = hall.records().slips.all().filter(own);
    let views = views.map(|slip| hall.slip_view(slip, now));
    let jobs = views.filter_map(|view| {
        let print = view.print.as_ref().filter(|print| print.fresh)?;
        Some(SlipPrintJob {
            slip: view.id,
            n: print.n,
            paper: hall.notice(&view)?,
        })
    });
    Json(SlipPrintJobs {
        items: jobs.collect(),
    })
}

/// What became of a copy.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportBody {
    n: u32,
    outcome: PrintOutcome,
}

/// A kiosk begins a copy, or says what became of it. Begun is begun once: no paper comes twice.
#[utoipa::path(put, path = "/halls/{hall}/slip-prints/{id}", tag = "registers",
    request_body = ReportBody,
    params(("hall" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = SlipAfter), Problems))]
async fn report(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<ReportBody>,
) -> Result<Response, Problem> {
    let id = record_id(&id)?;
    let device = wish.who.token.clone();
    let reported = SlipWish::ReportPrint(ReportPrintWish {
        id,
        device: device.ok_or_else(|| Problem::not_found("device"))?,
        n: wish.body.n,
        outcome: wish.body.outcome,
    });
    let done = wish.write(reported).await?;
    after(&wish, &done, (StatusCode::OK, id))
}

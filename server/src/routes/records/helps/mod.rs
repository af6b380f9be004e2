//! 帮办代办: asking, answering, completing, handing on to another hall, and helper's duty.

mod counts;
mod view;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use hall::records::{AskHelp, CompleteHelp, HelpFile, HelpFrom, HelpKind, HelpResult, HelpWish};
use hall::text::Text;
use hall::{Hall, HallCode, RecordId, Role, ServiceCode};
use link::random;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::span::Span;
use super::texts::Texts;
use super::visitor::{self, Visit};
use super::{Written, record_id};
use crate::app::App;
use crate::auth::Identity;
use crate::http::access::{Access, FIGURES, FLOOR, HELPERS, Rule};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some};
use crate::referrals;
use crate::routes::{Problems, public};

pub(crate) use counts::{HelpCounts, count};
pub(crate) use view::HelpView;

/// Characters of what it is about. Ours: two lines.
const TEXT_MAX: usize = 200;
/// Characters of a place, an address or a contact. Ours.
const PLACE_MAX: usize = 80;

const ASKERS: &[Role] = &[Role::Manager, Role::Clerk, Role::Concierge, Role::Kiosk];

pub(super) const RULES: &[Rule] = &[
    (
        Method::POST,
        "/api/v1/public/tickets/{token}/help-requests",
        Access::Public,
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/help-requests",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/help-requests",
        Access::Roles(ASKERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/help-requests/counts",
        Access::Roles(FIGURES),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/help-requests/{help}/answers",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/help-requests/{help}/completions",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/help-requests/{help}/referrals",
        Access::Roles(HELPERS),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/helper-duty",
        Access::Roles(HELPERS),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/helper-duty",
        Access::Roles(HELPERS),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(ask_by_phone))
        .routes(routes!(list, create))
        .routes(routes!(counts))
        .routes(routes!(answer))
        .routes(routes!(complete))
        .routes(routes!(refer))
        .routes(routes!(come, leave))
}

/// A request for help.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HelpBody {
    /// What kind, when it is known.
    #[serde(default)]
    kind: Option<HelpKind>,
    /// Where in the hall, such as a kiosk's place.
    #[serde(default)]
    place: Option<String>,
    /// Asked by a village for its people; a kiosk and other staff leave it out.
    #[serde(default)]
    village: bool,
    /// For which service.
    #[serde(default)]
    service: Option<ServiceCode>,
    /// What it is about; kept outside the journal.
    #[serde(default)]
    text: Option<String>,
    /// Where to go, for a home visit, which is free; kept outside the journal.
    #[serde(default)]
    address: Option<String>,
    /// How to reach the person; kept outside the journal, purged at the end.
    #[serde(default)]
    contact: Option<String>,
}

impl HelpBody {
    fn check(&self) -> Result<(), Problem> {
        check_some("place", self.place.as_ref(), PLACE_MAX)?;
        check_some("text", self.text.as_ref(), TEXT_MAX)?;
        check_some("address", self.address.as_ref(), PLACE_MAX)?;
        check_some("contact", self.contact.as_ref(), PLACE_MAX)
    }
}

/// Asks for help, from a kiosk, for a village, or for somebody in the hall.
#[utoipa::path(post, path = "/halls/{hall}/help-requests", tag = "registers",
    request_body = HelpBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn create(wish: Wish<HelpBody>) -> Result<Response, Problem> {
    let body = &wish.body;
    body.check()?;
    let from = match (wish.who.role, body.village) {
        (Role::Kiosk, _) => HelpFrom::Kiosk,
        (_, true) => HelpFrom::Village,
        (_, false) => HelpFrom::Staff,
    };
    let place = body
        .place
        .clone()
        .or_else(|| (from == HelpFrom::Kiosk).then(|| kiosk_name(&wish.who)));
    let mut texts = Texts::new(&wish.app, &wish.hall);
    let asked = HelpWish::Ask(AskHelp {
        id: wish.new_id(),
        kind: body.kind,
        from,
        place,
        ticket: None,
        service: body.service.clone(),
        text: texts.said(body.text.as_ref()).await?,
        address: texts.contact(body.address.as_ref()).await?,
        contact: texts.contact(body.contact.as_ref()).await?,
        referred: None,
    });
    let done = texts.write(&wish, asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// A kiosk that does not say where it stands is known by the name of its token, or the end of its id.
fn kiosk_name(who: &Identity) -> String {
    let unnamed = who.shown.strip_prefix("token:");
    let end = unnamed.map(|id| id.get(id.len().saturating_sub(4)..).unwrap_or_default());
    end.map_or_else(|| who.shown.clone(), |end| format!("取号机(设备尾号{end})"))
}

/// What a visitor asks for on the ticket's page.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhoneBody {
    /// What kind, when it is known.
    #[serde(default)]
    kind: Option<HelpKind>,
}

/// The visitor asks for a helper; one request of a number waits at a time.
#[utoipa::path(post, path = "/public/tickets/{token}/help-requests", tag = "public",
    request_body = PhoneBody,
    params(("token" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn ask_by_phone(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (hall, ticket) = public::find(&app, &token)?;
    let visit = Visit::<PhoneBody>::read(&app, &hall, request).await?;
    if visit.body.kind == Some(HelpKind::HomeVisit) {
        let detail = "a home visit is asked for at the desk or in the village";
        return Err(Problem::malformed("kind", detail));
    }
    let asked = HelpWish::Ask(AskHelp {
        id: RecordId(random::id(app.clock.now())),
        kind: visit.body.kind,
        from: HelpFrom::Phone,
        place: None,
        ticket: Some(ticket),
        service: None,
        text: None,
        address: None,
        contact: None,
        referred: None,
    });
    let texts = Texts::new(&app, &hall);
    let done = texts.write_as(asked, visitor::holder(ticket), visit.key);
    let done = done.await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// Nothing more is said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// A helper goes there; how long it was waited for is written down.
#[utoipa::path(post, path = "/halls/{hall}/help-requests/{help}/answers", tag = "registers",
    request_body = Nothing,
    params(("hall" = String, Path), ("help" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn answer(
    Path((_, help)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let id = record_id(&help)?;
    let done = wish.write(HelpWish::Answer { id }).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// How the help ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CompletionBody {
    result: HelpResult,
    /// What kind it was; needed when the request did not say.
    #[serde(default)]
    kind: Option<HelpKind>,
    /// Up to 200 characters; kept outside the journal.
    #[serde(default)]
    text: Option<String>,
    /// When somebody went there: home visits only.
    #[serde(default)]
    visited: Option<NaiveDate>,
}

/// The help is given; address and contact are purged.
#[utoipa::path(post, path = "/halls/{hall}/help-requests/{help}/completions", tag = "registers",
    request_body = CompletionBody,
    params(("hall" = String, Path), ("help" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn complete(
    Path((_, help)): Path<(String, String)>,
    wish: Wish<CompletionBody>,
) -> Result<Response, Problem> {
    let body = &wish.body;
    check_some("text", body.text.as_ref(), TEXT_MAX)?;
    let id = record_id(&help)?;
    let mut texts = Texts::new(&wish.app, &wish.hall);
    let asked = HelpWish::Complete(CompleteHelp {
        id,
        kind: body.kind,
        result: body.result,
        text: texts.said(body.text.as_ref()).await?,
        visited: body.visited,
    });
    let done = texts.write(&wish, asked).await?;
    let durable = wish.hall.durable();
    if let Some(file) = durable.hall.records().helps.get(id) {
        for reference in [&file.asked.address, &file.asked.contact]
            .into_iter()
            .flatten()
        {
            wish.app.personal.shred(reference).await;
        }
    }
    if let Some((from, _)) = referred_from(&durable.hall, id)
        && let Some(sender) = wish.app.halls.get(&from)
    {
        referrals::deliver(&wish.app, &sender).await;
    }
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

fn referred_from(hall: &Hall, id: RecordId) -> Option<(HallCode, hall::plan::Level)> {
    let file = hall.records().helps.get(id)?;
    file.asked.referred.clone()
}

/// To which hall.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReferralBody {
    to: HallCode,
}

/// Hands the request on to another hall of this server, down or up.
#[utoipa::path(post, path = "/halls/{hall}/help-requests/{help}/referrals", tag = "registers",
    request_body = ReferralBody,
    params(("hall" = String, Path), ("help" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn refer(
    State(app): State<App>,
    Path((_, help)): Path<(String, String)>,
    wish: Wish<ReferralBody>,
) -> Result<Response, Problem> {
    let id = record_id(&help)?;
    let to = &wish.body.to;
    let other = app
        .halls
        .get(to)
        .ok_or_else(|| Problem::not_found("hall"))?;
    let durable = other.durable();
    let plan = durable
        .hall
        .plan()
        .ok_or_else(|| Problem::not_found("hall"))?;
    let is_own = other.code == wish.hall.code;
    let own = wish.hall.durable();
    let file = own.hall.records().helps.get(id);
    let was_sent = file.is_some_and(|file| file.referred.is_some());
    drop(own);
    if !is_own && !was_sent && durable.hall.records().helps.get(id).is_some() {
        let text = Text::new(
            "这项帮办来自该大厅,请选择其他大厅",
            "it came from that hall",
        );
        return Err(Problem::conflict(
            "help_refer_elsewhere",
            "the request was at that hall before",
            text,
        ));
    }
    let asked = HelpWish::Refer {
        id,
        to: to.clone(),
        level: plan.hall.level,
    };
    let done = wish.write(asked).await?;
    referrals::deliver(&app, &wish.hall).await;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// A helper comes on duty.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DutyBody {
    /// Whether the sash is on (第十四条: 佩戴帮办代办绶带上岗).
    sash: bool,
}

/// The asker comes on helper's duty.
#[utoipa::path(put, path = "/halls/{hall}/helper-duty", tag = "registers", request_body = DutyBody,
    params(("hall" = String, Path)),
    responses((status = 200, body = Written), Problems))]
async fn come(wish: Wish<DutyBody>) -> Result<Response, Problem> {
    let asked = HelpWish::ComeOnDuty {
        id: wish.new_id(),
        sash: wish.body.sash,
    };
    let done = wish.write(asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::OK, &done, &written))
}

/// The asker leaves helper's duty.
#[utoipa::path(delete, path = "/halls/{hall}/helper-duty", tag = "registers",
    params(("hall" = String, Path)),
    responses((status = 200, body = Written), Problems))]
async fn leave(wish: Wish<Nothing>) -> Result<Response, Problem> {
    let done = wish.write(HelpWish::LeaveDuty).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::OK, &done, &written))
}

/// Which requests to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Filter {
    /// Only those that this hall should still see to, or only the others.
    open: Option<bool>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Open requests, and those ended in the last 40 days, the oldest first.
#[utoipa::path(get, path = "/halls/{hall}/help-requests", tag = "registers",
    params(("hall" = String, Path), Filter),
    responses((status = 200, body = Page<HelpView>), Problems))]
async fn list(
    State(app): State<App>,
    look: Look,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<HelpView>>, Problem> {
    let durable = look.hall.durable();
    let wanted = |file: &&HelpFile| filter.open.is_none_or(|open| open != file.is_over());
    let files = durable.hall.records().helps.all().filter(wanted);
    let paging = Paging::new(filter.limit, filter.cursor.clone());
    let page = paging.page(files.map(|file| (file.asked.id.to_string(), file)))?;
    let mut items = Vec::with_capacity(page.items.len());
    for file in page.items {
        items.push(HelpView::opened((&app, &look.who), &durable.hall, file).await?);
    }
    let next = page.next;
    Ok(Json(Page { items, next }))
}

/// How much help of which kind was given.
#[utoipa::path(get, path = "/halls/{hall}/help-requests/counts", tag = "registers",
    params(("hall" = String, Path), Span),
    responses((status = 200, body = HelpCounts), Problems))]
async fn counts(
    State(app): State<App>,
    look: Look,
    Query(span): Query<Span>,
) -> Result<Json<HelpCounts>, Problem> {
    count(&app, &look.hall, span).await.map(Json)
}

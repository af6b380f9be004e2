//! 差评, 投诉, 12345, 意见建议, 通报: entering, answering, finding, closing, and counts.

mod view;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use hall::records::{
    CallBack, CaseFigures, CaseFile, CaseFinding, CaseScope, CaseSource, CaseWay, CaseWish,
    OpenCase,
};
use hall::{ClerkCode, Role, WindowCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::span::{self, Span};
use super::texts::{self, Texts};
use super::{Written, record_id};
use crate::app::App;
use crate::floor::HallHandle;
use crate::http::access::{Access, HELPERS, MANAGER, Rule, WINDOW};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some, check_text};
use crate::routes::Problems;

pub(crate) use view::{CaseView, may_read};

/// Characters of what was said, answered and put right. Ours: half a page.
const TEXT_MAX: usize = 500;
/// Characters of a contact. Ours: a name, a phone number and a village.
const CONTACT_MAX: usize = 80;
/// Characters of a number at 12345, a team, or another way told. Ours.
const NAME_MAX: usize = 80;

/// Who may look; a clerk sees the cases that the clerk answers for.
const READERS: &[Role] = &[
    Role::Manager,
    Role::Inspector,
    Role::Guidance,
    Role::Auditor,
    Role::Clerk,
];

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/cases",
        Access::Roles(READERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/cases",
        Access::Roles(HELPERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/cases/counts",
        Access::Roles(crate::http::access::FIGURES),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/cases/{case}",
        Access::Roles(READERS),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/cases/{case}/owner",
        Access::Roles(MANAGER),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/cases/{case}/replies",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/cases/{case}/fixes",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/cases/{case}/calls",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/cases/{case}/findings",
        Access::Roles(MANAGER),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/cases/{case}/closings",
        Access::Roles(MANAGER),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(counts))
        .routes(routes!(show))
        .routes(routes!(assign))
        .routes(routes!(reply))
        .routes(routes!(fix))
        .routes(routes!(call))
        .routes(routes!(find))
        .routes(routes!(close))
}

/// What somebody says, as a person enters it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CaseBody {
    /// `complaint`, `hotline`, `suggestion`, `praise` or `criticism`.
    source: CaseSource,
    /// How it reached the hall.
    #[serde(default)]
    way: Option<CaseWay>,
    /// What it is about; every complaint has one.
    #[serde(default)]
    scope: Option<CaseScope>,
    /// The number at 12345.
    #[serde(default)]
    number: Option<String>,
    /// 科室, 所 or 团队.
    #[serde(default)]
    team: Option<String>,
    /// The window.
    #[serde(default)]
    window: Option<WindowCode>,
    /// What was said; kept outside the journal.
    text: String,
    /// How to reach who said it; kept outside the journal, purged on closing.
    #[serde(default)]
    contact: Option<String>,
}

/// Enters a case or a notice.
#[utoipa::path(post, path = "/halls/{hall}/cases", tag = "registers", request_body = CaseBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn create(wish: Wish<CaseBody>) -> Result<Response, Problem> {
    let body = &wish.body;
    let text = texts::one_line(&body.text);
    check_text("text", &text, TEXT_MAX)?;
    check_some("contact", body.contact.as_ref(), CONTACT_MAX)?;
    check_some("number", body.number.as_ref(), NAME_MAX)?;
    check_some("team", body.team.as_ref(), NAME_MAX)?;
    let mut texts = Texts::new(&wish.app, &wish.hall);
    let asked = CaseWish::Open(OpenCase {
        id: wish.new_id(),
        source: body.source,
        way: body.way,
        scope: body.scope,
        number: body.number.clone(),
        team: body.team.clone(),
        window: body.window.clone(),
        text: texts.said(Some(&text)).await?,
        contact: texts.contact(body.contact.as_ref()).await?,
    });
    let done = texts.write(&wish, asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// Who answers for it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnerBody {
    owner: ClerkCode,
}

/// A manager chooses who answers for the case.
#[utoipa::path(put, path = "/halls/{hall}/cases/{case}/owner", tag = "registers",
    request_body = OwnerBody, params(("hall" = String, Path), ("case" = String, Path)),
    responses((status = 200, body = Written), Problems))]
async fn assign(
    Path((_, case)): Path<(String, String)>,
    wish: Wish<OwnerBody>,
) -> Result<Response, Problem> {
    let asked = CaseWish::Assign {
        id: record_id(&case)?,
        owner: wish.body.owner.clone(),
    };
    let done = wish.write(asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::OK, &done, &written))
}

/// What was answered, or put right.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TextBody {
    /// Up to 500 characters; kept outside the journal.
    text: String,
}

/// The visitor was answered.
#[utoipa::path(post, path = "/halls/{hall}/cases/{case}/replies", tag = "registers",
    request_body = TextBody,
    params(("hall" = String, Path), ("case" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn reply(
    Path((_, case)): Path<(String, String)>,
    wish: Wish<TextBody>,
) -> Result<Response, Problem> {
    note(wish, |text| {
        let id = record_id(&case)?;
        Ok(CaseWish::Reply { id, text })
    })
    .await
}

/// The cause was found and put right.
#[utoipa::path(post, path = "/halls/{hall}/cases/{case}/fixes", tag = "registers",
    request_body = TextBody,
    params(("hall" = String, Path), ("case" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn fix(
    Path((_, case)): Path<(String, String)>,
    wish: Wish<TextBody>,
) -> Result<Response, Problem> {
    note(wish, |text| {
        let id = record_id(&case)?;
        Ok(CaseWish::Fix { id, text })
    })
    .await
}

async fn note(
    wish: Wish<TextBody>,
    asked: impl FnOnce(String) -> Result<CaseWish, Problem>,
) -> Result<Response, Problem> {
    let text = texts::one_line(&wish.body.text);
    check_text("text", &text, TEXT_MAX)?;
    let mut texts = Texts::new(&wish.app, &wish.hall);
    let text = texts.said(Some(&text)).await?.unwrap_or_default();
    let done = texts.write(&wish, asked(text)?).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// A call back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CallBody {
    result: CallBack,
    /// Up to 500 characters; kept outside the journal.
    #[serde(default)]
    text: Option<String>,
}

/// The visitor was called back.
#[utoipa::path(post, path = "/halls/{hall}/cases/{case}/calls", tag = "registers",
    request_body = CallBody,
    params(("hall" = String, Path), ("case" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn call(
    Path((_, case)): Path<(String, String)>,
    wish: Wish<CallBody>,
) -> Result<Response, Problem> {
    check_some("text", wish.body.text.as_ref(), TEXT_MAX)?;
    let mut texts = Texts::new(&wish.app, &wish.hall);
    let asked = CaseWish::Call {
        id: record_id(&case)?,
        result: wish.body.result,
        text: texts.said(wish.body.text.as_ref()).await?,
    };
    let done = texts.write(&wish, asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// What was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FindingBody {
    finding: CaseFinding,
    /// Which other way was told, when it is not ours (第二十条).
    #[serde(default)]
    told: Option<String>,
}

/// A person says whether it is so.
#[utoipa::path(post, path = "/halls/{hall}/cases/{case}/findings", tag = "registers",
    request_body = FindingBody,
    params(("hall" = String, Path), ("case" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn find(
    Path((_, case)): Path<(String, String)>,
    wish: Wish<FindingBody>,
) -> Result<Response, Problem> {
    check_some("told", wish.body.told.as_ref(), NAME_MAX)?;
    let asked = CaseWish::Find {
        id: record_id(&case)?,
        finding: wish.body.finding,
        told: wish.body.told.clone(),
    };
    let done = wish.write(asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// The end of a case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClosingBody {
    /// 满意 or 不满意; a case of 12345 has one.
    #[serde(default)]
    satisfied: Option<bool>,
}

/// A person closes the case; how to reach who said it is purged.
#[utoipa::path(post, path = "/halls/{hall}/cases/{case}/closings", tag = "registers",
    request_body = ClosingBody,
    params(("hall" = String, Path), ("case" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn close(
    Path((_, case)): Path<(String, String)>,
    wish: Wish<ClosingBody>,
) -> Result<Response, Problem> {
    let id = record_id(&case)?;
    let asked = CaseWish::Close {
        id,
        satisfied: wish.body.satisfied,
    };
    let done = wish.write(asked).await?;
    let durable = wish.hall.durable();
    let file = durable.hall.records().cases.get(id);
    if let Some(contact) = file.and_then(|file| file.opened.contact.as_deref()) {
        wish.app.personal.shred(contact).await;
    }
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// Which cases to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Filter {
    /// Only those that wait for somebody, or only those that do not.
    open: Option<bool>,
    /// Only those from this source.
    source: Option<CaseSource>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Open cases, and those closed in the last 40 days, the oldest first.
#[utoipa::path(get, path = "/halls/{hall}/cases", tag = "registers",
    params(("hall" = String, Path), Filter),
    responses((status = 200, body = Page<CaseView>), Problems))]
async fn list(
    State(app): State<App>,
    look: Look,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<CaseView>>, Problem> {
    let durable = look.hall.durable();
    let today = app.clock.now().date_in(durable.hall.zone());
    let wanted = |file: &&CaseFile| {
        filter.open.is_none_or(|open| open == file.is_open())
            && filter.source.is_none_or(|one| one == file.opened.source)
            && may_read(&look.who, file)
    };
    let files = durable.hall.records().cases.all().filter(wanted);
    let paging = Paging::new(filter.limit, filter.cursor.clone());
    let page = paging.page(files.map(|file| (file.opened.id.to_string(), file)))?;
    let mut items = Vec::with_capacity(page.items.len());
    for file in page.items {
        items.push(CaseView::of(&app, file, today).await?);
    }
    let next = page.next;
    Ok(Json(Page { items, next }))
}

/// One case.
#[utoipa::path(get, path = "/halls/{hall}/cases/{case}", tag = "registers",
    params(("hall" = String, Path), ("case" = String, Path)),
    responses((status = 200, body = CaseView), Problems))]
async fn show(
    State(app): State<App>,
    look: Look,
    Path((_, case)): Path<(String, String)>,
) -> Result<Json<CaseView>, Problem> {
    let durable = look.hall.durable();
    let today = app.clock.now().date_in(durable.hall.zone());
    let file = durable.hall.records().cases.get(record_id(&case)?);
    let file = file.filter(|file| may_read(&look.who, file));
    let file = file.ok_or_else(|| Problem::not_found("case"))?;
    CaseView::of(&app, file, today).await.map(Json)
}

/// Cases of 12345 of one 科室, 所 or 团队.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TeamCountView {
    /// All.
    pub(crate) cases: u32,
    /// Closed as 不满意.
    pub(crate) dissatisfied: u32,
    /// Of these, found 属实 or 部分属实.
    pub(crate) dissatisfied_true: u32,
}

/// Cases of a span of days. Counts only; nobody is ranked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseCounts {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// Opened, by source.
    pub(crate) opened: BTreeMap<String, u32>,
    /// Closed.
    pub(crate) closed: u32,
    /// Closed by their due day.
    pub(crate) closed_in_time: u32,
    /// Cases of 12345 by 科室, 所 or 团队 (第二十一条).
    pub(crate) teams: BTreeMap<String, TeamCountView>,
}

/// How many cases came from where, and how many were closed in time.
#[utoipa::path(get, path = "/halls/{hall}/cases/counts", tag = "registers",
    params(("hall" = String, Path), Span),
    responses((status = 200, body = CaseCounts), Problems))]
async fn counts(
    State(app): State<App>,
    look: Look,
    Query(span): Query<Span>,
) -> Result<Json<CaseCounts>, Problem> {
    count(&app, &look.hall, span).await.map(Json)
}

/// The counts of a span.
///
/// # Errors
///
/// 400 when the span is none, 503 when the database cannot be read.
pub(crate) async fn count(app: &App, hall: &HallHandle, span: Span) -> Result<CaseCounts, Problem> {
    let zone = hall.durable().hall.zone();
    let (from, to) = span.days(app, zone)?;
    let mut figures = CaseFigures::new(zone, from, to);
    span::fold(app, hall, (from, to), |event, at| figures.take(event, at)).await?;
    let teams = figures.teams().iter().map(|(team, count)| {
        let view = TeamCountView {
            cases: count.cases,
            dissatisfied: count.dissatisfied,
            dissatisfied_true: count.dissatisfied_true,
        };
        (team.clone(), view)
    });
    Ok(CaseCounts {
        from,
        to,
        opened: CaseSource::ALL
            .map(|source| (source.as_str().to_owned(), figures.opened(source)))
            .into(),
        closed: figures.closed(),
        closed_in_time: figures.closed_in_time(),
        teams: teams.collect(),
    })
}

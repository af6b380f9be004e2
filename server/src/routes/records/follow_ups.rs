//! 回访: consent, the random sample, the calls, and counts.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use hall::records::{
    CallUp, Consent, ConsentChannel, FollowUpFigures, FollowUpFile, FollowUpWish, Level,
};
use hall::{RecordId, WindowCode};
use link::random;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::span::{self, Span};
use super::texts::{self, Texts};
use super::visitor::{self, Visit};
use super::{Written, record_id};
use crate::app::App;
use crate::auth::Identity;
use crate::floor::HallHandle;
use crate::http::access::{Access, FIGURES, HELPERS, MANAGER, Rule};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some, check_text};
use crate::routes::{Problems, public};

/// Characters of a phone number. Ours: with its area and an extension.
const CONTACT_MAX: usize = 30;
/// Characters of what was said. Ours: half a page.
const TEXT_MAX: usize = 500;

pub(super) const RULES: &[Rule] = &[
    (
        Method::POST,
        "/api/v1/public/tickets/{token}/follow-up-consents",
        Access::Public,
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/follow-up-consents",
        Access::Roles(HELPERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/follow-ups",
        Access::Roles(FIGURES),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/follow-ups/counts",
        Access::Roles(FIGURES),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/follow-up-samples",
        Access::Roles(MANAGER),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/follow-ups/{follow_up}/calls",
        Access::Roles(MANAGER),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(consent_by_phone))
        .routes(routes!(consent))
        .routes(routes!(list))
        .routes(routes!(counts))
        .routes(routes!(draw))
        .routes(routes!(call))
}

/// A number that a visitor leaves, and the visitor's own yes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentBody {
    /// A phone number; kept outside the journal, purged after the call.
    contact: String,
    /// Without it no number is kept.
    agreed: bool,
    /// At which window, when the staff enters it.
    #[serde(default)]
    window: Option<WindowCode>,
}

/// Digits, and what stands between them.
fn check_contact(contact: &str) -> Result<(), Problem> {
    check_text("contact", contact, CONTACT_MAX)?;
    let is_number = contact
        .chars()
        .all(|one| one.is_ascii_digit() || "+-() 转".contains(one));
    let digits = contact.chars().filter(char::is_ascii_digit).count();
    if is_number && digits >= 7 {
        return Ok(());
    }
    Err(Problem::malformed("contact", "must be a phone number"))
}

/// The visitor agrees to be called, once a ticket.
#[utoipa::path(post, path = "/public/tickets/{token}/follow-up-consents", tag = "public",
    request_body = ConsentBody,
    params(("token" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn consent_by_phone(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (hall, ticket) = public::find(&app, &token)?;
    let visit = Visit::<ConsentBody>::read(&app, &hall, request).await?;
    check_contact(&visit.body.contact)?;
    let mut texts = Texts::new(&app, &hall);
    let contact = texts.contact(Some(&visit.body.contact)).await?;
    let asked = FollowUpWish::Consent(Consent {
        id: RecordId(random::id(app.clock.now())),
        ticket: Some(ticket),
        window: None,
        contact: contact.unwrap_or_default(),
        channel: ConsentChannel::Phone,
        agreed: visit.body.agreed,
    });
    let done = texts.write_as(asked, visitor::holder(ticket), visit.key);
    let done = done.await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// A person of the staff enters a number from a 回访记录表, with the visitor's consent.
#[utoipa::path(post, path = "/halls/{hall}/follow-up-consents", tag = "registers",
    request_body = ConsentBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn consent(wish: Wish<ConsentBody>) -> Result<Response, Problem> {
    check_contact(&wish.body.contact)?;
    let mut texts = Texts::new(&wish.app, &wish.hall);
    let contact = texts.contact(Some(&wish.body.contact)).await?;
    let asked = FollowUpWish::Consent(Consent {
        id: wish.new_id(),
        ticket: None,
        window: wish.body.window.clone(),
        contact: contact.unwrap_or_default(),
        channel: ConsentChannel::Staff,
        agreed: wish.body.agreed,
    });
    let done = texts.write(&wish, asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// Which span, and how many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SampleBody {
    from: NaiveDate,
    to: NaiveDate,
    /// 1 to 200.
    size: u32,
}

/// Draws a random sample of those who agreed; the seed is written down with it.
#[utoipa::path(post, path = "/halls/{hall}/follow-up-samples", tag = "registers",
    request_body = SampleBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn draw(wish: Wish<SampleBody>) -> Result<Response, Problem> {
    // 53 bits, so that every reader of JSON reads the same number.
    let seed = u64::from_le_bytes(random::bytes::<8>()) >> 11;
    let asked = FollowUpWish::Draw {
        id: wish.new_id(),
        from: wish.body.from,
        to: wish.body.to,
        seed,
        size: wish.body.size,
    };
    let done = wish.write(asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// What a call brought.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CallBody {
    reached: bool,
    /// 5 非常满意 to 1 非常不满意; needed when somebody answered.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 5)]
    level: Option<u8>,
    /// Up to 500 characters; kept outside the journal.
    #[serde(default)]
    text: Option<String>,
    /// Whether something must be put right: opens a case.
    #[serde(default)]
    fix: bool,
}

/// A visitor who was drawn was called; once reached, the number is purged.
#[utoipa::path(post, path = "/halls/{hall}/follow-ups/{follow_up}/calls", tag = "registers",
    request_body = CallBody,
    params(("hall" = String, Path), ("follow_up" = String, Path),
        ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn call(
    Path((_, follow_up)): Path<(String, String)>,
    wish: Wish<CallBody>,
) -> Result<Response, Problem> {
    let body = &wish.body;
    let text = body.text.as_deref().map(texts::one_line);
    check_some("text", text.as_ref(), TEXT_MAX)?;
    let bad_level = || Problem::malformed("level", "must be 1 to 5");
    let level = body
        .level
        .map(|level| Level::new(level).ok_or_else(bad_level));
    let id = record_id(&follow_up)?;
    let mut texts = Texts::new(&wish.app, &wish.hall);
    let asked = FollowUpWish::Call(CallUp {
        id,
        case: wish.new_id(),
        reached: body.reached,
        level: level.transpose()?,
        text: texts.said(text.as_ref()).await?,
        fix: body.fix,
    });
    let done = texts.write(&wish, asked).await?;
    let durable = wish.hall.durable();
    let file = durable.hall.records().follow_ups.get(id);
    if let Some(file) = file.filter(|file| file.is_done()) {
        wish.app.personal.shred(&file.consented.contact).await;
    }
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// A visitor who agreed, as those who call read it: never which visit it was of.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FollowUpView {
    /// The record.
    pub(crate) id: RecordId,
    /// The day of the consent.
    pub(crate) day: NaiveDate,
    /// At which window.
    pub(crate) window: Option<WindowCode>,
    /// `agreed`, `drawn`, or `done`.
    pub(crate) state: &'static str,
    /// The number, for managers, once drawn and until the call.
    pub(crate) contact: Option<String>,
    /// Calls that nobody answered.
    pub(crate) missed: usize,
    /// How satisfied.
    #[schema(value_type = Option<u8>)]
    pub(crate) level: Option<Level>,
    /// What was said.
    pub(crate) text: Option<String>,
}

impl FollowUpView {
    /// The consent with what may be opened.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be read.
    pub(crate) async fn of(
        (app, who): (&App, &Identity),
        file: &FollowUpFile,
    ) -> Result<Self, Problem> {
        let calls = || MANAGER.iter().any(|role| who.holds(*role));
        let contact = Some(&file.consented.contact).filter(|_| file.waits() && calls());
        let reached = file.calls.iter().find(|call| call.reached);
        let text = reached.and_then(|call| call.text.as_deref());
        Ok(Self {
            id: file.consented.id,
            day: file.consented.day,
            window: file.consented.window.clone(),
            state: match (file.is_done(), file.drawn) {
                (true, _) => "done",
                (false, Some(_)) => "drawn",
                (false, None) => "agreed",
            },
            contact: texts::open(app, contact.map(String::as_str)).await?,
            missed: file.calls.iter().filter(|call| !call.reached).count(),
            level: reached.and_then(|call| call.level),
            text: texts::open(app, text).await?,
        })
    }
}

/// Which to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Filter {
    /// Only those drawn and not reached yet.
    #[serde(default)]
    waiting: bool,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Consents of the last 90 days, the oldest first.
#[utoipa::path(get, path = "/halls/{hall}/follow-ups", tag = "registers",
    params(("hall" = String, Path), Filter),
    responses((status = 200, body = Page<FollowUpView>), Problems))]
async fn list(
    State(app): State<App>,
    look: Look,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<FollowUpView>>, Problem> {
    let durable = look.hall.durable();
    let files = durable.hall.records().follow_ups.all();
    let wanted = files.filter(|file| !filter.waiting || file.waits());
    let paging = Paging::new(filter.limit, filter.cursor.clone());
    let page = paging.page(wanted.map(|file| (file.consented.id.to_string(), file)))?;
    let mut items = Vec::with_capacity(page.items.len());
    for file in page.items {
        items.push(FollowUpView::of((&app, &look.who), file).await?);
    }
    let next = page.next;
    Ok(Json(Page { items, next }))
}

/// Follow-ups of a span of days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FollowUpCounts {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// Visitors who agreed.
    pub(crate) consented: u32,
    /// Visitors drawn.
    pub(crate) drawn: usize,
    /// Calls answered.
    pub(crate) reached: u32,
    /// Calls that nobody answered.
    pub(crate) not_reached: u32,
    /// Calls that found something to put right.
    pub(crate) fixes: u32,
    /// Answered calls by level, 1 to 5.
    pub(crate) by_level: BTreeMap<u8, u32>,
}

/// How many agreed, were drawn and were reached.
#[utoipa::path(get, path = "/halls/{hall}/follow-ups/counts", tag = "registers",
    params(("hall" = String, Path), Span),
    responses((status = 200, body = FollowUpCounts), Problems))]
async fn counts(
    State(app): State<App>,
    look: Look,
    Query(span): Query<Span>,
) -> Result<Json<FollowUpCounts>, Problem> {
    count(&app, &look.hall, span).await.map(Json)
}

/// The counts of a span.
///
/// # Errors
///
/// 400 when the span is none, 503 when the database cannot be read.
pub(crate) async fn count(
    app: &App,
    hall: &HallHandle,
    span: Span,
) -> Result<FollowUpCounts, Problem> {
    let zone = hall.durable().hall.zone();
    let (from, to) = span.days(app, zone)?;
    let mut figures = FollowUpFigures::new(zone, from, to);
    span::fold(app, hall, (from, to), |event, at| figures.take(event, at)).await?;
    Ok(FollowUpCounts {
        from,
        to,
        consented: figures.consented(),
        drawn: figures.drawn(),
        reached: figures.reached(),
        not_reached: figures.not_reached(),
        fixes: figures.fixes(),
        by_level: Level::ALL
            .map(|level| (level.number(), figures.level(level)))
            .into(),
    })
}

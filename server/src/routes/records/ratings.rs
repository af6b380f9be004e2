//! 好差评: the visitor's own rating, the window's pad and code, paper entered by hand, and counts.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use hall::records::{Dimensions, Level, RatingChannel, RatingFigures, RatingGiven, RatingWish};
use hall::{RecordId, ServiceCode, TicketId, WindowCode};
use link::random;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Written;
use super::span::{self, Span};
use super::texts::{self, Texts};
use super::visitor::{self, Visit};
use crate::app::App;
use crate::floor::HallHandle;
use crate::http::access::{Access, FIGURES, HELPERS, Rule};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some};
use crate::routes::{Problems, public};

/// Characters of a visitor's text. Ours: three lines on a phone.
pub(crate) const TEXT_MAX: usize = 200;

pub(super) const RULES: &[Rule] = &[
    (
        Method::POST,
        "/api/v1/public/ratings/{token}",
        Access::Public,
    ),
    (
        Method::POST,
        "/api/v1/public/window-ratings/{place}/{window}",
        Access::Public,
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/windows/{window}/ratings",
        Access::Roles(&[hall::Role::Display]),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/ratings",
        Access::Roles(FIGURES),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/ratings",
        Access::Roles(HELPERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/ratings/counts",
        Access::Roles(FIGURES),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(rate))
        .routes(routes!(rate_window))
        .routes(routes!(rate_at_pad))
        .routes(routes!(list, enter))
        .routes(routes!(counts))
}

/// What a visitor says of a visit. Voluntary; a level is never chosen beforehand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RatingBody {
    /// 5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意.
    #[schema(minimum = 1, maximum = 5)]
    level: u8,
    /// Levels of single things, as far as they were rated.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, u8>)]
    dimensions: Dimensions,
    /// Up to 200 characters; kept outside the journal.
    #[serde(default)]
    text: Option<String>,
}

/// What is pressed on the window's pad.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PadBody {
    /// The visit that the pad asked about.
    ticket: TicketId,
    /// 5 非常满意 to 1 非常不满意.
    #[schema(minimum = 1, maximum = 5)]
    level: u8,
}

/// A rating from the box, the book, the desk, a call or a survey.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EnterBody {
    /// 5 非常满意 to 1 非常不满意.
    #[schema(minimum = 1, maximum = 5)]
    level: u8,
    /// `box`, `book`, `desk`, `phone_call` or `survey`.
    channel: RatingChannel,
    /// Of which window, when it says so.
    #[serde(default)]
    window: Option<WindowCode>,
    /// Levels of single things, as far as they were rated.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, u8>)]
    dimensions: Dimensions,
    /// Up to 200 characters; kept outside the journal.
    #[serde(default)]
    text: Option<String>,
}

fn level(level: u8) -> Result<Level, Problem> {
    Level::new(level).ok_or_else(|| Problem::malformed("level", "must be 1 to 5"))
}

/// A wish without a visit, to be filled in.
fn rating(app: &App, level: Level, channel: RatingChannel) -> RatingWish {
    let now = app.clock.now();
    RatingWish {
        id: RecordId(random::id(now)),
        case: RecordId(random::id(now)),
        ticket: None,
        window: None,
        level,
        dimensions: Dimensions::new(),
        text: None,
        channel,
    }
}

/// The visitor rates the visit of the ticket, once, in five workdays.
#[utoipa::path(post, path = "/public/ratings/{token}", tag = "public", request_body = RatingBody,
    params(("token" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn rate(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (hall, ticket) = public::find(&app, &token)?;
    let visit = Visit::<RatingBody>::read(&app, &hall, request).await?;
    let asked = RatingWish {
        ticket: Some(ticket),
        ..rating(&app, level(visit.body.level)?, RatingChannel::Phone)
    };
    let actor = visitor::holder(ticket);
    send(&app, &hall, visit, (asked, actor)).await
}

/// A visitor without a number rates the window whose code was read.
#[utoipa::path(post, path = "/public/window-ratings/{place}/{window}", tag = "public",
    request_body = RatingBody,
    params(("place" = String, Path, description = "the hall's code"), ("window" = String, Path),
        ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn rate_window(
    State(app): State<App>,
    Path((place, window)): Path<(String, WindowCode)>,
    request: Request,
) -> Result<Response, Problem> {
    let hall = visitor::hall(&app, &place)?;
    let visit = Visit::<RatingBody>::read(&app, &hall, request).await?;
    let asked = RatingWish {
        window: Some(window),
        ..rating(&app, level(visit.body.level)?, RatingChannel::WindowQr)
    };
    let actor = visitor::visitor("visitor".to_owned());
    send(&app, &hall, visit, (asked, actor)).await
}

async fn send(
    app: &App,
    hall: &HallHandle,
    visit: Visit<RatingBody>,
    (mut asked, actor): (RatingWish, hall::Actor),
) -> Result<Response, Problem> {
    let text = visit.body.text.as_deref().map(texts::one_line);
    check_some("text", text.as_ref(), TEXT_MAX)?;
    let mut texts = Texts::new(app, hall);
    asked.text = texts.said(text.as_ref()).await?;
    asked.dimensions = visit.body.dimensions;
    let done = texts.write_as(asked, actor, visit.key).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// A level is pressed on the pad of the window, within two minutes of the finish.
#[utoipa::path(post, path = "/halls/{hall}/windows/{window}/ratings", tag = "registers",
    request_body = PadBody,
    params(("hall" = String, Path), ("window" = String, Path),
        ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn rate_at_pad(
    Path((_, window)): Path<(String, WindowCode)>,
    wish: Wish<PadBody>,
) -> Result<Response, Problem> {
    let asked = RatingWish {
        ticket: Some(wish.body.ticket),
        window: Some(window),
        ..rating(&wish.app, level(wish.body.level)?, RatingChannel::Pad)
    };
    let done = wish.write(asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// Enters a rating from paper or from a call, without a number and without a name.
#[utoipa::path(post, path = "/halls/{hall}/ratings", tag = "registers", request_body = EnterBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn enter(wish: Wish<EnterBody>) -> Result<Response, Problem> {
    let body = &wish.body;
    if !body.channel.is_by_hand() {
        let detail = "must be box, book, desk, phone_call or survey";
        return Err(Problem::malformed("channel", detail));
    }
    check_some("text", body.text.as_ref(), TEXT_MAX)?;
    let mut asked = RatingWish {
        window: body.window.clone(),
        dimensions: body.dimensions.clone(),
        ..rating(&wish.app, level(body.level)?, body.channel)
    };
    let mut texts = Texts::new(&wish.app, &wish.hall);
    asked.text = texts.said(body.text.as_ref()).await?;
    let done = texts.write(&wish, asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// A rating as those who answer for it read it: never which visit it was of.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RatingView {
    /// The record.
    id: RecordId,
    /// The day.
    pub(crate) day: NaiveDate,
    /// The level.
    #[schema(value_type = u8)]
    pub(crate) level: Level,
    /// Through what it came.
    pub(crate) channel: RatingChannel,
    /// Of which window.
    pub(crate) window: Option<WindowCode>,
    /// Of which service.
    service: Option<ServiceCode>,
    /// Levels of single things.
    #[schema(value_type = BTreeMap<String, u8>)]
    dimensions: Dimensions,
    /// What was said; null when nothing, or when its time was over.
    pub(crate) text: Option<String>,
}

impl RatingView {
    /// The rating with its text opened.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be read.
    pub(crate) async fn of(app: &App, given: RatingGiven) -> Result<Self, Problem> {
        Ok(Self {
            id: given.id,
            day: given.day,
            level: given.level,
            channel: given.channel,
            window: given.window,
            service: given.service,
            dimensions: given.dimensions,
            text: texts::open(app, given.text.as_deref()).await?,
        })
    }
}

/// Bad ratings and those with a text, of the last 40 days.
#[utoipa::path(get, path = "/halls/{hall}/ratings", tag = "registers",
    params(("hall" = String, Path), Paging),
    responses((status = 200, body = Page<RatingView>), Problems))]
async fn list(
    State(app): State<App>,
    look: Look,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<RatingView>>, Problem> {
    let durable = look.hall.durable();
    let told = durable.hall.records().ratings.telling();
    let page = paging.page(told.map(|given| (given.id.to_string(), given.clone())))?;
    let mut items = Vec::with_capacity(page.items.len());
    for given in page.items {
        items.push(RatingView::of(&app, given).await?);
    }
    let next = page.next;
    Ok(Json(Page { items, next }))
}

/// Ratings of a span of days. Who said nothing is not counted as satisfied.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RatingCounts {
    /// The first day.
    pub(crate) from: NaiveDate,
    /// The last day.
    pub(crate) to: NaiveDate,
    /// Visits finished: each is an invitation.
    pub(crate) invited: usize,
    /// Those of them that were rated.
    pub(crate) answered: usize,
    /// Answered of invited in per cent; null when nobody was invited.
    pub(crate) response_percent: Option<f64>,
    /// Ratings in all, those without a number too.
    pub(crate) given: u32,
    /// Ratings by level, 1 to 5.
    pub(crate) by_level: BTreeMap<u8, u32>,
    /// Ratings by channel.
    pub(crate) by_channel: BTreeMap<String, u32>,
    /// Ratings by window and level. Windows, not persons.
    pub(crate) by_window: BTreeMap<String, BTreeMap<u8, u32>>,
}

/// How many were invited, how many answered, and how.
#[utoipa::path(get, path = "/halls/{hall}/ratings/counts", tag = "registers",
    params(("hall" = String, Path), Span),
    responses((status = 200, body = RatingCounts), Problems))]
async fn counts(
    State(app): State<App>,
    look: Look,
    Query(span): Query<Span>,
) -> Result<Json<RatingCounts>, Problem> {
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
) -> Result<RatingCounts, Problem> {
    let zone = hall.durable().hall.zone();
    let (from, to) = span.days(app, zone)?;
    let mut figures = RatingFigures::new(zone, from, to);
    span::fold(app, hall, (from, to), |event, at| figures.take(event, at)).await?;
    let (invited, answered) = (figures.invited(), figures.answered());
    let share = |part: usize, whole: usize| {
        let exact = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        (whole > 0).then(|| (exact(part) * 1000.0 / exact(whole)).round() / 10.0)
    };
    let windows = figures.windows().iter().map(|(window, levels)| {
        let levels = levels.iter().map(|(level, count)| (level.number(), *count));
        (window.0.clone(), levels.collect())
    });
    let channels = RatingChannel::ALL.map(|one| (one.as_str().to_owned(), figures.channel(one)));
    Ok(RatingCounts {
        from,
        to,
        invited,
        answered,
        response_percent: share(answered, invited),
        given: figures.given(),
        by_level: Level::ALL
            .map(|level| (level.number(), figures.level(level)))
            .into(),
        by_channel: channels.into(),
        by_window: windows.collect(),
    })
}

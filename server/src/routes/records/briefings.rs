//! 班前早会, 工间调度, 班后小结: a draft from the live hall, and what was held.

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use hall::RecordId;
use hall::records::{BriefingDay, BriefingHeld, BriefingPart, BriefingWish};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Written;
use super::texts::{self, Texts};
use crate::app::App;
use crate::http::access::{Access, FLOOR, Rule, WINDOW};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Query, Wish, check_text};
use crate::routes::Problems;

/// Characters of a line, and lines of a note. Ours: what is read out in three minutes.
const LINE_MAX: usize = 200;
const LINES_MAX: usize = 40;

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/briefings",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/briefings",
        Access::Roles(WINDOW),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/briefings/drafts",
        Access::Roles(FLOOR),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(draft))
}

/// What was held.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BriefingBody {
    part: BriefingPart,
    /// The note, up to 40 lines of 200 characters; kept outside the journal.
    text: String,
    /// Whether it adds to what was held today.
    #[serde(default)]
    addition: bool,
}

/// Writes down that a briefing was held, by the person who sends it.
#[utoipa::path(post, path = "/halls/{hall}/briefings", tag = "registers",
    request_body = BriefingBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn create(wish: Wish<BriefingBody>) -> Result<Response, Problem> {
    let lines = wish.body.text.lines().map(str::trim_end);
    let lines: Vec<_> = lines.filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return Err(Problem::malformed("text", "must not be empty"));
    }
    if lines.len() > LINES_MAX {
        let detail = format!("at most {LINES_MAX} lines");
        return Err(Problem::malformed("text", detail).with("limit", LINES_MAX));
    }
    for line in &lines {
        check_text("text", line, LINE_MAX)?;
    }
    let mut kept = Texts::new(&wish.app, &wish.hall);
    let asked = BriefingWish {
        id: wish.new_id(),
        part: wish.body.part,
        text: kept
            .said(Some(&lines.join("\n")))
            .await?
            .unwrap_or_default(),
        addition: wish.body.addition,
    };
    let done = kept.write(&wish, asked).await?;
    let written = Written::of(&done)?;
    Ok(answer::done(StatusCode::CREATED, &done, &written))
}

/// A briefing as people read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct BriefingView {
    /// The record.
    id: RecordId,
    /// The day.
    pub(crate) day: NaiveDate,
    /// Which of the three.
    pub(crate) part: BriefingPart,
    /// Who held it.
    pub(crate) by: String,
    /// Whether it adds to an earlier one of the day.
    pub(crate) addition: bool,
    /// The note; null when its time was over.
    pub(crate) text: Option<String>,
}

impl BriefingView {
    /// The briefing with its note opened.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be read.
    pub(crate) async fn of(app: &App, held: BriefingHeld) -> Result<Self, Problem> {
        Ok(Self {
            id: held.id,
            day: held.day,
            part: held.part,
            by: held.by,
            addition: held.addition,
            text: texts::open(app, Some(&held.text)).await?,
        })
    }
}

/// An open day on which not all three were held.
#[derive(Debug, Serialize, ToSchema)]
struct MissingView {
    /// The day.
    day: NaiveDate,
    /// What was not held.
    missing: Vec<BriefingPart>,
}

/// Briefings, and the open days without one.
#[derive(Debug, Serialize, ToSchema)]
struct BriefingsView {
    /// The newest first.
    items: Vec<BriefingView>,
    /// Where the next page begins; null on the last.
    next: Option<String>,
    /// Of the last ten open days, those that miss one.
    missing: Vec<MissingView>,
}

/// Briefings of the last 40 days, the newest first, and the days that miss one.
#[utoipa::path(get, path = "/halls/{hall}/briefings", tag = "registers",
    params(("hall" = String, Path), Paging),
    responses((status = 200, body = BriefingsView), Problems))]
async fn list(
    State(app): State<App>,
    look: Look,
    Query(paging): Query<Paging>,
) -> Result<Json<BriefingsView>, Problem> {
    let durable = look.hall.durable();
    let all: Vec<_> = durable.hall.records().briefings.newest().cloned().collect();
    // The newest has the smallest key.
    let keyed = (0..)
        .zip(all)
        .map(|(place, held)| (format!("{place:06}"), held));
    let page: Page<BriefingHeld> = paging.page(keyed)?;
    let mut items = Vec::with_capacity(page.items.len());
    for held in page.items {
        items.push(BriefingView::of(&app, held).await?);
    }
    let days = durable.hall.briefing_days(app.clock.now());
    let missing = days.into_iter().filter(|day| !day.missing.is_empty());
    Ok(Json(BriefingsView {
        items,
        next: page.next,
        missing: missing
            .map(|BriefingDay { day, missing }| MissingView { day, missing })
            .collect(),
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Which {
    /// `before`, `midday` or `after`.
    part: BriefingPart,
}

/// A draft from what the hall knows now; a person edits it.
#[derive(Debug, Serialize, ToSchema)]
struct DraftView {
    part: BriefingPart,
    /// In Chinese, as they are read out.
    lines: Vec<String>,
}

/// What could be said now.
#[utoipa::path(get, path = "/halls/{hall}/briefings/drafts", tag = "registers",
    params(("hall" = String, Path), Which),
    responses((status = 200, body = DraftView), Problems))]
async fn draft(State(app): State<App>, look: Look, Query(query): Query<Which>) -> Json<DraftView> {
    let durable = look.hall.durable();
    let lines = durable.hall.briefing_draft(query.part, app.clock.now());
    Json(DraftView {
        part: query.part,
        lines,
    })
}

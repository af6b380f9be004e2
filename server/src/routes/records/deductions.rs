//! 扣分与申诉: points that people take off, appeals, and what becomes of them.

use axum::Json;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use hall::evidence::{Article, Item};
use hall::month::Month;
use hall::records::{
    AppealOutcome, AskAppeal, DecideAppeal, Deduct, Deduction, DeductionsWish, Exposure,
};
use hall::{Actor, Hall, RecordId, Role, WindowCode};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::inspections::check_rests;
use super::{Written, record_id, unit_actor};
use crate::app::App;
use crate::auth::Identity;
use crate::http::access::{Access, EVIDENCE, Rule, SCORERS, WINDOW};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some, check_text};
use crate::routes::Problems;

/// Characters of a note and a reason. Ours.
const NOTE_MAX: usize = 200;
/// Characters of a document's name. Ours.
const DOCUMENT_MAX: usize = 120;
/// Characters of an appeal. Ours: half a page.
const APPEAL_MAX: usize = 500;

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/deductions",
        Access::Roles(EVIDENCE),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/deductions",
        Access::Roles(SCORERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/deductions/{deduction}/appeals",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/deductions/{deduction}/outcomes",
        Access::Roles(SCORERS),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(appeal))
        .routes(routes!(decide))
}

/// Points taken off, or an item set to 0.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeductionBody {
    /// The inspection that it rests on; left out only for an exposure.
    #[serde(default)]
    inspection: Option<RecordId>,
    item: Item,
    /// The article that was not kept; it must belong to the item.
    article: Article,
    /// Whole points, one a breach or missing element; left out for an exposure.
    #[serde(default)]
    points: Option<u32>,
    /// Sets the item to 0 for the month.
    #[serde(default)]
    exposure: Option<Exposure>,
    /// The day, for what rests on no inspection.
    #[serde(default)]
    day: Option<NaiveDate>,
    /// The window, for what rests on no inspection.
    #[serde(default)]
    window: Option<WindowCode>,
    #[serde(default)]
    seqs: Vec<u64>,
    #[serde(default)]
    photos: Vec<String>,
    /// Up to 200 characters; no names of visitors.
    #[serde(default)]
    note: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// `YYYY-MM`: of this month's sheet alone.
    month: Option<Month>,
    /// Those that concern the asker; clerks see no others.
    mine: Option<String>,
    /// Entries, 1 to 200; 50 when left out.
    limit: Option<usize>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Deductions, oldest first. Clerks see their own, at once.
#[utoipa::path(get, path = "/halls/{hall}/deductions", tag = "registers",
    params(("hall" = String, Path), Wanted),
    responses((status = 200, body = Page<Deduction>), Problems))]
async fn list(look: Look, Query(wanted): Query<Wanted>) -> Result<Json<Page<Deduction>>, Problem> {
    let durable = look.hall.durable();
    let shown = shown(&durable.hall, &look.who, wanted.mine.is_some());
    let month = |one: &&Deduction| wanted.month.is_none_or(|month| one.month() == month);
    let shown = shown.into_iter().filter(month);
    let shown = shown.map(|one| (one.made.id.to_string(), one.clone()));
    let page = Paging::new(wanted.limit, wanted.cursor.clone()).page(shown)?;
    Ok(Json(page))
}

/// The deductions that the asker may see: staff of the window only what concerns them.
pub(crate) fn shown<'a>(hall: &'a Hall, who: &Identity, mine: bool) -> Vec<&'a Deduction> {
    let all = &hall.records().deductions;
    let reads_all = [
        Role::Manager,
        Role::Inspector,
        Role::Guidance,
        Role::Auditor,
    ];
    if !mine && reads_all.iter().any(|role| who.holds(*role)) {
        return all.all().collect();
    }
    let Some(clerk) = &who.clerk else {
        return Vec::new();
    };
    let own = hall.own_windows(clerk);
    all.of_clerk(clerk, &own)
}

/// Takes points off by the annex, on an inspection or the document of an exposure.
#[utoipa::path(post, path = "/halls/{hall}/deductions", tag = "registers",
    request_body = DeductionBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn create(wish: Wish<DeductionBody>) -> Result<Response, Problem> {
    let body = &wish.body;
    check_some("note", body.note.as_ref(), NOTE_MAX)?;
    if let Some(exposure) = &body.exposure {
        check_text("exposure.document", &exposure.document, DOCUMENT_MAX)?;
    }
    check_rests(&wish, &body.seqs, &body.photos).await?;
    let asked = Deduct {
        id: wish.new_id(),
        inspection: body.inspection,
        item: body.item,
        article: body.article,
        points: body.points,
        exposure: body.exposure.clone(),
        day: body.day,
        window: body.window.clone(),
        seqs: body.seqs.clone(),
        photos: body.photos.clone(),
        note: body.note.clone(),
    };
    let actor = unit_actor(&wish.who, body.item);
    written(&wish, DeductionsWish::Deduct(asked), actor).await
}

async fn written<T>(
    wish: &Wish<T>,
    asked: DeductionsWish,
    actor: Actor,
) -> Result<Response, Problem> {
    let done = wish.write_as(asked, actor).await?;
    Ok(answer::done(
        StatusCode::CREATED,
        &done,
        &Written::of(&done)?,
    ))
}

/// An appeal (申诉).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AppealBody {
    /// Up to 500 characters; no names of visitors.
    text: String,
    #[serde(default)]
    seqs: Vec<u64>,
}

/// Appeals against a deduction: the window's clerk or the hall's manager, within 5 workdays.
#[utoipa::path(post, path = "/halls/{hall}/deductions/{deduction}/appeals", tag = "registers",
    request_body = AppealBody,
    params(("hall" = String, Path), ("deduction" = String, Path),
        ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn appeal(
    Path((_, deduction)): Path<(String, String)>,
    wish: Wish<AppealBody>,
) -> Result<Response, Problem> {
    check_text("text", &wish.body.text, APPEAL_MAX)?;
    check_rests(&wish, &wish.body.seqs, &[]).await?;
    let asked = AskAppeal {
        id: record_id(&deduction)?,
        text: wish.body.text.clone(),
        seqs: wish.body.seqs.clone(),
    };
    written(&wish, DeductionsWish::Appeal(asked), wish.who.actor()).await
}

/// What becomes of an appeal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OutcomeBody {
    outcome: AppealOutcome,
    /// The points that are left, for `reduced` alone.
    #[serde(default)]
    points: Option<u32>,
    /// Up to 200 characters.
    reason: String,
}

/// Decides on an appeal: somebody of the same unit, not the one who took the points off.
#[utoipa::path(post, path = "/halls/{hall}/deductions/{deduction}/outcomes", tag = "registers",
    request_body = OutcomeBody,
    params(("hall" = String, Path), ("deduction" = String, Path),
        ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn decide(
    Path((_, deduction)): Path<(String, String)>,
    wish: Wish<OutcomeBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, NOTE_MAX)?;
    let id = record_id(&deduction)?;
    let durable = wish.hall.durable();
    let found = durable.hall.records().deductions.get(id);
    let item = found.map_or(Item::None, |found| found.made.item);
    let asked = DecideAppeal {
        id,
        outcome: wish.body.outcome,
        points: wish.body.points,
        reason: wish.body.reason.clone(),
    };
    let actor = unit_actor(&wish.who, item);
    written(&wish, DeductionsWish::Decide(asked), actor).await
}

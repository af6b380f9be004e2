//! 设施用品与检查: elements of the hall, consumables, loans, daily checks, faults.

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::{Days, NaiveDate};
use hall::evidence::{Article, Item};
use hall::plan::Level;
use hall::records::{
    CheckElement, Consumable, DailyCheck, Due, ElementKind, ElementState, Remedy, UpkeepFault,
    UpkeepWish, elements,
};
use hall::text::Text;
use hall::{Hall, WindowCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Written, record_id};
use crate::app::App;
use crate::http::access::{Access, FLOOR, HELPERS, Rule};
use crate::http::answer;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Wish, check_some, check_text};
use crate::routes::Problems;

/// Characters of a note, a name and a fault. Ours.
const NOTE_MAX: usize = 200;
const NAME_MAX: usize = 40;
/// Days that loans are counted over. Ours: a month.
const LOAN_DAYS: u64 = 30;

macro_rules! post {
    ($path:literal) => {
        (
            Method::POST,
            concat!("/api/v1/halls/{hall}/upkeep", $path),
            Access::Roles(HELPERS),
        )
    };
}

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/upkeep",
        Access::Roles(FLOOR),
    ),
    post!("/checks"),
    post!("/daily"),
    post!("/consumables"),
    post!("/consumables/{consumable}/removals"),
    post!("/loans"),
    post!("/faults"),
    post!("/faults/{fault}/repairs"),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(check))
        .routes(routes!(daily))
        .routes(routes!(stock))
        .routes(routes!(remove))
        .routes(routes!(lend))
        .routes(routes!(report))
        .routes(routes!(repair))
}

/// An element as it was last looked at.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ElementView {
    pub(crate) code: String,
    pub(crate) name: Text,
    pub(crate) kind: ElementKind,
    pub(crate) article: Article,
    pub(crate) item: Item,
    /// 有条件的: never counted as missing.
    pub(crate) optional: bool,
    /// Null when nobody has looked yet.
    pub(crate) state: Option<ElementState>,
    pub(crate) note: Option<String>,
    pub(crate) checked: Option<NaiveDate>,
    pub(crate) by: Option<String>,
    /// Loans of the last 30 days.
    pub(crate) lent: u32,
    /// How many are out.
    pub(crate) out: u32,
}

/// The hall's upkeep as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UpkeepView {
    /// What waits for somebody, the most urgent first.
    pub(crate) due: Vec<Due>,
    pub(crate) elements: Vec<ElementView>,
    pub(crate) consumables: Vec<Consumable>,
    pub(crate) faults: Vec<UpkeepFault>,
    /// Where devices were checked today; null is the whole hall.
    pub(crate) devices_checked: Vec<Option<WindowCode>>,
    /// Where devices were switched off today; null is the whole hall.
    pub(crate) powered_off: Vec<Option<WindowCode>>,
    pub(crate) seq: u64,
}

impl UpkeepView {
    pub(crate) fn of(hall: &Hall, today: NaiveDate, seq: u64) -> Self {
        let level = hall.plan().map_or(Level::District, |plan| plan.hall.level);
        let book = &hall.records().upkeep;
        let since = today
            .checked_sub_days(Days::new(LOAN_DAYS))
            .unwrap_or(today);
        let element = |one: &'static hall::records::Element| {
            let seen = book.checked(one.code);
            let (lent, out) = book.loans(one.code, since);
            ElementView {
                code: one.code.to_owned(),
                name: one.name(),
                kind: one.kind,
                article: one.article,
                item: one.item,
                optional: one.optional,
                state: seen.map(|seen| seen.state),
                note: seen.and_then(|seen| seen.note.clone()),
                checked: seen.map(|seen| seen.day),
                by: seen.map(|seen| seen.by.clone()),
                lent,
                out,
            }
        };
        let daily = |check| book.daily(today, check).map(Option::<&_>::cloned).collect();
        Self {
            due: book.due(level, today),
            elements: elements(level).map(element).collect(),
            consumables: book.consumables().cloned().collect(),
            faults: book.faults().cloned().collect(),
            devices_checked: daily(DailyCheck::Devices),
            powered_off: daily(DailyCheck::PowerOff),
            seq,
        }
    }
}

/// Elements, consumables, faults and daily checks as they stand, and what waits for somebody.
#[utoipa::path(get, path = "/halls/{hall}/upkeep", tag = "registers",
    params(("hall" = String, Path)),
    responses((status = 200, body = UpkeepView), Problems))]
async fn show(State(app): State<App>, look: Look) -> Json<UpkeepView> {
    let durable = look.hall.durable();
    let today = app.clock.now().date_in(durable.hall.zone());
    Json(UpkeepView::of(&durable.hall, today, durable.seq))
}

async fn written<T>(wish: &Wish<T>, asked: UpkeepWish) -> Result<Response, Problem> {
    let done = wish.write(asked).await?;
    Ok(answer::done(
        StatusCode::CREATED,
        &done,
        &Written::of(&done)?,
    ))
}

/// A look at an element.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckBody {
    element: String,
    state: ElementState,
    /// Up to 200 characters.
    #[serde(default)]
    note: Option<String>,
}

/// Writes down whether an element is there.
#[utoipa::path(post, path = "/halls/{hall}/upkeep/checks", tag = "registers",
    request_body = CheckBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn check(wish: Wish<CheckBody>) -> Result<Response, Problem> {
    check_text("element", &wish.body.element, NAME_MAX)?;
    check_some("note", wish.body.note.as_ref(), NOTE_MAX)?;
    let asked = CheckElement {
        id: wish.new_id(),
        element: wish.body.element.clone(),
        state: wish.body.state,
        note: wish.body.note.clone(),
    };
    written(&wish, UpkeepWish::Check(asked)).await
}

/// A daily check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DailyBody {
    check: DailyCheck,
    /// At which window; the whole hall when left out.
    #[serde(default)]
    window: Option<WindowCode>,
}

/// Writes down that devices were checked, or switched off at the end of the day.
#[utoipa::path(post, path = "/halls/{hall}/upkeep/daily", tag = "registers",
    request_body = DailyBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn daily(wish: Wish<DailyBody>) -> Result<Response, Problem> {
    let asked = UpkeepWish::Daily {
        id: wish.new_id(),
        check: wish.body.check,
        window: wish.body.window.clone(),
    };
    written(&wish, asked).await
}

/// A consumable.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StockBody {
    /// Up to 40 characters.
    name: String,
    /// The last day on which it may be used.
    expires: NaiveDate,
}

/// Puts a consumable in its place.
#[utoipa::path(post, path = "/halls/{hall}/upkeep/consumables", tag = "registers",
    request_body = StockBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn stock(wish: Wish<StockBody>) -> Result<Response, Problem> {
    check_text("name", &wish.body.name, NAME_MAX)?;
    let asked = UpkeepWish::Stock {
        id: wish.new_id(),
        name: wish.body.name.clone(),
        expires: wish.body.expires,
    };
    written(&wish, asked).await
}

/// Nothing more to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Takes a consumable away: used up, or its last day is over.
#[utoipa::path(post, path = "/halls/{hall}/upkeep/consumables/{consumable}/removals",
    tag = "registers", request_body = Nothing,
    params(("hall" = String, Path), ("consumable" = String, Path),
        ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn remove(
    Path((_, consumable)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let id = record_id(&consumable)?;
    written(&wish, UpkeepWish::Remove { id }).await
}

/// A loan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LoanBody {
    element: String,
    /// Whether it came back.
    #[serde(default)]
    back: bool,
}

/// Counts a loan of 老花镜, 轮椅 or 雨伞, or its return; nobody's name is asked.
#[utoipa::path(post, path = "/halls/{hall}/upkeep/loans", tag = "registers",
    request_body = LoanBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn lend(wish: Wish<LoanBody>) -> Result<Response, Problem> {
    check_text("element", &wish.body.element, NAME_MAX)?;
    let asked = UpkeepWish::Lend {
        id: wish.new_id(),
        element: wish.body.element.clone(),
        back: wish.body.back,
    };
    written(&wish, asked).await
}

/// A fault.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FaultBody {
    kind: ElementKind,
    /// Where and what, up to 200 characters.
    what: String,
}

/// Reports a fault of a sign or a device.
#[utoipa::path(post, path = "/halls/{hall}/upkeep/faults", tag = "registers",
    request_body = FaultBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn report(wish: Wish<FaultBody>) -> Result<Response, Problem> {
    check_text("what", &wish.body.what, NOTE_MAX)?;
    let asked = UpkeepWish::Report {
        id: wish.new_id(),
        kind: wish.body.kind,
        what: wish.body.what.clone(),
    };
    written(&wish, asked).await
}

/// How a fault ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RepairBody {
    remedy: Remedy,
}

/// Writes down that a fault is over.
#[utoipa::path(post, path = "/halls/{hall}/upkeep/faults/{fault}/repairs", tag = "registers",
    request_body = RepairBody,
    params(("hall" = String, Path), ("fault" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn repair(
    Path((_, fault)): Path<(String, String)>,
    wish: Wish<RepairBody>,
) -> Result<Response, Problem> {
    let (id, remedy) = (record_id(&fault)?, wish.body.remedy);
    written(&wish, UpkeepWish::Repair { id, remedy }).await
}

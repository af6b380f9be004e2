//! 巡查记录: patrols, what they see, and the published visit of the supervisors.

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use hall::evidence::{Article, Item};
use hall::month::Month;
use hall::records::{
    EndPatrol, Inspect, Inspection, InspectionsWish, Partner, Patrol, PatrolMonth, ReportVisit,
    Seen, Source, StartPatrol,
};
use hall::text::Text;
use hall::{Actor, ClerkCode, DateTime, Hall, RecordId, Timestamp, WindowCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Written, record_id, unit_actor};
use crate::app::App;
use crate::http::access::{Access, FIGURES, Rule, SCORERS};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some, check_text};
use crate::routes::Problems;

/// Characters of a note. **Source**: the issue's own, short enough to be read on a phone.
const NOTE_MAX: usize = 200;
/// Characters of a place. Ours.
const PLACE_MAX: usize = 40;
/// Characters of what is published of a visit. Ours: a page.
const REPORT_MAX: usize = 1000;
/// Photos of one entry. Ours.
pub(crate) const PHOTOS_MAX: usize = 9;
/// Rows that one entry may name. Ours.
pub(crate) const SEQS_MAX: usize = 50;

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/inspections",
        Access::Roles(FIGURES),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/inspections",
        Access::Roles(SCORERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/patrols",
        Access::Roles(FIGURES),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/patrols",
        Access::Roles(SCORERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/patrols/{patrol}/ends",
        Access::Roles(SCORERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/visit-reports",
        Access::Roles(SCORERS),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(patrols, start))
        .routes(routes!(end))
        .routes(routes!(report))
}

/// What was seen at one place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InspectionBody {
    /// A window's code; or a zone, or a device; none of them is the whole hall.
    #[serde(default)]
    window: Option<WindowCode>,
    /// Up to 40 characters.
    #[serde(default)]
    zone: Option<String>,
    /// Up to 40 characters.
    #[serde(default)]
    device: Option<String>,
    item: Item,
    /// The requirement of the annex's row, from 1 in its order.
    requirement: u32,
    outcome: Seen,
    /// Up to 200 characters; no names of visitors.
    #[serde(default)]
    note: Option<String>,
    /// SHA-256 of photos that were sent before; 9 at most.
    #[serde(default)]
    photos: Vec<String>,
    /// Rows of the journal that show it; 50 at most.
    #[serde(default)]
    seqs: Vec<u64>,
    source: Source,
    /// The second person's code.
    #[serde(default)]
    partner: Option<String>,
    /// When it was seen, for entries made without a line; within 7 days. Now when left out.
    #[serde(default)]
    seen_at: Option<DateTime>,
}

/// An entry as it is read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct InspectionView {
    pub(crate) id: RecordId,
    pub(crate) window: Option<WindowCode>,
    pub(crate) zone: Option<String>,
    pub(crate) device: Option<String>,
    /// The place in words.
    pub(crate) place: Text,
    pub(crate) item: Item,
    pub(crate) requirement: u32,
    pub(crate) article: Article,
    pub(crate) outcome: Seen,
    pub(crate) note: Option<String>,
    pub(crate) photos: Vec<String>,
    pub(crate) seqs: Vec<u64>,
    pub(crate) source: Source,
    pub(crate) inspectors: Vec<String>,
    pub(crate) clerk: Option<ClerkCode>,
    pub(crate) patrol: Option<RecordId>,
    /// When it was seen.
    pub(crate) seen_at: DateTime,
    /// When the server received it.
    pub(crate) received_at: DateTime,
    /// Whether points were taken off for it.
    pub(crate) deducted: bool,
}

impl InspectionView {
    pub(crate) fn of(hall: &Hall, entry: &Inspection, received_at: Timestamp) -> Self {
        let entry = entry.clone();
        Self {
            place: entry.place(),
            deducted: hall.records().deductions.rests_on(entry.id),
            id: entry.id,
            window: entry.window,
            zone: entry.zone,
            device: entry.device,
            item: entry.item,
            requirement: entry.requirement,
            article: entry.article,
            outcome: entry.outcome,
            note: entry.note,
            photos: entry.photos,
            seqs: entry.seqs,
            source: entry.source,
            inspectors: entry.inspectors,
            clerk: entry.clerk,
            patrol: entry.patrol,
            seen_at: entry.seen_at.in_zone(hall.zone()),
            received_at: received_at.in_zone(hall.zone()),
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// `YYYY-MM`: of this month alone.
    month: Option<Month>,
    /// Of this window alone.
    window: Option<WindowCode>,
    /// `ok` or `breach`.
    outcome: Option<Seen>,
    /// Entries, 1 to 200; 50 when left out.
    limit: Option<usize>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// What was seen, oldest first; entries stay at hand for 100 days, the journal keeps them for good.
#[utoipa::path(get, path = "/halls/{hall}/inspections", tag = "registers",
    params(("hall" = String, Path), Wanted),
    responses((status = 200, body = Page<InspectionView>), Problems))]
async fn list(
    look: Look,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<InspectionView>>, Problem> {
    let durable = look.hall.durable();
    let hall = &durable.hall;
    let is_wanted = |(entry, _): &&(Inspection, Timestamp)| {
        let month = wanted
            .month
            .is_none_or(|month| Month::of(entry.day) == month);
        let window = wanted.window.is_none() || entry.window == wanted.window;
        month
            && window
            && wanted
                .outcome
                .is_none_or(|outcome| entry.outcome == outcome)
    };
    let entries = hall.records().inspections.entries().filter(is_wanted);
    let entries = entries.map(|(entry, at)| (entry.id.to_string(), (entry, *at)));
    let page = Paging::new(wanted.limit, wanted.cursor.clone()).page(entries)?;
    Ok(Json(
        page.map(|(entry, at)| InspectionView::of(hall, entry, at)),
    ))
}

/// Writes down what was seen at one place against one requirement of the annex.
#[utoipa::path(post, path = "/halls/{hall}/inspections", tag = "registers",
    request_body = InspectionBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn create(wish: Wish<InspectionBody>) -> Result<Response, Problem> {
    let body = &wish.body;
    check_some("note", body.note.as_ref(), NOTE_MAX)?;
    check_some("zone", body.zone.as_ref(), PLACE_MAX)?;
    check_some("device", body.device.as_ref(), PLACE_MAX)?;
    check_rests(&wish, &body.seqs, &body.photos).await?;
    let asked = Inspect {
        id: wish.new_id(),
        window: body.window.clone(),
        zone: body.zone.clone(),
        device: body.device.clone(),
        item: body.item,
        requirement: body.requirement,
        outcome: body.outcome,
        note: body.note.clone(),
        photos: body.photos.clone(),
        seqs: body.seqs.clone(),
        source: body.source,
        partner: partner(&wish.app, body.partner.as_deref()).await?,
        seen_at: body.seen_at.map(|at| Timestamp(at.timestamp_millis())),
    };
    let actor = unit_actor(&wish.who, body.item);
    written(&wish, InspectionsWish::Inspect(asked), actor).await
}

/// Rows and photos that an entry names must be there.
///
/// # Errors
///
/// 400 for too many, 404 for those that are not there.
pub(crate) async fn check_rests<T>(
    wish: &Wish<T>,
    seqs: &[u64],
    photos: &[String],
) -> Result<(), Problem> {
    if seqs.len() > SEQS_MAX {
        return Err(
            Problem::malformed("seqs", format!("at most {SEQS_MAX} rows")).with("limit", SEQS_MAX),
        );
    }
    let head = wish.hall.durable().seq;
    if seqs.iter().any(|seq| *seq == 0 || *seq > head) {
        return Err(Problem::malformed(
            "seqs",
            "must be rows of this hall's journal",
        ));
    }
    if photos.len() > PHOTOS_MAX {
        let detail = format!("at most {PHOTOS_MAX} photos");
        return Err(Problem::malformed("photos", detail).with("limit", PHOTOS_MAX));
    }
    for photo in photos {
        let there = wish
            .app
            .halls
            .store()
            .has_photo(&wish.hall.code.0, photo)
            .await;
        if !there.map_err(|fault| wish.app.fault(&fault))? {
            return Err(Problem::not_found("photo"));
        }
    }
    Ok(())
}

async fn partner(app: &App, code: Option<&str>) -> Result<Option<Partner>, Problem> {
    let Some(code) = code else {
        return Ok(None);
    };
    let person = app.halls.store().person(code).await;
    let person = person.map_err(|fault| app.fault(&fault))?;
    let person = person.filter(|person| !person.disabled);
    let person = person.ok_or_else(|| Problem::not_found("person"))?;
    Ok(Some(Partner {
        code: person.code,
        clerk: person.clerk.map(ClerkCode),
    }))
}

async fn written<T>(
    wish: &Wish<T>,
    asked: InspectionsWish,
    actor: Actor,
) -> Result<Response, Problem> {
    let done = wish.write_as(asked, actor).await?;
    Ok(answer::done(
        StatusCode::CREATED,
        &done,
        &Written::of(&done)?,
    ))
}

/// A patrol that begins.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PatrolBody {
    /// `patrol`, `supervisors` or another.
    source: Source,
    /// The second person's code.
    #[serde(default)]
    partner: Option<String>,
}

/// A patrol as it is read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PatrolView {
    pub(crate) id: RecordId,
    pub(crate) source: Source,
    pub(crate) inspectors: Vec<String>,
    pub(crate) started_at: DateTime,
    /// Null while it is under way.
    pub(crate) ended_at: Option<DateTime>,
    /// Windows seen.
    pub(crate) windows: Vec<WindowCode>,
    /// Entries written down.
    pub(crate) entries: u32,
}

impl PatrolView {
    pub(crate) fn of(hall: &Hall, patrol: &Patrol) -> Self {
        let local = |at: Timestamp| at.in_zone(hall.zone());
        Self {
            id: patrol.started.id,
            source: patrol.started.source,
            inspectors: patrol.started.inspectors.clone(),
            started_at: local(patrol.started_at),
            ended_at: patrol.ended_at.map(local),
            windows: patrol.windows.iter().cloned().collect(),
            entries: patrol.entries,
        }
    }
}

/// The patrols of a month.
#[derive(Debug, Serialize, ToSchema)]
struct PatrolsView {
    /// Day by day: held, needed, missed.
    #[serde(flatten)]
    month: PatrolMonth,
    /// Each patrol, oldest first.
    patrols: Vec<PatrolView>,
    seq: u64,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct OfMonth {
    /// `YYYY-MM`; this month when left out.
    month: Option<Month>,
}

/// The patrols of a month: two a workday in the district centre, and one visit of supervisors.
#[utoipa::path(get, path = "/halls/{hall}/patrols", tag = "registers",
    params(("hall" = String, Path), OfMonth),
    responses((status = 200, body = PatrolsView), Problems))]
async fn patrols(
    State(app): State<App>,
    look: Look,
    Query(query): Query<OfMonth>,
) -> Json<PatrolsView> {
    let durable = look.hall.durable();
    let hall = &durable.hall;
    let today = app.clock.now().date_in(hall.zone());
    let month = query.month.unwrap_or_else(|| Month::of(today));
    let patrols = hall.records().inspections.patrols();
    let patrols = patrols.filter(|patrol| Month::of(patrol.started.day) == month);
    Json(PatrolsView {
        month: hall.patrol_month(month, today),
        patrols: patrols.map(|patrol| PatrolView::of(hall, patrol)).collect(),
        seq: durable.seq,
    })
}

/// Begins a patrol.
#[utoipa::path(post, path = "/halls/{hall}/patrols", tag = "registers",
    request_body = PatrolBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn start(wish: Wish<PatrolBody>) -> Result<Response, Problem> {
    let asked = StartPatrol {
        id: wish.new_id(),
        source: wish.body.source,
        partner: partner(&wish.app, wish.body.partner.as_deref()).await?,
    };
    written(&wish, InspectionsWish::Start(asked), wish.who.actor()).await
}

/// The end of a patrol.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndBody {
    /// Windows seen, beside those of its entries.
    #[serde(default)]
    windows: Vec<WindowCode>,
}

/// Ends a patrol; it counts from then on.
#[utoipa::path(post, path = "/halls/{hall}/patrols/{patrol}/ends", tag = "registers",
    request_body = EndBody,
    params(("hall" = String, Path), ("patrol" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn end(
    Path((_, patrol)): Path<(String, String)>,
    wish: Wish<EndBody>,
) -> Result<Response, Problem> {
    let asked = EndPatrol {
        id: record_id(&patrol)?,
        windows: wish.body.windows.clone(),
    };
    written(&wish, InspectionsWish::End(asked), wish.who.actor()).await
}

/// What is published of the month's visit (通报).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportBody {
    /// `YYYY-MM`.
    month: Month,
    /// Up to 1000 characters; no names of visitors.
    text: String,
}

/// Publishes what the supervisors' visit of the month found.
#[utoipa::path(post, path = "/halls/{hall}/visit-reports", tag = "registers",
    request_body = ReportBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn report(wish: Wish<ReportBody>) -> Result<Response, Problem> {
    check_text("text", &wish.body.text, REPORT_MAX)?;
    let asked = ReportVisit {
        id: wish.new_id(),
        month: wish.body.month,
        text: wish.body.text.clone(),
    };
    written(&wish, InspectionsWish::Report(asked), wish.who.actor()).await
}

//! 告知单: 一次性告知 (第七条(八)) and 容缺受理 (第十七条).

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use chrono::NaiveDate;
use hall::records::slips::{
    FinishWish, GiveWish, Lack, NoticeWay, Place, RemindWish, Returned, RongqueWish, Signer, Slip,
    SlipKind, SlipState, SlipView, SlipWish, Supplier, SupplyWish, TellWish, TellingWay,
    WithdrawWish,
};
use hall::{Hall, RecordId, ServiceCode, TicketId, WindowCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Written, check_lasting, check_some_lasting};
use crate::app::App;
use crate::floor::Done;
use crate::http::access::{Access, FLOOR, HELPERS, MANAGER, Rule, WINDOW};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish};
use crate::routes::Problems;

/// Items of one slip. Ours: a page of paper.
const ITEMS_MAX: usize = 30;
/// Characters of a paper's name. Ours: a line of the slip.
pub(crate) const PAPER_MAX: usize = 60;
/// Characters of an entry's name. Ours.
pub(crate) const PART_MAX: usize = 40;
/// Characters of how an entry is written, and of a consequence. Ours: two lines.
pub(crate) const HOW_MAX: usize = 120;
/// Characters of the right place. Ours.
pub(crate) const PLACE_MAX: usize = 80;
/// Workdays of a deadline or a promise. Ours: a year.
const DAYS_MAX: u32 = 250;

const SLIPS: &str = "/api/v1/halls/{hall}/slips";

pub(super) const RULES: &[Rule] = &[
    (Method::GET, SLIPS, Access::Roles(FLOOR)),
    (Method::POST, SLIPS, Access::Roles(HELPERS)),
    (
        Method::GET,
        "/api/v1/halls/{hall}/slips/leads",
        Access::Roles(FLOOR),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/slips/{id}",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/slips/{id}/papers",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/slips/{id}/reminders",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/slips/{id}/withdrawals",
        Access::Roles(MANAGER),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/slips/{id}/completions",
        Access::Roles(WINDOW),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(leads))
        .routes(routes!(show))
        .routes(routes!(supply))
        .routes(routes!(remind))
        .routes(routes!(withdraw))
        .routes(routes!(finish))
}

/// A slip. Fields of the other kind are refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SlipBody {
    /// `told`: 一次性告知单; `rongque`: 容缺受理通知书.
    kind: SlipKind,
    /// The visit, while it lasts or right after it.
    #[serde(default)]
    ticket: Option<TicketId>,
    #[serde(default)]
    window: Option<WindowCode>,
    service: ServiceCode,
    /// All that is to be brought or corrected, up to 30.
    #[serde(default)]
    items: Vec<Lack>,
    /// Told: how; `window` when left out.
    #[serde(default)]
    way: Option<TellingWay>,
    /// Told: the right place, when it is not here.
    #[serde(default)]
    place: Option<Place>,
    /// Told: the code of the slip of the visit before.
    #[serde(default)]
    follows: Option<String>,
    /// 容缺: workdays to bring the papers.
    #[serde(default)]
    due_workdays: Option<u32>,
    /// 容缺: what being late leads to.
    #[serde(default)]
    consequence: Option<String>,
    /// 容缺: whether the main papers are there and in lawful form.
    #[serde(default)]
    main_complete: bool,
    /// 容缺: who signed the written promise.
    #[serde(default)]
    signed_by: Option<Signer>,
    /// 容缺: the matter's promised time in workdays.
    #[serde(default)]
    promised_days: Option<u32>,
}

impl SlipBody {
    fn check(&self) -> Result<(), Problem> {
        self.check_items()?;
        if let Some(place) = &self.place {
            check_some_lasting("place.text", place.text.as_ref(), PLACE_MAX)?;
        }
        check_some_lasting("consequence", self.consequence.as_ref(), HOW_MAX)?;
        let is_code = |code: &String| hall::text::is_code(code, 16);
        if self.follows.as_ref().is_some_and(|code| !is_code(code)) {
            let detail = "must be the short code of a slip";
            return Err(Problem::malformed("follows", detail));
        }
        for (field, days) in [
            ("due_workdays", self.due_workdays),
            ("promised_days", self.promised_days),
        ] {
            if days.is_some_and(|days| days > DAYS_MAX) {
                let detail = format!("must be 0 to {DAYS_MAX}");
                return Err(Problem::malformed(field, detail));
            }
        }
        self.check_kind()
    }

    fn check_items(&self) -> Result<(), Problem> {
        if self.items.len() > ITEMS_MAX {
            let detail = format!("at most {ITEMS_MAX}");
            return Err(Problem::malformed("items", detail).with("limit", ITEMS_MAX));
        }
        for (i, item) in self.items.iter().enumerate() {
            check_lasting(&format!("items[{i}].paper"), &item.paper, PAPER_MAX)?;
            check_some_lasting(&format!("items[{i}].part"), item.part.as_ref(), PART_MAX)?;
            check_some_lasting(&format!("items[{i}].how"), item.how.as_ref(), HOW_MAX)?;
        }
        Ok(())
    }

    /// A field of the other kind is a slip of the pen: say so instead of dropping it.
    fn check_kind(&self) -> Result<(), Problem> {
        let told = [
            ("way", self.way.is_some()),
            ("place", self.place.is_some()),
            ("follows", self.follows.is_some()),
        ];
        let rongque = [
            ("due_workdays", self.due_workdays.is_some()),
            ("consequence", self.consequence.is_some()),
            ("main_complete", self.main_complete),
            ("signed_by", self.signed_by.is_some()),
            ("promised_days", self.promised_days.is_some()),
        ];
        let (other, kind): (&[_], _) = match self.kind {
            SlipKind::Told => (&rongque, "rongque"),
            SlipKind::Rongque => (&told, "told"),
        };
        match other.iter().find(|(_, is_given)| *is_given) {
            Some((field, _)) => Err(Problem::malformed(
                field,
                format!("belongs to the kind {kind}"),
            )),
            None => Ok(()),
        }
    }

    fn wish(&self, id: RecordId, code: String) -> SlipWish {
        let give = GiveWish {
            id,
            code,
            ticket: self.ticket,
            window: self.window.clone(),
            service: self.service.clone(),
            items: self.items.clone(),
        };
        match self.kind {
            SlipKind::Told => SlipWish::Tell(TellWish {
                give,
                way: self.way.unwrap_or_default(),
                place: self.place.clone(),
                follows: self.follows.as_ref().map(|code| code.to_uppercase()),
            }),
            SlipKind::Rongque => SlipWish::Rongque(RongqueWish {
                give,
                due_workdays: self.due_workdays,
                consequence: self.consequence.clone(),
                main_complete: self.main_complete,
                signed_by: self.signed_by,
                promised_days: self.promised_days,
            }),
        }
    }
}

/// A slip that was given.
#[derive(Debug, Serialize, ToSchema)]
struct SlipGiven {
    /// The record.
    id: RecordId,
    /// The short code printed on it.
    code: String,
    /// The journal position of the change.
    seq: u64,
}

/// Gives a slip; 容缺受理 is refused unless papers, deadline and consequence are all told and the
/// promise is signed.
#[utoipa::path(post, path = "/halls/{hall}/slips", tag = "registers",
    request_body = SlipBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = SlipGiven), Problems))]
async fn create(wish: Wish<SlipBody>) -> Result<Response, Problem> {
    wish.body.check()?;
    let id = wish.new_id();
    let code_of = |id| wish.app.keys.slip_code(&wish.hall.code, id);
    let done = wish.write(wish.body.wish(id, code_of(id))).await?;
    let written = Written::of(&done)?;
    let given = SlipGiven {
        id: written.id,
        code: code_of(written.id),
        seq: written.seq,
    };
    Ok(answer::done(StatusCode::CREATED, &done, &given))
}

/// Which slips.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Filter {
    /// `told` or `rongque`.
    kind: Option<SlipKind>,
    /// Where it stands today, such as `overdue`.
    state: Option<SlipState>,
    /// The visit.
    ticket: Option<TicketId>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Slips that are open and those of the last 90 days, oldest first.
#[utoipa::path(get, path = "/halls/{hall}/slips", tag = "registers",
    params(("hall" = String, Path), Filter),
    responses((status = 200, body = Page<SlipView>), Problems))]
async fn list(
    State(app): State<App>,
    look: Look,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<SlipView>>, Problem> {
    let durable = look.hall.durable();
    let (hall, now) = (&durable.hall, app.clock.now());
    let wanted = |slip: &&Slip| {
        let is_rongque = slip.rongque().is_some();
        filter
            .kind
            .is_none_or(|kind| (kind == SlipKind::Rongque) == is_rongque)
            && filter
                .state
                .is_none_or(|state| hall.slip_state(slip, now) == state)
            && filter
                .ticket
                .is_none_or(|ticket| slip.given().ticket == Some(ticket))
    };
    let slips = hall.records().slips.all().filter(wanted);
    let keyed = slips.map(|slip| (slip.given().id.to_string(), slip));
    let page = Paging::new(filter.limit, filter.cursor.clone()).page(keyed)?;
    Ok(Json(page.map(|slip| hall.slip_view(slip, now))))
}

/// What inspectors may look into: facts, not findings.
#[derive(Debug, Serialize, ToSchema)]
struct SlipLeads {
    /// Visitors sent home for papers without a slip, newest first (第七条(八)).
    returned_without_slip: Vec<Returned>,
    /// Slips of a later visit with papers that the slips before do not name.
    second_visit_new_items: Vec<SlipView>,
    /// Slips with papers that the service guide does not name (第十六条).
    out_of_guide: Vec<SlipView>,
}

/// Leads of the slips in memory.
#[utoipa::path(get, path = "/halls/{hall}/slips/leads", tag = "registers",
    params(("hall" = String, Path)),
    responses((status = 200, body = SlipLeads), Problems))]
async fn leads(State(app): State<App>, look: Look) -> Json<SlipLeads> {
    let durable = look.hall.durable();
    let (hall, now) = (&durable.hall, app.clock.now());
    let views = hall.records().slips.all().rev();
    let views: Vec<_> = views.map(|slip| hall.slip_view(slip, now)).collect();
    let having = |is: fn(&hall::records::slips::SlipItem) -> bool| {
        let found = views.iter().filter(|view| view.items.iter().any(is));
        found.cloned().collect()
    };
    Json(SlipLeads {
        returned_without_slip: hall.returned_without_slip(),
        second_visit_new_items: having(|item| item.new),
        out_of_guide: having(|item| item.outside_guide),
    })
}

/// The slip of an id or a short code.
///
/// # Errors
///
/// 404 when there is none in memory.
pub(crate) fn find<'a>(hall: &'a Hall, text: &str) -> Result<&'a Slip, Problem> {
    let slips = &hall.records().slips;
    let by_id = || {
        let id = uuid::Uuid::parse_str(text).ok()?;
        slips.get(RecordId(id))
    };
    let slip = slips.by_code(&text.to_uppercase()).or_else(by_id);
    slip.ok_or_else(|| Problem::not_found("slip"))
}

/// One slip, by its id or its short code.
#[utoipa::path(get, path = "/halls/{hall}/slips/{id}", tag = "registers",
    params(("hall" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = SlipView), Problems))]
async fn show(
    State(app): State<App>,
    look: Look,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<SlipView>, Problem> {
    let durable = look.hall.durable();
    let slip = find(&durable.hall, &id)?;
    Ok(Json(durable.hall.slip_view(slip, app.clock.now())))
}

/// A slip after a change.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SlipAfter {
    #[serde(flatten)]
    slip: SlipView,
    /// The journal position of the change.
    seq: u64,
}

pub(super) fn after<T>(
    wish: &Wish<T>,
    done: &Done,
    (status, id): (StatusCode, RecordId),
) -> Result<Response, Problem> {
    let durable = wish.hall.durable();
    let slip = durable.hall.records().slips.get(id);
    let slip = slip.ok_or_else(|| Problem::not_found("slip"))?;
    let body = SlipAfter {
        slip: durable.hall.slip_view(slip, wish.app.clock.now()),
        seq: done.seq,
    };
    Ok(answer::done(status, done, &body))
}

pub(super) fn id_of<T>(wish: &Wish<T>, text: &str) -> Result<RecordId, Problem> {
    let durable = wish.hall.durable();
    find(&durable.hall, text).map(|slip| slip.given().id)
}

/// A paper that came in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaperBody {
    /// Which item of the slip, from 0.
    item: u32,
    /// How it came.
    from: Supplier,
}

/// Takes a paper of a 容缺 matter in; the last one closes the list, in time or late.
#[utoipa::path(post, path = "/halls/{hall}/slips/{id}/papers", tag = "registers",
    request_body = PaperBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = SlipAfter), Problems))]
async fn supply(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<PaperBody>,
) -> Result<Response, Problem> {
    let id = id_of(&wish, &id)?;
    let (item, from) = (wish.body.item, wish.body.from);
    let supply = SlipWish::Supply(SupplyWish { id, item, from });
    let done = wish.write(supply).await?;
    after(&wish, &done, (StatusCode::CREATED, id))
}

/// How somebody was reminded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReminderBody {
    how: NoticeWay,
}

/// Notes that the applicant was reminded.
#[utoipa::path(post, path = "/halls/{hall}/slips/{id}/reminders", tag = "registers",
    request_body = ReminderBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = SlipAfter), Problems))]
async fn remind(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<ReminderBody>,
) -> Result<Response, Problem> {
    let id = id_of(&wish, &id)?;
    let how = wish.body.how;
    let done = wish.write(SlipWish::Remind(RemindWish { id, how })).await?;
    after(&wish, &done, (StatusCode::CREATED, id))
}

/// The notice before an application counts as withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawalBody {
    /// How the applicant was told.
    how: NoticeWay,
    /// When, after the last day.
    told_day: NaiveDate,
}

/// Confirms 逾期视为撤回 after a notice; no clock does it.
#[utoipa::path(post, path = "/halls/{hall}/slips/{id}/withdrawals", tag = "registers",
    request_body = WithdrawalBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = SlipAfter), Problems))]
async fn withdraw(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<WithdrawalBody>,
) -> Result<Response, Problem> {
    let id = id_of(&wish, &id)?;
    let (how, told_day) = (wish.body.how, wish.body.told_day);
    let withdraw = SlipWish::Withdraw(WithdrawWish { id, how, told_day });
    let done = wish.write(withdraw).await?;
    after(&wish, &done, (StatusCode::CREATED, id))
}

/// Notes that a 容缺 matter is finished, once every paper is there.
#[utoipa::path(post, path = "/halls/{hall}/slips/{id}/completions", tag = "registers",
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = SlipAfter), Problems))]
async fn finish(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<super::Nothing>,
) -> Result<Response, Problem> {
    let id = id_of(&wish, &id)?;
    let done = wish.write(SlipWish::Finish(FinishWish { id })).await?;
    after(&wish, &done, (StatusCode::CREATED, id))
}

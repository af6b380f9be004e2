//! Visitors and tickets.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use hall::view::{Slip, TicketView};
use hall::{
    CancelledBy, Channel, Class, Command, Ground, HourMinute, IssueTicket, ParkingKind,
    PrintOutcome, ServiceCode, TicketId, WindowCode,
};
use link::random;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Problems;
use crate::app::App;
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some, check_text};

/// Characters of a reason. Ours: one line on a screen and two in the monthly sheet.
pub(in crate::routes) const REASON_MAX: usize = 200;
/// Characters of a note. Ours.
const NOTE_MAX: usize = 500;

/// A wish for a number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IssueBody {
    service: ServiceCode,
    class: Class,
    #[serde(default)]
    ground: Option<Ground>,
    channel: Channel,
    /// Never required; only a keyed hash and a masked tail are kept.
    #[serde(default)]
    id_number: Option<String>,
    #[serde(default)]
    note: Option<String>,
    /// Why after the end of issuing; staff only.
    #[serde(default)]
    after_closing: Option<String>,
}

impl IssueBody {
    fn check(&self) -> Result<(), Problem> {
        check_some("id_number", self.id_number.as_ref(), 32)?;
        check_some("note", self.note.as_ref(), NOTE_MAX)?;
        check_some("after_closing", self.after_closing.as_ref(), REASON_MAX)?;
        if self.class == Class::Booked {
            return Err(Problem::malformed("class", "must be ordinary or green"));
        }
        if self.ground.is_some() && self.class != Class::Green {
            return Err(Problem::malformed(
                "ground",
                "only a green ticket has a ground",
            ));
        }
        Ok(())
    }
}

/// Takes a number.
#[utoipa::path(post, path = "/halls/{hall}/tickets", tag = "tickets", request_body = IssueBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn issue(wish: Wish<IssueBody>) -> Result<Response, Problem> {
    wish.body.check()?;
    let now = wish.app.clock.now();
    let day = now.date_in(wish.hall.durable().hall.zone());
    let holder = wish
        .body
        .id_number
        .as_ref()
        .map(|id| wish.app.keys.holder(&wish.hall.code, day, id));
    let personal = &wish.app.personal;
    let note = match &wish.body.note {
        Some(note) => Some(personal.keep(&wish.hall.code, note).await?),
        None => None,
    };
    let issue = IssueTicket {
        ticket: TicketId(random::id(now)),
        service: wish.body.service.clone(),
        class: wish.body.class,
        ground: wish.body.ground,
        channel: wish.body.channel,
        holder,
        note: note.clone(),
        after_closing: wish.body.after_closing.clone(),
        told: wish
            .hall
            .foreseen()
            .told(&wish.body.service, wish.body.class),
    };
    let done = wish.ask(Command::Issue(Box::new(issue))).await;
    let is_new = done.as_ref().is_ok_and(|done| !done.replay);
    if let Some(note) = note.filter(|_| !is_new) {
        // Nothing refers to it: a refused wish leaves no personal data behind.
        personal.shred(&note).await;
    }
    let done = done?;
    answer::ticket(&wish.app, &wish.hall, StatusCode::CREATED, &done)
}

/// Which tickets to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    state: Option<String>,
    service: Option<String>,
    window: Option<String>,
    number: Option<String>,
    day: Option<NaiveDate>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Lists tickets in the order of issue.
#[utoipa::path(get, path = "/halls/{hall}/tickets", tag = "tickets",
    params(("hall" = String, Path), Filter),
    responses((status = 200, body = Page<TicketView>), Problems))]
pub(super) async fn list(
    State(app): State<App>,
    look: Look,
    Query(filter): Query<Filter>,
) -> Result<axum::Json<Page<TicketView>>, Problem> {
    let paging = Paging::new(filter.limit, filter.cursor.clone());
    let durable = look.hall.durable();
    let wanted = |ticket: &hall::Ticket| {
        filter
            .state
            .as_deref()
            .is_none_or(|state| ticket.status.name() == state)
            && filter
                .service
                .as_deref()
                .is_none_or(|service| ticket.service.0 == service)
            && filter
                .number
                .as_deref()
                .is_none_or(|number| ticket.number == number)
            && filter.day.is_none_or(|day| ticket.day == day)
            && filter
                .window
                .as_deref()
                .is_none_or(|code| ticket.window.as_ref().is_some_and(|own| own.0 == code))
    };
    let mut tickets: Vec<_> = durable
        .hall
        .tickets()
        .values()
        .filter(|t| wanted(t))
        .collect();
    tickets.sort_by_key(|ticket| ticket.serial);
    let keyed = tickets
        .into_iter()
        .map(|ticket| (format!("{:012}", ticket.serial), ticket.id));
    // Views are made for the page alone: each counts the people ahead.
    let page = paging.page(keyed)?;
    let view = |id| answer::ticket_view(&app, &look.hall, &durable, id, durable.seq);
    let items: Result<_, _> = page.items.into_iter().map(view).collect();
    Ok(axum::Json(Page {
        items: items?,
        next: page.next,
    }))
}

/// One ticket.
#[utoipa::path(get, path = "/halls/{hall}/tickets/{ticket}", tag = "tickets",
    params(("hall" = String, Path), ("ticket" = String, Path)),
    responses((status = 200, body = TicketView), Problems))]
pub(super) async fn show(
    State(app): State<App>,
    look: Look,
    Path((_, ticket)): Path<(String, String)>,
) -> Result<axum::Json<TicketView>, Problem> {
    let durable = look.hall.durable();
    let id = ticket_id(&ticket)?;
    answer::ticket_view(&app, &look.hall, &durable, id, durable.seq).map(axum::Json)
}

/// What is printed on the ticket's slip; `copy` 1 is the original.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct SlipQuery {
    copy: Option<u32>,
}

/// The slip of a ticket.
#[utoipa::path(get, path = "/halls/{hall}/tickets/{ticket}/slip", tag = "tickets",
    params(("hall" = String, Path), ("ticket" = String, Path), SlipQuery),
    responses((status = 200, body = Slip), Problems))]
pub(super) async fn slip(
    State(app): State<App>,
    look: Look,
    Path((_, ticket)): Path<(String, String)>,
    Query(query): Query<SlipQuery>,
) -> Result<axum::Json<Slip>, Problem> {
    let durable = look.hall.durable();
    let id = ticket_id(&ticket)?;
    let mut view = answer::ticket_view(&app, &look.hall, &durable, id, durable.seq)?;
    // Every copy says what the first one said.
    view.wait = durable.hall.ticket(id)?.wait;
    let copy = query.copy.unwrap_or(1);
    let slip = durable
        .hall
        .slip(&view, copy)
        .ok_or_else(|| Problem::not_found("plan"))?;
    Ok(axum::Json(slip))
}

/// What is known of the paper.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PrintBody {
    outcome: PrintOutcome,
    copy: u32,
}

/// Says what is known of the paper.
#[utoipa::path(put, path = "/halls/{hall}/tickets/{ticket}/print", tag = "tickets",
    request_body = PrintBody, params(("hall" = String, Path), ("ticket" = String, Path)),
    responses((status = 200, body = TicketView), Problems))]
pub(super) async fn print(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<PrintBody>,
) -> Result<Response, Problem> {
    if !(1..=99).contains(&wish.body.copy) {
        return Err(Problem::malformed("copy", "must be 1 to 99"));
    }
    let command = Command::ReportPrint {
        ticket: ticket_id(&ticket)?,
        copy: wish.body.copy,
        outcome: wish.body.outcome,
    };
    changed(&wish, command, StatusCode::OK).await
}

/// Nothing to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Nothing {}

/// Asks for a copy of the slip.
#[utoipa::path(post, path = "/halls/{hall}/tickets/{ticket}/reprints", tag = "tickets",
    params(("hall" = String, Path), ("ticket" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn reprint(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let command = Command::AskReprint {
        ticket: ticket_id(&ticket)?,
    };
    changed(&wish, command, StatusCode::CREATED).await
}

/// Where to, and why. One of `service` and `window`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TransferBody {
    #[serde(default)]
    service: Option<ServiceCode>,
    #[serde(default)]
    window: Option<WindowCode>,
    reason: String,
}

/// Sends a ticket to another service or window; number and arrival kept.
#[utoipa::path(post, path = "/halls/{hall}/tickets/{ticket}/transfers", tag = "tickets",
    request_body = TransferBody,
    params(("hall" = String, Path), ("ticket" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn transfer(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<TransferBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let ticket = ticket_id(&ticket)?;
    let reason = wish.body.reason.clone();
    let command = match (&wish.body.service, &wish.body.window) {
        (Some(service), None) => Command::TransferToService {
            ticket,
            service: service.clone(),
            reason,
        },
        (None, Some(window)) => Command::TransferToWindow {
            ticket,
            window: window.clone(),
            reason,
        },
        _ => {
            return Err(Problem::malformed(
                "service",
                "give either service or window",
            ));
        }
    };
    changed(&wish, command, StatusCode::CREATED).await
}

/// Puts a no-show back in line.
#[utoipa::path(post, path = "/halls/{hall}/tickets/{ticket}/reinstatements", tag = "tickets",
    params(("hall" = String, Path), ("ticket" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn reinstate(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let command = Command::Reinstate {
        ticket: ticket_id(&ticket)?,
    };
    changed(&wish, command, StatusCode::CREATED).await
}

/// Whose wish, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CancelBody {
    by: CancelledBy,
    reason: String,
}

/// Ends a ticket without service.
#[utoipa::path(post, path = "/halls/{hall}/tickets/{ticket}/cancellations", tag = "tickets",
    request_body = CancelBody,
    params(("hall" = String, Path), ("ticket" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn cancel(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<CancelBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let command = Command::Cancel {
        ticket: ticket_id(&ticket)?,
        by: wish.body.by,
        reason: wish.body.reason.clone(),
    };
    changed(&wish, command, StatusCode::CREATED).await
}

/// One more matter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MatterBody {
    service: ServiceCode,
}

/// Adds a matter to the visit.
#[utoipa::path(post, path = "/halls/{hall}/tickets/{ticket}/matters", tag = "tickets",
    request_body = MatterBody,
    params(("hall" = String, Path), ("ticket" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn add_matter(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<MatterBody>,
) -> Result<Response, Problem> {
    let ticket = ticket_id(&ticket)?;
    let command = Command::AddMatter {
        ticket,
        service: wish.body.service.clone(),
    };
    changed(&wish, command, StatusCode::CREATED).await
}

/// The day and time agreed with the visitor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CarryOverBody {
    to: NaiveDate,
    slot: HourMinute,
    consent: bool,
}

/// Moves a ticket to a named day, with the visitor's consent.
#[utoipa::path(post, path = "/halls/{hall}/tickets/{ticket}/carry-overs", tag = "tickets",
    request_body = CarryOverBody,
    params(("hall" = String, Path), ("ticket" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn carry_over(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<CarryOverBody>,
) -> Result<Response, Problem> {
    let command = Command::CarryOver {
        ticket: ticket_id(&ticket)?,
        to: wish.body.to,
        slot: wish.body.slot.to_string(),
        consent: wish.body.consent,
    };
    changed(&wish, command, StatusCode::CREATED).await
}

/// The visitor asks, once, to be called later.
#[utoipa::path(post, path = "/halls/{hall}/tickets/{ticket}/delays", tag = "tickets",
    params(("hall" = String, Path), ("ticket" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn delay(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let command = Command::Delay {
        ticket: ticket_id(&ticket)?,
    };
    changed(&wish, command, StatusCode::CREATED).await
}

/// How a ticket is set aside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ParkBody {
    kind: ParkingKind,
    reason: String,
}

/// Sets a ticket aside.
#[utoipa::path(put, path = "/halls/{hall}/tickets/{ticket}/parking", tag = "tickets",
    request_body = ParkBody, params(("hall" = String, Path), ("ticket" = String, Path)),
    responses((status = 200, body = TicketView), Problems))]
pub(super) async fn park(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<ParkBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let command = Command::Park {
        ticket: ticket_id(&ticket)?,
        kind: wish.body.kind,
        reason: wish.body.reason.clone(),
    };
    changed(&wish, command, StatusCode::OK).await
}

/// Brings a parked ticket back in line, first.
#[utoipa::path(delete, path = "/halls/{hall}/tickets/{ticket}/parking", tag = "tickets",
    params(("hall" = String, Path), ("ticket" = String, Path)),
    responses((status = 200, body = TicketView), Problems))]
pub(super) async fn unpark(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let command = Command::Unpark {
        ticket: ticket_id(&ticket)?,
    };
    changed(&wish, command, StatusCode::OK).await
}

pub(super) async fn changed<T>(
    wish: &Wish<T>,
    command: Command,
    status: StatusCode,
) -> Result<Response, Problem> {
    let done = wish.ask(command).await?;
    answer::ticket(&wish.app, &wish.hall, status, &done)
}

/// Reads a ticket's id; anything else is a ticket that does not exist.
pub(super) fn ticket_id(text: &str) -> Result<TicketId, Problem> {
    uuid::Uuid::parse_str(text)
        .map(TicketId)
        .map_err(|_| Problem::not_found("ticket"))
}

/// What the public ticket page shows: no personal data.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicTicket {
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) ahead: u32,
    pub(crate) wait: Option<hall::view::Wait>,
    pub(crate) window: Option<WindowCode>,
    pub(crate) windows: Vec<WindowCode>,
    pub(crate) service: String,
    pub(crate) hall: String,
    pub(crate) calls: u32,
    pub(crate) delayed: bool,
    pub(crate) seq: u64,
}

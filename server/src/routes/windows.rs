//! Windows: shifts, pauses, calls, visits.

use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use hall::view::{NextView, TicketView, WindowView};
use hall::{
    ClerkCode, Command, CompletionMatter, Outcome, PauseReason, Pick, TicketId, WindowCode,
};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::Problems;
use super::tickets::{Nothing, REASON_MAX, ticket_id};
use crate::http::answer;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some, check_text};

type WindowPath = Path<(String, WindowCode)>;

/// Every window.
#[utoipa::path(get, path = "/halls/{hall}/windows", tag = "windows",
    params(("hall" = String, Path), answer::Paging),
    responses((status = 200, body = answer::Page<WindowView>), Problems))]
pub(super) async fn list(
    look: Look,
    Query(paging): Query<answer::Paging>,
) -> Result<Json<answer::Page<WindowView>>, Problem> {
    let durable = look.hall.durable();
    let views = durable.hall.windows().keys().filter_map(|code| {
        let view = durable.hall.window_view(code, durable.seq).ok()?;
        Some((code.0.clone(), view))
    });
    paging.page(views).map(Json)
}

/// One window.
#[utoipa::path(get, path = "/halls/{hall}/windows/{window}", tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn show(
    look: Look,
    Path((_, window)): WindowPath,
) -> Result<Json<WindowView>, Problem> {
    let durable = look.hall.durable();
    Ok(Json(durable.hall.window_view(&window, durable.seq)?))
}

/// Who would be called now, and why.
#[utoipa::path(get, path = "/halls/{hall}/windows/{window}/next", tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = NextView), Problems))]
pub(super) async fn next(
    look: Look,
    Path((_, window)): WindowPath,
) -> Result<Json<NextView>, Problem> {
    let durable = look.hall.durable();
    Ok(Json(durable.hall.next_view(&window, durable.seq)?))
}

/// Who signs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShiftBody {
    clerk: ClerkCode,
    /// A manager's reason.
    #[serde(default, rename = "override")]
    overriding: Option<String>,
}

/// Signs a clerk in, as 准备中.
#[utoipa::path(put, path = "/halls/{hall}/windows/{window}/shift", tag = "windows",
    request_body = ShiftBody, params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn sign_in(
    Path((_, window)): WindowPath,
    wish: Wish<ShiftBody>,
) -> Result<Response, Problem> {
    check_some("override", wish.body.overriding.as_ref(), REASON_MAX)?;
    let clerk = wish.body.clerk.clone();
    let overriding = wish.body.overriding.clone();
    let command = Command::SignIn {
        window: window.clone(),
        clerk,
        overriding,
    };
    window_changed(&wish, command, &window).await
}

/// Why against the rule.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OverrideBody {
    /// A manager's reason.
    #[serde(default, rename = "override")]
    overriding: Option<String>,
}

/// Signs the clerk off.
#[utoipa::path(delete, path = "/halls/{hall}/windows/{window}/shift", tag = "windows",
    request_body = Option<OverrideBody>, params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn sign_off(
    Path((_, window)): WindowPath,
    wish: Wish<OverrideBody>,
) -> Result<Response, Problem> {
    check_some("override", wish.body.overriding.as_ref(), REASON_MAX)?;
    let overriding = wish.body.overriding.clone();
    let command = Command::SignOff {
        window: window.clone(),
        overriding,
    };
    window_changed(&wish, command, &window).await
}

/// Opens the window for calls.
#[utoipa::path(put, path = "/halls/{hall}/windows/{window}/ready", tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn ready(
    Path((_, window)): WindowPath,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    window_changed(
        &wish,
        Command::MakeReady {
            window: window.clone(),
        },
        &window,
    )
    .await
}

/// Why the window is paused, and until when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PauseBody {
    reason: PauseReason,
    #[serde(default)]
    note: Option<String>,
    /// Minutes until the clerk expects to be back, 1 to 480.
    #[serde(default)]
    back_in_min: Option<u32>,
    #[serde(default)]
    cover: Option<ClerkCode>,
}

/// 暂停服务.
#[utoipa::path(put, path = "/halls/{hall}/windows/{window}/pause", tag = "windows",
    request_body = PauseBody, params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn pause(
    Path((_, window)): WindowPath,
    wish: Wish<PauseBody>,
) -> Result<Response, Problem> {
    check_some("note", wish.body.note.as_ref(), REASON_MAX)?;
    if wish
        .body
        .back_in_min
        .is_some_and(|minutes| !(1..=480).contains(&minutes))
    {
        return Err(Problem::malformed("back_in_min", "must be 1 to 480"));
    }
    let command = Command::Pause {
        window: window.clone(),
        reason: wish.body.reason,
        note: wish.body.note.clone(),
        back_in_min: wish.body.back_in_min,
        cover: wish.body.cover.clone(),
    };
    window_changed(&wish, command, &window).await
}

/// 恢复.
#[utoipa::path(delete, path = "/halls/{hall}/windows/{window}/pause", tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn resume(
    Path((_, window)): WindowPath,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    window_changed(
        &wish,
        Command::Resume {
            window: window.clone(),
        },
        &window,
    )
    .await
}

/// Whom to call.
#[expect(
    clippy::option_option,
    reason = "left out and null say different things"
)]
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallBody {
    /// Left out: no expectation; null: "I hold nobody"; else the ticket held.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    expect_current: Option<Option<TicketId>>,
    /// This one, out of turn.
    #[serde(default)]
    ticket: Option<TicketId>,
    /// Why out of turn.
    #[serde(default)]
    reason: Option<String>,
}

/// Tells a field given as null from one left out.
#[expect(
    clippy::option_option,
    reason = "left out and null say different things"
)]
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<TicketId>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Calls who is next, or a named ticket with a reason.
#[utoipa::path(post, path = "/halls/{hall}/windows/{window}/calls", tag = "windows",
    request_body = CallBody,
    params(("hall" = String, Path), ("window" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn call(
    Path((_, window)): WindowPath,
    wish: Wish<CallBody>,
) -> Result<Response, Problem> {
    let pick = match (wish.body.ticket, &wish.body.reason) {
        (None, None) => Pick::Next,
        (Some(ticket), Some(reason)) => {
            check_text("reason", reason, REASON_MAX)?;
            Pick::Named {
                ticket,
                reason: reason.clone(),
            }
        }
        (Some(_), None) => {
            return Err(Problem::malformed(
                "reason",
                "a named call needs its reason",
            ));
        }
        (None, Some(_)) => {
            return Err(Problem::malformed(
                "ticket",
                "a reason goes with a named ticket",
            ));
        }
    };
    let command = Command::Call {
        window,
        pick,
        expect: wish.body.expect_current,
    };
    ticket_changed(&wish, command, StatusCode::CREATED).await
}

/// Announces the call again.
#[utoipa::path(post, path = "/halls/{hall}/windows/{window}/recalls", tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn recall(
    Path((_, window)): WindowPath,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    ticket_changed(&wish, Command::Recall { window }, StatusCode::CREATED).await
}

/// The visitor came.
#[utoipa::path(post, path = "/halls/{hall}/windows/{window}/arrivals", tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn arrive(
    Path((_, window)): WindowPath,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    ticket_changed(&wish, Command::Start { window }, StatusCode::CREATED).await
}

/// The visitor did not come.
#[utoipa::path(post, path = "/halls/{hall}/windows/{window}/no-shows", tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn no_show(
    Path((_, window)): WindowPath,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    ticket_changed(&wish, Command::MarkNoShow { window }, StatusCode::CREATED).await
}

/// Takes a no-show back, within 10 s.
#[utoipa::path(delete, path = "/halls/{hall}/windows/{window}/no-shows/{ticket}", tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path), ("ticket" = String, Path)),
    responses((status = 200, body = TicketView), Problems))]
pub(super) async fn undo_no_show(
    Path((_, window, ticket)): Path<(String, WindowCode, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let command = Command::UndoNoShow {
        window,
        ticket: ticket_id(&ticket)?,
    };
    ticket_changed(&wish, command, StatusCode::OK).await
}

/// How the visit ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CompletionBody {
    outcome: Outcome,
    /// Workdays promised, 0 to 999; an accepted matter needs it (第七条(八)).
    #[serde(default)]
    promised_days: Option<u32>,
    /// How the result is picked up; an accepted matter needs it (第七条(八)).
    #[serde(default)]
    pickup: Option<String>,
    #[serde(default)]
    slip: Option<String>,
    #[serde(default)]
    matters: Vec<CompletionMatter>,
}

impl CompletionBody {
    fn check(&self) -> Result<(), Problem> {
        check_some("pickup", self.pickup.as_ref(), REASON_MAX)?;
        check_some("slip", self.slip.as_ref(), REASON_MAX)?;
        let days = self.matters.iter().map(|matter| matter.promised_days);
        if days
            .chain([self.promised_days])
            .flatten()
            .any(|days| days > 999)
        {
            return Err(Problem::malformed("promised_days", "must be 0 to 999"));
        }
        let pickups = self.matters.iter().map(|matter| matter.pickup.as_ref());
        for (i, pickup) in pickups.enumerate() {
            check_some(&format!("matters[{i}].pickup"), pickup, REASON_MAX)?;
        }
        Ok(())
    }
}

/// Ends the visit.
#[utoipa::path(post, path = "/halls/{hall}/windows/{window}/completions", tag = "windows",
    request_body = CompletionBody,
    params(("hall" = String, Path), ("window" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn finish(
    Path((_, window)): WindowPath,
    wish: Wish<CompletionBody>,
) -> Result<Response, Problem> {
    wish.body.check()?;
    let command = Command::Finish {
        window,
        outcome: wish.body.outcome,
        promised_days: wish.body.promised_days,
        pickup: wish.body.pickup.clone(),
        slip: wish.body.slip.clone(),
        matters: wish.body.matters.clone(),
    };
    ticket_changed(&wish, command, StatusCode::CREATED).await
}

/// Takes a finish back, within 10 s.
#[utoipa::path(delete, path = "/halls/{hall}/windows/{window}/completions/{ticket}",
    tag = "windows",
    params(("hall" = String, Path), ("window" = String, Path), ("ticket" = String, Path)),
    responses((status = 200, body = TicketView), Problems))]
pub(super) async fn undo_finish(
    Path((_, window, ticket)): Path<(String, WindowCode, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let command = Command::UndoFinish {
        window,
        ticket: ticket_id(&ticket)?,
    };
    ticket_changed(&wish, command, StatusCode::OK).await
}

/// Why the call is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonBody {
    reason: String,
}

/// Puts a called ticket back, first in line.
#[utoipa::path(post, path = "/halls/{hall}/windows/{window}/put-backs", tag = "windows",
    request_body = ReasonBody,
    params(("hall" = String, Path), ("window" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn put_back(
    Path((_, window)): WindowPath,
    wish: Wish<ReasonBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let command = Command::PutBack {
        window,
        reason: wish.body.reason.clone(),
    };
    ticket_changed(&wish, command, StatusCode::CREATED).await
}

async fn ticket_changed<T>(
    wish: &Wish<T>,
    command: Command,
    status: StatusCode,
) -> Result<Response, Problem> {
    let done = wish.ask(command).await?;
    answer::ticket(&wish.app, &wish.hall, status, &done)
}

async fn window_changed<T>(
    wish: &Wish<T>,
    command: Command,
    window: &WindowCode,
) -> Result<Response, Problem> {
    let done = wish.ask(command).await?;
    answer::window(&wish.hall, StatusCode::OK, &done, window)
}

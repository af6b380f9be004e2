//! The telephone (第七条(六), 第八条(三)4, 5): calls, messages, calls back. A caller's name and number
//! are personal data: sealed beside the journal, and shredded when the record is closed.

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use hall::records::{CallWish, Message, MessageWish, TakeWish};
use hall::{ClerkCode, DateTime, Hall, RecordId, Role, Timestamp, WindowCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::hand_ons::SUBJECT_MAX;
use super::{Nothing, Written, check_lasting, record_id};
use crate::app::App;
use crate::auth::Identity;
use crate::floor::Done;
use crate::http::access::{Access, FLOOR, HELPERS, Rule};
use crate::http::answer::{self, Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish, check_some};
use crate::routes::Problems;

/// Characters of a caller's name and number. Ours.
pub(crate) const CALLER_MAX: usize = 60;
/// Minutes until a call back. Ours: a week.
const DUE_MAX_MIN: u32 = 7 * 24 * 60;

pub(super) const RULES: &[Rule] = &[
    (
        Method::POST,
        "/api/v1/halls/{hall}/phone-calls",
        Access::Roles(HELPERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/messages",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/messages",
        Access::Roles(HELPERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/messages/{id}/caller",
        Access::Roles(HELPERS),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/messages/{id}/read",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/messages/{id}/returns",
        Access::Roles(HELPERS),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/messages/{id}",
        Access::Roles(HELPERS),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(call))
        .routes(routes!(list, take))
        .routes(routes!(caller))
        .routes(routes!(read))
        .routes(routes!(give_back))
        .routes(routes!(close))
}

/// What became of a call.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CallOutcome {
    /// 接听.
    Answered,
    /// 未能接听.
    Missed,
}

/// A call at a telephone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CallBody {
    outcome: CallOutcome,
    /// Whose telephone; none for the hall's.
    #[serde(default)]
    window: Option<WindowCode>,
    /// Who called, for a call back; kept sealed, shredded when closed.
    #[serde(default)]
    caller: Option<String>,
}

/// Notes a call that was answered or missed.
#[utoipa::path(post, path = "/halls/{hall}/phone-calls", tag = "registers",
    request_body = CallBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn call(wish: Wish<CallBody>) -> Result<Response, Problem> {
    check_some("caller", wish.body.caller.as_ref(), CALLER_MAX)?;
    let answered = matches!(wish.body.outcome, CallOutcome::Answered);
    if answered && wish.body.caller.is_some() {
        let detail = "is kept only for calls that are still to be returned";
        return Err(Problem::malformed("caller", detail));
    }
    let caller = seal(&wish, wish.body.caller.as_deref()).await?;
    let noted = CallWish {
        id: wish.new_id(),
        window: wish.body.window.clone(),
        caller: caller.clone(),
    };
    let asked = if answered {
        MessageWish::Answer(noted)
    } else {
        MessageWish::Miss(noted)
    };
    keep(&wish, asked, caller).await
}

/// A message for a clerk, or a question that is answered later.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MessageBody {
    to: ClerkCode,
    /// 1 to 100 characters; no names, no numbers of people.
    subject: String,
    /// Who called, name and number; kept sealed, shredded when closed.
    #[serde(default)]
    caller: Option<String>,
    /// Minutes until the call back is due, 1 to 10080.
    #[serde(default)]
    due_in_min: Option<u32>,
}

/// Takes a message.
#[utoipa::path(post, path = "/halls/{hall}/messages", tag = "registers",
    request_body = MessageBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn take(wish: Wish<MessageBody>) -> Result<Response, Problem> {
    check_lasting("subject", &wish.body.subject, SUBJECT_MAX)?;
    check_some("caller", wish.body.caller.as_ref(), CALLER_MAX)?;
    let due = wish.body.due_in_min;
    if due.is_some_and(|minutes| !(1..=DUE_MAX_MIN).contains(&minutes)) {
        let detail = format!("must be 1 to {DUE_MAX_MIN}");
        return Err(Problem::malformed("due_in_min", detail));
    }
    let caller = seal(&wish, wish.body.caller.as_deref()).await?;
    let now = wish.app.clock.now();
    let asked = MessageWish::Take(TakeWish {
        id: wish.new_id(),
        to: wish.body.to.clone(),
        subject: wish.body.subject.clone(),
        caller: caller.clone(),
        due_at: due.map(|minutes| now.plus_min(minutes.into())),
    });
    keep(&wish, asked, caller).await
}

async fn seal<T>(wish: &Wish<T>, caller: Option<&str>) -> Result<Option<String>, Problem> {
    match caller {
        Some(caller) => {
            let kept = wish.app.personal.keep(&wish.hall.code, caller).await?;
            Ok(Some(kept))
        }
        None => Ok(None),
    }
}

/// Writes a record down; what was sealed for a refused or repeated wish is shredded.
async fn keep<T>(
    wish: &Wish<T>,
    asked: MessageWish,
    caller: Option<String>,
) -> Result<Response, Problem> {
    let done = wish.write(asked).await;
    let is_new = done.as_ref().is_ok_and(|done| !done.replay);
    if let Some(caller) = caller.filter(|_| !is_new) {
        wish.app.personal.shred(&caller).await;
    }
    written(&done?, StatusCode::CREATED)
}

fn written(done: &Done, status: StatusCode) -> Result<Response, Problem> {
    Ok(answer::done(status, done, &Written::of(done)?))
}

/// The clerk has read the message.
#[utoipa::path(put, path = "/halls/{hall}/messages/{id}/read", tag = "registers",
    params(("hall" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = Written), Problems))]
async fn read(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let id = record_id(&id)?;
    written(&wish.write(MessageWish::Read { id }).await?, StatusCode::OK)
}

/// A call back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReturnBody {
    /// Whether the caller was reached; else the call is still owed.
    reached: bool,
}

/// Notes a call back; once the caller is reached, name and number are shredded.
#[utoipa::path(post, path = "/halls/{hall}/messages/{id}/returns", tag = "registers",
    request_body = ReturnBody,
    params(("hall" = String, Path), ("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn give_back(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<ReturnBody>,
) -> Result<Response, Problem> {
    let (id, reached) = (record_id(&id)?, wish.body.reached);
    let done = end(&wish, MessageWish::Return { id, reached }, (id, reached)).await?;
    written(&done, StatusCode::CREATED)
}

/// Nothing more is to be done; name and number are shredded.
#[utoipa::path(delete, path = "/halls/{hall}/messages/{id}", tag = "registers",
    params(("hall" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = Written), Problems))]
async fn close(
    Path((_, id)): Path<(String, String)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let id = record_id(&id)?;
    let done = end(&wish, MessageWish::Close { id }, (id, true)).await?;
    written(&done, StatusCode::OK)
}

async fn end<T>(
    wish: &Wish<T>,
    asked: MessageWish,
    (id, ends): (RecordId, bool),
) -> Result<Done, Problem> {
    let caller = caller_of(&wish.hall.durable().hall, id);
    let done = wish.write(asked).await?;
    if let Some(caller) = caller.filter(|_| ends) {
        wish.app.personal.shred(&caller).await;
    }
    Ok(done)
}

fn caller_of(hall: &Hall, id: RecordId) -> Option<String> {
    hall.records().messages.get(id)?.caller.clone()
}

/// Who called.
#[derive(Debug, Serialize, ToSchema)]
struct Caller {
    /// Name and number; null when they are shredded or were never given.
    caller: Option<String>,
}

/// Whether the person may read who called: the clerk it is for, or a manager; of a missed call,
/// whoever may call back.
pub(crate) fn may_read(who: &Identity, message: &Message) -> bool {
    who.holds(Role::Manager) || message.to.is_none() || who.clerk == message.to
}

/// Who called, for the clerk it is for and for managers.
#[utoipa::path(get, path = "/halls/{hall}/messages/{id}/caller", tag = "registers",
    params(("hall" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = Caller), Problems))]
async fn caller(
    State(app): State<App>,
    look: Look,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<Caller>, Problem> {
    let durable = look.hall.durable();
    let message = durable.hall.records().messages.get(record_id(&id)?);
    let message = message.ok_or_else(|| Problem::not_found("message"))?;
    if !may_read(&look.who, message) {
        return Err(Problem::not_your_role("the message is for another clerk"));
    }
    Ok(Json(Caller {
        caller: opened(&app, message).await?,
    }))
}

/// Who called, in the clear; none when it is shredded or was never given.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn opened(app: &App, message: &Message) -> Result<Option<String>, Problem> {
    match &message.caller {
        Some(caller) => {
            let opened = app.personal.open(caller).await;
            opened.map_err(|fault| app.fault(&fault))
        }
        None => Ok(None),
    }
}

/// A missed call or a message as people read it; who called stands elsewhere.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
#[derive(Debug, Serialize, ToSchema)]
struct MessageView {
    id: RecordId,
    /// For whom; null for a missed call.
    to: Option<ClerkCode>,
    /// Whose telephone.
    window: Option<WindowCode>,
    subject: Option<String>,
    /// Whether it is known who called.
    caller_known: bool,
    at: DateTime,
    due_at: Option<DateTime>,
    overdue: bool,
    read: bool,
    /// Calls back so far.
    tries: u32,
    /// Minutes to the call that reached the caller.
    returned_after_min: Option<u32>,
    closed: bool,
    by: String,
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Filter {
    /// Only messages for this clerk.
    to: Option<ClerkCode>,
    /// Only those that are open, or only those that are not.
    open: Option<bool>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Missed calls and messages that are open and those of the last 40 days, oldest first.
#[utoipa::path(get, path = "/halls/{hall}/messages", tag = "registers",
    params(("hall" = String, Path), Filter),
    responses((status = 200, body = Page<MessageView>), Problems))]
async fn list(
    State(app): State<App>,
    look: Look,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<MessageView>>, Problem> {
    let durable = look.hall.durable();
    let (hall, now) = (&durable.hall, app.clock.now());
    let messages = hall.records().messages.all();
    let wanted = messages.filter(|message| {
        filter.open.is_none_or(|open| message.closed != open)
            && (filter.to.is_none() || filter.to == message.to)
    });
    let keyed = wanted.map(|message| (message.id.to_string(), message));
    let page = Paging::new(filter.limit, filter.cursor.clone()).page(keyed)?;
    Ok(Json(page.map(|message| view(hall, message, now))))
}

fn view(hall: &Hall, message: &Message, now: Timestamp) -> MessageView {
    let zone = hall.zone();
    MessageView {
        id: message.id,
        to: message.to.clone(),
        window: message.window.clone(),
        subject: message.subject.clone(),
        caller_known: message.caller.is_some(),
        at: message.at.in_zone(zone),
        due_at: message.due_at.map(|due| due.in_zone(zone)),
        overdue: message.is_overdue(now),
        read: message.read,
        tries: message.tries,
        returned_after_min: message.returned_after_min,
        closed: message.closed,
        by: message.by.clone(),
    }
}

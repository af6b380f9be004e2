//! Answers of changes: the view as it stands on disk, with the position of the change.

use axum::Json;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hall::view::TicketView;
use hall::{TicketId, WindowCode};
use serde::Serialize;

use super::problem::Problem;
use crate::app::App;
use crate::floor::{Done, Durable, HallHandle};

/// An answer to a change, with the mark of a replay.
pub(crate) fn done<T: Serialize>(status: StatusCode, done: &Done, body: &T) -> Response {
    let mut response = (status, Json(body)).into_response();
    if done.replay {
        let mark = HeaderValue::from_static("true");
        response.headers_mut().insert("idempotent-replay", mark);
    }
    response
}

/// The ticket of a change.
///
/// # Errors
///
/// 404 when the ticket is not in memory any more.
pub(crate) fn ticket(
    app: &App,
    handle: &HallHandle,
    status: StatusCode,
    change: &Done,
) -> Result<Response, Problem> {
    let durable = handle.durable();
    let id = change.ticket.ok_or_else(|| Problem::not_found("ticket"))?;
    let view = ticket_view(app, handle, &durable, id, change.seq)?;
    Ok(done(status, change, &view))
}

/// A ticket with its check code and its public token.
///
/// # Errors
///
/// 404 when this hall has no such ticket.
pub(crate) fn ticket_view(
    app: &App,
    handle: &HallHandle,
    durable: &Durable,
    id: TicketId,
    seq: u64,
) -> Result<TicketView, Problem> {
    let ticket = durable.hall.ticket(id)?;
    let mut view = durable.hall.ticket_view(ticket, seq);
    view.check = Some(
        app.keys
            .check_code(&handle.code, ticket.day, &ticket.number),
    );
    view.token = Some(app.keys.token(&handle.code, id));
    Ok(view)
}

/// The window of a change.
///
/// # Errors
///
/// 404 when this hall has no such window.
pub(crate) fn window(
    handle: &HallHandle,
    status: StatusCode,
    change: &Done,
    code: &WindowCode,
) -> Result<Response, Problem> {
    let durable = handle.durable();
    let view = durable.hall.window_view(code, change.seq)?;
    Ok(done(status, change, &view))
}

/// A view of the hall that may be missing before its first plan.
///
/// # Errors
///
/// 404 when it is.
pub(crate) fn found<T>(view: Option<T>, what: &str) -> Result<T, Problem> {
    view.ok_or_else(|| Problem::not_found(what))
}

/// A page of a list, as API.md has it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next page begins; null on the last.
    pub next: Option<String>,
}

/// Cuts `all` into the page that begins after `cursor`.
pub(crate) fn page<T>(
    all: impl Iterator<Item = (String, T)>,
    limit: usize,
    cursor: Option<&str>,
) -> Page<T> {
    let mut rest = all.skip_while(|(key, _)| cursor.is_some_and(|cursor| key.as_str() <= cursor));
    let mut items = Vec::new();
    let mut last = None;
    for (key, item) in rest.by_ref().take(limit) {
        last = Some(key);
        items.push(item);
    }
    let next = rest.next().and(last);
    Page { items, next }
}

//! Answers of changes: the view as it stands on disk, with the position of the change.

use axum::Json;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hall::view::TicketView;
use hall::{TicketId, WindowCode};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::problem::Problem;
use crate::app::App;
use crate::floor::{Done, Durable, HallHandle};

/// Entries of a page when nothing is said. Ours.
const PAGE: usize = 50;
/// Entries of a page at most. **Source**: API.md.
const PAGE_MAX: usize = 200;
/// Characters of a cursor: codes have up to 32, ids 36.
const CURSOR_MAX: usize = 40;

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
    let mut view = ticket_view(app, handle, &durable, id, change.seq)?;
    // A repeated request is answered as the first time: with the wait that was told then.
    view.wait = durable.hall.ticket(id)?.wait;
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
    let view = durable.hall.ticket_view(ticket, seq);
    let mut view = view.with_waits(&handle.foreseen());
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

/// Which page of a list. **Source**: API.md, rules for all of it.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paging {
    /// Entries, 1 to 200; 50 when left out.
    limit: Option<usize>,
    /// `next` of the page before.
    cursor: Option<String>,
}

impl Paging {
    /// A page of `limit` entries after `cursor`.
    pub(crate) fn new(limit: Option<usize>, cursor: Option<String>) -> Self {
        Self { limit, cursor }
    }

    /// Cuts the page out of `all`, which is in the order of its keys.
    ///
    /// # Errors
    ///
    /// 400 when the limit is not 1 to 200, or the cursor is none of ours.
    pub(crate) fn page<T>(
        &self,
        all: impl Iterator<Item = (String, T)>,
    ) -> Result<Page<T>, Problem> {
        let limit = self.limit.unwrap_or(PAGE);
        if !(1..=PAGE_MAX).contains(&limit) {
            return Err(Problem::malformed(
                "limit",
                format!("must be 1 to {PAGE_MAX}"),
            ));
        }
        let after = self.cursor.as_deref();
        if after.is_some_and(|cursor| !hall::text::is_code(cursor, CURSOR_MAX)) {
            return Err(Problem::malformed(
                "cursor",
                "must be the `next` of a page before",
            ));
        }
        let mut rest = all.skip_while(|(key, _)| after.is_some_and(|after| key.as_str() <= after));
        let (mut items, mut last) = (Vec::new(), None);
        for (key, item) in rest.by_ref().take(limit) {
            last = Some(key);
            items.push(item);
        }
        let next = rest.next().and(last);
        Ok(Page { items, next })
    }
}

impl<T> Page<T> {
    /// The same page of something else.
    pub(crate) fn map<U>(self, to: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(to).collect(),
            next: self.next,
        }
    }
}

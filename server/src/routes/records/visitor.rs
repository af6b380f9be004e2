//! What visitors send themselves: no login, a key as on every POST, and a name that the journal
//! knows nobody by.

use axum::extract::Request;
use hall::{Actor, HallCode, Role, TicketId};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::floor::{HallHandle, Key};
use crate::http::problem::Problem;
use crate::http::wish::{BODY_MAX, decode, read_json, read_key};

/// A wish of somebody who is not signed in.
pub(super) struct Visit<T> {
    /// What was sent.
    pub(super) body: T,
    /// Its key.
    pub(super) key: Option<Key>,
}

impl<T: DeserializeOwned> Visit<T> {
    /// Reads a request for a hall.
    ///
    /// # Errors
    ///
    /// 400, 408, 413 and 415 as for every change.
    pub(super) async fn read(
        app: &App,
        hall: &HallHandle,
        request: Request,
    ) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let mut value = read_json(&parts.headers, body, BODY_MAX).await?;
        let key = read_key(&parts, app, &hall.code, &mut value)?;
        let body = decode(value)?;
        Ok(Self { body, key })
    }
}

/// The name of a ticket's own visitor, as cancelling and delaying use it.
pub(super) fn holder(ticket: TicketId) -> Actor {
    visitor(format!("visitor:{ticket}"))
}

/// The name of a visitor without a number.
pub(super) fn visitor(name: String) -> Actor {
    Actor {
        name,
        role: Role::Reader,
        clerk: None,
    }
}

/// The hall of a public path.
///
/// # Errors
///
/// 404 when there is none.
pub(super) fn hall(app: &App, code: &str) -> Result<HallHandle, Problem> {
    let known = app.halls.get(&HallCode::from(code));
    known.ok_or_else(|| Problem::not_found("hall"))
}

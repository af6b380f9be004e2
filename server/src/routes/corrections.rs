//! A manager's correction of an ended ticket: an event with a reason, never an edit.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use hall::Command;
use hall::view::TicketView;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Problems;
use super::tickets::{REASON_MAX, changed, ticket_id};
use crate::http::problem::Problem;
use crate::http::wish::{Wish, check_text};

/// Why the end was a mistake.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionBody {
    reason: String,
}

/// Takes back the end of a ticket, until its day is settled: it waits again, first in line.
#[utoipa::path(post, path = "/halls/{hall}/tickets/{ticket}/corrections", tag = "tickets",
    request_body = CorrectionBody,
    params(("hall" = String, Path), ("ticket" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketView), Problems))]
pub(super) async fn create(
    Path((_, ticket)): Path<(String, String)>,
    wish: Wish<CorrectionBody>,
) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let command = Command::Reopen {
        ticket: ticket_id(&ticket)?,
        reason: wish.body.reason.clone(),
    };
    changed(&wish, command, StatusCode::CREATED).await
}

//! The hall day.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use hall::Command;
use hall::view::DayView;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Problems;
use super::tickets::{Nothing, REASON_MAX};
use crate::app::App;
use crate::http::answer;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Query, Wish, check_text};

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct DayQuery {
    date: Option<NaiveDate>,
}

/// The hall day in force, or another one.
#[utoipa::path(get, path = "/halls/{hall}/day", tag = "day",
    params(("hall" = String, Path), DayQuery),
    responses((status = 200, body = DayView), Problems))]
pub(super) async fn show(
    State(app): State<App>,
    look: Look,
    Query(query): Query<DayQuery>,
) -> Result<Json<DayView>, Problem> {
    let durable = look.hall.durable();
    let view = durable.hall.day_view(query.date, app.clock.now());
    answer::found(view, "day").map(Json)
}

/// Closes a day whose numbers are all accounted for.
#[utoipa::path(post, path = "/halls/{hall}/day/settlements", tag = "day",
    params(("hall" = String, Path), DayQuery, ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = DayChanged), Problems))]
pub(super) async fn settle(
    Query(query): Query<DayQuery>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    changed(&wish, Command::Settle { day: query.date }, query.date).await
}

/// Why the day is opened by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OpeningBody {
    reason: String,
}

/// Opens today by hand.
#[utoipa::path(post, path = "/halls/{hall}/day/openings", tag = "day",
    request_body = OpeningBody,
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = DayChanged), Problems))]
pub(super) async fn open(wish: Wish<OpeningBody>) -> Result<Response, Problem> {
    check_text("reason", &wish.body.reason, REASON_MAX)?;
    let command = Command::OpenDay {
        reason: wish.body.reason.clone(),
    };
    changed(&wish, command, None).await
}

/// The day after a change, with the position of the change.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DayChanged {
    #[serde(flatten)]
    view: DayView,
    seq: u64,
}

async fn changed<T>(
    wish: &Wish<T>,
    command: Command,
    date: Option<NaiveDate>,
) -> Result<Response, Problem> {
    let done = wish.ask(command).await?;
    let durable = wish.hall.durable();
    let view = durable.hall.day_view(date, wish.app.clock.now());
    let view = view.or_else(|| durable.hall.day_view(None, wish.app.clock.now()));
    let view = answer::found(view, "day")?;
    let body = DayChanged {
        view,
        seq: done.seq,
    };
    Ok(answer::done(StatusCode::CREATED, &done, &body))
}

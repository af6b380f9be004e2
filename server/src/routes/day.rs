//! The hall day.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use hall::plan::Session;
use hall::view::{DayState, DayView};
use hall::{Balance, Command, Hall, HourMinute, Span, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Problems;
use super::tickets::{Nothing, REASON_MAX};
use crate::app::App;
use crate::floor::HallHandle;
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
    let view = of_date(&app, &look.hall, query.date).await?;
    answer::found(view, "day").map(Json)
}

/// The day of `date`; one that is settled and no longer in memory as its settlement tells.
async fn of_date(
    app: &App,
    hall: &HallHandle,
    date: Option<NaiveDate>,
) -> Result<Option<DayView>, Problem> {
    let durable = hall.durable();
    let view = durable.hall.day_view(date, app.clock.now());
    let Some(date) = date.filter(|date| durable.hall.day(*date).is_none()) else {
        return Ok(view);
    };
    let day = date.to_string();
    let settled = app.halls.store().settlement(&hall.code.0, &day).await;
    let settled = settled.map_err(|fault| app.fault(&fault))?;
    let told = settled.and_then(|payload| serde_json::from_str::<Told>(&payload).ok());
    let Some(told) = told else { return Ok(view) };
    let older = durable.hall.older_days().keys().copied().collect();
    let told = (told.balance, older);
    Ok(Some(settled_view(&durable.hall, date, told)))
}

/// A day of the past: its hours by the plan in force, its account as it was settled.
fn settled_view(hall: &Hall, date: NaiveDate, told: (Balance, Vec<NaiveDate>)) -> DayView {
    let hours = hall.plan().and_then(|plan| hall::hours(plan, date));
    let spans = hours.map(|hours| hours.sessions).unwrap_or_default();
    let zoned = |at: Timestamp| at.in_zone(hall.zone());
    let minute = |at| HourMinute::parse(&zoned(at).format("%H:%M").to_string());
    let session = |span: &Span| {
        let (from, to) = (minute(span.from)?, minute(span.to)?);
        Some(Session { from, to })
    };
    DayView {
        date,
        state: DayState::Settled,
        issuing: false,
        opens_at: spans.first().map(|span| zoned(span.from)),
        closes_at: spans.last().map(|span| zoned(span.to)),
        missing_year: None,
        sessions: spans.iter().filter_map(session).collect(),
        outstanding: Vec::new(),
        balance: told.0,
        after_hours_min: 0,
        older: told.1,
    }
}

/// What a settlement tells of its day.
#[derive(Debug, Deserialize)]
struct Told {
    balance: Balance,
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
    let view = of_date(&wish.app, &wish.hall, date).await?;
    let view = answer::found(view, "day")?;
    let body = DayChanged {
        view,
        seq: done.seq,
    };
    Ok(answer::done(StatusCode::CREATED, &done, &body))
}

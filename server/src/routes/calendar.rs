//! Statutory workdays: a year's table with its notice, as JSON or CSV, for every hall of the server.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header;
use chrono::NaiveDate;
use hall::Refusal;
use hall::calendar::{Calendar, CalendarDay, CalendarYear};
use link::clock;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Problems;
use crate::app::App;
use crate::auth::Identity;
use crate::calendar;
use crate::http::problem::Problem;
use crate::http::wish::{BODY_MAX, Path, Query, decode, read_bytes, read_json};

/// Years that a table may be of. Ours: the reform of the holidays, and far enough.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

/// The notice of a table that comes as CSV.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct Notice {
    /// The notice's number; only with CSV.
    notice: Option<String>,
    /// When it was published; only with CSV.
    published: Option<NaiveDate>,
}

/// A year's table, with its year.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CalendarView {
    year: i32,
    #[serde(flatten)]
    table: CalendarYear,
    /// Whether it was entered here; the others are built in.
    entered: bool,
}

/// A year's table: entered here, else built in.
#[utoipa::path(get, path = "/calendar/{year}", tag = "calendar", params(("year" = i32, Path)),
    responses((status = 200, body = CalendarView), Problems))]
pub(super) async fn show(
    State(app): State<App>,
    Path(year): Path<i32>,
) -> Result<Json<CalendarView>, Problem> {
    let entered = calendar::entered(&app).await;
    let entered = entered.map_err(|fault| app.fault(&fault))?;
    let found = entered.into_iter().find(|(known, _)| *known == year);
    let is_entered = found.is_some();
    let table = found
        .map(|(_, table)| table)
        .or_else(|| Calendar::default().year(year).cloned());
    let table = table.ok_or_else(|| Problem::not_found("calendar"))?;
    Ok(Json(CalendarView {
        year,
        table,
        entered: is_entered,
    }))
}

/// Enters a year's table into every hall.
///
/// As CSV (`text/csv`) the columns are `date,open,name`, open `true` or `false`, the first line may
/// name them; the notice's number and date are in the query.
#[utoipa::path(put, path = "/calendar/{year}", tag = "calendar", request_body = CalendarYear,
    params(("year" = i32, Path), Notice),
    responses((status = 200, body = CalendarView), Problems))]
pub(super) async fn put(
    State(app): State<App>,
    Path(year): Path<i32>,
    Query(notice): Query<Notice>,
    who: Identity,
    request: Request,
) -> Result<Json<CalendarView>, Problem> {
    if !YEARS.contains(&year) {
        return Err(Problem::malformed("year", "must be 2000 to 2199"));
    }
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let table = if kind.trim_start().starts_with("text/csv") {
        from_csv(&read_bytes(body, BODY_MAX).await?, notice)?
    } else {
        decode(read_json(&parts.headers, body, BODY_MAX).await?)?
    };
    let faults = table.faults(year);
    if !faults.is_empty() {
        return Err(Refusal::CalendarInvalid { faults }.into());
    }
    let content = serde_json::to_string(&table).unwrap_or_default();
    let now = clock::machine_now().0;
    let kept = app.halls.store().keep_calendar(year, &content, now).await;
    kept.map_err(|fault| app.fault(&fault))?;
    calendar::enter_everywhere(&app, year, &table, &who.actor()).await?;
    Ok(Json(CalendarView {
        year,
        table,
        entered: true,
    }))
}

fn from_csv(bytes: &[u8], notice: Notice) -> Result<CalendarYear, Problem> {
    let missing = |field| Problem::malformed(field, "is needed in the query with CSV");
    let text = std::str::from_utf8(bytes);
    let text = text.map_err(|_| Problem::malformed("body", "must be UTF-8"))?;
    let lines = text.trim_start_matches('\u{feff}').lines();
    let rows = lines
        .enumerate()
        .map(|(i, line)| (i + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with("date,"));
    Ok(CalendarYear {
        notice: notice.notice.ok_or_else(|| missing("notice"))?,
        published: notice.published.ok_or_else(|| missing("published"))?,
        days: rows.map(day).collect::<Result<_, _>>()?,
    })
}

fn day((number, line): (usize, &str)) -> Result<CalendarDay, Problem> {
    let fault = |detail: &str| Problem::malformed(&format!("line {number}"), detail);
    let mut columns = line
        .splitn(3, ',')
        .map(|column| column.trim().trim_matches('"'));
    let mut next = || {
        columns
            .next()
            .ok_or_else(|| fault("must be date,open,name"))
    };
    let date = next()?
        .parse()
        .map_err(|_| fault("the date must be YYYY-MM-DD"))?;
    let open = match next()? {
        "true" => true,
        "false" => false,
        _ => return Err(fault("open must be true or false")),
    };
    Ok(CalendarDay {
        date,
        open,
        name: next()?.to_owned(),
    })
}

//! Facts behind the score sheet, read from the journal. People give the score.

use axum::Json;
use axum::extract::State;
use chrono::{NaiveDate, NaiveDateTime};
use hall::evidence::Item;
use hall::{HourMinute, Timestamp, WindowCode};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Problems;
use crate::app::App;
use crate::facts::{self, Fact, Wanted};
use crate::floor::HallHandle;
use crate::http::answer::Page;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Query};

/// Facts of a page when nothing is said. Ours.
const PAGE: usize = 50;
/// Facts of a page at most. **Source**: API.md.
const PAGE_MAX: usize = 200;

/// Which facts: of a month, or of a window about a minute.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct EvidenceQuery {
    /// `YYYY-MM`; this month when left out.
    pub(crate) month: Option<String>,
    /// `T1` to `F4`, or `none` for 附件未列分.
    pub(crate) item: Option<String>,
    /// A window's code.
    pub(crate) window: Option<WindowCode>,
    /// `YYYY-MM-DDTHH:MM` in the hall's zone: the facts of `window` about that minute.
    pub(crate) around: Option<String>,
    /// Facts, 1 to 200; 50 when left out.
    pub(crate) limit: Option<usize>,
    /// `next` of the page before.
    pub(crate) cursor: Option<String>,
}

/// Facts with their article and item, oldest first.
#[utoipa::path(get, path = "/halls/{hall}/evidence", tag = "evidence",
    params(("hall" = String, Path), EvidenceQuery),
    responses((status = 200, body = Page<Fact>), Problems))]
pub(super) async fn show(
    State(app): State<App>,
    look: Look,
    Query(query): Query<EvidenceQuery>,
) -> Result<Json<Page<Fact>>, Problem> {
    of(&app, &look.hall, &query).await.map(Json)
}

/// One page of facts.
///
/// # Errors
///
/// 400 for what cannot be asked, 404 for a window that the hall does not have, 503 when the
/// database cannot be read.
pub(crate) async fn of(
    app: &App,
    hall: &HallHandle,
    query: &EvidenceQuery,
) -> Result<Page<Fact>, Problem> {
    if let Some(around) = &query.around {
        return about(app, hall, query, around).await;
    }
    let wanted = wanted(app, hall, query)?;
    let (items, more) = facts::of_month(app, hall, &wanted).await?;
    let last = items.last().map(|fact| fact.seq.to_string());
    Ok(Page {
        next: last.filter(|_| more),
        items,
    })
}

async fn about(
    app: &App,
    hall: &HallHandle,
    query: &EvidenceQuery,
    around: &str,
) -> Result<Page<Fact>, Problem> {
    let others = [&query.month, &query.item, &query.cursor];
    if query.limit.is_some() || others.into_iter().any(Option::is_some) {
        let detail = "stands with `window` alone, not with month, item, limit or cursor";
        return Err(Problem::malformed("around", detail));
    }
    let window = query.window.as_ref();
    let window = window.ok_or_else(|| Problem::malformed("window", "`around` needs a window"))?;
    hall.durable().hall.window(window)?;
    let at = minute(hall, around)?;
    Ok(Page {
        items: facts::around(app, hall, window, at).await?,
        next: None,
    })
}

/// A minute in the hall's zone.
fn minute(hall: &HallHandle, text: &str) -> Result<Timestamp, Problem> {
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok();
    let at = at.filter(|_| text.len() == "2026-11-23T10:05".len());
    let time = at.and_then(|at| HourMinute::parse(&at.format("%H:%M").to_string()));
    let (Some(at), Some(time)) = (at, time) else {
        let detail = "must be YYYY-MM-DDTHH:MM in the hall's zone";
        return Err(Problem::malformed("around", detail));
    };
    let zone = hall.durable().hall.zone();
    Ok(Timestamp::of_local(at.date(), time, zone))
}

fn wanted(app: &App, hall: &HallHandle, query: &EvidenceQuery) -> Result<Wanted, Problem> {
    let durable = hall.durable();
    let today = app.clock.now().date_in(durable.hall.zone());
    let month = match &query.month {
        Some(text) => month(text)?,
        None => month(&today.format("%Y-%m").to_string())?,
    };
    if let Some(window) = &query.window {
        durable.hall.window(window)?;
    }
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=PAGE_MAX).contains(&limit) {
        let detail = format!("must be 1 to {PAGE_MAX}");
        return Err(Problem::malformed("limit", detail).with("limit", PAGE_MAX));
    }
    let cursor = query.cursor.as_deref().map(str::parse::<i64>).transpose();
    let after = cursor.ok().map(Option::unwrap_or_default);
    let after = after.filter(|after| *after >= 0);
    Ok(Wanted {
        month,
        item: query.item.as_deref().map(item).transpose()?,
        window: query.window.clone(),
        after: after
            .ok_or_else(|| Problem::malformed("cursor", "must be the `next` of a page before"))?,
        limit,
    })
}

/// The first day of `YYYY-MM`.
///
/// # Errors
///
/// 400 when it is no month.
pub(crate) fn month(text: &str) -> Result<NaiveDate, Problem> {
    let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok();
    let first = first.filter(|_| text.len() == "2026-11".len());
    first.ok_or_else(|| Problem::malformed("month", "must be YYYY-MM"))
}

fn item(text: &str) -> Result<Item, Problem> {
    let all = Item::ALL.into_iter().chain([Item::None]);
    let named = all.map(|item| (serde_json::to_value(item), item));
    let mut found = named.filter(|(name, _)| name.as_ref().is_ok_and(|name| name == text));
    let found = found.next().map(|(_, item)| item);
    found.ok_or_else(|| Problem::malformed("item", "must be T1 to F4, or none"))
}

//! Statutory workdays of the whole server: kept once, and entered into every hall's journal.

use futures_util::{StreamExt, stream};
use hall::calendar::CalendarYear;
use hall::{Actor, Command};

use crate::app::App;
use crate::floor::{AskError, HallHandle};
use crate::store::StoreError;

/// Halls told at once. Ours: a few batches of the committer.
const AT_ONCE: usize = 64;

/// Every year that was entered on this server.
///
/// # Errors
///
/// The database cannot be read, or a table in it is not one.
pub(crate) async fn entered(app: &App) -> Result<Vec<(i32, CalendarYear)>, StoreError> {
    let rows = app.halls.store().calendars().await?;
    let tables = rows.into_iter().map(|(year, content)| {
        let damaged = || StoreError::Damaged(format!("the calendar of {year} cannot be read"));
        let table = serde_json::from_str(&content).map_err(|_| damaged())?;
        let year = i32::try_from(year).map_err(|_| damaged())?;
        Ok((year, table))
    });
    tables.collect()
}

/// Enters a year into every hall that does not have it so; says how many halls there are.
///
/// # Errors
///
/// The first hall that cannot take it; the others have it.
pub(crate) async fn enter_everywhere(
    app: &App,
    year: i32,
    table: &CalendarYear,
    actor: &Actor,
) -> Result<usize, AskError> {
    let halls = app.halls.all();
    let count = halls.len();
    let asks = halls
        .into_iter()
        .map(|hall| async move { enter(&hall, year, table, actor.clone()).await });
    let mut done = stream::iter(asks).buffer_unordered(AT_ONCE);
    let mut first = Ok(count);
    while let Some(result) = done.next().await {
        if let Err(fault) = result {
            first = Err(fault);
        }
    }
    first
}

/// Enters every year of this server into one hall: at its first plan.
///
/// # Errors
///
/// The database or the hall does not answer.
pub(crate) async fn enter_all(app: &App, hall: &HallHandle) -> Result<(), AskError> {
    let years = entered(app).await.map_err(|fault| {
        tracing::error!(%fault, "the calendar cannot be read");
        AskError::TryAgain
    })?;
    for (year, table) in years {
        enter(hall, year, &table, Actor::clockwork()).await?;
    }
    Ok(())
}

async fn enter(
    hall: &HallHandle,
    year: i32,
    table: &CalendarYear,
    actor: Actor,
) -> Result<(), AskError> {
    let durable = hall.durable();
    if durable.broken.is_some() || durable.hall.calendar().year(year) == Some(table) {
        return Ok(());
    }
    let command = Command::EnterCalendar {
        year,
        table: Box::new(table.clone()),
    };
    hall.ask(command, actor, None).await?;
    // A day that waited for the table opens before the answer.
    let ticked = hall.ask(Command::Tick, Actor::clockwork(), None).await;
    ticked.map(|_| ())
}

/// Brings halls up to date that missed a year: the server was stopped in between.
pub(crate) async fn catch_up(app: App) {
    for hall in app.halls.all() {
        if let Err(fault) = enter_all(&app, &hall).await {
            tracing::warn!(%fault, hall.id = %hall.code, "a calendar is entered later");
        }
    }
}

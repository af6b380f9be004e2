//! A month of many halls, from the little that is kept of each day.

use chrono::NaiveDate;
use hall::HallCode;
use hall::evidence::{DEFINITIONS, Totals};

use crate::store::{Store, StoreError};

/// What the days of one hall came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HallTotals {
    /// The hall.
    pub hall: HallCode,
    /// Days of the span that were summed up, those without a fact included.
    pub days: usize,
    /// Their totals.
    pub totals: Totals,
}

/// The totals of each of these halls over a span, both ends included, in the order of the halls.
/// Only days that are over and were summed up count: the server does that within a minute of a
/// day's end, and `days` says how many there were.
///
/// # Errors
///
/// The database cannot be read, or a row of it is damaged.
pub async fn totals(
    store: &Store,
    halls: &[HallCode],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<HallTotals>, StoreError> {
    let (from, to) = (from.to_string(), to.to_string());
    let rows = store
        .day_totals((&from, &to), i64::from(DEFINITIONS))
        .await?;
    let mut all: Vec<_> = halls
        .iter()
        .map(|hall| HallTotals {
            hall: hall.clone(),
            days: 0,
            totals: Totals::default(),
        })
        .collect();
    let mut places: Vec<_> = (0..all.len()).collect();
    places.sort_by(|a, b| halls.get(*a).cmp(&halls.get(*b)));
    for (hall, day, totals) in rows {
        let found = places.binary_search_by(|place| {
            let code = halls.get(*place).map_or("", |code| code.0.as_str());
            code.cmp(hall.as_str())
        });
        let place = found.ok().and_then(|found| places.get(found).copied());
        let Some(own) = place.and_then(|place| all.get_mut(place)) else {
            continue;
        };
        let totals: Totals = serde_json::from_str(&totals)
            .map_err(|_| StoreError::Damaged(format!("the summary of {hall} on {day}")))?;
        own.totals.merge(&totals);
        own.days += 1;
    }
    Ok(all)
}

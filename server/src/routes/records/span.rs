//! Figures of a register over a span of days, folded from the journal.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use hall::{Event, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::floor::HallHandle;
use crate::history;
use crate::http::problem::Problem;

/// Days of one answer at most. Ours: a year and a month beside it.
const SPAN_MAX: i64 = 400;
/// Days read before the span: what began before it may end in it. Ours: two months.
const BEFORE: u64 = 62;
/// Days read when nothing is said. Ours: as long as registers stay in memory.
const USUAL: u64 = 30;

/// From which day to which, both included; the last 30 days when left out.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct Span {
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

impl Span {
    /// The first and the last day.
    ///
    /// # Errors
    ///
    /// 400 when it is none, or too long.
    pub(crate) fn days(self, app: &App, zone: Tz) -> Result<(NaiveDate, NaiveDate), Problem> {
        let to = self.to.unwrap_or_else(|| app.clock.now().date_in(zone));
        let usual = to.checked_sub_days(Days::new(USUAL - 1)).unwrap_or(to);
        let from = self.from.unwrap_or_else(|| usual.min(to));
        if from > to {
            return Err(Problem::malformed("from", "must not be after `to`"));
        }
        if (to - from).num_days() >= SPAN_MAX {
            let detail = format!("at most {SPAN_MAX} days");
            return Err(Problem::malformed("to", detail).with("limit", SPAN_MAX));
        }
        Ok((from, to))
    }
}

/// Hands every fact that the figures of the span may need to `take`, oldest first.
///
/// # Errors
///
/// 400 for days out of our time, 503 when the database cannot be read.
pub(crate) async fn fold(
    app: &App,
    hall: &HallHandle,
    (from, to): (NaiveDate, NaiveDate),
    mut take: impl FnMut(&Event, Timestamp),
) -> Result<(), Problem> {
    let zone = hall.durable().hall.zone();
    let first = from.checked_sub_days(Days::new(BEFORE));
    let after = to.checked_add_days(Days::new(2));
    let Some((first, after)) = first.zip(after) else {
        return Err(Problem::malformed("from", "must be a day of our time"));
    };
    let moments = (
        history::begin_of(first, zone),
        history::begin_of(after, zone),
    );
    history::read(app, hall, moments, |row, event| {
        take(event, Timestamp(row.at));
    })
    .await
}

//! A day of a hall as it was at any moment of it, from the journal alone.
//!
//! ```text
//! frame (plan, calendars, devices) ─► rows since the oldest day still open ─► the day's own rows
//!                                                                               │ every 1,000
//!                                    the hall at a moment ◄── nearest mark ◄────┘ a mark
//! ```
//!
//! A few days are kept folded, so that scrubbing does not read the journal again; what is kept is a
//! copy of nothing but rows, and may be dropped at any time.

mod fold;
mod view;

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use hall::HallCode;
use tokio::sync::watch;

use crate::app::App;
use crate::floor::HallHandle;
use crate::history;
use crate::http::problem::Problem;

pub use fold::ReplayedDay;
pub(crate) use view::Moment;
pub use view::ReplayView;

/// Days kept folded. Ours: a manager compares two, an inspector looks at another two.
const KEPT: usize = 4;

/// The days that were looked at last, newest last.
#[derive(Debug, Clone)]
pub struct Replays(Arc<watch::Sender<VecDeque<Kept>>>);

#[derive(Debug, Clone)]
struct Kept {
    hall: HallCode,
    date: NaiveDate,
    day: Arc<ReplayedDay>,
}

impl Default for Replays {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(VecDeque::new())))
    }
}

impl Replays {
    /// The day of that date, folded up to the newest published row; none when it has no rows.
    ///
    /// # Errors
    ///
    /// 400 for a date that no calendar has, 503 when the database cannot be read.
    pub(crate) async fn day(
        &self,
        app: &App,
        hall: &HallHandle,
        date: NaiveDate,
    ) -> Result<Option<Arc<ReplayedDay>>, Problem> {
        let zone = hall.durable().hall.zone();
        let next = date.checked_add_days(Days::new(1));
        let next = next.ok_or_else(|| Problem::malformed("date", "must be a day of our time"))?;
        let span = (history::begin_of(date, zone), history::begin_of(next, zone));
        let known = self.known(&hall.code, date);
        let day = match known {
            Some(day) if day.covers(hall.durable().seq) => return Ok(Some(day)),
            Some(day) => (*day).clone(),
            None => ReplayedDay::before(app, hall, span.0).await?,
        };
        let day = day.catch_up(app, hall, span.1).await?;
        if day.is_empty() {
            return Ok(None);
        }
        let day = Arc::new(day);
        self.keep(&hall.code, date, Arc::clone(&day));
        Ok(Some(day))
    }

    fn known(&self, hall: &HallCode, date: NaiveDate) -> Option<Arc<ReplayedDay>> {
        let kept = self.0.borrow();
        let mut kept = kept.iter();
        let found = kept.find(|kept| kept.date == date && kept.hall == *hall);
        found.map(|kept| Arc::clone(&kept.day))
    }

    fn keep(&self, hall: &HallCode, date: NaiveDate, day: Arc<ReplayedDay>) {
        self.0.send_modify(|kept| {
            kept.retain(|one| one.date != date || one.hall != *hall);
            kept.push_back(Kept {
                hall: hall.clone(),
                date,
                day,
            });
            while kept.len() > KEPT {
                kept.pop_front();
            }
        });
    }
}

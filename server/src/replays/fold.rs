//! A day's rows, and the hall at every thousandth of them.

use std::collections::BTreeMap;

use hall::evidence::Threads;
use hall::{Event, Hall, TicketId, Timestamp};

use crate::app::App;
use crate::floor::HallHandle;
use crate::history;
use crate::http::problem::Problem;
use crate::store::{FrameRow, Row};

/// Rows between two marks. Ours: applied in a few milliseconds.
const EVERY: usize = 1000;
/// Rows read at once. Ours: about a megabyte.
const PAGE: i64 = 2000;

/// One row of the day.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) seq: u64,
    pub(super) at: Timestamp,
    pub(super) actor: String,
    pub(super) event: Event,
    /// The rows it rests on.
    pub(super) seqs: Vec<u64>,
}

/// A day, folded.
#[derive(Debug, Clone)]
pub struct ReplayedDay {
    pub(super) rows: Vec<Entry>,
    /// The hall before the row of that index.
    marks: Vec<(usize, Hall)>,
    /// The hall after the last row.
    end: Hall,
    pub(super) numbers: BTreeMap<TicketId, String>,
    threads: Threads,
    /// The last row of the journal that was looked at.
    read_to: u64,
    /// Whether a later day was seen.
    over: bool,
}

impl ReplayedDay {
    /// The hall as it stood when the day began, before any row of the day.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be read.
    pub(super) async fn before(
        app: &App,
        hall: &HallHandle,
        begin: Timestamp,
    ) -> Result<Self, Problem> {
        let (store, code) = (app.halls.store(), &hall.code.0);
        let head = i64::try_from(hall.durable().seq).unwrap_or(i64::MAX);
        let last = store.last_before(code, begin.0, head).await;
        let last = last.map_err(|fault| app.fault(&fault))?;
        let frame = store.frame(code, last).await;
        let frame = frame.map_err(|fault| app.fault(&fault))?;
        let first = first_row(&frame);
        let mut day = Self {
            rows: Vec::new(),
            marks: Vec::new(),
            end: Hall::new(),
            numbers: BTreeMap::new(),
            threads: Threads::default(),
            read_to: 0,
            over: false,
        };
        for row in frame.iter().filter(|row| row.seq < first) {
            if let Some(event) = framing(app, hall, row, &frame).await? {
                day.end.apply(&event, Timestamp(row.at));
            }
        }
        let mut after = first - 1;
        while after < last {
            let rows = store.rows(code, after, PAGE.min(last - after)).await;
            let rows = rows.map_err(|fault| app.fault(&fault))?;
            let Some(newest) = rows.last().map(|row| row.seq) else {
                break;
            };
            for row in &rows {
                day.take(row)?;
            }
            after = newest;
        }
        // What was before the day is its ground, not its rows.
        day.rows.clear();
        day.marks.clear();
        day.read_to = u64::try_from(last).unwrap_or_default();
        Ok(day)
    }

    /// Takes the day's rows in, as far as they are published.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be read.
    pub(super) async fn catch_up(
        mut self,
        app: &App,
        hall: &HallHandle,
        end: Timestamp,
    ) -> Result<Self, Problem> {
        let (store, code) = (app.halls.store(), &hall.code.0);
        let head = hall.durable().seq;
        while self.read_to < head && !self.over {
            let after = i64::try_from(self.read_to).unwrap_or(i64::MAX);
            let rows = store.rows(code, after, PAGE).await;
            let rows = rows.map_err(|fault| app.fault(&fault))?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let seq = u64::try_from(row.seq).unwrap_or_default();
                self.over = row.at >= end.0;
                if self.over || seq > head {
                    return Ok(self);
                }
                self.take(&row)?;
                self.read_to = seq;
            }
        }
        Ok(self)
    }

    /// Takes one row in.
    fn take(&mut self, row: &Row) -> Result<(), Problem> {
        let event = history::event_of(row)?;
        let (seq, at) = (
            u64::try_from(row.seq).unwrap_or_default(),
            Timestamp(row.at),
        );
        if self.rows.len().is_multiple_of(EVERY) {
            self.marks.push((self.rows.len(), self.end.clone()));
        }
        if let Event::TicketIssued { ticket, number, .. } = &event {
            self.numbers.insert(*ticket, number.clone());
        }
        let seqs = self.threads.take(&event, seq);
        apply(&mut self.end, &event, at);
        self.rows.push(Entry {
            seq,
            at,
            actor: row.actor.clone(),
            event,
            seqs,
        });
        Ok(())
    }

    /// Whether nothing more can come: every row up to `head` was looked at, or the day is over.
    pub(super) const fn covers(&self, head: u64) -> bool {
        self.over || self.read_to >= head
    }

    /// Whether the day has no rows.
    pub(super) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows were written up to `at`, that moment included.
    pub(super) fn rows_until(&self, at: Timestamp) -> usize {
        self.rows.partition_point(|row| row.at <= at)
    }

    /// The hall after the first `count` rows.
    pub(super) fn hall_after(&self, count: usize) -> Hall {
        if count >= self.rows.len() {
            return self.end.clone();
        }
        let mark = self.marks.iter().rev().find(|(index, _)| *index <= count);
        let (from, mut hall) =
            mark.map_or_else(|| (0, Hall::new()), |(index, hall)| (*index, hall.clone()));
        for row in self.rows.iter().take(count).skip(from) {
            apply(&mut hall, &row.event, row.at);
        }
        hall
    }
}

/// Applies a fact that fits; one about a number from before the rows that were read changes nothing.
fn apply(hall: &mut Hall, event: &Event, at: Timestamp) {
    if hall.check(event).is_ok() {
        hall.apply(event, at);
    }
}

/// The first row to fold: the opening of the oldest day not settled, or of the day before; 1 when no
/// day was opened.
fn first_row(frame: &[FrameRow]) -> i64 {
    let mut open = BTreeMap::new();
    let mut newest = None;
    for row in frame {
        let Some(day) = &row.day else { continue };
        if row.kind == "day_opened" {
            open.insert(day, row.seq);
            newest = Some(row.seq);
        } else {
            open.remove(day);
        }
    }
    open.into_values().chain(newest).min().unwrap_or(1)
}

/// The event of a row of the frame before the first row: calendars, devices, and the last plan.
async fn framing(
    app: &App,
    hall: &HallHandle,
    row: &FrameRow,
    frame: &[FrameRow],
) -> Result<Option<Event>, Problem> {
    if row.kind == "plan_published" {
        let first = first_row(frame);
        let mut plans = frame.iter().rev();
        let last = plans.find(|one| one.kind == "plan_published" && one.seq < first);
        if last.is_none_or(|last| last.seq != row.seq) {
            return Ok(None);
        }
        let rows = app.halls.store().rows(&hall.code.0, row.seq - 1, 1).await;
        let rows = rows.map_err(|fault| app.fault(&fault))?;
        return rows.first().map(history::event_of).transpose();
    }
    let is_ground = row.kind == "calendar_entered" || row.kind == "device_noted";
    let Some(payload) = row.payload.as_ref().filter(|_| is_ground) else {
        return Ok(None);
    };
    let text = format!(r#"{{"kind":"{}","payload":{payload}}}"#, row.kind);
    serde_json::from_str(&text).map(Some).map_err(|fault| {
        tracing::error!(%fault, hall.id = %hall.code, seq = row.seq, "a row cannot be read");
        Problem::try_again("a row of the journal cannot be read")
    })
}

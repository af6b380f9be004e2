//! The hall at one moment of a day, and what led to it.

use chrono::NaiveDate;
use hall::evidence::Names;
use hall::view::{Board, Floor, Position};
use hall::{DateTime, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::ReplayedDay;
use crate::facts::Fact;

/// Facts shown before the moment. Ours: a column of a screen.
const DECISIONS: usize = 30;

/// A moment of a day: board, windows, and the facts before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReplayView {
    /// The day.
    pub date: NaiveDate,
    /// Its first moment with a row.
    pub from: DateTime,
    /// Its last one; for a day that is under way, now.
    pub to: DateTime,
    /// The moment shown.
    pub at: DateTime,
    /// The row that it stands at.
    pub seq: u64,
    /// The moment of the fact before the one shown.
    pub before_at: Option<DateTime>,
    /// The moment of the next fact.
    pub next_at: Option<DateTime>,
    /// What the hall saw.
    pub board: Board,
    /// Queues and windows as staff saw them.
    pub floor: Option<Floor>,
    /// The newest facts up to the moment, newest first.
    pub decisions: Vec<Fact>,
}

/// Which moment, and what the day is.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    pub(crate) date: NaiveDate,
    /// None: the first row's.
    pub(crate) at: Option<Timestamp>,
    /// The hall's time.
    pub(crate) now: Timestamp,
    /// The journal's own id.
    pub(crate) log: String,
    pub(crate) pretend: bool,
}

impl ReplayedDay {
    /// First and last moment of the day; now for the last of a day under way.
    pub(crate) fn span(&self, moment: &Moment) -> (Timestamp, Timestamp) {
        let first = self.rows.first().map_or(moment.now, |row| row.at);
        let last = self.rows.last().map_or(moment.now, |row| row.at);
        let zone = self.hall_after(usize::MAX).zone();
        let is_today = moment.now.date_in(zone) == moment.date;
        (first, if is_today { last.max(moment.now) } else { last })
    }

    /// The hall at a moment of the day; one outside its span is its nearest end.
    pub(crate) fn view(&self, moment: &Moment) -> ReplayView {
        let (from, to) = self.span(moment);
        let at = moment.at.unwrap_or(from).clamp(from, to);
        let count = self.rows_until(at);
        let hall = self.hall_after(count);
        let zone = hall.zone();
        let shown = self.rows.get(..count).unwrap_or_default();
        let last = shown.last();
        let earlier = last.and_then(|last| {
            let before = self.rows.partition_point(|row| row.at < last.at);
            before.checked_sub(1).and_then(|index| self.rows.get(index))
        });
        let position = Position {
            log: moment.log.clone(),
            seq: last.map_or(0, |row| row.seq),
            now: at,
            pretend: moment.pretend,
        };
        let names = Names::of(&hall, &self.numbers);
        let newest = shown.iter().rev().take(DECISIONS);
        ReplayView {
            date: moment.date,
            from: from.in_zone(zone),
            to: to.in_zone(zone),
            at: at.in_zone(zone),
            seq: position.seq,
            before_at: earlier.map(|row| row.at.in_zone(zone)),
            next_at: self.rows.get(count).map(|row| row.at.in_zone(zone)),
            board: hall.board(&position),
            floor: hall.floor(&position),
            decisions: newest
                .map(|row| {
                    let stamp = (row.seq, row.at, row.actor.as_str());
                    Fact::of(&names, stamp, &row.event, row.seqs.clone())
                })
                .collect(),
        }
    }
}

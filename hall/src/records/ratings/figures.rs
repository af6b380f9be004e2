//! Figures of ratings: how many were invited, how many answered, and how. Never auto-good: who says
//! nothing is not counted as satisfied. **Source**: PRACTICE §7.2, SCREENS §3.

use alloc::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Level, Rating, RatingChannel};
use crate::records::Record;
use crate::records::within::Within;
use crate::{Event, TicketId, Timestamp, WindowCode};

/// Reads facts in the journal's order.
#[derive(Debug, Clone)]
pub struct RatingFigures {
    span: Within,
    /// Tickets finished in the span and not taken up again.
    invited: BTreeSet<TicketId>,
    /// Tickets of the span that were rated.
    answered: BTreeSet<TicketId>,
    by_level: BTreeMap<Level, u32>,
    by_channel: BTreeMap<RatingChannel, u32>,
    by_window: BTreeMap<WindowCode, BTreeMap<Level, u32>>,
}

impl RatingFigures {
    /// Figures from the first to the last day, both included.
    pub fn new(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            span: Within::new(zone, from, to),
            invited: BTreeSet::new(),
            answered: BTreeSet::new(),
            by_level: BTreeMap::new(),
            by_channel: BTreeMap::new(),
            by_window: BTreeMap::new(),
        }
    }

    /// Takes one fact in.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only finishes and ratings are read here"
    )]
    pub fn take(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::TicketFinished { ticket, .. } if self.span.has(at) => {
                self.invited.insert(*ticket);
            }
            Event::FinishUndone { ticket, .. } | Event::TicketReopened { ticket, .. } => {
                self.invited.remove(ticket);
            }
            Event::Record(record) => {
                if let Record::Rating(Rating::Given(given)) = record.as_ref()
                    && self.span.has(at)
                {
                    self.answered.extend(given.ticket);
                    *self.by_level.entry(given.level).or_default() += 1;
                    *self.by_channel.entry(given.channel).or_default() += 1;
                    if let Some(window) = &given.window {
                        let levels = self.by_window.entry(window.clone()).or_default();
                        *levels.entry(given.level).or_default() += 1;
                    }
                }
            }
            _ => (),
        }
    }

    /// `rating_invited`: visits finished, each an invitation.
    pub fn invited(&self) -> usize {
        self.invited.len()
    }

    /// `rating_answered`: those of the invited that were rated.
    pub fn answered(&self) -> usize {
        self.invited.intersection(&self.answered).count()
    }

    /// Ratings in all, those without a number too.
    pub fn given(&self) -> u32 {
        self.by_level.values().sum()
    }

    /// Ratings of a level.
    pub fn level(&self, level: Level) -> u32 {
        self.by_level.get(&level).copied().unwrap_or(0)
    }

    /// Ratings that came through a channel.
    pub fn channel(&self, channel: RatingChannel) -> u32 {
        self.by_channel.get(&channel).copied().unwrap_or(0)
    }

    /// Ratings by window and level.
    pub fn windows(&self) -> &BTreeMap<WindowCode, BTreeMap<Level, u32>> {
        &self.by_window
    }
}

//! Figures of help: by type, handed on by level, home visits, minutes on duty. **Source**: PRACTICE
//! §7.2, F3.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Help, HelpCompleted, HelpKind};
use crate::plan::Level;
use crate::records::Record;
use crate::records::within::Within;
use crate::{Event, RecordId, Timestamp};

/// Requests handed on from one level to another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Referrals {
    /// Handed on.
    pub sent: u32,
    /// Whose receipt came.
    pub received: u32,
    /// Ended there.
    pub closed: u32,
}

/// Reads facts in the journal's order.
#[derive(Debug, Clone)]
pub struct HelpFigures {
    span: Within,
    by_type: BTreeMap<HelpKind, u32>,
    waits_ms: Vec<i64>,
    /// From which level to which, by request.
    pairs: BTreeMap<RecordId, (&'static str, &'static str)>,
    referrals: BTreeMap<(&'static str, &'static str), Referrals>,
    /// When each request was made.
    asked: BTreeMap<RecordId, NaiveDate>,
    visits_asked: BTreeSet<RecordId>,
    visit_days: Vec<i64>,
    duty_ms: i64,
}

impl HelpFigures {
    /// Figures from the first to the last day, both included.
    pub fn new(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            span: Within::new(zone, from, to),
            by_type: BTreeMap::new(),
            waits_ms: Vec::new(),
            pairs: BTreeMap::new(),
            referrals: BTreeMap::new(),
            asked: BTreeMap::new(),
            visits_asked: BTreeSet::new(),
            visit_days: Vec::new(),
            duty_ms: 0,
        }
    }

    /// Takes one fact in.
    pub fn take(&mut self, event: &Event, at: Timestamp) {
        let Event::Record(record) = event else {
            return;
        };
        let Record::Help(fact) = record.as_ref() else {
            return;
        };
        let is_counted = self.span.has(at);
        match fact {
            Help::Asked(asked) => {
                self.asked.insert(asked.id, asked.day);
                if is_counted && asked.kind == Some(HelpKind::HomeVisit) {
                    self.visits_asked.insert(asked.id);
                }
            }
            Help::Answered(answered) if is_counted => self.waits_ms.push(answered.waited_ms),
            Help::Completed(completed) if is_counted => self.complete(completed),
            Help::Referred(referred) => {
                let (from, to) = referred.levels;
                let pair = (name(from), name(to));
                self.pairs.insert(referred.id, pair);
                if is_counted {
                    self.referrals.entry(pair).or_default().sent += 1;
                }
            }
            Help::Received(received) if is_counted => {
                if let Some(pair) = self.pairs.get(&received.id) {
                    self.referrals.entry(*pair).or_default().received += 1;
                }
            }
            Help::Returned(returned) if is_counted => {
                if let Some(pair) = self.pairs.get(&returned.id) {
                    self.referrals.entry(*pair).or_default().closed += 1;
                }
            }
            Help::OffDuty(ended) if is_counted => self.duty_ms += ended.duty_ms,
            Help::Answered(_)
            | Help::Completed(_)
            | Help::Received(_)
            | Help::Returned(_)
            | Help::OnDuty(_)
            | Help::OffDuty(_) => (),
        }
    }

    fn complete(&mut self, completed: &HelpCompleted) {
        *self.by_type.entry(completed.kind).or_default() += 1;
        if completed.kind != HelpKind::HomeVisit {
            return;
        }
        self.visits_asked.insert(completed.id);
        let asked = self.asked.get(&completed.id);
        if let Some((asked, visited)) = asked.zip(completed.visited) {
            self.visit_days.push((visited - *asked).num_days());
        }
    }

    /// `help_by_type`: help given of a kind.
    pub fn of(&self, kind: HelpKind) -> u32 {
        self.by_type.get(&kind).copied().unwrap_or(0)
    }

    /// Milliseconds until half of those answered were answered; none without any.
    pub fn wait_ms_median(&self) -> Option<i64> {
        median(&self.waits_ms)
    }

    /// `referrals_sent/received/closed`, by the levels from and to.
    pub fn referrals(&self) -> &BTreeMap<(&'static str, &'static str), Referrals> {
        &self.referrals
    }

    /// `home_visits` requested.
    pub fn visits_asked(&self) -> usize {
        self.visits_asked.len()
    }

    /// `home_visits` done.
    pub fn visits_done(&self) -> usize {
        self.visit_days.len()
    }

    /// Days from request to visit, the median; none without any.
    pub fn visit_days_median(&self) -> Option<i64> {
        median(&self.visit_days)
    }

    /// `helper_on_duty_min`: of duties that were ended; one that nobody ended is not counted.
    pub fn duty_min(&self) -> i64 {
        self.duty_ms / 60_000
    }
}

/// The nearest-rank median.
fn median(values: &[i64]) -> Option<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = sorted.len().div_ceil(2).checked_sub(1)?;
    sorted.get(rank).copied()
}

const fn name(level: Level) -> &'static str {
    match level {
        Level::District => "district",
        Level::Town => "town",
        Level::Village => "village",
    }
}

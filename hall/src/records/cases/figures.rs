//! Figures of cases: by source, closed in time, and the yearly counts of 第二十一条 by team. Counts
//! only; nothing here ranks persons.

use alloc::collections::BTreeMap;
use alloc::string::String;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Case, CaseFinding, CaseSource};
use crate::records::Record;
use crate::records::within::Within;
use crate::{Event, RecordId, Timestamp};

/// Cases of 12345 of one 科室, 所 or 团队.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TeamCount {
    /// All.
    pub cases: u32,
    /// Closed as 不满意.
    pub dissatisfied: u32,
    /// Closed as 不满意, and found 属实 or 部分属实.
    pub dissatisfied_true: u32,
}

/// What is kept of a case until it closes.
#[derive(Debug, Clone)]
struct Seen {
    source: CaseSource,
    team: String,
    finding: Option<CaseFinding>,
    counted: bool,
}

/// Reads facts in the journal's order.
#[derive(Debug, Clone)]
pub struct CaseFigures {
    span: Within,
    seen: BTreeMap<RecordId, Seen>,
    opened: BTreeMap<CaseSource, u32>,
    closed: u32,
    in_time: u32,
    teams: BTreeMap<String, TeamCount>,
}

impl CaseFigures {
    /// Figures from the first to the last day, both included.
    pub fn new(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            span: Within::new(zone, from, to),
            seen: BTreeMap::new(),
            opened: BTreeMap::new(),
            closed: 0,
            in_time: 0,
            teams: BTreeMap::new(),
        }
    }

    /// Takes one fact in.
    pub fn take(&mut self, event: &Event, at: Timestamp) {
        let Event::Record(record) = event else {
            return;
        };
        let Record::Case(fact) = record.as_ref() else {
            return;
        };
        match fact {
            Case::Opened(opened) => {
                let counted = self.span.has(at);
                let team = opened.team.clone().unwrap_or_default();
                if counted {
                    *self.opened.entry(opened.source).or_default() += 1;
                    if opened.source == CaseSource::Hotline {
                        self.teams.entry(team.clone()).or_default().cases += 1;
                    }
                }
                let seen = Seen {
                    source: opened.source,
                    team,
                    finding: None,
                    counted,
                };
                self.seen.insert(opened.id, seen);
            }
            Case::Found(found) => {
                if let Some(seen) = self.seen.get_mut(&found.id) {
                    seen.finding = Some(found.finding);
                }
            }
            Case::Closed(closed) => {
                let seen = self.seen.remove(&closed.id);
                if !self.span.has(at) {
                    return;
                }
                self.closed += 1;
                self.in_time += u32::from(closed.in_time == Some(true));
                if let Some(seen) = seen.filter(|seen| seen.counted)
                    && seen.source == CaseSource::Hotline
                    && closed.satisfied == Some(false)
                {
                    let team = self.teams.entry(seen.team).or_default();
                    team.dissatisfied += 1;
                    let is_true =
                        matches!(seen.finding, Some(CaseFinding::True | CaseFinding::Partly));
                    team.dissatisfied_true += u32::from(is_true);
                }
            }
            Case::Assigned(_) | Case::Replied(_) | Case::Fixed(_) | Case::Called(_) => (),
        }
    }

    /// Cases opened from a source.
    pub fn opened(&self, source: CaseSource) -> u32 {
        self.opened.get(&source).copied().unwrap_or(0)
    }

    /// Cases closed.
    pub fn closed(&self) -> u32 {
        self.closed
    }

    /// Cases closed by their due day.
    pub fn closed_in_time(&self) -> u32 {
        self.in_time
    }

    /// Cases of 12345 by team (第二十一条).
    pub fn teams(&self) -> &BTreeMap<String, TeamCount> {
        &self.teams
    }
}

//! 帮办代办: who asks for help, which helper comes and how soon, what is handed on to another hall,
//! and who is on helper's duty (第十四条). Help is free, home visits too.
//!
//! ```text
//! asked ─► answered ─► completed
//!   └────► referred ─► received ─► returned      the other hall: asked ─► … ─► completed
//! ```

mod decide;
mod facts;
mod figures;
mod words;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{Fact, Register};
use crate::decide::Asked;
use crate::{Event, RecordId, Refusal, Timestamp};

pub use facts::{
    AskHelp, CompleteHelp, DutyBegan, DutyEnded, Help, HelpAnswered, HelpAsked, HelpCompleted,
    HelpReceived, HelpReferred, HelpReturned, HelpWish,
};
pub use figures::{HelpFigures, Referrals};
pub use words::{HelpFrom, HelpKind, HelpResult};

/// Days that ended help stays in memory. Ours: a month and a few days to look back.
const KEEP_DAYS: i64 = 40;

/// A request and all that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpFile {
    /// How it began.
    pub asked: HelpAsked,
    /// When.
    pub asked_at: Timestamp,
    /// Its place among all requests, by when they were made.
    pub serial: u64,
    /// Who came, and when.
    pub answered: Option<(String, Timestamp)>,
    /// How it ended.
    pub completed: Option<HelpCompleted>,
    /// To which hall it was handed on.
    pub referred: Option<HelpReferred>,
    /// Whether that hall has it.
    pub received: bool,
    /// How it ended there.
    pub returned: Option<HelpReturned>,
}

impl HelpFile {
    /// Whether somebody of this hall should come.
    pub fn waits(&self) -> bool {
        self.answered.is_none() && !self.is_over()
    }

    /// Whether this hall has no more to do with it.
    pub fn is_over(&self) -> bool {
        self.completed.is_some() || self.referred.is_some()
    }

    /// The day after which it may be forgotten.
    fn ended(&self) -> Option<NaiveDate> {
        let completed = self.completed.as_ref().map(|completed| completed.day);
        completed.or_else(|| self.returned.as_ref().map(|returned| returned.day))
    }
}

/// A helper's duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The record.
    pub began: DutyBegan,
    /// Since when.
    pub since: Timestamp,
}

/// Requests that are open, those ended in the last weeks, and who is on duty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Helps {
    files: BTreeMap<RecordId, HelpFile>,
    /// How many were asked for so far.
    asked_ever: u64,
    /// On duty, by the helper's name.
    on_duty: BTreeMap<String, Duty>,
}

impl Helps {
    /// A request.
    pub fn get(&self, id: RecordId) -> Option<&HelpFile> {
        self.files.get(&id)
    }

    /// Every request in memory, in the order of their ids.
    pub fn all(&self) -> impl Iterator<Item = &HelpFile> {
        self.files.values()
    }

    /// Requests that this hall should still see to, the oldest first.
    pub fn open(&self) -> Vec<&HelpFile> {
        let files = self.files.values();
        let mut open: Vec<_> = files.filter(|file| !file.is_over()).collect();
        open.sort_by_key(|file| file.serial);
        open
    }

    /// Requests handed on whose receipt, or whose end, was not heard of yet.
    pub fn on_the_way(&self) -> impl Iterator<Item = &HelpFile> {
        let files = self.files.values();
        files.filter(|file| file.referred.is_some() && file.returned.is_none())
    }

    /// Who is on duty, by name.
    pub fn on_duty(&self) -> &BTreeMap<String, Duty> {
        &self.on_duty
    }
}

impl Register for Helps {
    type Wish = HelpWish;
    type Fact = Help;

    fn decide(&self, asked: &Asked<'_>, wish: &HelpWish) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, asked, wish)
    }

    fn apply(&mut self, fact: &Help, at: Timestamp) {
        match fact {
            Help::Asked(asked) => {
                let file = HelpFile {
                    asked: asked.clone(),
                    asked_at: at,
                    serial: self.asked_ever,
                    answered: None,
                    completed: None,
                    referred: None,
                    received: false,
                    returned: None,
                };
                self.files.insert(asked.id, file);
                self.asked_ever += 1;
            }
            Help::OnDuty(began) => {
                let duty = Duty {
                    began: began.clone(),
                    since: at,
                };
                self.on_duty.insert(began.by.clone(), duty);
            }
            Help::OffDuty(ended) => {
                self.on_duty.remove(&ended.by);
            }
            Help::Answered(_)
            | Help::Completed(_)
            | Help::Referred(_)
            | Help::Received(_)
            | Help::Returned(_) => {
                if let Some(file) = self.files.get_mut(&fact.id()) {
                    file.take(fact, at);
                }
            }
        }
    }

    fn misfit(&self, fact: &Help) -> Option<&'static str> {
        let known = self.files.get(&fact.id());
        match (fact, known) {
            (Help::Asked(_), Some(_)) => Some("the request is there already"),
            (Help::Asked(_) | Help::OnDuty(_), _) => None,
            (Help::OffDuty(ended), _) => {
                let there = self.on_duty.contains_key(&ended.by);
                (!there).then_some("the helper is not on duty")
            }
            (_, None) => Some("there is no such request"),
            (Help::Received(_) | Help::Returned(_), Some(file)) => file
                .referred
                .is_none()
                .then_some("the request was not handed on"),
            (_, Some(file)) => file.is_over().then_some("the request is over"),
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        self.files.retain(|_, file| {
            let ended = file.ended();
            ended.is_none_or(|day| (today - day).num_days() <= KEEP_DAYS)
        });
    }
}

impl HelpFile {
    fn take(&mut self, fact: &Help, at: Timestamp) {
        match fact {
            Help::Answered(answered) => self.answered = Some((answered.by.clone(), at)),
            Help::Completed(completed) => self.completed = Some(completed.clone()),
            Help::Referred(referred) => self.referred = Some(referred.clone()),
            Help::Received(_) => self.received = true,
            Help::Returned(returned) => self.returned = Some(returned.clone()),
            Help::Asked(_) | Help::OnDuty(_) | Help::OffDuty(_) => (),
        }
    }
}

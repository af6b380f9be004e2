//! 潮汐窗口: what the tide proposed, who answered, and what came of it (第十三条).
//!
//! A proposal is open for three minutes; a manager accepts or dismisses it with a reason, else it
//! lapses. A manager's lock and a manager's own lending always win. An hour after an acceptance
//! what was waited is written beside what had been promised.

mod answer;
mod look;

pub(crate) use look::look;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Fact, Register};
use crate::decide::Asked;
use crate::evidence::{Article, Item};
use crate::text::Text;
use crate::{ClerkCode, Event, RecordId, Refusal, ServiceCode, TicketId, Timestamp, WindowCode};

/// Days that ended proposals stay in memory. Ours: a week to look back.
const KEEP_DAYS: i64 = 7;

/// What the tide would do with a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TideMove {
    /// Turn it to a service that is not its own.
    Turn,
    /// Back to its own services.
    Return,
    /// Open a reserve; its standby clerk signs in.
    Open,
    /// Close a reserve; its clerk signs off after the visitor who is there.
    Close,
}

/// A proposal of the tide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// The proposal's id.
    pub id: RecordId,
    /// The window.
    pub window: WindowCode,
    /// What would be done with it.
    pub action: TideMove,
    /// The service it is on; none for a reserve that is closed.
    pub from: Option<ServiceCode>,
    /// The service it would be on; none for a reserve that would be closed.
    pub to: Option<ServiceCode>,
    /// Who would come to open it, or is there.
    pub clerk: Option<ClerkCode>,
    /// Why, in one sentence.
    pub because: Text,
    /// Waiting minutes of all visitors that it would save, the line left after the hour included.
    pub gain_min: i64,
    /// Waiting minutes of the services concerned within the hour as it is.
    pub otherwise_min: i64,
    /// The same once it is done.
    pub promised_min: i64,
    /// Until when it may be answered.
    pub until: Timestamp,
    /// The hall day.
    pub day: NaiveDate,
}

/// An answer to a proposal, by a person or, where the plan lets the tide act alone, by the hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The proposal.
    pub id: RecordId,
    /// The window.
    pub window: WindowCode,
    /// Who.
    pub by: String,
    /// Why not; only of a dismissal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What came of an accepted proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The proposal.
    pub id: RecordId,
    /// The window.
    pub window: WindowCode,
    /// Waiting minutes of the services concerned in the hour after it was accepted.
    pub waited_min: i64,
}

/// A window that the tide leaves alone, or may move again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// The record's id.
    pub id: RecordId,
    /// The window.
    pub window: WindowCode,
    /// Who.
    pub by: String,
    /// Why; only of a lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Tide {
    /// The tide proposed a change.
    Proposed(Proposed),
    /// It was accepted.
    Accepted(Answered),
    /// It was dismissed, with a reason.
    Dismissed(Answered),
    /// Nobody answered in time.
    Lapsed(Answered),
    /// The hour after it is over.
    Measured(Measured),
    /// A manager keeps a window as it is.
    Locked(Lock),
    /// A manager lets the tide have it again.
    Unlocked(Lock),
}

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum TideWish {
    /// Do it.
    Accept {
        /// The proposal.
        id: RecordId,
    },
    /// Do not, because.
    Dismiss {
        /// The proposal.
        id: RecordId,
        /// Why not.
        reason: String,
    },
    /// Keep the window as it is.
    Lock {
        /// The id the record will have.
        id: RecordId,
        /// The window.
        window: WindowCode,
        /// Why.
        reason: String,
    },
    /// Let the tide have it again.
    Unlock {
        /// The id the record will have.
        id: RecordId,
        /// The window.
        window: WindowCode,
    },
}

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// May be answered.
    Open,
    /// Done.
    Accepted,
    /// Not done, with a reason.
    Dismissed,
    /// Nobody answered in time.
    Lapsed,
}

/// A proposal and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What was proposed.
    pub proposed: Proposed,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub state: ProposalState,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Who answered.
    pub by: Option<String>,
    /// Why it was dismissed.
    pub reason: Option<String>,
    /// Waiting minutes in the hour after it was accepted.
    pub waited_min: Option<i64>,
}

/// Proposals by their order, and windows that the tide leaves alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tides {
    proposals: BTreeMap<RecordId, Proposal>,
    locks: BTreeMap<WindowCode, Lock>,
    /// Proposals ever made, for the ids.
    made: u64,
}

impl Tides {
    /// Proposals at hand, oldest first.
    pub fn proposals(&self) -> impl DoubleEndedIterator<Item = &Proposal> {
        self.proposals.values()
    }

    /// The proposal that may be answered now; one at a time.
    pub fn open(&self) -> Option<&Proposal> {
        let mut newest = self.proposals.values().rev();
        newest.find(|one| one.state == ProposalState::Open)
    }

    /// The lock of a window, if a manager keeps it as it is.
    pub fn lock_of(&self, window: &WindowCode) -> Option<&Lock> {
        self.locks.get(window)
    }

    fn answer(&mut self, answered: &Answered, state: ProposalState, at: Timestamp) {
        if let Some(proposal) = self.proposals.get_mut(&answered.id) {
            proposal.state = state;
            proposal.answered_at = Some(at);
            proposal.by = Some(answered.by.clone());
            proposal.reason.clone_from(&answered.reason);
        }
    }
}

impl Tide {
    fn window(&self) -> &WindowCode {
        match self {
            Self::Proposed(fact) => &fact.window,
            Self::Accepted(fact) | Self::Dismissed(fact) | Self::Lapsed(fact) => &fact.window,
            Self::Measured(fact) => &fact.window,
            Self::Locked(fact) | Self::Unlocked(fact) => &fact.window,
        }
    }
}

impl Fact for Tide {
    fn id(&self) -> RecordId {
        match self {
            Self::Proposed(fact) => fact.id,
            Self::Accepted(fact) | Self::Dismissed(fact) | Self::Lapsed(fact) => fact.id,
            Self::Measured(fact) => fact.id,
            Self::Locked(fact) | Self::Unlocked(fact) => fact.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Proposed(_) => "tide_proposed",
            Self::Accepted(_) => "tide_accepted",
            Self::Dismissed(_) => "tide_dismissed",
            Self::Lapsed(_) => "tide_lapsed",
            Self::Measured(_) => "tide_measured",
            Self::Locked(_) => "window_locked",
            Self::Unlocked(_) => "window_unlocked",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        // 第十三条 names 潮汐窗口, the annex has no point for it.
        Some((Article::A13, Item::None))
    }

    fn sentence(&self) -> Text {
        let window = self.window();
        match self {
            Self::Proposed(fact) => fact.because.clone(),
            Self::Accepted(_) => Text::new(
                format!("采纳了{window}号窗口的潮汐建议"),
                format!("the tide's proposal for window {window} was accepted"),
            ),
            Self::Dismissed(_) => Text::new(
                format!("未采纳{window}号窗口的潮汐建议"),
                format!("the tide's proposal for window {window} was dismissed"),
            ),
            Self::Lapsed(_) => Text::new(
                format!("{window}号窗口的潮汐建议无人答复,已过时"),
                format!("nobody answered the tide's proposal for window {window}"),
            ),
            Self::Measured(fact) => Text::new(
                format!(
                    "{window}号窗口调整后一小时,有关事项共等候{}人·分钟",
                    fact.waited_min
                ),
                format!(
                    "in the hour after window {window} was changed, {} person-minutes were waited",
                    fact.waited_min
                ),
            ),
            Self::Locked(_) => Text::new(
                format!("{window}号窗口不参加潮汐调整"),
                format!("the tide leaves window {window} alone"),
            ),
            Self::Unlocked(_) => Text::new(
                format!("{window}号窗口恢复潮汐调整"),
                format!("the tide may move window {window} again"),
            ),
        }
    }
}

impl Register for Tides {
    type Wish = TideWish;
    type Fact = Tide;

    fn decide(&self, asked: &Asked<'_>, wish: &TideWish) -> Result<Vec<Event>, Refusal> {
        answer::decide(self, asked, wish)
    }

    fn apply(&mut self, fact: &Tide, at: Timestamp) {
        match fact {
            Tide::Proposed(proposed) => {
                self.made += 1;
                self.proposals.insert(
                    proposed.id,
                    Proposal {
                        proposed: proposed.clone(),
                        at,
                        state: ProposalState::Open,
                        answered_at: None,
                        by: None,
                        reason: None,
                        waited_min: None,
                    },
                );
            }
            Tide::Accepted(answered) => self.answer(answered, ProposalState::Accepted, at),
            Tide::Dismissed(answered) => self.answer(answered, ProposalState::Dismissed, at),
            Tide::Lapsed(answered) => self.answer(answered, ProposalState::Lapsed, at),
            Tide::Measured(measured) => {
                if let Some(proposal) = self.proposals.get_mut(&measured.id) {
                    proposal.waited_min = Some(measured.waited_min);
                }
            }
            Tide::Locked(lock) => {
                self.locks.insert(lock.window.clone(), lock.clone());
            }
            Tide::Unlocked(lock) => {
                self.locks.remove(&lock.window);
            }
        }
    }

    fn misfit(&self, fact: &Tide) -> Option<&'static str> {
        let known = self.proposals.get(&fact.id()).map(|one| one.state);
        match fact {
            Tide::Proposed(_) => known.map(|_| "the proposal is there already"),
            Tide::Accepted(_) | Tide::Dismissed(_) | Tide::Lapsed(_) => {
                (known != Some(ProposalState::Open)).then_some("the proposal is not open")
            }
            Tide::Measured(_) => {
                (known != Some(ProposalState::Accepted)).then_some("it was not accepted")
            }
            Tide::Locked(_) | Tide::Unlocked(_) => None,
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        self.proposals
            .retain(|_, one| (today - one.proposed.day).num_days() <= KEEP_DAYS);
    }
}

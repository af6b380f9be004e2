//! What the tide proposes, what became of it, and what it is told to leave alone.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{ClerkName, ServiceName};
use crate::records::{Proposal, ProposalState, TideMove};
use crate::state::Hall;
use crate::text::Text;
use crate::time::DateTime;
use crate::{RecordId, ServiceCode, WindowCode};

/// A proposal of the tide, as managers read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProposalView {
    /// The proposal's id.
    pub id: RecordId,
    /// The window.
    pub window: WindowCode,
    /// The window's name.
    pub window_name: String,
    /// What would be done with it.
    pub action: TideMove,
    /// The service it is on; null for a reserve that is closed.
    pub from: Option<ServiceName>,
    /// The services it would be on; empty for a reserve that would be closed.
    pub services: Vec<ServiceName>,
    /// Why, in one sentence.
    pub because: Text,
    /// What it would save.
    pub effect: TideEffect,
    /// Who would come, or is there.
    pub clerk: Option<ClerkName>,
    /// When it was made.
    pub at: DateTime,
    /// Until when it may be answered.
    pub until: DateTime,
    /// Where it stands.
    pub state: ProposalState,
    /// When it was answered.
    pub answered_at: Option<DateTime>,
    /// Who answered; `clock` where the plan lets the tide act alone.
    pub by: Option<String>,
    /// Why it was dismissed.
    pub reason: Option<String>,
}

/// What a proposal promises, and what was measured an hour after it was accepted.
///
/// **Units**: person-minutes of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TideEffect {
    /// Saved in all, the line that is left after the hour included.
    pub gain_min: i64,
    /// The services concerned within the hour, as it is.
    pub otherwise_min: i64,
    /// The same once it is done.
    pub promised_min: i64,
    /// The same as it was; null until the hour is over.
    pub waited_min: Option<i64>,
}

/// A window that the tide leaves alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LockView {
    /// The window.
    pub window: WindowCode,
    /// Who said so.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
}

impl Hall {
    /// Proposals at hand, newest first.
    pub fn proposals(&self) -> Vec<ProposalView> {
        let newest_first = self.records.tides.proposals().rev();
        newest_first.map(|one| self.proposal_view(one)).collect()
    }

    /// The proposal that may be answered now.
    pub fn open_proposal(&self) -> Option<ProposalView> {
        self.records.tides.open().map(|one| self.proposal_view(one))
    }

    /// Windows that the tide leaves alone.
    pub fn tide_locks(&self) -> Vec<LockView> {
        let windows = self.windows.keys();
        let locks = windows.filter_map(|window| self.records.tides.lock_of(window));
        locks
            .map(|lock| LockView {
                window: lock.window.clone(),
                by: lock.by.clone(),
                reason: lock.reason.clone(),
            })
            .collect()
    }

    fn proposal_view(&self, proposal: &Proposal) -> ProposalView {
        let proposed = &proposal.proposed;
        let named = |code: &ServiceCode| ServiceName {
            code: code.clone(),
            name: self.service_name(code),
        };
        let zoned = |at: crate::Timestamp| at.in_zone(self.zone);
        let planned = self.plan().and_then(|plan| plan.window(&proposed.window));
        ProposalView {
            id: proposed.id,
            window: proposed.window.clone(),
            window_name: planned.map_or_else(String::new, |window| window.name.clone()),
            action: proposed.action,
            from: proposed.from.as_ref().map(named),
            services: proposed.to.iter().map(named).collect(),
            because: proposed.because.clone(),
            effect: TideEffect {
                gain_min: proposed.gain_min,
                otherwise_min: proposed.otherwise_min,
                promised_min: proposed.promised_min,
                waited_min: proposal.waited_min,
            },
            clerk: proposed.clerk.as_ref().map(|code| ClerkName {
                code: code.clone(),
                name: self.clerk_name(code),
            }),
            at: zoned(proposal.at),
            until: zoned(proposed.until),
            state: proposal.state,
            answered_at: proposal.answered_at.map(zoned),
            by: proposal.by.clone(),
            reason: proposal.reason.clone(),
        }
    }
}

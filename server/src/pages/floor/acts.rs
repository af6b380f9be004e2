//! What a manager may do at a window from the floor page.

use hall::evidence::Item;
use hall::records::ProposalState;
use hall::view::{AlertKind, Post, ProposalView, WindowView};
use hall::{ServiceCode, WindowCode};

use serde_json::json;

use super::FloorData;
use crate::pages::act::Act;

impl FloorData {
    /// The post of the window; none when it has no roles.
    pub(super) fn post(&self, window: &WindowView) -> Option<&Post> {
        let mut posts = self.coverage.posts.iter();
        posts.find(|post| post.window == window.code)
    }

    /// Whether somebody could be sent there: nobody is, or the sign is up.
    pub(super) fn may_cover(&self, window: &WindowView) -> bool {
        self.viewer.manager
            && self.post(window).is_some()
            && (window.clerk.is_none() || window.pause.is_some())
    }

    /// Whether the window can be lent to something.
    pub(super) fn may_lend(&self, window: &WindowView) -> bool {
        self.viewer.manager && self.tides.contains_key(&window.code)
    }

    /// Whether somebody may be let go against the rule.
    pub(super) fn may_let_go(&self, window: &WindowView) -> bool {
        self.viewer.manager && window.clerk.is_some() && window.ticket.is_none()
    }

    /// Takes a lent window back.
    pub(super) fn take_back(&self, window: &WindowView) -> Act {
        Act::delete(format!("{}/windows/{}/tide", self.hall_url(), window.code))
    }

    /// Whether the service is lent to the window at present.
    pub(super) fn is_lent(&self, window: &WindowCode, service: &ServiceCode) -> bool {
        let mut windows = self.floor.windows.iter();
        let window = windows.find(|view| view.code == *window);
        window.is_some_and(|view| view.tide.iter().any(|lent| lent.code == *service))
    }

    /// The proposal that may be answered now.
    pub(super) fn open_proposal(&self) -> Option<&ProposalView> {
        let mut proposals = self.proposals.iter();
        proposals.find(|one| one.state == ProposalState::Open)
    }

    /// Proposals of today that are over, newest first.
    pub(super) fn answered_today(&self) -> Vec<&ProposalView> {
        let today = self.at.date_naive();
        let over = self
            .proposals
            .iter()
            .filter(|one| one.state != ProposalState::Open && one.at.date_naive() == today);
        over.collect()
    }

    /// Does what the tide proposes.
    pub(super) fn accept(&self, proposal: &ProposalView) -> Act {
        let url = format!(
            "{}/tide/proposals/{}/acceptances",
            self.hall_url(),
            proposal.id
        );
        Act::post(url, &json!({}))
    }

    /// Whether the tide leaves the window alone.
    pub(super) fn is_locked(&self, window: &WindowView) -> bool {
        self.locks.iter().any(|lock| lock.window == window.code)
    }

    /// Lets the tide have the window again.
    pub(super) fn unlock(&self, window: &WindowView) -> Act {
        Act::delete(format!(
            "{}/windows/{}/tide/lock",
            self.hall_url(),
            window.code
        ))
    }

    /// The date of a moment that somebody types in.
    pub(super) fn today(&self) -> String {
        self.at.format("%Y-%m-%d").to_string()
    }

    /// The hall's offset, as `+08:00`.
    pub(super) fn offset(&self) -> String {
        self.at.format("%:z").to_string()
    }
}

/// An alert's kind: its tone and its word.
pub(super) const fn alert(kind: AlertKind) -> (&'static str, &'static str) {
    match kind {
        AlertKind::Gap => ("danger", "空岗"),
        AlertKind::PauseOver => ("danger", "暂停超限"),
        AlertKind::Absent => ("danger", "疑似离岗"),
        AlertKind::NobodyToCover => ("danger", "无人可顶岗"),
        AlertKind::PauseLong => ("amber", "暂停较久"),
        AlertKind::NoReturnTime => ("amber", "未填返回时间"),
        AlertKind::OlderDay => ("amber", "前日未结账"),
        AlertKind::CalendarMissing => ("amber", "放假安排未录入"),
    }
}

/// An item of the annex by code and name; what the annex does not list says so.
pub(super) fn item(item: Item) -> String {
    match item {
        Item::None => item.name().to_owned(),
        Item::T1
        | Item::T2
        | Item::T3
        | Item::P1
        | Item::P2
        | Item::P3
        | Item::F1
        | Item::F2
        | Item::F3
        | Item::F4 => format!("{item:?} {}", item.name()),
    }
}

/// What became of a proposal: its tone and its word.
pub(super) const fn answer(state: ProposalState) -> (&'static str, &'static str) {
    match state {
        ProposalState::Open => ("amber", "待答复"),
        ProposalState::Accepted => ("good", "已采纳"),
        ProposalState::Dismissed => ("muted", "未采纳"),
        ProposalState::Lapsed => ("muted", "已过时"),
    }
}

/// Who answered; nobody for a proposal that lapsed, the tide itself where the plan lets it.
pub(super) fn answered_by(proposal: &ProposalView) -> Option<&str> {
    match proposal.state {
        ProposalState::Open | ProposalState::Lapsed => None,
        ProposalState::Accepted | ProposalState::Dismissed => {
            let by = proposal.by.as_deref()?;
            Some(if by == "clock" { "自动" } else { by })
        }
    }
}

//! 差评, 投诉, 12345, 意见建议, 通报: what asks for an answer, who answers for it, until when, and how
//! it ended. Counts only: persons are never ranked (第十九 to 二十一条, 第二十三条).
//!
//! ```text
//! opened ─► assigned, replied, fixed, called, found ─► closed by a person
//! ```

mod decide;
mod facts;
mod figures;
mod words;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::Register;
use crate::decide::Asked;
use crate::{ClerkCode, Event, RecordId, Refusal, Timestamp};

pub(crate) use decide::{of_follow_up, of_rating};
pub use facts::{
    Case, CaseAssigned, CaseCalled, CaseClosed, CaseFound, CaseNoted, CaseOpened, CaseWish,
    OpenCase,
};
pub use figures::{CaseFigures, TeamCount};
pub use words::{CallBack, CaseFinding, CaseScope, CaseSource, CaseWay};

/// Days that closed cases stay in memory. Ours: a month and a few days to look back.
const KEEP_DAYS: i64 = 40;

/// A case and all that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// How it began.
    pub opened: CaseOpened,
    /// When.
    pub opened_at: Timestamp,
    /// Who answers for it.
    pub owner: Option<ClerkCode>,
    /// Answers to the visitor.
    pub replies: Vec<CaseNoted>,
    /// What was put right.
    pub fixes: Vec<CaseNoted>,
    /// Calls back.
    pub calls: Vec<CaseCalled>,
    /// What a person found last.
    pub finding: Option<CaseFound>,
    /// How it ended.
    pub closed: Option<CaseClosed>,
}

impl CaseFile {
    /// Whether it waits for somebody.
    pub fn is_open(&self) -> bool {
        self.closed.is_none() && !self.opened.source.is_notice()
    }

    /// Whether it is open past its due day.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.is_open() && self.opened.due.is_some_and(|due| due < today)
    }

    /// The day after which it may be forgotten.
    fn ended(&self) -> Option<NaiveDate> {
        let closed = self.closed.as_ref().map(|closed| closed.day);
        closed.or_else(|| self.opened.source.is_notice().then_some(self.opened.day))
    }

    /// Every reference to a text of this case, the contact left out.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let noted = self.replies.iter().chain(&self.fixes);
        let called = self.calls.iter().filter_map(|call| call.text.as_deref());
        let opened = self.opened.text.as_deref();
        opened
            .into_iter()
            .chain(noted.map(|noted| noted.text.as_str()))
            .chain(called)
    }
}

/// Cases that are open, and those closed in the last weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cases {
    files: BTreeMap<RecordId, CaseFile>,
}

impl Cases {
    /// A case.
    pub fn get(&self, id: RecordId) -> Option<&CaseFile> {
        self.files.get(&id)
    }

    /// Every case in memory, the oldest first.
    pub fn all(&self) -> impl Iterator<Item = &CaseFile> {
        self.files.values()
    }

    /// Cases that wait for somebody, the oldest first.
    pub fn open(&self) -> impl Iterator<Item = &CaseFile> {
        self.files.values().filter(|file| file.is_open())
    }
}

impl Register for Cases {
    type Wish = CaseWish;
    type Fact = Case;

    fn decide(&self, asked: &Asked<'_>, wish: &CaseWish) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, asked, wish)
    }

    fn apply(&mut self, fact: &Case, at: Timestamp) {
        if let Case::Opened(opened) = fact {
            let file = CaseFile {
                owner: opened.owner.clone(),
                opened: opened.clone(),
                opened_at: at,
                replies: Vec::new(),
                fixes: Vec::new(),
                calls: Vec::new(),
                finding: None,
                closed: None,
            };
            self.files.insert(opened.id, file);
            return;
        }
        let Some(file) = self.files.get_mut(&super::Fact::id(fact)) else {
            return;
        };
        match fact {
            Case::Opened(_) => (),
            Case::Assigned(assigned) => file.owner = Some(assigned.owner.clone()),
            Case::Replied(noted) => file.replies.push(noted.clone()),
            Case::Fixed(noted) => file.fixes.push(noted.clone()),
            Case::Called(called) => file.calls.push(called.clone()),
            Case::Found(found) => file.finding = Some(found.clone()),
            Case::Closed(closed) => file.closed = Some(closed.clone()),
        }
    }

    fn misfit(&self, fact: &Case) -> Option<&'static str> {
        let known = self.files.get(&super::Fact::id(fact));
        match (fact, known) {
            (Case::Opened(_), Some(_)) => Some("the case is there already"),
            (Case::Opened(_), None) => None,
            (_, None) => Some("there is no such case"),
            (_, Some(file)) => (!file.is_open()).then_some("the case is closed"),
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        self.files.retain(|_, file| {
            let ended = file.ended();
            ended.is_none_or(|day| (today - day).num_days() <= KEEP_DAYS)
        });
    }
}

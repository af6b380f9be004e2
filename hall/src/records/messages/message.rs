//! One call to return, or one message.

use alloc::string::String;

use chrono::NaiveDate;

use super::MessageFact;
use crate::records::Fact as _;
use crate::{ClerkCode, RecordId, Timestamp, WindowCode};

/// One call to return, or one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The record.
    pub id: RecordId,
    /// For whom; none for a missed call.
    pub to: Option<ClerkCode>,
    /// Whose telephone, for a missed call.
    pub window: Option<WindowCode>,
    /// What it is about.
    pub subject: Option<String>,
    /// The reference of who called.
    pub caller: Option<String>,
    /// Until when to call back.
    pub due_at: Option<Timestamp>,
    /// When it came.
    pub at: Timestamp,
    /// The day.
    pub day: NaiveDate,
    /// Who wrote it down.
    pub by: String,
    /// Whether the clerk has read it.
    pub read: bool,
    /// Calls back so far.
    pub tries: u32,
    /// Minutes to the call that reached the caller.
    pub returned_after_min: Option<u32>,
    /// Whether nothing more is to be done.
    pub closed: bool,
}

impl Message {
    /// Whether the call back is overdue.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        !self.closed && self.due_at.is_some_and(|due| due < now)
    }
}

impl Message {
    /// What a fact begins; none when it begins nothing.
    pub(super) fn of(fact: &MessageFact, at: Timestamp) -> Option<Self> {
        let (to, window, subject, caller, due_at, day, by) = match fact {
            MessageFact::Missed {
                window,
                caller,
                day,
                by,
                ..
            } => (None, window.clone(), None, caller, None, day, by),
            MessageFact::Taken {
                to,
                subject,
                caller,
                due_at,
                day,
                by,
                ..
            } => (
                Some(to.clone()),
                None,
                Some(subject.clone()),
                caller,
                *due_at,
                day,
                by,
            ),
            MessageFact::Answered { .. }
            | MessageFact::Read { .. }
            | MessageFact::Returned { .. }
            | MessageFact::Closed { .. } => return None,
        };
        Some(Self {
            id: fact.id(),
            to,
            window,
            subject,
            caller: caller.clone(),
            due_at,
            at,
            day: *day,
            by: by.clone(),
            read: false,
            tries: 0,
            returned_after_min: None,
            closed: false,
        })
    }

    /// Nothing more is to be done; the reference goes with the text behind it.
    pub(super) fn end(&mut self) {
        self.closed = true;
        self.caller = None;
    }
}

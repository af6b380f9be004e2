//! A window: closed, preparing, idle, calling, serving; paused is a flag beside the work.

use alloc::string::String;

use crate::event::{PauseReason, PostRole};
use crate::{ClerkCode, TicketId, Timestamp};

/// What a window is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    /// Who holds it, since when, ready or not; none when closed.
    pub shift: Option<Shift>,
    /// 暂停服务, beside the work.
    pub pause: Option<Pause>,
    /// The visitor called or served.
    pub ticket: Option<TicketId>,
}

/// One clerk at one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The clerk.
    pub clerk: ClerkCode,
    /// As A, B or head.
    pub role: PostRole,
    /// Since when.
    pub began_at: Timestamp,
    /// Since when open for calls; none while 准备中.
    pub ready_at: Option<Timestamp>,
    /// Whether a manager signed the clerk in against the skills: then every service is called for.
    pub overridden: bool,
}

/// A pause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Why; inside only.
    pub reason: PauseReason,
    /// More of why; inside only.
    pub note: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// When the clerk expects to be back.
    pub back_at: Option<Timestamp>,
    /// Who was asked to cover.
    pub cover: Option<ClerkCode>,
}

impl Window {
    /// Whether somebody holds it, is ready, and it is not paused.
    pub fn takes_calls(&self) -> bool {
        self.pause.is_none() && self.shift.as_ref().is_some_and(|s| s.ready_at.is_some())
    }
}

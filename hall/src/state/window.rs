//! A window: closed, preparing, idle, calling, serving; paused is a flag beside the work.

use alloc::string::String;

use alloc::vec::Vec;

use crate::event::{PauseReason, PostRole};
use crate::{ClerkCode, ServiceCode, TicketId, Timestamp, WindowCode};

/// What a window is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    /// Who holds it, since when, ready or not; none when closed.
    pub shift: Option<Shift>,
    /// 暂停服务, beside the work.
    pub pause: Option<Pause>,
    /// The visitor called or served.
    pub ticket: Option<TicketId>,
    /// Whom the clerk who holds it stands in for.
    pub cover: Option<Cover>,
    /// A cover that was asked for, until somebody holds the post again.
    pub asked: Option<CoverAsk>,
    /// Since when people wait and nobody holds the post.
    pub gap_since: Option<Timestamp>,
    /// Services lent to it (潮汐窗口).
    pub lent: Option<Lending>,
    /// When it was last lent or taken back.
    pub turned_at: Option<Timestamp>,
    /// When its clerk last did something there.
    pub acted_at: Option<Timestamp>,
    /// Since when it counts as left without the sign.
    pub absent_since: Option<Timestamp>,
}

/// One clerk in place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Who is away, and in which role; none when the post was empty.
    pub away: Option<(ClerkCode, PostRole)>,
    /// The window that the cover came from.
    pub from: Option<WindowCode>,
    /// Whether that window goes on beside this one, since the plan pairs the two.
    pub paired: bool,
    /// Since when.
    pub since: Timestamp,
}

/// A question to a colleague: will you cover?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverAsk {
    /// Who is asked; none when nobody is left to ask.
    pub clerk: Option<ClerkCode>,
    /// Whether the asked is a head, the last resort.
    pub head: bool,
    /// Since when.
    pub since: Timestamp,
    /// Who said no, or did not answer in time.
    pub tried: Vec<ClerkCode>,
}

/// Services lent to a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lending {
    /// The services.
    pub services: Vec<ServiceCode>,
    /// Since when.
    pub since: Timestamp,
    /// Until when; none until it is taken back.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
    /// Whether in place of the window's own services.
    pub instead: bool,
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
    /// Whether the clerk was reminded.
    pub warned: bool,
    /// Whether a head was told.
    pub escalated: bool,
}

impl Window {
    /// Whether somebody holds it, is ready, and it is not paused.
    pub fn takes_calls(&self) -> bool {
        self.pause.is_none() && self.shift.as_ref().is_some_and(|s| s.ready_at.is_some())
    }

    /// Whether its clerk stands in for another elsewhere.
    pub fn is_left_to_cover(&self) -> bool {
        let pause = self.pause.as_ref();
        pause.is_some_and(|pause| pause.reason == PauseReason::Cover)
    }

    /// Whether somebody is on the post: signed in, and not away but for a visitor still served.
    pub fn is_held(&self) -> bool {
        self.shift.is_some() && (self.pause.is_none() || self.ticket.is_some())
    }
}

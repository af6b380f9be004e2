//! A window as people read it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{ServiceName, TicketView};
use crate::event::{PauseReason, PostRole};
use crate::order;
use crate::plan::WindowKind;
use crate::state::{Hall, TicketStatus, Window};
use crate::text::Text;
use crate::time::DateTime;
use crate::{ClerkCode, Refusal, WindowCode};

/// What a window is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WindowState {
    /// Nobody signed in.
    Closed,
    /// 准备中.
    Preparing,
    /// Open and free.
    Idle,
    /// A number was called.
    Calling,
    /// A visitor is served, paused or not.
    Serving,
    /// 暂停服务, and nobody is served.
    Paused,
}

impl WindowState {
    /// The state's name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Preparing => "preparing",
            Self::Idle => "idle",
            Self::Calling => "calling",
            Self::Serving => "serving",
            Self::Paused => "paused",
        }
    }
}

/// A clerk by code and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClerkName {
    /// The code.
    pub code: ClerkCode,
    /// The name.
    pub name: String,
}

/// A pause as staff read it; the reason stays inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PauseView {
    /// Why.
    pub reason: PauseReason,
    /// More of why.
    pub note: Option<String>,
    /// Since when.
    pub since: DateTime,
    /// When the clerk expects to be back.
    pub back_at: Option<DateTime>,
    /// Who was asked to cover.
    pub cover: Option<ClerkCode>,
}

/// One clerk in place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CoverView {
    /// Who is away; none when the post was empty.
    pub away: Option<ClerkName>,
    /// The window that the cover came from.
    pub from: Option<WindowCode>,
    /// Since when.
    pub since: DateTime,
}

/// A question to a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AskView {
    /// Who is asked; none when nobody is left to ask.
    pub clerk: Option<ClerkName>,
    /// Whether it is a head, the last resort.
    pub head: bool,
    /// Since when.
    pub since: DateTime,
}

/// A window: `GET …/windows/{window}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WindowView {
    /// Its code.
    pub code: WindowCode,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: WindowKind,
    /// What it is doing.
    pub state: WindowState,
    /// Who holds it.
    pub clerk: Option<ClerkName>,
    /// As A, B or head.
    pub role: Option<PostRole>,
    /// Since when open for calls.
    pub ready_at: Option<DateTime>,
    /// Services it calls for at present.
    pub services: Vec<ServiceName>,
    /// Services lent to it.
    pub tide: Vec<ServiceName>,
    /// Until when services are lent; none when nothing is, or until it is taken back.
    pub lent_until: Option<DateTime>,
    /// The pause, shown beside the work.
    pub pause: Option<PauseView>,
    /// Whom the clerk stands in for.
    pub cover: Option<CoverView>,
    /// A colleague asked to cover, not answered yet.
    pub asked: Option<AskView>,
    /// Since when people wait and nobody holds the post.
    pub gap_since: Option<DateTime>,
    /// Since when it counts as left without the sign.
    pub absent_since: Option<DateTime>,
    /// The visitor called or served.
    pub ticket: Option<TicketView>,
    /// People waiting whom it may call.
    pub waiting: u32,
    /// The journal position of the change, or of the view.
    pub seq: u64,
}

/// Who would be called now, and why: `GET …/windows/{window}/next`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NextView {
    /// The ticket; none when nobody waits.
    pub ticket: Option<TicketView>,
    /// Why this one.
    pub because: Option<Text>,
}

impl Hall {
    /// What the window is doing.
    pub fn window_state(&self, window: &Window) -> WindowState {
        let ticket = window.ticket.and_then(|id| self.tickets.get(&id));
        match (&window.shift, ticket.map(|ticket| &ticket.status)) {
            (None, _) => WindowState::Closed,
            (Some(_), Some(TicketStatus::Serving(_))) => WindowState::Serving,
            (Some(_), Some(TicketStatus::Called(_))) => WindowState::Calling,
            (Some(_), _) if window.pause.is_some() => WindowState::Paused,
            (Some(shift), _) if shift.ready_at.is_none() => WindowState::Preparing,
            (Some(_), _) => WindowState::Idle,
        }
    }

    /// The window as people read it.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotFound`] when this hall has no such window.
    pub fn window_view(&self, code: &WindowCode, seq: u64) -> Result<WindowView, Refusal> {
        let (window, planned) = self.window(code)?;
        let zoned = |at: crate::Timestamp| at.in_zone(self.zone());
        let services = self.services_of(code);
        let waiting = order::waiting_for_window(self, code);
        let ticket = window.ticket.and_then(|id| self.tickets.get(&id));
        Ok(WindowView {
            code: code.clone(),
            name: planned.name.clone(),
            kind: planned.kind,
            state: self.window_state(window),
            clerk: window.shift.as_ref().map(|shift| self.named(&shift.clerk)),
            role: window.shift.as_ref().map(|shift| shift.role),
            ready_at: window
                .shift
                .as_ref()
                .and_then(|shift| shift.ready_at)
                .map(|at| at.in_zone(self.zone())),
            services: services
                .into_iter()
                .map(|code| ServiceName {
                    code: code.clone(),
                    name: self.service_name(code),
                })
                .collect(),
            tide: window
                .lent
                .iter()
                .flat_map(|lent| &lent.services)
                .map(|code| ServiceName {
                    code: code.clone(),
                    name: self.service_name(code),
                })
                .collect(),
            lent_until: window.lent.as_ref().and_then(|lent| lent.until).map(zoned),
            pause: self.pause_view(window),
            cover: self.cover_view(window),
            asked: self.ask_view(window),
            gap_since: window.gap_since.map(zoned),
            absent_since: window.absent_since.map(zoned),
            ticket: ticket.map(|ticket| self.ticket_view(ticket, seq)),
            waiting,
            seq,
        })
    }

    fn pause_view(&self, window: &Window) -> Option<PauseView> {
        window.pause.as_ref().map(|pause| PauseView {
            reason: pause.reason,
            note: pause.note.clone(),
            since: pause.since.in_zone(self.zone()),
            back_at: pause.back_at.map(|at| at.in_zone(self.zone())),
            cover: pause.cover.clone(),
        })
    }

    pub(crate) fn cover_view(&self, window: &Window) -> Option<CoverView> {
        window.cover.as_ref().map(|cover| CoverView {
            away: cover.away.as_ref().map(|(clerk, _)| self.named(clerk)),
            from: cover.from.clone(),
            since: cover.since.in_zone(self.zone()),
        })
    }

    pub(crate) fn ask_view(&self, window: &Window) -> Option<AskView> {
        window.asked.as_ref().map(|asked| AskView {
            clerk: asked.clerk.as_ref().map(|clerk| self.named(clerk)),
            head: asked.head,
            since: asked.since.in_zone(self.zone()),
        })
    }

    /// The clerk by code and name.
    pub(crate) fn named(&self, code: &ClerkCode) -> ClerkName {
        ClerkName {
            code: code.clone(),
            name: self.clerk_name(code),
        }
    }

    /// The clerk's name, or the code when the plan has no such person any more.
    pub fn clerk_name(&self, code: &ClerkCode) -> String {
        let clerk = self.plan().and_then(|plan| plan.clerk(code));
        clerk.map_or_else(|| code.0.clone(), |clerk| clerk.name.clone())
    }

    /// Who would be called to the window now, and why.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotFound`] when this hall has no such window.
    pub fn next_view(&self, code: &WindowCode, seq: u64) -> Result<NextView, Refusal> {
        self.window(code)?;
        let ticket = order::next(self, code).and_then(|id| self.tickets.get(&id));
        Ok(NextView {
            ticket: ticket.map(|ticket| self.ticket_view(ticket, seq)),
            because: ticket.map(|ticket| order::because(self, code, ticket)),
        })
    }
}

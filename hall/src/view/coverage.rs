//! Who is on which post: A, B, who is there, and where nobody is.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{AskView, ClerkName, CoverView, Position, WindowState};
use crate::event::PostRole;
use crate::plan::Window as PlannedWindow;
use crate::state::Hall;
use crate::time::DateTime;
use crate::{ClerkCode, WindowCode};

/// Every post of the hall: `GET …/coverage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Coverage {
    /// The hall's time.
    pub at: DateTime,
    /// Every window with an A or B role, in the plan's order.
    pub posts: Vec<Post>,
    /// The journal position.
    pub seq: u64,
}

/// One post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Post {
    /// The window.
    pub window: WindowCode,
    /// Its name.
    pub name: String,
    /// What it is doing.
    pub state: WindowState,
    /// Who holds A, whether there or not.
    pub a: Option<ClerkName>,
    /// Who may stand in.
    pub b: Vec<ClerkName>,
    /// Who is there.
    pub holder: Option<ClerkName>,
    /// As which role.
    pub role: Option<PostRole>,
    /// Whom the holder stands in for.
    pub cover: Option<CoverView>,
    /// A colleague asked to cover, not answered yet.
    pub asked: Option<AskView>,
    /// Colleagues who can cover now, best first.
    pub candidates: Vec<ClerkName>,
    /// People who wait for the post.
    pub waiting: u32,
    /// Since when they wait with nobody on it.
    pub gap_since: Option<DateTime>,
}

impl Hall {
    /// Who is on which post.
    pub fn coverage(&self, position: &Position) -> Coverage {
        let planned = self.plan().map(|plan| plan.windows.as_slice());
        let posts = planned.unwrap_or_default().iter();
        Coverage {
            at: position.now.in_zone(self.zone()),
            posts: posts
                .filter(|planned| planned.a.is_some() || !planned.b.is_empty())
                .filter_map(|planned| self.post(planned))
                .collect(),
            seq: position.seq,
        }
    }

    fn post(&self, planned: &PlannedWindow) -> Option<Post> {
        let window = self.windows.get(&planned.code)?;
        let names = |codes: &[ClerkCode]| codes.iter().map(|code| self.named(code)).collect();
        let candidates = crate::cover::candidates(self, planned);
        let shift = window.shift.as_ref();
        Some(Post {
            window: planned.code.clone(),
            name: planned.name.clone(),
            state: self.window_state(window),
            a: planned.a.as_ref().map(|code| self.named(code)),
            b: names(&planned.b),
            holder: shift.map(|shift| self.named(&shift.clerk)),
            role: shift.map(|shift| shift.role),
            cover: self.cover_view(window),
            asked: self.ask_view(window),
            candidates: candidates
                .iter()
                .map(|one| self.named(&one.clerk))
                .collect(),
            waiting: self.waiting_for(planned),
            gap_since: window.gap_since.map(|at| at.in_zone(self.zone())),
        })
    }
}

//! AB角 on the console: who can cover here, who asks for cover, and where this clerk covers.

use std::fmt::Display;

use hall::view::{ClerkName, Position};
use hall::{ClerkCode, DateTime, Hall, WindowCode};
use serde_json::json;

use crate::pages::act::Act;

/// A window that asks for cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverRequest {
    /// The window.
    pub window: WindowCode,
    /// Its name.
    pub name: String,
    /// Who is asked.
    pub clerk: ClerkCode,
    /// Whether as the head, the last resort.
    pub head: bool,
    /// People who wait there.
    pub waiting: u32,
    /// Since when.
    pub since: DateTime,
}

/// Colleagues who can cover the window now, best first.
pub(super) fn candidates(hall: &Hall, code: &WindowCode, position: &Position) -> Vec<ClerkName> {
    let posts = hall.coverage(position).posts.into_iter();
    let here = posts.filter(|post| post.window == *code);
    here.flat_map(|post| post.candidates).collect()
}

/// Windows that ask one of these clerks.
pub(in crate::pages) fn requests(hall: &Hall, clerks: &[ClerkCode]) -> Vec<CoverRequest> {
    let windows = hall.windows().keys();
    let views = windows.filter_map(|code| hall.window_view(code, 0).ok());
    views
        .filter_map(|view| {
            let asked = view.asked?;
            let clerk = asked.clerk.filter(|clerk| clerks.contains(&clerk.code))?;
            Some(CoverRequest {
                window: view.code,
                name: view.name,
                clerk: clerk.code,
                head: asked.head,
                waiting: view.waiting,
                since: asked.since,
            })
        })
        .collect()
}

/// The other window that one of these clerks holds for a colleague.
pub(super) fn covers_at(hall: &Hall, own: &WindowCode, clerks: &[ClerkCode]) -> Option<WindowCode> {
    let mut windows = hall.windows().iter();
    let covering = windows.find(|(code, window)| {
        let shift = window.shift.as_ref().filter(|_| window.cover.is_some());
        *code != own && shift.is_some_and(|shift| clerks.contains(&shift.clerk))
    });
    covering.map(|(code, _)| code.clone())
}

impl CoverRequest {
    /// Takes over the post, at the API's address of the hall.
    pub(in crate::pages) fn accept(&self, hall_url: impl Display) -> Act {
        let body = json!({ "window": self.window, "clerk": self.clerk });
        Act::post(format!("{hall_url}/covers"), &body)
    }
}

//! The first page after signing in: halls and the ways into them.

use askama::Template;
use hall::view::{ClerkName, DayLine, HallName, WindowState};
use hall::{DateTime, WindowCode};

use super::{Viewer, moment, phrases, status};

/// What the home page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeData {
    /// Who looks.
    pub viewer: Viewer,
    /// The time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Halls that the person may see.
    pub halls: Vec<HomeHall>,
}

/// One hall on the home page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeHall {
    /// Its code and names.
    pub hall: HallName,
    /// Its day.
    pub day: DayLine,
    /// Its windows; empty for people who serve at none.
    pub windows: Vec<HomeWindow>,
}

/// One window to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeWindow {
    /// Its code.
    pub code: WindowCode,
    /// Its name.
    pub name: String,
    /// What it is doing.
    pub state: WindowState,
    /// Who sits there.
    pub clerk: Option<ClerkName>,
}

impl HomeHall {
    /// The hall as it stands now, with every window.
    pub fn of(hall: &hall::Hall, now: hall::Timestamp) -> Self {
        let planned = hall.plan().map(|plan| plan.windows.as_slice());
        let views = planned
            .unwrap_or_default()
            .iter()
            .filter_map(|window| hall.window_view(&window.code, 0).ok());
        Self {
            hall: hall.hall_name(),
            day: hall.day_line(now),
            windows: views
                .map(|view| HomeWindow {
                    code: view.code,
                    name: view.name,
                    state: view.state,
                    clerk: view.clerk,
                })
                .collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Page<'a> {
    data: &'a HomeData,
}

impl HomeData {
    fn is_own(&self, window: &HomeWindow) -> bool {
        let sitting = window.clerk.as_ref().map(|clerk| &clerk.code);
        sitting.is_some() && sitting == self.viewer.clerk.as_ref()
    }
}

/// The home page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &HomeData) -> Result<String, askama::Error> {
    Page { data }.render()
}

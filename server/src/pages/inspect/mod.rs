//! The inspector's page on a phone: window, item, requirement, photo, done; with or without a line.

pub mod codes;

use std::borrow::Borrow;

use askama::Template;
use hall::evidence::{Item, annex};
use hall::plan::Level;
use hall::records::{Patrol, Source};
use hall::view::HallName;
use hall::{DateTime, WindowCode};

use super::{Viewer, phrases};

/// What the page of an inspection shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectData {
    /// Who looks.
    pub viewer: Viewer,
    /// The code of who looks: entries that wait on the phone are sent by their author alone.
    pub who: String,
    /// The hall.
    pub hall: HallName,
    /// The hall's level.
    pub level: Level,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The window that the address names.
    pub window: Option<WindowCode>,
    /// Windows: code and name.
    pub windows: Vec<(WindowCode, String)>,
    /// Parts of the hall that windows do not stand for.
    pub zones: Vec<String>,
    /// Items that the person's unit scores.
    pub items: Vec<Item>,
    /// The patrol under way.
    pub patrol: Option<Patrol>,
}

#[derive(Template)]
#[template(path = "pages/inspect/page.html")]
struct Page<'a> {
    data: &'a InspectData,
}

/// The page of an inspection.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &InspectData) -> Result<String, askama::Error> {
    Page { data }.render()
}

impl InspectData {
    /// An item's requirements in the annex, numbered from 1.
    fn requirements(&self, item: impl Borrow<Item>) -> Vec<(usize, &'static str)> {
        let item = *item.borrow();
        let mut rows = annex::rows(self.level);
        let row = rows.find(|row| row.item == item);
        let texts = row.map(|row| row.requirements).unwrap_or_default();
        (1..).zip(texts.iter().copied()).collect()
    }

    fn is_window(&self, code: &WindowCode) -> bool {
        self.window.as_ref() == Some(code)
    }

    fn code(item: impl Borrow<Item>) -> String {
        format!("{:?}", item.borrow())
    }

    fn sources() -> Vec<(&'static str, &'static str)> {
        let all = Source::ALL.into_iter();
        all.map(|source| (source.word(), source.name().0)).collect()
    }

    /// Whether the patrol has an entry of the window.
    fn has_seen(&self, code: &WindowCode) -> bool {
        let patrol = self.patrol.as_ref();
        patrol.is_some_and(|patrol| patrol.windows.contains(code))
    }

    fn now(&self) -> String {
        self.at.to_rfc3339()
    }
}

//! 班前早会, 工间调度, 班后小结: today's three with their drafts, and the days that miss one.

use askama::Template;
use hall::DateTime;
use hall::records::{BriefingDay, BriefingPart};
use hall::view::HallName;

use crate::pages::{Viewer, moment, phrases};
use crate::routes::records::briefings::BriefingView;

/// One of today's three.
#[derive(Debug)]
pub(crate) struct Today {
    pub(crate) part: BriefingPart,
    /// What was held, and additions to it.
    pub(crate) held: Vec<BriefingView>,
    /// What could be said now.
    pub(crate) draft: Vec<String>,
}

/// What the page of briefings shows.
#[derive(Debug)]
pub(crate) struct BriefingsData {
    pub(crate) viewer: Viewer,
    pub(crate) hall: HallName,
    pub(crate) at: DateTime,
    pub(crate) pretend: bool,
    pub(crate) parts: Vec<Today>,
    /// The last open days, the newest first.
    pub(crate) days: Vec<BriefingDay>,
    /// Of earlier days, the newest first.
    pub(crate) earlier: Vec<BriefingView>,
    /// Whether the viewer may hold one.
    pub(crate) may_hold: bool,
}

#[derive(Template)]
#[template(path = "pages/registers/briefings.html")]
struct Page<'a> {
    data: &'a BriefingsData,
}

impl BriefingsData {
    fn is_missing(&self, part: BriefingPart) -> bool {
        let today = self.at.date_naive();
        let day = self.days.iter().find(|day| day.day == today);
        day.is_some_and(|day| day.missing.contains(&part))
    }
}

fn lines(text: Option<&str>) -> Vec<&str> {
    let text = text.unwrap_or("(文字已到保存期限)");
    text.lines().collect()
}

/// The page of briefings.
pub(crate) fn page(data: &BriefingsData) -> Result<String, askama::Error> {
    Page { data }.render()
}

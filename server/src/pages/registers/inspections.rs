//! 巡查记录: patrols day by day, what was seen, and points to take off for it.

use std::borrow::Borrow;

use askama::Template;
use hall::DateTime;
use hall::evidence::{Article, Item};
use hall::month::Month;
use hall::records::{ExposureLevel, PatrolMonth, Seen, Source};
use hall::view::HallName;

use crate::pages::{Viewer, moment, phrases};
use crate::routes::records::inspections::{InspectionView, PatrolView};

/// What the page of inspections shows.
#[derive(Debug, Clone)]
pub(crate) struct InspectionsData {
    /// Who looks.
    pub(crate) viewer: Viewer,
    /// The hall.
    pub(crate) hall: HallName,
    /// The hall's time.
    pub(crate) at: DateTime,
    /// Whether the clock is a pretended one.
    pub(crate) pretend: bool,
    /// Whether the person may inspect and take points off.
    pub(crate) scorer: bool,
    /// Items that the person's units score.
    pub(crate) items: Vec<Item>,
    /// The month.
    pub(crate) month: PatrolMonth,
    /// Its patrols, newest first.
    pub(crate) patrols: Vec<PatrolView>,
    /// Its entries, newest first.
    pub(crate) entries: Vec<InspectionView>,
}

#[derive(Template)]
#[template(path = "pages/registers/inspections.html")]
struct Page<'a> {
    data: &'a InspectionsData,
}

/// The page of inspections.
///
/// # Errors
///
/// When the template cannot be written.
pub(crate) fn page(data: &InspectionsData) -> Result<String, askama::Error> {
    Page { data }.render()
}

impl InspectionsData {
    fn month(&self) -> Month {
        self.month.month
    }

    fn source(source: impl Borrow<Source>) -> &'static str {
        source.borrow().name().0
    }

    fn is_breach(entry: &InspectionView) -> bool {
        entry.outcome == Seen::Breach
    }

    /// Whether points can still be taken off for it by this person.
    fn is_open(&self, entry: &InspectionView) -> bool {
        Self::is_breach(entry) && !entry.deducted && self.items.contains(&entry.item)
    }

    /// The body of the deduction that an entry presets, but for points and exposure.
    fn preset(entry: &InspectionView) -> String {
        let body = serde_json::json!({ "inspection": entry.id, "item": entry.item,
            "article": entry.article, "points": 1 });
        body.to_string()
    }

    /// Articles by the items that the person scores, for exposures.
    fn articles(&self) -> Vec<(Item, Article)> {
        let all = Article::ALL.iter().copied();
        let all = all.map(|article| (article.item(), article));
        all.filter(|(item, _)| self.items.contains(item)).collect()
    }

    fn item(item: impl Borrow<Item>) -> String {
        format!("{:?}", item.borrow())
    }

    fn levels() -> [(&'static str, &'static str); 2] {
        [
            ("media", ExposureLevel::Media.name().0),
            ("special", ExposureLevel::Special.name().0),
        ]
    }

    fn is_late(entry: &InspectionView) -> bool {
        (entry.received_at - entry.seen_at).num_minutes() > 2
    }
}

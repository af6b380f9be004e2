//! 好差评 for those who answer for it: how many were asked, how many answered, and what was said.

use std::collections::BTreeMap;

use askama::Template;
use hall::DateTime;
use hall::records::{Level, RatingChannel};
use hall::view::HallName;

use crate::pages::{Viewer, moment, phrases};
use crate::routes::records::ratings::{RatingCounts, RatingView};

/// What the page of ratings shows.
#[derive(Debug)]
pub(crate) struct RatingsData {
    pub(crate) viewer: Viewer,
    pub(crate) hall: HallName,
    pub(crate) at: DateTime,
    pub(crate) pretend: bool,
    pub(crate) counts: RatingCounts,
    /// The newest first.
    pub(crate) items: Vec<RatingView>,
    /// Code and name of every window.
    pub(crate) windows: Vec<(String, String)>,
    /// Whether the viewer may enter ratings from paper.
    pub(crate) may_enter: bool,
}

#[derive(Template)]
#[template(path = "pages/registers/ratings.html")]
struct Page<'a> {
    data: &'a RatingsData,
}

impl RatingsData {
    fn of(&self, level: Level) -> u32 {
        at(&self.counts.by_level, level)
    }

    fn through(&self, channel: RatingChannel) -> u32 {
        let counts = &self.counts.by_channel;
        counts.get(channel.as_str()).copied().unwrap_or(0)
    }
}

fn at(levels: &BTreeMap<u8, u32>, level: Level) -> u32 {
    levels.get(&level.number()).copied().unwrap_or(0)
}

/// The page of ratings.
pub(crate) fn page(data: &RatingsData) -> Result<String, askama::Error> {
    Page { data }.render()
}

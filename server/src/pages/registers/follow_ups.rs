//! 回访: who waits for a call, what the calls brought, and how the samples were drawn.

use askama::Template;
use chrono::NaiveDate;
use hall::DateTime;
use hall::records::{Level, SampleDrawn};
use hall::view::HallName;

use crate::pages::{Viewer, moment, phrases};
use crate::routes::records::follow_ups::{FollowUpCounts, FollowUpView};

/// What the page of follow-ups shows.
#[derive(Debug)]
pub(crate) struct FollowUpsData {
    pub(crate) viewer: Viewer,
    pub(crate) hall: HallName,
    pub(crate) at: DateTime,
    pub(crate) pretend: bool,
    /// Those drawn, the oldest first.
    pub(crate) drawn: Vec<FollowUpView>,
    pub(crate) counts: FollowUpCounts,
    /// The first day of the counts.
    pub(crate) counts_from: NaiveDate,
    pub(crate) today: NaiveDate,
    /// The newest first.
    pub(crate) samples: Vec<SampleDrawn>,
    /// Code and name of every window.
    pub(crate) windows: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/registers/follow_ups.html")]
struct Page<'a> {
    data: &'a FollowUpsData,
}

impl FollowUpsData {
    fn here(&self) -> String {
        format!("/halls/{}/registers/follow-ups", self.hall.code)
    }

    fn api(&self) -> String {
        format!("/api/v1/halls/{}", self.hall.code)
    }

    fn waiting(&self) -> Vec<&FollowUpView> {
        let drawn = self.drawn.iter();
        drawn.filter(|one| one.state == "drawn").collect()
    }

    fn done(&self) -> Vec<&FollowUpView> {
        let drawn = self.drawn.iter().rev();
        drawn.filter(|one| one.state == "done").collect()
    }

    fn of(&self, level: Level) -> u32 {
        let counts = &self.counts.by_level;
        counts.get(&level.number()).copied().unwrap_or(0)
    }
}

/// The page of follow-ups.
pub(crate) fn page(data: &FollowUpsData) -> Result<String, askama::Error> {
    Page { data }.render()
}

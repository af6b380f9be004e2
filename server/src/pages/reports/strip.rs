//! A window's day as a strip: a lane for each state, so that no state is told by colour alone.

use std::borrow::Borrow;

use askama::Template;
use chrono::{NaiveDate, Timelike};
use chrono_tz::Tz;
use hall::evidence::{PostSpan, PostState};
use hall::view::HallName;
use hall::{DateTime, Timestamp};

use super::charts::{Block, Label, WIDTH, tenth};
use crate::pages::names::{By, Names};
use crate::pages::{Viewer, moment, phrases};

/// Left of the lanes.
const LEFT: f64 = 78.0;
/// Height of a lane with its gap.
const LANE: f64 = 30.0;
/// States in the order of the lanes.
const LANES: [PostState; 7] = [
    PostState::SignedIn,
    PostState::Open,
    PostState::Calling,
    PostState::Serving,
    PostState::Paused,
    PostState::Covered,
    PostState::Uncovered,
];

/// What the page of a window's day shows.
#[derive(Debug, Clone, PartialEq)]
pub struct StripData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The hall's zone.
    pub zone: Tz,
    /// The window's code.
    pub window: String,
    /// Names of windows and clerks.
    pub names: Names,
    /// The day.
    pub day: NaiveDate,
    /// What the window did, in order of time.
    pub spans: Vec<PostSpan>,
}

#[derive(Template)]
#[template(path = "pages/reports/strip.html")]
struct Page<'a> {
    data: &'a StripData,
}

/// The page of a window's day.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &StripData) -> Result<String, askama::Error> {
    Page { data }.render()
}

/// The lanes and what stands in them.
struct Strip {
    blocks: Vec<Block>,
    lanes: Vec<Label>,
    hours: Vec<Label>,
    height: f64,
}

impl Page<'_> {
    fn name(&self) -> String {
        self.data.names.of_part(By::Window, &self.data.window)
    }

    fn clerk(&self, span: &PostSpan) -> String {
        let clerk = span.clerk.as_ref();
        clerk.map_or("–".into(), |clerk| {
            self.data.names.of_part(By::Clerk, &clerk.0)
        })
    }

    fn time(&self, at: impl Borrow<Timestamp>) -> String {
        let at = at.borrow();
        at.in_zone(self.data.zone).format("%H:%M:%S").to_string()
    }

    fn minutes(span: &PostSpan) -> f64 {
        let seconds = span.to.since_ms(span.from) / 1000;
        tenth(i32::try_from(seconds).map_or(f64::MAX, f64::from) / 60.0)
    }

    fn spent(&self, state: PostState) -> f64 {
        let spans = self.data.spans.iter().filter(|span| span.state == state);
        spans
            .map(Self::minutes)
            .fold(0.0, |all, one| tenth(all + one))
    }

    fn said(&self) -> String {
        if self.data.spans.is_empty() {
            return format!("{} 这天{}没有人上岗。", self.data.day, self.name());
        }
        format!(
            "{} {}开放{}分钟,办理{}分钟,暂停{}分钟,无人顶岗{}分钟。",
            self.data.day,
            self.name(),
            self.spent(PostState::Open),
            self.spent(PostState::Serving),
            self.spent(PostState::Paused),
            self.spent(PostState::Uncovered),
        )
    }

    /// The chart from the full hour before the first while to the one after the last.
    fn strip(&self) -> Option<Strip> {
        let hour_of = |at: Timestamp| {
            let time = at.in_zone(self.data.zone);
            f64::from(time.num_seconds_from_midnight()) / 3600.0
        };
        let ends = self
            .data
            .spans
            .iter()
            .map(|span| (hour_of(span.from), hour_of(span.to)));
        let (first, last) = ends.fold((24.0, 0.0), |(first, last): (f64, f64), (from, to)| {
            (first.min(from), last.max(to))
        });
        if first >= last {
            return None;
        }
        let (first, last) = (first.floor(), last.ceil());
        let x = |hour: f64| LEFT + (WIDTH - LEFT - 12.0) * (hour - first) / (last - first);
        let top = |state: PostState| {
            let lane = LANES.iter().position(|one| *one == state).unwrap_or(0);
            24.0 + LANE * u32::try_from(lane).map_or(0.0, f64::from)
        };
        let block = |span: &PostSpan| Block {
            x: tenth(x(hour_of(span.from))),
            y: top(span.state),
            width: tenth((x(hour_of(span.to)) - x(hour_of(span.from))).max(0.8)),
            height: LANE - 8.0,
            class: format!("strip-{}", class(span.state)),
            words: format!(
                "{} {} 至 {}",
                word(span.state),
                self.time(span.from),
                self.time(span.to)
            ),
        };
        let mut hours = Vec::new();
        let mut hour = first;
        while hour <= last {
            hours.push(Label {
                x: tenth(x(hour)),
                y: 14.0,
                words: format!("{hour}时"),
            });
            hour += 1.0;
        }
        Some(Strip {
            blocks: self.data.spans.iter().map(block).collect(),
            lanes: LANES
                .iter()
                .map(|state| Label {
                    x: LEFT - 8.0,
                    y: top(*state) + 16.0,
                    words: word(state).to_owned(),
                })
                .collect(),
            hours,
            height: 24.0 + LANE * 7.0,
        })
    }
}

const fn class(state: PostState) -> &'static str {
    match state {
        PostState::SignedIn => "signed_in",
        PostState::Open => "open",
        PostState::Paused => "paused",
        PostState::Calling => "calling",
        PostState::Serving => "serving",
        PostState::Covered => "covered",
        PostState::Uncovered => "uncovered",
    }
}

/// A state as people call it.
fn word(state: impl Borrow<PostState>) -> &'static str {
    match state.borrow() {
        PostState::SignedIn => "在岗",
        PostState::Open => "开放",
        PostState::Paused => "‖ 暂停",
        PostState::Calling => "▶ 叫号",
        PostState::Serving => "● 办理",
        PostState::Covered => "顶岗",
        PostState::Uncovered => "! 无人顶岗",
    }
}

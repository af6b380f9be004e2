//! Replay of a day: a bar over board, windows and decisions. **Source**: SCREENS §6.

use askama::Template;
use chrono::Timelike;
use hall::DateTime;
use hall::view::{FloorQueue, HallName, WindowView};

use super::{Viewer, moment, phrases, status};
use crate::replays::ReplayView;

/// What the page of a day shows at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The day at its moment.
    pub view: ReplayView,
}

#[derive(Template)]
#[template(path = "pages/replay/page.html")]
struct Page<'a> {
    data: &'a ReplayData,
}

#[derive(Template)]
#[template(path = "pages/replay/live.html")]
struct Live<'a> {
    data: &'a ReplayData,
}

/// The whole page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &ReplayData) -> Result<String, askama::Error> {
    Page { data }.render()
}

/// The part that changes with the moment: its root has `id="live"`.
///
/// # Errors
///
/// When the template cannot be written.
pub fn live(data: &ReplayData) -> Result<String, askama::Error> {
    Live { data }.render()
}

/// A link to another fact: its id, its word, and the second with its clock.
type Way = (&'static str, &'static str, Option<(u32, String)>);

/// Seconds since midnight in the hall's zone: what the bar counts in.
fn second(at: &DateTime) -> u32 {
    at.num_seconds_from_midnight()
}

/// The second at which a fact has happened: the next whole one.
fn second_after(at: &DateTime) -> u32 {
    second(at) + u32::from(at.nanosecond() > 0)
}

/// `10:05:30` of a second of the day.
fn clock(second: u32) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

impl ReplayData {
    fn first(&self) -> u32 {
        second(&self.view.from)
    }

    fn last(&self) -> u32 {
        second_after(&self.view.to)
    }

    fn now(&self) -> u32 {
        second_after(&self.view.at)
    }

    fn now_clock(&self) -> String {
        clock(self.now())
    }

    /// The second of the fact before, and of the next, each with its clock; none at the ends.
    fn ways(&self) -> [Way; 2] {
        let way = |at: &Option<DateTime>| {
            let second = second_after(at.as_ref()?);
            Some((second, clock(second)))
        };
        [
            ("before", "上一事件", way(&self.view.before_at)),
            ("next", "下一事件", way(&self.view.next_at)),
        ]
    }

    fn page_url(&self) -> String {
        format!("/halls/{}/replay/{}", self.hall.code, self.view.date)
    }

    fn queues(&self) -> Vec<&FloorQueue> {
        let floor = self.view.floor.as_ref();
        let queues = floor.map(|floor| floor.queues.as_slice());
        let waiting = queues.unwrap_or_default().iter();
        waiting.filter(|queue| queue.waiting > 0).collect()
    }

    fn windows(&self) -> &[WindowView] {
        let floor = self.view.floor.as_ref();
        floor.map_or(&[], |floor| floor.windows.as_slice())
    }
}

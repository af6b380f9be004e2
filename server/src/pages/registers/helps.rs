//! 帮办代办 on the concierge's tablet: who needs help, the longest wait first, answered with one touch.

use std::borrow::Borrow;

use askama::Template;
use askama::filters::HtmlSafe;
use hall::DateTime;
use hall::records::{GuidedTo, HelpKind, HelpResult};
use hall::view::HallName;
use serde_json::json;

use crate::pages::act::Act;
use crate::pages::moment::Timer;
use crate::pages::{Viewer, moment, phrases};
use crate::routes::records::helps::HelpView;

/// Seconds of waiting after which a request is amber, and red. Ours: a person stands there.
const AMBER_S: u32 = 180;
const RED_S: u32 = 600;

/// A helper on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OnDuty {
    pub(crate) name: String,
    pub(crate) since: DateTime,
    pub(crate) sash: bool,
    /// Whether the duty is of an earlier day: nobody signed off.
    pub(crate) forgotten: bool,
}

/// What the page of help shows.
#[derive(Debug)]
pub(crate) struct HelpsData {
    pub(crate) viewer: Viewer,
    pub(crate) hall: HallName,
    pub(crate) at: DateTime,
    pub(crate) pretend: bool,
    /// Open requests, the oldest first.
    pub(crate) open: Vec<HelpView>,
    /// Handed on and not heard of as ended.
    pub(crate) away: Vec<HelpView>,
    /// Ended today, the newest first.
    pub(crate) over: Vec<HelpView>,
    pub(crate) on_duty: Vec<OnDuty>,
    /// Whether the viewer is on duty.
    pub(crate) is_on_duty: bool,
    /// Whether the viewer may help.
    pub(crate) may_help: bool,
    /// Visitors shown a way today: which, and how many.
    pub(crate) guided: [(GuidedTo, u32); 3],
    /// Code and name of every other hall of this server.
    pub(crate) halls: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/registers/helps.html")]
struct Page<'a> {
    live: Live<'a>,
    data: &'a HelpsData,
}

#[derive(Template)]
#[template(path = "pages/registers/helps_live.html")]
struct Live<'a> {
    data: &'a HelpsData,
}

impl HtmlSafe for Live<'_> {}

impl HelpsData {
    fn api(&self) -> String {
        format!("/api/v1/halls/{}/help-requests", self.hall.code)
    }

    fn duty_url(&self) -> String {
        format!("/api/v1/halls/{}/helper-duty", self.hall.code)
    }

    fn answer(&self, help: &HelpView) -> Act {
        Act::post(format!("{}/{}/answers", self.api(), help.id), &json!({}))
    }

    /// Writes down that a visitor was shown the way.
    fn guide(&self, to: impl Borrow<GuidedTo>) -> Act {
        let url = format!("/api/v1/halls/{}/guidings", self.hall.code);
        Act::post(url, &json!({ "to": to.borrow() }))
    }

    fn come(&self) -> Act {
        Act::put(self.duty_url(), &json!({ "sash": true }))
    }

    fn leave(&self) -> Act {
        Act::delete(self.duty_url())
    }

    fn wait(&self, help: &HelpView) -> Timer {
        Timer::between(&help.asked_at, &self.at, AMBER_S, RED_S)
    }
}

/// Where the person is, in the words of who asked.
fn place(help: &HelpView) -> String {
    match (&help.place, &help.number) {
        (Some(place), _) => place.clone(),
        (None, Some(number)) => format!("{number}号办事人"),
        (None, None) => help.from.zh().to_owned(),
    }
}

fn kind(help: &HelpView) -> &'static str {
    help.kind.map_or("请求帮助", HelpKind::zh)
}

/// The whole page.
pub(crate) fn page(data: &HelpsData) -> Result<String, askama::Error> {
    let live = Live { data };
    Page { live, data }.render()
}

/// What changes of it.
pub(crate) fn live(data: &HelpsData) -> Result<String, askama::Error> {
    Live { data }.render()
}

/// What the page of one request shows.
#[derive(Debug)]
pub(crate) struct HelpData {
    pub(crate) viewer: Viewer,
    pub(crate) hall: HallName,
    pub(crate) at: DateTime,
    pub(crate) pretend: bool,
    pub(crate) help: HelpView,
}

#[derive(Template)]
#[template(path = "pages/registers/help.html")]
struct One<'a> {
    data: &'a HelpData,
}

/// The page of one request, with what was said.
pub(crate) fn one(data: &HelpData) -> Result<String, askama::Error> {
    One { data }.render()
}

/// The way that a visitor was shown, in both languages.
fn way(to: impl Borrow<GuidedTo>) -> (&'static str, &'static str) {
    match to.borrow() {
        GuidedTo::SelfService => ("自助办理", "Self-service"),
        GuidedTo::Online => ("网上办理", "Online"),
        GuidedTo::Answered => ("现场解答", "Answered"),
    }
}

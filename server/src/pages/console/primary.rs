//! The one big button and the four steps: both follow the window's state alone.

use hall::view::WindowState;
use serde_json::json;

use super::ConsoleData;
use crate::pages::act::Act;
use crate::pages::phrases::{self, Phrase};

/// The big button: it either sends a change or opens a dialog.
pub(super) struct Primary {
    /// Its words.
    pub(super) phrase: Phrase,
    /// Its key.
    pub(super) key: Option<&'static str>,
    /// The change it sends.
    pub(super) act: Option<Act>,
    /// The dialog it opens.
    pub(super) dialog: Option<&'static str>,
    /// A quieter look: there is nothing to do just now.
    pub(super) quiet: bool,
}

/// One of the four steps.
pub(super) struct Step {
    /// Its words.
    pub(super) phrase: Phrase,
    /// `done`, `now` or `to-come`.
    pub(super) place: &'static str,
}

impl ConsoleData {
    /// The API's address of this hall.
    pub(super) fn hall_url(&self) -> String {
        format!("/api/v1/halls/{}", self.hall.code)
    }

    /// The API's address of this window.
    pub(super) fn window_url(&self) -> String {
        format!("{}/windows/{}", self.hall_url(), self.window.code)
    }

    /// The page's clock for the scripts.
    pub(super) fn now_ms(&self) -> i64 {
        self.at.timestamp_millis()
    }

    /// The big button of the state.
    pub(super) fn primary(&self) -> Primary {
        match self.window.state {
            WindowState::Closed => opens(phrases::CLOCK_IN, None, "sign-in"),
            WindowState::Preparing => {
                let url = format!("{}/ready", self.window_url());
                sends(phrases::READY, None, Act::put(url, &json!({})))
            }
            WindowState::Idle => {
                let url = format!("{}/calls", self.window_url());
                let call = Act::post(url, &json!({"expect_current": null}));
                Primary {
                    quiet: self.next.ticket.is_none(),
                    ..sends(phrases::CALL_NEXT, Some("F2"), call)
                }
            }
            WindowState::Calling => {
                let url = format!("{}/arrivals", self.window_url());
                sends(phrases::START, Some("F8"), Act::post(url, &json!({})))
            }
            WindowState::Serving => opens(phrases::FINISH, Some("F8"), "finish"),
            WindowState::Paused => sends(phrases::RESUME, Some("F9"), self.resume()),
        }
    }

    /// Takes the pause away.
    pub(super) fn resume(&self) -> Act {
        Act::delete(format!("{}/pause", self.window_url()))
    }

    /// The four steps with their place.
    pub(super) fn steps(&self) -> [Step; 4] {
        // Steps done, and whether the next one is under way.
        let (done, under_way) = match self.window.state {
            WindowState::Closed => (0, false),
            WindowState::Preparing => (0, true),
            WindowState::Paused => (1, false),
            WindowState::Idle => (1, true),
            WindowState::Calling => (2, true),
            WindowState::Serving => (3, true),
        };
        let names = [
            phrases::STEP_READY,
            phrases::STEP_IDLE,
            phrases::STEP_CALL,
            phrases::STEP_SERVE,
        ];
        let mut index = 0;
        names.map(|phrase| {
            let place = if index < done {
                "done"
            } else if index == done && under_way {
                "now"
            } else {
                "to-come"
            };
            index += 1;
            Step { phrase, place }
        })
    }
}

fn sends(phrase: Phrase, key: Option<&'static str>, act: Act) -> Primary {
    Primary {
        phrase,
        key,
        act: Some(act),
        dialog: None,
        quiet: false,
    }
}

fn opens(phrase: Phrase, key: Option<&'static str>, dialog: &'static str) -> Primary {
    Primary {
        phrase,
        key,
        act: None,
        dialog: Some(dialog),
        quiet: false,
    }
}

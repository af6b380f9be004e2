//! A change that a button asks for, as data attributes: the script `act.js` sends it.

use askama::Template;
use askama::filters::HtmlSafe;
use serde_json::Value;

/// Method, address and body of one change.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = "data-method=\"{{ method }}\" data-url=\"{{ url }}\" data-body=\"{{ body }}\"",
    ext = "html"
)]
pub(super) struct Act {
    method: &'static str,
    url: String,
    body: String,
}

impl HtmlSafe for Act {}

impl Act {
    /// Makes something new: a call, a no-show.
    pub(super) fn post(url: String, body: &Value) -> Self {
        Self::new("POST", url, body)
    }

    /// Sets a state: ready, pause.
    pub(super) fn put(url: String, body: &Value) -> Self {
        Self::new("PUT", url, body)
    }

    /// Takes something away: a pause, a parking.
    pub(super) fn delete(url: String) -> Self {
        Self::new("DELETE", url, &Value::Object(serde_json::Map::new()))
    }

    fn new(method: &'static str, url: String, body: &Value) -> Self {
        Self {
            method,
            url,
            body: body.to_string(),
        }
    }
}

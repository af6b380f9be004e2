//! Pages: a whole page is a frame around its live part, and the same struct writes both.

pub(crate) mod assets;
pub(crate) mod board;
pub(crate) mod pad;
pub(crate) mod screen;
#[cfg(test)]
pub(crate) mod tests;

use askama::Template;

use crate::phrases::{self, Phrase};

#[derive(Debug, Template)]
#[template(path = "page/notice.html")]
struct Notice {
    words: Phrase,
    /// Asks again by itself after so many seconds; 0 does not.
    again_s: u32,
}

/// One calm sentence.
pub(crate) fn notice(words: Phrase) -> Result<String, askama::Error> {
    Notice { words, again_s: 0 }.render()
}

/// Nothing was heard from the server yet: the page asks again every three seconds.
pub(crate) fn waiting() -> Result<String, askama::Error> {
    let words = phrases::CONNECTING;
    Notice { words, again_s: 3 }.render()
}

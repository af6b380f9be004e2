//! The rating pad of one window: the window's own face, and after a finish five equal buttons for a
//! minute. Nothing is chosen beforehand, and nothing is as good as an answer. **Source**: SCREENS
//! §1.3, 第十九条.

#[cfg(test)]
mod tests;

use askama::Template;
use askama::filters::HtmlSafe;
use hall::DateTime;
use hall::records::Level;
use hall::view::{Board, BoardAsk};

use super::assets;
use crate::phrases::{self, Phrase};

#[derive(Debug, Template)]
#[template(path = "page/pad/page.html")]
struct Page<'a> {
    live: Live<'a>,
    /// Where a pressed level is sent.
    ratings: &'a str,
}

#[derive(Debug, Template)]
#[template(path = "page/pad/live.html")]
struct Live<'a> {
    log: &'a str,
    seq: u64,
    build: String,
    hall: &'a str,
    pretend: bool,
    clock: String,
    time: String,
    code: &'a str,
    name: &'a str,
    state: &'static str,
    shape: &'static str,
    word: Phrase,
    number: Option<&'a str>,
    clerk: Option<&'a str>,
    ask: Option<&'a BoardAsk>,
    left_ms: i64,
}

impl HtmlSafe for Live<'_> {}

/// The whole page; none when the hall has no such window.
pub(crate) fn page(
    board: &Board,
    window: &str,
    ratings: &str,
    now: DateTime,
) -> Option<Result<String, askama::Error>> {
    let live = Live::of(board, window, now)?;
    Some(Page { live, ratings }.render())
}

/// What changes of it; none when the window is no more.
pub(crate) fn live(
    board: &Board,
    window: &str,
    now: DateTime,
) -> Option<Result<String, askama::Error>> {
    Some(Live::of(board, window, now)?.render())
}

impl<'a> Live<'a> {
    fn of(board: &'a Board, window: &str, now: DateTime) -> Option<Self> {
        let found = board.windows.iter().find(|known| known.code.0 == window)?;
        let (shape, word) = phrases::window(found.state);
        let ask = found.asks.as_ref();
        let left_ms = ask.map_or(0, |ask| (ask.until - now).num_milliseconds());
        Some(Self {
            log: &board.log,
            seq: board.seq,
            build: assets::build(),
            hall: &board.hall.name,
            pretend: board.pretend,
            clock: now.format("%H:%M").to_string(),
            time: now.format("%H:%M:%S").to_string(),
            code: &found.code.0,
            name: &found.name,
            state: found.state.as_str(),
            shape,
            word,
            number: found.number.as_deref(),
            clerk: found.clerk.as_deref(),
            ask: ask.filter(|_| left_ms > 0),
            left_ms,
        })
    }
}

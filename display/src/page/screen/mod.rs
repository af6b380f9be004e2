//! The small screen above one window.

#[cfg(test)]
mod tests;

use askama::Template;
use askama::filters::HtmlSafe;
use hall::DateTime;
use hall::text::Text;
use hall::view::{Board, BoardWindow, WindowState};

use super::assets;
use crate::phrases::{self, Phrase};

#[derive(Debug, Template)]
#[template(path = "page/screen/page.html")]
struct Page<'a> {
    live: Live<'a>,
}

#[derive(Debug, Template)]
#[template(path = "page/screen/live.html")]
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
    is_idle: bool,
    number: Option<&'a str>,
    more: Option<Text>,
    clerk: Option<&'a str>,
    /// The word for a clerk who stands in for a colleague.
    cover: Option<Phrase>,
    /// Services lent to the window at present, as one text.
    lent: Option<String>,
    after_hours: bool,
}

impl HtmlSafe for Live<'_> {}

/// The whole page; none when the hall has no such window.
pub(crate) fn page(
    board: &Board,
    window: &str,
    now: DateTime,
) -> Option<Result<String, askama::Error>> {
    let live = Live::of(board, window, now)?;
    Some(Page { live }.render())
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
            is_idle: found.state == WindowState::Idle,
            number: found.number.as_deref(),
            more: more(found),
            clerk: found.clerk.as_deref(),
            cover: (found.cover && found.clerk.is_some()).then_some(phrases::COVER),
            lent: (!found.lent.is_empty()).then(|| found.lent.join("、")),
            after_hours: board.after_hours > 0,
        })
    }
}

/// When the window is back and where to go instead; the words 暂停服务 only when the state, which is
/// shown larger, does not say them.
fn more(window: &BoardWindow) -> Option<Text> {
    let text = window.text.as_ref()?;
    if window.state != WindowState::Paused {
        return Some(text.clone());
    }
    let rest = |text: &str, word: &str| {
        let rest = text.strip_prefix(word).unwrap_or(text);
        rest.trim_start_matches([',', ',', ' ']).to_owned()
    };
    let zh = rest(&text.zh, phrases::PAUSED.zh);
    let en = rest(&text.en, phrases::PAUSED.en);
    (!zh.is_empty()).then(|| Text::new(zh, en))
}

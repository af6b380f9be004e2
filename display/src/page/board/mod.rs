//! The hall's board.

#[cfg(test)]
mod tests;

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{Datelike, Weekday};
use hall::DateTime;
use hall::view::{Board, BoardCall, BoardQueue, DayState, Notice};

use super::assets;
use crate::announce::{Announcement, announcements};
use crate::phrases::{self, DayWords, Phrase};
use crate::voice::VoicePack;

/// Calls in one column, readable farthest. **Source**: SCREENS §7.2: six rows of 104.
const ONE_COLUMN: usize = 6;
/// Calls in two columns of the same size.
const TWO_COLUMNS: usize = 12;
/// Calls on one page when there are more: three columns of eight smaller rows.
const MANY: usize = 24;
/// Services on one page. Ours: what fits.
const SERVICES: usize = 9;
/// Services that two paused windows take the place of. Ours: what fits.
const PLACES_OF_PAUSED: usize = 4;
/// Services that notices take the place of. Ours: what fits.
const PLACES_OF_NOTICES: usize = 2;
/// Paused windows on one page. Ours: what fits.
const PAUSED: usize = 2;

#[derive(Debug, Template)]
#[template(path = "page/board/page.html")]
struct Page<'a> {
    live: Live<'a>,
    voice: String,
}

#[derive(Debug, Template)]
#[template(path = "page/board/live.html")]
struct Live<'a> {
    log: &'a str,
    seq: u64,
    build: String,
    hall: &'a str,
    hall_en: Option<&'a str>,
    pretend: bool,
    clock: String,
    date: String,
    /// Hours, minutes and seconds of the hall.
    time: String,
    day_state: &'static str,
    day: DayWords,
    opens: Option<String>,
    after_hours: u32,
    banner: Banner<'a>,
    density: &'static str,
    call_pages: Vec<Vec<Call<'a>>>,
    queue_pages: Vec<Vec<&'a BoardQueue>>,
    idle_services: usize,
    paused_pages: Vec<Vec<Paused<'a>>>,
    notices: Vec<Notice>,
    said: Vec<Announcement>,
    times: u32,
}

impl HtmlSafe for Live<'_> {}

/// The newest call, or what to do when there was none.
#[derive(Debug)]
struct Banner<'a> {
    call: Option<Call<'a>>,
}

impl Banner<'_> {
    fn class(&self) -> &'static str {
        match &self.call {
            Some(call) if call.class == "called" => "open",
            Some(_) => "past",
            None => "empty",
        }
    }
}

/// One row of the list.
#[derive(Debug, Clone)]
struct Call<'a> {
    ticket: String,
    number: &'a str,
    window: &'a str,
    class: &'a str,
    shape: &'static str,
    word: Phrase,
}

impl<'a> Call<'a> {
    fn of(call: &'a BoardCall) -> Self {
        let (shape, word) = phrases::call(&call.state);
        Self {
            ticket: call.ticket.0.to_string(),
            number: &call.number,
            window: &call.window.0,
            class: &call.state,
            shape,
            word,
        }
    }
}

/// A window that takes no calls, and where to go instead.
#[derive(Debug)]
struct Paused<'a> {
    code: &'a str,
    zh: &'a str,
    en: &'a str,
}

/// The whole page.
pub(crate) fn page(
    board: &Board,
    now: DateTime,
    voice: &VoicePack,
) -> Result<String, askama::Error> {
    let page = Page {
        live: Live::of(board, now),
        voice: voice.names(),
    };
    page.render()
}

/// What changes of it.
pub(crate) fn live(board: &Board, now: DateTime) -> Result<String, askama::Error> {
    Live::of(board, now).render()
}

impl<'a> Live<'a> {
    fn of(board: &'a Board, now: DateTime) -> Self {
        let newest = board.calls.last().map(Call::of);
        let (density, call_pages) = call_pages(&board.calls);
        let paused_pages = paused_pages(board);
        let places_taken = PLACES_OF_PAUSED * usize::from(!paused_pages.is_empty())
            + PLACES_OF_NOTICES * usize::from(!notices(board).is_empty());
        let a_page = SERVICES - places_taken;
        let (queue_pages, idle_services) = queue_pages(&board.queues, a_page);
        Self {
            log: &board.log,
            seq: board.seq,
            build: assets::build(),
            hall: &board.hall.name,
            hall_en: board.hall.name_en.as_deref(),
            pretend: board.pretend,
            clock: now.format("%H:%M").to_string(),
            date: date(now),
            time: now.format("%H:%M:%S").to_string(),
            day_state: day_name(board.day.state),
            day: phrases::day(board.day.state, board.day.issuing, board.after_hours > 0),
            opens: opens(board),
            after_hours: board.after_hours,
            banner: Banner { call: newest },
            density,
            call_pages,
            queue_pages,
            idle_services,
            paused_pages,
            notices: notices(board),
            said: announcements(board, now),
            times: board.announce_times.max(1),
        }
    }
}

/// The hall's notices, and before them the windows that are lent to more services at present.
fn notices(board: &Board) -> Vec<Notice> {
    let lent = board
        .windows
        .iter()
        .filter(|window| !window.lent.is_empty());
    let lent = lent.map(|window| Notice {
        id: format!("lent-{}", window.code),
        text: format!("{}号窗口现可办理:{}", window.code, window.lent.join("、")),
    });
    lent.chain(board.notices.iter().cloned()).collect()
}

/// When the first session begins, while that is still to come.
fn opens(board: &Board) -> Option<String> {
    let early = matches!(board.day.state, DayState::Preparing | DayState::Lobby);
    let opens_at = board.day.opens_at.filter(|_| early)?;
    Some(opens_at.format("%H:%M").to_string())
}

/// Whoever must walk comes first, the newest on top; then those who were answered. None is left out.
fn call_pages(calls: &[BoardCall]) -> (&'static str, Vec<Vec<Call<'_>>>) {
    let is_open = |call: &&BoardCall| call.state == "called";
    let open = calls.iter().rev().filter(is_open);
    let answered = calls.iter().rev().filter(|call| !is_open(call));
    let rows: Vec<_> = open.chain(answered).map(Call::of).collect();
    let (density, a_page) = if rows.len() <= ONE_COLUMN {
        ("one", ONE_COLUMN)
    } else if rows.len() <= TWO_COLUMNS {
        ("two", TWO_COLUMNS)
    } else {
        ("many", MANY)
    };
    (density, rows.chunks(a_page).map(<[_]>::to_vec).collect())
}

/// Every service; when they do not fit at once, those that somebody waits for, and a count of the
/// others.
fn queue_pages(queues: &[BoardQueue], a_page: usize) -> (Vec<Vec<&BoardQueue>>, usize) {
    let fits = queues.len() <= a_page;
    let shown: Vec<_> = queues
        .iter()
        .filter(|queue| fits || queue.waiting > 0)
        .collect();
    let idle = queues.len() - shown.len();
    (shown.chunks(a_page).map(<[_]>::to_vec).collect(), idle)
}

fn paused_pages(board: &Board) -> Vec<Vec<Paused<'_>>> {
    let paused = board.windows.iter().filter(|window| window.paused);
    let rows: Vec<_> = paused
        .map(|window| {
            let text = window.text.as_ref();
            Paused {
                code: &window.code.0,
                zh: text.map_or(phrases::PAUSED.zh, |text| &text.zh),
                en: text.map_or(phrases::PAUSED.en, |text| &text.en),
            }
        })
        .collect();
    let mut pages = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        pages.push(rows.by_ref().take(PAUSED).collect());
    }
    pages
}

/// 11月24日 星期二.
fn date(now: DateTime) -> String {
    let weekday = match now.weekday() {
        Weekday::Mon => "一",
        Weekday::Tue => "二",
        Weekday::Wed => "三",
        Weekday::Thu => "四",
        Weekday::Fri => "五",
        Weekday::Sat => "六",
        Weekday::Sun => "日",
    };
    format!("{}月{}日 星期{weekday}", now.month(), now.day())
}

/// The state's name in answers of the API.
const fn day_name(state: DayState) -> &'static str {
    match state {
        DayState::Closed => "closed",
        DayState::Preparing => "preparing",
        DayState::Lobby => "lobby",
        DayState::InSession => "in_session",
        DayState::Noon => "noon",
        DayState::Closing => "closing",
        DayState::Settled => "settled",
    }
}

/// Whether a text is too long for the large type: counted in characters.
fn is_long(text: &str, limit: usize) -> bool {
    text.chars().count() > limit
}

//! Where boards come from, and what time it is in their hall.

use std::fmt;
use std::sync::Arc;

use hall::DateTime;
use hall::Timestamp;
use hall::view::Board;
use link::clock::Clock;
use link::live::Line;
use tokio::sync::watch;

use crate::desk::Desk;
use crate::voice::VoicePack;

type Find = dyn Fn(&str) -> Option<watch::Receiver<Arc<Board>>> + Send + Sync;

/// Where boards come from: a hall's code is asked for, the newest board is kept fresh.
#[derive(Clone)]
pub struct BoardSource {
    find: Arc<Find>,
    clock: Clock,
    /// The line to the server, on a board's own machine.
    line: Option<watch::Receiver<Line>>,
    pub(crate) voice: VoicePack,
    /// Where a pad of a board's own machine sends what is pressed.
    pub(crate) desk: Option<Desk>,
}

impl fmt::Debug for BoardSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = formatter.debug_struct("BoardSource");
        out.field("voice", &self.voice).finish_non_exhaustive()
    }
}

impl BoardSource {
    /// Boards by the code of their hall; `None` when there is no such hall. They chime and do not
    /// speak, and take the machine's clock for the hall's.
    pub fn new(
        find: impl Fn(&str) -> Option<watch::Receiver<Arc<Board>>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            find: Arc::new(find),
            clock: Clock::Real,
            line: None,
            voice: VoicePack::default(),
            desk: None,
        }
    }

    /// Boards that speak with these clips.
    #[must_use]
    pub fn with_voice(self, voice: VoicePack) -> Self {
        Self { voice, ..self }
    }

    /// Boards whose halls live by this clock, such as a pretended one.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Boards that come over a line which may break.
    pub(crate) fn with_line(self, line: watch::Receiver<Line>) -> Self {
        let line = Some(line);
        Self { line, ..self }
    }

    /// Boards whose pads send through this machine's own way to the server.
    pub(crate) fn with_desk(self, desk: Desk) -> Self {
        let desk = Some(desk);
        Self { desk, ..self }
    }

    /// The hall's board, if there is such a hall.
    pub(crate) fn feed(&self, hall: &str) -> Option<Feed> {
        let line = self.line.clone();
        Some(Feed {
            boards: (self.find)(hall)?,
            told_up: line.as_ref().is_none_or(|line| line.borrow().up),
            line,
            clock: self.clock.clone(),
        })
    }
}

/// One hall's board as it changes.
#[derive(Debug)]
pub(crate) struct Feed {
    pub(crate) boards: watch::Receiver<Arc<Board>>,
    pub(crate) line: Option<watch::Receiver<Line>>,
    /// What the page knows of the line.
    pub(crate) told_up: bool,
    clock: Clock,
}

/// Resolves when the line is not what the page was told; never without a line.
pub(crate) async fn line_changed(line: &mut Option<watch::Receiver<Line>>, told_up: &mut bool) {
    let Some(line) = line else {
        return std::future::pending().await;
    };
    let told = *told_up;
    let up = line
        .wait_for(|line| line.up != told)
        .await
        .map(|line| line.up);
    match up {
        Ok(up) => *told_up = up,
        // The line's own task is gone: nothing changes any more.
        Err(_) => std::future::pending().await,
    }
}

impl Feed {
    /// Whether what is shown can be believed.
    pub(crate) fn is_up(&self) -> bool {
        self.line.as_ref().is_none_or(|line| line.borrow().up)
    }

    /// The newest board, and the hall's time.
    pub(crate) fn newest(&self) -> (Arc<Board>, DateTime) {
        let board = self.boards.borrow().clone();
        let now = self.now(&board);
        (board, now)
    }

    /// The hall's time: over a line, what was heard last and what went by since then, so that the
    /// clock of the board's machine may be wrong.
    fn now(&self, board: &Board) -> DateTime {
        let zone = *board.at.offset();
        let now = match &self.line {
            None => self.clock.now(),
            Some(line) => heard_time(&line.borrow(), board),
        };
        chrono::DateTime::from_timestamp_millis(now.0)
            .map_or(board.at, |moment| moment.with_timezone(&zone))
    }
}

fn heard_time(line: &Line, board: &Board) -> Timestamp {
    let at = line.at.unwrap_or(board.at).timestamp_millis();
    // A pretended clock stands still between two moments heard.
    let since_ms = if board.pretend {
        0
    } else {
        link::clock::monotonic_ms() - line.heard_ms
    };
    Timestamp(at + since_ms)
}

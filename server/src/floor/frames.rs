//! The board of one hall, made once per journal position for everyone who looks.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use hall::HallCode;
use hall::view::{Board, Position};
use hall::waits::Foreseen;
use link::clock::Clock;
use tokio::sync::watch;

use super::{Durable, HallHandle};

/// The newest board, and the same as a frame of the live socket.
#[derive(Debug, Clone)]
pub(super) struct Frames {
    boards: Arc<watch::Sender<Arc<Board>>>,
    frames: Arc<watch::Sender<Utf8Bytes>>,
}

impl Frames {
    /// Starts the task that makes boards while somebody looks.
    pub(super) fn spawn(
        code: &HallCode,
        (mut view, waits): (
            watch::Receiver<Arc<Durable>>,
            watch::Receiver<Arc<Foreseen>>,
        ),
        clock: Clock,
    ) -> Self {
        let first = board(&view.borrow().clone(), &waits.borrow(), &clock);
        let frames = Self {
            frames: Arc::new(watch::Sender::new(frame(&first))),
            boards: Arc::new(watch::Sender::new(Arc::new(first))),
        };
        let maker = frames.clone();
        let hall = code.clone();
        tokio::spawn(async move {
            while view.changed().await.is_ok() {
                let durable = view.borrow_and_update().clone();
                let foreseen = waits.borrow().clone();
                maker.make(&durable, &foreseen, &clock);
            }
            tracing::debug!(hall.id = %hall, "the hall's task has ended");
        });
        frames
    }

    fn make(&self, durable: &Durable, foreseen: &Foreseen, clock: &Clock) {
        if self.boards.receiver_count() + self.frames.receiver_count() == 0 {
            return;
        }
        let board = board(durable, foreseen, clock);
        // Both change under one lock, so that an older board never follows a newer one.
        self.boards.send_if_modified(|newest| {
            let is_newer = board.seq > newest.seq;
            if is_newer {
                self.frames.send_replace(frame(&board));
                *newest = Arc::new(board);
            }
            is_newer
        });
    }

    pub(super) fn boards(&self, hall: &HallHandle) -> watch::Receiver<Arc<Board>> {
        let receiver = self.boards.subscribe();
        let durable = hall.durable();
        self.make(&durable, &hall.foreseen(), &hall.clock);
        receiver
    }

    pub(super) fn frames(&self, hall: &HallHandle) -> watch::Receiver<Utf8Bytes> {
        let receiver = self.frames.subscribe();
        self.make(&hall.durable(), &hall.foreseen(), &hall.clock);
        receiver
    }
}

fn board(durable: &Durable, foreseen: &Foreseen, clock: &Clock) -> Board {
    let position = Position {
        log: durable.log.to_string(),
        seq: durable.seq,
        now: clock.now(),
        pretend: clock.is_pretend(),
    };
    durable.hall.board(&position).with_waits(foreseen)
}

/// `{"log","seq","at","board":{…}}`.
fn frame(board: &Board) -> Utf8Bytes {
    let body = serde_json::to_string(board).unwrap_or_default();
    let (log, seq, at) = (&board.log, board.seq, board.at.to_rfc3339());
    format!(r#"{{"log":"{log}","seq":{seq},"at":"{at}","board":{body}}}"#).into()
}

//! One task per hall owns that hall's state; nothing is locked around it.
//!
//! ```text
//! ask ─► mailbox ─► decide on *ahead* ─► rows ─► committer ─► disk
//!                                                   │
//!        reply, board frame, next tick ◄── *durable* ◄┘ after the commit
//! ```
//!
//! Two folds are kept: *ahead* decides, *durable* makes every view. A reply leaves only when the
//! row it rests on is on disk.

mod frames;
mod halls;
mod keyring;
mod publish;
mod replay;
mod rows;
mod task;
mod waits;

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use hall::view::{Board, Position};
use hall::waits::Foreseen;
use hall::{Actor, Command, Event, Hall, HallCode, RecordId, Refusal, TicketId, Timestamp};
use link::clock::Clock;
use tokio::sync::{Notify, mpsc, oneshot, watch};
use uuid::Uuid;

pub use halls::Halls;
pub use replay::{ReplayFault, Verdict, verify};
pub(crate) use rows::event as event_of;

/// Asks that wait for one hall. Ours: a hall of 135 windows and 5 kiosks cannot have more at once.
pub(crate) const MAILBOX: usize = 1024;

/// The hall as it stands on disk.
#[derive(Debug, Clone)]
pub struct Durable {
    /// The state.
    pub hall: Hall,
    /// The last row it covers.
    pub seq: u64,
    /// The row that put the plan into force.
    pub plan_seq: u64,
    /// The journal's own id.
    pub log: Uuid,
    /// When its last row was written.
    pub last_at: Option<Timestamp>,
    /// Why the hall is read-only, when it is.
    pub broken: Option<String>,
}

/// A way to one hall.
#[derive(Debug, Clone)]
pub struct HallHandle {
    /// The hall's code.
    pub code: HallCode,
    mailbox: mpsc::Sender<Ask>,
    view: watch::Receiver<Arc<Durable>>,
    frames: frames::Frames,
    waits: watch::Receiver<Arc<Foreseen>>,
    clock: Clock,
    /// Says that another server wrote rows.
    others: Arc<Notify>,
}

/// One wish, on its way to the hall's task.
#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) command: Command,
    pub(crate) actor: Actor,
    pub(crate) key: Option<Key>,
    /// The row of the plan that the asker has read.
    pub(crate) plan: Option<u64>,
    pub(crate) reply: oneshot::Sender<Result<Done, AskError>>,
}

/// The idempotency key of a wish, and the MAC of what it was sent with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// As the client chose it.
    pub text: String,
    /// Over method, path and body.
    pub body_mac: Vec<u8>,
}

/// What was done is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The journal position of the change.
    pub seq: u64,
    /// The ticket it is about.
    pub ticket: Option<TicketId>,
    /// The record of a register it is about.
    pub record: Option<RecordId>,
    /// Whether this is the answer of an earlier request with the same key.
    pub replay: bool,
}

/// Why nothing was done, or why it is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// A rule said no.
    #[error("refused: {}", .0.code())]
    Refused(Box<Refusal>),
    /// The key was used for another request.
    #[error("the idempotency key belongs to another request")]
    KeyReused,
    /// Another plan came into force since the asker read it.
    #[error("the plan of row {in_force} is in force")]
    PlanChanged {
        /// The row that put it into force.
        in_force: u64,
    },
    /// The hall does not take changes.
    #[error("the hall is read-only: {0}")]
    ReadOnly(String),
    /// The mailbox is full, the hall is stopping, or the commit is unknown.
    #[error("the hall cannot answer at present")]
    TryAgain,
}

impl Durable {
    /// Takes one row in.
    fn take(&mut self, event: &Event, at: Timestamp) {
        self.hall.apply(event, at);
        self.seq += 1;
        self.last_at = Some(at);
        if matches!(event, Event::PlanPublished { .. }) {
            self.plan_seq = self.seq;
        }
    }
}

impl HallHandle {
    /// Asks the hall, and waits until the answer is on disk.
    ///
    /// # Errors
    ///
    /// [`AskError`]: refused, key reused, read-only, or try again.
    pub async fn ask(
        &self,
        command: Command,
        actor: Actor,
        key: Option<Key>,
    ) -> Result<Done, AskError> {
        self.ask_over(command, actor, key, None).await
    }

    /// Asks, when the plan in force is still the one of row `plan`.
    ///
    /// # Errors
    ///
    /// [`AskError`], [`AskError::PlanChanged`] among them.
    pub async fn ask_over(
        &self,
        command: Command,
        actor: Actor,
        key: Option<Key>,
        plan: Option<u64>,
    ) -> Result<Done, AskError> {
        let (reply, answer) = oneshot::channel();
        let ask = Ask {
            command,
            actor,
            key,
            plan,
            reply,
        };
        self.mailbox.try_send(ask).map_err(|_| AskError::TryAgain)?;
        answer.await.unwrap_or(Err(AskError::TryAgain))
    }

    /// The hall as it stands on disk.
    pub fn durable(&self) -> Arc<Durable> {
        self.view.borrow().clone()
    }

    /// Changes of the durable state, newest only.
    pub fn changes(&self) -> watch::Receiver<Arc<Durable>> {
        self.view.clone()
    }

    /// Everyone's wait, as it was foreseen last.
    pub fn foreseen(&self) -> Arc<Foreseen> {
        self.waits.borrow().clone()
    }

    /// The board, made once per position for all who look.
    pub fn boards(&self) -> watch::Receiver<Arc<Board>> {
        self.frames.boards(self)
    }

    /// The board as a frame of the live socket, made once per position for all clients.
    pub fn board_frames(&self) -> watch::Receiver<Utf8Bytes> {
        self.frames.frames(self)
    }

    /// Where and when a view of `durable` is made.
    pub fn position(&self, durable: &Durable) -> Position {
        Position {
            log: durable.log.to_string(),
            seq: durable.seq,
            now: self.clock.now(),
            pretend: self.clock.is_pretend(),
        }
    }
}

//! The durable fold, kept twice: readers hold the newest one while the other takes rows in.
//!
//! ```text
//! events ─► spare (behind by the last batch: takes that in first) ─► newest ─► readers
//!              ▲                                                       │
//!              └──────────────── the one before ◄──────────────────────┘
//! ```
//!
//! A reader holds a fold for as long as an answer takes, so the spare is free again when the next
//! batch is on disk, and no answer makes the task copy a whole hall.

use std::sync::Arc;

use hall::{Event, Timestamp};
use tokio::sync::watch;
use uuid::Uuid;

use super::Durable;

/// Where readers find the newest durable fold.
pub(super) struct Publisher {
    newest: watch::Sender<Arc<Durable>>,
    /// The one before; none until the first batch.
    spare: Option<Arc<Durable>>,
    /// What the spare has not taken in.
    missed: Vec<(Event, Timestamp)>,
}

impl Publisher {
    pub(super) fn new(first: Durable) -> Self {
        Self {
            newest: watch::Sender::new(Arc::new(first)),
            spare: None,
            missed: Vec::new(),
        }
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<Arc<Durable>> {
        self.newest.subscribe()
    }

    pub(super) fn newest(&self) -> watch::Ref<'_, Arc<Durable>> {
        self.newest.borrow()
    }

    /// Takes events in that are on disk, and shows the result.
    pub(super) fn publish(&mut self, events: Vec<(Event, Timestamp)>, log: Uuid) {
        let mut next = self.up_to_date();
        for (event, at) in &events {
            next.take(event, *at);
        }
        next.log = log;
        self.spare = Some(self.newest.send_replace(Arc::new(next)));
        self.missed = events;
    }

    /// The spare with all that it missed; a copy of the newest while a reader still holds it.
    fn up_to_date(&mut self) -> Durable {
        let missed = std::mem::take(&mut self.missed);
        let Some(mut spare) = self.spare.take().and_then(Arc::into_inner) else {
            return self.newest.borrow().as_ref().clone();
        };
        for (event, at) in &missed {
            spare.take(event, *at);
        }
        spare
    }
}

//! The durable hall that everyone reads: two copies that take turns.
//!
//! ```text
//! published ──► readers            a batch is on disk:
//! spare, one batch behind          spare takes the old batch and the new, and is published;
//!                                  the one published before is the spare
//! ```
//!
//! A reader that still holds the spare costs one whole copy of the hall; readers hold a view for as
//! long as it takes to write an answer, so that is rare.

use std::sync::Arc;

use hall::{Event, Timestamp};
use tokio::sync::watch;
use uuid::Uuid;

use super::Durable;

/// Publishes the durable hall.
pub(super) struct Publisher {
    sender: watch::Sender<Arc<Durable>>,
    spare: Option<Arc<Durable>>,
    /// What the spare has not taken yet.
    behind: Vec<(Event, Timestamp)>,
}

impl Publisher {
    pub(super) fn new(first: Durable) -> (Self, watch::Receiver<Arc<Durable>>) {
        let (sender, view) = watch::channel(Arc::new(first));
        let publisher = Self {
            sender,
            spare: None,
            behind: Vec::new(),
        };
        (publisher, view)
    }

    /// The hall as it stands on disk.
    pub(super) fn current(&self) -> Arc<Durable> {
        self.sender.borrow().clone()
    }

    /// Why the hall is read-only, when it is.
    pub(super) fn broken(&self) -> Option<String> {
        self.sender.borrow().broken.clone()
    }

    /// Takes a batch that is on disk.
    pub(super) fn take(&mut self, events: Vec<(Event, Timestamp)>, log: Uuid) {
        let mut next = self.writable();
        for (event, at) in &events {
            next.take(event, *at);
        }
        next.log = log;
        self.spare = Some(self.sender.send_replace(Arc::new(next)));
        self.behind = events;
    }

    /// A copy of what is published that nobody reads.
    fn writable(&mut self) -> Durable {
        let behind = std::mem::take(&mut self.behind);
        let spare = self.spare.take().and_then(Arc::into_inner);
        let Some(mut spare) = spare else {
            return self.sender.borrow().as_ref().clone();
        };
        for (event, at) in &behind {
            spare.take(event, *at);
        }
        spare
    }

    /// Puts another fold in the place of what is published.
    pub(super) fn replace(&mut self, durable: Durable) {
        self.sender.send_replace(Arc::new(durable));
        self.spare = None;
        self.behind.clear();
    }
}

//! The durable fold, kept twice while it is read a lot: readers hold the newest one, the other
//! takes rows in.
//!
//! ```text
//! events ─► spare (takes in what it missed first) ─► newest ─► readers
//!              ▲                                       │
//!              └────────── the one before ◄────────────┘
//! ```
//!
//! When nobody reads, the newest takes the rows in where it is. A reader holds a fold for as long
//! as an answer takes, so the one before is free again when the next batch is on disk, and no
//! answer makes the task copy a whole hall.

use std::sync::Arc;

use hall::{Event, Timestamp};
use tokio::sync::watch;
use uuid::Uuid;

use super::Durable;

/// Rows that a spare may miss before it is dropped. Ours: to take them in costs about as much as
/// a copy of a small hall.
const MISSED_MAX: usize = 512;

/// Where readers find the newest durable fold.
pub(super) struct Publisher {
    newest: watch::Sender<Arc<Durable>>,
    /// The one before; none while nobody reads.
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
        let in_place = self.newest.send_if_modified(|newest| {
            let alone = Arc::get_mut(newest);
            alone.map(|newest| take(newest, &events, log)).is_some()
        });
        if in_place {
            self.remember_missed(events);
            return;
        }
        let mut next = self.up_to_date();
        take(&mut next, &events, log);
        self.spare = Some(self.newest.send_replace(Arc::new(next)));
        self.missed = events;
    }

    fn remember_missed(&mut self, events: Vec<(Event, Timestamp)>) {
        if self.spare.is_none() {
            return;
        }
        self.missed.extend(events);
        if self.missed.len() > MISSED_MAX {
            self.spare = None;
            self.missed = Vec::new();
        }
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

fn take(durable: &mut Durable, events: &[(Event, Timestamp)], log: Uuid) {
    for (event, at) in events {
        durable.take(event, *at);
    }
    durable.log = log;
}

//! Idempotency keys of one hall, as its journal rows hold them.
//!
//! A busy hall has a quarter of a million of them in a week, so each is kept as a few dozen bytes:
//! the hash of actor and key, and the front of the MAC of what was sent.

use std::collections::BTreeMap;

use hall::{RecordId, TicketId, Timestamp};
use sha2::{Digest, Sha256};

use super::Key;

/// Days a key is kept. **Source**: RELIABILITY §2.1: the business day and 7 more.
const KEEP_MS: i64 = 8 * 24 * 3600 * 1000;

/// Half of a SHA-256: 128 bits are enough to tell keys apart.
type Short = [u8; 16];

/// What an earlier request with the key has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    body: Short,
    pub(super) seq: u64,
    pub(super) about: About,
    at: Timestamp,
}

/// What the first fact of a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Neither: a window, a day, the plan.
    Other,
    /// A ticket.
    Ticket(TicketId),
    /// A record of a register.
    Record(RecordId),
}

impl About {
    /// A record is named before the ticket it belongs to.
    pub(super) fn of(ticket: Option<TicketId>, record: Option<RecordId>) -> Self {
        match (record, ticket) {
            (Some(record), _) => Self::Record(record),
            (None, Some(ticket)) => Self::Ticket(ticket),
            (None, None) => Self::Other,
        }
    }

    /// The ticket, when it is one.
    pub(super) fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Ticket(ticket) => Some(ticket),
            Self::Record(_) | Self::Other => None,
        }
    }

    /// The record, when it is one.
    pub(super) fn record(self) -> Option<RecordId> {
        match self {
            Self::Record(record) => Some(record),
            Self::Ticket(_) | Self::Other => None,
        }
    }
}

impl Known {
    /// Whether the key was sent with the same method, path and body.
    pub(super) fn is_same(&self, key: &Key) -> bool {
        self.body == front(&key.body_mac)
    }
}

/// Keys by actor and text.
#[derive(Debug, Clone, Default)]
pub(super) struct Keyring(BTreeMap<Short, Known>);

impl Keyring {
    /// What the actor's key has done before.
    pub(super) fn find(&self, actor: &str, key: &Key) -> Option<Known> {
        self.0.get(&name(actor, &key.text)).copied()
    }

    pub(super) fn remember(
        &mut self,
        actor: &str,
        key: &Key,
        (seq, about): (u64, About),
        at: Timestamp,
    ) {
        let body = front(&key.body_mac);
        let known = Known {
            body,
            seq,
            about,
            at,
        };
        self.0.insert(name(actor, &key.text), known);
    }

    /// Forgets keys of days long past.
    pub(super) fn prune(&mut self, now: Timestamp) {
        self.0.retain(|_, known| now.since_ms(known.at) <= KEEP_MS);
    }

    /// Forgets keys whose rows did not come to disk.
    pub(super) fn forget_after(&mut self, seq: u64) {
        self.0.retain(|_, known| known.seq <= seq);
    }
}

fn name(actor: &str, key: &str) -> Short {
    let mut hash = Sha256::new();
    hash.update(actor.as_bytes());
    // No name has this byte, so that no two pairs run together.
    hash.update([0]);
    hash.update(key.as_bytes());
    front(&hash.finalize())
}

fn front(bytes: &[u8]) -> Short {
    let mut short = Short::default();
    for (to, from) in short.iter_mut().zip(bytes) {
        *to = *from;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str, body: u8) -> Key {
        Key {
            text: text.into(),
            body_mac: vec![body; 32],
        }
    }

    #[test]
    fn a_key_belongs_to_its_actor_and_its_body() {
        let mut keys = Keyring::default();
        keys.remember("c01", &key("a", 1), (7, About::Other), Timestamp(0));
        let known = keys.find("c01", &key("a", 1)).expect("the key is known");
        assert_eq!(known.seq, 7);
        assert!(known.is_same(&key("a", 1)) && !known.is_same(&key("a", 2)));
        assert_eq!(keys.find("c0", &key("1a", 1)), None);
        assert_eq!(keys.find("c02", &key("a", 1)), None);
    }

    #[test]
    fn keys_of_rows_that_never_came_to_disk_are_forgotten() {
        let mut keys = Keyring::default();
        keys.remember("c01", &key("a", 1), (7, About::Other), Timestamp(0));
        keys.remember("c01", &key("b", 1), (9, About::Other), Timestamp(0));
        keys.forget_after(8);
        assert!(keys.find("c01", &key("a", 1)).is_some());
        assert!(keys.find("c01", &key("b", 1)).is_none());
    }
}

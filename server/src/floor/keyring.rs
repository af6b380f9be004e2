//! Idempotency keys of one hall, as its journal rows hold them.

use std::collections::BTreeMap;

use hall::{TicketId, Timestamp};

use super::Key;

/// Days a key is kept. **Source**: RELIABILITY §2.1: the business day and 7 more.
const KEEP_MS: i64 = 8 * 24 * 3600 * 1000;

/// What an earlier request with the key has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) body_mac: Vec<u8>,
    pub(super) seq: u64,
    pub(super) ticket: Option<TicketId>,
    at: Timestamp,
}

/// Keys by actor and text.
#[derive(Debug, Clone, Default)]
pub(super) struct Keyring(BTreeMap<(String, String), Known>);

impl Keyring {
    /// What the actor's key has done before.
    pub(super) fn find(&self, actor: &str, key: &Key) -> Option<&Known> {
        self.0.get(&(actor.to_owned(), key.text.clone()))
    }

    pub(super) fn remember(
        &mut self,
        actor: &str,
        key: Key,
        (seq, ticket): (u64, Option<TicketId>),
        at: Timestamp,
    ) {
        let known = Known {
            body_mac: key.body_mac,
            seq,
            ticket,
            at,
        };
        self.0.insert((actor.to_owned(), key.text), known);
    }

    /// Forgets keys of days long past.
    pub(super) fn prune(&mut self, now: Timestamp) {
        self.0.retain(|_, known| now.since_ms(known.at) <= KEEP_MS);
    }
}

//! One row of the journal, and the chain that makes later edits visible.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// One row of the journal. **Source**: RELIABILITY §2.10.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The hall.
    pub hall: String,
    /// 1 for the hall's first row, then one more each.
    pub seq: i64,
    /// The journal's own id.
    pub log_id: Uuid,
    /// The event's own id.
    pub event_id: Uuid,
    /// The idempotency key, on the first event of a command.
    pub cmd_key: Option<String>,
    /// The keyed MAC of what the key was sent with.
    pub body_mac: Option<Vec<u8>>,
    /// Who did it.
    pub actor: String,
    /// Through which device.
    pub device: Option<String>,
    /// The device's incarnation.
    pub inc: Option<i64>,
    /// The device's own count.
    pub kseq: Option<i64>,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Milliseconds on a clock that never goes back.
    pub mono_ms: i64,
    /// The business day, on rows of days and issues.
    pub day: Option<String>,
    /// The number given, on issue rows.
    pub number: Option<String>,
    /// The event's kind.
    pub kind: String,
    /// The event's fields, as canonical JSON.
    pub payload: String,
    /// The hash of the row before.
    pub prev_hash: [u8; 32],
    /// The hash over the row before and every column here.
    pub hash: [u8; 32],
}

impl Row {
    /// Hangs the row on the chain: sets both hashes.
    pub fn chain(&mut self, prev: [u8; 32]) {
        self.prev_hash = prev;
        self.hash = self.expected_hash();
    }

    /// Whether the row hangs on `prev` and is as it was written.
    pub fn is_chained(&self, prev: &[u8; 32]) -> bool {
        self.prev_hash == *prev && self.hash == self.expected_hash()
    }

    fn expected_hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.prev_hash);
        let mut field = |bytes: Option<&[u8]>| {
            // Length first, so that no two rows have the same bytes; absent is not empty.
            let length = bytes.map_or(u64::MAX, |bytes| bytes.len() as u64);
            hash.update(length.to_be_bytes());
            hash.update(bytes.unwrap_or_default());
        };
        field(Some(self.hall.as_bytes()));
        field(Some(&self.seq.to_be_bytes()));
        field(Some(self.log_id.as_bytes()));
        field(Some(self.event_id.as_bytes()));
        field(self.cmd_key.as_ref().map(String::as_bytes));
        field(self.body_mac.as_deref());
        field(Some(self.actor.as_bytes()));
        field(self.device.as_ref().map(String::as_bytes));
        field(
            self.inc
                .map(i64::to_be_bytes)
                .as_ref()
                .map(<[u8; 8]>::as_slice),
        );
        field(
            self.kseq
                .map(i64::to_be_bytes)
                .as_ref()
                .map(<[u8; 8]>::as_slice),
        );
        field(Some(&self.at.to_be_bytes()));
        field(Some(&self.mono_ms.to_be_bytes()));
        field(self.day.as_ref().map(String::as_bytes));
        field(self.number.as_ref().map(String::as_bytes));
        field(Some(self.kind.as_bytes()));
        field(Some(self.payload.as_bytes()));
        hash.finalize().into()
    }
}

/// A change of what a window holds; none takes the ticket away from every window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveCall {
    /// The hall.
    pub hall: String,
    /// The ticket.
    pub ticket: String,
    /// The window that holds it now.
    pub window: Option<String>,
}

/// Rows that are written together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The rows, in order of each hall.
    pub rows: Vec<Row>,
    /// What changes in the table of active calls, in order.
    pub active: Vec<ActiveCall>,
}

//! Memory is a fold of the journal: start-up and recovery read it all again.

use hall::{Event, Hall, HallCode, Timestamp};
use uuid::Uuid;

use super::keyring::{About, Keyring};
use super::rows::{self, Head};
use super::{Durable, Key};
use crate::store::{Row, Store, StoreError};

/// Rows read at once. Ours: about a megabyte.
const PAGE: i64 = 2000;

/// A row that does not fit: the hall is read-only from the row before.
#[derive(Debug, thiserror::Error)]
pub enum ReplayFault {
    /// The database cannot be read.
    #[error("journal of {hall} cannot be read")]
    Store {
        /// The hall.
        hall: String,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// A row is not the one that was written.
    #[error("journal of {hall}, row {seq}: {why}")]
    Row {
        /// The hall.
        hall: String,
        /// The first bad row.
        seq: i64,
        /// What does not hold.
        why: String,
    },
}

/// A hall, folded.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    pub(super) durable: Durable,
    pub(super) head: Head,
    pub(super) keys: Keyring,
}

impl Fold {
    pub(super) fn empty(log: Uuid) -> Self {
        let durable = Durable {
            hall: Hall::new(),
            seq: 0,
            plan_seq: 0,
            log,
            last_at: None,
            broken: None,
        };
        Self {
            durable,
            head: Head {
                seq: 0,
                hash: [0; 32],
                log,
            },
            keys: Keyring::default(),
        }
    }

    /// Reads every row after the fold's head, up to the first that does not hold.
    ///
    /// # Errors
    ///
    /// The first bad row, with all before it taken in, or a database that cannot be read.
    pub(super) async fn catch_up(
        &mut self,
        store: &Store,
        hall: &HallCode,
    ) -> Result<(), ReplayFault> {
        let mut limit = PAGE;
        loop {
            let after = i64::try_from(self.head.seq).unwrap_or(i64::MAX);
            let page = match store.rows(&hall.0, after, limit).await {
                Ok(page) => page,
                // The rows before the unreadable one are good.
                Err(StoreError::BadRow { seq, .. }) if seq > after + 1 => {
                    limit = seq - after - 1;
                    continue;
                }
                Err(fault) => return Err(unreadable(hall, fault)),
            };
            if page.is_empty() {
                return Ok(());
            }
            for row in &page {
                self.take(row)?;
            }
            limit = PAGE;
        }
    }

    /// Checks and applies one row.
    fn take(&mut self, row: &Row) -> Result<(), ReplayFault> {
        let bad = |why: String| ReplayFault::Row {
            hall: row.hall.clone(),
            seq: row.seq,
            why,
        };
        if u64::try_from(row.seq).ok() != Some(self.head.seq + 1) {
            return Err(bad(format!("row {} is missing", self.head.seq + 1)));
        }
        if !row.is_chained(&self.head.hash) {
            return Err(bad("the hash chain is broken".to_owned()));
        }
        let event = rows::event(row).map_err(|fault| bad(format!("unreadable event: {fault}")))?;
        let fits = self.durable.hall.check(&event);
        fits.map_err(|misfit| bad(format!("{} does not fit: {}", misfit.kind, misfit.why)))?;
        let at = Timestamp(row.at);
        self.durable.take(&event, at);
        self.head.seq += 1;
        self.head.hash = row.hash;
        self.head.log = row.log_id;
        self.durable.log = row.log_id;
        self.remember_key(row, &event, at);
        Ok(())
    }

    fn remember_key(&mut self, row: &Row, event: &Event, at: Timestamp) {
        if let (Some(text), Some(body_mac)) = (&row.cmd_key, &row.body_mac) {
            let key = Key {
                text: text.clone(),
                body_mac: body_mac.clone(),
            };
            let first = (self.head.seq, About::of(event.ticket(), event.record()));
            self.keys.remember(&row.actor, &key, first, at);
        }
        if matches!(event, Event::DayOpened { .. }) {
            self.keys.prune(at);
        }
    }
}

fn unreadable(hall: &HallCode, fault: StoreError) -> ReplayFault {
    if let StoreError::BadRow { hall, seq, why } = fault {
        let why = why.to_owned();
        return ReplayFault::Row { hall, seq, why };
    }
    ReplayFault::Store {
        hall: hall.0.clone(),
        source: fault,
    }
}

/// The verdict on one hall's journal: how many rows hold, or the first that does not.
pub type Verdict = Result<u64, ReplayFault>;

/// Checks the chain and replays every hall; tells for each how many rows hold, or the first bad
/// one.
///
/// # Errors
///
/// The database cannot be read at all.
pub async fn verify(store: &Store) -> Result<Vec<(String, Verdict)>, StoreError> {
    let mut verdicts = Vec::new();
    for (code, _) in store.heads().await? {
        let hall = HallCode(code);
        let mut fold = Fold::empty(Uuid::nil());
        let outcome = fold.catch_up(store, &hall).await;
        verdicts.push((hall.0, outcome.map(|()| fold.head.seq)));
    }
    Ok(verdicts)
}

//! The halls of this server, by code.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use hall::{Actor, Command, HallCode, Timestamp};
use link::clock::Clock;
use link::random;
use sqlx::postgres::PgListener;
use tokio::sync::watch;

use super::replay::{Fold, ReplayFault};
use super::{HallHandle, task};
use crate::store::{Committer, Store};

/// How often a server looks for rows of others. **Source**: RELIABILITY §2.6.
const POLL: Duration = Duration::from_secs(1);
/// How far the clock may be behind the journal without an alarm. **Source**: RELIABILITY §2.10.
const BEHIND_MS: i64 = 5 * 60 * 1000;

/// Halls replayed at once. Ours: as many as the store reads at once.
const AT_ONCE: usize = 4;

/// Every hall of this server.
#[derive(Debug, Clone)]
pub struct Halls {
    map: Arc<watch::Sender<BTreeMap<HallCode, HallHandle>>>,
    store: Arc<Store>,
    committer: Committer,
    clock: Clock,
}

impl Halls {
    /// Replays every hall of the journal and starts its task.
    ///
    /// # Errors
    ///
    /// The database cannot be read. A hall whose journal does not fit starts read-only instead.
    pub async fn open(
        store: Arc<Store>,
        committer: Committer,
        clock: Clock,
    ) -> Result<Self, ReplayFault> {
        let map = Arc::new(watch::Sender::new(BTreeMap::new()));
        let halls = Self {
            map,
            store,
            committer,
            clock,
        };
        let heads = halls.store.heads().await;
        let heads = heads.map_err(|source| ReplayFault::Store {
            hall: "*".into(),
            source,
        })?;
        let count = heads.len();
        let reads = heads.into_iter().map(|(code, _)| {
            let (halls, code) = (halls.clone(), HallCode(code));
            tokio::spawn(async move { (halls.fold(&code).await, code) })
        });
        let mut reads = stream::iter(reads).buffered(AT_ONCE);
        let mut folds = Vec::with_capacity(count);
        while let Some(read) = reads.next().await {
            let (fold, code) = read.expect("a replay does not panic");
            folds.push((code, fold?));
        }
        drop(reads);
        let moments = folds.iter().filter_map(|(_, fold)| fold.durable.last_at);
        if let Some(last) = moments.max() {
            set_clock(&halls.clock, last);
        }
        for (code, fold) in folds {
            halls.start(&code, fold);
        }
        Ok(halls)
    }

    /// Folds a hall's journal; a row that does not hold makes the hall read-only from there on.
    async fn fold(&self, code: &HallCode) -> Result<Fold, ReplayFault> {
        let mut fold = Fold::empty(random::id(self.clock.now()));
        if let Err(fault) = fold.catch_up(&self.store, code).await {
            let ReplayFault::Row { .. } = fault else {
                return Err(fault);
            };
            tracing::error!(hall.id = %code, fault = %fault, "hall is read-only");
            fold.durable.broken = Some(fault.to_string());
        }
        Ok(fold)
    }

    fn start(&self, code: &HallCode, fold: Fold) -> HallHandle {
        let shell = task::Shell {
            store: Arc::clone(&self.store),
            committer: self.committer.clone(),
            clock: self.clock.clone(),
        };
        let mut kept = None;
        self.map.send_modify(|map| {
            // Two first plans at one instant must not make two tasks for one hall.
            let handle = map
                .entry(code.clone())
                .or_insert_with(|| task::spawn(shell, code.clone(), fold));
            kept = Some(handle.clone());
        });
        kept.expect("the map was modified")
    }

    /// The hall of that code, once its first plan is on disk.
    pub fn get(&self, code: &HallCode) -> Option<HallHandle> {
        let handle = self.map.borrow().get(code).cloned();
        handle.filter(|handle| handle.view.borrow().seq > 0)
    }

    /// The hall of that code, new when there is none.
    pub fn get_or_start(&self, code: &HallCode) -> HallHandle {
        let known = self.map.borrow().get(code).cloned();
        known.unwrap_or_else(|| self.start(code, Fold::empty(random::id(self.clock.now()))))
    }

    /// Every hall with a plan.
    pub fn all(&self) -> Vec<HallHandle> {
        let map = self.map.borrow();
        map.values()
            .filter(|handle| handle.view.borrow().seq > 0)
            .cloned()
            .collect()
    }

    /// The store below.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// Moves a pretended clock to `to` through every tick due on the way, each committed in order.
    ///
    /// False when the clock is not a pretended one, or stands later already.
    pub async fn move_clock(&self, to: Timestamp) -> bool {
        if !matches!(self.clock, Clock::Pretend(_)) || to < self.clock.now() {
            return false;
        }
        // Halls that are read-only or stopping have no ticks to wait for.
        let mut silent = BTreeSet::new();
        loop {
            let now = self.clock.now();
            let due = self.all().into_iter().filter_map(|handle| {
                let durable = handle.durable();
                let at = durable.hall.next_tick(now)?.max(now);
                Some((at, handle)).filter(|_| durable.broken.is_none())
            });
            let mut due: Vec<_> = due
                .filter(|(at, handle)| *at <= to && !silent.contains(&handle.code))
                .collect();
            due.sort_by(|a, b| (a.0, &a.1.code).cmp(&(b.0, &b.1.code)));
            let Some((at, _)) = due.first() else { break };
            let at = *at;
            self.clock.move_to(at);
            for (_, handle) in due.iter().take_while(|(tick, _)| *tick == at) {
                let done = handle.ask(Command::Tick, Actor::clockwork(), None).await;
                let waits = handle.durable().hall.next_tick(at);
                if done.is_err() || waits.is_some_and(|next| next <= at) {
                    silent.insert(handle.code.clone());
                }
            }
        }
        self.clock.move_to(to)
    }

    /// Follows what other servers write to the same database, for as long as it is polled.
    pub(crate) async fn follow_others(self) {
        let mut hints = None;
        let mut poll = tokio::time::interval(POLL);
        loop {
            if hints.is_none() {
                hints = self.store.listen().await.ok().flatten();
            }
            tokio::select! {
                _ = poll.tick() => self.look_around().await,
                hint = next(&mut hints) => match hint {
                    Some((hall, seq)) => self.wake(&hall, seq),
                    None => hints = None,
                },
            }
        }
    }

    /// Finds halls that are new here, and halls that others have written to.
    async fn look_around(&self) {
        let heads = match self.store.heads().await {
            Ok(heads) => heads,
            Err(fault) => {
                tracing::warn!(%fault, "cannot look for rows of other servers");
                return;
            }
        };
        for (code, seq) in heads {
            let code = HallCode(code);
            let is_known = self.map.borrow().contains_key(&code);
            if is_known {
                self.wake(&code, seq);
            } else if let Ok(fold) = self.fold(&code).await {
                self.start(&code, fold);
            }
        }
    }

    fn wake(&self, code: &HallCode, seq: i64) {
        let known = self.map.borrow().get(code).cloned();
        let behind = known.filter(|handle| {
            let view = handle.view.borrow();
            view.broken.is_none() && u64::try_from(seq).is_ok_and(|seq| seq > view.seq)
        });
        if let Some(handle) = behind {
            handle.others.notify_one();
        }
    }
}

/// The next word of another server; none when it can no longer be heard.
async fn next(hints: &mut Option<PgListener>) -> Option<(HallCode, i64)> {
    let Some(listener) = hints else {
        return std::future::pending().await;
    };
    loop {
        let hint = listener.recv().await.ok()?;
        let parts = hint.payload().split_once(' ');
        if let Some((hall, seq)) = parts.and_then(|(hall, seq)| Some((hall, seq.parse().ok()?))) {
            return Some((HallCode::from(hall), seq));
        }
    }
}

/// A pretended clock never starts before what is on disk; a real one that does is an alarm.
fn set_clock(clock: &Clock, last: Timestamp) {
    clock.move_to(last);
    let behind_ms = last.since_ms(clock.now());
    if behind_ms > BEHIND_MS {
        tracing::error!(behind_ms, "the clock is behind the journal: set it right");
    }
}

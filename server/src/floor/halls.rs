//! The halls of this server, by code.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::StreamExt;
use hall::{Actor, Command, HallCode, Timestamp};
use link::clock::Clock;
use link::random;
use tokio::sync::watch;

use super::replay::{Fold, ReplayFault};
use super::{HallHandle, task};
use crate::store::{Committer, Store};

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
        let codes = halls.store.halls().await;
        let codes = codes.map_err(|source| ReplayFault::Store {
            hall: "*".into(),
            source,
        })?;
        let folds = codes.into_iter().map(|code| {
            let empty = Fold::empty(random::id(halls.clock.now()));
            let fold = replay(Arc::clone(&halls.store), HallCode(code), empty);
            async move { tokio::spawn(fold).await }
        });
        let mut folds = futures_util::stream::iter(folds).buffered(AT_ONCE);
        while let Some(folded) = folds.next().await {
            let (code, fold) = folded.expect("a replay does not panic")?;
            halls.start(&code, fold);
        }
        drop(folds);
        Ok(halls)
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
        loop {
            let now = self.clock.now();
            let due = self.all().into_iter().filter_map(|handle| {
                handle
                    .durable()
                    .hall
                    .next_tick(now)
                    .map(|at| (at.max(now), handle))
            });
            let mut due: Vec<_> = due.filter(|(at, _)| *at <= to).collect();
            due.sort_by(|a, b| (a.0, &a.1.code).cmp(&(b.0, &b.1.code)));
            let Some((at, _)) = due.first() else { break };
            let at = *at;
            self.clock.move_to(at);
            for (_, handle) in due.iter().take_while(|(tick, _)| *tick == at) {
                // A hall that is read-only or stopping has no ticks to wait for.
                if handle
                    .ask(Command::Tick, Actor::clockwork(), None)
                    .await
                    .is_err()
                {
                    return self.clock.move_to(to);
                }
            }
        }
        self.clock.move_to(to)
    }

    /// The last moment that any journal knows; a pretended clock never starts before it.
    pub fn last_moment(&self) -> Option<Timestamp> {
        let moments = self
            .all()
            .into_iter()
            .filter_map(|handle| handle.durable().last_at);
        moments.max()
    }
}

/// Folds one hall's journal; one that does not fit is read-only from its first bad row.
async fn replay(
    store: Arc<Store>,
    code: HallCode,
    mut fold: Fold,
) -> Result<(HallCode, Fold), ReplayFault> {
    match fold.catch_up(&store, &code, |_, _| ()).await {
        Ok(()) => (),
        Err(fault @ ReplayFault::Store { .. }) => return Err(fault),
        Err(fault @ ReplayFault::Row { .. }) => {
            tracing::error!(hall.id = %code, fault = %fault, "hall is read-only");
            fold.durable.broken = Some(fault.to_string());
        }
    }
    Ok((code, fold))
}

//! One task writes for all halls: it takes what is there, writes one transaction, then answers.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use link::clock;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{AppendError, Batch, Store};

/// Batches that wait for the disk. Ours: one from each hall of a large server may be on its way.
const WAITING: usize = 1024;
/// Batches of one transaction. Ours: a thousand rows or so, some milliseconds of work.
const AT_ONCE: usize = 256;

/// The part of a commit's time that a crowd is waited for. Ours: those who were just answered ask
/// again at once, and the first of them must not take a whole commit for itself.
const LINGER_PART: u32 = 4;
/// A wait shorter than this cannot be kept, so a fast disk has none.
const LINGER_MIN: Duration = Duration::from_millis(1);

/// Why a batch was not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CommitFailure {
    /// Another node wrote these positions first: read them, decide again.
    #[error("another node was first")]
    Conflict,
    /// The committer has ended; whether the batch is on disk is not known.
    #[error("the committer has ended")]
    Stopped,
}

type Answer = oneshot::Sender<Result<(), CommitFailure>>;
type Inbox = mpsc::Receiver<(Batch, Answer)>;

/// A way to the task that writes.
#[derive(Debug, Clone)]
pub struct Committer {
    inbox: mpsc::Sender<(Batch, Answer)>,
}

/// What is done when a commit is unknown; in production the process ends at once.
pub(super) type OnFatal = Box<dyn Fn(&AppendError) + Send>;

impl Committer {
    /// Starts the task; it ends after the last batch, when every way to it is gone.
    pub fn spawn(store: Arc<Store>, on_fatal: OnFatal) -> (Self, JoinHandle<()>) {
        let (inbox, batches) = mpsc::channel(WAITING);
        let task = tokio::spawn(run(store, batches, on_fatal));
        (Self { inbox }, task)
    }

    /// Hands a batch over; the receiver hears when it is on disk.
    ///
    /// # Errors
    ///
    /// [`CommitFailure::Stopped`] when the task has ended.
    pub async fn submit(
        &self,
        batch: Batch,
    ) -> Result<oneshot::Receiver<Result<(), CommitFailure>>, CommitFailure> {
        let (answer, receiver) = oneshot::channel();
        let sent = self.inbox.send((batch, answer)).await;
        sent.map_err(|_| CommitFailure::Stopped)?;
        Ok(receiver)
    }
}

async fn run(store: Arc<Store>, mut batches: Inbox, on_fatal: OnFatal) {
    let mut taken = Vec::with_capacity(AT_ONCE);
    let mut last = Last::default();
    while batches.recv_many(&mut taken, AT_ONCE).await > 0 {
        last.linger(&mut batches, &mut taken).await;
        let (began, count) = (clock::monotonic_now(), taken.len());
        let written = if store.is_shared() {
            write_each(&store, &mut taken).await
        } else {
            write_all(&store, &mut taken).await
        };
        if let Err(fault) = written {
            tell(&fault);
            on_fatal(&fault);
            return;
        }
        let took = clock::monotonic_now().duration_since(began);
        last = Last { count, took };
    }
}

/// The last commit: how many batches it had and how long it took.
#[derive(Default)]
struct Last {
    count: usize,
    took: Duration,
}

impl Last {
    /// Waits a little while fewer are there than last time. One who asks alone never waits.
    async fn linger(&self, batches: &mut Inbox, taken: &mut Vec<(Batch, Answer)>) {
        let linger = self.took / LINGER_PART;
        if linger < LINGER_MIN {
            return;
        }
        let more = async {
            while taken.len() < self.count {
                let room = AT_ONCE - taken.len();
                if batches.recv_many(taken, room).await == 0 {
                    return;
                }
            }
        };
        // Whoever is late goes with the next commit.
        let _ = timeout(linger, more).await;
    }
}

/// `SQLite`: one transaction for all that waits. A conflict is one hall's alone: then each by itself.
async fn write_all(store: &Store, taken: &mut Vec<(Batch, Answer)>) -> Result<(), AppendError> {
    let mut all = Batch::default();
    for (batch, _) in taken.iter() {
        all.rows.extend_from_slice(&batch.rows);
        all.active.extend_from_slice(&batch.active);
    }
    match store.append(&all).await {
        Ok(()) => {
            for (_, answer) in taken.drain(..) {
                let _ = answer.send(Ok(()));
            }
            Ok(())
        }
        Err(AppendError::Conflict { .. }) => write_each(store, taken).await,
        Err(unknown @ AppendError::Unknown(_)) => Err(unknown),
    }
}

/// One transaction a hall, several at once; a lost race is that hall's alone.
async fn write_each(store: &Store, taken: &mut Vec<(Batch, Answer)>) -> Result<(), AppendError> {
    let writes = taken.drain(..).map(|(batch, answer)| async move {
        let result = match store.append(&batch).await {
            Ok(()) => Ok(()),
            Err(AppendError::Conflict { .. }) => Err(CommitFailure::Conflict),
            Err(unknown @ AppendError::Unknown(_)) => return Err(unknown),
        };
        let _ = answer.send(result);
        Ok(())
    });
    // A hall has one batch on its way at a time, so the order of halls does not matter.
    stream::iter(writes)
        .buffer_unordered(store.writers())
        .try_collect()
        .await
}

fn tell(fault: &AppendError) {
    let fault: &dyn std::error::Error = fault;
    tracing::error!(
        fault,
        "the commit is unknown: stopping, to replay the journal"
    );
}

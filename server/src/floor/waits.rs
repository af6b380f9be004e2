//! The waits of one hall, looked at again and again off the path of calls.
//!
//! ```text
//! durable hall changes ──► at most every few seconds ──► a blocking thread runs the hall forward
//!                                                            └──► Foreseen: slips, boards, phones
//! ```

use std::sync::Arc;
use std::time::Duration;

use hall::waits::{Foreseen, Foreseer};
use link::clock::Clock;
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::Durable;

/// Real time between two looks while the hall changes. **Source**: QUEUEING §0.1 asks for about
/// 15 s; a third of it, so that a slip is never far behind.
const PACE: Duration = Duration::from_secs(5);
/// Real time between two looks while nothing changes: waits shorten by themselves. Source: same.
const REST: Duration = Duration::from_secs(15);
/// Real time between two looks under a clock that is not the machine's. Ours: tests and demos.
const PRETEND_PACE: Duration = Duration::from_millis(100);
/// Looks at one moment, whatever the number of halls: the other core keeps calling. Ours.
static TURN: Semaphore = Semaphore::const_new(1);

/// Starts the task; the newest look is in the receiver, an empty one before the first.
pub(super) fn spawn(
    mut view: watch::Receiver<Arc<Durable>>,
    clock: Clock,
) -> watch::Receiver<Arc<Foreseen>> {
    let (sender, receiver) = watch::channel(Arc::new(Foreseen::default()));
    tokio::spawn(async move {
        let mut eyes = Foreseer::default();
        view.mark_changed();
        loop {
            let pause = if clock.is_pretend() {
                PRETEND_PACE
            } else {
                PACE
            };
            if let Ok(Err(_)) = timeout(REST, view.changed()).await {
                return;
            }
            let Ok(turn) = TURN.acquire().await else {
                return;
            };
            let durable = view.borrow_and_update().clone();
            let now = clock.now();
            let task = tokio::task::spawn_blocking(move || {
                let seen = eyes.look(&durable.hall, now, durable.seq);
                (eyes, seen)
            });
            let done = task.await;
            drop(turn);
            let Ok((back, seen)) = done else {
                tracing::error!("a look ahead has failed; waits are not told any more");
                sender.send_replace(Arc::default());
                return;
            };
            eyes = back;
            sender.send_if_modified(|known| {
                let is_new = **known != seen;
                if is_new {
                    *known = Arc::new(seen);
                }
                is_new
            });
            sleep(pause).await;
        }
    });
    receiver
}

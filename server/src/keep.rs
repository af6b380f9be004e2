//! What runs beside the requests: followers of other servers, and the sweeping of what is over.

use std::time::Duration;

use link::clock;
use tokio::task::JoinSet;

use crate::app::App;
use crate::{calendar, consoles, devices, referrals, reports};

/// How often what is over is swept. Ours.
const SWEEP: Duration = Duration::from_mins(1);

/// Starts everything that runs as long as the server.
pub(crate) fn beside(app: &App) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(app.authority.clone().watch());
    tasks.spawn(sweep(app.clone()));
    tasks.spawn(calendar::catch_up(app.clone()));
    tasks.spawn(consoles::watch(app.clone()));
    tasks.spawn(devices::watch(app.clone()));
    tasks.spawn(reports::keep_up(app.clone()));
    tasks.spawn(referrals::watch(app.clone()));
    if app.halls.store().is_shared() {
        tasks.spawn(app.halls.clone().follow_others());
    }
    tasks
}

/// Shreds personal data whose time is over, and forgets sessions and empty buckets.
async fn sweep(app: App) {
    let mut turn = tokio::time::interval(SWEEP);
    loop {
        turn.tick().await;
        app.limits.sweep();
        let now = clock::machine_now().0;
        let store = app.halls.store();
        let shredded = store.shred_expired(now).await;
        let forgotten = store.delete_sessions_over(now).await;
        if let Err(fault) = shredded.map(|_| ()).and(forgotten) {
            tracing::warn!(%fault, "cannot sweep what is over");
        }
    }
}

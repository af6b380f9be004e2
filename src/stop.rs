//! When to stop: Ctrl+C, or the service manager's word.

use tokio::signal::unix::{SignalKind, signal};

/// Resolves when the program is asked to stop.
pub(crate) async fn asked() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        // Without the signal there is still Ctrl+C.
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => (),
        _ = terminate.recv() => (),
    }
}

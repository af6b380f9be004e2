//! When an open socket must close: the asker is shut out, or the server stops.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use tokio::time::timeout;

use crate::app::App;
use crate::auth::Identity;

/// How often an open socket asks whether its asker is still let in, for ends that nobody tells:
/// tokens and sessions that expire. Ours.
const ASK_AGAIN: Duration = Duration::from_secs(5);
/// Time for the last word. Ours: who takes nothing for so long is cut.
const LAST_WORD: Duration = Duration::from_millis(300);

/// Why a socket closes, as RFC 6455 §7.4 numbers it.
pub(crate) type Closing = (u16, &'static str);

/// The asker was shut out. **Source**: RELIABILITY S06.
pub(crate) const SHUT_OUT: Closing = (4401, "signed out");
/// The server stops; clients come back. **Source**: RELIABILITY §2.7.
pub(crate) const RESTART: Closing = (1012, "restart");

/// Resolves when the socket of `who` must close.
pub(crate) async fn must_close(app: &App, who: &Identity) -> Closing {
    let mut shut_outs = app.authority.shut_outs();
    let mut stopping = app.stopping.subscribe();
    let mut again = tokio::time::interval(ASK_AGAIN);
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return RESTART,
            _ = shut_outs.changed() => (),
            _ = again.tick() => (),
        }
        if !app.authority.still_holds(who).await {
            return SHUT_OUT;
        }
    }
}

/// Says why, and closes.
pub(crate) async fn close(socket: &mut WebSocket, (code, reason): Closing) {
    let reason = reason.into();
    let frame = Message::Close(Some(CloseFrame { code, reason }));
    let _ = timeout(LAST_WORD, socket.send(frame)).await;
}

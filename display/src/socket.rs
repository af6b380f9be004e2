//! A page's own socket: the whole live part on every change, a beat in between.
//!
//! Messages are the HTML of the live part, `beat HH:MM:SS` in the hall's time, or `lost` when this
//! machine itself hears nothing from the server. What a page sends is not read.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use hall::DateTime;
use hall::view::Board;
use tokio::time::timeout;

use crate::source::{Feed, line_changed};

/// A beat tells the page that silence is not death. **Source**: API.md, Live.
const BEAT: Duration = Duration::from_secs(5);
/// At most five versions a second a page. **Source**: API.md, Live.
const PACE: Duration = Duration::from_millis(200);
/// A browser that takes nothing for so long is gone. **Source**: RELIABILITY F27.
const BLOCKED: Duration = Duration::from_secs(10);
/// Pages only listen; what they send is short. Ours.
const MESSAGE_MAX: usize = 1024;
/// The most that waits for a slow browser. Ours: two boards of 200 windows. **Source**:
/// RELIABILITY F27.
const WAITING_MAX: usize = 512 * 1024;
/// The server restarts: come again. **Source**: RELIABILITY §2.7.
const RESTART: u16 = 1012;

/// Answers the upgrade and keeps the page fresh until it, or the hall, is gone.
pub(crate) fn keep_fresh(
    upgrade: WebSocketUpgrade,
    feed: Feed,
    live: impl Fn(&Board, DateTime) -> Option<String> + Send + Sync + 'static,
) -> Response {
    upgrade
        .max_message_size(MESSAGE_MAX)
        .max_frame_size(MESSAGE_MAX)
        .write_buffer_size(0)
        .max_write_buffer_size(WAITING_MAX)
        .on_upgrade(move |socket| serve(socket, feed, live))
}

async fn serve(
    mut socket: WebSocket,
    mut feed: Feed,
    live: impl Fn(&Board, DateTime) -> Option<String>,
) {
    let mut beat = tokio::time::interval(BEAT);
    feed.boards.mark_changed();
    loop {
        // What is said, and whether it is a version that others must keep a distance from.
        let (text, paced) = tokio::select! {
            made = feed.boards.changed() => {
                if made.is_err() { return restart(socket).await; }
                (version(&mut feed, &live), true)
            }
            () = line_changed(&mut feed.line, &mut feed.told_up) => (version(&mut feed, &live), true),
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => continue,
            },
            _ = beat.tick() => (Some(pulse(&feed)), false),
        };
        let Some(text) = text else { return };
        let sent = timeout(BLOCKED, socket.send(Message::Text(text.into()))).await;
        if !matches!(sent, Ok(Ok(()))) {
            return;
        }
        if paced {
            tokio::time::sleep(PACE).await;
        }
    }
}

fn version(feed: &mut Feed, live: &impl Fn(&Board, DateTime) -> Option<String>) -> Option<String> {
    feed.boards.mark_unchanged();
    if !feed.is_up() {
        return Some("lost".to_owned());
    }
    let (board, now): (Arc<Board>, DateTime) = feed.newest();
    live(&board, now)
}

fn pulse(feed: &Feed) -> String {
    if feed.is_up() {
        let (_, now) = feed.newest();
        format!("beat {}", now.format("%H:%M:%S"))
    } else {
        "lost".to_owned()
    }
}

async fn restart(mut socket: WebSocket) {
    let frame = CloseFrame {
        code: RESTART,
        reason: "restart".into(),
    };
    // A page that cannot take this notices the silence.
    let _ = timeout(BLOCKED, socket.send(Message::Close(Some(frame)))).await;
}

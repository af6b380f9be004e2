//! The live socket of devices and integrators: always the whole view, newest wins.

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use hall::{TicketId, WindowCode};
use serde::Deserialize;
use tokio::time::timeout;

use super::Problems;
use crate::app::App;
use crate::auth::Identity;
use crate::floor::{Durable, HallHandle};
use crate::http::problem::Problem;
use crate::http::wish::Look;
use crate::sockets::{self, Closing, RESTART, must_close};

/// A beat tells a client that silence is not death. **Source**: API.md, Live.
const BEAT: Duration = Duration::from_secs(5);
/// At most five views a second a client. **Source**: API.md, Live.
const PACE: Duration = Duration::from_millis(200);
/// The largest message a client may send. **Source**: RELIABILITY §2.7.
const MESSAGE_MAX: usize = 64 * 1024;
/// Bytes read at once; kept for every socket, and a hello is short. Ours.
const READ_BUFFER: usize = 2 * 1024;
/// A client that takes nothing for so long is gone. **Source**: RELIABILITY F27.
const BLOCKED: Duration = Duration::from_secs(10);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    hello: Hello,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hello {
    topic: Topic,
    #[serde(default)]
    key: Option<String>,
    /// The log and position that the client has; it gets the whole view in any case.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "part of the contract, not needed while views are whole"
    )]
    log: Option<String>,
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "part of the contract, not needed while views are whole"
    )]
    seq: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Topic {
    Board,
    Window,
    Floor,
    Ticket,
}

/// The live socket: send `{"hello":{"topic":"board","key":null,"log":null,"seq":0}}` first.
#[utoipa::path(get, path = "/halls/{hall}/live", tag = "live", params(("hall" = String, Path)),
    responses((status = 101, description = "a WebSocket"), Problems))]
pub(super) async fn live(
    State(app): State<App>,
    look: Look,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| Problem::malformed("upgrade", "this is a WebSocket"))?;
    let upgrade = upgrade
        .max_message_size(MESSAGE_MAX)
        .max_frame_size(MESSAGE_MAX)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(MESSAGE_MAX * 4);
    Ok(upgrade.on_upgrade(move |socket| serve(app, look, socket)))
}

async fn serve(app: App, look: Look, mut socket: WebSocket) {
    // Whatever the socket is waiting for, it closes when it must.
    let closing = tokio::select! {
        closing = must_close(&app, &look.who) => Some(closing),
        ended = converse(&look, &mut socket) => ended.err(),
    };
    if let Some(closing) = closing {
        sockets::close(&mut socket, closing).await;
    }
}

async fn converse(look: &Look, socket: &mut WebSocket) -> Result<(), Closing> {
    let hello = hello(socket).await?;
    run(look, &hello, socket).await
}

async fn hello(socket: &mut WebSocket) -> Result<Hello, Closing> {
    let unclear = (1008, "the first message must be a hello");
    let first = timeout(BLOCKED, socket.recv()).await;
    let Ok(Some(Ok(first))) = first else {
        return Err(unclear);
    };
    let text = first.to_text().map_err(|_| unclear)?;
    let opening: Opening = serde_json::from_str(text).map_err(|_| unclear)?;
    Ok(opening.hello)
}

async fn run(look: &Look, hello: &Hello, socket: &mut WebSocket) -> Result<(), Closing> {
    may_hear(&look.who, hello.topic)?;
    let mut changes = look.hall.changes();
    let mut boards = look.hall.board_frames();
    let mut beat = tokio::time::interval(BEAT);
    changes.mark_unchanged();
    let first = boards.borrow_and_update().clone();
    send_view(look, hello, &first, socket).await?;
    loop {
        let is_board = hello.topic == Topic::Board;
        tokio::select! {
            made = boards.changed(), if is_board => made.map_err(|_| RESTART)?,
            made = changes.changed(), if !is_board => made.map_err(|_| RESTART)?,
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
                Some(Ok(_)) => continue,
            },
            _ = beat.tick() => {
                send_beat(look, socket).await?;
                continue;
            }
        }
        let board = boards.borrow_and_update().clone();
        send_view(look, hello, &board, socket).await?;
        tokio::time::sleep(PACE).await;
    }
}

/// A reader hears the board; staff hear the rest too.
fn may_hear(who: &Identity, topic: Topic) -> Result<(), Closing> {
    let device = who.is_device();
    if device && topic != Topic::Board && topic != Topic::Window {
        return Err((1008, "not your topic"));
    }
    Ok(())
}

async fn send_view(
    look: &Look,
    hello: &Hello,
    board: &Utf8Bytes,
    socket: &mut WebSocket,
) -> Result<(), Closing> {
    let text = match hello.topic {
        Topic::Board => board.clone(),
        Topic::Window | Topic::Floor | Topic::Ticket => view(&look.hall, hello)?.into(),
    };
    send(socket, text).await
}

/// The view of one window, one ticket, or the floor.
fn view(hall: &HallHandle, hello: &Hello) -> Result<String, Closing> {
    let durable = hall.durable();
    let key = hello.key.as_deref().unwrap_or_default();
    let body = match hello.topic {
        Topic::Window => {
            let code = WindowCode::from(key);
            let view = durable.hall.window_view(&code, durable.seq);
            serde_json::to_string(&view.map_err(|_| (1008, "no such window"))?)
        }
        Topic::Ticket => {
            let id = uuid::Uuid::parse_str(key).map_err(|_| (1008, "no such ticket"))?;
            let ticket = durable.hall.ticket(TicketId(id));
            let ticket = ticket.map_err(|_| (1008, "no such ticket"))?;
            let view = durable.hall.ticket_view(ticket, durable.seq);
            serde_json::to_string(&view.with_waits(&hall.foreseen()))
        }
        Topic::Floor | Topic::Board => {
            let floor = durable.hall.floor(&hall.position(&durable));
            let floor = floor.map(|floor| floor.with_waits(&hall.foreseen()));
            serde_json::to_string(&floor.ok_or((1008, "no plan yet"))?)
        }
    };
    let name = match hello.topic {
        Topic::Window => "window",
        Topic::Ticket => "ticket",
        Topic::Floor => "floor",
        Topic::Board => "board",
    };
    let body = body.map_err(|_| (1011, "the view cannot be written"))?;
    Ok(frame(hall, &durable, name, &body))
}

/// `{"log","seq","at",NAME:{…}}`.
pub(crate) fn frame(hall: &HallHandle, durable: &Durable, name: &str, body: &str) -> String {
    let position = hall.position(durable);
    let at = position.now.in_zone(durable.hall.zone()).to_rfc3339();
    let (log, seq) = (position.log, position.seq);
    format!(r#"{{"log":"{log}","seq":{seq},"at":"{at}","{name}":{body}}}"#)
}

async fn send_beat(look: &Look, socket: &mut WebSocket) -> Result<(), Closing> {
    let durable = look.hall.durable();
    let position = look.hall.position(&durable);
    let at = position.now.in_zone(durable.hall.zone()).to_rfc3339();
    send(
        socket,
        format!(r#"{{"beat":{{"seq":{},"at":"{at}"}}}}"#, position.seq).into(),
    )
    .await
}

async fn send(socket: &mut WebSocket, text: Utf8Bytes) -> Result<(), Closing> {
    let sent = timeout(BLOCKED, socket.send(Message::Text(text))).await;
    match sent {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err((1011, "blocked")),
    }
}

//! A client of the server's live socket: always the newest whole view, and whether the line holds.
//!
//! ```text
//! connect ─► hello{topic, log, seq} ─► view | beat … ─► silence or an end ─► wait ─► connect
//! ```
//!
//! It keeps no history and decides nothing: a view that is not newer is dropped, a view of another
//! log replaces what there was.

mod backoff;
mod frame;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use hall::DateTime;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::ClientRequestBuilder;
use tokio_tungstenite::tungstenite::http::Uri;
use tokio_tungstenite::tungstenite::http::uri::InvalidUri;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use crate::client::install_tls;
use crate::clock::monotonic_ms;
use backoff::Backoff;
use frame::Frame;

/// The largest message taken. Ours: a board of 200 windows has about 100 KiB; a hundredfold of
/// API.md's usual 32 KiB would be somebody else's.
const MESSAGE_MAX: usize = 1024 * 1024;
/// Bytes that may wait to be sent: one hello and a few pongs. **Source**: RELIABILITY §2.7.
const SEND_MAX: usize = 64 * 1024;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What to follow.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The server's address, such as `https://10.0.0.5:8080`.
    pub server: String,
    /// The hall's code.
    pub hall: String,
    /// A token that may hear the topic.
    pub token: String,
    /// What is heard.
    pub topic: Topic,
    /// Which window or ticket; none for the board and the floor.
    pub key: Option<String>,
}

/// What the server speaks of. **Source**: API.md, Live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The whole board.
    Board,
    /// One window.
    Window,
    /// What staff see of the floor.
    Floor,
    /// One ticket.
    Ticket,
}

impl Topic {
    /// Its name in hello and in frames.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Window => "window",
            Self::Floor => "floor",
            Self::Ticket => "ticket",
        }
    }
}

/// The line to the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Line {
    /// Whether something was heard within the last twelve seconds and the socket stands.
    pub up: bool,
    /// The hall's time when the server was last heard; none before the first time.
    pub at: Option<DateTime>,
    /// When that was, on this machine's [`monotonic_ms`].
    pub heard_ms: i64,
}

/// How long things take; tests take shorter ones.
#[derive(Debug, Clone, Copy)]
struct Pace {
    silence: Duration,
    wait_min: Duration,
    wait_max: Duration,
}

/// **Source**: RELIABILITY F28 and API.md, Live: a beat every 5 s, two missed ones are a loss;
/// reconnecting from 1 s up to 30 s, RELIABILITY F29.
const PACE: Pace = Pace {
    silence: Duration::from_secs(12),
    wait_min: Duration::from_secs(1),
    wait_max: Duration::from_secs(30),
};

/// A followed topic. Dropping it ends the connection.
#[derive(Debug)]
pub struct Live<V> {
    /// The newest view; none before the first one.
    pub views: watch::Receiver<Option<Arc<V>>>,
    /// Whether it can be believed.
    pub line: watch::Receiver<Line>,
    task: tokio::task::JoinHandle<()>,
}

impl<V> Drop for Live<V> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Why a topic cannot be followed at all.
#[derive(Debug, thiserror::Error)]
#[error("{address} is not the address of a live socket")]
pub struct BadAddress {
    address: String,
    #[source]
    source: InvalidUri,
}

/// Follows a topic until the [`Live`] is dropped, connecting again as often as it takes.
///
/// # Errors
///
/// [`BadAddress`] when server and hall make no address.
pub fn follow<V>(wish: Wish) -> Result<Live<V>, BadAddress>
where
    V: DeserializeOwned + Send + Sync + 'static,
{
    follow_at(wish, PACE)
}

fn follow_at<V>(wish: Wish, pace: Pace) -> Result<Live<V>, BadAddress>
where
    V: DeserializeOwned + Send + Sync + 'static,
{
    install_tls();
    let address = address(&wish);
    let uri = address
        .parse()
        .map_err(|source| BadAddress { address, source })?;
    let (views, seen) = watch::channel(None);
    let (line, heard) = watch::channel(Line::default());
    let follower = Follower {
        wish,
        uri,
        pace,
        known: None,
        views,
        line,
    };
    Ok(Live {
        views: seen,
        line: heard,
        task: tokio::spawn(follower.run()),
    })
}

/// `ws://HOST/api/v1/halls/HALL/live`, sealed when the server's own address is.
fn address(wish: &Wish) -> String {
    let server = wish.server.trim_end_matches('/');
    let socket = match server.strip_prefix("http") {
        Some(rest) => format!("ws{rest}"),
        None => server.to_owned(),
    };
    format!("{socket}/api/v1/halls/{}/live", wish.hall)
}

struct Follower<V> {
    wish: Wish,
    uri: Uri,
    pace: Pace,
    /// Log and position of the newest view.
    known: Option<(String, u64)>,
    views: watch::Sender<Option<Arc<V>>>,
    line: watch::Sender<Line>,
}

/// Why a connection ended.
#[derive(Debug, thiserror::Error)]
enum Lost {
    #[error("the socket failed")]
    Socket(#[from] tungstenite::Error),
    #[error("nothing was heard for {0:?}")]
    Silence(Duration),
    #[error("the server closed the socket")]
    Closed,
    #[error("the server sent something unreadable")]
    Unreadable(#[from] serde_json::Error),
}

impl<V: DeserializeOwned + Send + Sync + 'static> Follower<V> {
    async fn run(mut self) {
        let mut backoff = Backoff::new(self.pace.wait_min, self.pace.wait_max);
        let mut told = false;
        loop {
            let Err(why) = self.listen().await;
            // Copied first: the channel cannot be written while it is read.
            let last = *self.line.borrow();
            self.line.send_replace(Line { up: false, ..last });
            if last.up {
                backoff.reset();
                told = false;
            }
            if !told {
                let (hall, topic) = (&self.wish.hall, self.wish.topic.as_str());
                tracing::warn!(hall.id = %hall, topic, %why, cause = ?why, "the line is down");
                told = true;
            }
            tokio::time::sleep(backoff.next()).await;
        }
    }

    /// One connection, from hello to its end.
    async fn listen(&mut self) -> Result<std::convert::Infallible, Lost> {
        let silence = self.pace.silence;
        let quiet = |_| Lost::Silence(silence);
        let mut socket = timeout(silence, self.connect()).await.map_err(quiet)??;
        let hello = frame::hello(&self.wish, self.known.as_ref());
        let sent = socket.send(Message::Text(hello.into()));
        timeout(silence, sent).await.map_err(quiet)??;
        loop {
            let text = timeout(silence, word(&mut socket)).await.map_err(quiet)??;
            self.take(&text)?;
        }
    }

    async fn connect(&self) -> Result<Socket, tungstenite::Error> {
        let bearer = format!("Bearer {}", self.wish.token);
        let request =
            ClientRequestBuilder::new(self.uri.clone()).with_header("Authorization", bearer);
        let config = WebSocketConfig::default()
            .max_message_size(Some(MESSAGE_MAX))
            .max_frame_size(Some(MESSAGE_MAX))
            .write_buffer_size(0)
            .max_write_buffer_size(SEND_MAX);
        let (socket, _) = connect_async_with_config(request, Some(config), true).await?;
        Ok(socket)
    }

    /// Takes a beat or a view; a view that is not newer tells only that the server lives.
    fn take(&mut self, text: &str) -> Result<(), Lost> {
        let at = match frame::read::<V>(text, self.wish.topic)? {
            Frame::Beat { at } => at,
            Frame::View { log, seq, at, view } => {
                if frame::is_news(self.known.as_ref(), &log, seq) {
                    self.known = Some((log, seq));
                    self.views.send_replace(Some(Arc::new(view)));
                }
                at
            }
        };
        self.line.send_replace(Line {
            up: true,
            at: Some(at),
            heard_ms: monotonic_ms(),
        });
        Ok(())
    }
}

/// The next text. Only a view or a beat counts as life: a proxy's pings cannot hide a dead server.
async fn word(socket: &mut Socket) -> Result<Utf8Bytes, Lost> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(text),
            Some(Ok(Message::Close(_))) | None => return Err(Lost::Closed),
            Some(Ok(
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
            )) => (),
            Some(Err(fault)) => return Err(fault.into()),
        }
    }
}

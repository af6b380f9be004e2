//! Board sockets: how long after a change is answered the last of them has it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use futures_util::{SinkExt, StreamExt};
use link::clock;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::client::{Connection, Wish, last_number};
use super::figures::Times;

/// Frames on their way to the count. Ours: four for each of a thousand sockets.
const FRAMES: usize = 4096;
/// Between two changes: longer than the pace of one socket, so that a frame is never held back.
const BETWEEN: Duration = Duration::from_millis(260);
/// A socket without a frame for so long has lost it.
const LOST: Duration = Duration::from_secs(10);

/// What one socket has received.
struct Frame {
    socket: usize,
    seq: u64,
    at: Instant,
}

/// Many open sockets of one hall's board.
pub(super) struct Sockets {
    frames: mpsc::Receiver<Frame>,
    seqs: Vec<u64>,
}

impl Sockets {
    pub(super) async fn open(
        address: SocketAddr,
        (hall, token): (&str, &str),
        count: usize,
    ) -> anyhow::Result<Self> {
        let (sender, frames) = mpsc::channel(FRAMES);
        for socket in 0..count {
            let stream = connect(address, hall, token).await;
            let stream = stream.with_context(|| format!("socket {}", socket + 1))?;
            tokio::spawn(listen(stream, socket, sender.clone()));
        }
        let seqs = vec![0; count];
        let mut sockets = Self { frames, seqs };
        sockets.wait_for(1).await?;
        Ok(sockets)
    }

    /// The moment when the last socket had a frame of `seq` or later.
    async fn wait_for(&mut self, seq: u64) -> anyhow::Result<Instant> {
        let mut last = clock::monotonic_now();
        let mut missing = self.seqs.iter().filter(|has| **has < seq).count();
        while missing > 0 {
            let frame = timeout(LOST, self.frames.recv()).await;
            let Ok(Some(frame)) = frame else {
                bail!("{missing} sockets have not heard of row {seq}")
            };
            let Some(has) = self.seqs.get_mut(frame.socket) else {
                continue;
            };
            if *has < seq && frame.seq >= seq {
                missing -= 1;
                last = frame.at;
            }
            *has = frame.seq;
        }
        Ok(last)
    }

    /// Numbers taken one at a time; for each, from its answer to the last socket's frame.
    pub(super) async fn hear(
        &mut self,
        (address, token): (SocketAddr, &str),
        hall: &str,
        changes: usize,
    ) -> anyhow::Result<Times> {
        let mut connection = Connection::open(address, token).await?;
        let path = format!("/api/v1/halls/{hall}/tickets");
        let mut times = Times::default();
        for change in 0..changes {
            tokio::time::sleep(BETWEEN).await;
            let key = format!("hear-{change}");
            let body = r#"{"service":"A","class":"ordinary","channel":"kiosk"}"#;
            let answer = connection.ask(Wish::post(&path, &key, body)).await?;
            let answered = clock::monotonic_now();
            ensure!(answer.status == 201, "{}", answer.body);
            let seq = answer.seq().context("the answer has no seq")?;
            let last = self.wait_for(seq).await?;
            times.add(last.saturating_duration_since(answered));
        }
        Ok(times)
    }
}

type Socket = WebSocketStream<TcpStream>;

async fn connect(address: SocketAddr, hall: &str, token: &str) -> anyhow::Result<Socket> {
    let url = format!("ws://{address}/api/v1/halls/{hall}/live");
    let mut request = url.into_client_request()?;
    let bearer = format!("Bearer {token}").parse()?;
    request.headers_mut().insert("authorization", bearer);
    let stream = TcpStream::connect(address).await?;
    let (mut socket, _) = client_async(request, stream).await?;
    let hello = r#"{"hello":{"topic":"board","key":null,"log":null,"seq":0}}"#;
    socket.send(Message::text(hello)).await?;
    Ok(socket)
}

async fn listen(mut stream: Socket, socket: usize, frames: mpsc::Sender<Frame>) {
    while let Some(Ok(message)) = stream.next().await {
        let Ok(text) = message.to_text() else {
            continue;
        };
        if text.starts_with(r#"{"beat""#) {
            continue;
        }
        let at = clock::monotonic_now();
        let seq = last_number(text, "seq").unwrap_or(0);
        if frames.send(Frame { socket, seq, at }).await.is_err() {
            return;
        }
    }
}

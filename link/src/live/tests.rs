//! Against a real WebSocket server on loopback.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async};

use super::*;

const AT: &str = "2026-11-24T09:00:00+08:00";
const FAST: Pace = Pace {
    silence: Duration::from_millis(400),
    wait_min: Duration::from_millis(20),
    wait_max: Duration::from_millis(60),
};

struct Server {
    listener: TcpListener,
}

struct Caller {
    socket: WebSocketStream<TcpStream>,
    hello: Value,
}

impl Server {
    async fn start() -> (Self, Live<Value>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let wish = Wish {
            server: format!("http://{address}/"),
            hall: "centre".to_owned(),
            token: "secret".to_owned(),
            topic: Topic::Board,
            key: None,
        };
        let live = follow_at(wish, FAST).expect("an address");
        (Self { listener }, live)
    }

    async fn accept(&self) -> Caller {
        let (stream, _) = self.listener.accept().await.expect("a connection");
        let mut socket = accept_async(stream).await.expect("a WebSocket");
        let first = socket.next().await.expect("a message").expect("a hello");
        let hello: Value = serde_json::from_str(first.to_text().expect("text")).expect("JSON");
        let hello = hello["hello"].clone();
        Caller { socket, hello }
    }
}

impl Caller {
    async fn say(&mut self, text: String) {
        let sent = self.socket.send(Message::Text(text.into())).await;
        sent.expect("the client listens");
    }

    async fn view(&mut self, log: &str, seq: u64) {
        let board = format!(r#"{{"log":"{log}","seq":{seq}}}"#);
        self.say(format!(
            r#"{{"log":"{log}","seq":{seq},"at":"{AT}","board":{board}}}"#
        ))
        .await;
    }

    async fn beat(&mut self) {
        self.say(format!(r#"{{"beat":{{"seq":1,"at":"{AT}"}}}}"#))
            .await;
    }
}

async fn until(live: &mut Live<Value>, log: &str, seq: u64) {
    let wanted = |view: &Option<Arc<Value>>| {
        view.as_ref()
            .is_some_and(|view| view["log"] == log && view["seq"] == seq)
    };
    let seen = live.views.wait_for(wanted);
    let seen = timeout(Duration::from_secs(5), seen).await;
    seen.expect("in time").expect("the follower runs");
}

async fn until_line(live: &mut Live<Value>, up: bool) {
    let seen = live.line.wait_for(|line| line.up == up);
    let seen = timeout(Duration::from_secs(5), seen).await;
    seen.expect("in time").expect("the follower runs");
}

#[tokio::test]
async fn a_hello_after_a_loss_says_what_is_known() {
    let (server, mut live) = Server::start().await;
    let mut caller = server.accept().await;
    assert_eq!(caller.hello["topic"], "board");
    assert_eq!(caller.hello["seq"], 0);
    assert_eq!(caller.hello["log"], Value::Null);
    caller.view("one", 7).await;
    until(&mut live, "one", 7).await;
    drop(caller);
    let caller = server.accept().await;
    assert_eq!(caller.hello["log"], "one");
    assert_eq!(caller.hello["seq"], 7);
}

#[tokio::test]
async fn silence_is_a_loss_and_a_beat_is_life() {
    let (server, mut live) = Server::start().await;
    let mut caller = server.accept().await;
    caller.view("one", 1).await;
    until_line(&mut live, true).await;
    // Two beats carry it past one silence.
    for _ in 0..2 {
        tokio::time::sleep(FAST.silence * 2 / 3).await;
        caller.beat().await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(live.line.borrow().up, "beats keep the line up");
    let at = live.line.borrow().at.expect("a time");
    assert_eq!(at.to_rfc3339(), AT);
    // Pings are not beats.
    let pings = caller.socket.send(Message::Ping(Vec::new().into()));
    pings.await.expect("the client listens");
    until_line(&mut live, false).await;
    assert!(live.views.borrow().is_some(), "the last view stays known");
    let mut again = server.accept().await;
    again.beat().await;
    until_line(&mut live, true).await;
}

#[tokio::test]
async fn an_older_view_of_the_same_log_is_dropped() {
    let (server, mut live) = Server::start().await;
    let mut caller = server.accept().await;
    caller.view("one", 5).await;
    until(&mut live, "one", 5).await;
    caller.view("one", 4).await;
    caller.view("one", 5).await;
    caller.beat().await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(live.views.borrow().as_ref().expect("a view")["seq"], 5);
}

#[tokio::test]
async fn a_restored_server_with_a_new_log_replaces_the_view() {
    let (server, mut live) = Server::start().await;
    let mut caller = server.accept().await;
    caller.view("one", 900).await;
    until(&mut live, "one", 900).await;
    drop(caller);
    let mut caller = server.accept().await;
    caller.view("two", 3).await;
    until(&mut live, "two", 3).await;
}

#[tokio::test]
async fn nonsense_and_oversize_are_losses_and_never_views() {
    let (server, mut live) = Server::start().await;
    let mut caller = server.accept().await;
    caller.say(r#"{"window":{}}"#.to_owned()).await;
    let mut caller = server.accept().await;
    let board = "x".repeat(MESSAGE_MAX);
    caller
        .say(format!(
            r#"{{"log":"a","seq":1,"at":"{AT}","board":"{board}"}}"#
        ))
        .await;
    let mut caller = server.accept().await;
    assert!(live.views.borrow().is_none());
    caller.view("one", 1).await;
    until(&mut live, "one", 1).await;
}

#[tokio::test]
async fn a_dropped_follower_lets_go_of_the_socket() {
    let (server, live) = Server::start().await;
    let mut caller = server.accept().await;
    drop(live);
    let end = timeout(Duration::from_secs(5), caller.socket.next()).await;
    let end = end.expect("in time");
    assert!(!matches!(end, Some(Ok(Message::Text(_)))));
}

#[test]
fn the_address_is_sealed_when_the_server_is() {
    let wish = |server: &str| Wish {
        server: server.to_owned(),
        hall: "centre".to_owned(),
        token: String::new(),
        topic: Topic::Board,
        key: None,
    };
    assert_eq!(
        address(&wish("https://hall.example/")),
        "wss://hall.example/api/v1/halls/centre/live"
    );
    assert_eq!(
        address(&wish("http://10.0.0.5:8080")),
        "ws://10.0.0.5:8080/api/v1/halls/centre/live"
    );
}

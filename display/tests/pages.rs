//! The board's pages as a browser meets them: over HTTP, over their sockets, and in Chromium.
#![expect(clippy::expect_used, reason = "a test says what must hold")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::Html;
use axum::routing::get;
use display::{BoardSource, Config, router};
use futures_util::{SinkExt, StreamExt};
use hall::view::Board;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, accept_async, connect_async};

const LONG: Duration = Duration::from_secs(20);

fn board(seq: u64, number: &str) -> Board {
    let at = "2026-11-24T09:00:00+08:00";
    let board = json!({
        "log": "one", "seq": seq, "at": at, "pretend": false,
        "hall": {"code": "centre", "name": "示例大厅", "name_en": null},
        "day": {"date": "2026-11-24", "state": "in_session", "issuing": true,
                "opens_at": at, "closes_at": at},
        "after_hours": 0, "queues": [], "notices": [], "announce_times": 2,
        "calls": [{"ticket": "01938f00-0000-7000-8000-000000000001", "number": number,
                   "window": "3", "call": 1, "called_at": at, "announced_at": at,
                   "state": "called"}],
        "windows": [{"code": "3", "name": "3号窗口", "state": "calling", "paused": false,
                     "number": number, "text": null, "clerk": "张敏"}],
    });
    serde_json::from_value(board).expect("a board")
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn served() -> (watch::Sender<Arc<Board>>, SocketAddr) {
    let boards = watch::Sender::new(Arc::new(board(1, "A001")));
    let source = boards.clone();
    let find = move |hall: &str| (hall == "centre").then(|| source.subscribe());
    let address = serve(router(BoardSource::new(find))).await;
    (boards, address)
}

/// Status line, headers and body of one answer.
async fn ask(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a server");
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

type Page = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn open(address: SocketAddr, path: &str) -> Page {
    let (socket, _) = connect_async(format!("ws://{address}{path}"))
        .await
        .expect("a socket");
    socket
}

async fn hears(page: &mut Page, words: &str) {
    let heard = async {
        loop {
            let message = page
                .next()
                .await
                .expect("an open socket")
                .expect("a message");
            if message.to_text().is_ok_and(|text| text.contains(words)) {
                return;
            }
        }
    };
    timeout(LONG, heard).await.expect("heard in time");
}

#[tokio::test]
async fn a_board_is_a_page_and_everything_else_is_not_there() {
    let (_boards, address) = served().await;
    let page = ask(address, "/halls/centre/board").await;
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("A001"),
        "{page}"
    );
    let screen = ask(address, "/halls/centre/windows/3/screen").await;
    assert!(screen.starts_with("HTTP/1.1 200") && screen.contains("A001"));
    for path in [
        "/halls/other/board",
        "/halls/centre/windows/9/screen",
        "/halls/centre/windows/9/pad",
        "/voice/0.wav",
        "/voice/..%2F0.wav",
        "/assets/board/other.js",
    ] {
        let answer = ask(address, path).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn every_file_that_a_page_names_is_served() {
    let (_boards, address) = served().await;
    let page = ask(address, "/halls/centre/board").await;
    let pad = ask(address, "/halls/centre/windows/3/pad").await;
    assert!(
        pad.contains("data-ratings=\"/api/v1/halls/centre/windows/3/ratings\""),
        "{pad}"
    );
    let page = page + &pad;
    let named = page.split('"').filter(|part| part.starts_with("/assets/"));
    for path in named {
        let answer = ask(address, path).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}");
    }
}

#[tokio::test]
async fn a_page_hears_every_change_and_a_beat_and_the_end() {
    let (boards, address) = served().await;
    for path in [
        "/halls/centre/board/live",
        "/halls/centre/windows/3/screen/live",
        "/halls/centre/windows/3/pad/live",
    ] {
        let mut page = open(address, path).await;
        hears(&mut page, "id=\"live\"").await;
        boards.send_replace(Arc::new(board(2, "B002")));
        hears(&mut page, "B002").await;
        hears(&mut page, "beat ").await;
    }
}

/// A server that says one board to each caller and then is silent; heartbeats are not answered.
async fn caller(listener: &TcpListener) -> WebSocketStream<TcpStream> {
    let stream = loop {
        let (stream, _) = listener.accept().await.expect("a device");
        let mut begin = [0; 4];
        stream.peek(&mut begin).await.expect("a request");
        if &begin != b"POST" {
            break stream;
        }
    };
    let mut socket = accept_async(stream).await.expect("a socket");
    let hello = socket.next().await.expect("a message").expect("a hello");
    assert!(hello.to_text().expect("text").contains("\"board\""));
    socket
}

async fn say(socket: &mut WebSocketStream<TcpStream>, board: &Board) {
    let (log, seq, at) = (&board.log, board.seq, board.at);
    let frame = json!({"log": log, "seq": seq, "at": at, "board": board}).to_string();
    let sent = socket.send(Message::Text(frame.into())).await;
    sent.expect("the device listens");
}

#[tokio::test]
async fn a_boards_own_machine_says_when_it_lost_the_server_and_recovers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let server = listener.local_addr().expect("an address");
    let id = link::random::id(link::clock::machine_now());
    let data = std::env::temp_dir().join(format!("tidehall-board-{id}"));
    let display = display::start(Config {
        server: format!("http://{server}"),
        hall: "centre".to_owned(),
        token: "secret".to_owned(),
        listen: "127.0.0.1:0".parse().expect("an address"),
        data: data.clone(),
    })
    .await
    .expect("a board");
    let before = ask(display.address, "/").await;
    assert!(
        before.starts_with("HTTP/1.1 503") && before.contains("正在连接"),
        "{before}"
    );
    let mut socket = caller(&listener).await;
    say(&mut socket, &board(7, "A007")).await;
    wait_for_board(display.address).await;
    let mut page = open(display.address, "/live").await;
    hears(&mut page, "A007").await;
    drop(socket);
    hears(&mut page, "lost").await;
    let mut socket = caller(&listener).await;
    say(&mut socket, &board(8, "A008")).await;
    hears(&mut page, "A008").await;
    let clip = ask(display.address, "/voice/please.wav").await;
    assert!(clip.starts_with("HTTP/1.1 200") && clip.contains("max-age=3600"));
    display.stop().await;
    std::fs::remove_dir_all(data).expect("ours to remove");
}

async fn wait_for_board(address: SocketAddr) {
    let there = async {
        while !ask(address, "/").await.starts_with("HTTP/1.1 200") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(LONG, there).await.expect("a board in time");
}

const HARNESS: &str = "<!doctype html><meta charset=utf-8><p id=result>no script ran</p>\
                       <script type=module src=/queue.js></script>";

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_of_announcements_holds_in_a_browser() {
    let script = || async {
        let kind = [(CONTENT_TYPE, "text/javascript")];
        (kind, include_str!("queue.js"))
    };
    let assets = router(BoardSource::new(|_| None));
    let page = Router::new()
        .route("/", get(|| async { Html(HARNESS) }))
        .route("/queue.js", get(script))
        .merge(assets);
    let address = serve(page).await;
    let dom = tokio::task::spawn_blocking(move || chromium(&format!("http://{address}/"))).await;
    let dom = dom.expect("a browser");
    assert!(dom.contains("14 cases hold"), "{dom}");
}

/// The page's document after its scripts ran, by the Chromium that `test.sh` installs.
fn chromium(url: &str) -> String {
    let id = link::random::id(link::clock::machine_now());
    let profile: PathBuf = std::env::temp_dir().join(format!("tidehall-chromium-{id}"));
    let output = Command::new("chromium")
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
        ])
        .args(["--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(["--virtual-time-budget=5000", "--dump-dom", url])
        .output()
        .expect("chromium is installed");
    // The profile is in use for a moment longer now and then; the system cleans up what is left.
    let _ = std::fs::remove_dir_all(profile);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

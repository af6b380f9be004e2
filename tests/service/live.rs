//! The live socket: whole views, rising positions, and an end when the asker is shut out.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::house::{HALL, House};

/// Longer than a beat: what does not come in this time does not come.
const PATIENCE: Duration = Duration::from_secs(8);
/// Shut out within a second, and a little for the machine. **Source**: RELIABILITY S06.
const SHUT_OUT: Duration = Duration::from_millis(1500);

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn open(house: &House, token: &str, hello: Value) -> Self {
        let url = house.base.replace("http", "ws") + HALL + "/live";
        let mut request = url.into_client_request().expect("a request");
        let bearer = format!("Bearer {token}").parse().expect("a header");
        request.headers_mut().insert("authorization", bearer);
        let (mut socket, _) = connect_async(request).await.expect("a socket");
        let hello = Message::text(hello.to_string());
        socket.send(hello).await.expect("the hello is sent");
        Self(socket)
    }

    async fn board(house: &House, token: &str) -> Self {
        let hello = json!({ "hello": { "topic": "board", "key": null, "log": null, "seq": 0 } });
        Self::open(house, token, hello).await
    }

    async fn message(&mut self) -> Option<Message> {
        timeout(PATIENCE, self.0.next())
            .await
            .expect("in time")?
            .ok()
    }

    /// The next frame that is no beat.
    async fn frame(&mut self) -> Value {
        loop {
            let message = self.message().await.expect("an open socket");
            let text = message.to_text().expect("a text");
            assert!(text.len() <= 32 * 1024, "{} bytes", text.len());
            let frame: Value = serde_json::from_str(text).expect("JSON");
            if frame.get("beat").is_none() {
                return frame;
            }
        }
    }

    /// Why the socket was closed.
    async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.message().await {
                Some(Message::Close(Some(frame))) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Some(_) => (),
                None => return (0, String::new()),
            }
        }
    }
}

#[tokio::test]
async fn a_board_hears_the_whole_view_at_rising_positions() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let desk = house.a(Role::Clerk).await;
    desk.open("1", "c01").await;
    let display = house.token(Role::Display, Some("centre")).await;
    let mut socket = Socket::board(&house, &display).await;
    let first = socket.frame().await;
    assert_eq!(first["board"]["windows"][0]["state"], "idle");
    assert_eq!(first["seq"], first["board"]["seq"]);
    let mut last = first["seq"].as_u64().expect("a position");
    let ticket = desk.ticket("A").await;
    let called = desk.at("1", "calls", json!({})).await.good();
    let target = called["seq"].as_u64().expect("a position");
    let frame = loop {
        let frame = socket.frame().await;
        let seq = frame["seq"].as_u64().expect("a position");
        assert!(seq > last, "{seq} after {last}");
        assert_eq!(frame["log"], first["log"]);
        last = seq;
        if seq >= target {
            break frame;
        }
    };
    let call = &frame["board"]["calls"][0];
    assert_eq!((&call["ticket"], &call["call"]), (&ticket["id"], &json!(1)));
    assert_eq!(call["called_at"], crate::house::at("08:20:00"));
    house.stop().await;
}

#[tokio::test]
async fn staff_hear_windows_tickets_and_the_floor_and_devices_do_not() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let desk = house.a(Role::Clerk).await;
    let ticket = desk.ticket("A").await;
    for (topic, key, at) in [
        ("window", json!("1"), "/window/state"),
        ("ticket", ticket["id"].clone(), "/ticket/number"),
        ("floor", json!(null), "/floor"),
    ] {
        let hello = json!({ "hello": { "topic": topic, "key": key, "log": null, "seq": 0 } });
        let mut socket = Socket::open(&house, &desk.token, hello.clone()).await;
        let frame = socket.frame().await;
        assert!(frame.pointer(at).is_some(), "{topic}: {frame}");
        if topic != "window" {
            let display = house.token(Role::Display, None).await;
            let mut socket = Socket::open(&house, &display, hello).await;
            assert_eq!(socket.closed().await.0, 1008, "{topic}");
        }
    }
    house.stop().await;
}

#[tokio::test]
async fn a_socket_without_a_hello_is_closed() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Reader, None).await;
    for wrong in [
        json!({ "hi": 1 }),
        json!({ "hello": { "topic": "everything" } }),
        json!({ "hello": { "topic": "board", "colour": 1 } }),
        json!("hello"),
    ] {
        let mut socket = Socket::open(&house, &token, wrong.clone()).await;
        assert_eq!(socket.closed().await.0, 1008, "{wrong}");
    }
    house.stop().await;
}

#[tokio::test]
async fn a_quiet_socket_hears_beats() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Display, None).await;
    let mut socket = Socket::board(&house, &token).await;
    let seq = socket.frame().await["seq"].clone();
    for _ in 0..2 {
        let message = socket.message().await.expect("a beat");
        let beat: Value = serde_json::from_str(message.to_text().expect("a text")).expect("JSON");
        assert_eq!(beat["beat"]["seq"], seq);
        assert_eq!(
            beat["beat"]["at"],
            crate::house::at("08:00:00"),
            "the hall's time"
        );
    }
    house.stop().await;
}

#[tokio::test]
async fn a_revoked_token_loses_its_socket_within_a_second() {
    let house = House::with_hall(1).await;
    let system = house.a(Role::System).await;
    let wish = json!({ "role": "display", "hall": "centre" });
    let made = system.post("/api/v1/tokens", wish).await.good();
    let token = made["token"].as_str().expect("a token");
    let mut socket = Socket::board(&house, token).await;
    let neighbour = house.token(Role::Display, None).await;
    let mut other = Socket::board(&house, &neighbour).await;
    socket.frame().await;
    other.frame().await;
    let path = format!("/api/v1/tokens/{}", made["id"].as_str().expect("an id"));
    assert_eq!(system.delete(&path).await.status, 204);
    let closed = timeout(SHUT_OUT, socket.closed())
        .await
        .expect("within a second");
    assert_eq!(closed, (4401, "signed out".to_owned()));
    house.clock("08:20:00").await;
    assert_eq!(other.frame().await["board"]["day"]["state"], "lobby");
    house.stop().await;
}

#[tokio::test]
async fn a_token_revoked_beside_the_server_loses_its_socket_within_a_second() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Display, None).await;
    let mut socket = Socket::board(&house, &token).await;
    socket.frame().await;
    let beside = server::store::Store::open_tool(&house.folder.database()).await;
    let beside = beside.expect("the database opens beside the server");
    let tokens = beside.tokens().await.expect("tokens");
    let own = tokens
        .iter()
        .find(|token| token.role == "display")
        .expect("the token");
    beside.revoke_token(&own.id, 1).await.expect("revoked");
    let closed = timeout(SHUT_OUT, socket.closed())
        .await
        .expect("within a second");
    assert_eq!(closed.0, 4401);
    beside.close().await;
    house.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_gets_the_newest_view_next() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let desk = house.a(Role::Manager).await;
    let token = house.token(Role::Display, None).await;
    let mut socket = Socket::board(&house, &token).await;
    socket.frame().await;
    let mut last = Value::Null;
    for _ in 0..300 {
        last = desk.ticket("A").await["seq"].clone();
    }
    let mut frames = 0;
    loop {
        frames += 1;
        if socket.frame().await["seq"] == last {
            break;
        }
    }
    // At most five a second: far fewer views than changes, and the last one is always seen.
    assert!(frames < 150, "{frames} frames for 300 changes");
    house.stop().await;
}

#[tokio::test]
async fn a_large_hall_in_the_rush_fits_its_frame() {
    let house = House::with_hall(135).await;
    house.clock("08:20:00").await;
    let desk = house.a(Role::Clerk).await;
    for n in 1..=135 {
        desk.open(&n.to_string(), &format!("c{n:02}")).await;
        desk.ticket("A").await;
    }
    // Forty called at one moment is more than a hall of 135 windows sees; the others serve.
    for n in 1..=135 {
        let window = n.to_string();
        desk.at(&window, "calls", json!({})).await.good();
        if n > 40 {
            desk.at(&window, "arrivals", json!({})).await.good();
        }
    }
    let token = house.token(Role::Display, None).await;
    let mut socket = Socket::board(&house, &token).await;
    // The length is checked where frames are read.
    let frame = socket.frame().await;
    assert_eq!(
        frame["board"]["windows"].as_array().map(Vec::len),
        Some(135)
    );
    house.stop().await;
}

#[tokio::test]
async fn a_stopping_server_says_so_to_its_sockets() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Display, None).await;
    let mut socket = Socket::board(&house, &token).await;
    socket.frame().await;
    let (closed, _) = tokio::join!(socket.closed(), house.stop());
    assert_eq!(closed, (1012, "restart".to_owned()));
}

#[tokio::test]
async fn a_page_of_another_site_opens_no_socket() {
    let house = House::with_hall(1).await;
    let security = house.a(Role::Security).await;
    let body = json!({ "code": "li", "name": "李四", "roles": ["manager"], "hall": "centre" });
    let made = security.post("/api/v1/users", body).await.good();
    let password = json!({ "one_time_code": made["one_time_code"], "password": "12345678" });
    let path = "/api/v1/users/li/password";
    security.ask(Method::PUT, path, Some(password)).await;
    let sign_in = json!({ "user": "li", "password": "12345678" });
    let answer = security.post("/api/v1/session", sign_in).await;
    let cookie = answer
        .header("set-cookie")
        .split(';')
        .next()
        .expect("a cookie")
        .to_owned();
    for path in [
        format!("{HALL}/live"),
        "/halls/centre/floor/live".to_owned(),
    ] {
        for (origin, is_let_in) in [
            (Some("http://evil.example"), false),
            (None, false),
            (Some(house.base.as_str()), true),
        ] {
            let url = house.base.replace("http", "ws") + &path;
            let mut request = url.into_client_request().expect("a request");
            let headers = request.headers_mut();
            headers.insert("cookie", cookie.parse().expect("a header"));
            if let Some(origin) = origin {
                headers.insert("origin", origin.parse().expect("a header"));
            }
            let opened = connect_async(request).await;
            assert_eq!(opened.is_ok(), is_let_in, "{path} from {origin:?}");
        }
    }
    house.stop().await;
}

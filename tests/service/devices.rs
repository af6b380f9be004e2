//! Heartbeats, lost devices, and consoles that are gone.

use std::time::Duration;

use futures_util::StreamExt;
use hall::{Role, Timestamp};
use link::clock;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::house::{HALL, House, Someone};

const BEATS: &str = "/api/v1/devices/self/heartbeats";

/// The machine's clock, so many seconds on.
fn in_s(seconds: i64) -> Timestamp {
    clock::machine_now().plus_s(seconds)
}

async fn kinds(house: &House) -> Vec<Value> {
    let auditor = house.a(Role::Auditor).await;
    let journal = auditor.get(&format!("{HALL}/journal")).await;
    let rows = journal
        .text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a row"));
    rows.filter(|row| {
        row["kind"]
            .as_str()
            .is_some_and(|kind| kind.starts_with("device"))
    })
    .map(|row| json!([row["kind"], row["payload"]["kind"], row["payload"]["awake"]]))
    .collect()
}

#[tokio::test]
async fn a_device_that_sleeps_at_the_lobby_is_named() {
    let house = House::with_hall(1).await;
    let kiosk = Someone {
        house: &house,
        token: house.token(Role::Kiosk, Some("centre")).await,
    };
    let board = house.a(Role::Display).await;
    let said = json!({ "kind": "kiosk", "paper": "low", "cover": "closed", "unsynced": 2,
        "clock_skew_ms": -40 });
    assert_eq!(kiosk.post(BEATS, said).await.good()["every_s"], 15);
    board.post(BEATS, json!({})).await.refused(400, "malformed");
    board.post(BEATS, json!({ "hall": "centre" })).await.good();
    let manager = house.a(Role::Manager).await;
    manager
        .post(BEATS, json!({}))
        .await
        .refused(403, "not_your_role");
    kiosk
        .post("/api/v1/devices/another/heartbeats", json!({}))
        .await
        .refused(404, "not_found");
    let list = manager.get(&format!("{HALL}/devices")).await.good();
    let items = list["items"].as_array().expect("devices");
    assert_eq!(items.len(), 2);
    let shown = items
        .iter()
        .find(|item| item["kind"] == "kiosk")
        .expect("the kiosk");
    assert_eq!(
        (&shown["awake"], &shown["paper"]),
        (&json!(true), &json!("low"))
    );
    assert_eq!(
        (&shown["unsynced"], &shown["clock_skew_ms"]),
        (&json!(2), &json!(-40))
    );

    // The board beats on, the kiosk does not.
    let app = house.app();
    app.devices.look_around(app, in_s(40)).await;
    assert_eq!(kinds(&house).await.len(), 2, "nobody is lost within 45 s");
    app.devices.look_around(app, in_s(50)).await;
    board.post(BEATS, json!({ "hall": "centre" })).await.good();
    house.clock("08:15:00").await;
    let kinds = kinds(&house).await;
    assert!(
        kinds.contains(&json!(["device_noted", "kiosk", false])),
        "{kinds:?}"
    );
    assert!(
        kinds.contains(&json!(["device_asleep", "kiosk", null])),
        "{kinds:?}"
    );
    assert!(
        !kinds.contains(&json!(["device_asleep", "display", null])),
        "{kinds:?}"
    );
    house.stop().await;
}

#[tokio::test]
async fn a_console_that_is_gone_while_people_wait_is_a_lead() {
    let house = House::with_hall(1).await;
    house.clock("09:00:00").await;
    let clerk = house
        .token_as(Role::Clerk, Some("centre"), Some("c01"))
        .await;
    let clerk = Someone {
        house: &house,
        token: clerk,
    };
    clerk.open("1", "c01").await;
    clerk.ticket("A").await;
    let address = house.base.replace("http://", "ws://");
    let url = format!("{address}/halls/centre/windows/1/console/live");
    let mut request = url.into_client_request().expect("a request");
    let headers = request.headers_mut();
    let bearer = format!("Bearer {}", clerk.token).parse().expect("a header");
    headers.insert("authorization", bearer);
    headers.insert("origin", house.base.parse().expect("a header"));
    let (mut socket, _) = tokio_tungstenite::connect_async(request)
        .await
        .expect("a socket");
    socket.next().await.expect("a message").expect("the page");

    let app = house.app();
    let later = |seconds| clock::monotonic_now() + Duration::from_secs(seconds);
    let absent = async || {
        let window = clerk.get(&format!("{HALL}/windows/1")).await.good();
        window["absent_since"].clone()
    };
    app.consoles.look_around(app, later(300)).await;
    assert_eq!(absent().await, Value::Null, "the console is there");
    socket.close(None).await.expect("it closes");
    drop(socket);
    // The server notices the close in its own time.
    while app.consoles.count() > 0 {
        tokio::task::yield_now().await;
    }
    app.consoles.look_around(app, later(100)).await;
    assert_eq!(absent().await, Value::Null, "the server has just started");
    app.consoles.look_around(app, later(300)).await;
    assert_eq!(absent().await, crate::house::at("09:00:00"));
    house.stop().await;
}

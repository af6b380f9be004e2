//! Waits: foreseen off the path of calls, told on every way, and kept with the number.

use std::time::Duration;

use hall::Role;
use serde_json::{Value, json};

use crate::house::{HALL, House, Someone};

/// A look ahead under a pretended clock comes within a tenth of a second; a busy machine gets more.
const BETWEEN: Duration = Duration::from_millis(20);
const LOOKS: usize = 500;

async fn menu_wait(someone: &Someone<'_>, service: usize) -> Value {
    let menu = someone.get(&format!("{HALL}/menu")).await.good();
    menu["services"][service]["wait"].clone()
}

/// The wait told for the first service, once it is `wanted`.
async fn wait_that(someone: &Someone<'_>, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut wait = Value::Null;
    for _ in 0..LOOKS {
        wait = menu_wait(someone, 0).await;
        if wanted(&wait) {
            return wait;
        }
        tokio::time::sleep(BETWEEN).await;
    }
    panic!("the wait stays {wait}");
}

#[tokio::test]
async fn a_wait_is_told_everywhere_and_kept_with_the_number() {
    let house = House::with_hall(1).await;
    house.clock("09:00:00").await;
    let manager = house.a(Role::Manager).await;
    let nobody_there = menu_wait(&manager, 0).await;
    assert_eq!(nobody_there, Value::Null, "no window is open: 暂无法估计");
    manager.open("1", "c01").await;
    let idle = wait_that(&manager, |wait| !wait.is_null()).await;
    assert_eq!(idle, json!({ "p50_min": 0, "p90_min": 5 }));
    manager
        .at("1", "calls", json!({}))
        .await
        .refused(409, "nobody_waiting");
    for _ in 0..6 {
        manager.ticket("A").await;
    }
    wait_that(&manager, |wait| wait["p50_min"].as_u64() >= Some(30)).await;
    let ticket = manager.ticket("A").await;
    // Another look may have come since the menu was read.
    let long = ticket["wait"].clone();
    assert!(long["p50_min"].as_u64() >= Some(30), "{long}");
    let path = format!("{HALL}/tickets/{}", ticket["id"].as_str().expect("an id"));
    let slip = manager.get(&format!("{path}/slip")).await.good();
    assert_eq!(slip["wait"], long);
    let floor = manager.get(&format!("{HALL}/floor")).await.good();
    assert_eq!(floor["queues"][0]["service"], "A");
    assert!(floor["queues"][0]["wait"]["p90_min"].as_u64() > Some(30));
    let board = manager.get(&format!("{HALL}/board")).await.good();
    assert!(board["queues"][0]["wait"]["p90_min"].as_u64() > Some(30));
    let token = ticket["token"].as_str().expect("a token");
    let phone = manager
        .get(&format!("/api/v1/public/tickets/{token}"))
        .await
        .good();
    assert!(phone["wait"]["p90_min"].as_u64() > Some(30));
    let auditor = house.a(Role::Auditor).await;
    let journal = auditor
        .get(&format!("{HALL}/journal?after=0&limit=500"))
        .await
        .text;
    let issued: Vec<Value> = journal
        .lines()
        .map(|row| serde_json::from_str(row).expect("a row"))
        .filter(|row: &Value| row["kind"] == "ticket_issued")
        .collect();
    let last = &issued.last().expect("numbers were given")["payload"];
    assert_eq!(last["wait"], long);
    assert!(last["reckoned"]["p50_s"].as_u64() > Some(25 * 60));
    house.stop().await;
}

#[tokio::test]
async fn a_paused_only_window_makes_the_wait_longer() {
    let house = House::with_hall(1).await;
    house.clock("09:00:00").await;
    let manager = house.a(Role::Manager).await;
    manager.open("1", "c01").await;
    wait_that(&manager, |wait| wait["p50_min"] == 0).await;
    let pause = json!({ "reason": "meeting", "back_in_min": 30 });
    manager
        .put(&format!("{HALL}/windows/1/pause"), pause)
        .await
        .good();
    // Back in half an hour, so nobody is told less.
    wait_that(&manager, |wait| {
        wait.is_null() || wait["p50_min"].as_u64() >= Some(30)
    })
    .await;
    house.stop().await;
}

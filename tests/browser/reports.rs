//! The page of reports after three worked days: charts that can be read, on a desk and on a phone.

use std::time::Duration;

use serde_json::{Value, json};

use crate::pictures::picture;
use crate::world::{Browser, World};

const HALL: &str = "/api/v1/halls/centre";
/// Windows that are open.
const WINDOWS: u32 = 6;
/// Numbers taken in each ten minutes of a morning.
const WAVE: [usize; 15] = [4, 9, 12, 10, 8, 6, 4, 4, 3, 3, 2, 2, 1, 1, 0];

/// A visit is faster here than people are; the limit of requests stays in force.
const BREATH: Duration = Duration::from_millis(3);

async fn post(world: &World, path: &str, body: Value) -> bool {
    tokio::time::sleep(BREATH).await;
    let key = link::random::id(link::clock::machine_now()).to_string();
    let path = format!("{HALL}/{path}");
    let done: Result<Value, _> = world.manager.post(&path, &key, &body).await;
    done.is_ok()
}

/// Every window serves whom it called before, and calls the next; whether anybody was there.
async fn serve(world: &World) -> bool {
    let mut anybody = false;
    for window in 1..=WINDOWS {
        let done = json!({ "outcome": "done_on_the_spot" });
        anybody |= post(world, &format!("windows/{window}/completions"), done).await;
        anybody |= post(world, &format!("windows/{window}/calls"), json!({})).await;
        post(world, &format!("windows/{window}/arrivals"), json!({})).await;
    }
    anybody
}

async fn a_morning(world: &World, extra: usize) {
    for window in 1..=WINDOWS {
        world
            .open_window(&window.to_string(), &format!("c{window:02}"))
            .await;
    }
    for (turn, count) in WAVE.iter().enumerate() {
        for visitor in 0..count + extra.min(*count) {
            let service = ["A", "B", "C", "D"][(turn + visitor) % 4];
            world.issue(service).await;
        }
        serve(world).await;
        world.pass(300).await;
        serve(world).await;
        world.pass(300).await;
    }
    if extra > 0 {
        world.pause_window("2").await;
        world.pass(900).await;
        assert!(put_resume(world, "2").await, "it goes on");
    }
    while serve(world).await {
        world.pass(240).await;
    }
}

async fn put_resume(world: &World, window: &str) -> bool {
    let key = link::random::id(link::clock::machine_now()).to_string();
    let path = format!("{HALL}/windows/{window}/pause");
    world.manager.delete::<Value>(&path, &key).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_can_be_read_on_a_desk_and_on_a_phone() {
    let world = World::open("reports").await;
    for extra in [0, 2, 1] {
        a_morning(&world, extra).await;
        world.pass_to("17:05").await;
        assert!(
            post(&world, "day/settlements", json!({})).await,
            "it is settled"
        );
        world.pass_to("08:40").await;
    }
    world.enter("boss", "manager", None).await;
    let clock: Value = world.manager.get("/api/v1/clock").await.expect("the clock");
    let today = clock["now"].as_str().and_then(|now| now.get(..10));
    let today: chrono::NaiveDate = today.expect("a moment").parse().expect("a date");
    let (from, to) = (today - chrono::Days::new(6), today);
    let page = format!(
        "{}/halls/centre/reports?from={from}&to={to}&by=day",
        world.base
    );
    let desk = Browser::open(1366, 2600).await;
    let floor = format!("{}/halls/centre/floor", world.base);
    desk.sign_in_as("boss", &floor).await;
    desk.go(&page).await;
    desk.sees("#said", "办结").await;
    desk.find("#trend svg polyline.line").await;
    desk.find("#hours svg rect").await;
    desk.find("#waits svg rect.bar-block").await;
    picture(&desk, "reports").await;
    let strip = format!("{}/halls/centre/reports/windows/2?day=", world.base);
    let worked = today - chrono::Days::new(2);
    desk.go(&format!("{strip}{worked}")).await;
    desk.find("#strip svg rect").await;
    picture(&desk, "reports-window").await;
    desk.close().await;
    let phone = Browser::open(390, 1560).await;
    phone.sign_in_as("boss", &floor).await;
    phone.go(&page).await;
    phone.sees("#said", "办结").await;
    picture(&phone, "reports-phone").await;
    phone.close().await;
    world.close().await;
}

//! A day again: the hall at any moment of it is the hall that was seen then.

use hall::Role;
use serde_json::{Value, json};

use crate::house::{HALL, House, Someone, at};

/// What a replay must show again: the parts of board and floor that the journal alone makes.
fn seen(board: &Value, floor: &Value) -> Value {
    let without_waits = |queues: &Value| {
        let mut queues = queues.clone();
        for queue in queues.as_array_mut().into_iter().flatten() {
            queue["wait"] = Value::Null;
        }
        queues
    };
    json!({
        "calls": board["calls"], "windows": board["windows"], "seq": board["seq"],
        "queues": without_waits(&board["queues"]), "day": board["day"],
        "floor_windows": floor["windows"].as_array().map(|windows| {
            windows.iter().map(|one| json!({
                "code": one["code"], "state": one["state"], "clerk": one["clerk"],
                "pause": one["pause"], "number": one["ticket"]["number"],
            })).collect::<Vec<_>>()
        }),
        "totals": floor["totals"], "balance": floor["day"]["balance"],
    })
}

async fn now_seen(manager: &Someone<'_>) -> Value {
    let board = manager.get(&format!("{HALL}/board")).await.good();
    let floor = manager.get(&format!("{HALL}/floor")).await.good();
    seen(&board, &floor)
}

async fn replayed(who: &Someone<'_>, moment: &str) -> Value {
    let moment = moment.replace('+', "%2B");
    let date = &moment[..10];
    let path = format!("{HALL}/replays/{date}?at={moment}");
    let view = who.get(&path).await.good();
    seen(&view["board"], &view["floor"])
}

/// A morning with a call, a pause, a transfer and a finish; after each, what was seen then.
async fn morning(house: &House) -> Vec<(String, Value)> {
    let manager = house.a(Role::Manager).await;
    let mut moments = Vec::new();
    let steps: [(&str, &str, Value); 9] = [
        ("08:20:00", "ticket", json!("A")),
        ("08:22:00", "ticket", json!("B")),
        ("08:31:00", "open", json!(["1", "c01"])),
        ("08:32:00", "open", json!(["2", "c02"])),
        ("08:33:00", "calls", json!("1")),
        ("08:34:00", "arrivals", json!("1")),
        ("08:36:00", "pause", json!("2")),
        ("08:41:00", "completions", json!("1")),
        ("08:47:00", "resume", json!("2")),
    ];
    for (time, what, with) in steps {
        house.clock(time).await;
        let window = with.as_str().unwrap_or_default();
        let pause = format!("{HALL}/windows/{window}/pause");
        match what {
            "ticket" => drop(manager.ticket(window).await),
            "open" => {
                let [window, clerk] = [0, 1].map(|i| with[i].as_str().expect("a code"));
                manager.open(window, clerk).await;
            }
            "pause" => {
                let body = json!({ "reason": "fetch", "back_in_min": 5, "cover": null });
                manager.put(&pause, body).await.good();
            }
            "resume" => drop(manager.delete(&pause).await.good()),
            "completions" => {
                let body = json!({ "outcome": "done_on_the_spot" });
                manager.at(window, what, body).await.good();
            }
            act => drop(manager.at(window, act, json!({})).await.good()),
        }
        moments.push((at(time), now_seen(&manager).await));
    }
    moments
}

#[tokio::test]
async fn the_hall_of_every_moment_is_the_hall_that_was_seen_then() {
    let house = House::with_hall(2).await;
    let moments = morning(&house).await;
    let inspector = house.a(Role::Inspector).await;
    // The day under way, forwards and back.
    for (moment, then) in moments.iter().chain(moments.iter().rev()) {
        assert_eq!(&replayed(&inspector, moment).await, then, "{moment}");
    }
    // More rows of the same day are taken in.
    house.clock("08:50:00").await;
    let manager = house.a(Role::Manager).await;
    manager.ticket("A").await;
    let then = now_seen(&manager).await;
    assert_eq!(replayed(&inspector, &at("08:50:00")).await, then);
    // The day after, with the first one still open, both days are as they were.
    house.clock_to("2026-11-24T08:20:00+08:00").await;
    manager.ticket("B").await;
    let next = now_seen(&manager).await;
    assert_eq!(
        replayed(&inspector, "2026-11-24T08:20:00+08:00").await,
        next
    );
    for (moment, then) in &moments {
        assert_eq!(&replayed(&inspector, moment).await, then, "{moment}");
    }
    let folder = house.stop().await;
    // A server that has just started folds the same.
    let wishes = crate::house::Wishes::default();
    let house = House::start(folder, wishes).await.expect("it starts");
    let auditor = house.a(Role::Auditor).await;
    assert_eq!(replayed(&auditor, "2026-11-24T08:20:00+08:00").await, next);
    let (moment, then) = &moments[5];
    assert_eq!(&replayed(&auditor, moment).await, then);
    house.stop().await;
}

#[tokio::test]
async fn a_moment_tells_what_led_to_it_and_the_events_beside_it() {
    let house = House::with_hall(2).await;
    morning(&house).await;
    let auditor = house.a(Role::Auditor).await;
    let moment = at("08:36:30").replace('+', "%2B");
    let path = format!("{HALL}/replays/2026-11-23?at={moment}");
    let view = auditor.get(&path).await.good();
    assert_eq!(view["before_at"], at("08:34:00"));
    assert_eq!(view["at"], at("08:36:30"));
    let told = view["decisions"].as_array().expect("facts").iter();
    let pause = told.clone().find(|fact| fact["kind"] == "window_paused");
    let pause = pause.expect("the pause is told");
    assert_eq!(
        pause["text"]["zh"],
        "2号窗口:设置“暂停服务”(取件),预计08:41返回"
    );
    assert_eq!(pause["at"], at("08:36:00"));
    let seqs: Vec<_> = told.filter_map(|fact| fact["seq"].as_u64()).collect();
    assert!(seqs.is_sorted_by(|a, b| a > b), "newest first: {seqs:?}");
    let first = auditor
        .get(&format!("{HALL}/replays/2026-11-23"))
        .await
        .good();
    assert_eq!(first["at"], first["from"]);
    assert_eq!(first["to"], at("08:47:00"));
    house.stop().await;
}

#[tokio::test]
async fn days_without_rows_and_moments_of_other_days_are_named() {
    let house = House::with_hall(1).await;
    morning_of_one(&house).await;
    let manager = house.a(Role::Manager).await;
    for date in ["2026-11-22", "2026-11-24", "2020-01-01"] {
        let answer = manager.get(&format!("{HALL}/replays/{date}")).await;
        answer.refused(404, "not_found");
        let page = manager.get(&format!("/halls/centre/replay/{date}")).await;
        assert_eq!(page.status, 404, "{date}");
    }
    for (path, field) in [
        ("2026-13-01", "date"),
        ("yesterday", "date"),
        ("2026-11-23?at=10:05", "at"),
        ("2026-11-23?at=2026-11-24T08:00:00%2B08:00", "at"),
        ("2026-11-23?when=now", "query"),
    ] {
        let answer = manager.get(&format!("{HALL}/replays/{path}")).await;
        assert_eq!(answer.refused(400, "malformed")["field"], field, "{path}");
    }
    let clerk = house.a(Role::Clerk).await;
    let answer = clerk.get(&format!("{HALL}/replays/2026-11-23")).await;
    answer.refused(403, "not_your_role");
    house.stop().await;
}

async fn morning_of_one(house: &House) {
    house.clock("08:20:00").await;
    house.a(Role::Manager).await.ticket("A").await;
}

#[tokio::test]
async fn the_page_shows_a_moment_and_its_part_alone() {
    let house = House::with_hall(2).await;
    morning(&house).await;
    let inspector = house.a(Role::Inspector).await;
    let page = inspector
        .get("/halls/centre/replay/2026-11-23?at=08:36:30")
        .await;
    assert_eq!(page.status, 200);
    for word in [
        "type=\"range\"",
        "暂停服务",
        "08:36:30",
        "60×",
        "下一事件",
        "设置“暂停服务”(取件)",
    ] {
        assert!(page.text.contains(word), "{word}");
    }
    let part = inspector
        .get("/halls/centre/replay/2026-11-23?at=08:33&part=live")
        .await;
    assert!(part.text.starts_with("<main id=\"live\""), "{}", part.text);
    assert!(part.text.contains("呼叫中") && !part.text.contains("type=\"range\""));
    let wrong = inspector
        .get("/halls/centre/replay/2026-11-23?at=soon")
        .await;
    assert_eq!(wrong.status, 400);
    house.stop().await;
}

#[tokio::test]
async fn scrubbing_answers_within_a_tenth_of_a_second() {
    let house = House::with_hall(3).await;
    house.clock("08:31:00").await;
    let manager = house.a(Role::Manager).await;
    for (window, clerk) in [("1", "c01"), ("2", "c02"), ("3", "c03")] {
        manager.open(window, clerk).await;
    }
    for round in 0..300 {
        if round % 10 == 0 {
            // From 08:31 to 09:00, so that every minute has its rows.
            let minute = 31 + round / 10;
            house
                .clock(&format!("{:02}:{:02}:00", 8 + minute / 60, minute % 60))
                .await;
        }
        manager.ticket("A").await;
        manager.at("1", "calls", json!({})).await.good();
        manager.at("1", "arrivals", json!({})).await.good();
        let body = json!({ "outcome": "done_on_the_spot" });
        manager.at("1", "completions", body).await.good();
    }
    house.clock("10:00:00").await;
    let first = manager
        .get(&format!("{HALL}/replays/2026-11-23"))
        .await
        .good();
    let last = first["to"].as_str().expect("a moment").to_owned();
    let mut lengths = Vec::new();
    for minute in 31..60 {
        let began = link::clock::monotonic_now();
        let moment = at(&format!("08:{minute}:00"));
        replayed(&manager, &moment).await;
        lengths.push(began.elapsed().as_millis());
    }
    let seq = manager.get(HALL).await.good()["seq"]
        .as_u64()
        .expect("a seq");
    assert!(seq > 1200, "{seq} rows up to {last}");
    // One that waited for another program of the machine is no measure.
    lengths.sort_unstable();
    let [middle, slowest] = [lengths[14], lengths[28]];
    assert!(
        middle < 100,
        "{middle} ms, at most {slowest} ms, over {seq} rows"
    );
    house.stop().await;
}

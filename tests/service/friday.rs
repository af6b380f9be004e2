//! A whole Friday: 200 visitors, 37 of them still waiting at closing, and nobody is lost.

use hall::evidence::MetricsFold;
use hall::{Event, Role, Timestamp};
use serde_json::{Value, json};

use crate::house::{HALL, House, Someone};

const FRIDAY: &str = "2026-11-27";
/// Visitors of the day.
const VISITORS: usize = 200;
/// Visitors still waiting when issuing ends.
const LEFT: usize = 37;

async fn clock(house: &House, time: &str) {
    house.clock_to(&format!("{FRIDAY}T{time}+08:00")).await;
}

/// Calls, serves and finishes the next one; its number, none when nobody waits.
async fn serve(desk: &Someone<'_>, window: &str) -> Option<String> {
    let called = desk.at(window, "calls", json!({})).await;
    if called.code() == "nobody_waiting" {
        return None;
    }
    let number = called.good()["number"].as_str()?.to_owned();
    desk.at(window, "arrivals", json!({})).await.good();
    let done = json!({ "outcome": "done_on_the_spot" });
    desk.at(window, "completions", done).await.good();
    Some(number)
}

async fn figure(reader: &Someone<'_>, code: &str) -> Value {
    let path = format!("{HALL}/metrics?from={FRIDAY}&to={FRIDAY}");
    let metrics = reader.get(&path).await.good();
    let figures = metrics["figures"].as_array().expect("figures").clone();
    let found = figures.into_iter().find(|figure| figure["code"] == code);
    found.unwrap_or_else(|| panic!("no figure {code}"))
}

#[tokio::test]
async fn a_friday_with_two_hundred_visitors_ends_with_everyone_accounted_for() {
    let house = House::with_hall(3).await;
    let (manager, desk) = (house.a(Role::Manager).await, house.a(Role::Clerk).await);
    clock(&house, "08:15:00").await;
    for (window, clerk) in [("1", "c01"), ("2", "c02"), ("3", "c03")] {
        desk.open(window, clerk).await;
    }
    clock(&house, "09:00:00").await;
    for _ in 0..VISITORS {
        manager.ticket("A").await;
    }
    for n in 0..VISITORS - LEFT {
        let window = ["1", "2", "3"][n % 3];
        assert!(serve(&desk, window).await.is_some());
    }
    clock(&house, "17:00:00").await;
    let day = manager.get(&format!("{HALL}/day")).await.good();
    assert_eq!(day["state"], "closing");
    assert_eq!(day["outstanding"].as_array().map(Vec::len), Some(LEFT));
    assert_eq!(day["outstanding"][0]["can_serve"], json!(["1", "2", "3"]));

    leave_and_cover(&house, &desk).await;

    let settle = format!("{HALL}/day/settlements");
    let refused = manager.post(&settle, json!({})).await;
    let refused = refused.refused(409, "tickets_outstanding");
    assert_eq!(refused["numbers"].as_array().map(Vec::len), Some(LEFT));
    clock(&house, "17:30:00").await;
    let mut after_hours = 0;
    while serve(&desk, "1").await.is_some() {
        after_hours += 1;
    }
    assert_eq!(after_hours, LEFT);
    let settled = manager.post(&settle, json!({})).await.good();
    let balance = json!({ "issued": VISITORS, "finished": VISITORS, "no_show": 0,
        "cancelled": 0, "carried_over": 0, "open": 0 });
    assert_eq!(settled["balance"], balance);
    figures_by_hand(&manager).await;
    api_equals_journal(&house, &manager).await;
    house.stop().await;
}

/// Two clerks leave, the third may not; a B role covers, and only then is the post free.
async fn leave_and_cover(house: &House, desk: &Someone<'_>) {
    for window in ["3", "2"] {
        let shift = format!("{HALL}/windows/{window}/shift");
        desk.delete(&shift).await.good();
    }
    let shift = format!("{HALL}/windows/1/shift");
    for _ in 0..2 {
        let last = desk.delete(&shift).await;
        let last = last.refused(409, "last_able_window");
        assert_eq!(last["tickets"].as_array().map(Vec::len), Some(LEFT));
        let zh = last["text"]["zh"].as_str().unwrap_or_default();
        assert!(zh.contains("A200"), "{zh}");
    }
    // c01 must go: c02 comes back to her own window, and takes over.
    desk.open("2", "c02").await;
    let pause = json!({ "reason": "urgent", "back_in_min": 20, "cover": "c02" });
    let path = format!("{HALL}/windows/1/pause");
    desk.put(&path, pause).await.good();
    clock(house, "17:05:00").await;
    let body = json!({ "window": "1", "clerk": "c02" });
    let covered = desk.post(&format!("{HALL}/covers"), body).await.good();
    assert_eq!(covered["clerk"]["code"], "c02");
    assert_eq!(covered["cover"]["away"]["code"], "c01");
    let own = desk.get(&format!("{HALL}/windows/2")).await.good();
    assert_eq!(
        (&own["state"], &own["pause"]["reason"]),
        (&json!("paused"), &json!("cover"))
    );
}

/// Worked out on paper from the times above.
async fn figures_by_hand(reader: &Someone<'_>) {
    for (code, value) in [
        ("issued", 200.0),
        ("finished", 200.0),
        ("no_show", 0.0),
        ("auto_voided", 0.0),
        ("early_open_ok", 1.0),
        ("ready_at_opening", 3.0),
        ("overtime_tickets", 37.0),
        ("overtime_served", 37.0),
        // 17:00 to 17:30.
        ("overtime_min", 30.0),
        // One pause, 17:00 to 17:05.
        ("pause_count", 1.0),
        ("pause_min", 5.0),
        ("cover_began", 1.0),
        // 163 are called at 09:00 where they came, 37 at 17:30: half past eight hours later.
        ("wait_p50", 0.0),
        ("wait_p90", 510.0),
        ("wait_max", 510.0),
    ] {
        assert_eq!(figure(reader, code).await["value"], value, "{code}");
    }
    let overtime = figure(reader, "overtime_served").await;
    assert_eq!(
        (&overtime["item"], &overtime["article"]),
        (&json!("F1"), &json!("第十三条"))
    );
    assert_eq!(
        overtime["by_window"],
        json!([{ "key": "1", "value": 37.0 }])
    );
    assert_eq!(figure(reader, "issued").await["item"], "none");
}

/// Folds the journal as the auditor reads it, and compares every figure.
async fn api_equals_journal(house: &House, manager: &Someone<'_>) {
    let auditor = house.a(Role::Auditor).await;
    let day = FRIDAY.parse().expect("a date");
    let mut fold = MetricsFold::new("Asia/Shanghai".parse().expect("a zone"), day, day);
    let mut after = 0;
    loop {
        let page = auditor.get(&format!("{HALL}/journal?after={after}")).await;
        if page.text.is_empty() {
            break;
        }
        for line in page.text.lines() {
            let row: Value = serde_json::from_str(line).expect("a row");
            let event = json!({ "kind": row["kind"], "payload": row["payload"] });
            let event: Event = serde_json::from_value(event).expect("an event");
            let at = row["at"].as_str().expect("a moment");
            let at = chrono::DateTime::parse_from_rfc3339(at).expect("a moment");
            after = row["seq"].as_u64().expect("a position");
            let actor = row["actor"].as_str().expect("an actor");
            fold.take(&event, actor, Timestamp(at.timestamp_millis()), after);
        }
    }
    let path = format!("{HALL}/metrics?from={FRIDAY}&to={FRIDAY}");
    let told = manager.get(&path).await.good();
    let folded = serde_json::to_value(fold.metrics()).expect("figures");
    assert_eq!(told, folded);
}

#[tokio::test]
async fn a_span_of_figures_has_its_limits() {
    let house = House::with_hall(1).await;
    let manager = house.a(Role::Manager).await;
    let get = |query: &'static str| manager.get(query);
    get("/api/v1/halls/centre/metrics?from=2025-01-01&to=2026-02-05")
        .await
        .refused(400, "malformed");
    get("/api/v1/halls/centre/metrics?from=2026-11-24&to=2026-11-23")
        .await
        .refused(400, "malformed");
    get("/api/v1/halls/centre/metrics?from=2025-01-01&to=2026-02-04")
        .await
        .good();
    house.stop().await;
}

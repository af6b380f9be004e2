//! Pauses, cover and lending under the clock.

use hall::Role;
use serde_json::{Value, json};

use crate::house::{DAY, HALL, House, Someone, plan};

/// Three windows for A and B; window 2 may be lent to the service C of window 3; c09 is the head.
async fn with_a_head() -> House {
    let house = House::empty().await;
    let mut plan = plan("centre", 3);
    let services = plan["services"].as_array_mut().expect("services");
    services.push(json!({ "code": "C", "name": "不动产登记" }));
    plan["windows"][2]["services"] = json!(["C"]);
    plan["windows"][2]["b"] = json!([]);
    plan["windows"][1]["tide"] = json!(["C"]);
    let clerks = plan["clerks"].as_array_mut().expect("clerks");
    clerks.push(json!({ "code": "c09", "name": "值班负责人", "head": true }));
    let system = house.a(Role::System).await;
    let path = format!("{HALL}/plan");
    system.put(&path, plan).await.good();
    house
}

async fn window(someone: &Someone<'_>, code: &str) -> Value {
    someone.get(&format!("{HALL}/windows/{code}")).await.good()
}

async fn alerts(manager: &Someone<'_>) -> Vec<String> {
    let floor = manager.get(&format!("{HALL}/floor")).await.good();
    let alerts = floor["alerts"].as_array().expect("alerts").iter();
    alerts
        .map(|alert| alert["kind"].as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn pause(desk: &Someone<'_>, window: &str) {
    let body = json!({ "reason": "urgent", "back_in_min": null, "cover": null });
    let path = format!("{HALL}/windows/{window}/pause");
    desk.put(&path, body).await.good();
}

#[tokio::test]
async fn a_pause_is_reminded_of_and_escalated_by_the_clock() {
    let house = with_a_head().await;
    house.clock("09:00:00").await;
    let (manager, desk) = (house.a(Role::Manager).await, house.a(Role::Clerk).await);
    desk.open("1", "c01").await;
    pause(&desk, "1").await;
    assert_eq!(alerts(&manager).await, ["no_return_time"]);
    house.clock("09:09:59").await;
    assert_eq!(alerts(&manager).await, ["no_return_time"]);
    house.clock("09:10:00").await;
    assert_eq!(alerts(&manager).await, ["pause_long"]);
    house.clock("09:30:00").await;
    assert_eq!(alerts(&manager).await, ["pause_over"]);
    house.stop().await;
}

#[tokio::test]
async fn cover_is_asked_lapses_and_goes_to_the_head() {
    let house = with_a_head().await;
    house.clock("09:00:00").await;
    let (manager, desk) = (house.a(Role::Manager).await, house.a(Role::Clerk).await);
    desk.open("1", "c01").await;
    desk.open("2", "c02").await;
    manager.ticket("A").await;
    pause(&desk, "1").await;
    let asked = window(&desk, "1").await;
    assert_eq!(asked["asked"]["clerk"]["code"], "c02");
    assert_eq!(asked["gap_since"], crate::house::at("09:00:00"));
    house.clock("09:05:00").await;
    let asked = window(&desk, "1").await;
    assert_eq!(asked["asked"]["clerk"]["code"], "c09");
    assert_eq!(asked["asked"]["head"], true);
    let coverage = manager.get(&format!("{HALL}/coverage")).await.good();
    assert_eq!(coverage["posts"][0]["asked"]["clerk"]["code"], "c09");

    let declines = format!("{HALL}/covers/1/declines");
    let wrong = json!({ "clerk": "c02", "reason": "正在办理" });
    desk.post(&declines, wrong)
        .await
        .refused(409, "cover_not_asked");
    let no = json!({ "clerk": "c09", "reason": "在外开会" });
    let nobody = desk.post(&declines, no).await.good();
    assert_eq!(nobody["asked"]["clerk"], Value::Null);
    assert!(
        alerts(&manager)
            .await
            .contains(&"nobody_to_cover".to_owned())
    );

    let sent = json!({ "window": "1", "clerk": "c09" });
    let covered = manager.post(&format!("{HALL}/covers"), sent).await.good();
    assert_eq!(
        (&covered["role"], &covered["gap_since"]),
        (&json!("head"), &Value::Null)
    );
    let back = format!("{HALL}/covers/1");
    let unsaid = manager.delete(&back).await;
    unsaid.refused(400, "malformed");
    let note = Some(json!({ "note": "无遗留" }));
    let back = manager
        .ask(reqwest::Method::DELETE, &back, note)
        .await
        .good();
    assert_eq!(back["cover"], Value::Null);
    house.stop().await;
}

#[tokio::test]
async fn a_lent_window_is_shown_everywhere_at_once_and_taken_back_by_the_clock() {
    let house = with_a_head().await;
    house.clock("09:00:00").await;
    let (manager, desk) = (house.a(Role::Manager).await, house.a(Role::Clerk).await);
    desk.open("2", "c02").await;
    let path = format!("{HALL}/windows/2/tide");
    let wrong = json!({ "services": ["A"] });
    manager.put(&path, wrong).await.refused(409, "not_tidal");
    let until = format!("{DAY}T10:00:00+08:00");
    let body = json!({ "services": ["C"], "until": until, "reason": "等候较多" });
    desk.put(&path, body.clone())
        .await
        .refused(403, "not_your_role");
    let lent = manager.put(&path, body).await.good();
    assert_eq!(lent["tide"][0]["code"], "C");
    assert_eq!(lent["lent_until"], crate::house::at("10:00:00"));
    let board = manager.get(&format!("{HALL}/board")).await.good();
    assert_eq!(board["windows"][1]["lent"], json!(["不动产登记"]));
    let menu = manager.get(&format!("{HALL}/menu")).await.good();
    let windows = menu["services"][2]["windows"]
        .as_array()
        .expect("windows")
        .clone();
    assert!(windows.contains(&json!("2")), "{windows:?}");
    manager.ticket("C").await;
    assert_eq!(
        desk.at("2", "calls", json!({})).await.good()["number"],
        "C001"
    );

    house.clock("10:00:00").await;
    assert_eq!(window(&desk, "2").await["tide"], json!([]));
    assert_eq!(
        window(&desk, "2").await["ticket"]["number"],
        "C001",
        "served on"
    );
    let tide = manager.get(&format!("{HALL}/tide")).await.good();
    assert_eq!(
        (&tide["proposals"], &tide["lent"]),
        (&json!([]), &json!([]))
    );
    let lending = &tide["history"][0];
    assert_eq!(
        (&lending["window"], &lending["lent_min"]),
        (&json!("2"), &json!(60))
    );
    assert_eq!(
        (&lending["reason"], &lending["ended_by"]),
        (&json!("等候较多"), &json!("clock"))
    );
    house.stop().await;
}

#[tokio::test]
async fn a_hall_that_slept_over_a_weekend_wakes_with_the_same_open_day() {
    let house = House::with_hall(1).await;
    house.clock_to("2026-11-27T16:50:00+08:00").await;
    let manager = house.a(Role::Manager).await;
    let ticket = manager.ticket("A").await;
    let folder = house.stop().await;
    let monday = chrono::DateTime::parse_from_rfc3339("2026-11-30T07:00:00+08:00");
    let monday = hall::Timestamp(monday.expect("a moment").timestamp_millis());
    let wishes = crate::house::Wishes {
        clock: link::clock::Clock::pretend(monday),
        ..crate::house::Wishes::default()
    };
    let house = House::start(folder, wishes).await.expect("it starts");
    let manager = house.a(Role::Manager).await;
    house.clock_to("2026-11-30T07:00:01+08:00").await;
    let day = manager.get(&format!("{HALL}/day")).await.good();
    assert_eq!(
        (&day["date"], &day["state"]),
        (&json!("2026-11-27"), &json!("closing"))
    );
    assert_eq!(day["outstanding"][0]["ticket"], ticket["id"]);
    assert_eq!(day["outstanding"][0]["state"], "waiting");
    house.clock_to("2026-11-30T08:15:00+08:00").await;
    let day = manager.get(&format!("{HALL}/day")).await.good();
    assert_eq!(
        (&day["date"], &day["state"]),
        (&json!("2026-11-30"), &json!("lobby"))
    );
    assert_eq!(day["older"], json!(["2026-11-27"]));
    house.stop().await;
}

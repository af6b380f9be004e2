//! Many hands at one instant, and hands that press twice.

use futures_util::future::join_all;
use hall::Role;
use serde_json::{Value, json};

use crate::house::{HALL, House};

#[tokio::test]
async fn of_twelve_windows_exactly_one_gets_the_only_ticket() {
    let house = House::with_hall(12).await;
    house.clock("08:20:00").await;
    let desk = house.a(Role::Clerk).await;
    for n in 1..=12 {
        desk.open(&n.to_string(), &format!("c{n:02}")).await;
    }
    for round in 1..=5 {
        let ticket = desk.ticket("A").await;
        let windows: Vec<_> = (1..=12).map(|n: u32| n.to_string()).collect();
        let calls = windows
            .iter()
            .map(|window| desk.at(window, "calls", json!({})));
        let answers = join_all(calls).await;
        let mut winner = None;
        for (window, answer) in windows.iter().zip(answers) {
            if answer.status == 201 {
                assert_eq!(answer.body["id"], ticket["id"], "round {round}");
                assert_eq!(winner.replace(window), None, "round {round}: two windows");
            } else {
                answer.refused(409, "nobody_waiting");
            }
        }
        let window = winner.expect("one window gets it");
        desk.at(window, "arrivals", json!({})).await.good();
        let done = json!({ "outcome": "explained" });
        desk.at(window, "completions", done).await.good();
    }
    house.stop().await;
}

#[tokio::test]
async fn numbers_taken_at_one_instant_are_all_different() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let desk = house.a(Role::Concierge).await;
    let tickets = join_all((0..60).map(|_| desk.ticket("A"))).await;
    let mut numbers: Vec<_> = tickets
        .iter()
        .filter_map(|t| t["number"].as_str())
        .collect();
    numbers.sort_unstable();
    let expected: Vec<_> = (1..=60).map(|n| format!("A{n:03}")).collect();
    assert_eq!(numbers, expected);
    house.stop().await;
}

#[tokio::test]
async fn a_double_click_skips_nobody() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let desk = house.a(Role::Clerk).await;
    desk.open("1", "c01").await;
    desk.ticket("A").await;
    desk.ticket("A").await;
    let free = || desk.at("1", "calls", json!({ "expect_current": null }));
    let (one, two) = tokio::join!(free(), free());
    let (won, lost) = if one.status == 201 {
        (one, two)
    } else {
        (two, one)
    };
    let held = won.good();
    assert_eq!(held["number"], "A001");
    let busy = lost.refused(409, "window_busy");
    assert_eq!(
        (&busy["ticket"], &busy["number"]),
        (&held["id"], &json!("A001"))
    );

    let wrong = "01900000-0000-7000-8000-000000000000";
    let expected = desk
        .at("1", "calls", json!({ "expect_current": wrong }))
        .await;
    assert_eq!(expected.refused(409, "not_current")["number"], "A001");
    let menu: Value = desk.get(&format!("{HALL}/menu")).await.good();
    assert_eq!(menu["services"][0]["waiting"], 1, "A002 still waits");
    house.stop().await;
}

//! 潮汐窗口: a proposal is made by the clock, answered by a manager, and seen everywhere at once.

use hall::Role;
use serde_json::{Value, json};

use crate::house::{HALL, House, Someone, plan};

/// Window 1 serves A, 2 and 3 serve B, and 2 may be turned to A.
async fn with_a_tide() -> House {
    let house = House::empty().await;
    let mut plan = plan("centre", 3);
    for (window, service) in [(0, "A"), (1, "B"), (2, "B")] {
        plan["windows"][window]["services"] = json!([service]);
        plan["windows"][window]["b"] = json!([]);
    }
    plan["windows"][1]["tide"] = json!(["A"]);
    plan["clerks"][1]["skills"] = json!(["A", "B"]);
    plan["rules"] = json!({ "absent_after_min": 60 });
    house
        .a(Role::System)
        .await
        .put(&format!("{HALL}/plan"), plan)
        .await
        .good();
    house.clock("08:30:00").await;
    let manager = house.a(Role::Manager).await;
    for (window, clerk) in [("1", "c01"), ("2", "c02"), ("3", "c03")] {
        manager.open(window, clerk).await;
    }
    for _ in 0..12 {
        manager.ticket("A").await;
    }
    house
}

async fn tide(someone: &Someone<'_>) -> Value {
    someone.get(&format!("{HALL}/tide")).await.good()
}

#[tokio::test]
async fn a_manager_accepts_and_everyone_sees_it() {
    let house = with_a_tide().await;
    let manager = house.a(Role::Manager).await;
    assert_eq!(tide(&manager).await["proposals"], json!([]));
    // In place for twenty minutes, then the next look on the five minutes.
    house.clock("08:52:00").await;
    let open = tide(&manager).await["proposals"][0].clone();
    assert_eq!(open["window"], "2");
    assert_eq!(open["action"], "turn");
    assert_eq!(open["services"][0]["code"], "A");
    assert_eq!(open["clerk"]["code"], "c02");
    assert!(open["effect"]["promised_min"].as_i64() < open["effect"]["otherwise_min"].as_i64());
    let said = open["because"]["zh"].as_str().expect("a sentence");
    assert!(
        said.contains("2号窗口") && said.contains("12人在等"),
        "{said}"
    );
    let id = open["id"].as_str().expect("an id");
    let answers = format!("{HALL}/tide/proposals/{id}");
    let clerk = house.a(Role::Clerk).await;
    let refused = clerk
        .post(&format!("{answers}/acceptances"), json!({}))
        .await;
    refused.refused(403, "not_your_role");
    let accepted = manager
        .post(&format!("{answers}/acceptances"), json!({}))
        .await
        .good();
    assert_eq!(accepted["state"], "accepted");
    let again = manager
        .post(&format!("{answers}/acceptances"), json!({}))
        .await;
    again.refused(409, "proposal_answered");
    let window = manager.get(&format!("{HALL}/windows/2")).await.good();
    let services: Vec<_> = window["services"]
        .as_array()
        .expect("services")
        .iter()
        .collect();
    assert_eq!(services.len(), 1);
    assert_eq!(services[0]["code"], "A");
    let board = manager.get(&format!("{HALL}/board")).await.good();
    assert!(
        board["windows"][1].to_string().contains("社会保险"),
        "{}",
        board["windows"][1]
    );
    let call = manager.at("2", "calls", json!({})).await.good();
    assert_eq!(call["number"], "A001");
    house.clock("09:55:00").await;
    let history = tide(&manager).await;
    assert!(
        history["answered"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|one| { one["id"] == id && one["effect"]["waited_min"].as_i64() > Some(0) }),
        "{history}"
    );
    house.stop().await;
}

#[tokio::test]
async fn a_proposal_lapses_and_a_lock_keeps_the_tide_away() {
    let house = with_a_tide().await;
    let manager = house.a(Role::Manager).await;
    house.clock("08:52:00").await;
    let id = tide(&manager).await["proposals"][0]["id"].clone();
    let answers = format!("{HALL}/tide/proposals/{}", id.as_str().expect("an id"));
    house.clock("09:00:00").await;
    let late = manager
        .post(&format!("{answers}/acceptances"), json!({}))
        .await;
    late.refused(409, "proposal_lapsed");
    let unknown = format!(
        "{HALL}/tide/proposals/{}/acceptances",
        crate::house::new_key()
    );
    manager
        .post(&unknown, json!({}))
        .await
        .refused(404, "not_found");
    let lock = format!("{HALL}/windows/2/tide/lock");
    manager
        .put(&lock, json!({}))
        .await
        .refused(400, "malformed");
    manager
        .put(&lock, json!({ "reason": "设备检修" }))
        .await
        .good();
    house.clock("10:00:00").await;
    let now = tide(&manager).await;
    assert_eq!(now["proposals"], json!([]));
    assert_eq!(now["locks"][0]["reason"], "设备检修");
    manager.delete(&lock).await.good();
    house.clock("10:05:00").await;
    let open = tide(&manager).await["proposals"][0].clone();
    let answers = format!(
        "{HALL}/tide/proposals/{}",
        open["id"].as_str().expect("an id")
    );
    let why = json!({ "reason": "人手不足" });
    let dismissed = manager
        .post(&format!("{answers}/dismissals"), why)
        .await
        .good();
    assert_eq!(dismissed["reason"], "人手不足");
    house.stop().await;
}

//! 帮办代办: asked for by kiosk, phone and staff, answered by a person, handed on to another hall with
//! a receipt, across a crash too.

use hall::records::{HelpWish, RecordWish};
use hall::{Actor, Command, HallCode, RecordId, Role};
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Ask, HALL, House, Someone, Wishes, is_on_disk, new_key, plan};

const PHONE: &str = "13953300816";
const ADDRESS: &str = "canary-南郊镇某村1号";
const TOWN: &str = "/api/v1/halls/town1";

/// A second hall, of a town.
async fn town(house: &House) {
    let system = house.a(Role::System).await;
    let mut plan = plan("town1", 1);
    plan["hall"]["level"] = json!("town");
    plan["hall"]["name"] = json!("示例镇便民服务中心");
    system.put(&format!("{TOWN}/plan"), plan).await.good();
}

fn id(made: &Value) -> &str {
    made["id"].as_str().expect("an id")
}

async fn seen(someone: &Someone<'_>, hall: &str) -> Vec<Value> {
    let list = someone.get(&format!("{hall}/help-requests")).await.good();
    list["items"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn a_kiosk_and_a_phone_ask_and_a_named_helper_comes() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let concierge = house.a(Role::Concierge).await;
    let kiosk = house.a(Role::Kiosk).await;
    let requests = format!("{HALL}/help-requests");
    let made = kiosk
        .post(&requests, json!({ "place": "1号取号机" }))
        .await
        .good();
    let again = kiosk.post(&requests, json!({ "place": "1号取号机" })).await;
    again.refused(409, "help_on_the_way");
    let ticket = concierge.ticket("A").await;
    let token = ticket["token"].as_str().expect("a token");
    let path = format!("/api/v1/public/tickets/{token}/help-requests");
    let key = new_key();
    let by_phone = Ask {
        method: Method::POST,
        path: &path,
        key: Some(&key),
        body: Some(json!({ "kind": "consult" })),
        ..Ask::default()
    };
    house.send(by_phone).await.good();
    house.clock("08:22:00").await;
    let answers = format!("{requests}/{}/answers", id(&made));
    kiosk
        .post(&answers, json!({}))
        .await
        .refused(403, "not_your_role");
    concierge.post(&answers, json!({})).await.good();
    concierge
        .post(&answers, json!({}))
        .await
        .refused(409, "help_answered");
    let list = seen(&concierge, HALL).await;
    let from = |what: &str| {
        list.iter()
            .find(|one| one["from"] == what)
            .expect("a request")
    };
    let (at_kiosk, by_phone) = (from("kiosk"), from("phone"));
    assert_eq!(
        (&at_kiosk["state"], &by_phone["state"]),
        (&json!("helping"), &json!("waiting"))
    );
    assert_eq!(by_phone["number"], ticket["number"]);
    assert!(at_kiosk["helper"].is_string(), "{at_kiosk}");
    let completions = format!("{requests}/{}/completions", id(&made));
    let body = json!({ "kind": "guide", "result": "done" });
    concierge.post(&completions, body).await.good();
    let manager = house.a(Role::Manager).await;
    let counts = manager.get(&format!("{requests}/counts")).await.good();
    assert_eq!(
        (&counts["by_type"]["guide"], &counts["wait_s_median"]),
        (&json!(1), &json!(120))
    );
    house.stop().await;
}

#[tokio::test]
async fn a_helper_comes_on_duty_and_leaves() {
    let house = House::with_hall(1).await;
    let concierge = house.a(Role::Concierge).await;
    let duty = format!("{HALL}/helper-duty");
    concierge.put(&duty, json!({ "sash": true })).await.good();
    concierge
        .put(&duty, json!({ "sash": true }))
        .await
        .refused(409, "helper_on_duty");
    house.clock("09:30:00").await;
    concierge.delete(&duty).await.good();
    concierge
        .delete(&duty)
        .await
        .refused(409, "helper_not_on_duty");
    let manager = house.a(Role::Manager).await;
    let counts = manager
        .get(&format!("{HALL}/help-requests/counts"))
        .await
        .good();
    assert_eq!(counts["helper_on_duty_min"], 90);
    house.stop().await;
}

#[tokio::test]
async fn a_home_visit_is_handed_on_and_its_address_is_gone_at_the_end() {
    let house = House::with_hall(1).await;
    town(&house).await;
    let manager = house.a(Role::Manager).await;
    let requests = format!("{HALL}/help-requests");
    let body = json!({ "kind": "home_visit", "address": ADDRESS, "contact": PHONE });
    let made = manager.post(&requests, body).await.good();
    let no_address = json!({ "kind": "home_visit", "contact": PHONE });
    let refused = manager.post(&requests, no_address).await;
    assert!(!refused.text.contains(PHONE), "{}", refused.text);
    refused.refused(409, "help_needs_address");
    let referrals = format!("{requests}/{}/referrals", id(&made));
    manager
        .post(&referrals, json!({ "to": "nowhere" }))
        .await
        .refused(404, "not_found");
    manager
        .post(&referrals, json!({ "to": "centre" }))
        .await
        .refused(409, "help_refer_elsewhere");
    let key = new_key();
    let send = || Ask {
        method: Method::POST,
        path: &referrals,
        token: Some(&manager.token),
        key: Some(&key),
        body: Some(json!({ "to": "town1" })),
        ..Ask::default()
    };
    house.send(send()).await.good();
    let again = house.send(send()).await;
    assert_eq!(again.header("idempotent-replay"), "true", "{}", again.text);
    assert_eq!(seen(&manager, HALL).await[0]["state"], "received");
    let there = seen(&manager, TOWN).await;
    assert_eq!(there.len(), 1, "asked once: {there:?}");
    assert_eq!(there[0]["id"], made["id"]);
    assert_eq!(there[0]["referred_from"], "centre");
    assert_eq!(
        (&there[0]["address"], &there[0]["contact"]),
        (&json!(ADDRESS), &json!(PHONE))
    );
    // Other roles see that somebody needs help, not where they live.
    let inspector = house.a(Role::Inspector).await;
    assert_eq!(seen(&inspector, TOWN).await[0]["address"], Value::Null);
    let back = format!("{TOWN}/help-requests/{}/referrals", id(&made));
    manager
        .post(&back, json!({ "to": "centre" }))
        .await
        .refused(409, "help_refer_elsewhere");
    ends_there(&manager, &made).await;
    keeps_its_secrets(house).await;
}

/// The town ends it, and the sender hears of that.
async fn ends_there(manager: &Someone<'_>, made: &Value) {
    let requests = format!("{HALL}/help-requests");
    let end = format!("{TOWN}/help-requests/{}/completions", id(made));
    let body = json!({ "result": "done", "visited": "2026-11-23" });
    manager.post(&end, body).await.good();
    let here = seen(manager, HALL).await;
    assert_eq!(
        (&here[0]["state"], &here[0]["result"]),
        (&json!("over"), &json!("done"))
    );
    assert_eq!(here[0]["address"], Value::Null, "purged");
    let counts = manager.get(&format!("{requests}/counts")).await.good();
    let pair = json!({ "from": "district", "to": "town", "sent": 1, "received": 1, "closed": 1 });
    assert_eq!(counts["referrals"], json!([pair]));
}

/// No number and no address in either journal or the log, and no key to them on the disk.
async fn keeps_its_secrets(house: House) {
    let auditor = house.a(Role::Auditor).await;
    for hall in [HALL, TOWN] {
        let journal = auditor.get(&format!("{hall}/journal")).await;
        for secret in [PHONE, ADDRESS] {
            assert!(
                !journal.text.contains(secret),
                "{secret} in the journal of {hall}"
            );
        }
    }
    for secret in [PHONE, ADDRESS] {
        assert!(!house.log.text().contains(secret), "{secret} in the log");
    }
    let folder = house.stop().await;
    let pool = sqlx::SqlitePool::connect(&folder.database())
        .await
        .expect("the database");
    let keys = "select count(key) from personal_key";
    let left: (i64,) = sqlx::query_as(keys)
        .fetch_one(&pool)
        .await
        .expect("a count");
    assert_eq!(left, (0,), "no key is left");
    pool.close().await;
    assert!(!is_on_disk(&folder.0, PHONE));
}

#[tokio::test]
async fn a_crash_between_the_two_halls_is_made_good() {
    let house = House::with_hall(1).await;
    town(&house).await;
    let manager = house.a(Role::Manager).await;
    let requests = format!("{HALL}/help-requests");
    let made = manager
        .post(&requests, json!({ "kind": "errand" }))
        .await
        .good();
    // The sender's fact is on disk, and the server dies before it asks the other hall.
    let sender = house
        .app()
        .halls
        .get(&HallCode::from("centre"))
        .expect("a hall");
    let refer = HelpWish::Refer {
        id: RecordId(id(&made).parse().expect("an id")),
        to: HallCode::from("town1"),
        level: hall::plan::Level::Town,
    };
    let actor = Actor {
        name: "m".into(),
        role: Role::Manager,
        clerk: None,
    };
    let command = Command::Record(Box::new(RecordWish::Help(refer)));
    sender
        .ask(command, actor, None)
        .await
        .expect("it is handed on");
    drop(sender);
    let folder = house.stop().await;
    let house = House::start(folder, Wishes::default())
        .await
        .expect("it starts");
    let manager = house.a(Role::Manager).await;
    let began = link::clock::monotonic_now();
    while seen(&manager, HALL).await[0]["state"] != "received" {
        let waited = link::clock::monotonic_now().duration_since(began);
        assert!(waited.as_secs() < 20, "the receipt never came");
        tokio::task::yield_now().await;
    }
    assert_eq!(seen(&manager, TOWN).await.len(), 1, "asked once");
    house.stop().await;
}

//! 回访: only who said yes, drawn by chance, and the number gone after the call.

use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, Ask, HALL, House, is_on_disk, new_key};

const PHONE: &str = "13953300817";

async fn leaves(house: &House, token: &str, body: Value) -> Answer {
    let path = format!("/api/v1/public/tickets/{token}/follow-up-consents");
    let key = new_key();
    let ask = Ask {
        method: Method::POST,
        path: &path,
        key: Some(&key),
        body: Some(body),
        ..Ask::default()
    };
    house.send(ask).await
}

#[tokio::test]
async fn a_number_is_kept_only_with_a_clear_yes() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let ticket = manager.ticket("A").await;
    let token = ticket["token"].as_str().expect("a token");
    let no = leaves(&house, token, json!({ "contact": PHONE, "agreed": false })).await;
    assert!(!no.text.contains(PHONE));
    no.refused(409, "consent_not_given");
    for wrong in ["", "call me", "123", "1".repeat(31).as_str()] {
        let body = json!({ "contact": wrong, "agreed": true });
        leaves(&house, token, body).await.refused(400, "malformed");
    }
    let list = manager.get(&format!("{HALL}/follow-ups")).await.good();
    assert_eq!(list["items"], json!([]));
    house.stop().await;
}

#[tokio::test]
async fn a_number_is_left_with_consent_called_once_and_gone() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let ticket = manager.ticket("A").await;
    let token = ticket["token"].as_str().expect("a token");
    let body = json!({ "contact": PHONE, "agreed": true });
    let made = leaves(&house, token, body.clone()).await.good();
    leaves(&house, token, body)
        .await
        .refused(409, "consent_known");
    let list = format!("{HALL}/follow-ups");
    let before = manager.get(&list).await.good();
    assert_eq!(
        (&before["items"][0]["state"], &before["items"][0]["contact"]),
        (&json!("agreed"), &Value::Null)
    );
    assert!(
        !before
            .to_string()
            .contains(ticket["id"].as_str().expect("an id"))
    );
    let calls = format!("{list}/{}/calls", made["id"].as_str().expect("an id"));
    let missed = json!({ "reached": false });
    manager
        .post(&calls, missed.clone())
        .await
        .refused(409, "follow_up_not_drawn");
    let sample = json!({ "from": "2026-11-23", "to": "2026-11-23", "size": 3 });
    manager
        .post(&format!("{HALL}/follow-up-samples"), sample)
        .await
        .good();
    let drawn = manager.get(&list).await.good();
    assert_eq!(drawn["items"][0]["contact"], PHONE);
    let inspector = house.a(Role::Inspector).await;
    let seen = inspector.get(&list).await;
    assert!(!seen.text.contains(PHONE), "{}", seen.text);
    manager.post(&calls, missed).await.good();
    let call = json!({ "reached": true, "level": 2, "text": "窗口少", "fix": true });
    manager.post(&calls, call).await.good();
    let after = manager.get(&list).await.good();
    assert_eq!(
        (&after["items"][0]["state"], &after["items"][0]["contact"]),
        (&json!("done"), &Value::Null)
    );
    let cases = manager.get(&format!("{HALL}/cases")).await.good();
    assert_eq!(cases["items"][0]["source"], "follow_up");
    let counts = manager.get(&format!("{list}/counts")).await.good();
    assert_eq!(
        (&counts["reached"], &counts["not_reached"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&counts["fixes"], &counts["by_level"]["2"]),
        (&json!(1), &json!(1))
    );
    let auditor = house.a(Role::Auditor).await;
    let journal = auditor.get(&format!("{HALL}/journal")).await;
    assert!(!journal.text.contains(PHONE) && !house.log.text().contains(PHONE));
    assert!(
        journal.text.contains("\"seed\":"),
        "the seed is written down"
    );
    let folder = house.stop().await;
    assert!(!is_on_disk(&folder.0, PHONE));
}

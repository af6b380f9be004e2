//! Secrets never come out: not in the journal, the log, the answers, or the database.

use hall::Role;
use reqwest::Method;
use serde_json::json;

use crate::house::{Ask, HALL, House, is_on_disk};

const ID_NUMBER: &str = "370306194910011234";
const PASSWORD: &str = "canary-password-4711";
const NOTE: &str = "canary-note-0815";

#[tokio::test]
async fn secrets_stay_where_they_belong() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let path = format!("{HALL}/tickets");
    let wish = json!({ "service": "A", "class": "ordinary", "channel": "staff",
        "id_number": ID_NUMBER, "note": NOTE });
    let mut answers = vec![manager.post(&path, wish.clone()).await];
    let ticket = answers[0].body.clone();
    assert_eq!(ticket["holder"], "****1234");
    answers.push(manager.post(&path, wish).await);
    assert_eq!(answers[1].code(), "already_waiting");
    // Sent with the wrong kind, a value must not be echoed by what refuses it.
    let as_number: u64 = ID_NUMBER.parse().expect("digits");
    for wrong in [
        json!(as_number),
        json!([ID_NUMBER]),
        json!({ ID_NUMBER: 1 }),
    ] {
        let body = json!({ "service": "A", "class": "ordinary", "channel": "staff",
            "id_number": wrong });
        answers.push(manager.post(&path, body).await);
    }
    let body = json!({ "service": ID_NUMBER, "class": ID_NUMBER, "channel": "staff" });
    answers.push(manager.post(&path, body).await);
    answers.push(manager.post(&path, json!({ ID_NUMBER: 1 })).await);
    for body in [
        json!({ "user": "li", "password": PASSWORD }),
        json!({ "user": ["li"], "password": PASSWORD }),
        json!({ "user": "li", "password": [PASSWORD] }),
        json!({ "user": "li", "passwort": PASSWORD }),
    ] {
        answers.push(manager.post("/api/v1/session", body).await);
    }
    let ask = Ask {
        method: Method::GET,
        path: HALL,
        token: Some("th_canary-token-1234"),
        ..Ask::default()
    };
    answers.push(house.send(ask).await);
    let auditor = house.a(Role::Auditor).await;
    answers.push(auditor.get(&format!("{HALL}/journal")).await);

    let tokens = [manager.token.clone(), auditor.token.clone()];
    let secrets = [
        ID_NUMBER,
        PASSWORD,
        NOTE,
        "canary-token-1234",
        &tokens[0],
        &tokens[1],
    ];
    for secret in secrets {
        for answer in &answers {
            assert!(!answer.text.contains(secret), "{secret} in {}", answer.text);
        }
        assert!(!house.log.text().contains(secret), "{secret} in the log");
    }
    let folder = house.stop().await;
    for secret in secrets {
        assert!(!is_on_disk(&folder.0, secret), "{secret} on the disk");
    }
}

#[tokio::test]
async fn a_note_is_kept_sealed_and_a_refused_one_is_shredded() {
    let house = House::with_hall(1).await;
    let manager = house.a(Role::Manager).await;
    let path = format!("{HALL}/tickets");
    let wish = json!({ "service": "A", "class": "ordinary", "channel": "staff", "note": NOTE });
    manager
        .post(&path, wish.clone())
        .await
        .refused(409, "hall_not_open");
    house.clock("08:20:00").await;
    manager.post(&path, wish).await.good();
    let folder = house.stop().await;
    let pool = sqlx::SqlitePool::connect(&folder.database())
        .await
        .expect("the database");
    let keys = "select count(key), count(*) from personal_key";
    let counts: (i64, i64) = sqlx::query_as(keys).fetch_one(&pool).await.expect("counts");
    assert_eq!(counts, (1, 2), "one key of two is left");
    pool.close().await;
}

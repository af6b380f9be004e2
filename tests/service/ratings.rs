//! 好差评: voluntary, once, never shown to whom it is about; what asks for an answer is answered by a
//! person and closed by one.

use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, Ask, HALL, House, Someone, is_on_disk, new_key};

const PHONE: &str = "13953300815";
const WORDS: &str = "canary-窗口让我白跑一趟";

/// A visit from the number to the finish; the ticket.
async fn served(manager: &Someone<'_>) -> Value {
    let ticket = manager.ticket("A").await;
    manager.at("1", "calls", json!({})).await.good();
    manager.at("1", "arrivals", json!({})).await.good();
    let body = json!({ "outcome": "explained" });
    manager.at("1", "completions", body).await.good();
    ticket
}

async fn says(house: &House, path: &str, body: Value, key: &str) -> Answer {
    house
        .send(Ask {
            method: Method::POST,
            path,
            key: Some(key),
            body: Some(body),
            ..Ask::default()
        })
        .await
}

fn of(ticket: &Value) -> String {
    format!(
        "/api/v1/public/ratings/{}",
        ticket["token"].as_str().expect("a token")
    )
}

#[tokio::test]
async fn a_visitor_rates_a_finished_visit_once() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    manager.open("1", "c01").await;
    let waiting = manager.ticket("A").await;
    let early = says(&house, &of(&waiting), json!({ "level": 5 }), "k0").await;
    early.refused(409, "rating_too_early");
    let ticket = waiting;
    manager.at("1", "calls", json!({})).await.good();
    manager.at("1", "arrivals", json!({})).await.good();
    let body = json!({ "outcome": "explained" });
    manager.at("1", "completions", body).await.good();
    for (body, field) in [
        (json!({}), "level"),
        (json!({ "level": 0 }), "level"),
        (json!({ "level": 6 }), "level"),
        (json!({ "level": 5, "text": "好".repeat(201) }), "text"),
        (json!({ "level": 5, "text": " \u{202e}" }), "text"),
    ] {
        let answer = says(&house, &of(&ticket), body.clone(), &new_key()).await;
        let problem = answer.refused(400, "malformed");
        let said = problem["field"].as_str().unwrap_or_default();
        assert!(
            said == field || problem["detail"].to_string().contains(field),
            "{body}: {problem}"
        );
    }
    let body =
        json!({ "level": 5, "dimensions": { "service": 5, "flow": 4 }, "text": "很好\n谢谢" });
    let first = says(&house, &of(&ticket), body.clone(), "k1").await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again = says(&house, &of(&ticket), body, "k1").await;
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.body["id"], first.body["id"]);
    let second = says(&house, &of(&ticket), json!({ "level": 1 }), "k2").await;
    second.refused(409, "already_rated");
    let strange = says(
        &house,
        "/api/v1/public/ratings/no",
        json!({ "level": 1 }),
        "k3",
    )
    .await;
    strange.refused(404, "not_found");

    let list = manager.get(&format!("{HALL}/ratings")).await.good();
    assert_eq!(list["items"][0]["text"], "很好 谢谢");
    assert_eq!(list["items"][0]["window"], "1");
    let shown = list.to_string();
    for hidden in [&ticket["id"], &ticket["number"]] {
        let hidden = hidden.as_str().expect("a text");
        assert!(!shown.contains(hidden), "{shown}");
    }
    let counts = manager.get(&format!("{HALL}/ratings/counts")).await.good();
    assert_eq!(counts["invited"], 1);
    assert_eq!(counts["answered"], 1);
    assert_eq!(counts["response_percent"], 100.0);
    assert_eq!(counts["by_level"]["5"], 1);
    house.stop().await;
}

#[tokio::test]
async fn silence_is_not_counted_as_good_and_the_invitation_ends() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    manager.open("1", "c01").await;
    let ticket = served(&manager).await;
    served(&manager).await;
    let counts = manager.get(&format!("{HALL}/ratings/counts")).await.good();
    assert_eq!(
        (&counts["invited"], &counts["given"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(counts["response_percent"], 0.0);
    house.clock_to("2026-11-30T23:00:00+08:00").await;
    let page = house.send(page(&format!("/t/{}", token(&ticket)))).await;
    assert!(page.text.contains("data-rating=\"asked\""), "{}", page.text);
    house.clock_to("2026-12-01T08:00:00+08:00").await;
    let late = says(&house, &of(&ticket), json!({ "level": 1 }), "k1").await;
    let problem = late.refused(409, "rating_over");
    assert!(
        problem["text"]["zh"].to_string().contains("2026-11-30"),
        "{problem}"
    );
    let page = house.send(page_of(&ticket).as_ask()).await;
    assert!(
        !page.text.contains("data-rating=\"asked\""),
        "{}",
        page.text
    );
    house.stop().await;
}

fn token(ticket: &Value) -> &str {
    ticket["token"].as_str().expect("a token")
}

fn page(path: &str) -> Ask<'_> {
    Ask {
        path,
        ..Ask::default()
    }
}

struct PageOf(String);

fn page_of(ticket: &Value) -> PageOf {
    PageOf(format!("/t/{}", token(ticket)))
}

impl PageOf {
    fn as_ask(&self) -> Ask<'_> {
        page(&self.0)
    }
}

#[tokio::test]
async fn the_pad_of_a_window_rates_what_was_finished_there_just_now() {
    let house = House::with_hall(2).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let pad = house.a(Role::Display).await;
    manager.open("1", "c01").await;
    let ticket = served(&manager).await;
    let board = manager.get(&format!("{HALL}/board")).await.good();
    assert_eq!(board["windows"][0]["asks"]["ticket"], ticket["id"]);
    assert!(board["windows"][1].get("asks").is_none(), "{board}");
    let press = json!({ "ticket": ticket["id"], "level": 4 });
    let path = |window| format!("{HALL}/windows/{window}/ratings");
    let elsewhere = pad.post(&path("2"), press.clone()).await;
    elsewhere.refused(409, "rating_elsewhere");
    // The clerk of the window has no way to press in the visitor's place.
    let clerk = house.a(Role::Clerk).await;
    clerk
        .post(&path("1"), press.clone())
        .await
        .refused(403, "not_your_role");
    pad.post(&path("1"), press.clone()).await.good();
    let board = manager.get(&format!("{HALL}/board")).await.good();
    assert!(board["windows"][0].get("asks").is_none(), "it asks no more");
    let other = served(&manager).await;
    house.clock("08:22:01").await;
    let late = json!({ "ticket": other["id"], "level": 5 });
    pad.post(&path("1"), late)
        .await
        .refused(409, "rating_pad_over");
    house.stop().await;
}

#[tokio::test]
async fn the_code_of_a_window_and_the_box_need_no_number() {
    let house = House::with_hall(1).await;
    let manager = house.a(Role::Manager).await;
    let concierge = house.a(Role::Concierge).await;
    let path = "/api/v1/public/window-ratings/centre/1";
    says(&house, path, json!({ "level": 4 }), "k1").await.good();
    let other = "/api/v1/public/window-ratings/centre/9";
    says(&house, other, json!({ "level": 4 }), "k2")
        .await
        .refused(404, "not_found");
    let other = "/api/v1/public/window-ratings/nowhere/1";
    says(&house, other, json!({ "level": 4 }), "k3")
        .await
        .refused(404, "not_found");
    let shown = house.send(page("/r/centre/1")).await;
    assert!(
        shown.text.contains("1号综合窗口") && !shown.text.contains("checked"),
        "{}",
        shown.text
    );
    assert_eq!(house.send(page("/r/centre/9")).await.status, 404);

    let by_hand = json!({ "level": 3, "channel": "box", "text": "椅子少" });
    concierge
        .post(&format!("{HALL}/ratings"), by_hand)
        .await
        .good();
    let as_phone = json!({ "level": 3, "channel": "phone" });
    let refused = concierge.post(&format!("{HALL}/ratings"), as_phone).await;
    refused.refused(400, "malformed");
    let counts = manager.get(&format!("{HALL}/ratings/counts")).await.good();
    assert_eq!(counts["by_channel"]["window_qr"], 1);
    assert_eq!(counts["by_channel"]["box"], 1);
    assert_eq!(counts["answered"], 0, "they are answers to no invitation");
    house.stop().await;
}

#[tokio::test]
async fn a_bad_rating_is_answered_and_closed_by_a_person() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    manager.open("1", "c01").await;
    let ticket = served(&manager).await;
    let body = json!({ "level": 1, "text": "等得太久" });
    let rated = says(&house, &of(&ticket), body, "k1").await.good();
    let cases = manager.get(&format!("{HALL}/cases?open=true")).await.good();
    let case = &cases["items"][0];
    assert_eq!(case["source"], "rating");
    assert_eq!((&case["level"], &case["window"]), (&json!(1), &json!("1")));
    assert_eq!(
        (&case["due"], &case["text"]),
        (&json!("2026-11-30"), &json!("等得太久"))
    );
    assert_ne!(case["id"], rated["id"]);
    assert!(
        !cases
            .to_string()
            .contains(ticket["id"].as_str().expect("an id"))
    );
    // The rated clerk sees nothing of it.
    let clerk = Someone {
        house: &house,
        token: house
            .token_as(Role::Clerk, Some("centre"), Some("c01"))
            .await,
    };
    let seen = clerk.get(&format!("{HALL}/cases")).await.good();
    assert_eq!(seen["items"], json!([]));
    clerk
        .get(&format!("{HALL}/ratings"))
        .await
        .refused(403, "not_your_role");
    let path = format!("{HALL}/cases/{}", case["id"].as_str().expect("an id"));
    clerk.get(&path).await.refused(404, "not_found");
    let reply = json!({ "text": "已致歉并说明" });
    clerk
        .post(&format!("{path}/replies"), reply.clone())
        .await
        .refused(409, "case_not_yours");
    manager
        .post(&format!("{path}/closings"), json!({}))
        .await
        .refused(409, "case_needs_reply");
    manager
        .put(&format!("{path}/owner"), json!({ "owner": "c01" }))
        .await
        .good();
    clerk.post(&format!("{path}/replies"), reply).await.good();
    clerk
        .post(&format!("{path}/closings"), json!({}))
        .await
        .refused(403, "not_your_role");
    let call = json!({ "result": "satisfied" });
    manager.post(&format!("{path}/calls"), call).await.good();
    manager
        .post(&format!("{path}/closings"), json!({}))
        .await
        .good();
    let closed = manager.get(&path).await.good();
    assert_eq!(
        (&closed["open"], &closed["closed"]),
        (&json!(false), &json!("2026-11-23"))
    );
    let counts = manager.get(&format!("{HALL}/cases/counts")).await.good();
    assert_eq!(
        (&counts["closed"], &counts["closed_in_time"]),
        (&json!(1), &json!(1))
    );
    house.stop().await;
}

#[tokio::test]
async fn a_callers_number_is_nowhere_and_gone_on_closing() {
    let house = House::with_hall(1).await;
    let manager = house.a(Role::Manager).await;
    let body = json!({ "source": "hotline", "number": "20261123-01", "team": "审批一科",
        "window": "1", "text": WORDS, "contact": PHONE });
    let made = manager
        .post(&format!("{HALL}/cases"), body.clone())
        .await
        .good();
    let refused = manager.post(&format!("{HALL}/cases"), body).await;
    assert!(!refused.text.contains(PHONE), "{}", refused.text);
    refused.refused(409, "case_number_known");
    let path = format!("{HALL}/cases/{}", made["id"].as_str().expect("an id"));
    let case = manager.get(&path).await.good();
    assert_eq!(
        (&case["contact"], &case["text"]),
        (&json!(PHONE), &json!(WORDS))
    );
    for (what, body) in [
        ("findings", json!({ "finding": "true" })),
        ("replies", json!({ "text": "已电话回复" })),
        ("fixes", json!({ "text": "系统故障,已恢复" })),
        ("closings", json!({ "satisfied": false })),
    ] {
        manager.post(&format!("{path}/{what}"), body).await.good();
    }
    let case = manager.get(&path).await.good();
    assert_eq!(
        (&case["contact"], &case["text"]),
        (&Value::Null, &json!(WORDS))
    );
    let year = format!("{HALL}/cases/counts?from=2026-01-01&to=2026-12-31");
    let counts = manager.get(&year).await.good();
    assert_eq!(counts["teams"]["审批一科"]["dissatisfied_true"], 1);
    let auditor = house.a(Role::Auditor).await;
    let journal = auditor.get(&format!("{HALL}/journal")).await;
    for secret in [PHONE, WORDS] {
        assert!(!journal.text.contains(secret), "{secret} in the journal");
        assert!(!house.log.text().contains(secret), "{secret} in the log");
    }
    assert!(
        journal.text.contains("\"fact\":\"closed\""),
        "{}",
        journal.text
    );
    let folder = house.stop().await;
    for secret in [PHONE, WORDS] {
        assert!(!is_on_disk(&folder.0, secret), "{secret} on the disk");
    }
    let pool = sqlx::SqlitePool::connect(&folder.database())
        .await
        .expect("the database");
    let keys = "select count(key), count(*) from personal_key";
    let counts: (i64, i64) = sqlx::query_as(keys).fetch_one(&pool).await.expect("counts");
    // Words, answer and fix stay; the contact and both texts of the refused wish are gone.
    assert_eq!(counts, (3, 6), "keys left of all");
    pool.close().await;
}

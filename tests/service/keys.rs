//! Idempotency keys: the same again is the same answer, and nothing new.

use hall::Role;
use link::clock::Clock;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, Ask, HALL, House, Wishes, moment};

fn wish() -> Value {
    json!({ "service": "A", "class": "ordinary", "channel": "kiosk" })
}

async fn issue(house: &House, token: &str, key: Option<&str>, body: Value) -> Answer {
    let path = format!("{HALL}/tickets");
    let ask = Ask {
        method: Method::POST,
        path: &path,
        token: Some(token),
        key,
        body: Some(body),
        ..Ask::default()
    };
    house.send(ask).await
}

async fn count(house: &House) -> usize {
    let manager = house.a(Role::Manager).await;
    let list = manager.get(&format!("{HALL}/tickets")).await.good();
    list["items"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn the_same_key_and_body_give_the_same_ticket_and_nothing_new() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let token = house.token(Role::Kiosk, Some("centre")).await;
    let first = issue(&house, &token, Some("k1"), wish()).await;
    assert_eq!((first.status, first.header("idempotent-replay")), (201, ""));
    house.clock("08:21:00").await;
    let again = issue(&house, &token, Some("k1"), wish()).await;
    assert_eq!(
        (again.status, again.header("idempotent-replay")),
        (201, "true")
    );
    assert_eq!(again.body, first.body);
    // The order of fields and the white space are not the body.
    let turned = json!({ "channel": "kiosk", "class": "ordinary", "service": "A" });
    let turned = issue(&house, &token, Some("k1"), turned).await;
    assert_eq!(turned.body["id"], first.body["id"]);
    assert_eq!(count(&house).await, 1);
    house.stop().await;
}

#[tokio::test]
async fn another_body_or_path_under_a_used_key_is_refused() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let token = house.token(Role::Manager, None).await;
    let first = issue(&house, &token, Some("k1"), wish()).await.good();
    let other = json!({ "service": "B", "class": "ordinary", "channel": "kiosk" });
    issue(&house, &token, Some("k1"), other)
        .await
        .refused(422, "key_reused");
    let path = format!(
        "{HALL}/tickets/{}/delays",
        first["id"].as_str().expect("an id")
    );
    let ask = Ask {
        method: Method::POST,
        path: &path,
        token: Some(&token),
        key: Some("k1"),
        ..Ask::default()
    };
    house.send(ask).await.refused(422, "key_reused");
    assert_eq!(count(&house).await, 1);
    house.stop().await;
}

#[tokio::test]
async fn a_key_is_needed_on_post_and_has_a_length() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let token = house.token(Role::Kiosk, None).await;
    issue(&house, &token, None, wish())
        .await
        .refused(400, "malformed");
    issue(&house, &token, Some(&"k".repeat(81)), wish())
        .await
        .refused(400, "malformed");
    issue(&house, &token, Some(""), wish())
        .await
        .refused(400, "malformed");
    issue(&house, &token, Some(&"k".repeat(80)), wish())
        .await
        .good();
    issue(&house, &token, Some("第一号意图"), wish())
        .await
        .good();
    assert_eq!(count(&house).await, 2);
    house.stop().await;
}

#[tokio::test]
async fn two_actors_may_use_the_same_key() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let one = house.token(Role::Kiosk, None).await;
    let two = house.token(Role::Kiosk, None).await;
    let first = issue(&house, &one, Some("k1"), wish()).await.good();
    let second = issue(&house, &two, Some("k1"), wish()).await.good();
    assert_ne!(first["id"], second["id"]);
    house.stop().await;
}

#[tokio::test]
async fn a_refusal_is_not_kept_under_its_key() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Kiosk, None).await;
    issue(&house, &token, Some("k1"), wish())
        .await
        .refused(409, "hall_not_open");
    house.clock("08:20:00").await;
    let answer = issue(&house, &token, Some("k1"), wish()).await;
    assert_eq!(
        (answer.status, answer.header("idempotent-replay")),
        (201, "")
    );
    house.stop().await;
}

#[tokio::test]
async fn keys_outlive_the_server() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let token = house.token(Role::Manager, None).await;
    let first = issue(&house, &token, Some("k1"), wish()).await.good();
    let folder = house.stop().await;

    let wishes = Wishes {
        clock: Clock::pretend(moment("08:00:00")),
        ..Wishes::default()
    };
    let house = House::start(folder, wishes).await.expect("it starts again");
    let clock = house
        .a(Role::System)
        .await
        .get("/api/v1/clock")
        .await
        .good();
    assert_eq!(
        clock["now"],
        crate::house::at("08:20:00"),
        "lifted to the journal"
    );
    let again = issue(&house, &token, Some("k1"), wish()).await;
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.body, first);
    let other = json!({ "service": "B", "class": "ordinary", "channel": "kiosk" });
    issue(&house, &token, Some("k1"), other)
        .await
        .refused(422, "key_reused");
    assert_eq!(
        issue(&house, &token, Some("k2"), wish()).await.good()["number"],
        "A002"
    );
    house.stop().await;
}

#[tokio::test]
async fn a_plan_that_was_put_answers_again_after_it_is_in_force() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::System, None).await;
    let path = format!("{HALL}/plan");
    let send = |key: &'static str, tag: String, windows: usize| {
        let (house, path, token) = (&house, &path, &token);
        async move {
            let ask = Ask {
                method: Method::PUT,
                path,
                token: Some(token),
                key: Some(key),
                headers: &[("if-match", &tag)],
                body: Some(crate::house::plan("centre", windows)),
                ..Ask::default()
            };
            house.send(ask).await
        }
    };
    let look = house.a(Role::System).await.get(&path).await;
    let tag = look.header("etag").to_owned();
    let first = send("k1", tag.clone(), 2).await;
    assert_eq!(first.status, 200, "{}", first.text);
    let again = send("k1", tag.clone(), 2).await;
    assert_eq!(again.header("idempotent-replay"), "true", "{}", again.text);
    assert_eq!(again.body, first.body);
    send("k2", tag, 3).await.refused(409, "plan_changed");
    let tag = first.header("etag").to_owned();
    assert_eq!(send("k3", tag, 3).await.status, 200);
    house.stop().await;
}

//! What is sent wrong is answered right: a problem that says what and the limit, and nothing done.

use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Ask, HALL, House, Someone, new_key, plan};

/// Every problem has every field, in both languages.
#[track_caller]
fn assert_whole(body: &Value, status: u16) {
    for field in ["type", "title", "code", "detail"] {
        assert!(body[field].is_string(), "no {field} in {body}");
    }
    assert_eq!(body["status"], status);
    assert!(body["retryable"].is_boolean(), "{body}");
    let zh = body["text"]["zh"].as_str().unwrap_or_default();
    assert!(!zh.is_ascii(), "no Chinese in {body}");
    assert!(body["text"]["en"].is_string(), "{body}");
}

async fn refused(someone: &Someone<'_>, path: &str, body: Value, want: (u16, &str)) {
    let answer = someone.post(path, body).await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let body = answer.refused(want.0, want.1);
    assert_whole(&body, want.0);
}

#[tokio::test]
async fn wrong_fields_of_a_ticket_are_named() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let path = format!("{HALL}/tickets");
    let good = json!({ "service": "A", "class": "ordinary", "channel": "staff" });
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    let table = [
        (with("colour", json!("red")), 400, "malformed"),
        (with("service", json!(7)), 400, "malformed"),
        (with("service", json!("Z")), 404, "not_found"),
        (with("class", json!("vip")), 400, "malformed"),
        (with("class", json!("booked")), 400, "malformed"),
        (with("ground", json!("elder")), 400, "malformed"),
        (with("channel", json!(null)), 400, "malformed"),
        (with("note", json!("一\u{1b}@")), 400, "malformed"),
        (with("note", json!("字".repeat(501))), 400, "malformed"),
        (with("note", json!("")), 400, "malformed"),
        (with("id_number", json!("1".repeat(33))), 400, "malformed"),
        (
            with("after_closing", json!("字".repeat(201))),
            400,
            "malformed",
        ),
        (json!({}), 400, "malformed"),
        (json!([]), 400, "malformed"),
        (json!("A"), 400, "malformed"),
    ];
    for (body, status, code) in table {
        refused(&manager, &path, body, (status, code)).await;
    }
    let list = manager.get(&path).await.good();
    assert_eq!(list["items"], json!([]));
    house.stop().await;
}

#[tokio::test]
async fn things_that_are_not_there_are_not_found() {
    let house = House::with_hall(1).await;
    house.put_plan("other", 1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let ticket = manager.ticket("A").await;
    let id = ticket["id"].as_str().expect("an id");
    let nothing = "01900000-0000-7000-8000-000000000000";
    for path in [
        format!("{HALL}/tickets/{nothing}/delays"),
        format!("{HALL}/tickets/A001/delays"),
        format!("{HALL}/windows/9/calls"),
        format!("/api/v1/halls/other/tickets/{id}/delays"),
        "/api/v1/halls/nowhere/windows/1/calls".to_owned(),
        "/api/v1/halls/%00/windows/1/calls".to_owned(),
        "/api/v1/halls/centre/doors".to_owned(),
        "/api/v2/halls".to_owned(),
    ] {
        refused(&manager, &path, json!({}), (404, "not_found")).await;
    }
    for path in [
        format!("/api/v1/halls/other/tickets/{id}"),
        format!("{HALL}/tickets/{nothing}"),
        format!("{HALL}/windows/9"),
        format!("{HALL}/windows/9/next"),
        "/api/v1/public/tickets/centre.AAAA".to_owned(),
    ] {
        let body = manager.get(&path).await.refused(404, "not_found");
        assert_whole(&body, 404);
    }
    house.stop().await;
}

#[tokio::test]
async fn bodies_have_a_size_and_a_kind() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Manager, None).await;
    let path = format!("{HALL}/tickets");
    let key = new_key();
    let send = |kind: &'static str, body: String| {
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        client
            .post(format!("{}{path}", house.base))
            .bearer_auth(&token)
            .header("idempotency-key", &key)
            .header("content-type", kind)
            .body(body)
            .send()
    };
    let big = format!("{{\"note\":\"{}\"}}", "x".repeat(64 * 1024));
    for (kind, body, status) in [
        ("application/json", big, 413),
        ("text/plain", "{}".to_owned(), 415),
        (
            "application/x-www-form-urlencoded",
            "service=A".to_owned(),
            415,
        ),
        ("application/json", "{".to_owned(), 400),
        ("application/json", "{\"a\":\u{1}}".to_owned(), 400),
        ("application/json", "[".repeat(500), 400),
    ] {
        let answer = send(kind, body).await.expect("an answer");
        assert_eq!(answer.status().as_u16(), status, "{kind}");
        let problem: Value = answer.json().await.expect("a problem");
        assert_whole(&problem, status);
    }
    // An empty body counts as {}: what is missing is then named.
    let answer = send("text/plain", String::new()).await.expect("an answer");
    let problem: Value = answer.json().await.expect("a problem");
    assert_eq!(problem["code"], "malformed");
    assert!(
        problem["detail"]
            .as_str()
            .is_some_and(|d| d.contains("missing field"))
    );
    house.stop().await;
}

#[tokio::test]
async fn other_methods_and_queries_are_refused_with_a_problem() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Manager, None).await;
    let send = |method: Method, path: String| {
        let (house, token) = (&house, &token);
        async move {
            let ask = Ask {
                method,
                path: &path,
                token: Some(token),
                ..Ask::default()
            };
            house.send(ask).await
        }
    };
    let path = format!("{HALL}/windows/1/calls");
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "GET", "HEAD", "PURGE"] {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let answer = send(method.clone(), path.clone()).await;
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.header("allow").contains("POST"), "{method}");
        if method != Method::HEAD {
            assert_whole(&answer.body, 405);
        }
    }
    let head = send(Method::HEAD, format!("{HALL}/menu")).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    for query in [
        "tickets?limit=0",
        "tickets?limit=201",
        "tickets?limit=x",
        "tickets?cursor=%20",
        "tickets?colour=red",
        "windows?limit=0",
        "journal?limit=0",
        "day?date=yesterday",
        "tickets?day=2026-13-01",
    ] {
        let who = if query.starts_with("journal") {
            house.token(Role::Auditor, None).await
        } else {
            token.clone()
        };
        let path = format!("{HALL}/{query}");
        let ask = Ask {
            path: &path,
            token: Some(&who),
            ..Ask::default()
        };
        let body = house.send(ask).await.refused(400, "malformed");
        assert_whole(&body, 400);
    }
    let body = send(Method::GET, format!("{HALL}/live"))
        .await
        .refused(400, "malformed");
    assert_whole(&body, 400);
    house.stop().await;
}

#[tokio::test]
async fn a_plan_lists_every_fault_with_its_path() {
    let house = House::with_hall(1).await;
    let system = house.a(Role::System).await;
    let path = format!("{HALL}/plan");
    let mut bad = plan("centre", 1);
    bad["services"][0]["name"] = json!("");
    bad["services"][1]["expected_min"] = json!(9999);
    bad["windows"][0]["services"] = json!(["A", "Q"]);
    let problem = system.put(&path, bad).await.refused(422, "plan_invalid");
    assert_whole(&problem, 422);
    let faults = problem["faults"].as_array().expect("faults");
    let paths: Vec<_> = faults
        .iter()
        .filter_map(|fault| fault["path"].as_str())
        .collect();
    assert!(paths.len() >= 3, "{paths:?}");
    for part in [
        "services[0].name",
        "services[1].expected_min",
        "windows[0].services",
    ] {
        assert!(
            paths.iter().any(|path| path.starts_with(part)),
            "{part} in {paths:?}"
        );
    }
    let strange = json!({ "hall": { "code": "centre" }, "colour": 1 });
    system.put(&path, strange).await.refused(400, "malformed");
    system
        .put(&path, plan("other", 1))
        .await
        .refused(400, "malformed");
    house.stop().await;
}

#[tokio::test]
async fn a_dry_run_checks_all_and_changes_nothing() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let system = house.a(Role::System).await;
    let manager = house.a(Role::Manager).await;
    manager.ticket("B").await;
    let seq = manager.get(HALL).await.good()["seq"].clone();
    let dry = format!("{HALL}/plan?dry_run=1");
    assert_eq!(
        system.put(&dry, plan("centre", 5)).await.good()["valid"],
        true
    );
    let mut without = plan("centre", 1);
    without["services"] = json!([{ "code": "A", "name": "社会保险" }]);
    without["windows"][0]["services"] = json!(["A"]);
    let stranded = system
        .put(&dry, without.clone())
        .await
        .refused(422, "plan_invalid");
    assert_eq!(stranded["tickets"], json!(["B001"]));
    let path = format!("{HALL}/plan");
    system
        .put(&path, without)
        .await
        .refused(422, "plan_invalid");
    let fresh = "/api/v1/halls/fresh/plan?dry_run=1";
    system.put(fresh, plan("fresh", 1)).await.good();
    assert_eq!(system.get("/api/v1/halls/fresh").await.status, 404);
    assert_eq!(manager.get(HALL).await.good()["seq"], seq);
    house.stop().await;
}

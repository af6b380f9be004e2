//! The clock, the health, the figures, the description.

use hall::{Role, Timestamp};
use link::clock::Clock;
use serde_json::{Value, json};

use crate::house::{Ask, Folder, HALL, House, Wishes, at};

async fn open(house: &House, path: &str) -> crate::house::Answer {
    let ask = Ask {
        path,
        ..Ask::default()
    };
    house.send(ask).await
}

#[tokio::test]
async fn a_pretended_clock_goes_forward_through_every_tick() {
    let house = House::with_hall(1).await;
    house.put_plan("other", 2).await;
    let system = house.a(Role::System).await;
    let clock = |now: &str| {
        let now = now.to_owned();
        let system = &system;
        async move { system.put("/api/v1/clock", json!({ "now": now })).await }
    };
    let moved = clock(&at("17:30:00")).await.good();
    assert_eq!(moved, json!({ "now": at("17:30:00"), "pretend": true }));
    let auditor = house.a(Role::Auditor).await;
    for hall in ["centre", "other"] {
        let path = format!("/api/v1/halls/{hall}/journal");
        let rows = auditor.get(&path).await.text;
        let steps: Vec<_> = rows
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|row| row["kind"] != "plan_published")
            .map(|row| row["at"].as_str().unwrap_or_default().to_owned())
            .collect();
        let expected = [
            "08:15:00", "08:30:00", "12:00:00", "13:15:00", "13:30:00", "17:00:00",
        ];
        assert_eq!(steps, expected.map(at), "{hall}");
    }
    clock(&at("17:29:59")).await.refused(400, "malformed");
    clock("soon").await.refused(400, "malformed");
    assert_eq!(clock(&at("17:30:00")).await.status, 200);
    let utc = clock("2026-11-23T09:31:00Z").await.good();
    assert_eq!(utc["now"], at("17:31:00"), "in the hall's own offset");
    house.stop().await;
}

#[tokio::test]
async fn a_real_clock_is_not_moved() {
    let wishes = Wishes {
        clock: Clock::Real,
        ..Wishes::default()
    };
    let house = House::start(Folder::new(), wishes)
        .await
        .expect("it starts");
    let system = house.a(Role::System).await;
    let body = json!({ "now": "2099-01-01T00:00:00+08:00" });
    system
        .put("/api/v1/clock", body.clone())
        .await
        .refused(404, "not_found");
    let manager = house.a(Role::Manager).await;
    manager
        .put("/api/v1/clock", body)
        .await
        .refused(403, "not_your_role");
    assert_eq!(open(&house, "/api/v1/clock").await.good()["pretend"], false);
    house.stop().await;
}

#[tokio::test]
async fn health_and_figures_are_there_without_a_hall() {
    let house = House::empty().await;
    for (path, text) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let answer = open(&house, path).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, text));
    }
    house.put_plan("centre", 1).await;
    house.clock("08:20:00").await;
    house.a(Role::Manager).await.ticket("A").await;
    let figures = open(&house, "/metrics").await.text;
    assert!(
        figures.contains("tidehall_open_tickets{hall=\"centre\"} 1\n"),
        "{figures}"
    );
    assert!(
        figures.contains("tidehall_read_only{hall=\"centre\"} 0\n"),
        "{figures}"
    );
    house.stop().await;
}

#[tokio::test]
async fn the_description_lists_every_route_with_who_may_use_it() {
    let house = House::empty().await;
    let answer = open(&house, "/api/v1/openapi.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let description = answer.good();
    assert!(
        description["openapi"]
            .as_str()
            .is_some_and(|v| v.starts_with("3.1."))
    );
    let paths = description["paths"].as_object().expect("paths");
    let mut described: Vec<_> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().expect("methods").keys();
            methods.map(move |method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    described.push(("GET".into(), "/api/v1/openapi.json".into()));
    described.sort();
    let mut ruled: Vec<_> = server::rules()
        .map(|(method, path, _)| (method.to_string(), (*path).to_owned()))
        .collect();
    ruled.sort();
    assert_eq!(described, ruled);
    for (method, path, access) in server::rules() {
        let operation = &paths
            .get(*path)
            .map(|item| &item[method.as_str().to_lowercase()]);
        let Some(operation) = operation else { continue };
        let is_open = operation["security"] == json!([]);
        assert_eq!(
            is_open,
            *access == server::Access::Public,
            "{method} {path}"
        );
        assert!(
            operation["responses"]
                .as_object()
                .is_some_and(|r| !r.is_empty())
        );
    }
    assert_references(&description, &description);
    house.stop().await;
}

/// Every `$ref` leads somewhere.
fn assert_references(part: &Value, whole: &Value) {
    match part {
        Value::Object(fields) => {
            for (name, value) in fields {
                if let Some(target) = value.as_str().filter(|_| name == "$ref") {
                    let pointer = target.trim_start_matches('#');
                    assert!(whole.pointer(pointer).is_some(), "{target}");
                }
                assert_references(value, whole);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| assert_references(item, whole)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}

#[tokio::test]
async fn the_page_of_the_description_needs_no_internet() {
    let house = House::empty().await;
    let page = open(&house, "/docs/").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let sources = page
        .text
        .split(['"', '\''])
        .filter(|part| part.contains("//"));
    let foreign: Vec<_> = sources.filter(|part| part.starts_with("http")).collect();
    assert_eq!(foreign, Vec::<&str>::new());
    let files: Vec<_> = page
        .text
        .split('"')
        .filter(|part| matches!(part.rsplit_once('.'), Some((_, "js" | "css"))))
        .map(str::to_owned)
        .collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let path = format!("/docs/{}", file.trim_start_matches("./"));
        let answer = open(&house, &path).await;
        assert_eq!(answer.status, 200, "{path}");
        if path.contains("initializer") {
            assert!(
                answer.text.contains("/api/v1/openapi.json"),
                "{}",
                answer.text
            );
            assert!(!answer.text.contains("http"), "{}", answer.text);
        }
    }
    house.stop().await;
}

#[tokio::test]
async fn a_hall_is_listed_with_its_day() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let hall = manager.get(HALL).await.good();
    assert_eq!(
        (&hall["code"], &hall["level"]),
        (&json!("centre"), &json!("district"))
    );
    assert_eq!(hall["zone"], "Asia/Shanghai");
    assert_eq!(hall["day"]["state"], "lobby");
    assert_eq!(hall["day"]["opens_at"], at("08:30:00"));
    assert_eq!(hall["day"]["closes_at"], at("17:00:00"));
    let opened = chrono::DateTime::parse_from_rfc3339(&at("08:30:00")).expect("a time");
    assert_eq!(
        Timestamp(opened.timestamp_millis()),
        crate::house::moment("08:30:00")
    );
    house.stop().await;
}

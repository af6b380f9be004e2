//! Who may do what: every route of the description, without a credential and in all eleven roles.

use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server::{Access, rules};

use crate::house::{Answer, Ask, HALL, House, new_key};

/// The routes as the router itself describes them.
async fn routes(house: &House) -> Vec<(Method, String)> {
    let ask = Ask {
        path: "/api/v1/openapi.json",
        ..Ask::default()
    };
    let description = house.send(ask).await.good();
    let paths = description["paths"].as_object().expect("paths").clone();
    let routes = paths.into_iter().flat_map(|(path, item)| {
        let methods: Vec<_> = item.as_object().expect("methods").keys().cloned().collect();
        methods.into_iter().map(move |method| {
            let method = Method::from_bytes(method.to_uppercase().as_bytes());
            (method.expect("a method"), path.clone())
        })
    });
    routes.collect()
}

/// The rule of a route; a route that nobody ruled on fails the test.
fn rule(method: &Method, path: &str) -> Access {
    let found = rules().find(|(m, p, _)| m == method && *p == path);
    found
        .unwrap_or_else(|| panic!("no rule for {method} {path}"))
        .2
}

/// The path with names of things that are not there, and a hall that is.
fn filled(path: &str, hall: &str) -> String {
    path.replace("{hall}", hall)
        .replace("{ticket}", "01900000-0000-7000-8000-000000000000")
        .replace("{window}", "no")
        .replace("{token}", "no")
        .replace("{user}", "no")
        .replace("{id}", "no")
        .replace("{year}", "2026")
        .replace("{date}", "2026-11-23")
}

async fn send(house: &House, method: &Method, path: &str, token: Option<&str>) -> Answer {
    let key = new_key();
    let is_change = *method != Method::GET;
    let ask = Ask {
        method: method.clone(),
        path,
        token,
        key: is_change.then_some(key.as_str()),
        body: is_change.then(|| json!({})),
        ..Ask::default()
    };
    house.send(ask).await
}

#[tokio::test]
async fn every_route_lets_in_the_roles_of_its_rule_and_no_other() {
    let house = House::with_hall(1).await;
    let routes = routes(&house).await;
    assert!(routes.len() > 50, "{}", routes.len());
    for (method, path) in &routes {
        let access = rule(method, path);
        let filled = filled(path, "centre");
        let nobody = send(&house, method, &filled, None).await;
        let stranger = send(&house, method, &filled, Some("th_nobody")).await;
        let is_open = access == Access::Public;
        for answer in [nobody, stranger] {
            // Only a public route may say 401 for reasons of its own, such as a wrong password.
            assert!(
                is_open || answer.status == 401,
                "{method} {path}: {}",
                answer.text
            );
            assert_ne!(answer.status, 403, "{method} {path}");
        }
    }
    for role in Role::ALL {
        let token = house.token(role, None).await;
        for (method, path) in &routes {
            if (method, path.as_str()) == (&Method::DELETE, "/api/v1/session") {
                continue;
            }
            let may = match rule(method, path) {
                Access::Public | Access::SignedIn => true,
                Access::Roles(roles) => roles.contains(&role),
            };
            let answer = send(&house, method, &filled(path, "centre"), Some(&token)).await;
            let is_let_in = answer.code() != "not_your_role";
            let role = role.as_str();
            assert_eq!(is_let_in, may, "{role}: {method} {path}: {}", answer.text);
            assert_ne!(answer.status, 500, "{role}: {method} {path}");
        }
    }
    house.stop().await;
}

#[tokio::test]
async fn a_token_of_one_hall_finds_nothing_in_another() {
    let house = House::with_hall(1).await;
    house.put_plan("other", 1).await;
    let routes = routes(&house).await;
    for role in Role::ALL {
        let token = house.token(role, Some("centre")).await;
        for (method, path) in routes.iter().filter(|(_, path)| path.contains("{hall}")) {
            let may = match rule(method, path) {
                Access::Public | Access::SignedIn => true,
                Access::Roles(roles) => roles.contains(&role),
            };
            if !may || path.ends_with("/live") {
                continue;
            }
            let there = send(&house, method, &filled(path, "other"), Some(&token)).await;
            let nowhere = send(&house, method, &filled(path, "nowhere"), Some(&token)).await;
            let role = role.as_str();
            for answer in [&there, &nowhere] {
                let text = &answer.text;
                assert_eq!(
                    answer.code(),
                    "not_found",
                    "{role}: {method} {path}: {text}"
                );
            }
            assert_eq!(
                there.body, nowhere.body,
                "{role}: {method} {path} tells them apart"
            );
        }
        let list = send(&house, &Method::GET, "/api/v1/halls", Some(&token))
            .await
            .good();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    }
    house.stop().await;
}

#[tokio::test]
async fn reading_changes_nothing() {
    let house = House::with_hall(2).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let ticket = manager.ticket("A").await;
    let seq = || async { manager.get(HALL).await.good()["seq"].clone() };
    let before = seq().await;
    let tokens = count_tokens(&house).await;
    for (method, path) in routes(&house).await {
        if method != Method::GET {
            continue;
        }
        let path = path
            .replace(
                "/tickets/{ticket}",
                &format!("/tickets/{}", text(&ticket["id"])),
            )
            .replace(
                "/tickets/{token}",
                &format!("/tickets/{}", text(&ticket["token"])),
            )
            .replace("{window}", "1");
        let path = filled(&path, "centre");
        for role in Role::ALL {
            let token = house.token(role, None).await;
            let answer = send(&house, &Method::GET, &path, Some(&token)).await;
            assert!(answer.status < 500, "{path}: {}", answer.text);
        }
    }
    assert_eq!(seq().await, before);
    assert!(
        count_tokens(&house).await > tokens,
        "only the test made tokens"
    );
    house.stop().await;
}

async fn count_tokens(house: &House) -> usize {
    house
        .app()
        .halls
        .store()
        .tokens()
        .await
        .expect("tokens")
        .len()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[tokio::test]
async fn every_answer_carries_the_guarding_headers() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Manager, None).await;
    let mut asks: Vec<_> = routes(&house).await;
    for path in [
        "/",
        "/login",
        "/docs/",
        "/nowhere",
        "/t/no",
        "/halls/centre/floor",
    ] {
        asks.push((Method::GET, path.to_owned()));
    }
    asks.push((Method::PATCH, format!("{HALL}/menu")));
    for (method, path) in asks {
        for token in [None, Some(token.as_str())] {
            let answer = send(&house, &method, &filled(&path, "centre"), token).await;
            let header = |name| answer.header(name).to_owned();
            let policy = header("content-security-policy");
            for part in [
                "default-src 'self'",
                "object-src 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            ] {
                assert!(policy.contains(part), "{method} {path}: {policy}");
            }
            // The page of the description writes its own styles; it shows nothing of a hall.
            let is_description = path.starts_with("/docs");
            assert_eq!(
                policy.contains("unsafe"),
                is_description,
                "{path}: {policy}"
            );
            assert_eq!(
                header("x-content-type-options"),
                "nosniff",
                "{method} {path}"
            );
            assert_eq!(header("referrer-policy"), "no-referrer", "{method} {path}");
            assert_eq!(
                header("cross-origin-opener-policy"),
                "same-origin",
                "{method} {path}"
            );
            assert_eq!(header("cache-control"), "no-store", "{method} {path}");
            assert_eq!(header("server"), "", "{method} {path}");
        }
    }
    house.stop().await;
}

#[tokio::test]
async fn a_bound_clerk_acts_at_the_own_window_alone() {
    let house = House::with_hall(2).await;
    house.clock("08:20:00").await;
    let free = house.a(Role::Clerk).await;
    free.open("2", "c02").await;
    free.ticket("A").await;
    let token = house
        .token_as(Role::Clerk, Some("centre"), Some("c01"))
        .await;
    let own = crate::house::Someone {
        house: &house,
        token,
    };
    let other = own.at("2", "calls", json!({})).await;
    other.refused(403, "not_your_role");
    let as_other = json!({ "clerk": "c02" });
    let refused = own.put(&format!("{HALL}/windows/1/shift"), as_other).await;
    refused.refused(403, "not_your_role");
    own.open("1", "c01").await;
    own.at("1", "calls", json!({})).await.good();
    house.stop().await;
}

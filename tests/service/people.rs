//! People: one-time codes, passwords, sessions, and how both end.

use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, Ask, HALL, House, new_key};

const PASSWORD: &str = "correct horse battery";

/// Enters a person and sets the password with the one-time code.
async fn person(house: &House, code: &str, roles: Value) {
    let security = house.a(Role::Security).await;
    let body = json!({ "code": code, "name": "张三", "roles": roles, "hall": "centre",
        "clerk": null });
    let made = security.post("/api/v1/users", body).await.good();
    let path = format!("/api/v1/users/{code}/password");
    let body = json!({ "one_time_code": made["one_time_code"], "password": PASSWORD });
    let set = public(house, Method::PUT, &path, body.clone()).await;
    assert_eq!(set.status, 204, "{}", set.text);
    let again = public(house, Method::PUT, &path, body).await;
    again.refused(401, "who_are_you");
}

async fn public(house: &House, method: Method, path: &str, body: Value) -> Answer {
    let ask = Ask {
        method,
        path,
        body: Some(body),
        ..Ask::default()
    };
    house.send(ask).await
}

async fn sign_in(house: &House, user: &str, password: &str) -> Answer {
    let body = json!({ "user": user, "password": password });
    public(house, Method::POST, "/api/v1/session", body).await
}

/// The cookie of a fresh session.
async fn cookie(house: &House, user: &str) -> String {
    let answer = sign_in(house, user, PASSWORD).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let cookie = answer.header("set-cookie").split(';').next();
    cookie.expect("a cookie").to_owned()
}

async fn with_cookie(
    house: &House,
    (method, path): (Method, &str),
    headers: &[(&str, &str)],
) -> Answer {
    let key = new_key();
    let is_change = method != Method::GET;
    let ask = Ask {
        method,
        path,
        key: is_change.then_some(key.as_str()),
        headers,
        body: is_change.then(|| json!({})),
        ..Ask::default()
    };
    house.send(ask).await
}

#[tokio::test]
async fn a_fresh_server_lets_nobody_in() {
    let house = House::empty().await;
    let store = house.app().halls.store();
    assert_eq!(store.people().await.expect("people"), []);
    assert_eq!(store.tokens().await.expect("tokens"), []);
    for user in ["admin", "root", "system", "tidehall"] {
        for password in ["admin", "password", "tidehall", ""] {
            let answer = sign_in(&house, user, password).await;
            assert!(
                matches!(answer.status, 401 | 429),
                "{user}: {}",
                answer.text
            );
        }
    }
    house.stop().await;
}

#[tokio::test]
async fn a_session_cookie_is_guarded_and_ends_with_the_sign_out() {
    let house = House::with_hall(1).await;
    person(&house, "zhang", json!(["manager"])).await;
    let people = house
        .app()
        .halls
        .store()
        .person("zhang")
        .await
        .expect("people");
    let hash = people
        .and_then(|person| person.password_hash)
        .expect("a hash");
    assert!(hash.starts_with("$argon2id$"), "{hash}");

    let answer = sign_in(&house, "zhang", PASSWORD).await;
    let set = answer.header("set-cookie").to_owned();
    assert!(set.starts_with("__Host-tidehall="), "{set}");
    for part in [
        "Secure",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/",
        "Max-Age=43200",
    ] {
        assert!(set.contains(part), "{part} in {set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    let value = set.split(['=', ';']).nth(1).expect("a value");
    assert!(value.len() >= 43, "256 bits: {value}");

    let cookie = set.split(';').next().expect("a cookie");
    let shown = [("cookie", cookie)];
    let look = with_cookie(&house, (Method::GET, "/api/v1/session"), &shown).await;
    assert_eq!(look.good()["user"], "zhang");
    let ours = [shown[0], ("x-tidehall", "1"), ("origin", &house.base)];
    let out = with_cookie(&house, (Method::DELETE, "/api/v1/session"), &ours).await;
    assert_eq!(out.status, 204);
    let after = with_cookie(&house, (Method::GET, "/api/v1/session"), &shown).await;
    after.refused(401, "who_are_you");
    house.stop().await;
}

#[tokio::test]
async fn a_change_under_a_cookie_must_come_from_our_own_page() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    person(&house, "zhang", json!(["manager"])).await;
    let cookie = cookie(&house, "zhang").await;
    let path = format!("{HALL}/day/settlements");
    let ours = house.base.as_str();
    let table: [(&[(&str, &str)], u16); 6] = [
        (&[("origin", ours)], 403),
        (&[("x-tidehall", "0"), ("origin", ours)], 403),
        (
            &[("x-tidehall", "1"), ("origin", "http://evil.example")],
            403,
        ),
        (&[("x-tidehall", "1"), ("origin", "null")], 403),
        (&[("x-tidehall", "1"), ("origin", ours)], 409),
        (&[("x-tidehall", "1")], 409),
    ];
    for (headers, status) in table {
        let mut all = vec![("cookie", cookie.as_str())];
        all.extend_from_slice(headers);
        let answer = with_cookie(&house, (Method::POST, &path), &all).await;
        assert_eq!(answer.status, status, "{headers:?}: {}", answer.text);
    }
    // A token needs none of it: no browser sends one by itself.
    let manager = house.a(Role::Manager).await;
    manager
        .post(&path, json!({}))
        .await
        .refused(409, "day_still_open");
    house.stop().await;
}

#[tokio::test]
async fn who_is_disabled_is_out_at_the_next_request() {
    let house = House::with_hall(1).await;
    person(&house, "zhang", json!(["clerk"])).await;
    let cookie = cookie(&house, "zhang").await;
    let bound = house.token_as(Role::Clerk, None, Some("zhang")).await;
    let shown = [("cookie", cookie.as_str())];
    let look = || with_cookie(&house, (Method::GET, HALL), &shown);
    assert_eq!(look().await.status, 200);
    let security = house.a(Role::Security).await;
    assert_eq!(security.delete("/api/v1/users/zhang").await.status, 204);
    look().await.refused(401, "who_are_you");
    let bound = crate::house::Someone {
        house: &house,
        token: bound,
    };
    bound.get(HALL).await.refused(401, "who_are_you");
    let late = sign_in(&house, "zhang", PASSWORD).await;
    late.refused(401, "who_are_you");
    house.stop().await;
}

#[tokio::test]
async fn failures_lock_the_account_and_not_the_neighbour() {
    let house = House::with_hall(1).await;
    person(&house, "zhang", json!(["clerk"])).await;
    person(&house, "li", json!(["clerk"])).await;
    for _ in 0..5 {
        sign_in(&house, "zhang", "wrong")
            .await
            .refused(401, "who_are_you");
    }
    let locked = sign_in(&house, "zhang", PASSWORD).await;
    let wait: u64 = locked.header("retry-after").parse().expect("seconds");
    let body = locked.refused(429, "slow_down");
    assert_eq!(body["wait_s"], wait);
    assert!((30..=1800).contains(&wait), "{wait}");
    assert_eq!(sign_in(&house, "li", PASSWORD).await.status, 201);
    house.stop().await;
}

#[tokio::test]
async fn accounts_are_checked_before_they_are_entered() {
    let house = House::with_hall(1).await;
    let security = house.a(Role::Security).await;
    let table = [
        json!({ "code": "a b", "name": "张三", "roles": ["clerk"] }),
        json!({ "code": "ab", "name": "", "roles": ["clerk"] }),
        json!({ "code": "ab", "name": "张三", "roles": [] }),
        json!({ "code": "ab", "name": "张三", "roles": ["boss"] }),
        json!({ "code": "ab", "name": "张三", "roles": ["system", "auditor"] }),
        json!({ "code": "ab", "name": "张三", "roles": ["security", "system"] }),
        json!({ "code": "ab", "name": "张三", "roles": ["clerk"], "password": "x" }),
    ];
    for body in table {
        security
            .post("/api/v1/users", body)
            .await
            .refused(400, "malformed");
    }
    let good = json!({ "code": "ab", "name": "张三", "roles": ["clerk"] });
    security.post("/api/v1/users", good.clone()).await.good();
    security
        .post("/api/v1/users", good)
        .await
        .refused(409, "user_exists");
    let short = json!({ "one_time_code": "X", "password": "1234567" });
    public(&house, Method::PUT, "/api/v1/users/ab/password", short)
        .await
        .refused(400, "malformed");
    house.stop().await;
}

#[tokio::test]
async fn too_many_requests_of_a_token_are_slowed_down_alone() {
    let wishes = crate::house::Wishes {
        per_second: 5,
        ..crate::house::Wishes::default()
    };
    let house = House::start(crate::house::Folder::new(), wishes)
        .await
        .expect("it starts");
    let eager = house.a(Role::System).await;
    let patient = house.a(Role::System).await;
    let mut slowed = None;
    for _ in 0..40 {
        let answer = eager.get("/api/v1/halls").await;
        if answer.status == 429 {
            slowed = Some(answer);
            break;
        }
    }
    let slowed = slowed.expect("the bucket is empty at some time");
    assert!(slowed.header("retry-after").parse::<u64>().is_ok());
    assert_eq!(slowed.refused(429, "slow_down")["retryable"], true);
    assert_eq!(patient.get("/api/v1/halls").await.status, 200);
    house.stop().await;
}

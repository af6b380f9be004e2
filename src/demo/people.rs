//! Accounts of the demo, entered as an administrator would enter them.

use hall::Role;
use link::client::Client;
use link::random;
use serde::Deserialize;
use serde_json::{Value, json};
use server::store::Store;

use super::token;

#[derive(Deserialize)]
struct Made {
    one_time_code: String,
}

/// Enters the manager and the clerk who are left to whoever tries the demo; gives their password.
pub(super) async fn enter(store: &Store, base: &str) -> anyhow::Result<String> {
    let security = Client::new(base, &token(store, Role::Security, None).await?)?;
    let bytes = random::bytes::<8>();
    let digits: String = bytes
        .iter()
        .map(|byte| char::from(b'0' + byte % 10))
        .collect();
    let password = format!("demo-{digits}");
    for (code, name, roles, clerk) in [
        ("manager", "值班长", vec!["manager"], Value::Null),
        ("c26", "窗口人员", vec!["clerk"], json!("c26")),
    ] {
        let body =
            json!({ "code": code, "name": name, "roles": roles, "hall": "centre", "clerk": clerk });
        let known: Result<Made, _> = security.post("/api/v1/users", code, &body).await;
        let made = if let Ok(made) = known {
            made
        } else {
            let path = format!("/api/v1/users/{code}/one-time-codes");
            security.post(&path, code, &json!({})).await?
        };
        let path = format!("/api/v1/users/{code}/password");
        let body = json!({ "one_time_code": made.one_time_code, "password": password });
        let _: Value = security.put(&path, code, &body).await?;
    }
    Ok(password)
}

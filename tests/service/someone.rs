//! Somebody with a token: what is asked, what comes back, and the plan they share.

use std::path::Path;

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::house::{HALL, House};

/// One request.
#[derive(Default)]
pub(crate) struct Ask<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) token: Option<&'a str>,
    pub(crate) key: Option<&'a str>,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: Option<Value>,
    /// Bytes of another kind, in place of a JSON body.
    pub(crate) raw: Option<(&'a str, Vec<u8>)>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap_or_default())
    }

    /// The body of a change or a look that went well.
    #[track_caller]
    pub(crate) fn good(self) -> Value {
        assert!((200..300).contains(&self.status), "{}", self.text);
        self.body
    }

    /// The body of a refusal.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.text);
        self.body
    }
}

/// Somebody with a token.
pub(crate) struct Someone<'a> {
    pub(crate) house: &'a House,
    pub(crate) token: String,
}

impl Someone<'_> {
    pub(crate) async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let key = new_key();
        let is_change = method != Method::GET;
        self.house
            .send(Ask {
                method,
                path,
                token: Some(&self.token),
                key: is_change.then_some(key.as_str()),
                body,
                ..Ask::default()
            })
            .await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, None).await
    }

    /// Takes a number for a service.
    pub(crate) async fn ticket(&self, service: &str) -> Value {
        let body = json!({ "service": service, "class": "ordinary", "channel": "staff" });
        self.post(&format!("{HALL}/tickets"), body).await.good()
    }

    /// Signs a clerk in and opens the window.
    pub(crate) async fn open(&self, window: &str, clerk: &str) {
        let path = format!("{HALL}/windows/{window}");
        let shift = json!({ "clerk": clerk });
        self.put(&format!("{path}/shift"), shift).await.good();
        self.put(&format!("{path}/ready"), json!({})).await.good();
    }

    /// Does something at a window.
    pub(crate) async fn at(&self, window: &str, what: &str, body: Value) -> Answer {
        self.post(&format!("{HALL}/windows/{window}/{what}"), body)
            .await
    }
}

/// A key that nobody used before.
pub(crate) fn new_key() -> String {
    link::random::id(link::clock::machine_now()).to_string()
}

/// A plan with two services and some windows, each with a clerk of its own.
pub(crate) fn plan(hall: &str, windows: usize) -> Value {
    let window = |n: usize| {
        json!({ "code": n.to_string(), "name": format!("{n}号综合窗口"), "services": ["A", "B"],
            "a": format!("c{n:02}"), "b": (windows > 1).then(|| format!("c{:02}", n % windows + 1))
                .into_iter().collect::<Vec<_>>() })
    };
    let clerk = |n: usize| json!({ "code": format!("c{n:02}"), "name": format!("窗口人员{n}") });
    json!({
        "hall": { "code": hall, "name": "示例政务服务中心", "level": "district",
            "zone": "Asia/Shanghai", "complaint_phone": "0533-0000000", "public_url": null },
        "sessions": [{ "from": "08:30", "to": "12:00" }, { "from": "13:30", "to": "17:00" }],
        "services": [
            { "code": "A", "name": "社会保险" },
            { "code": "B", "name": "医疗保障" },
        ],
        "windows": (1..=windows).map(window).collect::<Vec<_>>(),
        "clerks": (1..=windows).map(clerk).collect::<Vec<_>>(),
    })
}

/// Text that stands somewhere under the server's folder.
pub(crate) fn is_on_disk(folder: &Path, needle: &str) -> bool {
    let files = std::fs::read_dir(folder).expect("the folder");
    files
        .filter_map(Result::ok)
        .filter_map(|file| std::fs::read(file.path()).ok())
        .any(|bytes| {
            bytes
                .windows(needle.len())
                .any(|part| part == needle.as_bytes())
        })
}

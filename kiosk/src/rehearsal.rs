//! A small server that answers like the real one, for tests of this crate.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use hall::view::TicketView;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Any free port of this machine.
pub(crate) const LOCAL: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// What the server has heard, and what it shall answer.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Numbers by their key.
    pub(crate) tickets: BTreeMap<String, Value>,
    /// Papers told of: copy and outcome.
    pub(crate) prints: Vec<(u64, String)>,
    /// The service's name.
    pub(crate) name: String,
    /// Why the second service is closed.
    pub(crate) why: String,
    /// Refuse every number.
    pub(crate) refuse: bool,
    /// Refuse to hear of papers, as a stopping server does.
    pub(crate) deaf: bool,
}

/// The server.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) facts: Arc<watch::Sender<Facts>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_at(LOCAL).await
    }

    pub(crate) async fn start_at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let facts = Arc::new(watch::Sender::new(Facts {
            name: "社保医保".into(),
            why: "今天没有窗口办理,请到咨询台".into(),
            ..Facts::default()
        }));
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/api/v1/halls/{hall}/menu", get(menu))
            .route("/api/v1/halls/{hall}/tickets", post(issue))
            .route("/api/v1/halls/{hall}/tickets/{id}/print", put(print))
            .with_state(Arc::clone(&facts));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, facts }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until the server has heard what is wanted.
    pub(crate) async fn hears(&self, wanted: impl FnMut(&Facts) -> bool) {
        let mut changes = self.facts.subscribe();
        let heard =
            tokio::time::timeout(std::time::Duration::from_secs(20), changes.wait_for(wanted));
        assert!(
            heard.await.is_ok(),
            "the server has only heard {:?}",
            self.facts.borrow()
        );
    }
}

type Known = State<Arc<watch::Sender<Facts>>>;

async fn menu(State(facts): Known) -> Json<Value> {
    let facts = facts.borrow();
    let service = |code: &str, name: &str, why: Option<&str>| {
        json!({
            "code": code, "name": name, "name_en": "Insurance", "open": why.is_none(),
            "why_not": why.map(|why| json!({ "code": "service_closed", "zh": why, "en": "closed" })),
            "waiting": 2, "wait": null, "windows": ["3"], "paused_note": null,
            "materials": ["居民身份证", "劳动合同"],
        })
    };
    Json(json!({
        "hall": { "code": "qh", "name": "青禾区政务服务中心", "name_en": "Qinghe Centre" },
        "day": { "date": "2026-11-24", "state": "in_session", "issuing": true,
                 "opens_at": null, "closes_at": null },
        "at": "2026-11-24T09:05:00+08:00", "pretend": false,
        "services": [service("A", &facts.name, None), service("B", "税务", Some(&facts.why))],
        "complaint_phone": "12345", "public_url": "https://hall.example", "reinstate_after": 3,
        "seq": 7,
    }))
}

/// A ticket as the server would answer it.
pub(crate) fn ticket(number: &str, name: &str) -> TicketView {
    serde_json::from_value(ticket_json(number, name)).unwrap()
}

fn ticket_json(number: &str, name: &str) -> Value {
    json!({
        "id": "01935f00-0000-7000-8000-000000000001", "number": number, "shown": number,
        "service": { "code": "A", "name": name }, "class": "ordinary", "ground": null,
        "state": "waiting", "channel": "kiosk", "arrived_at": "2026-11-24T09:05:00+08:00",
        "called_at": null, "announced_at": null, "started_at": null, "ended_at": null,
        "window": null, "calls": 0, "ahead": 2, "wait": null, "windows": ["3"], "print": null,
        "copies": 1, "delayed": false, "matters": [], "holder": null, "check": "7K2M",
        "token": "Zr3kTq9", "seq": 8,
    })
}

async fn issue(State(facts): Known, headers: HeaderMap, Json(wish): Json<Value>) -> Response {
    assert_eq!(wish["channel"], "kiosk");
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let mut answer = Value::Null;
    let mut refused = false;
    facts.send_modify(|facts| {
        refused = facts.refuse;
        if !refused {
            let number = format!("A{:03}", facts.tickets.len() + 1);
            let new = ticket_json(&number, &facts.name);
            answer = facts.tickets.entry(key).or_insert(new).clone();
        }
    });
    if refused {
        return problem(409, "quota_used_up", "本时段号已取完");
    }
    (StatusCode::CREATED, Json(answer)).into_response()
}

async fn print(
    State(facts): Known,
    Path((_, _)): Path<(String, String)>,
    Json(told): Json<Value>,
) -> Response {
    if facts.borrow().deaf {
        return problem(503, "stopping", "请稍后再试");
    }
    let outcome = told["outcome"].as_str().unwrap().to_owned();
    let copy = told["copy"].as_u64().unwrap();
    facts.send_modify(|facts| facts.prints.push((copy, outcome)));
    Json(ticket_json("A001", "社保医保")).into_response()
}

fn problem(status: u16, code: &str, zh: &str) -> Response {
    let body = json!({
        "status": status, "code": code, "detail": "", "text": { "zh": zh, "en": "sorry" },
        "retryable": status == 503,
    });
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

/// A file that no other test uses.
pub(crate) fn new_file() -> PathBuf {
    let id = link::random::id(link::clock::machine_now());
    std::env::temp_dir().join(format!("kiosk-{id}.db"))
}

//! Kiosks and windows that never give up: what is not answered is asked again with the same key.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use link::client::{Client, ClientError};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::program::Program;

/// A letter has 4,999 numbers a day; a long run needs more.
const SERVICES: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];
const HALL: &str = "/api/v1/halls/centre";

/// What the server acknowledged, as the clients wrote it down.
#[derive(Default)]
pub(crate) struct Ledger {
    /// Tickets by id: the number on the paper.
    tickets: BTreeMap<String, String>,
    /// Calls: ticket and window.
    calls: Vec<(String, String)>,
    /// Retries that gave another answer than the first time.
    pub(crate) changed: usize,
}

impl Ledger {
    pub(crate) fn merge(&mut self, other: Self) {
        self.tickets.extend(other.tickets);
        self.calls.extend(other.calls);
        self.changed += other.changed;
    }

    pub(crate) fn acks(&self) -> usize {
        self.tickets.len() + self.calls.len()
    }
}

/// What does not hold.
pub(crate) struct Found {
    pub(crate) lost: usize,
    pub(crate) doubled: usize,
}

#[derive(Clone)]
pub(crate) struct Load {
    kiosk: Client,
    clerk: Client,
    system: Client,
    auditor: Client,
    windows: usize,
}

fn new_key() -> String {
    link::random::id(link::clock::machine_now()).to_string()
}

/// Asks until there is an answer; refusals are answers.
async fn insist(client: &Client, path: &str, body: &Value, key: &str) -> Result<Value, String> {
    loop {
        match client.post(path, key, body).await {
            Ok(answer) => return Ok(answer),
            Err(ClientError::Refused(problem)) if !problem.retryable => return Err(problem.code),
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

impl Load {
    pub(crate) fn new(program: &Program, windows: usize) -> Self {
        let client = |role| Client::new(&program.base, &program.token(role)).expect("a client");
        Self {
            kiosk: client("kiosk"),
            clerk: client("clerk"),
            system: client("system"),
            auditor: client("auditor"),
            windows,
        }
    }

    /// Publishes the plan and opens every window.
    pub(crate) async fn open(&self) {
        let numbers = 1..=self.windows;
        let window = |n| {
            json!({ "code": format!("{n}"), "name": format!("{n}号窗口"), "services": SERVICES,
                "a": format!("c{n}") })
        };
        let clerk = |n| json!({ "code": format!("c{n}"), "name": format!("窗口人员{n}") });
        let plan = json!({
            "hall": { "code": "centre", "name": "示例大厅", "level": "district",
                "zone": "Asia/Shanghai" },
            "sessions": [{ "from": "08:30", "to": "17:00" }],
            "services": SERVICES.map(|code| json!({ "code": code, "name": "社会保险" })),
            "windows": numbers.clone().map(window).collect::<Vec<_>>(),
            "clerks": numbers.clone().map(clerk).collect::<Vec<_>>(),
        });
        let path = format!("{HALL}/plan");
        let put: Result<Value, _> = self.system.put(&path, &new_key(), &plan).await;
        put.expect("the plan is in force");
        for n in numbers {
            let path = format!("{HALL}/windows/{n}");
            let shift = json!({ "clerk": format!("c{n}") });
            for (what, body) in [("shift", shift), ("ready", json!({}))] {
                let path = format!("{path}/{what}");
                let put: Result<Value, _> = self.clerk.put(&path, &new_key(), &body).await;
                put.expect("the window is open");
            }
        }
    }

    /// One kiosk: takes numbers, and now and then asks again for the one before.
    pub(crate) async fn take_numbers(self, kiosk: usize, stop: watch::Receiver<bool>) -> Ledger {
        let mut ledger = Ledger::default();
        let path = format!("{HALL}/tickets");
        let mut count = kiosk;
        while !*stop.borrow() {
            let service = SERVICES[count % SERVICES.len()];
            let body = json!({ "service": service, "class": "ordinary", "channel": "kiosk" });
            let key = new_key();
            let ticket = insist(&self.kiosk, &path, &body, &key).await;
            let ticket = ticket.expect("a number is never refused here");
            let (id, number) = (text(&ticket, "id"), text(&ticket, "number"));
            count += 1;
            if count.is_multiple_of(3) {
                let again = insist(&self.kiosk, &path, &body, &key).await;
                let again = again.expect("a retry is answered");
                let same = (text(&again, "id"), text(&again, "number"));
                ledger.changed += usize::from(same != (id.clone(), number.clone()));
            }
            ledger.tickets.insert(id, number);
        }
        ledger
    }

    /// One window: calls, serves, finishes.
    pub(crate) async fn call(self, window: usize, stop: watch::Receiver<bool>) -> Ledger {
        let mut ledger = Ledger::default();
        let path = format!("{HALL}/windows/{window}");
        let done = json!({ "outcome": "explained" });
        while !*stop.borrow() {
            let calls = format!("{path}/calls");
            let called = insist(&self.clerk, &calls, &json!({}), &new_key()).await;
            match called {
                Ok(ticket) => ledger
                    .calls
                    .push((text(&ticket, "id"), text(&ticket, "window"))),
                Err(code) => {
                    assert_eq!(code, "nobody_waiting");
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    continue;
                }
            }
            for (what, body) in [("arrivals", &json!({})), ("completions", &done)] {
                let path = format!("{path}/{what}");
                let went = insist(&self.clerk, &path, body, &new_key()).await;
                went.expect("the window holds its visitor");
            }
        }
        ledger
    }

    /// Compares what the clients wrote down with what the server has.
    pub(crate) async fn compare(&self, ledger: &Ledger) -> Found {
        let tickets = self.tickets().await;
        let rows = self.called().await;
        let lost_tickets = ledger.tickets.iter();
        let lost_tickets = lost_tickets.filter(|(id, number)| tickets.get(*id) != Some(number));
        let calls: BTreeSet<_> = rows.iter().cloned().collect();
        let lost_calls = ledger.calls.iter().filter(|call| !calls.contains(call));
        let numbers: BTreeSet<_> = tickets.values().collect();
        let called: BTreeSet<_> = rows.iter().map(|(ticket, _)| ticket).collect();
        Found {
            lost: lost_tickets.count() + lost_calls.count(),
            doubled: (tickets.len() - numbers.len()) + (rows.len() - called.len()),
        }
    }

    /// Every ticket of the server: id and number.
    async fn tickets(&self) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        let mut cursor = String::new();
        loop {
            let path = format!("{HALL}/tickets?limit=200{cursor}");
            let page: Value = self.auditor.get(&path).await.expect("a page");
            for ticket in page["items"].as_array().into_iter().flatten() {
                all.insert(text(ticket, "id"), text(ticket, "number"));
            }
            let Some(next) = page["next"].as_str() else {
                return all;
            };
            cursor = format!("&cursor={next}");
        }
    }

    /// Every call in the journal: ticket and window. Nobody is put back here, so each once.
    async fn called(&self) -> Vec<(String, String)> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let url = format!("{}{HALL}/journal?after={after}", self.auditor.base());
            let answer = http.get(url).bearer_auth(self.auditor.token()).send().await;
            let lines = answer.expect("an answer").text().await.expect("a stream");
            if lines.is_empty() {
                return all;
            }
            for line in lines.lines() {
                let row: Value = serde_json::from_str(line).expect("one row a line");
                after = row["seq"].as_i64().expect("a position");
                if row["kind"] == "ticket_called" {
                    let payload = &row["payload"];
                    all.push((text(payload, "ticket"), text(payload, "window")));
                }
            }
        }
    }
}

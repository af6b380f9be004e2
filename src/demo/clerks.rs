//! Clerks: sign in before the doors open, call, wait, serve, pause now and then, stay until the
//! last number is served.

use std::collections::BTreeMap;
use std::sync::Arc;

use hall::ServiceCode;
use hall::plan::{Plan, Window};
use hall::view::{DayState, DayView, TicketView, WindowView};
use link::client::{Client, ClientError};
use link::{clock, random};
use serde_json::{Value, json};

use super::Pace;
use super::crowd::Chance;

/// Pauses a visit. Ours: three or four windows of the sample hall say 暂停服务 at most times.
const PAUSES_A_VISIT: f64 = 0.06;

/// One clerk's day at one window.
pub(super) async fn work(client: Client, plan: Arc<Plan>, window: Window, pace: Pace) {
    let services = plan.services.iter();
    let mut clerk = Clerk {
        client,
        window,
        pace,
        expected_min: services
            .map(|service| (service.code.clone(), service.expected_min))
            .collect(),
        chance: Chance::new(),
    };
    loop {
        if let Err(fault) = clerk.day().await {
            tracing::debug!(%fault, "a clerk starts over");
        }
        clerk.pace.wait(60).await;
    }
}

struct Clerk {
    client: Client,
    window: Window,
    pace: Pace,
    expected_min: BTreeMap<ServiceCode, u32>,
    chance: Chance,
}

impl Clerk {
    fn path(&self, rest: &str) -> String {
        format!("/api/v1/halls/centre/windows/{}/{rest}", self.window.code)
    }

    async fn post<T: serde::de::DeserializeOwned>(
        &self,
        rest: &str,
        body: &Value,
    ) -> Result<T, ClientError> {
        let key = random::id(clock::machine_now()).to_string();
        self.client.post(&self.path(rest), &key, body).await
    }

    async fn put(&self, rest: &str, body: &Value) -> Result<WindowView, ClientError> {
        let key = random::id(clock::machine_now()).to_string();
        self.client.put(&self.path(rest), &key, body).await
    }

    async fn day(&mut self) -> Result<(), ClientError> {
        let clerk = self.window.a.clone();
        self.put("shift", &json!({ "clerk": clerk })).await?;
        loop {
            let day: DayView = self.client.get("/api/v1/halls/centre/day").await?;
            match day.state {
                DayState::InSession | DayState::Closing => {
                    self.put("ready", &json!({})).await?;
                    self.serve_next().await?;
                }
                DayState::Noon => self.noon().await?,
                DayState::Lobby | DayState::Preparing => self.pace.wait(20).await,
                DayState::Settled | DayState::Closed => return Ok(()),
            }
        }
    }

    /// Morning numbers are finished first; then the window is empty until the afternoon.
    async fn noon(&mut self) -> Result<(), ClientError> {
        let path = self.path("");
        let window: WindowView = self.client.get(path.trim_end_matches('/')).await?;
        if window.waiting > 0 {
            self.serve_next().await
        } else {
            self.pace.wait(60).await;
            Ok(())
        }
    }

    async fn serve_next(&mut self) -> Result<(), ClientError> {
        let called: Result<TicketView, _> =
            self.post("calls", &json!({ "expect_current": null })).await;
        match called {
            Ok(ticket) => {
                self.wait_for(&ticket).await?;
                self.leave_now_and_then().await
            }
            Err(fault) if fault.code() == Some("nobody_waiting") => {
                self.pace.wait(20).await;
                Ok(())
            }
            Err(fault) if fault.code() == Some("window_busy") => self.finish().await,
            Err(fault) => Err(fault),
        }
    }

    async fn leave_now_and_then(&mut self) -> Result<(), ClientError> {
        if self.chance.share() < PAUSES_A_VISIT {
            self.pause().await
        } else {
            Ok(())
        }
    }

    async fn wait_for(&mut self, ticket: &TicketView) -> Result<(), ClientError> {
        let comes = self.chance.share() < 0.94;
        self.pace.wait(20).await;
        if comes {
            let _: TicketView = self.post("arrivals", &json!({})).await?;
            // Between half and twice what the plan expects, mostly less.
            let expected = self
                .expected_min
                .get(&ticket.service.code)
                .copied()
                .unwrap_or(8);
            let minutes = f64::from(expected) * (0.5 + 1.5 * self.chance.share().powi(2));
            self.pace.wait(seconds(minutes)).await;
            return self.finish().await;
        }
        for _ in 1..3 {
            let _: TicketView = self.post("recalls", &json!({})).await?;
            self.pace.wait(40).await;
        }
        self.pace.wait(120).await;
        let _: TicketView = self.post("no-shows", &json!({})).await?;
        tracing::debug!(ticket.id = %ticket.id, "a visitor did not come");
        Ok(())
    }

    async fn finish(&mut self) -> Result<(), ClientError> {
        let accepted = json!({ "outcome": "accepted", "promised_days": 5, "pickup": "窗口领取" });
        let body = if self.chance.share() < 0.3 {
            accepted
        } else {
            json!({ "outcome": "done_on_the_spot" })
        };
        let done: Result<TicketView, _> = self.post("completions", &body).await;
        match done {
            Err(fault) if fault.code() == Some("nothing_serving") => {
                let _: Result<TicketView, _> = self.post("arrivals", &json!({})).await;
                Ok(())
            }
            other => other.map(|_| ()),
        }
    }

    async fn pause(&mut self) -> Result<(), ClientError> {
        let reasons = ["urgent", "fetch", "meeting", "equipment"];
        let reason = reasons
            .get(self.chance.below(reasons.len()))
            .copied()
            .unwrap_or("other");
        let minutes = 4.0 + 8.0 * self.chance.share();
        self.put("pause", &json!({ "reason": reason, "back_in_min": 10 }))
            .await?;
        self.pace.wait(seconds(minutes)).await;
        let key = random::id(clock::machine_now()).to_string();
        let _: WindowView = self.client.delete(&self.path("pause"), &key).await?;
        Ok(())
    }
}

fn seconds(minutes: f64) -> u64 {
    std::time::Duration::try_from_secs_f64(minutes * 60.0).map_or(60, |length| length.as_secs())
}

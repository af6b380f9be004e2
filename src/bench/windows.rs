//! Windows that call, greet and finish one visitor after another.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::ensure;
use link::clock;
use tokio::task::JoinSet;

use super::client::{Connection, Wish};
use super::figures::Times;
use super::load::{CONNECTIONS, Measured, gather};
use super::plans::{SERVICES, clerk, window};

/// Windows that call at once. **Source**: the aim of this measurement.
pub(super) const WINDOWS: usize = 40;

/// One hall, and who may act in it.
#[derive(Clone)]
pub(super) struct Floor {
    pub(super) address: SocketAddr,
    pub(super) token: String,
    pub(super) hall: String,
}

impl Floor {
    fn path(&self, rest: &str) -> String {
        format!("/api/v1/halls/{}/{rest}", self.hall)
    }

    /// Opens every window.
    pub(super) async fn open_windows(&self, windows: usize) -> anyhow::Result<()> {
        let mut connection = Connection::open(self.address, &self.token).await?;
        for i in 0..windows {
            let code = window(i);
            let shift = self.path(&format!("windows/{code}/shift"));
            let body = format!(r#"{{"clerk":"{}"}}"#, clerk(i));
            let ready = self.path(&format!("windows/{code}/ready"));
            for (noun, path, body) in [("shift", &shift, body.as_str()), ("ready", &ready, "{}")] {
                let key = format!("{noun}-{code}");
                let wish = Wish {
                    method: "PUT",
                    ..Wish::post(path, &key, body)
                };
                let answer = connection.ask(wish).await?;
                ensure!(answer.status == 200, "{path}: {}", answer.body);
            }
        }
        Ok(())
    }

    /// Lets so many visitors take a number.
    pub(super) async fn fill(&self, visitors: usize) -> anyhow::Result<()> {
        let began = clock::monotonic_now();
        let mut workers = JoinSet::new();
        for worker in 0..CONNECTIONS {
            let floor = self.clone();
            workers.spawn(async move {
                let mut connection = Connection::open(floor.address, &floor.token).await?;
                let path = floor.path("tickets");
                for number in (worker..visitors).step_by(CONNECTIONS) {
                    let service = SERVICES.get(number % SERVICES.len()).unwrap_or(&"A");
                    let body = format!(
                        r#"{{"service":"{service}","class":"ordinary","channel":"kiosk"}}"#
                    );
                    let key = format!("fill-{number}");
                    let answer = connection.ask(Wish::post(&path, &key, &body)).await?;
                    ensure!(answer.status == 201, "{}", answer.body);
                }
                anyhow::Ok(Times::default())
            });
        }
        gather(workers, began).await.map(|_| ())
    }

    /// Calls, arrivals and completions at every window; ends early when a line is empty.
    ///
    /// The answer counts all three, for each is a change on disk; its times are those of the calls.
    pub(super) async fn serve(&self, length: Duration) -> anyhow::Result<Measured> {
        let began = clock::monotonic_now();
        let is_over = Arc::new(AtomicBool::new(false));
        let mut workers = JoinSet::new();
        for i in 0..WINDOWS {
            let (floor, is_over) = (self.clone(), Arc::clone(&is_over));
            workers.spawn(async move {
                let mut times = Times::default();
                let mut connection = Connection::open(floor.address, &floor.token).await?;
                let mut visit = 0;
                while clock::monotonic_now().duration_since(began) < length
                    && !is_over.load(Ordering::Relaxed)
                {
                    visit += 1;
                    let Some(took) = floor.visit(&mut connection, (i, visit)).await? else {
                        is_over.store(true, Ordering::Relaxed);
                        break;
                    };
                    times.add(took);
                }
                Ok(times)
            });
        }
        let mut measured = gather(workers, began).await?;
        measured.count *= 3;
        Ok(measured)
    }

    /// One visitor from call to end; how long the call took, none when nobody waits.
    async fn visit(
        &self,
        connection: &mut Connection,
        (i, visit): (usize, usize),
    ) -> anyhow::Result<Option<Duration>> {
        let code = window(i);
        let began = clock::monotonic_now();
        let mut took = Duration::ZERO;
        for (noun, body) in [
            ("calls", r#"{"expect_current":null}"#),
            ("arrivals", "{}"),
            ("completions", r#"{"outcome":"done_on_the_spot"}"#),
        ] {
            let key = format!("{noun}-{i}-{visit}");
            let path = self.path(&format!("windows/{code}/{noun}"));
            let answer = connection.ask(Wish::post(&path, &key, body)).await?;
            if answer.text("code") == Some("nobody_waiting") {
                return Ok(None);
            }
            let is_ticket = answer.status == 201 && answer.text("number").is_some();
            ensure!(is_ticket, "{noun}: {} {}", answer.status, answer.body);
            if noun == "calls" {
                took = clock::monotonic_now().duration_since(began);
            }
        }
        Ok(Some(took))
    }
}

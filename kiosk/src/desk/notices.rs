//! 告知单 of the windows on this kiosk's printer: fetched from the server, begun once, reported.
//!
//! ```text
//! server: asked ──► fetched ──► server: started ──► printer ──► server: printed │ failed │ unknown
//! ```
//!
//! The server says no to a second beginning, so that no paper comes twice; a kiosk that stops in
//! between leaves it begun, and a person looks.

use std::time::Duration;

use hall::RecordId;
use hall::view::NoticePaper;
use link::client::ClientError;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::MissedTickBehavior;

use super::Desk;
use super::sync::is_final;
use crate::print::Outcome;

/// How often the server is asked. Ours: a clerk who pressed the button waits no longer.
const EVERY: Duration = Duration::from_secs(2);

/// How often a beginning is asked for before the notice is left to people. Ours.
const BEGIN_TRIES: u32 = 5;

/// One notice on its way to the printer.
#[derive(Debug)]
pub(super) struct NoticeJob {
    pub(super) paper: NoticePaper,
    /// Where the outcome goes.
    pub(super) done: oneshot::Sender<Outcome>,
}

/// What waits for this kiosk.
#[derive(Debug, Deserialize)]
struct Waiting {
    items: Vec<Asked>,
}

/// One copy that was asked for.
#[derive(Debug, Deserialize)]
struct Asked {
    slip: RecordId,
    n: u32,
    paper: NoticePaper,
}

impl Desk {
    pub(super) async fn run_notices(
        self,
        printer: mpsc::Sender<NoticeJob>,
        mut stop: watch::Receiver<()>,
    ) {
        let mut every = tokio::time::interval(EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = stop.changed() => return,
                _ = every.tick() => (),
            }
            if !self.seen().online {
                continue;
            }
            let path = format!("/api/v1/halls/{}/slip-prints", self.hall);
            let waiting = match self.client.get::<Waiting>(&path).await {
                Ok(waiting) => waiting.items,
                Err(fault) => {
                    tracing::debug!(%fault, "notices are fetched later");
                    continue;
                }
            };
            for asked in waiting {
                tokio::select! {
                    _ = stop.changed() => return,
                    () = self.print_notice(&printer, asked) => (),
                }
            }
        }
    }

    async fn print_notice(&self, printer: &mpsc::Sender<NoticeJob>, asked: Asked) {
        if !self.begins_notice(&asked).await {
            return;
        }
        let (done, outcome) = oneshot::channel();
        let paper = asked.paper.clone();
        if printer.send(NoticeJob { paper, done }).await.is_err() {
            return;
        }
        let said = match outcome.await {
            Ok(Outcome::Printed) => "printed",
            Ok(Outcome::Failed(why)) => {
                tracing::warn!(slip.id = %asked.slip, why, "a notice was not printed");
                "failed"
            }
            Ok(Outcome::Unknown(why)) => {
                tracing::warn!(slip.id = %asked.slip, why, "a notice did not come out for certain");
                "unknown"
            }
            Err(_) => return,
        };
        loop {
            match self.report_notice(&asked, said).await {
                Ok(()) => return,
                Err(ClientError::Refused(problem)) if is_final(&problem) => {
                    let code = &problem.code;
                    tracing::warn!(slip.id = %asked.slip, code, "the server takes no report");
                    return;
                }
                Err(fault) => tracing::debug!(%fault, "a notice is reported later"),
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Whether the server lets this kiosk begin; a lost answer is asked for again with its key.
    async fn begins_notice(&self, asked: &Asked) -> bool {
        for _ in 0..BEGIN_TRIES {
            match self.report_notice(asked, "started").await {
                Ok(()) => return true,
                Err(ClientError::Refused(problem)) if is_final(&problem) => return false,
                Err(fault) => {
                    tracing::debug!(%fault, slip.id = %asked.slip, "a notice is begun later");
                }
            }
            tokio::time::sleep(EVERY).await;
        }
        false
    }

    async fn report_notice(&self, asked: &Asked, outcome: &str) -> Result<(), ClientError> {
        let path = format!("/api/v1/halls/{}/slip-prints/{}", self.hall, asked.slip);
        let key = format!("{}-{}-{outcome}", asked.slip, asked.n);
        let body = json!({ "n": asked.n, "outcome": outcome });
        let answer = self.client.put::<Value>(&path, &key, &body).await;
        answer.map(|_| ())
    }
}

//! Tells the server every 15 s that the kiosk is awake, and how its printer is.

use hall::DeviceKind;
use link::heartbeat::{EVERY, Heartbeat};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::Desk;
use crate::print::PrinterStatus;

impl Desk {
    pub(super) async fn tell_awake(self, mut stop: watch::Receiver<()>) {
        let mut every = tokio::time::interval(EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut skew_ms = None;
        loop {
            tokio::select! {
                _ = stop.changed() => return,
                _ = every.tick() => (),
            }
            let said = self.state(skew_ms).await;
            match self.client.beat(&said).await {
                Ok(skew) => skew_ms = Some(skew),
                // The menu's task says so already when nobody answers.
                Err(fault) => tracing::debug!(%fault, "the heartbeat was not heard"),
            }
        }
    }

    async fn state(&self, skew_ms: Option<i64>) -> Heartbeat {
        let is_pretend = self.seen().menu.is_some_and(|menu| menu.pretend);
        let (paper, cover) = match self.printer() {
            PrinterStatus::Ready => (Some("ok"), Some("closed")),
            PrinterStatus::PaperLow => (Some("low"), Some("closed")),
            PrinterStatus::PaperOut => (Some("out"), Some("closed")),
            PrinterStatus::CoverOpen => (None, Some("open")),
            PrinterStatus::Offline => (Some("offline"), None),
            PrinterStatus::Error => (Some("error"), None),
            PrinterStatus::Unreachable => (Some("unreachable"), None),
        };
        let unsynced = self.unsynced().await.ok();
        Heartbeat {
            hall: self.hall.clone(),
            kind: DeviceKind::Kiosk,
            paper: paper.map(str::to_owned),
            cover: cover.map(str::to_owned),
            unsynced: unsynced.and_then(|count| u32::try_from(count).ok()),
            clock_skew_ms: skew_ms.filter(|_| !is_pretend),
        }
    }
}

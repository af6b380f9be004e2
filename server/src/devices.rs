//! Devices: what each said last, and whether the hall should count it as awake.
//!
//! ```text
//! heartbeat ─► heard ─► awake ─► NoteDevice ─► journal: at the lobby the hall knows who slept
//!                  └─ silent for 45 s ─► NoteDevice awake=false
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use hall::{Actor, Command, DeviceKind, HallCode, Timestamp};
use link::clock;
use tokio::sync::watch;

use crate::app::App;
use crate::floor::AskError;
use crate::store::{DeviceRow, StoreError};

/// A device that said nothing for so long is lost. Ours: three heartbeats of 15 s.
const LOST_MS: i64 = 45_000;
/// How often what was heard goes to the database, and who is lost is looked for. Ours.
const LOOK: Duration = Duration::from_secs(5);

/// What is known of every device.
#[derive(Debug, Clone)]
pub struct Devices {
    known: Arc<watch::Sender<BTreeMap<(String, String), Known>>>,
    /// Nobody could be heard before; that is no loss.
    started_at: Timestamp,
}

/// One device.
#[derive(Debug, Clone)]
struct Known {
    row: DeviceRow,
    /// As the hall was told; none before this server told it anything.
    awake: Option<bool>,
    /// Whether the database does not have it yet.
    fresh: bool,
}

impl Default for Devices {
    fn default() -> Self {
        Self {
            known: Arc::new(watch::Sender::new(BTreeMap::new())),
            started_at: clock::machine_now(),
        }
    }
}

impl Devices {
    /// Takes a heartbeat in, and tells the hall when the device was not awake before.
    ///
    /// # Errors
    ///
    /// The hall cannot take the news at present.
    pub(crate) async fn hear(
        &self,
        app: &App,
        row: DeviceRow,
        actor: Actor,
    ) -> Result<(), AskError> {
        let key = (row.hall.clone(), row.id.clone());
        let kind = kind(&row);
        let mut is_news = false;
        self.known.send_modify(|known| {
            let before = known.get(&key).and_then(|known| known.awake);
            is_news = before != Some(true);
            let known_now = Known {
                row,
                awake: before,
                fresh: true,
            };
            known.insert(key.clone(), known_now);
        });
        if is_news {
            self.tell(app, &key, (kind, true), actor).await?;
        }
        Ok(())
    }

    /// Every device of a hall, and whether it is awake at `now` of the machine's clock.
    pub(crate) fn of(&self, hall: &HallCode, now: Timestamp) -> Vec<(DeviceRow, bool)> {
        let known = self.known.borrow();
        let of_hall = known.values().filter(|known| known.row.hall == hall.0);
        of_hall
            .map(|known| (known.row.clone(), !self.is_lost(&known.row, now)))
            .collect()
    }

    /// Keeps what was heard, takes in what other servers heard, and tells the halls who is lost or
    /// back at `now` of the machine's clock.
    pub async fn look_around(&self, app: &App, now: Timestamp) {
        if let Err(fault) = self.keep(app).await {
            tracing::warn!(%fault, "what devices say cannot be kept");
        }
        let changed: Vec<_> = {
            let known = self.known.borrow();
            let told = known.iter().map(|(key, known)| {
                let awake = !self.is_lost(&known.row, now);
                let is_news = known.awake != Some(awake);
                is_news.then(|| (key.clone(), (kind(&known.row), awake)))
            });
            told.flatten().collect()
        };
        for (key, state) in changed {
            if let Err(fault) = self.tell(app, &key, state, Actor::clockwork()).await {
                tracing::debug!(%fault, device = key.1, "the hall hears of a device later");
            }
        }
    }

    async fn keep(&self, app: &App) -> Result<(), StoreError> {
        let store = app.halls.store();
        let fresh: Vec<_> = {
            let known = self.known.borrow();
            let fresh = known.values().filter(|known| known.fresh);
            fresh.map(|known| known.row.clone()).collect()
        };
        if !fresh.is_empty() {
            store.keep_devices(&fresh).await?;
        }
        let rows = store.devices().await?;
        self.known.send_modify(|known| {
            for row in rows {
                let key = (row.hall.clone(), row.id.clone());
                let entry = known.entry(key).or_insert_with(|| Known {
                    row: row.clone(),
                    awake: None,
                    fresh: false,
                });
                if row.seen_at >= entry.row.seen_at {
                    entry.row = row;
                    entry.fresh = false;
                }
            }
        });
        Ok(())
    }

    async fn tell(
        &self,
        app: &App,
        key: &(String, String),
        (kind, awake): (DeviceKind, bool),
        actor: Actor,
    ) -> Result<(), AskError> {
        let Some(hall) = app.halls.get(&HallCode(key.0.clone())) else {
            return Ok(());
        };
        let command = Command::NoteDevice {
            device: key.1.clone(),
            kind,
            awake,
        };
        hall.ask(command, actor, None).await?;
        self.known.send_modify(|known| {
            if let Some(known) = known.get_mut(key) {
                known.awake = Some(awake);
            }
        });
        Ok(())
    }

    fn is_lost(&self, row: &DeviceRow, now: Timestamp) -> bool {
        let heard_at = Timestamp(row.seen_at).max(self.started_at);
        now.since_ms(heard_at) > LOST_MS
    }
}

fn kind(row: &DeviceRow) -> DeviceKind {
    if row.kind == "kiosk" {
        DeviceKind::Kiosk
    } else {
        DeviceKind::Display
    }
}

/// Looks around for as long as it is polled.
pub(crate) async fn watch(app: App) {
    let mut turn = tokio::time::interval(LOOK);
    loop {
        turn.tick().await;
        app.devices.look_around(&app, clock::machine_now()).await;
    }
}

//! A device says that it is awake.

use std::time::Duration;

use hall::{DateTime, DeviceKind, Timestamp};
use serde::{Deserialize, Serialize};

use crate::client::{Client, ClientError};
use crate::{clock, random};

/// How often. **Source**: DESIGN §5.
pub const EVERY: Duration = Duration::from_secs(15);

/// What a device says of itself: `POST /devices/self/heartbeats`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heartbeat {
    /// Its hall.
    pub hall: String,
    /// What it is.
    pub kind: DeviceKind,
    /// The paper: `ok`, `low`, `out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// The printer's cover: `closed`, `open`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// Records that the server does not have yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsynced: Option<u32>,
    /// How far this machine's clock is before the server's; left out under a pretended clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_skew_ms: Option<i64>,
}

/// The server's answer.
#[derive(Debug, Clone, Deserialize)]
struct Heard {
    at: DateTime,
}

impl Client {
    /// Says it once; the answer is how far this machine's clock is before the hall's.
    ///
    /// # Errors
    ///
    /// [`ClientError`].
    pub async fn beat(&self, said: &Heartbeat) -> Result<i64, ClientError> {
        let key = random::id(clock::machine_now()).to_string();
        let heard: Heard = self
            .post("/api/v1/devices/self/heartbeats", &key, said)
            .await?;
        let hall_time = Timestamp(heard.at.timestamp_millis());
        Ok(clock::machine_now().0 - hall_time.0)
    }
}

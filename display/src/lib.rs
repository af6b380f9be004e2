//! Board and window-screen pages, chime and voice.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use hall::view::Board;
use tokio::sync::watch;

pub mod voice {
    //! The voice pack.
    use std::path::Path;

    /// Clips.
    #[derive(Debug, Clone)]
    pub struct VoicePack {}

    /// Makes the pack.
    ///
    /// # Errors
    ///
    /// No voice.
    pub fn generate(_: &Path) -> std::io::Result<VoicePack> {
        Ok(VoicePack {})
    }
}

/// Where boards come from.
#[derive(Debug, Clone)]
pub struct BoardSource {}

impl BoardSource {
    /// A source.
    pub fn new(
        _: impl Fn(&str) -> Option<watch::Receiver<Arc<Board>>> + Send + Sync + 'static,
    ) -> Self {
        Self {}
    }
    /// With a voice.
    #[must_use]
    pub fn with_voice(self, _: voice::VoicePack) -> Self {
        self
    }
}

/// Routes.
pub fn router<S: Clone + Send + Sync + 'static>(_: BoardSource) -> Router<S> {
    Router::new()
}

/// How a board is started.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "skeleton")]
pub struct Config {
    pub server: String,
    pub hall: String,
    pub token: String,
    pub listen: SocketAddr,
    pub data: PathBuf,
}

/// A display that runs.
#[derive(Debug)]
pub struct Display {
    /// Where.
    pub address: SocketAddr,
}

impl Display {
    /// Stops.
    pub async fn stop(self) {}
}

/// Starts.
///
/// # Errors
///
/// The address is taken.
pub async fn start(config: Config) -> std::io::Result<Display> {
    Ok(Display {
        address: config.listen,
    })
}

//! The server: journal, one task per hall, HTTP and WebSocket, pages for people.
//!
//! ```text
//! request ─► guard (who, may they) ─► handler ─► hall task ─► committer ─► disk ─► answer
//! ```

mod app;
mod auth;
mod calendar;
pub mod consoles;
pub mod devices;
pub mod export;
pub mod facts;
pub mod floor;
mod history;
mod http;
mod keep;
mod keys;
pub mod pages;
mod personal;
mod photos;
mod platform;
mod referrals;
pub mod replays;
pub mod reports;
mod room;
mod routes;
mod screens;
pub mod sheets;
mod sockets;
pub mod store;
mod table;
pub mod tokens;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;

use link::clock::Clock;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

pub use app::App;
pub use http::access::{Access, Rule, rules};

use auth::{Authority, Limits, Lockout};
use floor::{Halls, ReplayFault};
use http::serve::ServeError;
use keys::Keys;
use personal::Personal;
use store::{Committer, Store, StoreError};

/// Time for the last batch when the server stops. Ours: longer than any commit.
const LAST_BATCH: Duration = Duration::from_secs(5);

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// Certificate and key for TLS.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Where the hall's time comes from.
    pub clock: Clock,
    /// Requests a second for each token; 0 is no limit.
    pub requests_per_second: u32,
    /// The font of PDF papers: TrueType or OpenType, of a collection its first font.
    pub font: PathBuf,
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be used.
    #[error("the database {url} cannot be used")]
    Store {
        /// Its address, without a password.
        url: String,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// The journal cannot be read.
    #[error("the journal cannot be replayed")]
    Replay(#[from] ReplayFault),
    /// The address is taken.
    #[error("cannot listen on {listen}")]
    Listen {
        /// The address.
        listen: SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The certificate or key is not usable.
    #[error("TLS cannot be used")]
    Tls(#[from] ServeError),
}

/// A server that listens.
pub struct Server {
    /// Where it listens, with the port that was free.
    pub address: SocketAddr,
    /// Its parts.
    pub app: App,
    listener: TcpListener,
    tls: Option<tokio_rustls::TlsAcceptor>,
    committing: JoinHandle<()>,
    /// Ends with the server.
    beside: JoinSet<()>,
}

impl Server {
    /// Opens the database, replays every hall, and begins to listen.
    ///
    /// # Errors
    ///
    /// [`StartError`], naming what is wrong.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let url = hide_password(&config.database);
        let in_store = |source| StartError::Store {
            url: url.clone(),
            source,
        };
        let tls = config
            .tls
            .as_ref()
            .map(|(certificate, key)| http::serve::tls(certificate, key))
            .transpose()?;
        let store = Store::open_server(&config.database)
            .await
            .map_err(in_store)?;
        let store = Arc::new(store);
        let secret = store.secret_or_create("server").await.map_err(in_store)?;
        let abort = Box::new(|_: &_| std::process::abort());
        let (committer, committing) = Committer::spawn(Arc::clone(&store), abort);
        let halls = Halls::open(Arc::clone(&store), committer, config.clock.clone()).await?;
        let app = App {
            halls,
            clock: config.clock,
            keys: Keys::new(secret),
            personal: Personal::new(Arc::clone(&store)),
            authority: Authority::new(store),
            limits: Limits::new(config.requests_per_second),
            lockout: Lockout::default(),
            devices: devices::Devices::default(),
            consoles: consoles::Consoles::default(),
            replays: replays::Replays::default(),
            font: config.font.into(),
            tls: tls.is_some(),
            openapi: room::openapi(),
            stopping: Arc::default(),
        };
        let listen = config.listen;
        let in_listen = |source| StartError::Listen { listen, source };
        let listener = TcpListener::bind(listen).await.map_err(in_listen)?;
        let address = listener.local_addr().map_err(in_listen)?;
        Ok(Self {
            address,
            beside: keep::beside(&app),
            app,
            listener,
            tls,
            committing,
        })
    }

    /// Serves until `stop` resolves, then ends cleanly. `more` is mounted beside the server's own
    /// routes.
    pub async fn run(mut self, more: Router<App>, stop: impl Future<Output = ()>) {
        let router = room::router(self.app.clone(), more);
        let store = Arc::clone(self.app.halls.store());
        let stopping = Arc::clone(&self.app.stopping);
        let stop = async {
            stop.await;
            stopping.send_replace(true);
        };
        http::serve::serve(self.listener, self.tls, router, stop).await;
        self.beside.shutdown().await;
        drop(self.app);
        // The hall tasks end when nobody can ask them any more, the committer after its last batch.
        if timeout(LAST_BATCH, self.committing).await.is_err() {
            tracing::warn!("somebody still holds a hall: the database is left as it is");
            return;
        }
        store.close().await;
    }
}

/// Serves any router with the accept loop and the limits of connections that the server has, so
/// that what is measured beside it is served the same way.
pub async fn serve_router(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    http::serve::serve(listener, None, router, stop).await;
}

fn hide_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

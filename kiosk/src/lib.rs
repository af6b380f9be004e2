//! The kiosk: a touch page on this machine, a slip on paper, and a journal of both.
//!
//! The page is opened in a full-screen browser on the same machine, so that the screen lives on
//! when the network dies.

mod desk;
mod guard;
mod ledger;
mod page;
mod phrases;
pub mod print;
#[cfg(test)]
mod rehearsal;

use std::net::SocketAddr;
use std::path::PathBuf;

use link::client::Client;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use desk::{Desk, Setup};
pub use ledger::LedgerError;
use print::{Printer, PrinterAddress, Profile};

/// How a kiosk is started.
#[derive(Debug, Clone)]
pub struct Config {
    /// The server's address.
    pub server: String,
    /// The hall's code.
    pub hall: String,
    /// A token of the role kiosk.
    pub token: String,
    /// Where the printer is.
    pub printer: PrinterAddress,
    /// What the printer can.
    pub profile: Profile,
    /// Where the page is.
    pub listen: SocketAddr,
    /// The kiosk's journal.
    pub data: PathBuf,
}

/// Why a kiosk cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The client cannot be built.
    #[error("the server cannot be spoken to")]
    Client(#[source] reqwest::Error),
    /// The journal cannot be used.
    #[error("the kiosk's journal {path} cannot be used")]
    Ledger {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: LedgerError,
    },
    /// The address is taken.
    #[error("cannot listen on {listen}")]
    Listen {
        /// The address.
        listen: SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// A kiosk that runs until it is dropped or stopped.
#[derive(Debug)]
pub struct Kiosk {
    /// Where its page is.
    pub address: SocketAddr,
    stop: watch::Sender<()>,
    tasks: JoinSet<()>,
}

impl Kiosk {
    /// Stops the page and the printer, a paper that is under way first.
    pub async fn stop(mut self) {
        drop(self.stop);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Starts a kiosk.
///
/// # Errors
///
/// [`StartError`], naming what is wrong.
pub async fn start(config: Config) -> Result<Kiosk, StartError> {
    let client = Client::new(&config.server, &config.token).map_err(StartError::Client)?;
    let path = config.data.clone();
    let setup = Setup {
        client,
        hall: config.hall,
        data: config.data,
        printer: Printer::new(config.printer, config.profile),
    };
    let mut tasks = JoinSet::new();
    let (stop, stopped) = watch::channel(());
    let desk = Desk::open(setup, &mut tasks, stopped.clone())
        .await
        .map_err(|source| StartError::Ledger { path, source })?;
    let listen = config.listen;
    let in_listen = |source| StartError::Listen { listen, source };
    let listener = TcpListener::bind(listen).await.map_err(in_listen)?;
    let address = listener.local_addr().map_err(in_listen)?;
    tasks.spawn(serve(listener, page::router(desk), stopped));
    Ok(Kiosk {
        address,
        stop,
        tasks,
    })
}

async fn serve(listener: TcpListener, router: axum::Router, mut stopped: watch::Receiver<()>) {
    let stop = async move {
        // Its sender never sends: it is dropped when the kiosk stops.
        let _ = stopped.changed().await;
    };
    let served = axum::serve(listener, router).with_graceful_shutdown(stop);
    if let Err(fault) = served.await {
        tracing::error!(%fault, "the kiosk's page has ended");
    }
}

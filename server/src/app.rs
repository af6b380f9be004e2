//! What every handler can reach.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use link::clock::Clock;
use tokio::sync::watch;

use crate::auth::{Authority, Limits, Lockout};
use crate::consoles::Consoles;
use crate::devices::Devices;
use crate::floor::Halls;
use crate::http::problem::Problem;
use crate::keys::Keys;
use crate::personal::Personal;
use crate::store::StoreError;

/// The server's parts, shared by every request.
#[derive(Debug, Clone)]
pub struct App {
    /// The halls.
    pub halls: Halls,
    /// The hall's time.
    pub clock: Clock,
    /// What is made from the server's secret.
    pub keys: Keys,
    /// Personal data.
    pub personal: Personal,
    /// Who holds which credential.
    pub authority: Authority,
    /// Requests a second.
    pub limits: Limits,
    /// Failed sign-ins.
    pub lockout: Lockout,
    /// What devices say of themselves.
    pub devices: Devices,
    /// The clerks' consoles that are open.
    pub consoles: Consoles,
    /// Where the font of PDF papers lies; read when a paper is asked for.
    pub font: Arc<Path>,
    /// Whether the line is sealed by TLS.
    pub tls: bool,
    /// The description of the API, made from the code.
    pub openapi: Arc<str>,
    /// True when the server stops; open sockets hold a receiver.
    pub stopping: Arc<watch::Sender<bool>>,
}

impl App {
    /// Logs a fault of the database once, and answers without internals.
    pub fn fault(&self, fault: &StoreError) -> Problem {
        let fault: &dyn std::error::Error = fault;
        tracing::error!(fault, "the database failed");
        Problem::try_again("the database cannot answer at present")
    }

    /// Whether nobody on the way can read: TLS, or the line never leaves the machine.
    pub fn is_sealed(&self, peer: SocketAddr) -> bool {
        self.tls || peer.ip().is_loopback()
    }
}

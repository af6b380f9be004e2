//! A board on its own machine: the page is served here, so that the screen lives on and says so
//! when the network dies.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use axum::Router;
use hall::DeviceKind;
use hall::view::Board;
use link::client::Client;
use link::heartbeat::{EVERY, Heartbeat};
use link::live::{self, BadAddress, Live, Topic, Wish};
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

use crate::desk::Desk;
use crate::routes;
use crate::source::BoardSource;
use crate::voice::{self, VoicePack};

/// How a board is started.
#[derive(Debug, Clone)]
pub struct Config {
    /// The server's address.
    pub server: String,
    /// The hall's code.
    pub hall: String,
    /// A token of the role display.
    pub token: String,
    /// Where the page is.
    pub listen: SocketAddr,
    /// The folder of the voice pack.
    pub data: PathBuf,
}

/// Why a board cannot start. A server that is not there is no reason: the page says so.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The server's address is not one.
    #[error("the server cannot be followed")]
    Server(#[source] BadAddress),
    /// No client of the server can be made on this machine.
    #[error("the server cannot be told of this board")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
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

/// A board that runs until it is dropped or stopped.
#[derive(Debug)]
pub struct Display {
    /// Where its page is.
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    ended: tokio::task::JoinHandle<()>,
}

impl Display {
    /// Stops the page and waits for it.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody there to hear it: it has ended already.
            let _ = stop.send(());
        }
        let _ = self.ended.await;
    }
}

/// Starts a board.
///
/// # Errors
///
/// [`StartError`], naming what is wrong.
pub async fn start(config: Config) -> Result<Display, StartError> {
    let listen = config.listen;
    let in_listen = |source| StartError::Listen { listen, source };
    let listener = TcpListener::bind(listen).await.map_err(in_listen)?;
    let address = listener.local_addr().map_err(in_listen)?;
    let voice = pack(config.data).await;
    let client = Client::new(&config.server, &config.token);
    let client = client.map_err(|fault| StartError::Client(Box::new(fault)))?;
    let desk = Desk::new(client.clone(), config.hall.clone());
    let awake = tell_awake(client, config.hall.clone());
    let live = live::follow::<Board>(Wish {
        server: config.server,
        hall: config.hall.clone(),
        token: config.token,
        topic: Topic::Board,
        key: None,
    });
    let (stop, stopped) = oneshot::channel();
    let feed = live.map_err(StartError::Server)?;
    let ended = tokio::spawn(async move {
        tokio::select! {
            () = run(listener, feed, (voice, desk), stopped) => (),
            () = awake => (),
        }
    });
    Ok(Display {
        address,
        stop: Some(stop),
        ended,
    })
}

/// Tells the server every 15 s that this board is awake, for as long as it is polled.
async fn tell_awake(client: Client, hall: String) {
    let said = Heartbeat {
        hall,
        kind: DeviceKind::Display,
        paper: None,
        cover: None,
        unsynced: None,
        clock_skew_ms: None,
    };
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(fault) = client.beat(&said).await {
            // The line to the server says so already when nobody answers.
            tracing::debug!(%fault, "the heartbeat was not heard");
        }
    }
}

/// The clips, made when there are none; without them the board chimes.
async fn pack(folder: PathBuf) -> VoicePack {
    let made = tokio::task::spawn_blocking(move || voice::generate(&folder)).await;
    match made {
        Ok(Ok(pack)) => pack,
        Ok(Err(fault)) => {
            tracing::warn!(%fault, "the board will chime and not speak");
            VoicePack::default()
        }
        Err(fault) => {
            tracing::error!(%fault, "the voice pack's maker broke down");
            VoicePack::default()
        }
    }
}

/// Serves the page until it is stopped; the socket to the server is let go of then.
async fn run(
    listener: TcpListener,
    live: Live<Board>,
    (voice, desk): (VoicePack, Desk),
    stopped: oneshot::Receiver<()>,
) {
    let first = Arc::new(OnceLock::new());
    let boards = Arc::clone(&first);
    let find = move |_: &str| boards.get().map(watch::Sender::subscribe);
    let source = BoardSource::new(find)
        .with_voice(voice)
        .with_desk(desk)
        .with_line(live.line.clone());
    let router: Router = routes::device(source);
    let served = axum::serve(listener, router).with_graceful_shutdown(async {
        // A dropped handle stops the board too.
        let _ = stopped.await;
    });
    tokio::select! {
        served = served => if let Err(fault) = served {
            tracing::error!(%fault, "the board's page has ended");
        },
        () = pass_on(live, &first) => tracing::error!("the board's line has ended"),
    }
}

/// Hands every view on; there is no board before the first one.
async fn pass_on(mut live: Live<Board>, boards: &OnceLock<watch::Sender<Arc<Board>>>) {
    while live.views.changed().await.is_ok() {
        let Some(board) = live.views.borrow_and_update().clone() else {
            continue;
        };
        let sender = boards.get_or_init(|| watch::Sender::new(Arc::clone(&board)));
        sender.send_replace(board);
    }
}

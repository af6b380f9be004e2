//! One server in this process: a folder, a pretended clock, tokens, and a log that is read.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use hall::{Role, Timestamp};
use link::clock::Clock;
use reqwest::Client;
use serde_json::{Value, json};
use server::tokens::{NewToken, create_token};
use server::{App, Config, Server, StartError};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tracing::subscriber::DefaultGuard;

pub(crate) use crate::someone::{Answer, Ask, Someone, is_on_disk, new_key, plan};

/// The hall day of most tests, a Monday.
pub(crate) const DAY: &str = "2026-11-23";
/// The hall of most tests.
pub(crate) const HALL: &str = "/api/v1/halls/centre";

/// A folder that goes with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tidehall-service-{}-{next}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    pub(crate) fn database(&self) -> String {
        format!("sqlite:{}", self.0.join("hall.db").display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the server wrote to its log.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("the log")).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// How a server of a test differs from the others.
pub(crate) struct Wishes {
    pub(crate) clock: Clock,
    pub(crate) per_second: u32,
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    pub(crate) database: Option<String>,
    /// The font of PDF papers.
    pub(crate) font: PathBuf,
    /// Whether errors in the log are what the test is about.
    pub(crate) may_fail: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            clock: Clock::pretend(moment("08:00:00")),
            per_second: 0,
            tls: None,
            database: None,
            font: "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc".into(),
            may_fail: false,
        }
    }
}

/// A running server.
pub(crate) struct House {
    pub(crate) base: String,
    pub(crate) folder: Folder,
    pub(crate) log: Log,
    client: Client,
    app: Option<App>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
    may_fail: bool,
    _subscriber: DefaultGuard,
}

/// A moment of [`DAY`] in the hall's zone.
pub(crate) fn moment(time: &str) -> Timestamp {
    Timestamp(
        chrono::DateTime::parse_from_rfc3339(&at(time))
            .expect("a time")
            .timestamp_millis(),
    )
}

/// `HH:MM:SS` of [`DAY`] as the API writes it.
pub(crate) fn at(time: &str) -> String {
    format!("{DAY}T{time}+08:00")
}

impl House {
    /// An empty server.
    pub(crate) async fn empty() -> Self {
        Self::start(Folder::new(), Wishes::default())
            .await
            .expect("the server starts")
    }

    /// A server with one hall of `windows` windows, all for the services A and B.
    pub(crate) async fn with_hall(windows: usize) -> Self {
        let house = Self::empty().await;
        house.put_plan("centre", windows).await;
        house
    }

    pub(crate) async fn start(folder: Folder, wishes: Wishes) -> Result<Self, StartError> {
        link::client::install_tls();
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let subscriber = tracing::subscriber::set_default(subscriber);
        let scheme = if wishes.tls.is_some() {
            "https"
        } else {
            "http"
        };
        let config = Config {
            listen: "127.0.0.1:0".parse().expect("an address"),
            database: wishes.database.unwrap_or_else(|| folder.database()),
            tls: wishes.tls,
            clock: wishes.clock,
            requests_per_second: wishes.per_second,
            font: wishes.font,
        };
        let server = Server::start(config).await?;
        let (stop, stopped) = oneshot::channel::<()>();
        let app = server.app.clone();
        let base = format!("{scheme}://{}", server.address);
        let running = tokio::spawn(server.run(axum::Router::new(), async {
            let _ = stopped.await;
        }));
        Ok(Self {
            base,
            folder,
            log,
            client: Client::builder()
                .no_proxy()
                .tls_danger_accept_invalid_certs(true)
                .build()
                .expect("a client"),
            app: Some(app),
            stop: Some(stop),
            running,
            may_fail: wishes.may_fail,
            _subscriber: subscriber,
        })
    }

    /// Stops the server, looks for errors in its log, and leaves its folder.
    pub(crate) async fn stop(mut self) -> Folder {
        self.app = None;
        drop(self.stop.take());
        (&mut self.running).await.expect("the server ends");
        let log = self.log.text();
        assert!(self.may_fail || !log.contains("ERROR"), "{log}");
        std::mem::replace(&mut self.folder, Folder::new())
    }

    pub(crate) fn app(&self) -> &App {
        self.app.as_ref().expect("the server runs")
    }

    /// A new token.
    pub(crate) async fn token(&self, role: Role, hall: Option<&str>) -> String {
        self.token_as(role, hall, None).await
    }

    pub(crate) async fn token_as(
        &self,
        role: Role,
        hall: Option<&str>,
        person: Option<&str>,
    ) -> String {
        let wish = NewToken {
            role,
            hall: hall.map(str::to_owned),
            person: person.map(str::to_owned),
            label: None,
            days: None,
        };
        let made = create_token(self.app().halls.store(), wish).await;
        made.expect("a token").token
    }

    /// Somebody with a new token for every hall.
    pub(crate) async fn a(&self, role: Role) -> Someone<'_> {
        Someone {
            house: self,
            token: self.token(role, None).await,
        }
    }

    pub(crate) async fn put_plan(&self, hall: &str, windows: usize) {
        let system = self.a(Role::System).await;
        let path = format!("/api/v1/halls/{hall}/plan");
        let answer = system.put(&path, plan(hall, windows)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Moves the clock to a time of [`DAY`].
    pub(crate) async fn clock(&self, time: &str) {
        self.clock_to(&at(time)).await;
    }

    pub(crate) async fn clock_to(&self, now: &str) {
        let system = self.a(Role::System).await;
        let answer = system.put("/api/v1/clock", json!({ "now": now })).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Sends one request as it is.
    pub(crate) async fn send(&self, ask: Ask<'_>) -> Answer {
        let mut request = self
            .client
            .request(ask.method, format!("{}{}", self.base, ask.path));
        if let Some(token) = ask.token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = ask.key {
            request = request.header("idempotency-key", key);
        }
        for (name, value) in ask.headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = ask.body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        if let Some((kind, bytes)) = ask.raw {
            request = request.header("content-type", kind).body(bytes);
        }
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("a whole answer").to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer {
            status,
            headers,
            body,
            text,
            bytes,
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let log = self.log.text();
        let is_clean = self.may_fail || !log.contains("ERROR");
        assert!(is_clean || std::thread::panicking(), "{log}");
    }
}

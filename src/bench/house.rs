//! What is measured: a server of its own process in a folder that is removed, and a bare route
//! that is served the same way.

use std::io::{Seek, SeekFrom, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use hall::Role;
use hall::view::TicketView;
use link::{clock, random};
use server::store::Store;
use server::tokens::{NewToken, create_token};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use super::figures::Times;

/// The hall's time: the clock stands still in a morning session of a workday, so that the figures
/// do not depend on the hour at which they are taken.
pub(super) const MORNING: &str = "2026-11-24T09:30:00+08:00";
/// Writes that the disk is tried with.
const SYNCS: usize = 50;
/// How long a server may take to start. Ours: ten times the aim for a long journal.
const START: Duration = Duration::from_secs(30);
/// How often a server that starts is looked at; also the error of the start time.
const LOOK: Duration = Duration::from_millis(2);

/// A folder that is removed at the end.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> anyhow::Result<Self> {
        let name = format!("tidehall-bench-{}", random::id(clock::machine_now()));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path)
            .with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }

    /// The address of a database in the folder.
    pub(super) fn database(&self, name: &str) -> String {
        format!("sqlite:{}", self.0.join(name).display())
    }

    /// How long this disk takes to make one page safe: nothing durable can be faster than that.
    pub(super) fn sync_times(&self) -> anyhow::Result<Times> {
        let mut file = std::fs::File::create(self.0.join("sync"))?;
        let mut times = Times::default();
        for _ in 0..SYNCS {
            file.seek(SeekFrom::Start(0))?;
            file.write_all(&[7; 4096])?;
            let began = clock::monotonic_now();
            file.sync_data()?;
            times.add(clock::monotonic_now().duration_since(began));
        }
        Ok(times)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own clean-up.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A child process that listens; killed when dropped.
pub(super) struct Process {
    pub(super) address: SocketAddr,
    /// From its start to its first accepted connection.
    pub(super) started_in: Duration,
    child: Child,
}

impl Process {
    /// A server as people run it, but for the limit of requests.
    pub(super) async fn serve(folder: &Folder, database: &str) -> anyhow::Result<Self> {
        let address = free_address()?;
        let listen = address.to_string();
        let arguments = [
            "serve",
            "--listen",
            &listen,
            "--database",
            database,
            "--pretend-clock",
            MORNING,
            "--requests-per-second",
            "0",
        ];
        Self::start(folder, address, &arguments).await
    }

    /// The bare route.
    pub(super) async fn bare(folder: &Folder) -> anyhow::Result<Self> {
        let address = free_address()?;
        let listen = address.to_string();
        Self::start(folder, address, &["bench", "--bare", &listen]).await
    }

    async fn start(
        folder: &Folder,
        address: SocketAddr,
        arguments: &[&str],
    ) -> anyhow::Result<Self> {
        let log = std::fs::File::create(folder.path().join(format!("{}.log", address.port())))?;
        let began = clock::monotonic_now();
        let child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .context("the server cannot be started")?;
        let mut process = Self {
            address,
            started_in: Duration::ZERO,
            child,
        };
        process.wait_until_it_listens(began).await?;
        process.started_in = clock::monotonic_now().duration_since(began);
        Ok(process)
    }

    async fn wait_until_it_listens(&mut self, began: Instant) -> anyhow::Result<()> {
        while TcpStream::connect(self.address).await.is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended while it started: {status}");
            }
            if clock::monotonic_now().duration_since(began) > START {
                bail!("the server did not start in {START:?}");
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    /// Resident memory of the process alone.
    ///
    /// **Units**: megabytes of a million bytes.
    pub(super) fn rss_mb(&self) -> anyhow::Result<f64> {
        let id = self.child.id().context("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next());
        let kib: u32 = kib.context("the system tells no VmRSS")?.parse()?;
        Ok(f64::from(kib) * 1024.0 / 1e6)
    }

    pub(super) async fn stop(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// A port that was free a moment ago.
fn free_address() -> anyhow::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?)
}

/// Makes a token before the server starts.
pub(super) async fn token(store: &Store, role: Role) -> anyhow::Result<String> {
    let wish = NewToken {
        role,
        hall: None,
        person: None,
        label: Some(format!("bench-{}", role.as_str())),
        days: Some(1),
    };
    Ok(create_token(store, wish).await?.token)
}

/// Serves the bare route: reads a wish for a number as JSON, answers with a ticket of the same
/// size as a real one, does nothing else.
pub(super) async fn run_bare(listen: SocketAddr) -> anyhow::Result<()> {
    let ticket: TicketView = serde_json::from_str(SAMPLE).context("the sample ticket")?;
    let answer = move |Json(_): Json<Wanted>| {
        let ticket = ticket.clone();
        async move { (StatusCode::CREATED, Json(ticket)) }
    };
    let router = Router::new().route("/bare", post(answer));
    let listener = tokio::net::TcpListener::bind(listen).await?;
    server::serve_router(listener, router, crate::stop::asked()).await;
    Ok(())
}

/// What the bare route reads; the same fields as a wish for a number.
#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "it is read for the work of reading it")]
struct Wanted {
    service: String,
    class: String,
    channel: String,
}

const SAMPLE: &str = r#"{"id":"019ab388-2f40-7c3e-a1fe-6f8f3c1f5d11","number":"A123",
"shown":"A123","service":{"code":"A","name":"第1类事项"},"class":"ordinary","ground":null,
"state":"waiting","channel":"kiosk","arrived_at":"2026-11-24T09:30:00+08:00","called_at":null,
"announced_at":null,"started_at":null,"ended_at":null,"window":null,"calls":0,"ahead":122,
"wait":null,"windows":["1","2","3","4"],"print":null,"copies":0,"delayed":false,
"matters":[{"service":"A","outcome":null,"promised_days":null,"pickup":null}],"holder":null,
"check":"7K2M","token":"hall001.AZqzSC9AfD6h_m-PPB9dEQABAgMEBQYHCAkKCwwNDg8","seq":1234}"#;

//! `tidehall demo`: a whole hall on this machine, with a simulated crowd and simulated clerks.

mod clerks;
mod crowd;
mod people;
mod slips;

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use hall::plan::Plan;
use hall::view::DayView;
use hall::{HallCode, Role, Timestamp};
use kiosk::print::{Profile, VirtualPrinter};
use link::client::Client;
use link::clock::{self, Clock};
use server::store::Store;
use server::tokens::{NewToken, create_token};
use server::{App, Config, Server};

use crate::stop;

const PLANS: [&str; 3] = [
    include_str!("plans/centre.toml"),
    include_str!("plans/town.toml"),
    include_str!("plans/village.toml"),
];

/// How the demo runs.
#[derive(Debug, Clone, Args)]
pub(crate) struct Arguments {
    /// How many hall seconds go by in one: 60 runs a day in about nine minutes.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=600))]
    speed: u32,
    /// The server's port; kiosk and slips take the next two when they are free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Visitors of the day in the district hall.
    #[arg(long, default_value_t = 900, value_parser = clap::value_parser!(u32).range(0..=5000))]
    visitors: u32,
    /// The hall's time at the start, RFC 3339; the lobby opens a minute later by default.
    #[arg(long, default_value = "2026-11-24T08:14:30+08:00", value_parser = crate::serve::moment)]
    from: Timestamp,
    /// Where the database is kept; a new folder that is removed at the end by default.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Ends when the day is settled.
    #[arg(long)]
    once: bool,
}

/// The hall's time in the demo, and how long hall seconds take.
#[derive(Debug, Clone)]
pub(crate) struct Pace {
    clock: Clock,
    speed: u32,
}

impl Pace {
    /// The hall's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Waits so many hall seconds.
    pub(crate) async fn wait(&self, seconds: u64) {
        let real_ms = seconds.saturating_mul(1000) / u64::from(self.speed);
        tokio::time::sleep(Duration::from_millis(real_ms)).await;
    }
}

/// A free port on loopback, `wanted` if it is.
fn address(wanted: u16) -> SocketAddr {
    let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, wanted));
    let free = std::net::TcpListener::bind(wanted).is_ok();
    if free {
        wanted
    } else {
        SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
    }
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let folder = Folder::new(arguments.data.clone())?;
    let pace = Pace {
        clock: Clock::fast(arguments.from, arguments.speed),
        speed: arguments.speed,
    };
    let config = Config {
        listen: address(arguments.port),
        database: format!("sqlite:{}", folder.path.join("tidehall.db").display()),
        tls: None,
        clock: pace.clock.clone(),
        requests_per_second: 0,
        font: crate::serve::FONT.into(),
    };
    let server = Server::start(config)
        .await
        .context("the server cannot start")?;
    let base = format!("http://{}", server.address);
    let app = server.app.clone();
    let boards = crate::serve::boards(&app, Some(&folder.path.join("voice")));
    let (stop_server, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server.run(display::router(boards), async {
        // The sender is dropped at the end, which stops the server too.
        let _ = stopped.await;
    }));
    let store = Arc::clone(app.halls.store());
    set_up(&store, &base).await?;
    let password = people::enter(&store, &base).await?;
    let machines = Machines::start(&arguments, &folder, (&store, &base)).await?;
    announce(&base, &machines, &password)?;
    let day = tokio::spawn(whole_day(
        arguments.clone(),
        pace,
        machines.tokens.clone(),
        base,
    ));
    wait_for_end(day, arguments.once, &app).await?;
    machines.kiosk.stop().await;
    drop((app, store));
    drop(stop_server);
    let _ = serving.await;
    Ok(())
}

/// The demo's files, removed at the end unless a folder was named.
struct Folder {
    path: PathBuf,
    keep: bool,
}

impl Folder {
    fn new(named: Option<PathBuf>) -> anyhow::Result<Self> {
        let keep = named.is_some();
        let id = link::random::id(clock::machine_now());
        let path = named.unwrap_or_else(|| std::env::temp_dir().join(format!("tidehall-{id}")));
        std::fs::create_dir_all(&path)
            .with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self { path, keep })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            // What cannot be removed is left to the system's own clean-up.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// Tokens that the simulated people and machines use.
#[derive(Debug, Clone)]
struct Tokens {
    kiosk: String,
    clerk: String,
    manager: String,
}

pub(super) async fn token(
    store: &Store,
    role: Role,
    person: Option<&str>,
) -> anyhow::Result<String> {
    let wish = NewToken {
        role,
        hall: None,
        person: person.map(str::to_owned),
        label: Some(format!("demo-{}", role.as_str())),
        days: Some(1),
    };
    Ok(create_token(store, wish).await?.token)
}

async fn set_up(store: &Store, base: &str) -> anyhow::Result<()> {
    let system = Client::new(base, &token(store, Role::System, None).await?)?;
    for text in PLANS {
        let mut plan: Plan = toml::from_str(text).context("the sample plan")?;
        if plan.hall.public_url.is_some() {
            plan.hall.public_url = Some(base.to_owned());
        }
        let path = format!("/api/v1/halls/{}/plan", plan.hall.code);
        let _: serde_json::Value = system
            .put(&path, &format!("demo-{}", plan.hall.code), &plan)
            .await?;
    }
    Ok(())
}

/// The kiosk, its printer, and the page of its slips.
struct Machines {
    kiosk: kiosk::Kiosk,
    slips: SocketAddr,
    tokens: Tokens,
}

impl Machines {
    async fn start(
        arguments: &Arguments,
        folder: &Folder,
        (store, base): (&Store, &str),
    ) -> anyhow::Result<Self> {
        let tokens = Tokens {
            kiosk: token(store, Role::Kiosk, None).await?,
            clerk: token(store, Role::Clerk, None).await?,
            manager: token(store, Role::Manager, Some("duty-manager")).await?,
        };
        let printer = VirtualPrinter::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let kiosk = kiosk::start(kiosk::Config {
            server: base.to_owned(),
            hall: "centre".to_owned(),
            token: tokens.kiosk.clone(),
            printer: format!("tcp://{}", printer.address()).parse()?,
            profile: Profile::default(),
            listen: address(arguments.port.saturating_add(1)),
            data: folder.path.join("kiosk.db"),
        })
        .await?;
        let slips = slips::start(printer, address(arguments.port.saturating_add(2))).await?;
        Ok(Self {
            kiosk,
            slips,
            tokens,
        })
    }
}

fn announce(base: &str, machines: &Machines, password: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    writeln!(
        out,
        "潮汐大厅演示 / Tidehall demo: everything is on this machine, nothing is real.\n"
    )?;
    writeln!(
        out,
        "  取号机 kiosk         http://{}/",
        machines.kiosk.address
    )?;
    writeln!(out, "  号票 slips           http://{}/", machines.slips)?;
    writeln!(out, "  显示屏 board         {base}/halls/centre/board")?;
    writeln!(
        out,
        "  值班长 floor         {base}/halls/centre/floor     manager / {password}"
    )?;
    writeln!(
        out,
        "  窗口 console         {base}/halls/centre/windows/26/console     c26 / {password}"
    )?;
    writeln!(
        out,
        "  镇、村 town, village {base}/halls/town/board   {base}/halls/village/board"
    )?;
    writeln!(out, "  接口 API             {base}/docs\n")?;
    out.flush()?;
    Ok(())
}

/// Opens the hall, lets people come, serves every one, and closes the day.
async fn whole_day(
    arguments: Arguments,
    pace: Pace,
    tokens: Tokens,
    base: String,
) -> anyhow::Result<String> {
    let clerk = Client::new(&base, &tokens.clerk)?;
    let kiosk = Client::new(&base, &tokens.kiosk)?;
    let manager = Client::new(&base, &tokens.manager)?;
    let plan: Arc<Plan> = Arc::new(manager.get("/api/v1/halls/centre/plan").await?);
    // The last window is left to whoever tries the console.
    let windows = plan.windows.len().saturating_sub(1);
    for window in plan.windows.iter().take(windows) {
        tokio::spawn(clerks::work(
            clerk.clone(),
            Arc::clone(&plan),
            window.clone(),
            pace.clone(),
        ));
    }
    crowd::come(&kiosk, &plan, &pace, arguments.visitors).await?;
    settle(&manager, &pace).await
}

async fn settle(manager: &Client, pace: &Pace) -> anyhow::Result<String> {
    let mut attempt = 0;
    loop {
        let day: DayView = manager.get("/api/v1/halls/centre/day").await?;
        if day.state == hall::view::DayState::Closing && day.balance.open == 0 {
            attempt += 1;
            let path = "/api/v1/halls/centre/day/settlements";
            let done: Result<serde_json::Value, _> = manager
                .post(
                    path,
                    &format!("demo-settle-{attempt}"),
                    &serde_json::json!({}),
                )
                .await;
            if done.is_ok() {
                return last_line(manager).await;
            }
        }
        pace.wait(30).await;
    }
}

async fn last_line(manager: &Client) -> anyhow::Result<String> {
    let day: DayView = manager.get("/api/v1/halls/centre/day").await?;
    let b = day.balance;
    anyhow::ensure!(
        b.issued == b.finished + b.no_show + b.cancelled + b.carried_over,
        "the balance does not hold: {b:?}"
    );
    Ok(format!(
        "{}: issued {} = finished {} + no-show {} + cancelled {} + carried {}; voided by clock: 0",
        day.date, b.issued, b.finished, b.no_show, b.cancelled, b.carried_over
    ))
}

async fn wait_for_end(
    day: tokio::task::JoinHandle<anyhow::Result<String>>,
    once: bool,
    app: &App,
) -> anyhow::Result<()> {
    let asked = stop::asked();
    tokio::pin!(asked);
    tokio::select! {
        line = day => {
            writeln!(std::io::stdout(), "{}", line??)?;
        }
        () = &mut asked => {
            let open = app.halls.get(&HallCode::from("centre"));
            let open = open.map_or(0, |hall| hall.durable().hall.outstanding_count());
            writeln!(std::io::stdout(), "stopped; {open} numbers were still open")?;
            return Ok(());
        }
    }
    if !once {
        asked.await;
    }
    Ok(())
}

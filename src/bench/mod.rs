//! `tidehall bench`: what the server does on this machine, beside a bare route served the same way.
//!
//! Server and load generator share the cores; both run in one go, in rounds that take turns, so
//! that a busy machine slows both. Durability and every limit but that of requests are in force.

mod client;
mod figures;
mod house;
mod load;
mod plans;
mod replay;
mod reports;
mod sockets;
mod windows;

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::ensure;
use clap::Args;
use hall::Role;
use server::store::Store;

use client::{Connection, Wish};
use figures::{Figures, Times, median};
use house::{Folder, Process};
use load::{HALLS, Kind, Target, hall};
use plans::plan;
use sockets::Sockets;
use windows::{Floor, WINDOWS};

/// Windows of a hall in which only numbers are issued.
const ISSUE_WINDOWS: usize = 4;
/// Visitors that a window can see in a second at most; so many take a number beforehand.
const VISITS_PER_SECOND: u64 = 2500;
/// Visitors of one hall at most, so that its day keeps a size that can be.
const VISITORS_MAX: u64 = 8000;

/// What is measured, and for how long.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Prints the figures as one JSON object.
    #[arg(long)]
    json: bool,
    /// Seconds of each phase of each round.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// Rounds; the figures are medians over them.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=15))]
    rounds: u32,
    /// Board sockets.
    #[arg(long, default_value_t = 1000)]
    sockets: usize,
    /// Changes that the sockets hear of.
    #[arg(long, default_value_t = 60)]
    changes: usize,
    /// Measures reports of a month instead, cold and warm.
    #[arg(long)]
    reports: bool,
    /// Only serves the bare route there.
    #[arg(long, hide = true)]
    bare: Option<SocketAddr>,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    if let Some(listen) = arguments.bare {
        return house::run_bare(listen).await;
    }
    if arguments.reports {
        return reports::measure().await?.print(arguments.json);
    }
    let folder = Folder::new()?;
    let figures = measure(&arguments, &folder).await?;
    if arguments.json {
        figures.print_json()
    } else {
        figures.print_table()
    }
}

/// One round of the three loads that take turns.
struct Round {
    bare: load::Measured,
    issue: load::Measured,
    call: load::Measured,
}

struct Bench<'a> {
    arguments: &'a Arguments,
    folder: &'a Folder,
    bare: Process,
    server: Process,
    manager: String,
}

async fn measure(arguments: &Arguments, folder: &Folder) -> anyhow::Result<Figures> {
    let database = folder.database("tidehall.db");
    let store = Store::open_tool(&database).await?;
    let manager = house::token(&store, Role::Manager).await?;
    let system = house::token(&store, Role::System).await?;
    let display = house::token(&store, Role::Display).await?;
    drop(store);
    let bench = Bench {
        arguments,
        folder,
        bare: Process::bare(folder).await?,
        server: Process::serve(folder, &database).await?,
        manager,
    };
    bench.publish_plans(&system).await?;
    let mut rounds = Vec::new();
    for round in 0..arguments.rounds {
        rounds.push(bench.round(round).await?);
    }
    bench.figures(rounds, &display).await
}

impl Bench<'_> {
    fn length(&self) -> Duration {
        Duration::from_secs(self.arguments.seconds)
    }

    fn target(&self, kind: Kind, round: &str) -> Target {
        let address = match kind {
            Kind::Bare => self.bare.address,
            Kind::Issue => self.server.address,
        };
        Target {
            address,
            token: self.manager.clone(),
            round: round.to_owned(),
            kind,
        }
    }

    fn floor(&self, hall: String) -> Floor {
        Floor {
            address: self.server.address,
            token: self.manager.clone(),
            hall,
        }
    }

    async fn publish_plans(&self, system: &str) -> anyhow::Result<()> {
        let mut connection = Connection::open(self.server.address, system).await?;
        let small = (0..HALLS).map(|i| (hall(i), ISSUE_WINDOWS));
        let floors = (0..self.arguments.rounds).map(|round| (floor(round), WINDOWS));
        let board = [("board".to_owned(), WINDOWS)];
        for (code, windows) in small.chain(floors).chain(board) {
            let path = format!("/api/v1/halls/{code}/plan");
            let body = serde_json::to_string(&plan(&code, windows)?)?;
            let wish = Wish {
                method: "PUT",
                ..Wish::post(&path, "plan", &body)
            };
            let answer = connection.ask(wish).await?;
            ensure!(answer.status < 300, "{path}: {}", answer.body);
        }
        Ok(())
    }

    async fn round(&self, round: u32) -> anyhow::Result<Round> {
        let name = format!("r{round}");
        let bare = load::saturate(&self.target(Kind::Bare, &name), self.length()).await?;
        let issue = load::saturate(&self.target(Kind::Issue, &name), self.length()).await?;
        let floor = self.floor(floor(round));
        floor.open_windows(WINDOWS).await?;
        let visitors = (self.arguments.seconds * VISITS_PER_SECOND).min(VISITORS_MAX);
        floor.fill(usize::try_from(visitors)?).await?;
        let call = floor.serve(self.length()).await?;
        Ok(Round { bare, issue, call })
    }

    async fn figures(self, mut rounds: Vec<Round>, display: &str) -> anyhow::Result<Figures> {
        let of = |figure: fn(&Round) -> f64| rounds.iter().map(figure).collect::<Vec<_>>();
        let issue_ratios = of(|r| r.issue.per_second() / r.bare.per_second());
        let call_ratios = of(|r| r.call.per_second() / r.bare.per_second());
        let bare_rps = median(of(|r| r.bare.per_second()));
        let issue_rps = median(of(|r| r.issue.per_second()));
        let call_rps = median(of(|r| r.call.per_second()));
        let issued = rounds.iter().map(|r| r.issue.count).sum();
        let (mut bare, mut issue, mut call) = take_times(&mut rounds);
        let target = self.target(Kind::Issue, "paced");
        let mut half = load::paced(&target, issue_rps / 2.0, self.length() * 2).await?;
        let (mut heard, rss_mb) = self.fan_out(display).await?;
        let issue_answer_bytes = load::answer_size(&self.target(Kind::Issue, "size")).await?;
        let bare_answer_bytes = load::answer_size(&self.target(Kind::Bare, "size")).await?;
        let sync_p50_ms = self.folder.sync_times()?.percentile_ms(50);
        self.server.stop().await?;
        self.bare.stop().await?;
        let replay = replay::measure(self.folder).await?;
        Ok(Figures {
            issue_ratio: median(issue_ratios.clone()),
            call_ratio: median(call_ratios.clone()),
            issue_p99_ms: half.times.percentile_ms(99),
            fanout_p99_ms: heard.percentile_ms(99),
            rss_mb,
            replay_events_per_s: replay.events_per_second(),
            sync_p50_ms,
            bare_rps,
            issue_rps,
            call_rps,
            calls_only_rps: call_rps / 3.0,
            bare_p50_ms: bare.percentile_ms(50),
            issue_p50_ms: half.times.percentile_ms(50),
            issue_saturated_p99_ms: issue.percentile_ms(99),
            call_p50_ms: call.percentile_ms(50),
            call_p99_ms: call.percentile_ms(99),
            fanout_p50_ms: heard.percentile_ms(50),
            sockets: self.arguments.sockets,
            changes: heard.len(),
            issued,
            issue_answer_bytes,
            bare_answer_bytes,
            replay_events: replay.events,
            replay_s: replay.start.as_secs_f64(),
            empty_start_s: replay.empty_start.as_secs_f64(),
            issue_ratios,
            call_ratios,
        })
    }

    /// Opens the sockets, changes the hall, and looks at the server's memory while they are open.
    async fn fan_out(&self, display: &str) -> anyhow::Result<(Times, f64)> {
        let address = self.server.address;
        let count = self.arguments.sockets;
        let mut sockets = Sockets::open(address, ("board", display), count).await?;
        let changes = self.arguments.changes;
        let heard = sockets.hear((address, &self.manager), "board", changes);
        let heard = heard.await?;
        let rss_mb = self.server.rss_mb()?;
        drop(sockets);
        Ok((heard, rss_mb))
    }
}

fn floor(round: u32) -> String {
    format!("floor{round:02}")
}

fn take_times(rounds: &mut [Round]) -> (Times, Times, Times) {
    let mut all = (Times::default(), Times::default(), Times::default());
    for round in rounds {
        all.0.append(std::mem::take(&mut round.bare.times));
        all.1.append(std::mem::take(&mut round.issue.times));
        all.2.append(std::mem::take(&mut round.call.times));
    }
    all
}

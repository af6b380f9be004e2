//! A long journal, made by really driving halls, and how fast a server has read it again.

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use hall::{
    Actor, Channel, Class, Command, HallCode, IssueTicket, Outcome, Pick, Role, ServiceCode,
    TicketId, Timestamp, WindowCode,
};
use link::clock::Clock;
use link::random;
use server::floor::{HallHandle, Halls};
use server::store::{Committer, Store};
use tokio::task::JoinSet;

use super::house::{Folder, MORNING, Process};
use super::load::count;
use super::plans::{SERVICES, clerk, plan, window};

/// Events of the journal. **Source**: the aim of this measurement.
const EVENTS: usize = 100_000;
/// Halls that they belong to. Ours: a district with its towns and villages.
const HALLS: usize = 25;
/// Windows of each hall.
const WINDOWS: usize = 12;

/// What a start with a long journal took.
pub(super) struct Replay {
    pub(super) events: usize,
    pub(super) empty_start: Duration,
    pub(super) start: Duration,
}

impl Replay {
    /// Events over the whole start, the process itself included.
    pub(super) fn events_per_second(&self) -> f64 {
        count(self.events) / self.start.as_secs_f64()
    }
}

/// Writes the journal, then starts a server on it; the best of three starts, as the first one may
/// wait for the disk.
pub(super) async fn measure(folder: &Folder) -> anyhow::Result<Replay> {
    let database = folder.database("replay.db");
    let events = drive(&database).await?;
    let empty = Process::serve(folder, &folder.database("empty.db")).await?;
    let empty_start = empty.started_in;
    empty.stop().await?;
    let mut start = Duration::MAX;
    for _ in 0..3 {
        let server = Process::serve(folder, &database).await?;
        start = start.min(server.started_in);
        server.stop().await?;
    }
    Ok(Replay {
        events,
        empty_start,
        start,
    })
}

/// Drives every hall until the journal is long enough; the number of its rows.
async fn drive(database: &str) -> anyhow::Result<usize> {
    let store = Arc::new(Store::open_server(database).await?);
    let (committer, _) = Committer::spawn(Arc::clone(&store), Box::new(|_| std::process::abort()));
    let morning = chrono::DateTime::parse_from_rfc3339(MORNING)?;
    let clock = Clock::pretend(Timestamp(morning.timestamp_millis()));
    let halls = Halls::open(store, committer, clock).await?;
    let mut workers = JoinSet::new();
    for i in 0..HALLS {
        let code = format!("hall{i:02}");
        let hall = halls.get_or_start(&HallCode(code.clone()));
        let plan = Box::new(plan(&code, WINDOWS)?);
        let command = Command::PublishPlan { plan };
        hall.ask(command, manager(), None).await?;
        for i in 0..WINDOWS {
            workers.spawn(work(hall.clone(), i));
        }
    }
    while let Some(worker) = workers.join_next().await {
        worker??;
    }
    let handles = halls.all();
    let rows = handles.iter().map(|hall| hall.durable().seq).sum::<u64>();
    Ok(usize::try_from(rows)?)
}

/// One window: signs in, then issues, calls, greets and finishes until its hall has its share.
async fn work(hall: HallHandle, i: usize) -> anyhow::Result<()> {
    let window = WindowCode(window(i));
    let clerk = hall::ClerkCode(clerk(i));
    let sign_in = Command::SignIn {
        window: window.clone(),
        clerk,
        overriding: None,
    };
    hall.ask(sign_in, manager(), None).await?;
    let ready = Command::MakeReady {
        window: window.clone(),
    };
    hall.ask(ready, manager(), None).await?;
    let share = u64::try_from(EVENTS / HALLS)?;
    while hall.durable().seq < share {
        for command in visit(&window, i) {
            hall.ask(command, manager(), Some(key())).await?;
        }
    }
    ensure!(hall.durable().broken.is_none(), "the hall is read-only");
    Ok(())
}

fn visit(window: &WindowCode, i: usize) -> [Command; 4] {
    let issue = IssueTicket {
        ticket: TicketId(random::id(link::clock::machine_now())),
        service: ServiceCode(SERVICES.get(i).copied().unwrap_or("A").to_owned()),
        class: Class::Ordinary,
        ground: None,
        channel: Channel::Kiosk,
        holder: None,
        note: None,
        after_closing: None,
        told: None,
    };
    let call = Command::Call {
        window: window.clone(),
        pick: Pick::Next,
        expect: None,
    };
    let start = Command::Start {
        window: window.clone(),
    };
    let finish = Command::Finish {
        window: window.clone(),
        outcome: Outcome::DoneOnTheSpot,
        promised_days: None,
        pickup: None,
        slip: None,
        matters: Vec::new(),
    };
    [Command::Issue(Box::new(issue)), call, start, finish]
}

fn key() -> server::floor::Key {
    let text = random::id(link::clock::machine_now()).to_string();
    let body_mac = random::bytes::<32>().to_vec();
    server::floor::Key { text, body_mac }
}

fn manager() -> Actor {
    Actor {
        name: "bench-manager".to_owned(),
        role: Role::Manager,
        clerk: None,
    }
}

//! `tidehall`: server, kiosk, display and tools in one program.

mod audit;
mod bench;
mod demo;
mod device;
mod display_device;
mod kiosk_device;
mod plan;
mod serve;
mod simulate;
mod stop;
mod token;

use std::io::IsTerminal;

use clap::{Parser, Subcommand};

/// 潮汐大厅: runs the floor of a government service hall.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// A whole hall on this machine, with a simulated crowd.
    Demo(demo::Arguments),
    /// Runs a kiosk: touch page, printer, its own journal.
    Kiosk(kiosk_device::Arguments),
    /// Runs a board on its own machine, so that it lives on when the network dies.
    Display(display_device::Arguments),
    /// Runs the server: journal, API, pages.
    Serve(serve::Arguments),
    /// Makes and lists tokens, also beside a running server.
    Token(token::Arguments),
    /// Checks a plan, or carries one in or out.
    Plan(plan::Arguments),
    /// Verifies the journal's chain and replays it.
    Audit(audit::Arguments),
    /// Rehearses days of a hall under several policies, on the same arrivals.
    Simulate(simulate::Arguments),
    /// Measures this machine: numbers, calls, boards, memory and replay, beside a bare route.
    Bench(bench::Arguments),
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run(arguments.task))
}

fn filter() -> tracing_subscriber::EnvFilter {
    tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into())
}

async fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Demo(arguments) => demo::run(arguments).await,
        Task::Kiosk(arguments) => kiosk_device::run(arguments).await,
        Task::Display(arguments) => display_device::run(arguments).await,
        Task::Serve(arguments) => serve::run(arguments).await,
        Task::Token(arguments) => token::run(arguments).await,
        Task::Plan(arguments) => plan::run(arguments).await,
        Task::Audit(arguments) => audit::run(arguments).await,
        Task::Simulate(arguments) => simulate::run(arguments).await,
        Task::Bench(arguments) => bench::run(arguments).await,
    }
}

//! `tidehall audit verify`.

use std::io::Write;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use server::floor::verify;
use server::store::Store;

/// What to audit.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Checks every hash of every hall and replays every event; names the first bad row.
    Verify {
        /// `sqlite:PATH` or `postgres://…`.
        #[arg(long, default_value = "sqlite:tidehall.db", env = "TIDEHALL_DATABASE")]
        database: String,
    },
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Task::Verify { database } = arguments.task;
    let store = Store::open_tool(&database).await;
    let store = store.with_context(|| format!("cannot open {database}"))?;
    let mut bad = 0;
    for (hall, outcome) in verify(&store).await.context("the journal cannot be read")? {
        match outcome {
            Ok(rows) => writeln!(
                std::io::stdout(),
                "{hall}: {rows} rows, chain and replay hold"
            )?,
            Err(fault) => {
                bad += 1;
                writeln!(std::io::stdout(), "{hall}: {fault}")?;
            }
        }
    }
    if bad > 0 {
        bail!("{bad} journals do not hold");
    }
    Ok(())
}

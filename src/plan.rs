//! `tidehall plan`: the plan as TOML, checked as the server checks it.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use hall::plan::Plan;
use link::client::Client;

/// What to do with a plan.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Checks a plan and lists every fault.
    Check {
        /// The TOML file.
        file: PathBuf,
    },
    /// Puts a plan into force on a server.
    Import {
        /// The TOML file.
        file: PathBuf,
        #[command(flatten)]
        server: ServerArguments,
    },
    /// Writes the plan in force of a hall as TOML to standard output.
    Export {
        /// The hall's code.
        #[arg(long)]
        hall: String,
        #[command(flatten)]
        server: ServerArguments,
    },
}

#[derive(Debug, Args)]
struct ServerArguments {
    /// The server's address.
    #[arg(long, default_value = "http://127.0.0.1:8080", env = "TIDEHALL_SERVER")]
    server: String,
    /// A token of the role system.
    #[arg(long, env = "TIDEHALL_TOKEN", hide_env_values = true)]
    token: String,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.task {
        Task::Check { file } => {
            let plan = read(&file)?;
            writeln!(
                std::io::stdout(),
                "{}: 方案可用 / the plan can be used",
                plan.hall.code
            )?;
            Ok(())
        }
        Task::Import { file, server } => import(&read(&file)?, &server).await,
        Task::Export { hall, server } => export(&hall, &server).await,
    }
}

/// Reads and checks a plan; every fault is in the error.
pub(crate) fn read(file: &Path) -> anyhow::Result<Plan> {
    let text = std::fs::read_to_string(file);
    let text = text.with_context(|| format!("cannot read {}", file.display()))?;
    let plan: Plan = toml::from_str(&text).with_context(|| format!("in {}", file.display()))?;
    let faults = plan.faults();
    if faults.is_empty() {
        return Ok(plan);
    }
    let lines: Vec<_> = faults
        .iter()
        .map(|fault| format!("  {}: {} / {}", fault.path, fault.text.zh, fault.text.en))
        .collect();
    bail!(
        "{} has {} faults:\n{}",
        file.display(),
        lines.len(),
        lines.join("\n")
    )
}

async fn import(plan: &Plan, arguments: &ServerArguments) -> anyhow::Result<()> {
    let client = Client::new(&arguments.server, &arguments.token)?;
    let path = format!("/api/v1/halls/{}/plan", plan.hall.code);
    let key = link::random::id(link::clock::machine_now()).to_string();
    let answer: serde_json::Value = client.put(&path, &key, plan).await?;
    writeln!(std::io::stdout(), "{answer}")?;
    Ok(())
}

async fn export(hall: &str, arguments: &ServerArguments) -> anyhow::Result<()> {
    let client = Client::new(&arguments.server, &arguments.token)?;
    let plan: Plan = client.get(&format!("/api/v1/halls/{hall}/plan")).await?;
    write!(std::io::stdout(), "{}", toml::to_string_pretty(&plan)?)?;
    Ok(())
}

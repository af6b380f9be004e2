//! `tidehall token`.

use std::io::Write;

use anyhow::Context;
use clap::{Args, Subcommand};
use hall::Role;
use hall::text::is_code;
use server::store::Store;
use server::tokens::{NewToken, create_token};

/// What to do with tokens.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Makes a token and prints it alone; works before the hall exists and beside a server.
    Create(Create),
}

#[derive(Debug, Args)]
struct Create {
    /// `sqlite:PATH` (made when missing) or `postgres://…`.
    #[arg(long, default_value = "sqlite:tidehall.db", env = "TIDEHALL_DATABASE")]
    database: String,
    /// The token's one role.
    #[arg(long, value_parser = role)]
    role: Role,
    /// The token's only hall; left out it is good for every hall.
    #[arg(long, value_parser = code)]
    hall: Option<String>,
    /// The person whose name the journal keeps.
    #[arg(long = "as", value_parser = code)]
    person: Option<String>,
    /// A name for people to know it by.
    #[arg(long)]
    label: Option<String>,
    /// Days until it expires; left out it does not.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: Option<u32>,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| {
        let all: Vec<_> = Role::ALL.into_iter().map(Role::as_str).collect();
        format!("must be one of {}", all.join(", "))
    })
}

fn code(text: &str) -> Result<String, String> {
    let fits = is_code(text, 32);
    fits.then(|| text.to_owned())
        .ok_or_else(|| "must be 1 to 32 letters, digits, - or _".into())
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.task {
        Task::Create(create) => self::create(create).await,
    }
}

async fn create(wish: Create) -> anyhow::Result<()> {
    let store = Store::open_tool(&wish.database).await;
    let store = store.with_context(|| format!("cannot open {}", wish.database))?;
    let token = NewToken {
        role: wish.role,
        hall: wish.hall,
        person: wish.person,
        label: wish.label,
        days: wish.days,
    };
    let made = create_token(&store, token)
        .await
        .context("the token cannot be kept")?;
    writeln!(std::io::stdout(), "{}", made.token)?;
    Ok(())
}

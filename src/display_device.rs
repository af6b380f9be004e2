//! `tidehall display`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::device::Place;
use crate::stop;

/// How the board runs.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Where the board's page is.
    #[arg(long, default_value = "127.0.0.1:8082")]
    listen: SocketAddr,
    /// A folder for the voice pack.
    #[arg(long, default_value = "voice")]
    data: PathBuf,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let board = display::start(display::Config {
        server: arguments.place.server,
        hall: arguments.place.hall,
        token: arguments.place.token,
        listen: arguments.listen,
        data: arguments.data,
    })
    .await
    .context("the board cannot start")?;
    tracing::info!(address = %board.address, "the board is ready");
    stop::asked().await;
    board.stop().await;
    Ok(())
}

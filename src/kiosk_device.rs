//! `tidehall kiosk`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use kiosk::print::{PrinterAddress, Profile};

use crate::device::Place;
use crate::stop;

/// How the kiosk runs.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// `tcp://HOST:9100`, `usb:/dev/usb/lp0`, `serial:/dev/ttyS0[:9600]` or `file:DIR`.
    #[arg(long)]
    printer: PrinterAddress,
    /// A TOML file that says what the printer can; the default is an 80 mm printer with GB18030.
    #[arg(long)]
    profile: Option<PathBuf>,
    /// Where the touch page is.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// The kiosk's own journal.
    #[arg(long, default_value = "kiosk.db")]
    data: PathBuf,
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let profile = match &arguments.profile {
        None => Profile::default(),
        Some(file) => {
            let text = std::fs::read_to_string(file);
            let text = text.with_context(|| format!("cannot read {}", file.display()))?;
            toml::from_str(&text).with_context(|| format!("in {}", file.display()))?
        }
    };
    let kiosk = kiosk::start(kiosk::Config {
        server: arguments.place.server,
        hall: arguments.place.hall,
        token: arguments.place.token,
        printer: arguments.printer,
        profile,
        listen: arguments.listen,
        data: arguments.data,
    })
    .await
    .context("the kiosk cannot start")?;
    tracing::info!(address = %kiosk.address, "the touch page is ready");
    stop::asked().await;
    kiosk.stop().await;
    Ok(())
}

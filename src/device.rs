//! What every device is told: where its server is, which hall it stands in, who it is.

use clap::Args;

/// Where a device belongs.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The server's address.
    #[arg(long, env = "TIDEHALL_SERVER")]
    pub(crate) server: String,
    /// The hall's code.
    #[arg(long, env = "TIDEHALL_HALL")]
    pub(crate) hall: String,
    /// A token of the device's role: kiosk or display.
    #[arg(long, env = "TIDEHALL_TOKEN", hide_env_values = true)]
    pub(crate) token: String,
}

//! `tidehall serve`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use display::BoardSource;
use hall::{HallCode, Timestamp};
use link::clock::Clock;
use server::{App, Config, Server};

use crate::stop;

/// Where Debian's fonts-wqy-zenhei lies, which has the characters of GBK.
pub(crate) const FONT: &str = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc";

/// How the server runs.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080", env = "TIDEHALL_LISTEN")]
    listen: SocketAddr,
    /// `sqlite:PATH` (made when missing) or `postgres://…`.
    #[arg(long, default_value = "sqlite:tidehall.db", env = "TIDEHALL_DATABASE")]
    database: String,
    /// Certificate chain in PEM; needs --tls-key.
    #[arg(long, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key in PEM.
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Starts with a clock that stands at this moment and is moved by `PUT /api/v1/clock`: for
    /// tests and rehearsals, never for a real hall.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pretend_clock: Option<Timestamp>,
    /// A folder for the voice pack; made by espeak-ng when it is empty. Without it boards chime.
    #[arg(long)]
    voice: Option<PathBuf>,
    /// The font of PDF papers, a TrueType or OpenType file.
    #[arg(long, value_name = "FILE", default_value = FONT, env = "TIDEHALL_FONT")]
    font: PathBuf,
    /// Requests a second for each token, twice that in a burst; 0 is no limit.
    #[arg(long, default_value_t = 500)]
    requests_per_second: u32,
}

/// What boards show: the halls of this server, and the clips they speak with.
pub(crate) fn boards(app: &App, voice: Option<&Path>) -> BoardSource {
    let halls = app.halls.clone();
    let source =
        BoardSource::new(move |hall| halls.get(&HallCode::from(hall)).map(|hall| hall.boards()))
            .with_clock(app.clock.clone());
    let Some(folder) = voice else { return source };
    match display::voice::generate(folder) {
        Ok(pack) => source.with_voice(pack),
        Err(fault) => {
            tracing::warn!(%fault, "boards will chime and not speak");
            source
        }
    }
}

/// Reads RFC 3339.
pub(crate) fn moment(text: &str) -> Result<Timestamp, String> {
    let moment = chrono::DateTime::parse_from_rfc3339(text);
    moment
        .map(|moment| Timestamp(moment.timestamp_millis()))
        .map_err(|_| "must be like 2026-11-23T08:00:00+08:00".to_owned())
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let clock = arguments.pretend_clock.map_or(Clock::Real, Clock::pretend);
    if clock.is_pretend() {
        tracing::warn!("the clock is pretended: not for a real hall");
    }
    let config = Config {
        listen: arguments.listen,
        database: arguments.database,
        tls: arguments.tls_cert.zip(arguments.tls_key),
        clock,
        requests_per_second: arguments.requests_per_second,
        font: arguments.font,
    };
    let server = Server::start(config)
        .await
        .context("the server cannot start")?;
    tracing::info!(address = %server.address, "listening");
    let boards = boards(&server.app, arguments.voice.as_deref());
    server.run(display::router(boards), stop::asked()).await;
    tracing::info!("stopped");
    Ok(())
}

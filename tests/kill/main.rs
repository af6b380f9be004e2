//! The real program under load, killed again and again: what was acknowledged is there, nothing is
//! there twice. `KILL_CYCLES` says how often.

#![expect(
    clippy::indexing_slicing,
    reason = "what is not there fails the test, as it should"
)]

mod load;
mod program;

use std::io::Write;
use std::time::Duration;

use serde_json::json;
use tokio::sync::watch;

use load::{Ledger, Load};
use program::Program;

/// The shortest and longest life of one server under load, in milliseconds. Ours.
const LIFE_MS: (u64, u64) = (40, 400);
/// Kiosks that take numbers at once.
const KIOSKS: usize = 3;
/// Windows that call at once.
const WINDOWS: usize = 4;

fn cycles() -> u32 {
    let wished = std::env::var("KILL_CYCLES").ok();
    wished.and_then(|text| text.parse().ok()).unwrap_or(15)
}

fn life() -> Duration {
    let [a, b] = link::random::bytes::<2>().map(u64::from);
    let (shortest, longest) = LIFE_MS;
    Duration::from_millis(shortest + (a * 256 + b) % (longest - shortest))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlives_every_kill() {
    link::client::install_tls();
    let mut program = Program::prepare();
    program.start().await;
    let load = Load::new(&program, WINDOWS);
    load.open().await;
    let (stop, stopped) = watch::channel(false);
    let mut clients = Vec::new();
    for kiosk in 0..KIOSKS {
        clients.push(tokio::spawn(
            load.clone().take_numbers(kiosk, stopped.clone()),
        ));
    }
    for window in 1..=WINDOWS {
        clients.push(tokio::spawn(load.clone().call(window, stopped.clone())));
    }
    for _ in 0..cycles() {
        tokio::time::sleep(life()).await;
        program.kill();
        program.start().await;
    }
    stop.send_replace(true);
    let mut ledger = Ledger::default();
    for client in clients {
        ledger.merge(client.await.expect("a client does not panic"));
    }
    let found = load.compare(&ledger).await;
    program.kill();
    program.verify();
    let figures = json!({
        "kills": cycles() + 1, "acks": ledger.acks(), "lost": found.lost, "doubled": found.doubled,
        "changed": ledger.changed,
    });
    writeln!(std::io::stdout(), "{figures}").expect("the figures are written");
    assert!(ledger.acks() > 50, "there was load: {figures}");
    assert_eq!(
        (found.lost, found.doubled, ledger.changed),
        (0, 0, 0),
        "{figures}"
    );
}

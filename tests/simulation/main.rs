//! Days of a hall, drawn by chance from a seed, with every promise asked after every step.
//!
//! `cargo test --test simulation` runs fresh seeds for `SIMULATION_SECONDS` (20) and every named
//! seed. `SIMULATION_SECONDS=3600` runs it long. `SIMULATION_SEED=7 cargo test --test simulation
//! replay -- --nocapture` runs one seed again. `SIMULATION_LEDGER=FILE` keeps the results.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "of all facts only some matter to a promise"
)]

mod bugs;
mod crowd;
mod day;
mod journal;
mod plan;
mod posts;
mod promises;
mod rng;
mod run;
mod tally;
mod witness;

use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::time::{Duration, Instant};

use bugs::Bug;
use day::{Manner, Way, World};
use run::run;
use tally::Tally;

/// Seeds that every run repeats: the first ones, and each that ever found something.
const NAMED_SEEDS: [(u64, &str); 3] = [
    (1, "the first"),
    (2, "the second"),
    (
        3_340_950_214_829_986,
        "a lobby opens in a batch that is not on disk when people go home",
    ),
];

/// Fewer would be blind to what is rare.
const SEEDS_AT_LEAST: u64 = 24;

/// Seeds within which each planted bug must be found.
const SEEDS_PER_BUG: u64 = 2_000;

const FAULTY: Way = Way {
    bug: None,
    faults: true,
    manner: Manner::Batches,
    days_late: 0,
};

fn fresh_seed() -> u64 {
    // No more than 53 bits, so that JSON keeps it.
    RandomState::new().hash_one("a day") >> 11
}

#[expect(
    clippy::disallowed_methods,
    reason = "the budget is of the test, not of a hall"
)]
fn real_now() -> Instant {
    Instant::now()
}

/// Past the test runner's capture: a seed is shown whether the run passes or fails.
fn say(line: std::fmt::Arguments<'_>) {
    writeln!(std::io::stdout(), "{line}").expect("the line is written");
}

fn budget() -> Duration {
    let seconds = std::env::var("SIMULATION_SECONDS").ok();
    let seconds = seconds.and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(20))
}

#[test]
fn days_with_faults_keep_every_promise() {
    let start = real_now();
    let base = fresh_seed();
    say(format_args!("seed {base}"));
    let mut tally = Tally::default();
    let mut seeds = 0;
    while seeds < SEEDS_AT_LEAST || start.elapsed() < budget() {
        let world = run(base + seeds, FAULTY).unwrap_or_else(|failure| panic!("{failure}"));
        tally.add(&world.tally);
        seeds += 1;
    }
    let line = tally.line(seeds, start.elapsed().as_secs_f64());
    say(format_args!("{line}"));
    keep(&line);
    assert_eq!(
        tally.blind_to(),
        Vec::<String>::new(),
        "the run is blind: {line}"
    );
}

fn keep(line: &str) {
    let Ok(path) = std::env::var("SIMULATION_LEDGER") else {
        return;
    };
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).append(true).open(path);
    writeln!(file.expect("the ledger opens"), "{line}").expect("the ledger is written");
}

#[test]
fn named_seeds_keep_every_promise() {
    for (seed, name) in NAMED_SEEDS {
        if let Err(failure) = run(seed, FAULTY) {
            panic!("{name}: {failure}");
        }
    }
}

#[test]
fn replay() {
    let seed = std::env::var("SIMULATION_SEED").unwrap_or_else(|_| "1".into());
    let seed = seed.parse().expect("SIMULATION_SEED is a number");
    match run(seed, FAULTY) {
        Ok(world) => say(format_args!("{}", world.tally.line(1, 0.0))),
        Err(failure) => panic!("{failure}"),
    }
}

fn found_after(bug: Bug) -> Option<(u64, String)> {
    let way = Way {
        bug: Some(bug),
        ..FAULTY
    };
    (0..SEEDS_PER_BUG).find_map(|seed| {
        let failure = run(seed, way).err()?;
        Some((seed + 1, failure.broken.promise.to_owned()))
    })
}

#[test]
fn every_planted_bug_is_found() {
    for bug in Bug::ALL {
        let found = found_after(bug);
        let (seeds, promise) = found.unwrap_or_else(|| panic!("{bug:?} is not found"));
        say(format_args!(
            "{bug:?}: found after {seeds} seeds by {promise}"
        ));
    }
}

fn calm(seed: u64, way: Way) -> World {
    run(seed, way).unwrap_or_else(|failure| panic!("{failure}"))
}

const CALM: Way = Way {
    faults: false,
    manner: Manner::Committed,
    ..FAULTY
};

#[test]
fn sending_everything_twice_changes_nothing() {
    for seed in 0..6 {
        let once = calm(seed, CALM);
        let twice = calm(
            seed,
            Way {
                manner: Manner::Doubled,
                ..CALM
            },
        );
        assert_eq!(once.journal.rows, twice.journal.rows, "seed {seed}");
        assert!(once.journal.ahead == twice.journal.ahead, "seed {seed}");
    }
}

#[test]
fn restarting_at_every_step_changes_nothing() {
    for seed in 0..2 {
        let once = calm(seed, CALM);
        let restarted = calm(
            seed,
            Way {
                manner: Manner::Restarted,
                ..CALM
            },
        );
        assert_eq!(once.journal.rows, restarted.journal.rows, "seed {seed}");
    }
}

/// K3.
#[test]
fn clocks_that_run_weeks_late_change_no_decision() {
    for seed in 0..6 {
        let now = calm(seed, CALM);
        let later = calm(
            seed,
            Way {
                days_late: 7 * 2,
                ..CALM
            },
        );
        assert_eq!(decisions(&now), decisions(&later), "seed {seed}");
    }
}

/// What was decided, without the moments.
fn decisions(world: &World) -> Vec<String> {
    let rows = world.journal.rows.iter();
    rows.map(|row| {
        let mut fact = serde_json::to_value(&row.event).expect("a fact");
        if let Some(payload) = fact.get_mut("payload").and_then(|p| p.as_object_mut()) {
            let moments = [
                "day",
                "to",
                "steps",
                "arrived_at",
                "back_at",
                "until",
                "since",
                // The hall's own ids are made of moments.
                "id",
            ];
            for moment in moments {
                payload.remove(moment);
            }
        }
        format!("{} {fact}", row.by)
    })
    .collect()
}

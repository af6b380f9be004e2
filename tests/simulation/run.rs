//! A seed from start to end: two days with faults, then faults off until nobody is left.

use hall::{Command, Phase};

use crate::crowd;
use crate::day::{Way, World};
use crate::plan;
use crate::promises::{self, Broken, Kept};

/// Steps within which a day with faults must reach its closing.
const STEPS_PER_DAY: usize = 2_500;

/// Turns within which everyone left must be served.
const TURNS_TO_QUIET: usize = 6_000;

/// How a seed ended badly.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) seed: u64,
    pub(crate) step: u64,
    pub(crate) broken: Broken,
    pub(crate) story: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            seed,
            step,
            broken,
            story,
        } = self;
        write!(
            formatter,
            "seed {seed} step {step}: {broken}\n  {story}\n\
             replay: SIMULATION_SEED={seed} cargo test --test simulation replay -- --nocapture"
        )
    }
}

/// Runs a seed.
pub(crate) fn run(seed: u64, way: Way) -> Result<World, Box<Failure>> {
    let mut world = World::new(seed, way);
    match live(&mut world) {
        Ok(()) => Ok(world),
        Err(broken) => Err(Box::new(Failure {
            seed,
            step: world.tally.steps,
            broken,
            story: world.story(),
        })),
    }
}

fn live(world: &mut World) -> Kept {
    open_the_hall(world)?;
    for _ in 0..2 {
        one_day(world)?;
        world.tally.days += 1;
        if world.rng.chance(700) {
            everyone_is_served_and_the_day_settles(world)?;
        }
        go_home(world);
    }
    everyone_is_served_and_the_day_settles(world)
}

fn open_the_hall(world: &mut World) -> Kept {
    let mut plan = plan::plan(world);
    while !plan.faults().is_empty() || plan.windows.len() < 4 {
        plan = plan::plan(world);
    }
    let command = Command::PublishPlan {
        plan: Box::new(plan),
    };
    let request = world.request(crowd::manager(), command);
    world.submit(request)?;
    world.commit();
    Ok(())
}

fn one_day(world: &mut World) -> Kept {
    for _ in 0..STEPS_PER_DAY {
        world.step()?;
        let closing = crowd::is_closing(world);
        if closing && world.rng.chance(8) {
            return Ok(());
        }
    }
    Ok(())
}

/// To half past eight of the next day.
fn go_home(world: &mut World) {
    const DAY_MS: i64 = 86_400_000;
    let days = (world.now.0 - world.started_at.0).div_euclid(DAY_MS) + 1;
    world.now = hall::Timestamp(world.started_at.0 + days * DAY_MS);
}

/// L1, Q: with faults off everyone is served, the day settles, and its account is even.
fn everyone_is_served_and_the_day_settles(world: &mut World) -> Kept {
    let faults = std::mem::take(&mut world.way.faults);
    let outcome = serve_the_rest(world);
    world.way.faults = faults;
    outcome
}

fn serve_the_rest(world: &mut World) -> Kept {
    world.commit();
    for turn in 0..TURNS_TO_QUIET {
        world.now = world.now.plus_s(20);
        let due = world.journal.ahead.next_tick(world.now);
        let (actor, command) = if due.is_some_and(|due| due <= world.now) {
            (hall::Actor::clockwork(), Command::Tick)
        } else if crowd::is_closing(world) && world.seen().outstanding_count() == 0 {
            return settle_all(world);
        } else {
            crowd::finish_all(world, turn).unwrap_or((hall::Actor::clockwork(), Command::Tick))
        };
        let request = world.request(actor, command);
        world.submit(request)?;
        world.commit();
        promises::of_a_step(world)?;
    }
    let left = world.seen().outstanding_count();
    Err(Broken::new("everyone_is_served_in_the_end", left))
}

fn settle_all(world: &mut World) -> Kept {
    let older: Vec<_> = world.seen().older_days().keys().copied().collect();
    let days = older.into_iter().map(Some).chain([None]);
    for day in days {
        let request = world.request(crowd::manager(), Command::Settle { day });
        world.submit(request)?;
        world.commit();
    }
    promises::of_a_replay(world)?;
    let day = world.seen().current_day().expect("a day");
    let balance = day.balance;
    let ended = balance.finished + balance.no_show + balance.cancelled + balance.carried_over;
    let settled = day.phase == Phase::Settled && world.seen().older_days().is_empty();
    if settled && balance.issued == ended {
        return Ok(());
    }
    Err(Broken::new("the_day_settles_even", (day.phase, balance)))
}

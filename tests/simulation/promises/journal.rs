//! Journal: J1, J4, J5. J2 is asked at each crash, J6 at each fact.

use super::{Broken, Kept};
use crate::day::World;

/// J1: the rows of a hall are 1, 2, 3 … to the last.
pub(crate) fn rows_run_without_a_gap(world: &World) -> Kept {
    let journal = &world.journal;
    let last = journal.rows.last().map_or(0, |row| row.seq);
    if last == journal.last() {
        return Ok(());
    }
    Err(Broken::new("rows_run_without_a_gap", last))
}

/// J4, C7: nobody hears of what is not on disk: no answer, no announcement.
pub(crate) fn answers_and_boards_are_on_disk(world: &World) -> Kept {
    let durable = world.journal.durable_seq();
    let name = "answers_and_boards_are_on_disk";
    if let Some(early) = world
        .answered
        .iter()
        .rev()
        .take(8)
        .find(|a| a.seq > durable)
    {
        return Err(Broken::new(name, early));
    }
    match &world.announced_early {
        Some(call) => Err(Broken::new(name, call)),
        None => Ok(()),
    }
}

/// J5: a fact in the journal reads back as it was written.
pub(crate) fn a_fact_reads_back_as_written(world: &World) -> Kept {
    for row in world.journal.rows.iter().rev().take(40) {
        let text = serde_json::to_string(&row.event).expect("a fact is JSON");
        let read: Result<hall::Event, _> = serde_json::from_str(&text);
        if read.as_ref().ok() != Some(&row.event) {
            return Err(Broken::new("a_fact_reads_back_as_written", text));
        }
    }
    Ok(())
}

/// J5: reading the durable rows again gives the same hall.
pub(crate) fn replay_gives_the_same_hall(world: &World) -> Kept {
    if world.journal.replay() == world.journal.settled {
        return Ok(());
    }
    Err(Broken::new(
        "replay_gives_the_same_hall",
        world.journal.durable,
    ))
}

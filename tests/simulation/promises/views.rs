//! Views: what people see counts what is there, and names nobody.

use hall::TicketStatus;
use hall::view::Position;

use super::{Broken, Kept};
use crate::day::World;
use crate::witness::Stand;

fn position(world: &World) -> Position {
    Position {
        log: "simulated".into(),
        seq: world.journal.durable_seq(),
        now: world.now,
        pretend: true,
    }
}

/// E2: every visitor in line is in exactly one queue of the board and of the floor.
pub(crate) fn the_queues_hold_everyone_who_waits(world: &World) -> Kept {
    let hall = world.seen();
    let tickets = hall.tickets().values();
    let waiting = tickets
        .filter(|t| t.status == TicketStatus::Waiting)
        .count();
    let board = hall.board(&position(world));
    let shown: u32 = board.queues.iter().map(|queue| queue.waiting).sum();
    let floor = hall
        .floor(&position(world))
        .map_or(0, |floor| floor.totals.waiting);
    if usize::try_from(shown) == Ok(waiting) && floor == shown {
        return Ok(());
    }
    let name = "the_queues_hold_everyone_who_waits";
    Err(Broken::new(name, (waiting, shown, floor)))
}

/// Nobody is out of sight: each open number of a day is on its list of the outstanding, and the
/// windows named there may really call who waits.
pub(crate) fn the_manager_sees_everyone_left(world: &World) -> Kept {
    let journal = &world.journal;
    for day in &journal.witness.open_days {
        let view = journal.ahead.day_view(Some(*day), world.now);
        let listed = view.map_or(0, |view| view.outstanding.len());
        let known = journal.witness.tickets.values();
        let open = known.filter(|t| t.day == *day && t.stand.is_open()).count();
        if listed != open {
            return Err(Broken::new(
                "the_manager_sees_everyone_left",
                (day, listed, open),
            ));
        }
    }
    Ok(())
}

/// A window that is offered as able to serve a waiting ticket may call it, and no other may.
pub(crate) fn windows_named_for_a_ticket_may_call_it(world: &World) -> Kept {
    let journal = &world.journal;
    for (id, known) in &journal.witness.tickets {
        if known.stand != Stand::Waiting || !journal.witness.open_days.contains(&known.day) {
            continue;
        }
        let view = journal.ahead.day_view(Some(known.day), world.now);
        let left = view.map(|view| view.outstanding).unwrap_or_default();
        let Some(line) = left.into_iter().find(|line| line.ticket == *id) else {
            continue;
        };
        for window in journal.ahead.windows().keys() {
            let may = journal.witness.is_manned(window)
                && journal
                    .witness
                    .callable(window)
                    .any(|(other, _)| other == *id);
            if may != line.can_serve.contains(window) {
                let name = "windows_named_for_a_ticket_may_call_it";
                return Err(Broken::new(name, (&known.number, window, may)));
            }
        }
        // One ticket a time is enough: steps are many.
        return Ok(());
    }
    Ok(())
}

/// V5: no personal field is in what the hall sees.
pub(crate) fn the_board_names_nobody(world: &World) -> Kept {
    let board = world.seen().board(&position(world));
    let text = serde_json::to_string(&board).expect("a board is JSON");
    if text.contains("****") || text.contains("hash") {
        return Err(Broken::new("the_board_names_nobody", text));
    }
    Ok(())
}

/// After a tick nothing is due: the shell never ticks in a circle.
pub(crate) fn a_tick_leaves_nothing_due(world: &World) -> Kept {
    let due = world.journal.ahead.next_tick(world.now);
    if due.is_none_or(|due| due > world.now) {
        return Ok(());
    }
    Err(Broken::new("a_tick_leaves_nothing_due", due))
}

//! Time: K1, K2. K3 is a test of its own.

use hall::Event;

use super::{Broken, Kept};
use crate::day::World;
use crate::journal::Row;

/// K1: no length is negative, whatever the clock does.
pub(crate) fn no_length_is_negative(row: &Row) -> Kept {
    let length = match &row.event {
        Event::TicketCalled { waited_ms: ms, .. }
        | Event::GapClosed { gap_ms: ms, .. }
        | Event::LendingEnded { lent_ms: ms, .. }
        | Event::AbsenceNoticed { idle_ms: ms, .. } => *ms,
        _ => 0,
    };
    if length < 0 {
        return Err(Broken::new("no_length_is_negative", &row.event));
    }
    Ok(())
}

/// K2: a ticket's day and arrival never change.
pub(crate) fn a_ticket_keeps_its_day(world: &World) -> Kept {
    for (id, known) in &world.journal.witness.tickets {
        let Some(ticket) = world.journal.ahead.tickets().get(id) else {
            continue;
        };
        if ticket.day != known.day || ticket.arrived_at != known.arrived_at {
            return Err(Broken::new("a_ticket_keeps_its_day", &ticket.number));
        }
    }
    Ok(())
}

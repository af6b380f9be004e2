//! Call: C1, C2, C3, C5, C6, C8. C4 is I2's, C7 is J4's, C9 is asked where the call is answered.

use std::collections::BTreeSet;

use hall::{CallReason, Event};

use super::{Broken, Kept};
use crate::day::World;
use crate::journal::Row;
use crate::witness::{Known, Stand, Witness};

/// C3, E1: the ticket's life, every arrow; ended states have no way out but the undo and a manager's
/// correction.
pub(crate) fn a_ticket_moves_only_along_its_arrows(witness: &Witness, row: &Row) -> Kept {
    let Some(known) = row.event.ticket().and_then(|id| witness.tickets.get(&id)) else {
        return Ok(());
    };
    if has_arrow(known, &row.event) {
        return Ok(());
    }
    let name = "a_ticket_moves_only_along_its_arrows";
    Err(Broken::new(name, (known, &row.event)))
}

fn has_arrow(known: &Known, event: &Event) -> bool {
    use Stand as S;
    let here = |window: &hall::WindowCode| known.window.as_ref() == Some(window);
    match event {
        Event::TicketIssued { .. } => false,
        Event::TicketCalled { .. } | Event::TicketDelayed { .. } => known.stand == S::Waiting,
        Event::TicketRecalled { window, .. }
        | Event::TicketStarted { window, .. }
        | Event::TicketNotShown { window, .. }
        | Event::TicketPutBack { window, .. } => known.stand == S::Called && here(window),
        Event::TicketFinished { window, .. } | Event::TicketParked { window, .. } => {
            known.stand == S::Serving && here(window)
        }
        Event::NoShowUndone { window, .. } => known.stand == S::NoShow && here(window),
        Event::FinishUndone { window, .. } => known.stand == S::Finished && here(window),
        Event::TicketReinstated { .. } => known.stand == S::NoShow,
        Event::TicketTransferred { .. } => {
            matches!(known.stand, S::Waiting | S::Called | S::Serving)
        }
        Event::TicketUnparked { .. } | Event::TicketResumed { .. } => {
            matches!(known.stand, S::Parked(_))
        }
        Event::TicketCancelled { .. } => known.stand.is_open() || known.stand == S::NoShow,
        Event::TicketReopened { .. } => {
            matches!(known.stand, S::Finished | S::Cancelled | S::CarriedOver)
        }
        Event::TicketCarriedOver { .. } => {
            matches!(known.stand, S::Waiting | S::Parked(_) | S::NoShow)
        }
        Event::MatterAdded { .. } => known.stand.is_open(),
        _ => true,
    }
}

/// C5: the called ticket is the first of the sorted list.
pub(crate) fn who_is_called_is_who_is_next(witness: &Witness, row: &Row) -> Kept {
    let Event::TicketCalled {
        ticket,
        window,
        reason: CallReason::Next,
        ..
    } = &row.event
    else {
        return Ok(());
    };
    let next = witness.next(window);
    if next == Some(*ticket) {
        return Ok(());
    }
    let name = "who_is_called_is_who_is_next";
    Err(Broken::new(name, (next, ticket, window)))
}

/// C6: nobody who arrives more than the head start after you is called before you to a window that
/// could have called you, but for who was put back or set aside, your own no-show or delay, and who a special window is for.
pub(crate) fn nobody_is_overtaken_by_more_than_the_head_start(
    witness: &Witness,
    row: &Row,
) -> Kept {
    let Event::TicketCalled { ticket, window, .. } = &row.event else {
        return Ok(());
    };
    let Some(called) = witness.tickets.get(ticket) else {
        return Ok(());
    };
    let own = witness.is_own_ground(window, called);
    if called.front || own || Witness::is_reasoned(&row.event) {
        return Ok(());
    }
    let latest = called.arrived_at.0 - witness.head_start_ms();
    let mut waiting = witness.callable(window);
    let overtaken = waiting.find(|(_, t)| t.hold == 0 && t.arrived_at.0 < latest);
    let name = "nobody_is_overtaken_by_more_than_the_head_start";
    overtaken.map_or(Ok(()), |(_, known)| {
        Err(Broken::new(name, (&known.number, &called.number, window)))
    })
}

/// C8: a recall is the same ticket at the same window, one call on.
pub(crate) fn a_recall_counts_on_at_the_same_window(witness: &Witness, row: &Row) -> Kept {
    let Event::TicketRecalled { ticket, call, .. } = &row.event else {
        return Ok(());
    };
    let calls = witness.tickets.get(ticket).map(|known| known.calls);
    if calls == Some(call - 1) {
        return Ok(());
    }
    Err(Broken::new(
        "a_recall_counts_on_at_the_same_window",
        (calls, call),
    ))
}

/// C1, C2, C3: a window holds at most one ticket, a ticket at most one window, and both know.
pub(crate) fn a_window_and_its_ticket_know_each_other(world: &World) -> Kept {
    let hall = &world.journal.ahead;
    let name = "a_window_and_its_ticket_know_each_other";
    let mut held = BTreeSet::new();
    for (code, window) in hall.windows() {
        let Some(id) = window.ticket else { continue };
        let knows = hall
            .tickets()
            .get(&id)
            .and_then(|ticket| ticket.status.holder());
        if knows != Some(code) || !held.insert(id) || window.shift.is_none() {
            return Err(Broken::new(name, (code, id, knows)));
        }
    }
    for ticket in hall.tickets().values() {
        if let Some(window) = ticket.status.holder()
            && !held.contains(&ticket.id)
        {
            return Err(Broken::new(name, (&ticket.number, window)));
        }
    }
    Ok(())
}

/// C7: the board has every ticket now called.
pub(crate) fn the_board_keeps_every_call(world: &World) -> Kept {
    let hall = &world.journal.settled;
    let shown: BTreeSet<_> = hall.recent_calls().map(|ticket| ticket.id).collect();
    let mut tickets = hall.tickets().values();
    let missing = tickets.find(|ticket| {
        matches!(ticket.status, hall::TicketStatus::Called(_)) && !shown.contains(&ticket.id)
    });
    missing.map_or(Ok(()), |ticket| {
        Err(Broken::new("the_board_keeps_every_call", &ticket.number))
    })
}

//! Completion: E1 to E6.

use std::collections::BTreeMap;

use hall::{Balance, Event};

use super::{Broken, Kept};
use crate::day::World;
use crate::journal::Row;
use crate::witness::{Stand, Witness};

/// E6: facts about tickets follow from commands about tickets: nothing ends by itself, by the
/// clock, or because a clerk left.
pub(crate) fn every_fact_has_its_command(row: &Row) -> Kept {
    let fits = match &row.event {
        Event::TicketIssued { .. } => row.by == "issue",
        Event::PrintChanged { .. } => row.by == "report_print",
        Event::ReprintAsked { .. } => row.by == "ask_reprint",
        Event::TicketCalled { .. } | Event::TicketResumed { .. } => row.by == "call",
        Event::TicketRecalled { .. } => row.by == "recall",
        Event::TicketStarted { .. } => row.by == "start",
        Event::TicketNotShown { .. } => row.by == "mark_no_show",
        Event::NoShowUndone { .. } => row.by == "undo_no_show",
        Event::TicketReinstated { .. } => row.by == "reinstate",
        Event::TicketFinished { .. } => row.by == "finish",
        Event::FinishUndone { .. } => row.by == "undo_finish",
        Event::TicketTransferred { .. } => row.by.starts_with("transfer_to"),
        Event::TicketParked { .. } => row.by == "park",
        Event::TicketUnparked { .. } => row.by == "unpark",
        Event::TicketPutBack { .. } => matches!(row.by, "put_back" | "pause"),
        Event::TicketDelayed { .. } => row.by == "delay",
        Event::TicketCancelled { .. } => row.by == "cancel",
        Event::TicketCarriedOver { .. } => row.by == "carry_over",
        Event::TicketReopened { .. } => row.by == "reopen" && row.actor == "manager",
        Event::MatterAdded { .. } => row.by == "add_matter",
        _ => true,
    };
    if fits {
        return Ok(());
    }
    Err(Broken::new(
        "every_fact_has_its_command",
        (row.by, &row.event),
    ))
}

/// E4: after the settlement only late news of paper comes to the day's tickets.
pub(crate) fn a_settled_day_is_left_alone(witness: &Witness, row: &Row) -> Kept {
    let paper = matches!(
        row.event,
        Event::PrintChanged { .. } | Event::ReprintAsked { .. }
    );
    let Some(known) = row.event.ticket().and_then(|id| witness.tickets.get(&id)) else {
        return Ok(());
    };
    if paper || witness.open_days.contains(&known.day) {
        return Ok(());
    }
    Err(Broken::new(
        "a_settled_day_is_left_alone",
        (known.day, &row.event),
    ))
}

/// E3: a day settles only when each of its numbers has ended.
pub(crate) fn a_day_settles_with_nobody_left(witness: &Witness, row: &Row) -> Kept {
    let Event::DaySettled { day, balance, .. } = &row.event else {
        return Ok(());
    };
    let counted = balances(witness).remove(day).unwrap_or_default();
    if counted.open == 0 && counted == *balance {
        return Ok(());
    }
    Err(Broken::new(
        "a_day_settles_with_nobody_left",
        (day, counted, balance),
    ))
}

/// The account of every day, counted from the tickets.
pub(crate) fn balances(witness: &Witness) -> BTreeMap<chrono::NaiveDate, Balance> {
    let mut days: BTreeMap<_, Balance> = BTreeMap::new();
    for known in witness.tickets.values() {
        let balance = days.entry(known.day).or_default();
        balance.issued += 1;
        let slot = match known.stand {
            Stand::Waiting | Stand::Called | Stand::Serving | Stand::Parked(_) => &mut balance.open,
            Stand::NoShow => &mut balance.no_show,
            Stand::Finished => &mut balance.finished,
            Stand::Cancelled => &mut balance.cancelled,
            Stand::CarriedOver => &mut balance.carried_over,
        };
        *slot += 1;
    }
    days
}

/// E2, E5: issued = finished + no-show + cancelled + carried over + open, as the tickets say.
pub(crate) fn every_number_is_accounted_for(world: &World) -> Kept {
    let hall = &world.journal.ahead;
    let counted = balances(&world.journal.witness);
    let days = hall.older_days().values().chain(hall.current_day());
    for day in days {
        let counted = counted.get(&day.date).copied().unwrap_or_default();
        if counted != day.balance {
            let what = (day.date, counted, day.balance);
            return Err(Broken::new("every_number_is_accounted_for", what));
        }
    }
    Ok(())
}

/// E1, E6: each ticket stands where the facts about it put it.
pub(crate) fn every_ticket_stands_where_the_facts_put_it(world: &World) -> Kept {
    for (id, known) in &world.journal.witness.tickets {
        let Some(ticket) = world.journal.ahead.tickets().get(id) else {
            continue;
        };
        let same = ticket.status.name() == known.stand.name()
            && (!known.stand.is_at_a_window() || ticket.status.holder() == known.window.as_ref())
            && ticket.number == known.number;
        if !same {
            let name = "every_ticket_stands_where_the_facts_put_it";
            return Err(Broken::new(name, (known, &ticket.status)));
        }
    }
    Ok(())
}

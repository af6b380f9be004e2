//! Issue: I1, I2, I3, I4, I5, I6, I11.

use hall::{Event, PrintOutcome};

use super::{Broken, Kept};
use crate::day::World;
use crate::journal::Row;
use crate::witness::Witness;

/// I1.
pub(crate) fn a_number_is_given_once_a_day(witness: &Witness, row: &Row) -> Kept {
    if let Event::TicketIssued { number, day, .. } = &row.event
        && witness.numbers.contains(&(*day, number.clone()))
    {
        return Err(Broken::new("a_number_is_given_once_a_day", (day, number)));
    }
    Ok(())
}

/// I2, C4: one key is one change, however often it is sent.
pub(crate) fn one_key_is_one_change(witness: &Witness, row: &Row) -> Kept {
    let known = row
        .key
        .as_ref()
        .filter(|key| witness.keys.contains_key(*key));
    known.map_or(Ok(()), |key| Err(Broken::new("one_key_is_one_change", key)))
}

/// One open number per person and service, when an id is given.
pub(crate) fn one_person_has_one_open_number_for_a_service(witness: &Witness, row: &Row) -> Kept {
    let Event::TicketIssued {
        holder: Some(holder),
        service,
        ..
    } = &row.event
    else {
        return Ok(());
    };
    let mut open = witness
        .tickets
        .values()
        .filter(|known| known.stand.is_open());
    let same = |hash: &String| *hash == holder.hash;
    let twin = open.find(|t| t.holder.as_ref().is_some_and(same) && t.service == *service);
    let name = "one_person_has_one_open_number_for_a_service";
    twin.map_or(Ok(()), |twin| Err(Broken::new(name, &twin.number)))
}

/// I3: what was answered is there in every later state.
pub(crate) fn an_answered_number_is_never_lost(world: &World) -> Kept {
    let recent = world.answered.iter().rev().take(8);
    for answer in recent.chain(world.answered.get(world.sample(world.answered.len()))) {
        let kept = world
            .journal
            .row(answer.seq)
            .is_some_and(|row| answer.ticket.is_none() || row.event.ticket() == answer.ticket);
        if !kept {
            return Err(Broken::new("an_answered_number_is_never_lost", answer));
        }
    }
    Ok(())
}

/// I4, I5: every paper has its record, and had it before it was printed.
pub(crate) fn every_paper_has_its_record_from_before(world: &World) -> Kept {
    for paper in world.tape.iter().rev().take(8) {
        let known = world.journal.witness.tickets.get(&paper.ticket);
        let recorded = known.is_some_and(|known| known.issued_seq <= paper.durable_then);
        if !recorded {
            return Err(Broken::new("every_paper_has_its_record_from_before", paper));
        }
    }
    Ok(())
}

/// I6: copies of a ticket carry one number, each its own count.
pub(crate) fn copies_carry_one_number(world: &World) -> Kept {
    let Some((last, before)) = world.tape.split_last() else {
        return Ok(());
    };
    for paper in before.iter().filter(|paper| paper.ticket == last.ticket) {
        if paper.number != last.number || paper.copy == last.copy {
            return Err(Broken::new("copies_carry_one_number", (paper, last)));
        }
    }
    Ok(())
}

/// I11: started, then printed, failed or unknown; unknown, then printed or failed.
pub(crate) fn what_is_known_of_paper_only_grows(witness: &Witness, row: &Row) -> Kept {
    use PrintOutcome as P;
    let Event::PrintChanged {
        ticket,
        copy,
        outcome,
    } = &row.event
    else {
        return Ok(());
    };
    let known = witness.tickets.get(ticket).and_then(|known| known.print);
    let grows = match known {
        None => *copy >= 1,
        Some((before, _)) if *copy != before => *copy > before,
        Some((_, P::Started)) => *outcome != P::Started,
        Some((_, P::Unknown)) => matches!(outcome, P::Printed | P::Failed),
        Some((_, P::Printed | P::Failed)) => false,
    };
    if grows {
        return Ok(());
    }
    Err(Broken::new(
        "what_is_known_of_paper_only_grows",
        (known, &row.event),
    ))
}

//! Posts: pauses, covers, gaps, lendings, and what the clock may do.

use std::collections::BTreeMap;

use hall::plan::{Noon, Plan, Window};
use hall::view::{AlertKind, Position};
use hall::{Event, Phase, TicketStatus};

use super::{Broken, Kept};
use crate::day::World;
use crate::journal::Row;
use crate::witness::{Known, Stand, Witness};

/// Facts that follow from time or from the state alone.
fn is_of_the_clock(row: &Row) -> bool {
    row.actor == hall::Actor::clockwork().name
}

/// No ticket ever ends without a person or a visitor ending it.
pub(crate) fn no_ticket_ends_without_a_person(row: &Row) -> Kept {
    let ends = matches!(
        row.event,
        Event::TicketFinished { .. }
            | Event::TicketNotShown { .. }
            | Event::TicketCancelled { .. }
            | Event::TicketCarriedOver { .. }
    );
    if !ends || !is_of_the_clock(row) {
        return Ok(());
    }
    Err(Broken::new("no_ticket_ends_without_a_person", &row.event))
}

/// The clock opens, warns, asks and closes; it never touches a ticket.
pub(crate) fn facts_of_the_clock_move_no_ticket(row: &Row) -> Kept {
    if !is_of_the_clock(row) || row.event.ticket().is_none() {
        return Ok(());
    }
    Err(Broken::new("facts_of_the_clock_move_no_ticket", &row.event))
}

/// No visitor is sent to a window that says 暂停服务.
pub(crate) fn no_window_is_called_to_while_paused(witness: &Witness, row: &Row) -> Kept {
    let (Event::TicketCalled { window, .. }
    | Event::TicketRecalled { window, .. }
    | Event::TicketResumed { window, .. }
    | Event::NoShowUndone { window, .. }) = &row.event
    else {
        return Ok(());
    };
    let post = witness.posts.get(window);
    if post.is_some_and(|post| !post.paused) {
        return Ok(());
    }
    Err(Broken::new(
        "no_window_is_called_to_while_paused",
        &row.event,
    ))
}

/// A pause ends by a person, a cover or a sign-off, never by itself; and only what is up comes down.
pub(crate) fn a_pause_ends_by_a_person(witness: &Witness, row: &Row) -> Kept {
    let Event::WindowResumed { window } = &row.event else {
        return Ok(());
    };
    let paused = witness.posts.get(window).is_some_and(|post| post.paused);
    if paused && !is_of_the_clock(row) {
        return Ok(());
    }
    Err(Broken::new("a_pause_ends_by_a_person", (row.by, window)))
}

/// What is lent is called for only by a window whose tide list and clerk allow it, while it is lent.
pub(crate) fn what_is_lent_is_called_for_as_the_plan_allows(witness: &Witness, row: &Row) -> Kept {
    let Event::TicketCalled { ticket, window, .. } = &row.event else {
        return Ok(());
    };
    let planned = planned(witness, window);
    let Some((known, planned)) = witness.tickets.get(ticket).zip(planned) else {
        return Ok(());
    };
    if known.bound.is_some() || planned.services.contains(&known.service) {
        return Ok(());
    }
    let lent = witness.lent.get(window);
    let lent = lent.is_some_and(|(lent, _)| lent.contains(&known.service));
    let allowed = planned.tide.contains(&known.service);
    if lent && allowed && witness.serves(window, &known.service) {
        return Ok(());
    }
    let name = "what_is_lent_is_called_for_as_the_plan_allows";
    Err(Broken::new(name, (&known.service, window, lent, allowed)))
}

/// The tide turns a window only when a person accepts it, at most every twenty minutes (QUEUEING
/// §2.4), never one that a manager keeps; whoever is served there is not in its facts at all.
pub(crate) fn a_tide_is_accepted_and_lets_the_window_rest(witness: &Witness, row: &Row) -> Kept {
    let Event::WindowLent {
        window,
        services,
        instead: true,
        ..
    } = &row.event
    else {
        return Ok(());
    };
    let turned = witness.turned_at.get(window);
    let rested = turned.is_none_or(|at| row.at.since_ms(*at) >= 20 * 60_000);
    let by_hand = witness
        .lent
        .get(window)
        .is_some_and(|(_, instead)| !instead);
    let planned = planned(witness, window);
    let allowed = planned.is_some_and(|planned| services.iter().all(|s| planned.tide.contains(s)));
    if row.by == "record" && !is_of_the_clock(row) && rested && !by_hand && allowed {
        return Ok(());
    }
    let name = "a_tide_is_accepted_and_lets_the_window_rest";
    Err(Broken::new(
        name,
        (row.by, &row.event, rested, by_hand, allowed),
    ))
}

/// A cover leaves the visitor at the window where the visitor is.
pub(crate) fn a_cover_drops_nobody(row: &Row) -> Kept {
    if row.by != "cover" || row.event.ticket().is_none() {
        return Ok(());
    }
    Err(Broken::new("a_cover_drops_nobody", &row.event))
}

fn planned<'a>(witness: &'a Witness, window: &hall::WindowCode) -> Option<&'a Window> {
    let plan = witness.plan.as_ref();
    let mut windows = plan.into_iter().flat_map(|plan| &plan.windows);
    windows.find(|planned| planned.code == *window)
}

/// Who holds two windows says 暂停服务 at one of them, or the plan pairs the two.
pub(crate) fn nobody_is_at_two_posts(world: &World) -> Kept {
    let witness = &world.journal.witness;
    let open = witness.posts.iter().filter(|(_, post)| !post.paused);
    let mut at: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (window, post) in open {
        at.entry(&post.clerk).or_default().push(window);
    }
    for (clerk, windows) in at {
        let [first, rest @ ..] = windows.as_slice() else {
            continue;
        };
        let paired = |other: &&&hall::WindowCode| {
            let planned = planned(witness, other);
            planned.is_some_and(|planned| planned.shared_with.as_ref() == Some(first))
        };
        if !rest.iter().all(|other| paired(&other)) {
            return Err(Broken::new("nobody_is_at_two_posts", (clerk, windows)));
        }
    }
    Ok(())
}

/// One clerk serves one visitor at a time, at however many windows.
pub(crate) fn one_clerk_has_one_visitor(world: &World) -> Kept {
    let hall = &world.journal.ahead;
    let mut at: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for ticket in hall.tickets().values() {
        let (TicketStatus::Called(window) | TicketStatus::Serving(window)) = &ticket.status else {
            continue;
        };
        let clerk = world.journal.witness.posts.get(window);
        at.entry(clerk.map(|post| &post.clerk))
            .or_default()
            .push(&ticket.number);
    }
    let many = at.into_iter().find(|(_, tickets)| tickets.len() > 1);
    many.map_or(Ok(()), |many| {
        Err(Broken::new("one_clerk_has_one_visitor", many))
    })
}

/// A gap is open exactly while people wait and nobody holds the post.
pub(crate) fn a_gap_is_open_while_people_wait_and_nobody_is_there(world: &World) -> Kept {
    let witness = &world.journal.witness;
    let plan = witness.plan.as_ref();
    for planned in plan.into_iter().flat_map(|plan| &plan.windows) {
        let shown = world.journal.ahead.windows().get(&planned.code);
        let shown = shown.is_some_and(|window| window.gap_since.is_some());
        let open = witness.gaps.contains(&planned.code);
        let real = is_gap(witness, planned, plan);
        if open != real || shown != real {
            let name = "a_gap_is_open_while_people_wait_and_nobody_is_there";
            return Err(Broken::new(name, (&planned.code, open, shown, real)));
        }
    }
    Ok(())
}

/// The rule, read slowly.
fn is_gap(witness: &Witness, planned: &Window, plan: Option<&Plan>) -> bool {
    let Some(today) = witness.today else {
        return false;
    };
    if planned.a.is_none() || witness.is_held(&planned.code) {
        return false;
    }
    let tickets = witness.tickets.values();
    let waiting = tickets.filter(|known| {
        known.stand == Stand::Waiting
            && match &known.bound {
                Some(bound) => *bound == planned.code,
                None => witness.offers(&planned.code, &known.service),
            }
    });
    let waiting: Vec<_> = waiting.collect();
    match today.phase {
        Phase::Lobby | Phase::Settled => false,
        Phase::InSession => !waiting.is_empty(),
        Phase::Noon => {
            let serves = plan.is_some_and(|plan| plan.noon == Noon::Serve);
            let duty = serves && planned.noon_duty;
            waiting
                .iter()
                .any(|known| duty || known.arrived_at < today.since)
        }
        Phase::Closing => waiting.iter().any(|known| !can_be_served(witness, known)),
    }
}

fn can_be_served(witness: &Witness, known: &Known) -> bool {
    let mut windows = witness.posts.keys();
    windows.any(|window| {
        witness.is_held(window)
            && match &known.bound {
                Some(bound) => bound == window,
                None => witness.serves(window, &known.service),
            }
    })
}

/// A post shows one holder, who is not the one who is away.
pub(crate) fn a_and_b_never_both_hold_a_post(world: &World) -> Kept {
    let hall = world.seen();
    let position = position(world);
    for post in hall.coverage(&position).posts {
        let away = post.cover.and_then(|cover| cover.away);
        if away.is_some() && away == post.holder {
            return Err(Broken::new("a_and_b_never_both_hold_a_post", post.window));
        }
        let board = hall.board(&position);
        let mut shown = board.windows.into_iter();
        let shown = shown.find(|window| window.code == post.window);
        if shown.and_then(|window| window.clerk) != post.holder.map(|clerk| clerk.name) {
            return Err(Broken::new("a_and_b_never_both_hold_a_post", post.window));
        }
    }
    Ok(())
}

fn position(world: &World) -> Position {
    Position {
        log: "simulated".into(),
        seq: world.journal.last(),
        now: world.now,
        pretend: true,
    }
}

/// What the manager is told is so, and what is so the manager is told.
pub(crate) fn alerts_agree_with_the_facts(world: &World) -> Kept {
    let witness = &world.journal.witness;
    let alerts = world.journal.ahead.alerts(world.now);
    let name = "alerts_agree_with_the_facts";
    let of = |kind| {
        let alerts = alerts.iter().filter(move |alert| alert.kind == kind);
        alerts.filter_map(|alert| alert.window.clone())
    };
    let gaps: Vec<_> = of(AlertKind::Gap).collect();
    if !witness.gaps.iter().eq(&gaps) {
        return Err(Broken::new(name, (gaps, &witness.gaps)));
    }
    for alert in &alerts {
        let post = alert.window.as_ref().and_then(|w| witness.posts.get(w));
        let holds = match alert.kind {
            AlertKind::PauseOver | AlertKind::PauseLong | AlertKind::NoReturnTime => {
                post.is_some_and(|post| post.paused)
            }
            AlertKind::Absent => {
                let noticed = |window| witness.absences.contains(window);
                post.is_some() && alert.window.as_ref().is_some_and(noticed)
            }
            AlertKind::OlderDay => witness.open_days.len() > 1 || witness.today_is_settled(),
            AlertKind::Gap | AlertKind::NobodyToCover | AlertKind::CalendarMissing => true,
        };
        if !holds {
            return Err(Broken::new(name, alert));
        }
    }
    Ok(())
}

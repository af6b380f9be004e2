//! Who does what: visitors, clerks, managers, drawn by chance from what they see.

use hall::{
    Actor, CancelledBy, Channel, Class, ClerkCode, Command, CompletionMatter, Ground, Holder,
    IssueTicket, Outcome, ParkingKind, PauseReason, Phase, Pick, PrintOutcome, Role, ServiceCode,
    TicketId, TicketStatus, WindowCode,
};

use crate::day::World;
use crate::journal::Request;
use crate::{plan, posts};

pub(crate) fn actor(role: Role, clerk: Option<ClerkCode>) -> Actor {
    let name = clerk
        .as_ref()
        .map_or_else(|| role.as_str().into(), |c| c.0.clone());
    Actor { name, role, clerk }
}

pub(crate) fn kiosk() -> Actor {
    actor(Role::Kiosk, None)
}

pub(crate) fn manager() -> Actor {
    actor(Role::Manager, None)
}

pub(crate) const WINDOWS: [&str; 4] = ["1", "2", "3", "4"];

/// Who acts next, and what that person asks.
pub(crate) fn draw(world: &mut World) -> Option<Request> {
    if world.rng.chance(500) && !world.retries.is_empty() {
        return Some(world.retries.remove(0));
    }
    if world.rng.chance(300)
        && let Some(undo) = slip_of_the_finger(world)
    {
        return Some(world.request(manager(), undo));
    }
    let (actor, command) = match world.rng.below(100) {
        0..20 => arrive(world),
        20..25 => visit(world)?,
        25..29 => manage(world)?,
        29..32 => wild(world)?,
        32..38 => posts::cover(world)?,
        38..41 => posts::tide(world),
        41..43 => posts::outside(world),
        _ => work(world)?,
    };
    Some(world.request(actor, command))
}

fn service(world: &mut World) -> ServiceCode {
    let codes = ["A", "A", "A", "B", "B", "B", "C", "C", "C", "D"];
    (*world.rng.pick(&codes).expect("some")).into()
}

pub(crate) fn window(world: &mut World) -> WindowCode {
    (*world.rng.pick(&WINDOWS).expect("some")).into()
}

pub(crate) fn clerk(world: &mut World) -> ClerkCode {
    let codes = ["c1", "c2", "c3", "c4", "c5", "c6"];
    (*world.rng.pick(&codes).expect("some")).into()
}

fn ticket(world: &mut World) -> Option<TicketId> {
    let ids: Vec<_> = world.journal.witness.tickets.keys().copied().collect();
    let newest = ids.len().saturating_sub(30);
    let recent = ids.get(newest..).unwrap_or_default();
    let from = if world.rng.chance(700) { recent } else { &ids };
    world.rng.pick(from).copied()
}

fn arrive(world: &mut World) -> (Actor, Command) {
    let ticket = world.ticket_id();
    let green = world.rng.chance(200);
    let person = world.rng.below(12);
    let known = world.rng.chance(300).then(|| Holder {
        hash: format!("h{person}"),
        tail: format!("****{person:04}"),
    });
    let late = world.rng.chance(100);
    let wish = IssueTicket {
        ticket,
        service: service(world),
        class: if green { Class::Green } else { Class::Ordinary },
        ground: green.then(|| {
            let grounds = [Ground::Elder, Ground::Soldier, Ground::Pregnant];
            *world.rng.pick(&grounds).expect("some")
        }),
        channel: if late { Channel::Staff } else { Channel::Kiosk },
        holder: known,
        note: None,
        after_closing: late.then(|| "came before closing".into()),
        told: None,
    };
    let actor = if late { manager() } else { kiosk() };
    (actor, Command::Issue(Box::new(wish)))
}

/// One of the last in line: who asks to be later.
fn waiting(world: &World) -> Option<TicketId> {
    let tickets = world.seen().tickets().values();
    let mut waiting = tickets.filter(|ticket| ticket.status == TicketStatus::Waiting);
    waiting.nth_back(world.sample(3)).map(|ticket| ticket.id)
}

/// What visitors ask for after they have a number.
fn visit(world: &mut World) -> Option<(Actor, Command)> {
    let ticket = ticket(world)?;
    let command = match world.rng.below(6) {
        0 | 1 => Command::Delay {
            ticket: waiting(world).unwrap_or(ticket),
        },
        2 | 3 => Command::Reinstate { ticket },
        4 => Command::AskReprint { ticket },
        _ => Command::Cancel {
            ticket,
            by: CancelledBy::Visitor,
            reason: "went home".into(),
        },
    };
    Some((actor(Role::Concierge, None), command))
}

fn manage(world: &mut World) -> Option<(Actor, Command)> {
    let reason = String::from("as agreed");
    let to = world.started_at.plus_min(world.rng.ms(8) * 1440 / 1000);
    let command = match world.rng.below(10) {
        9 => Command::Reopen {
            ticket: ticket(world)?,
            reason,
        },
        0 => Command::Settle { day: None },
        1 => Command::OpenDay { reason },
        2 => Command::PublishPlan {
            plan: Box::new(plan::plan(world)),
        },
        3 => Command::Cancel {
            ticket: ticket(world)?,
            by: CancelledBy::Manager,
            reason,
        },
        4 => Command::CarryOver {
            ticket: ticket(world)?,
            to: if world.rng.chance(150) {
                "2027-01-04".parse().expect("a date")
            } else {
                to.date_in(world.seen().zone())
            },
            slot: "09:00".into(),
            consent: world.rng.chance(700),
        },
        5 => Command::SignOff {
            window: window(world),
            overriding: world.rng.chance(500).then_some(reason),
        },
        6 => Command::Unpark {
            ticket: ticket(world)?,
        },
        7 => Command::TransferToWindow {
            ticket: ticket(world)?,
            window: window(world),
            reason,
        },
        _ => Command::TransferToService {
            ticket: ticket(world)?,
            service: service(world),
            reason,
        },
    };
    Some((manager(), command))
}

/// A clerk at a window does what the screen offers, mostly.
fn work(world: &mut World) -> Option<(Actor, Command)> {
    let code = window(world);
    let state = world.seen().windows().get(&code)?.clone();
    let Some(shift) = &state.shift else {
        return Some(sign_in(world, code));
    };
    let someone = actor(Role::Clerk, Some(shift.clerk.clone()));
    let held = state.ticket.and_then(|id| world.seen().tickets().get(&id));
    let called = held.is_some_and(|t| matches!(t.status, TicketStatus::Called(_)));
    let command = match (held.map(|ticket| ticket.id), called) {
        _ if shift.ready_at.is_none() && world.rng.chance(900) => {
            Command::MakeReady { window: code }
        }
        _ if state.pause.is_some() && world.rng.chance(250) => Command::Resume { window: code },
        (None, _) => idle(world, code)?,
        (Some(_), true) => calling(world, code),
        (Some(ticket), false) => serving(world, code, ticket),
    };
    Some((someone, command))
}

fn sign_in(world: &mut World, window: WindowCode) -> (Actor, Command) {
    let own: ClerkCode = format!("c{}", window.0).as_str().into();
    let clerk = if world.rng.chance(750) {
        own
    } else {
        clerk(world)
    };
    let over = world.rng.chance(60).then(|| String::from("nobody else"));
    let who = if over.is_some() {
        manager()
    } else {
        actor(Role::Clerk, Some(clerk.clone()))
    };
    let command = Command::SignIn {
        window,
        clerk,
        overriding: over,
    };
    (who, command)
}

fn idle(world: &mut World, window: WindowCode) -> Option<Command> {
    Some(match world.rng.below(100) {
        0..72 => Command::Call {
            window,
            pick: Pick::Next,
            expect: world.rng.chance(300).then_some(None),
        },
        72..80 => Command::Call {
            window,
            pick: Pick::Named {
                ticket: ticket(world)?,
                reason: "must leave for the train".into(),
            },
            expect: None,
        },
        80..85 => pause(world, window),
        85..88 => Command::SignOff {
            window,
            overriding: None,
        },
        88..94 => Command::UndoFinish {
            ticket: last(world, &TicketStatus::Finished(window.clone()))?,
            window,
        },
        _ => Command::UndoNoShow {
            ticket: last(world, &TicketStatus::NoShow(window.clone()))?,
            window,
        },
    })
}

/// A no-show of this very moment at a window that called nobody since is taken back.
fn slip_of_the_finger(world: &World) -> Option<Command> {
    let hall = world.seen();
    let mut tickets = hall.tickets().values().rev();
    tickets.find_map(|ticket| {
        let TicketStatus::NoShow(window) = &ticket.status else {
            return None;
        };
        let fresh = world.now.since_ms(ticket.ended_at?) < 10_000;
        let free = hall.windows().get(window)?.ticket.is_none();
        (fresh && free).then(|| Command::UndoNoShow {
            window: window.clone(),
            ticket: ticket.id,
        })
    })
}

/// The last that ended in this way.
fn last(world: &World, ended: &TicketStatus) -> Option<TicketId> {
    let tickets = world.seen().tickets().values();
    let ended = tickets.filter(|ticket| ticket.status == *ended);
    ended.max_by_key(|ticket| ticket.ended_at).map(|t| t.id)
}

fn pause(world: &mut World, window: WindowCode) -> Command {
    let reasons = [PauseReason::Fetch, PauseReason::Meal, PauseReason::Urgent];
    let wished = clerk(world);
    Command::Pause {
        window,
        reason: *world.rng.pick(&reasons).expect("some"),
        note: None,
        back_in_min: world.rng.chance(600).then_some(5),
        cover: world.rng.chance(300).then_some(wished),
    }
}

fn calling(world: &mut World, window: WindowCode) -> Command {
    match world.rng.below(100) {
        0..50 => Command::Start { window },
        50..72 => Command::Recall { window },
        72..90 => Command::MarkNoShow { window },
        90..95 => Command::PutBack {
            window,
            reason: "phone rings".into(),
        },
        95..97 => pause(world, window),
        97 => Command::Finish {
            window,
            outcome: Outcome::Explained,
            promised_days: None,
            pickup: None,
            slip: None,
            matters: Vec::new(),
        },
        _ => Command::Call {
            window,
            pick: Pick::Next,
            expect: Some(world.rng.chance(500).then(|| ticket(world)).flatten()),
        },
    }
}

fn serving(world: &mut World, window: WindowCode, held: TicketId) -> Command {
    let reason = String::from("another paper");
    match world.rng.below(100) {
        0..10 => Command::Park {
            ticket: held,
            kind: *world
                .rng
                .pick(&[
                    ParkingKind::AnyWindow,
                    ParkingKind::ThisWindow,
                    ParkingKind::OtherStep,
                ])
                .expect("some"),
            reason,
        },
        10..17 => Command::TransferToService {
            ticket: held,
            service: service(world),
            reason,
        },
        17..23 => Command::TransferToWindow {
            ticket: held,
            window: self::window(world),
            reason,
        },
        23..31 => Command::AddMatter {
            ticket: held,
            service: service(world),
        },
        31..34 => pause(world, window),
        34..37 => Command::Recall { window },
        _ => finish(world, window),
    }
}

fn finish(world: &mut World, window: WindowCode) -> Command {
    let accepted = world.rng.chance(300);
    let told = accepted && world.rng.chance(800);
    let outcome = if accepted {
        Outcome::Accepted
    } else {
        Outcome::DoneOnTheSpot
    };
    let matters = world.rng.chance(100).then(|| CompletionMatter {
        service: service(world),
        outcome: Outcome::Explained,
        promised_days: None,
        pickup: None,
    });
    Command::Finish {
        window,
        outcome,
        promised_days: told.then_some(5),
        pickup: told.then(|| "window 1".into()),
        slip: None,
        matters: matters.into_iter().collect(),
    }
}

/// Anything at all, by anybody, at any window.
fn wild(world: &mut World) -> Option<(Actor, Command)> {
    let window = window(world);
    let command = match world.rng.below(12) {
        0 => return Some(sign_in(world, window)),
        1 => Command::MakeReady { window },
        2 => Command::SignOff {
            window,
            overriding: None,
        },
        3 => calling(world, window),
        4 => {
            let held = ticket(world)?;
            serving(world, window, held)
        }
        5 => idle(world, window)?,
        6 => Command::Resume { window },
        7 => Command::Call {
            window: "9".into(),
            pick: Pick::Next,
            expect: None,
        },
        8 => Command::Cancel {
            ticket: ticket(world)?,
            by: CancelledBy::Manager,
            reason: "not mine to say".into(),
        },
        9 => Command::Settle { day: None },
        10 => Command::ReportPrint {
            ticket: ticket(world)?,
            copy: 1,
            outcome: PrintOutcome::Started,
        },
        _ => Command::Call {
            window,
            pick: Pick::Next,
            expect: Some(ticket(world)),
        },
    };
    let who = clerk(world);
    let bound = world.rng.chance(500).then_some(who);
    Some((actor(Role::Clerk, bound), command))
}

/// Drives the hall until nobody is left: every window is opened and everyone is served.
pub(crate) fn finish_all(world: &mut World, turn: usize) -> Option<(Actor, Command)> {
    let hall = world.seen();
    let parked = hall
        .tickets()
        .values()
        .find(|t| matches!(t.status, TicketStatus::Parked(..)));
    if let Some(ticket) = parked {
        return Some((manager(), Command::Unpark { ticket: ticket.id }));
    }
    // Nobody else serves what is only lent.
    let stopped = |t: &&hall::Ticket| t.status == TicketStatus::Waiting && t.service.0 == "D";
    if let Some(ticket) = hall.tickets().values().find(stopped) {
        let command = Command::TransferToService {
            ticket: ticket.id,
            service: "A".into(),
            reason: "to finish".into(),
        };
        if turn.is_multiple_of(3) {
            return Some((manager(), command));
        }
    }
    // Twice each, so that a window that is opened calls before the hall finds it idle.
    let windows = hall.plan()?.windows.len();
    let code = hall.plan()?.windows.get(turn / 2 % windows)?.code.clone();
    let state = hall.windows().get(&code)?;
    let own = || format!("c{}", code.0).as_str().into();
    let Some(shift) = &state.shift else {
        let command = Command::SignIn {
            window: code.clone(),
            clerk: own(),
            overriding: Some("to finish".into()),
        };
        return Some((manager(), command));
    };
    let clerk = shift.clerk.clone();
    if let Some(command) = posts::wind_up(world, &code, &clerk) {
        return Some((manager(), command));
    }
    let held = state.ticket.and_then(|id| hall.tickets().get(&id));
    let called = held.is_some_and(|ticket| matches!(ticket.status, TicketStatus::Called(_)));
    let window = code.clone();
    let command = match held {
        _ if shift.ready_at.is_none() => Command::MakeReady { window },
        Some(_) if called => Command::Start { window },
        Some(_) => Command::Finish {
            window,
            outcome: Outcome::Explained,
            promised_days: None,
            pickup: None,
            slip: None,
            matters: Vec::new(),
        },
        None if state.pause.is_some() => Command::Resume { window },
        None => Command::Call {
            window,
            pick: Pick::Next,
            expect: None,
        },
    };
    Some((manager(), command))
}

/// Whether today has closed, not only a day before.
pub(crate) fn is_closing(world: &World) -> bool {
    let hall = &world.journal.ahead;
    let today = world.now.date_in(hall.zone());
    let day = hall.current_day().filter(|day| day.date == today);
    day.is_some_and(|day| matches!(day.phase, Phase::Closing | Phase::Settled))
}

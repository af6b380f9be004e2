//! Who stands in for whom, what is lent, and what comes from outside the floor, drawn by chance.

use hall::calendar::{CalendarDay, CalendarYear};
use hall::records::TideWish;
use hall::{Actor, ClerkCode, Command, DeviceKind, RecordId, Role, Window, WindowCode};

use crate::crowd::{WINDOWS, actor, clerk, manager, window};
use crate::day::World;

/// Covers: somebody answers a question, sends somebody, or hands a post back.
pub(crate) fn cover(world: &mut World) -> Option<(Actor, Command)> {
    match world.rng.below(10) {
        0..5 => answer(world),
        5 | 6 => Some(assign(world)),
        7 => {
            let (window, clerk) = (window(world), clerk(world));
            let reason = String::from("not asked");
            let who = actor(Role::Clerk, Some(clerk.clone()));
            let command = Command::DeclineCover {
                window,
                clerk,
                reason,
            };
            Some((who, command))
        }
        _ => Some(hand_back(world)),
    }
}

/// Whoever is asked comes, or cannot; or says nothing at all.
fn answer(world: &mut World) -> Option<(Actor, Command)> {
    let asked = world.seen().windows().iter();
    let asked = asked.filter_map(|(code, window)| {
        let clerk = window.asked.as_ref()?.clerk.clone()?;
        Some((code.clone(), clerk))
    });
    let asked: Vec<_> = asked.collect();
    let (window, clerk) = world.rng.pick(&asked)?.clone();
    let who = actor(Role::Clerk, Some(clerk.clone()));
    let command = if world.rng.chance(650) {
        Command::Cover { window, clerk }
    } else {
        Command::DeclineCover {
            window,
            clerk,
            reason: "a visitor here".into(),
        }
    };
    Some((who, command))
}

fn assign(world: &mut World) -> (Actor, Command) {
    let paused = |window: &Window| window.pause.is_some() || window.shift.is_none();
    let windows = world.seen().windows().iter();
    let left = windows.filter(|(_, window)| paused(window));
    let left: Vec<_> = left.map(|(code, _)| code.clone()).collect();
    let picked = world.rng.pick(&left).cloned();
    let window = picked.unwrap_or_else(|| window(world));
    let clerk = clerk(world);
    let who = if world.rng.chance(600) {
        manager()
    } else {
        actor(Role::Clerk, Some(clerk.clone()))
    };
    (who, Command::Cover { window, clerk })
}

fn hand_back(world: &mut World) -> (Actor, Command) {
    let windows = world.seen().windows().iter();
    let covered = windows.filter(|(_, window)| window.cover.is_some());
    let covered: Vec<_> = covered
        .map(|(code, window)| (code.clone(), window.clone()))
        .collect();
    let note = String::from("two papers in the drawer");
    let Some((code, state)) = world.rng.pick(&covered).cloned() else {
        let window = window(world);
        return (manager(), Command::HandBack { window, note });
    };
    let away = state.cover.and_then(|cover| cover.away);
    let holder = state.shift.map(|shift| shift.clerk);
    let who = match world.rng.below(3) {
        0 => manager(),
        1 => actor(Role::Clerk, away.map(|(clerk, _)| clerk)),
        _ => actor(Role::Clerk, holder),
    };
    (who, Command::HandBack { window: code, note })
}

/// 潮汐窗口: an answer to a proposal, a lock, or a window lent by hand.
pub(crate) fn tide(world: &mut World) -> (Actor, Command) {
    let is_open = world.seen().records().tides.open().is_some();
    if (is_open || world.rng.chance(400))
        && let Some(wish) = answer_tide(world)
    {
        return (manager(), Command::Record(Box::new(wish.into())));
    }
    let code: WindowCode = if world.rng.chance(800) {
        (*world.rng.pick(&["1", "4"]).expect("some")).into()
    } else {
        window(world)
    };
    if world.rng.chance(350) {
        return (manager(), Command::EndLending { window: code });
    }
    let services = match world.rng.below(6) {
        0 => vec!["B"],
        1 => vec!["C", "D"],
        _ if code.0 == "1" => vec!["C"],
        _ => vec!["D"],
    };
    let minutes = i64::try_from(world.rng.below(20)).expect("it is small") - 2;
    let until = world.now.plus_min(minutes);
    let command = Command::Lend {
        window: code,
        services: services.into_iter().map(Into::into).collect(),
        until: world.rng.chance(600).then_some(until),
        reason: Some("a long line".into()),
    };
    (manager(), command)
}

/// Mostly to the proposal that is open, sometimes to one that is over.
fn answer_tide(world: &mut World) -> Option<TideWish> {
    let tides = &world.seen().records().tides;
    let open = tides.open().map(|one| one.proposed.id);
    let last = tides.proposals().next_back().map(|one| one.proposed.id);
    let locked = WINDOWS
        .iter()
        .find(|code| tides.lock_of(&WindowCode::from(**code)).is_some());
    let locked = locked.map(|code| WindowCode::from(*code));
    let id = RecordId(world.ticket_id().0);
    match (world.rng.below(10), locked) {
        (0, _) => Some(TideWish::Lock {
            id,
            window: window(world),
            reason: "as it is".into(),
        }),
        (1..4, Some(window)) => Some(TideWish::Unlock { id, window }),
        (4..7, _) => Some(TideWish::Dismiss {
            id: open.or(last)?,
            reason: "nobody to spare".into(),
        }),
        _ => Some(TideWish::Accept { id: open.or(last)? }),
    }
}

/// Consoles that are gone, devices that wake or sleep, tables of workdays.
pub(crate) fn outside(world: &mut World) -> (Actor, Command) {
    let command = match world.rng.below(8) {
        0..3 => Command::NoticeAbsence {
            window: window(world),
        },
        3..6 => Command::NoteDevice {
            device: format!("d{}", world.rng.below(3)),
            kind: DeviceKind::Kiosk,
            awake: world.rng.chance(500),
        },
        _ => enter_calendar(world),
    };
    (Actor::clockwork(), command)
}

fn enter_calendar(world: &mut World) -> Command {
    let year = if world.rng.chance(200) { 2027 } else { 2028 };
    let day = if world.rng.chance(500) {
        "2028-01-03"
    } else {
        "2027-01-01"
    };
    Command::EnterCalendar {
        year,
        table: Box::new(CalendarYear {
            notice: "国办发明电〔2026〕0号".into(),
            published: "2026-11-04".parse().expect("a date"),
            days: vec![CalendarDay {
                date: day.parse().expect("a date"),
                open: false,
                name: "元旦".into(),
            }],
        }),
    }
}

/// What a manager does about covers and lendings when the last visitors are served.
pub(crate) fn wind_up(world: &World, code: &WindowCode, clerk: &ClerkCode) -> Option<Command> {
    let hall = world.seen();
    let state = hall.windows().get(code)?;
    let free = state.ticket.is_none();
    let cover = state.cover.as_ref().filter(|_| free)?;
    let elsewhere = cover
        .away
        .as_ref()
        .and_then(|(away, _)| hall.window_of(away));
    let window = code.clone();
    if elsewhere.is_none()
        && state
            .shift
            .as_ref()
            .is_some_and(|shift| shift.clerk == *clerk)
    {
        let note = String::from("closing");
        return Some(Command::HandBack { window, note });
    }
    Some(Command::SignOff {
        window,
        overriding: Some("closing".into()),
    })
}

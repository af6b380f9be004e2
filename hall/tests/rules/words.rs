//! Words of a script line to a command.

use hall::calendar::{CalendarDay, CalendarYear};
use hall::{
    CancelledBy, Channel, Class, Command, CompletionMatter, Ground, Holder, IssueTicket, Outcome,
    PauseReason, Pick,
};
use serde_json::{Value, from_value};

use crate::script::Floor;

/// Splits at spaces; quotes hold a text together.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    let mut depth = 0;
    for c in line.chars() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '"' => quoted = !quoted,
            _ => (),
        }
        if c == ' ' && !quoted && depth == 0 {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn named<T: serde::de::DeserializeOwned>(name: &str) -> T {
    from_value(Value::from(name)).unwrap_or_else(|_| panic!("no such word: {name}"))
}

fn value_of<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    let mut pairs = words.iter().filter_map(|word| word.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

pub(crate) fn command(floor: &mut Floor, words: &[&str]) -> Command {
    let reason = String::from("because");
    match words {
        ["write", wish] => crate::records::wish(floor, wish),
        ["take", service, rest @ ..] => take(floor, service, rest),
        ["plan", changes @ ..] => Command::PublishPlan {
            plan: Box::new(Floor::plan(changes)),
        },
        ["tick"] => Command::Tick,
        ["settle"] => Command::Settle { day: None },
        ["settle", day] => Command::Settle {
            day: Some(day.parse().expect("a date")),
        },
        ["open-by-hand"] => Command::OpenDay { reason },
        ["print", number, outcome, rest @ ..] => Command::ReportPrint {
            ticket: floor.ticket(number),
            copy: value_of(rest, "copy").map_or(1, |copy| copy.parse().expect("a count")),
            outcome: named(outcome),
        },
        ["reprint", number] => Command::AskReprint {
            ticket: floor.ticket(number),
        },
        ["matter", number, service] => Command::AddMatter {
            ticket: floor.ticket(number),
            service: (*service).into(),
        },
        ["delay", number] => Command::Delay {
            ticket: floor.ticket(number),
        },
        ["reinstate", number] => Command::Reinstate {
            ticket: floor.ticket(number),
        },
        ["reopen", number] => Command::Reopen {
            ticket: floor.ticket(number),
            reason,
        },
        ["unpark", number] => Command::Unpark {
            ticket: floor.ticket(number),
        },
        ["park", number, kind] => Command::Park {
            ticket: floor.ticket(number),
            kind: named(kind),
            reason,
        },
        ["cancel", number, rest @ ..] => Command::Cancel {
            ticket: floor.ticket(number),
            by: rest.first().map_or(CancelledBy::Visitor, |by| named(by)),
            reason,
        },
        ["carry", number, to, rest @ ..] => Command::CarryOver {
            ticket: floor.ticket(number),
            to: to.parse().expect("a date"),
            slot: value_of(rest, "slot").unwrap_or("09:00").into(),
            consent: !rest.contains(&"unasked"),
        },
        ["transfer", number, "window", window] => Command::TransferToWindow {
            ticket: floor.ticket(number),
            window: (*window).into(),
            reason,
        },
        ["transfer", number, service] => Command::TransferToService {
            ticket: floor.ticket(number),
            service: (*service).into(),
            reason,
        },
        other => outside(other).unwrap_or_else(|| at_window(floor, other)),
    }
}

/// What comes from outside the floor.
fn outside(words: &[&str]) -> Option<Command> {
    Some(match words {
        ["calendar", year, days] => Command::EnterCalendar {
            year: year.parse().expect("a year"),
            table: Box::new(calendar(days)),
        },
        ["device", name, kind, state] => Command::NoteDevice {
            device: (*name).into(),
            kind: named(kind),
            awake: *state == "awake",
        },
        _ => return None,
    })
}

/// `2027-01-01,2027-02-06+` are days off, with a `+` days worked.
fn calendar(days: &str) -> CalendarYear {
    let days = days.split(',').filter(|day| *day != "-");
    CalendarYear {
        notice: "国办发明电〔2026〕0号".into(),
        published: "2026-11-04".parse().expect("a date"),
        days: days
            .map(|day| CalendarDay {
                date: day.trim_end_matches('+').parse().expect("a date"),
                open: day.ends_with('+'),
                name: "假".into(),
            })
            .collect(),
    }
}

fn take(floor: &mut Floor, service: &str, rest: &[&str]) -> Command {
    let green = rest.contains(&"green");
    let staff = rest.contains(&"staff");
    Command::Issue(Box::new(IssueTicket {
        ticket: floor.new_ticket(),
        service: service.into(),
        class: if green { Class::Green } else { Class::Ordinary },
        ground: green.then(|| value_of(rest, "ground").map_or(Ground::Elder, named)),
        channel: if staff {
            Channel::Staff
        } else {
            Channel::Kiosk
        },
        holder: value_of(rest, "id").map(|hash| Holder {
            hash: hash.into(),
            tail: "****0001".into(),
        }),
        note: None,
        after_closing: value_of(rest, "late").map(Into::into),
        told: None,
    }))
}

fn at_window(floor: &mut Floor, words: &[&str]) -> Command {
    let reason = String::from("because");
    let [verb, window, rest @ ..] = words else {
        panic!("no such line: {words:?}");
    };
    let window = (*window).into();
    let over = rest.contains(&"override").then(|| reason.clone());
    match (*verb, rest) {
        ("sign-in", [clerk, ..]) => Command::SignIn {
            window,
            clerk: (*clerk).into(),
            overriding: over,
        },
        ("ready", _) => Command::MakeReady { window },
        ("sign-off", _) => Command::SignOff {
            window,
            overriding: over,
        },
        ("pause", _) => Command::Pause {
            window,
            reason: value_of(rest, "why").map_or(PauseReason::Meal, named),
            note: None,
            back_in_min: value_of(rest, "back").map(|back| back.parse().expect("minutes")),
            cover: value_of(rest, "cover").map(Into::into),
        },
        ("resume", _) => Command::Resume { window },
        ("call", rest) => Command::Call {
            window,
            pick: match rest {
                [number] if !number.contains('=') => Pick::Named {
                    ticket: floor.ticket(number),
                    reason,
                },
                _ => Pick::Next,
            },
            expect: value_of(rest, "expect")
                .map(|expect| (expect != "nobody").then(|| floor.ticket(expect))),
        },
        ("recall", _) => Command::Recall { window },
        ("start", _) => Command::Start { window },
        ("no-show", _) => Command::MarkNoShow { window },
        ("put-back", _) => Command::PutBack { window, reason },
        ("undo-no-show", [number]) => Command::UndoNoShow {
            window,
            ticket: floor.ticket(number),
        },
        ("undo-finish", [number]) => Command::UndoFinish {
            window,
            ticket: floor.ticket(number),
        },
        ("finish", rest) => finish(window, rest),
        _ => at_post(floor, words),
    }
}

fn at_post(floor: &Floor, words: &[&str]) -> Command {
    let reason = String::from("because");
    let [verb, window, rest @ ..] = words else {
        panic!("no such line: {words:?}");
    };
    let window = (*window).into();
    match (*verb, rest) {
        ("cover", [clerk]) => Command::Cover {
            window,
            clerk: (*clerk).into(),
        },
        ("decline", [clerk]) => Command::DeclineCover {
            window,
            clerk: (*clerk).into(),
            reason,
        },
        ("hand-back", _) => Command::HandBack {
            window,
            note: "noted".into(),
        },
        ("lend", [services, rest @ ..]) => Command::Lend {
            window,
            services: services.split('+').map(Into::into).collect(),
            until: value_of(rest, "until").map(|time| floor.moment(time)),
            reason: Some(reason),
        },
        ("take-back", _) => Command::EndLending { window },
        ("absent", _) => Command::NoticeAbsence { window },
        _ => panic!("no such line: {words:?}"),
    }
}

fn finish(window: hall::WindowCode, rest: &[&str]) -> Command {
    let outcome = rest.first().filter(|word| !word.contains('='));
    let services = ["A", "B", "C", "D"];
    let given = services.iter().filter_map(|service| {
        Some(CompletionMatter {
            service: (*service).into(),
            outcome: named(value_of(rest, service)?),
            promised_days: None,
            pickup: None,
        })
    });
    Command::Finish {
        window,
        outcome: outcome.map_or(Outcome::Explained, |outcome| named(outcome)),
        promised_days: value_of(rest, "days").map(|days| days.parse().expect("days")),
        pickup: value_of(rest, "pickup").map(Into::into),
        slip: None,
        matters: given.collect(),
    }
}

//! A tiny language: a line is a moment, who asks, what, and what follows.
//!
//! ```text
//! 09:05 call 1 -> ticket_called A001 reason=next waited_ms=300000 window=1
//! 09:05 c2: call 1 -> refused not_your_role clerk=c1 window=1
//! ```
//!
//! The moment may be left out (the line before's), `+1` before it is the next day, `2026-02-14` that
//! one; who asks is a manager when not named. Lines without `->` say nothing of what follows. What
//! the hall notes by itself after a command (gaps, who is asked to cover one, outages) is said only
//! in scripts that begin with `all facts`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::{Days, NaiveDate};
use hall::plan::Plan;
use hall::view::shown_number;
use hall::{
    Actor, Command, Event, Hall, HourMinute, Refusal, Role, TicketId, Timestamp, decide, follow,
};
use serde_json::{Value, json};

use crate::{records, words};

/// Runs a script and compares what follows, line by line.
pub(crate) fn check(script: &str) {
    let mut floor = Floor::new();
    let mut followed = String::new();
    let mut expected = String::new();
    let lines = script.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty()) {
        if line == "all facts" {
            floor.tells_all = true;
            continue;
        }
        let (asked, said) = line
            .split_once(" -> ")
            .map_or((line, None), |(a, s)| (a, Some(s)));
        let follows = floor.run(asked);
        writeln!(expected, "{line}").expect("a string takes it");
        match said {
            Some(_) => writeln!(followed, "{asked} -> {follows}"),
            None => writeln!(followed, "{asked}"),
        }
        .expect("a string takes it");
    }
    assert!(expected == followed, "what follows is\n\n{followed}");
}

/// The hall of the scripts, with a clock.
pub(crate) struct Floor {
    pub(crate) hall: Hall,
    pub(crate) now: Timestamp,
    date: NaiveDate,
    tickets: u32,
    /// How many records were asked for: `$1` is the first.
    pub(crate) records: u32,
    tells_all: bool,
    /// Every fact so far, for the figures.
    pub(crate) journal: Vec<(Event, String, Timestamp)>,
}

impl Floor {
    fn new() -> Self {
        Self {
            hall: Hall::new(),
            now: Timestamp(0),
            date: NaiveDate::from_ymd_opt(2026, 11, 23).expect("a Monday"),
            tickets: 0,
            records: 0,
            tells_all: false,
            journal: Vec::new(),
        }
    }

    fn run(&mut self, line: &str) -> String {
        let line = self.take_moment(line);
        let (actor, line) = who(line);
        let words = words::split(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(answer) = self.look(&words) {
            return answer;
        }
        let mut followed = Vec::new();
        for command in self.commands(&words) {
            match self.ask(&command, &actor) {
                Ok(events) => followed.extend(events),
                Err(refusal) => return refusal,
            }
        }
        if followed.is_empty() {
            return "nothing".to_owned();
        }
        followed.join(", ")
    }

    fn ask(&mut self, command: &Command, actor: &Actor) -> Result<Vec<String>, String> {
        let events = decide(&self.hall, command, actor, self.now).map_err(|r| self.refused(&r))?;
        let mut said = Vec::new();
        for event in &events {
            let quiet = matches!(event, Event::OutageNoted { .. }) && !self.tells_all;
            said.extend(Some(self.take_in(event, &actor.name)).filter(|_| !quiet));
        }
        // As the shell does: in the same transaction.
        for event in &follow(&self.hall, self.now) {
            let fact = self.take_in(event, &Actor::clockwork().name);
            said.extend(Some(fact).filter(|_| self.tells_all));
        }
        assert_eq!(follow(&self.hall, self.now), [], "nothing more follows");
        Ok(said)
    }

    fn take_in(&mut self, event: &Event, actor: &str) -> String {
        let fits = self.hall.check(event);
        fits.unwrap_or_else(|misfit| panic!("{misfit:?}"));
        self.hall.apply(event, self.now);
        self.journal.push((event.clone(), actor.into(), self.now));
        self.fact(event)
    }

    /// `09:05`, `09:05:30` or `+1 09:05` at the start of the line moves the clock.
    fn take_moment<'a>(&mut self, line: &'a str) -> &'a str {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        if let Some(days) = first.strip_prefix('+').and_then(|days| days.parse().ok()) {
            self.date = self.date.checked_add_days(Days::new(days)).expect("a date");
            return self.take_moment(rest);
        }
        if let Ok(date) = first.parse() {
            self.date = date;
            return self.take_moment(rest);
        }
        let Some(minute) = first.get(..5).and_then(HourMinute::parse) else {
            return line;
        };
        let seconds = first.get(6..).and_then(|seconds| seconds.parse().ok());
        let zone = "Asia/Shanghai".parse().expect("a zone");
        self.now = Timestamp::of_local(self.date, minute, zone).plus_s(seconds.unwrap_or(0));
        rest
    }

    /// A time of day on the script's date.
    pub(crate) fn moment(&self, time: &str) -> Timestamp {
        let minute = HourMinute::parse(time).expect("a time");
        Timestamp::of_local(self.date, minute, "Asia/Shanghai".parse().expect("a zone"))
    }

    fn commands(&mut self, words: &[&str]) -> Vec<Command> {
        match words {
            ["day", rest @ ..] => self.open_day(rest),
            ["man", window, clerk] => [
                words::command(self, &["sign-in", window, clerk]),
                words::command(self, &["ready", window]),
            ]
            .into(),
            ["take-to", letter, count] => {
                let given = count.parse().expect("a count");
                (0..given).for_each(|_| {
                    self.run(&format!("take {letter}"));
                });
                Vec::new()
            }
            other => vec![words::command(self, other)],
        }
    }

    /// A plan before the hall opens, then the lobby.
    fn open_day(&mut self, changes: &[&str]) -> Vec<Command> {
        self.take_moment("08:40");
        self.run(&format!("plan {}", changes.join(" ")));
        self.take_moment("08:45");
        vec![Command::Tick]
    }

    /// The plan of the scripts, changed at JSON pointers: `/noon="serve"`, `-/windows/2`.
    pub(crate) fn plan(changes: &[&str]) -> Plan {
        let mut document = base_plan();
        for change in changes {
            if let Some(gone) = change.strip_prefix('-') {
                let (list, index) = gone.rsplit_once('/').expect("a place in a list");
                let list = document.pointer_mut(list).and_then(Value::as_array_mut);
                list.expect("a list")
                    .remove(index.parse().expect("a place"));
                continue;
            }
            let (path, value) = change.split_once('=').expect("a change");
            let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
            let (parent, name) = path.rsplit_once('/').expect("a path");
            let parent = document.pointer_mut(parent).expect("a parent");
            let place = match name.parse::<usize>() {
                Ok(index) => parent.get_mut(index),
                Err(_) => parent.get_mut(name),
            };
            *place.unwrap_or_else(|| panic!("no {path}")) = value;
        }
        serde_json::from_value(document).expect("a plan")
    }

    pub(crate) fn new_ticket(&mut self) -> TicketId {
        self.tickets += 1;
        TicketId(uuid::Uuid::from_u128(u128::from(self.tickets)))
    }

    /// The ticket that is shown by this number; an unknown one when there is none.
    pub(crate) fn ticket(&self, shown: &str) -> TicketId {
        let mut tickets = self.hall.tickets().values().rev();
        let found = tickets.find(|ticket| shown_number(&self.hall, ticket) == shown);
        found.map_or(TicketId(uuid::Uuid::nil()), |ticket| ticket.id)
    }

    pub(crate) fn shown(&self, id: &Value) -> String {
        let id: Option<TicketId> = serde_json::from_value(id.clone()).ok();
        let ticket = id.and_then(|id| self.hall.tickets().get(&id));
        ticket.map_or_else(|| "?".into(), |ticket| shown_number(&self.hall, ticket))
    }

    fn fact(&self, event: &Event) -> String {
        if let Event::Record(record) = event {
            return records::fact(self, record);
        }
        let mut payload = serde_json::to_value(event).expect("a fact")["payload"].take();
        let mut said = event.kind().to_owned();
        if let Some(id) = payload.get("ticket") {
            write!(said, " {}", self.shown(id)).expect("a string takes it");
        }
        if let Some(Value::Array(parked)) = payload.get_mut("parked") {
            for id in parked {
                *id = Value::from(self.shown(id));
            }
        }
        let matters = payload["matters"].take();
        for quiet in [
            "ticket",
            "number",
            "day",
            "service_name",
            "arrived_at",
            "holder",
            "steps",
            "plan",
            "reason",
            "balance",
            "channel",
            "slip",
            "service",
            "matters",
            "table",
        ] {
            let kept = matches!(
                (event, quiet),
                (Event::TicketCalled { .. }, "reason")
                    | (Event::DaySettled { .. } | Event::DayOpened { .. }, "day")
                    | (
                        Event::TicketTransferred { .. } | Event::MatterAdded { .. },
                        "service"
                    )
            );
            if !kept && let Some(object) = payload.as_object_mut() {
                object.remove(quiet);
            }
        }
        said.push_str(&fields(&payload));
        if let Value::Array(matters) = matters
            && matters.len() > 1
        {
            let each = matters
                .iter()
                .map(|m| format!("{}:{}", plain(&m["service"]), plain(&m["outcome"])));
            write!(said, " {}", each.collect::<Vec<_>>().join("+")).expect("a string takes it");
        }
        said
    }

    fn refused(&self, refusal: &Refusal) -> String {
        let mut fields_of = serde_json::to_value(refusal).expect("a refusal");
        if let Some(object) = fields_of.as_object_mut() {
            object.remove("code");
            if let Some(id) = object.remove("ticket")
                && !object.contains_key("number")
                && !id.is_null()
            {
                object.insert("number".into(), Value::from(self.shown(&id)));
            }
            if object.contains_key("numbers") {
                object.remove("tickets");
            }
            if let Some(Value::Array(faults)) = object.remove("faults") {
                let paths = faults.iter().map(|fault| plain(&fault["path"]));
                object.insert(
                    "at".into(),
                    Value::from(paths.collect::<Vec<_>>().join("+")),
                );
            }
        }
        format!("refused {}{}", refusal.code(), fields(&fields_of))
    }
}

/// `c1:` is that clerk, `manager:` and other roles are those, `inspector2:` another of the role;
/// `inspector+c1:` is also that clerk, `guidance=inspector:` the person of that name in the role.
fn who(line: &str) -> (Actor, &str) {
    let named = line
        .split_once(": ")
        .filter(|(name, _)| !name.contains(' '));
    let Some((name, rest)) = named else {
        return (actor(Role::Manager, "m"), line);
    };
    let (name, bound) = name
        .split_once('+')
        .map_or((name, None), |(name, clerk)| (name, Some(clerk)));
    let (name, called) = name
        .split_once('=')
        .map_or((name, name), |(role, called)| (role, called));
    if let Some(role) = Role::parse(name.trim_end_matches(char::is_numeric)) {
        let mut person = actor(role, called);
        person.clerk = bound.map(Into::into);
        return (person, rest);
    }
    let mut clerk = actor(Role::Clerk, name);
    clerk.clerk = Some(name.into());
    (clerk, rest)
}

fn actor(role: Role, name: &str) -> Actor {
    Actor {
        name: name.into(),
        role,
        clerk: None,
    }
}

/// In the order of their names, whatever order the map keeps.
pub(crate) fn fields(object: &Value) -> String {
    let known: BTreeMap<_, _> = object.as_object().into_iter().flatten().collect();
    let known = known.into_iter();
    let said = known.filter(|(_, value)| !value.is_null() && value.as_str() != Some(""));
    said.fold(String::new(), |said, (name, value)| {
        format!("{said} {name}={}", plain(value))
    })
}

pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("+"),
        Value::Object(fields) => {
            let names: BTreeSet<_> = fields.keys().map(String::as_str).collect();
            names.into_iter().collect::<Vec<_>>().join("+")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Services A and B, C at one window, D at none; windows 1 to 3; clerks c1 to c4.
fn base_plan() -> Value {
    json!({
        "hall": {"code":"h","name":"测试大厅","name_en":null,"level":"district",
                 "zone":"Asia/Shanghai","complaint_phone":null,"public_url":null},
        "sessions": [{"from":"09:00","to":"12:00"},{"from":"13:00","to":"17:00"}],
        "lobby_before_min": 15, "noon": "pause", "seasons": [], "calendar_exceptions": [],
        "services": [service("A"), service("B"), service("C"), service("D")],
        "windows": [window("1", &["A"], "c1"), window("2", &["A", "B"], "c2"),
                    window("3", &["C"], "c3")],
        "clerks": [clerk("c1"), clerk("c2"), clerk("c3"), clerk("c4")],
        "rules": hall::plan::Rules::default(),
    })
}

fn service(code: &str) -> Value {
    json!({"code":code,"name":format!("事项{code}"),"name_en":null,"expected_min":8,"letter":null,
           "target_wait_min":null,"quota_day":null,"quota_half_day":null,"bookable":false,
           "walk_in_share":null,"zone":null,"guide":null,"online_only":false,
           "booking_only":false,"channel_basis":null})
}

fn window(code: &str, services: &[&str], a: &str) -> Value {
    json!({"code":code,"name":format!("{code}号"),"kind":"general","services":services,"tide":[],
           "a":a,"b":[],"standby":null,"shared_with":null,"noon_duty":false})
}

fn clerk(code: &str) -> Value {
    json!({"code":code,"name":format!("员{code}"),"head":false,"skills":null})
}

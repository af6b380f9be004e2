//! One sentence for every kind of fact, in both languages: what happened, at which window, by whom.
//!
//! No arm is a wildcard: a new kind does not compile until each of the three files says whether the
//! kind is its own.

mod day;
mod ticket;
mod window;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};

use chrono_tz::Tz;

use crate::plan::Plan;
use crate::text::Text;
use crate::{ClerkCode, Event, Hall, ServiceCode, TicketId, Timestamp, WindowCode};

/// What things are called: numbers of tickets, names of services and clerks.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The plan in force; without one, codes stand for names.
    pub plan: Option<&'a Plan>,
    /// Numbers by ticket.
    pub numbers: &'a BTreeMap<TicketId, String>,
    /// The hall's zone.
    pub zone: Tz,
}

fn say(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(zh, en)
}

impl<'a> Names<'a> {
    /// Names by the plan of `hall`.
    pub fn of(hall: &'a Hall, numbers: &'a BTreeMap<TicketId, String>) -> Self {
        Self {
            plan: hall.plan(),
            numbers,
            zone: hall.zone(),
        }
    }

    fn number(&self, ticket: TicketId) -> &str {
        self.numbers.get(&ticket).map_or("", String::as_str)
    }

    fn service(&self, code: &'a ServiceCode) -> &'a str {
        let planned = self.plan.and_then(|plan| plan.service(code));
        planned.map_or(code.as_str(), |service| service.name.as_str())
    }

    fn service_en(&self, code: &'a ServiceCode) -> &'a str {
        let planned = self.plan.and_then(|plan| plan.service(code));
        let name = planned.and_then(|service| service.name_en.as_deref());
        name.unwrap_or_else(|| self.service(code))
    }

    /// The clerk's name on the sign; the code when the plan has none.
    pub fn clerk(&self, code: &'a ClerkCode) -> &'a str {
        let planned = self.plan.and_then(|plan| plan.clerk(code));
        planned.map_or(code.as_str(), |clerk| clerk.name.as_str())
    }

    /// Who did it, as people read it; `actor` is as the journal keeps it.
    pub fn who(&self, actor: &str) -> Text {
        if actor == "clock" {
            return say("系统", "the system");
        }
        if actor.starts_with("visitor:") {
            return say("办事人", "the visitor");
        }
        if let Some(token) = actor.strip_prefix("token:") {
            // A token that is bound to nobody: its last letters tell it from others.
            let count = token.chars().count();
            let tail: String = token.chars().skip(count.saturating_sub(6)).collect();
            return say(format!("令牌…{tail}"), format!("token …{tail}"));
        }
        let clerks = self.plan.map(|plan| plan.clerks.as_slice());
        let mut clerks = clerks.unwrap_or_default().iter();
        let known = clerks.find(|clerk| clerk.code.as_str() == actor);
        let name = known.map_or(actor, |clerk| clerk.name.as_str());
        say(name, name)
    }

    fn time(&self, at: Timestamp) -> String {
        at.in_zone(self.zone).format("%H:%M").to_string()
    }

    /// What happened, as a sentence.
    pub fn sentence(&self, event: &'a Event) -> Text {
        let told = self.of_day_fact(event);
        let told = told.or_else(|| self.of_ticket_fact(event));
        let told = told.or_else(|| self.of_window_fact(event));
        told.unwrap_or_else(|| say(event.kind(), event.kind()))
    }
}

fn window_says(window: &WindowCode, (zh, en): (&str, &str)) -> Text {
    say(
        format!("{window}号窗口:{zh}"),
        format!("window {window}: {en}"),
    )
}
/// The sentence with its reason, when one was given.
fn because(text: Text, reason: Option<&str>) -> Text {
    match reason.filter(|reason| !reason.trim().is_empty()) {
        Some(reason) => say(
            format!("{}。说明:{reason}", text.zh),
            format!("{}; note: {reason}", text.en),
        ),
        None => text,
    }
}

const fn minutes(ms: i64) -> i64 {
    ms / 60_000
}

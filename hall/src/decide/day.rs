//! The hall day: plans, ticks, settlement.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{Asked, Decision};
use crate::plan::Plan;
use crate::schedule::{self, Hours};
use crate::state::{Day, Hall, Phase, Step};
use crate::{Event, Refusal, Timestamp};

impl Asked<'_> {
    pub(super) fn publish(&self, plan: &Plan) -> Decision {
        let faults = plan.faults();
        if !faults.is_empty() {
            return Err(Refusal::PlanInvalid { faults });
        }
        let tickets = self.stranded_by(plan);
        if !tickets.is_empty() {
            return Err(Refusal::PlanStrands { tickets });
        }
        if self.hall.plan.as_ref() == Some(plan) {
            return Ok(Vec::new());
        }
        let mut events = vec![Event::PlanPublished {
            plan: Box::new(plan.clone()),
        }];
        let mut after = self.hall.clone();
        for event in &events {
            after.apply(event, self.now);
        }
        events.extend(tick(&after, self.now));
        Ok(events)
    }

    /// Numbers of open tickets whose service or window the plan does not have, and windows held.
    fn stranded_by(&self, plan: &Plan) -> Vec<String> {
        let tickets = self
            .hall
            .tickets
            .values()
            .filter(|ticket| ticket.status.is_open());
        let stranded = tickets.filter(|ticket| {
            let windows = ticket
                .status
                .holder()
                .into_iter()
                .chain(&ticket.only_window);
            plan.service(&ticket.service).is_none()
                || windows
                    .into_iter()
                    .any(|window| plan.window(window).is_none())
        });
        stranded.map(|ticket| ticket.number.clone()).collect()
    }

    pub(super) fn settle(&self, date: Option<NaiveDate>) -> Decision {
        let day = match date {
            Some(date) => self.hall.day(date),
            None => oldest_open(self.hall).or(self.hall.current.as_ref()),
        };
        let Some(day) = day else {
            let name = date.map_or_else(String::new, |date| alloc::format!("{date}"));
            return Err(Refusal::NotFound { what: "day", name });
        };
        if day.phase == Phase::Settled {
            return Ok(Vec::new());
        }
        if day.next_step().is_some() {
            return Err(Refusal::DayStillOpen { day: day.date });
        }
        let open = self.hall.outstanding(day.date);
        if !open.is_empty() {
            return Err(Refusal::TicketsOutstanding {
                day: day.date,
                tickets: open.iter().map(|ticket| ticket.id).collect(),
                numbers: open.iter().map(|ticket| ticket.number.clone()).collect(),
            });
        }
        Ok(vec![settled(day, false)])
    }

    pub(super) fn open_by_hand(&self, reason: &str) -> Decision {
        let Some(plan) = &self.hall.plan else {
            return Err(Refusal::HallNotOpen);
        };
        let today = self.now.date_in(self.hall.zone);
        if let Some(day) = self.hall.current.as_ref().filter(|day| day.date >= today) {
            return Err(Refusal::DayAlreadyOpen { day: day.date });
        }
        let Some(hours) = schedule::hours(plan, today).filter(|h| h.closes_at() > self.now) else {
            return Err(Refusal::HallNotOpen);
        };
        Ok(open_events(
            self.hall,
            (today, &hours),
            self.now,
            Some(reason.into()),
        ))
    }
}

fn oldest_open(hall: &Hall) -> Option<&Day> {
    hall.older.values().next()
}

fn settled(day: &Day, by_itself: bool) -> Event {
    Event::DaySettled {
        day: day.date,
        balance: day.balance,
        by_itself,
    }
}

/// Everything that is due at `now`: steps of the current day, then the next day's lobby.
pub(super) fn tick(hall: &Hall, now: Timestamp) -> Vec<Event> {
    let mut events = Vec::new();
    if let Some(day) = &hall.current {
        let steps = day.steps.get(day.taken..).unwrap_or_default();
        events.extend(due(day.date, steps, now));
        if steps.last().is_some_and(|step| step.at > now) {
            return events;
        }
    }
    let Some((date, hours)) = schedule::next_open_date(hall, now) else {
        return events;
    };
    if hours.lobby_at <= now {
        events.extend(open_events(hall, (date, &hours), now, None));
    }
    events
}

/// Settles what is balanced, opens the day, and takes the steps that are due already.
fn open_events(
    hall: &Hall,
    (date, hours): (NaiveDate, &Hours),
    now: Timestamp,
    reason: Option<String>,
) -> Vec<Event> {
    let Some(plan) = &hall.plan else {
        return Vec::new();
    };
    let days = hall.older.values().chain(&hall.current);
    let mut events: Vec<_> = days
        .filter(|day| day.phase != Phase::Settled && day.is_balanced())
        .map(|day| settled(day, true))
        .collect();
    let steps = hours.steps(plan);
    events.push(Event::DayOpened {
        day: date,
        steps: steps.clone(),
        reason,
    });
    events.extend(due(date, steps.get(1..).unwrap_or_default(), now));
    events
}

fn due(day: NaiveDate, steps: &[Step], now: Timestamp) -> impl Iterator<Item = Event> {
    let due = steps.iter().take_while(move |step| step.at <= now).copied();
    due.map(move |step| Event::PhaseBegan {
        day,
        phase: step.phase,
        issuing: step.issuing,
    })
    .collect::<Vec<_>>()
    .into_iter()
}

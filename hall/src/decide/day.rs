//! The hall day: plans, ticks, settlement.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{Asked, Decision};
use crate::calendar::CalendarYear;
use crate::plan::Plan;
use crate::schedule::{self, Hours};
use crate::state::{Day, Hall, Phase, Step};
use crate::{DeviceKind, Event, Refusal, Timestamp};

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
        let then = Asked {
            hall: &after,
            ..*self
        };
        events.extend(then.tick());
        Ok(events)
    }

    /// Everything that is due: an outage noted, steps of the day, the next lobby, timers.
    pub(super) fn tick(&self) -> Vec<Event> {
        let days = due_days(self.hall, self.now);
        let timers = self.timers();
        if days.is_empty() && timers.is_empty() {
            return Vec::new();
        }
        self.outage()
            .into_iter()
            .chain(days)
            .chain(timers)
            .collect()
    }

    /// Enters a year's statutory workdays, and opens the day when it is one.
    pub(super) fn enter_calendar(&self, year: i32, table: &CalendarYear) -> Decision {
        let faults = table.faults(year);
        if !faults.is_empty() {
            return Err(Refusal::CalendarInvalid { faults });
        }
        if self.hall.calendar.year(year) == Some(table) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::CalendarEntered {
            year,
            table: Box::new(table.clone()),
        }])
    }

    pub(super) fn note_device(&self, device: &str, kind: DeviceKind, awake: bool) -> Vec<Event> {
        if self.hall.devices.get(device) == Some(&(kind, awake)) {
            return Vec::new();
        }
        vec![Event::DeviceNoted {
            device: device.into(),
            kind,
            awake,
        }]
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
        // By hand a day opens that is no workday, or of a year whose table is missing.
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
fn due_days(hall: &Hall, now: Timestamp) -> Vec<Event> {
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
    events.extend(asleep(hall));
    events.extend(due(date, steps.get(1..).unwrap_or_default(), now));
    events
}

/// Devices of the hall that are not awake when its lobby opens.
fn asleep(hall: &Hall) -> impl Iterator<Item = Event> {
    let asleep = hall.devices.iter().filter(|(_, (_, awake))| !awake);
    asleep.map(|(device, (kind, _))| Event::DeviceAsleep {
        device: device.clone(),
        kind: *kind,
    })
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

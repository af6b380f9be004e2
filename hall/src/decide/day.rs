//! The hall day: plans, ticks, settlement.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{Asked, Decision};
use crate::calendar::CalendarYear;
use crate::plan::Plan;
use crate::records;
use crate::schedule::{self, Hours};
use crate::state::{Day, Hall, Lending, Phase, Step, Ticket, TicketStatus};
use crate::{ClerkCode, DeviceKind, Event, ParkingKind, Refusal, Timestamp, WindowCode};

/// How often timers may set off others at one moment: the end of a lending changes who is next, and
/// with it whether a window counts as left; that one may put up a sign. Ours: one more than needed.
const TIMER_ROUNDS: usize = 4;

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
        let mut events = self.shifts_ended_by(plan);
        events.extend(self.posts_ended_by(plan));
        events.push(Event::PlanPublished {
            plan: Box::new(plan.clone()),
        });
        Ok(self.with_what_is_due(events))
    }

    /// Everything that is due: an outage noted, steps of the day, the next lobby, timers.
    pub(super) fn tick(&self) -> Vec<Event> {
        let mut events = self.with_what_is_due(self.outage().into_iter().collect());
        let hall = self.after(&events);
        let then = Asked {
            hall: &hall,
            ..*self
        };
        let tide = records::look(&then);
        events.extend(tide);
        events
    }

    /// What is due once these facts are taken in: first the day's steps, then the timers of the
    /// windows as those steps leave them.
    fn with_what_is_due(&self, mut events: Vec<Event>) -> Vec<Event> {
        let days = due_days(&self.after(&events), self.now);
        events.extend(days);
        for _ in 0..TIMER_ROUNDS {
            let hall = self.after(&events);
            let then = Asked {
                hall: &hall,
                ..*self
            };
            let timers = then.timers();
            if timers.is_empty() {
                break;
            }
            events.extend(timers);
        }
        events
    }

    /// The hall as it is after these facts.
    fn after(&self, events: &[Event]) -> Cow<'_, Hall> {
        let mut hall = Cow::Borrowed(self.hall);
        for event in events {
            hall.to_mut().apply(event, self.now);
        }
        hall
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
        Ok(self.with_what_is_due(vec![Event::CalendarEntered {
            year,
            table: Box::new(table.clone()),
        }]))
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

    /// Ends of shifts whose window or clerk the plan does not have. A window that serves somebody
    /// keeps its shift until the visitor is done.
    fn shifts_ended_by(&self, plan: &Plan) -> Vec<Event> {
        let free = self.hall.windows.iter().filter(|(_, w)| w.ticket.is_none());
        free.filter_map(|(code, window)| {
            let clerk = &window.shift.as_ref()?.clerk;
            let gone = plan.window(code).is_none() || plan.clerk(clerk).is_none();
            gone.then(|| shift_ended(code, clerk))
        })
        .collect()
    }

    /// Ends of gaps at windows that the plan does not have, and of lendings that it does not allow.
    fn posts_ended_by(&self, plan: &Plan) -> Vec<Event> {
        let mut events = Vec::new();
        for (code, window) in &self.hall.windows {
            let planned = plan.window(code);
            let allowed = |lent: &Lending| {
                let mut services = lent.services.iter();
                planned.is_some_and(|window| services.all(|service| window.tide.contains(service)))
            };
            if let Some(lent) = window.lent.as_ref().filter(|lent| !allowed(lent)) {
                events.push(lending_ended(code, lent, self.now));
            }
            if let Some(since) = window.gap_since.filter(|_| planned.is_none()) {
                events.push(Event::GapClosed {
                    window: code.clone(),
                    gap_ms: self.now.since_ms(since),
                });
            }
        }
        events
    }

    /// Numbers of open tickets that the plan would leave without a service or a window.
    fn stranded_by(&self, plan: &Plan) -> Vec<String> {
        let tickets = self
            .hall
            .tickets
            .values()
            .filter(|ticket| ticket.status.is_open());
        let stranded = tickets.filter(|ticket| {
            let held = held_at(ticket).or(ticket.only_window.as_ref());
            let served = plan
                .windows
                .iter()
                .any(|window| window.offers(&ticket.service));
            plan.service(&ticket.service).is_none()
                || held.map_or(!served, |window| plan.window(window).is_none())
        });
        stranded.map(|ticket| ticket.number.clone()).collect()
    }

    pub(super) fn settle(&self, date: Option<NaiveDate>) -> Decision {
        let day = match date {
            Some(date) => self.hall.day(date),
            None => self.day_to_settle(),
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

    /// The newest day; the oldest one still open when that is settled.
    fn day_to_settle(&self) -> Option<&Day> {
        let current = self.hall.current.as_ref();
        let open = current.filter(|day| day.phase != Phase::Settled);
        open.or(self.hall.older.values().next()).or(current)
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

/// The window that a ticket cannot do without: where it is called, served, or parked for good.
fn held_at(ticket: &Ticket) -> Option<&WindowCode> {
    match &ticket.status {
        TicketStatus::Parked(window, ParkingKind::ThisWindow)
        | TicketStatus::Called(window)
        | TicketStatus::Serving(window) => Some(window),
        TicketStatus::Waiting
        | TicketStatus::Parked(..)
        | TicketStatus::NoShow(_)
        | TicketStatus::Finished(_)
        | TicketStatus::Cancelled
        | TicketStatus::CarriedOver(_) => None,
    }
}

fn shift_ended(window: &WindowCode, clerk: &ClerkCode) -> Event {
    Event::ShiftEnded {
        window: window.clone(),
        clerk: clerk.clone(),
        overriding: None,
    }
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
    let left = hall.current.as_ref().map(|day| (day.date, steps_left(day)));
    let running = left.filter(|(_, steps)| steps.last().is_some_and(|step| step.at > now));
    let next = schedule::next_open_date(hall, now).filter(|(_, hours)| hours.lobby_at <= now);
    match (running, next) {
        (None, Some((date, hours))) => open_events(hall, (date, &hours), now, None),
        _ => left.map_or_else(Vec::new, |(date, steps)| due(date, steps, now)),
    }
}

fn steps_left(day: &Day) -> &[Step] {
    day.steps.get(day.taken..).unwrap_or_default()
}

/// Takes what is left of the day before, settles what is balanced, ends shifts that nobody ended,
/// opens the day, and takes the steps that are due already.
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
    let balanced = days.filter(|day| day.phase != Phase::Settled && day.is_balanced());
    let before = hall.current.as_ref();
    let mut events = before.map_or_else(Vec::new, |day| begun(day.date, steps_left(day)));
    events.extend(balanced.map(|day| settled(day, true)));
    events.extend(forgotten_shifts(hall, date));
    events.extend(lendings_ended(hall, now));
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

/// Ends of shifts of an earlier date, so that a window is made ready anew every day.
fn forgotten_shifts(hall: &Hall, date: NaiveDate) -> impl Iterator<Item = Event> {
    let free = hall.windows.iter().filter(|(_, w)| w.ticket.is_none());
    free.filter_map(move |(code, window)| {
        let shift = window.shift.as_ref()?;
        let forgotten = shift.began_at.date_in(hall.zone) < date;
        forgotten.then(|| shift_ended(code, &shift.clerk))
    })
}

/// A lending is for its day: windows begin the next one with their own services.
fn lendings_ended(hall: &Hall, now: Timestamp) -> impl Iterator<Item = Event> {
    hall.windows.iter().filter_map(move |(code, window)| {
        let lent = window.lent.as_ref()?;
        Some(lending_ended(code, lent, now))
    })
}

pub(super) fn lending_ended(window: &WindowCode, lent: &Lending, now: Timestamp) -> Event {
    Event::LendingEnded {
        window: window.clone(),
        lent_ms: now.since_ms(lent.since),
    }
}

fn due(day: NaiveDate, steps: &[Step], now: Timestamp) -> Vec<Event> {
    let count = steps.iter().take_while(|step| step.at <= now).count();
    begun(day, steps.get(..count).unwrap_or_default())
}

fn begun(day: NaiveDate, steps: &[Step]) -> Vec<Event> {
    let begun = steps.iter().map(|step| Event::PhaseBegan {
        day,
        phase: step.phase,
        issuing: step.issuing,
    });
    begun.collect()
}

//! The hall day as people read it.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::order;
use crate::plan::Session;
use crate::schedule::{self, Opening};
use crate::state::{Balance, Day, Hall, Phase};
use crate::time::DateTime;
use crate::{HourMinute, TicketId, Timestamp, WindowCode};

/// The state of a hall day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// Not a workday.
    Closed,
    /// Today opens later.
    Preparing,
    /// The waiting area is open.
    Lobby,
    /// Windows serve.
    InSession,
    /// Between two sessions.
    Noon,
    /// 延时服务, or nothing left but the settlement.
    Closing,
    /// Every number is accounted for.
    Settled,
}

impl From<Phase> for DayState {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Lobby => Self::Lobby,
            Phase::InSession => Self::InSession,
            Phase::Noon => Self::Noon,
            Phase::Closing => Self::Closing,
            Phase::Settled => Self::Settled,
        }
    }
}

/// A hall day in one line, for menus and boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DayLine {
    /// The business date.
    pub date: NaiveDate,
    /// Its state.
    pub state: DayState,
    /// Whether numbers are issued.
    pub issuing: bool,
    /// When the first session begins.
    pub opens_at: Option<DateTime>,
    /// When issuing ends for good.
    pub closes_at: Option<DateTime>,
    /// The year whose table of statutory workdays is missing: nobody knows whether to open.
    #[serde(default)]
    pub missing_year: Option<i32>,
}

/// A hall day in full: `GET …/day`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DayView {
    /// The business date.
    pub date: NaiveDate,
    /// Its state.
    pub state: DayState,
    /// Whether numbers are issued.
    pub issuing: bool,
    /// When the first session begins.
    pub opens_at: Option<DateTime>,
    /// When issuing ends for good.
    pub closes_at: Option<DateTime>,
    /// The year whose table of statutory workdays is missing.
    pub missing_year: Option<i32>,
    /// The sessions in force on that date.
    pub sessions: Vec<Session>,
    /// Numbers that the day cannot close over, oldest first.
    pub outstanding: Vec<Outstanding>,
    /// The account: issued = finished + no-show + cancelled + carried over + open.
    pub balance: Balance,
    /// Minutes since closing while numbers are open.
    pub after_hours_min: u32,
    /// Older days that are not settled.
    pub older: Vec<NaiveDate>,
}

/// One number that must still be served or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Outstanding {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: String,
    /// Its state's name.
    pub state: String,
    /// Since when it waits.
    pub since: DateTime,
    /// Windows with somebody at them that can call it.
    pub can_serve: Vec<WindowCode>,
    /// Windows that could call it if somebody opened them.
    pub could_serve: Vec<WindowCode>,
    /// Minutes after closing so far.
    pub late_min: u32,
}

impl Hall {
    /// The day that people mean at `now`: today when it has begun, else an older one still open.
    pub fn day_line(&self, now: Timestamp) -> DayLine {
        let today = now.date_in(self.zone());
        if let Some(day) = self.day_in_force(today) {
            return DayLine {
                date: day.date,
                state: day.phase.into(),
                issuing: day.issuing,
                opens_at: day.opens_at().map(|at| at.in_zone(self.zone())),
                closes_at: day.closes_at().map(|at| at.in_zone(self.zone())),
                missing_year: None,
            };
        }
        self.day_to_come(today, now)
    }

    fn day_in_force(&self, today: NaiveDate) -> Option<&Day> {
        let current = self.current.as_ref()?;
        let open = current.phase != Phase::Settled;
        (current.date >= today || open).then_some(current)
    }

    fn day_to_come(&self, date: NaiveDate, now: Timestamp) -> DayLine {
        let opening = self.opening(date);
        let missing_year = match opening {
            Opening::Unknown(year) => Some(year),
            Opening::Open(_) | Opening::Closed => None,
        };
        let hours = opening.hours();
        let to_come = hours.as_ref().is_some_and(|hours| hours.closes_at() > now);
        DayLine {
            date,
            state: if to_come {
                DayState::Preparing
            } else {
                DayState::Closed
            },
            issuing: false,
            opens_at: hours
                .as_ref()
                .and_then(|h| h.sessions.first())
                .map(|span| span.from.in_zone(self.zone())),
            closes_at: hours
                .as_ref()
                .map(|hours| hours.closes_at().in_zone(self.zone())),
            missing_year,
        }
    }

    /// The day of `date`, or the one in force; none when it is not in memory.
    pub fn day_view(&self, date: Option<NaiveDate>, now: Timestamp) -> Option<DayView> {
        let line = match date {
            None => self.day_line(now),
            Some(date) => self.line_of_date(date, now)?,
        };
        let day = self.day(line.date);
        let open = day.is_some_and(|day| !day.is_balanced());
        let late_ms = day
            .and_then(Day::closes_at)
            .filter(|_| open)
            .map_or(0, |closes| now.since_ms(closes));
        Some(DayView {
            date: line.date,
            state: line.state,
            issuing: line.issuing,
            opens_at: line.opens_at,
            closes_at: line.closes_at,
            missing_year: line.missing_year,
            sessions: self.sessions_of(line.date),
            outstanding: self.outstanding_of(line.date, now),
            balance: day.map(|day| day.balance).unwrap_or_default(),
            after_hours_min: u32::try_from(late_ms / 60_000).unwrap_or(u32::MAX),
            older: self
                .older
                .keys()
                .copied()
                .filter(|older| *older != line.date)
                .collect(),
        })
    }

    fn line_of_date(&self, date: NaiveDate, now: Timestamp) -> Option<DayLine> {
        let today = now.date_in(self.zone());
        match self.day(date) {
            Some(day) => Some(DayLine {
                date,
                state: day.phase.into(),
                issuing: day.issuing,
                opens_at: day.opens_at().map(|at| at.in_zone(self.zone())),
                closes_at: day.closes_at().map(|at| at.in_zone(self.zone())),
                missing_year: None,
            }),
            None if date >= today => Some(self.day_to_come(date, now)),
            None => None,
        }
    }

    fn sessions_of(&self, date: NaiveDate) -> Vec<Session> {
        let hours = self.plan().and_then(|plan| schedule::hours(plan, date));
        let spans = hours.map(|hours| hours.sessions).unwrap_or_default();
        spans
            .iter()
            .filter_map(|span| {
                let from = self.hour_minute(span.from)?;
                Some(Session {
                    from,
                    to: self.hour_minute(span.to)?,
                })
            })
            .collect()
    }

    fn hour_minute(&self, at: Timestamp) -> Option<HourMinute> {
        HourMinute::parse(&alloc::format!(
            "{}",
            at.in_zone(self.zone()).format("%H:%M")
        ))
    }

    fn outstanding_of(&self, date: NaiveDate, now: Timestamp) -> Vec<Outstanding> {
        let closed_at = self.day(date).and_then(Day::closes_at);
        let late_ms = closed_at.map_or(0, |closed_at| now.since_ms(closed_at));
        let late_min = u32::try_from(late_ms / 60_000).unwrap_or(u32::MAX);
        self.outstanding(date)
            .into_iter()
            .map(|ticket| Outstanding {
                ticket: ticket.id,
                number: super::shown_number(self, ticket),
                state: ticket.status.name().into(),
                since: ticket.arrived_at.in_zone(self.zone()),
                can_serve: self.windows_able(ticket, true),
                could_serve: self.windows_able(ticket, false),
                late_min,
            })
            .collect()
    }

    /// Windows that can call the ticket, with somebody at them or with nobody.
    fn windows_able(&self, ticket: &crate::state::Ticket, with: bool) -> Vec<WindowCode> {
        let plan = self
            .plan()
            .map(|plan| plan.windows.as_slice())
            .unwrap_or_default();
        plan.iter()
            .filter(|planned| {
                let manned = self.is_manned(&planned.code);
                manned == with && order::may_call(self, &planned.code, ticket)
            })
            .map(|planned| planned.code.clone())
            .collect()
    }
}

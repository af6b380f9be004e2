//! Hours: which sessions a date has, and the timetable that follows.

use alloc::vec::Vec;

use chrono::{Datelike, Days, NaiveDate};

use crate::plan::{Noon, Plan, Season, Session};
use crate::state::{Hall, Phase, Step};
use crate::{HourMinute, Timestamp};

/// How far ahead a next workday is looked for. Ours: the longest holiday found is 9 days.
const SEARCH_DAYS: u64 = 400;

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first moment.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
}

/// The hours of one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// When the lobby opens (第十三条).
    pub lobby_at: Timestamp,
    /// When windows serve; at least one.
    pub sessions: Vec<Span>,
}

impl Hours {
    /// When issuing ends for good.
    pub fn closes_at(&self) -> Timestamp {
        self.sessions.last().map_or(self.lobby_at, |span| span.to)
    }

    /// Whether windows serve at a moment: in a session, its end not included.
    pub fn serves_at(&self, at: Timestamp) -> bool {
        self.sessions
            .iter()
            .any(|span| span.from <= at && at < span.to)
    }

    /// The day's timetable; the first step is the lobby.
    pub fn steps(&self, plan: &Plan) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut step = |at, phase, issuing| steps.push(Step { at, phase, issuing });
        step(self.lobby_at, Phase::Lobby, true);
        let last = self.sessions.len().saturating_sub(1);
        for (i, span) in self.sessions.iter().enumerate() {
            step(span.from, Phase::InSession, true);
            let Some(next) = self.sessions.get(i + 1).filter(|_| i < last) else {
                step(span.to, Phase::Closing, false);
                break;
            };
            let serves = plan.noon == Noon::Serve;
            step(span.to, Phase::Noon, serves);
            let again = next
                .from
                .plus_min(-i64::from(plan.lobby_before_min))
                .max(span.to);
            if !serves && again > span.to && again < next.from {
                step(again, Phase::Noon, true);
            }
        }
        steps
    }
}

/// Whether a hall opens by itself on a date, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// It does, at these hours.
    Open(Hours),
    /// It does not.
    Closed,
    /// 本年度放假安排未录入: the table of this year is missing, and nothing is guessed.
    Unknown(i32),
}

impl Opening {
    /// The hours, when the hall opens.
    pub fn hours(self) -> Option<Hours> {
        match self {
            Self::Open(hours) => Some(hours),
            Self::Closed | Self::Unknown(_) => None,
        }
    }
}

/// The hours that sessions and seasons give to any date, workday or not.
pub fn hours(plan: &Plan, date: NaiveDate) -> Option<Hours> {
    let zone = Hall::parse_zone(&plan.hall.zone);
    let moment = |time: HourMinute| Timestamp::of_local(date, time, zone);
    let sessions: Vec<_> = sessions_of(plan, date)
        .iter()
        .map(|session| Span {
            from: moment(session.from),
            to: moment(session.to),
        })
        .collect();
    let first = sessions.first()?;
    let lobby_at = first.from.plus_min(-i64::from(plan.lobby_before_min));
    Some(Hours { lobby_at, sessions })
}

fn sessions_of(plan: &Plan, date: NaiveDate) -> &[Session] {
    let day = (date.month(), date.day());
    let in_force = plan.seasons.iter().find(|season| season.has(day));
    in_force.map_or(&plan.sessions, |season| &season.sessions)
}

impl Season {
    /// Whether the month and day are in it.
    pub(crate) fn has(&self, day: (u32, u32)) -> bool {
        let (Some(from), Some(to)) = (month_day(&self.from), month_day(&self.to)) else {
            return false;
        };
        if from <= to {
            from <= day && day <= to
        } else {
            from <= day || day <= to
        }
    }
}

/// Reads `MM-DD`; none when it is no date of any year.
pub(crate) fn month_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(month) || !digits(day) {
        return None;
    }
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    NaiveDate::from_ymd_opt(2024, month, day).map(|_| (month, day))
}

/// The first date, after the current day and not over at `now`, on which the hall opens.
///
/// In a year that is missing only the hall's own exceptions are known.
pub(crate) fn next_open_date(hall: &Hall, now: Timestamp) -> Option<(NaiveDate, Hours)> {
    let today = now.date_in(hall.zone);
    let after = hall.current.as_ref().and_then(|day| day.date.succ_opt());
    let first = after.map_or(today, |date| date.max(today));
    for ahead in 0..SEARCH_DAYS {
        let date = first.checked_add_days(Days::new(ahead))?;
        match hall.opening(date) {
            Opening::Open(hours) if hours.closes_at() > now => return Some((date, hours)),
            Opening::Open(_) | Opening::Closed | Opening::Unknown(_) => (),
        }
    }
    None
}

impl Hall {
    /// Whether the hall opens by itself on `date`: its own exceptions first, then the statutory
    /// calendar. Closed before the first plan.
    pub fn opening(&self, date: NaiveDate) -> Opening {
        let Some(plan) = &self.plan else {
            return Opening::Closed;
        };
        let mut exceptions = plan.calendar_exceptions.iter();
        let exception = exceptions.find(|exception| exception.date == date);
        let opens = match exception {
            Some(exception) => Some(exception.open),
            None => self.calendar.is_workday(date),
        };
        match opens {
            None => Opening::Unknown(date.year()),
            Some(false) => Opening::Closed,
            Some(true) => hours(plan, date).map_or(Opening::Closed, Opening::Open),
        }
    }

    /// When the shell should next send [`crate::Command::Tick`]; at or before `now` when overdue.
    ///
    /// None before the first plan, or when no workday is in sight and no timer runs.
    pub fn next_tick(&self, now: Timestamp) -> Option<Timestamp> {
        let step = self.current.as_ref().and_then(|day| day.next_step());
        let of_day = step
            .map(|step| step.at)
            .or_else(|| next_open_date(self, now).map(|(_, hours)| hours.lobby_at));
        let tide = self.tide_due(now);
        of_day
            .into_iter()
            .chain(self.next_timer())
            .chain(tide)
            .min()
    }
}

//! The state of one hall: a fold of its journal.

mod day;
mod ticket;
mod window;

use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::calendar::Calendar;
use crate::plan::{Plan, Window as PlannedWindow};
use crate::records::Records;
use crate::waits::Waits;
use crate::{ClerkCode, Refusal, ServiceCode, TicketId, Timestamp, WindowCode};

pub use day::{Balance, Day, Phase, Step};

pub use ticket::{Channel, Class, Ground, Holder, Matter, Print, Ticket, TicketStatus};
pub(crate) use window::Shift;
pub use window::{Cover, CoverAsk, Lending, Pause, Window};

/// One hall: its plan, its days, its tickets, its windows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hall {
    pub(crate) plan: Option<Plan>,
    pub(crate) zone: Tz,
    pub(crate) plan_version: u32,
    /// Statutory workdays.
    pub(crate) calendar: Calendar,
    /// The newest day, settled or not.
    pub(crate) current: Option<Day>,
    /// Older days that are not settled.
    pub(crate) older: BTreeMap<NaiveDate, Day>,
    pub(crate) tickets: BTreeMap<TicketId, Ticket>,
    pub(crate) windows: BTreeMap<WindowCode, Window>,
    /// Where each window stands in the plan.
    pub(crate) places: BTreeMap<WindowCode, usize>,
    /// What each clerk of the plan can serve.
    pub(crate) skills: BTreeMap<ClerkCode, BTreeSet<ServiceCode>>,
    pub(crate) lines: BTreeMap<Line, BTreeSet<Place>>,
    /// Reinstated and delayed tickets, by the line they will stand in.
    pub(crate) held: BTreeMap<Line, BTreeSet<Place>>,
    /// Calls so far by windows that draw on the line.
    pub(crate) calls_of: BTreeMap<Line, u64>,
    /// Open tickets by holder hash and service.
    pub(crate) holders: BTreeSet<(String, ServiceCode, TicketId)>,
    pub(crate) issued_ever: u64,
    /// Devices that wake with the hall, and whether they are awake.
    pub(crate) devices: BTreeMap<String, (crate::DeviceKind, bool)>,
    /// What was learned of waiting.
    pub(crate) waits: Waits,
    /// What is written down beside the line.
    pub(crate) records: Records,
    /// When the hall came back from an outage.
    pub(crate) woke_at: Option<Timestamp>,
    /// When the last fact happened.
    pub(crate) last_at: Timestamp,
    /// The newest calls, newest last; what boards show.
    pub(crate) recent: VecDeque<TicketId>,
}

/// A line that tickets stand in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Line {
    /// Of a service.
    Service(ServiceCode),
    /// Of one window alone.
    Window(WindowCode),
}

/// A place in a line: smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Arrival less head start.
    pub(crate) key: Timestamp,
    /// Issue order, for equal keys.
    pub(crate) serial: u64,
    /// Whose place.
    pub(crate) ticket: TicketId,
}

impl Hall {
    /// A hall before its first plan.
    pub fn new() -> Self {
        Self::default()
    }

    /// The plan in force.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// What was learned of waiting.
    pub fn waits(&self) -> &Waits {
        &self.waits
    }

    /// Statutory workdays.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// How many plans came into force.
    pub fn plan_version(&self) -> u32 {
        self.plan_version
    }

    /// The hall's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The newest day, settled or not.
    pub fn current_day(&self) -> Option<&Day> {
        self.current.as_ref()
    }

    /// Older days that are not settled.
    pub fn older_days(&self) -> &BTreeMap<NaiveDate, Day> {
        &self.older
    }

    /// The day of that date, when it is the newest or not settled.
    pub fn day(&self, date: NaiveDate) -> Option<&Day> {
        self.current
            .as_ref()
            .filter(|day| day.date == date)
            .or_else(|| self.older.get(&date))
    }

    /// Every ticket kept in memory.
    pub fn tickets(&self) -> &BTreeMap<TicketId, Ticket> {
        &self.tickets
    }

    /// Every window.
    pub fn windows(&self) -> &BTreeMap<WindowCode, Window> {
        &self.windows
    }

    /// A ticket.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotFound`] when this hall has no such ticket.
    pub fn ticket(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        self.tickets.get(&id).ok_or_else(|| Refusal::NotFound {
            what: "ticket",
            name: alloc::format!("{id}"),
        })
    }

    /// A window, its state and its place in the plan.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotFound`] when this hall has no such window.
    pub fn window(&self, code: &WindowCode) -> Result<(&Window, &PlannedWindow), Refusal> {
        let plan = self.plan.as_ref();
        let planned = plan.zip(self.places.get(code));
        let planned = planned.and_then(|(plan, place)| plan.windows.get(*place));
        self.windows
            .get(code)
            .zip(planned)
            .ok_or_else(|| Refusal::no_window(code))
    }

    /// Services that the window can call for at present: its own and those lent to it that its
    /// clerk can serve.
    pub fn services_of(&self, code: &WindowCode) -> Vec<&ServiceCode> {
        let Ok((window, planned)) = self.window(code) else {
            return Vec::new();
        };
        let Some(shift) = window.shift.as_ref().filter(|shift| !shift.overridden) else {
            return self.offered_by(planned).collect();
        };
        let Some(skills) = self.skills.get(&shift.clerk) else {
            return Vec::new();
        };
        self.offered_by(planned)
            .filter(|service| skills.contains(*service))
            .collect()
    }

    /// The window's own services and those lent to it, or those it is turned to; whoever holds it.
    pub(crate) fn offered_by<'a>(
        &'a self,
        planned: &'a PlannedWindow,
    ) -> impl Iterator<Item = &'a ServiceCode> {
        let lent = self
            .windows
            .get(&planned.code)
            .and_then(|window| window.lent.as_ref());
        let turned = lent.is_some_and(|lending| lending.instead);
        let own = planned.services.iter().filter(move |_| !turned);
        own.chain(lent.into_iter().flat_map(|lending| lending.services.iter()))
    }

    /// Windows that serve `service` at present: their own, or lent to them.
    pub fn windows_for<'a>(
        &'a self,
        service: &'a ServiceCode,
    ) -> impl Iterator<Item = &'a PlannedWindow> {
        let planned = self.plan.iter().flat_map(|plan| plan.windows.iter());
        planned.filter(move |window| self.offered_by(window).any(|offered| offered == service))
    }

    /// Whether somebody is signed in at the window.
    pub(crate) fn is_manned(&self, code: &WindowCode) -> bool {
        self.windows
            .get(code)
            .is_some_and(|window| window.shift.is_some())
    }

    /// An open ticket of the same person for the service, other than `except`.
    pub(crate) fn open_ticket_of(
        &self,
        holder: Option<&Holder>,
        service: &ServiceCode,
        except: TicketId,
    ) -> Option<&Ticket> {
        let from = (
            holder?.hash.clone(),
            service.clone(),
            TicketId(uuid::Uuid::nil()),
        );
        let same =
            |known: &&(String, ServiceCode, TicketId)| known.0 == from.0 && known.1 == from.1;
        let mut known = self.holders.range(from.clone()..).take_while(same);
        let found = known.find(|(_, _, id)| *id != except)?;
        self.tickets.get(&found.2)
    }

    /// The window that the clerk holds.
    pub fn window_of(&self, clerk: &ClerkCode) -> Option<&WindowCode> {
        let mut held = self.windows.iter();
        held.find(|(_, w)| w.shift.as_ref().is_some_and(|s| s.clerk == *clerk))
            .map(|(code, _)| code)
    }

    /// The window at which the clerk stands in for another.
    pub(crate) fn covered_by(&self, clerk: &ClerkCode) -> Option<&WindowCode> {
        let mut held = self.windows.iter();
        held.find(|(_, w)| w.cover.is_some() && w.shift.as_ref().is_some_and(|s| s.clerk == *clerk))
            .map(|(code, _)| code)
    }

    /// Tickets whose day cannot close over them, oldest first.
    pub fn outstanding(&self, day: NaiveDate) -> Vec<&Ticket> {
        let mut open: Vec<_> = self
            .tickets
            .values()
            .filter(|t| t.day == day && t.status.is_open())
            .collect();
        open.sort_by_key(|ticket| ticket.serial);
        open
    }

    /// How many tickets of all days are open.
    pub fn outstanding_count(&self) -> usize {
        let tickets = self.tickets.values();
        tickets.filter(|ticket| ticket.status.is_open()).count()
    }

    /// Tickets announced last, newest last, with all that are called now among them.
    pub fn recent_calls(&self) -> impl Iterator<Item = &Ticket> {
        self.recent.iter().filter_map(|id| self.tickets.get(id))
    }

    pub(crate) fn parse_zone(name: &str) -> Tz {
        Tz::from_str(name).unwrap_or(Tz::UTC)
    }
}

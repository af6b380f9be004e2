//! Takes recorded facts into the state. Makes no choices and cannot fail: what does not fit was
//! found by [`Hall::check`] before.

mod line;
mod ticket;
mod window;

use alloc::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::plan::{Clerk, Plan};
use crate::state::{Balance, Day, Hall, Phase, Step};
use crate::waits::minute_of;
use crate::{ClerkCode, DeviceKind, Event, ServiceCode, Timestamp};

/// Days that terminal tickets stay in memory, for replays of a key. RELIABILITY §2.1: 7 days.
const KEEP_DAYS: i64 = 7;

impl Hall {
    /// Takes one recorded fact, committed at `at`, into the state.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        self.last_at = self.last_at.max(at);
        self.learn_before(event, at);
        match event {
            Event::CalendarEntered { year, table } => {
                self.calendar.enter(*year, table.as_ref().clone());
            }
            Event::OutageNoted { .. } => self.woke_at = Some(at),
            Event::DeviceNoted {
                device,
                kind,
                awake,
            } => self.note_device(device, *kind, *awake),
            Event::DeviceAsleep { .. } => (),
            Event::Record(record) => self.records.apply(record, at),
            Event::PlanPublished { plan } => self.take_plan(plan),
            Event::DayOpened { day, steps, .. } => self.open_day(*day, steps, at),
            Event::PhaseBegan {
                day,
                phase,
                issuing,
            } => self.begin_phase((*day, *phase, *issuing), at),
            Event::DaySettled { day, balance, .. } => self.settle_day(*day, *balance),
            Event::ShiftBegan { .. }
            | Event::WindowReady { .. }
            | Event::WindowPaused { .. }
            | Event::WindowResumed { .. }
            | Event::ShiftEnded { .. }
            | Event::PauseWarned { .. }
            | Event::PauseEscalated { .. }
            | Event::CoverAsked { .. }
            | Event::CoverDeclined { .. }
            | Event::CoverLapsed { .. }
            | Event::CoverBegan { .. }
            | Event::CoverEnded { .. }
            | Event::GapOpened { .. }
            | Event::GapClosed { .. }
            | Event::AbsenceNoticed { .. }
            | Event::WindowLent { .. }
            | Event::LendingEnded { .. } => self.apply_window(event, at),
            Event::TicketIssued { .. }
            | Event::PrintChanged { .. }
            | Event::ReprintAsked { .. }
            | Event::TicketCalled { .. }
            | Event::TicketRecalled { .. }
            | Event::TicketStarted { .. }
            | Event::TicketNotShown { .. }
            | Event::NoShowUndone { .. }
            | Event::TicketReinstated { .. }
            | Event::TicketFinished { .. }
            | Event::FinishUndone { .. }
            | Event::TicketTransferred { .. }
            | Event::TicketParked { .. }
            | Event::TicketUnparked { .. }
            | Event::TicketResumed { .. }
            | Event::TicketPutBack { .. }
            | Event::TicketDelayed { .. }
            | Event::TicketCancelled { .. }
            | Event::TicketCarriedOver { .. }
            | Event::TicketReopened { .. }
            | Event::MatterAdded { .. } => self.apply_ticket(event, at),
        }
        self.note_act(event, at);
        self.learn_after(event, at);
    }

    /// Learns from a fact about a ticket, as the ticket stands before it.
    fn learn_before(&mut self, event: &Event, at: Timestamp) {
        let teaches = matches!(
            event,
            Event::TicketCalled { .. }
                | Event::TicketFinished { .. }
                | Event::TicketNotShown { .. }
        );
        if teaches {
            self.learn(event, at);
        }
    }

    /// Learns from a fact as the hall stands after it.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other facts teach nothing of waits"
    )]
    fn learn_after(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::PlanPublished { plan } => {
                let today = self.current.as_ref().map(|day| day.date);
                self.waits.take_plan(plan, today);
            }
            Event::DayOpened { day, .. } => self.waits.open_day(*day),
            Event::TicketIssued { .. } => self.learn(event, at),
            _ => (),
        }
    }

    fn learn(&mut self, event: &Event, at: Timestamp) {
        let moment = (at, minute_of(self, at));
        if let Some(ticket) = event.ticket().and_then(|id| self.tickets.get(&id)) {
            self.waits.take(event, ticket, moment);
        }
    }

    fn note_device(&mut self, device: &str, kind: DeviceKind, awake: bool) {
        self.devices.insert(device.into(), (kind, awake));
    }

    fn take_plan(&mut self, plan: &Plan) {
        self.zone = Self::parse_zone(&plan.hall.zone);
        self.windows.retain(|code, _| plan.window(code).is_some());
        for window in &plan.windows {
            self.windows.entry(window.code.clone()).or_default();
        }
        let codes = plan.windows.iter().map(|window| window.code.clone());
        self.places = codes.zip(0..).collect();
        self.skills = plan
            .clerks
            .iter()
            .map(|clerk| skills_of(plan, clerk))
            .collect();
        self.plan = Some(plan.clone());
        self.plan_version += 1;
        self.rebuild_lines();
    }

    fn open_day(&mut self, date: NaiveDate, steps: &[Step], at: Timestamp) {
        if let Some(last) = self.current.take()
            && last.phase != Phase::Settled
        {
            self.older.insert(last.date, last);
        }
        self.current = Some(Day {
            date,
            steps: steps.to_vec(),
            taken: 1,
            phase: Phase::Lobby,
            phase_since: at,
            issuing: true,
            opened_at: at,
            last_number: BTreeMap::new(),
            issued: BTreeMap::new(),
            balance: Balance::default(),
        });
        for window in self.windows.values_mut() {
            window.lent = None;
            window.asked = None;
        }
        self.forget_old_tickets(date);
        self.records.forget(date);
    }

    fn begin_phase(&mut self, (date, phase, issuing): (NaiveDate, Phase, bool), at: Timestamp) {
        let Some(day) = self.day_mut(date) else {
            return;
        };
        if phase == Phase::Noon && day.phase == Phase::InSession {
            for issued in day.issued.values_mut() {
                issued.half = 0;
            }
        }
        if day.phase != phase {
            day.phase_since = at;
        }
        day.phase = phase;
        day.issuing = issuing;
        day.taken += 1;
    }

    fn settle_day(&mut self, date: NaiveDate, balance: Balance) {
        if let Some(day) = self.day_mut(date) {
            day.phase = Phase::Settled;
            day.issuing = false;
            day.taken = day.steps.len();
            day.balance = balance;
        }
        self.older.remove(&date);
    }

    pub(crate) fn day_mut(&mut self, date: NaiveDate) -> Option<&mut Day> {
        match &mut self.current {
            Some(day) if day.date == date => Some(day),
            _ => self.older.get_mut(&date),
        }
    }

    /// Drops ended tickets of settled days long past; the journal keeps them for good.
    fn forget_old_tickets(&mut self, today: NaiveDate) {
        let older = &self.older;
        self.tickets.retain(|_, ticket| {
            let age = (today - ticket.day).num_days();
            age <= KEEP_DAYS || older.contains_key(&ticket.day)
        });
        let tickets = &self.tickets;
        self.recent.retain(|id| tickets.contains_key(id));
    }
}

/// What the clerk can serve, found once for each plan.
fn skills_of(plan: &Plan, clerk: &Clerk) -> (ClerkCode, BTreeSet<ServiceCode>) {
    let services = plan.services.iter().map(|service| &service.code);
    let able = services.filter(|service| plan.is_skilled(clerk, service));
    (clerk.code.clone(), able.cloned().collect())
}

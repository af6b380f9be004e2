//! Folds the journal into the figures of days.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::{NaiveDate, Timelike};
use chrono_tz::Tz;

use super::Metrics;
use super::day::{DayFigures, Growing, PostSpan};
use super::posts::Posts;
use super::registers::Registers;
use super::sums::{Length, Place, Sum};
use super::visits::Visits;
use crate::event::PauseReason;
use crate::plan::Plan;
use crate::state::{Phase, Step};
use crate::{DeviceKind, Event, ServiceCode, Timestamp, WindowCode};

/// The days of a span as they grow; facts of other days are read and not counted.
#[derive(Debug, Clone)]
pub(super) struct Ledger {
    span: (NaiveDate, NaiveDate),
    pub(super) days: BTreeMap<NaiveDate, Growing>,
}

impl Ledger {
    /// The day, when it is one of the span.
    pub(super) fn day(&mut self, day: NaiveDate) -> Option<&mut Growing> {
        let within = (self.span.0..=self.span.1).contains(&day);
        within.then(|| self.days.entry(day).or_default())
    }

    pub(super) fn add(&mut self, sum: Sum, day: NaiveDate, value: i64, place: Place<'_>) {
        if let Some(growing) = self.day(day) {
            growing.sums.add(sum, value, place);
        }
    }

    pub(super) fn keep(&mut self, length: Length, day: NaiveDate, ms: i64, place: Place<'_>) {
        if let Some(growing) = self.day(day) {
            growing.sums.keep(length, ms, place);
        }
    }

    pub(super) fn take_back(&mut self, length: Length, day: NaiveDate, ms: i64, place: Place<'_>) {
        if let Some(growing) = self.day(day) {
            growing.sums.take_back(length, ms, place);
        }
    }
}

/// Reads facts in order; [`MetricsFold::metrics`] gives the figures of its span.
#[derive(Debug, Clone)]
pub struct MetricsFold {
    zone: Tz,
    ledger: Ledger,
    posts: Posts,
    visits: Visits,
    registers: Registers,
    ready: BTreeMap<WindowCode, Timestamp>,
    /// Since when, and when the clerk meant to be back.
    paused: BTreeMap<WindowCode, (Timestamp, Option<Timestamp>)>,
    seq: u64,
}

impl MetricsFold {
    /// Figures from the first to the last day, both included, in the hall's zone.
    pub fn new(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            zone,
            ledger: Ledger {
                span: (from, to),
                days: BTreeMap::new(),
            },
            posts: Posts::default(),
            visits: Visits::default(),
            registers: Registers::default(),
            ready: BTreeMap::new(),
            paused: BTreeMap::new(),
            seq: 0,
        }
    }

    /// Begins with the plan in force before the first fact: targets of waits and guides come from
    /// it.
    pub fn begin_with(&mut self, plan: &Plan) {
        self.visits.take_plan(plan);
        self.registers.take_plan(plan);
    }

    /// Takes one fact in, in the journal's order.
    pub fn take(&mut self, event: &Event, actor: &str, at: Timestamp, seq: u64) {
        self.seq = seq;
        let today = at.date_in(self.zone);
        if let Some(day) = self.ledger.day(today) {
            day.last_fact = day.last_fact.max(Some(at));
        }
        if let Event::PlanPublished { plan } = event {
            self.begin_with(plan);
        }
        self.take_day(event, today, at);
        self.take_window(event, today, at);
        self.take_visit(event, actor, at);
        self.take_finish(event);
        self.registers.take(&mut self.ledger, event, (at, today));
        let (ledger, zone) = (&mut self.ledger, self.zone);
        self.posts.take(event, at, &mut |span: PostSpan| {
            if let Some(day) = ledger.day(span.from.date_in(zone)) {
                day.spans.push(span);
            }
        });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about days and devices are read here"
    )]
    fn take_day(&mut self, event: &Event, today: NaiveDate, at: Timestamp) {
        match event {
            Event::DayOpened { day, steps, .. } => self.open_day(*day, steps, at),
            Event::PhaseBegan { day, phase, .. } => self.begin_phase(*day, *phase, at),
            Event::DeviceAsleep { .. } => self.add(Sum::DevicesAsleep, today, 1, None),
            Event::DeviceNoted {
                awake: false,
                kind: DeviceKind::Kiosk | DeviceKind::Display,
                ..
            } => self.add(Sum::DevicesLost, today, 1, None),
            _ => (),
        }
    }

    fn open_day(&mut self, day: NaiveDate, steps: &[Step], at: Timestamp) {
        let first = steps.iter().find(|step| step.phase == Phase::InSession);
        let opens_at = first.map(|step| step.at);
        self.add(Sum::DaysOpen, day, 1, None);
        self.registers.open_day(&mut self.ledger, day);
        // 第十三条: 15 minutes before the first session.
        // A tick comes a moment after it is due: hours are minutes precise, and so is this.
        if opens_at.is_some_and(|opens_at| at < opens_at.plus_min(-14)) {
            self.add(Sum::EarlyOpenOk, day, 1, None);
        }
        if let Some(growing) = self.ledger.day(day) {
            growing.opens_at = opens_at;
        }
    }

    fn begin_phase(&mut self, day: NaiveDate, phase: Phase, at: Timestamp) {
        match phase {
            Phase::InSession => self.begin_session(day, at),
            Phase::Lobby | Phase::Noon | Phase::Closing | Phase::Settled => {
                self.end_session(day, at);
            }
        }
        if phase == Phase::Closing {
            let late = self.visits.close_day(day);
            for service in &late {
                let place = Place {
                    service: Some(service),
                    ..Place::default()
                };
                self.ledger.add(Sum::OvertimeTickets, day, 1, place);
            }
            if let Some(growing) = self.ledger.day(day) {
                growing.closed_at = Some(at);
            }
        }
    }

    fn begin_session(&mut self, day: NaiveDate, at: Timestamp) {
        let Some(growing) = self.ledger.day(day) else {
            return;
        };
        growing.sessions.push((at, None));
        if growing.opens_at.take().is_none() {
            return;
        }
        let ready = self.ready.iter().filter(|(_, since)| **since <= at);
        let windows: Vec<_> = ready.map(|(window, _)| window.clone()).collect();
        for window in &windows {
            self.add(Sum::ReadyAtOpening, day, 1, Some(window));
        }
    }

    fn end_session(&mut self, day: NaiveDate, at: Timestamp) {
        let last = self.ledger.day(day).and_then(|one| one.sessions.last_mut());
        if let Some((_, to)) = last {
            to.get_or_insert(at);
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about windows are read here"
    )]
    fn take_window(&mut self, event: &Event, today: NaiveDate, at: Timestamp) {
        match event {
            Event::WindowReady { window } => {
                self.ready.insert(window.clone(), at);
            }
            Event::WindowPaused {
                window,
                reason,
                back_at,
                ..
            } if *reason != PauseReason::Cover => self.pause(window, *back_at, today, at),
            Event::WindowResumed { window }
            | Event::WindowPaused { window, .. }
            | Event::CoverEnded { window, .. } => self.end_pause(window, today, at),
            Event::CoverBegan { window, .. } => {
                self.end_pause(window, today, at);
                self.add(Sum::CoverBegan, today, 1, Some(window));
            }
            Event::ShiftEnded { window, .. } => {
                self.end_pause(window, today, at);
                self.ready.remove(window);
            }
            Event::PauseEscalated { window, .. } => {
                self.add(Sum::OverLimitPauses, today, 1, Some(window));
            }
            Event::AbsenceNoticed { window, .. } => {
                self.add(Sum::AbsentWithoutSign, today, 1, Some(window));
            }
            Event::CoverDeclined { window, .. } | Event::CoverLapsed { window, .. } => {
                self.add(Sum::CoverUnanswered, today, 1, Some(window));
            }
            Event::GapClosed { window, gap_ms } => {
                self.add(Sum::UncoveredMs, today, *gap_ms, Some(window));
            }
            Event::WindowLent { window, .. } => self.add(Sum::TideCount, today, 1, Some(window)),
            Event::LendingEnded { window, lent_ms } => {
                self.add(Sum::TideMs, today, *lent_ms, Some(window));
            }
            _ => (),
        }
    }

    /// A pause told again goes on, with the newer promise of return.
    fn pause(
        &mut self,
        window: &WindowCode,
        back_at: Option<Timestamp>,
        today: NaiveDate,
        at: Timestamp,
    ) {
        let known = self.paused.get(window).map(|(since, _)| *since);
        if known.is_none() {
            self.add(Sum::PauseCount, today, 1, Some(window));
        }
        let since = known.unwrap_or(at);
        self.paused.insert(window.clone(), (since, back_at));
    }

    fn end_pause(&mut self, window: &WindowCode, today: NaiveDate, at: Timestamp) {
        let Some((since, back_at)) = self.paused.remove(window) else {
            return;
        };
        self.add(Sum::PauseMs, today, at.since_ms(since), Some(window));
        // Hours are minutes precise, and so is a promise to be back.
        if back_at.is_some_and(|back_at| at >= back_at.plus_min(1)) {
            self.add(Sum::PausedPastReturn, today, 1, Some(window));
        }
    }

    fn take_visit(&mut self, event: &Event, actor: &str, at: Timestamp) {
        let hour = |at: Timestamp| u8::try_from(at.in_zone(self.zone).hour()).unwrap_or_default();
        let today = at.date_in(self.zone);
        if let Event::TicketIssued { arrived_at, .. } = event {
            self.visits
                .issue(&mut self.ledger, event, hour(*arrived_at));
        }
        let now = super::visits::Now { at, today, actor };
        self.visits.take(&mut self.ledger, &self.posts, event, now);
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only finishes, and what undoes them, are read here"
    )]
    fn take_finish(&mut self, event: &Event) {
        match event {
            Event::TicketFinished {
                ticket,
                window,
                matters,
                ..
            } => {
                if let Some(day) = self.visits.day_of(*ticket) {
                    let ledger = &mut self.ledger;
                    self.registers
                        .finish(ledger, (*ticket, day), window, matters);
                }
            }
            Event::FinishUndone { ticket, .. } | Event::TicketReopened { ticket, .. } => {
                self.registers.go_on(&mut self.ledger, *ticket);
            }
            _ => (),
        }
    }

    fn add(&mut self, sum: Sum, day: NaiveDate, value: i64, window: Option<&WindowCode>) {
        let clerk = window.and_then(|window| self.posts.clerk(window)).cloned();
        let place = Place {
            window,
            clerk: clerk.as_ref(),
            ..Place::default()
        };
        self.ledger.add(sum, day, value, place);
    }

    /// The figures of each day of the span, as far as the facts were taken in.
    pub fn days(&self) -> Vec<DayFigures> {
        let days = self.ledger.days.iter();
        let made = days.map(|(day, growing)| {
            let on_duty = self.registers.on_duty(*day);
            growing.finish(*day, &self.strips(*day), on_duty)
        });
        made.filter(|day| !day.is_nothing()).collect()
    }

    /// What every window did on a day of the span, in order of time; open ends end with the day.
    pub fn strips(&self, day: NaiveDate) -> Vec<PostSpan> {
        let Some(growing) = self.ledger.days.get(&day) else {
            return Vec::new();
        };
        let end = growing.last_fact.unwrap_or(Timestamp(i64::MAX));
        let end = growing.closed_at.map_or(end, |closed| closed.max(end));
        let zone = self.zone;
        let of_day = move |span: &PostSpan| span.from.date_in(zone) == day;
        growing.strips(self.posts.going_on(end).filter(of_day))
    }

    /// The figures of the span, as far as the facts were taken in.
    pub fn metrics(self) -> Metrics {
        let (from, to) = self.ledger.span;
        Metrics::of((from, to), &self.days(), self.seq)
    }
}

/// Services of numbers, for the caller to count.
pub(super) type Services = Vec<ServiceCode>;

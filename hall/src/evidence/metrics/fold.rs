//! Folds the journal into figures.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::numbers::{item_name, minutes, parts, quantile, rounded};
use super::table::{Definition, TABLE};
use super::{Figure, Metrics};
use crate::event::{CallReason, PauseReason};
use crate::state::{Phase, Step};
use crate::text::Text;
use crate::{Event, ServiceCode, TicketId, Timestamp, WindowCode};

/// Where a part of a figure belongs.
#[derive(Debug, Clone, Copy, Default)]
struct Place<'a> {
    window: Option<&'a WindowCode>,
    service: Option<&'a ServiceCode>,
}

/// The sums of one figure.
#[derive(Debug, Clone, Default)]
struct Sums {
    value: f64,
    by_window: BTreeMap<WindowCode, f64>,
    by_service: BTreeMap<ServiceCode, f64>,
    by_day: BTreeMap<NaiveDate, f64>,
}

/// What is kept of a ticket until it ends.
#[derive(Debug, Clone)]
struct Seen {
    day: NaiveDate,
    service: ServiceCode,
    arrived_at: Timestamp,
    called: bool,
    open: bool,
    late: bool,
    /// Where it was finished.
    finished: Option<WindowCode>,
}

/// What is kept of a day.
#[derive(Debug, Clone, Default)]
struct Hours {
    opens_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    last_end: Option<Timestamp>,
}

/// Reads facts in order; [`MetricsFold::metrics`] gives the figures of its span.
#[derive(Debug, Clone)]
pub struct MetricsFold {
    zone: Tz,
    span: (NaiveDate, NaiveDate),
    sums: BTreeMap<&'static str, Sums>,
    tickets: BTreeMap<TicketId, Seen>,
    days: BTreeMap<NaiveDate, Hours>,
    ready: BTreeMap<WindowCode, Timestamp>,
    paused: BTreeMap<WindowCode, Timestamp>,
    no_shows: BTreeMap<TicketId, (NaiveDate, ServiceCode)>,
    carried_over: BTreeSet<TicketId>,
    waits: Vec<(NaiveDate, ServiceCode, i64)>,
    seq: u64,
}

impl MetricsFold {
    /// Figures from the first to the last day, both included, in the hall's zone.
    pub fn new(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            zone,
            span: (from, to),
            sums: BTreeMap::new(),
            tickets: BTreeMap::new(),
            days: BTreeMap::new(),
            ready: BTreeMap::new(),
            paused: BTreeMap::new(),
            no_shows: BTreeMap::new(),
            carried_over: BTreeSet::new(),
            waits: Vec::new(),
            seq: 0,
        }
    }

    /// Takes one fact in, in the journal's order.
    pub fn take(&mut self, event: &Event, actor: &str, at: Timestamp, seq: u64) {
        self.seq = seq;
        let today = at.date_in(self.zone);
        self.take_day(event, at);
        self.take_window(event, today, at);
        self.take_ticket(event, actor, today, at);
    }

    fn add(&mut self, code: &'static str, day: NaiveDate, value: f64, place: Place<'_>) {
        if day < self.span.0 || day > self.span.1 {
            return;
        }
        let sums = self.sums.entry(code).or_default();
        sums.value += value;
        *sums.by_day.entry(day).or_default() += value;
        if let Some(window) = place.window {
            *sums.by_window.entry(window.clone()).or_default() += value;
        }
        if let Some(service) = place.service {
            *sums.by_service.entry(service.clone()).or_default() += value;
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about days are read here"
    )]
    fn take_day(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::DayOpened { day, steps, .. } => self.open_day(*day, steps, at),
            Event::PhaseBegan { day, phase, .. } => match phase {
                Phase::InSession => self.begin_session(*day, at),
                Phase::Closing => self.close_day(*day, at),
                Phase::Lobby | Phase::Noon | Phase::Settled => (),
            },
            _ => (),
        }
    }

    fn open_day(&mut self, day: NaiveDate, steps: &[Step], at: Timestamp) {
        let opens_at = steps
            .iter()
            .find(|step| step.phase == Phase::InSession)
            .map(|step| step.at);
        self.add("days_open", day, 1.0, Place::default());
        // 第十三条: 15 minutes before the first session.
        // A tick comes a moment after it is due: hours are minutes precise, and so is this.
        if opens_at.is_some_and(|opens_at| at < opens_at.plus_min(-14)) {
            self.add("early_open_ok", day, 1.0, Place::default());
        }
        self.days.entry(day).or_default().opens_at = opens_at;
    }

    fn begin_session(&mut self, day: NaiveDate, at: Timestamp) {
        let hours = self.days.entry(day).or_default();
        if hours.opens_at.take().is_none() {
            return;
        }
        let ready: Vec<_> = self
            .ready
            .iter()
            .filter(|(_, since)| **since <= at)
            .collect();
        let windows: Vec<_> = ready
            .into_iter()
            .map(|(window, _)| window.clone())
            .collect();
        for window in &windows {
            let place = Place {
                window: Some(window),
                ..Place::default()
            };
            self.add("ready_at_opening", day, 1.0, place);
        }
    }

    fn close_day(&mut self, day: NaiveDate, at: Timestamp) {
        self.days.entry(day).or_default().closed_at = Some(at);
        let mut late = Vec::new();
        for ticket in self.tickets.values_mut().filter(|t| t.day == day && t.open) {
            ticket.late = true;
            late.push(ticket.service.clone());
        }
        for service in &late {
            let place = Place {
                service: Some(service),
                ..Place::default()
            };
            self.add("overtime_tickets", day, 1.0, place);
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about windows are read here"
    )]
    fn take_window(&mut self, event: &Event, today: NaiveDate, at: Timestamp) {
        let here = |window| Place {
            window: Some(window),
            ..Place::default()
        };
        match event {
            Event::WindowReady { window } => {
                self.ready.insert(window.clone(), at);
            }
            Event::WindowPaused { window, reason, .. } if *reason != PauseReason::Cover => {
                if self.paused.insert(window.clone(), at).is_none() {
                    self.add("pause_count", today, 1.0, here(window));
                } else {
                    // A pause told again goes on; its time so far is counted.
                    self.end_pause(window, today, at);
                    self.paused.insert(window.clone(), at);
                }
            }
            Event::WindowResumed { window }
            | Event::WindowPaused { window, .. }
            | Event::CoverEnded { window, .. }
            | Event::CoverBegan { window, .. } => {
                self.end_pause(window, today, at);
                if matches!(event, Event::CoverBegan { .. }) {
                    self.add("cover_began", today, 1.0, here(window));
                }
            }
            Event::ShiftEnded { window, .. } => {
                self.end_pause(window, today, at);
                self.ready.remove(window);
            }
            Event::PauseEscalated { window, .. } => {
                self.add("over_limit_pauses", today, 1.0, here(window));
            }
            Event::AbsenceNoticed { window, .. } => {
                self.add("absent_without_sign", today, 1.0, here(window));
            }
            Event::CoverDeclined { window, .. } | Event::CoverLapsed { window, .. } => {
                self.add("cover_unanswered", today, 1.0, here(window));
            }
            Event::GapClosed { window, gap_ms } => {
                self.add("ab_uncovered_min", today, minutes(*gap_ms), here(window));
            }
            Event::WindowLent { window, .. } => self.add("tide_count", today, 1.0, here(window)),
            Event::LendingEnded { window, lent_ms } => {
                self.add("tide_min", today, minutes(*lent_ms), here(window));
            }
            _ => (),
        }
    }

    fn end_pause(&mut self, window: &WindowCode, today: NaiveDate, at: Timestamp) {
        if let Some(since) = self.paused.remove(window) {
            let place = Place {
                window: Some(window),
                ..Place::default()
            };
            self.add("pause_min", today, minutes(at.since_ms(since)), place);
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts that move a ticket are read here"
    )]
    fn take_ticket(&mut self, event: &Event, actor: &str, today: NaiveDate, at: Timestamp) {
        match event {
            Event::TicketIssued {
                ticket,
                day,
                service,
                arrived_at,
                ..
            } => self.issue(*ticket, *day, service, *arrived_at),
            Event::TicketCalled {
                ticket,
                window,
                reason,
                ..
            } => {
                if matches!(reason, CallReason::Named(_)) {
                    let place = Place {
                        window: Some(window),
                        ..Place::default()
                    };
                    self.add("called_out_of_turn", today, 1.0, place);
                }
                self.first_call(*ticket, at);
            }
            Event::TicketTransferred { ticket, .. } => {
                let service = self.tickets.get(ticket).map(|seen| seen.service.clone());
                let place = Place {
                    service: service.as_ref(),
                    ..Place::default()
                };
                self.add("redirected", today, 1.0, place);
            }
            Event::TicketFinished { ticket, window, .. } => {
                self.end(*ticket, actor, at);
                self.count_finish(*ticket, Some(window), 1.0);
                if let Some(seen) = self.tickets.get_mut(ticket) {
                    seen.finished = Some(window.clone());
                }
            }
            Event::FinishUndone { ticket, window } => {
                self.reopen(*ticket);
                self.count_finish(*ticket, Some(window), -1.0);
                if let Some(seen) = self.tickets.get_mut(ticket) {
                    seen.finished = None;
                }
            }
            Event::TicketNotShown { ticket, .. } => {
                self.end(*ticket, actor, at);
                if let Some(seen) = self.tickets.get(ticket) {
                    self.no_shows
                        .insert(*ticket, (seen.day, seen.service.clone()));
                }
            }
            Event::NoShowUndone { ticket, .. } | Event::TicketReinstated { ticket, .. } => {
                self.no_shows.remove(ticket);
                self.reopen(*ticket);
            }
            Event::TicketCancelled { ticket, .. } => {
                self.no_shows.remove(ticket);
                self.end(*ticket, actor, at);
            }
            Event::TicketCarriedOver { ticket, .. } => {
                self.no_shows.remove(ticket);
                self.end(*ticket, actor, at);
                self.count("carried_over", *ticket, None, 1.0);
                self.carried_over.insert(*ticket);
            }
            Event::TicketReopened { ticket, .. } => self.correct(*ticket),
            _ => (),
        }
    }

    fn issue(
        &mut self,
        ticket: TicketId,
        day: NaiveDate,
        service: &ServiceCode,
        arrived_at: Timestamp,
    ) {
        let late = self
            .days
            .get(&day)
            .is_some_and(|hours| hours.closed_at.is_some());
        let seen = Seen {
            day,
            service: service.clone(),
            arrived_at,
            called: false,
            open: true,
            late,
            finished: None,
        };
        self.tickets.insert(ticket, seen);
        self.count("issued", ticket, None, 1.0);
    }

    fn first_call(&mut self, ticket: TicketId, at: Timestamp) {
        let Some(seen) = self.tickets.get_mut(&ticket).filter(|seen| !seen.called) else {
            return;
        };
        seen.called = true;
        if (self.span.0..=self.span.1).contains(&seen.day) {
            let wait = at.since_ms(seen.arrived_at);
            self.waits.push((seen.day, seen.service.clone(), wait));
        }
    }

    /// What was counted as an end is no end.
    fn correct(&mut self, ticket: TicketId) {
        let Some(seen) = self.tickets.get_mut(&ticket) else {
            return;
        };
        let finished = seen.finished.take();
        if self.carried_over.remove(&ticket) {
            self.count("carried_over", ticket, None, -1.0);
        }
        if let Some(window) = finished {
            self.count_finish(ticket, Some(&window), -1.0);
        }
        self.reopen(ticket);
    }

    fn reopen(&mut self, ticket: TicketId) {
        if let Some(seen) = self.tickets.get_mut(&ticket) {
            seen.open = true;
        }
    }

    fn end(&mut self, ticket: TicketId, actor: &str, at: Timestamp) {
        let Some(seen) = self.tickets.get_mut(&ticket) else {
            return;
        };
        seen.open = false;
        let day = seen.day;
        let hours = self.days.entry(day).or_default();
        if hours.closed_at.is_some() {
            hours.last_end = hours.last_end.max(Some(at));
        }
        if actor == crate::Actor::clockwork().name {
            self.count("auto_voided", ticket, None, 1.0);
        }
    }

    fn count_finish(&mut self, ticket: TicketId, window: Option<&WindowCode>, value: f64) {
        self.count("finished", ticket, window, value);
        if self.tickets.get(&ticket).is_some_and(|seen| seen.late) {
            self.count("overtime_served", ticket, window, value);
        }
    }

    fn count(
        &mut self,
        code: &'static str,
        ticket: TicketId,
        window: Option<&WindowCode>,
        value: f64,
    ) {
        let Some(seen) = self.tickets.get(&ticket) else {
            return;
        };
        let (day, service) = (seen.day, seen.service.clone());
        let place = Place {
            window,
            service: Some(&service),
        };
        self.add(code, day, value, place);
    }

    /// The figures of the span, as far as the facts were taken in.
    pub fn metrics(mut self) -> Metrics {
        for (day, hours) in core::mem::take(&mut self.days) {
            if let Some((closed, end)) = hours.closed_at.zip(hours.last_end) {
                self.add(
                    "overtime_min",
                    day,
                    minutes(end.since_ms(closed)),
                    Place::default(),
                );
            }
        }
        for (day, service) in core::mem::take(&mut self.no_shows).into_values() {
            let place = Place {
                service: Some(&service),
                ..Place::default()
            };
            self.add("no_show", day, 1.0, place);
        }
        let figures = TABLE.iter().map(|line| self.figure(line)).collect();
        Metrics {
            from: self.span.0,
            to: self.span.1,
            note: crate::evidence::disclaimer(),
            figures,
            seq: self.seq,
        }
    }

    fn figure(&self, line: &Definition) -> Figure {
        let sums = match line.code {
            "wait_p50" => self.wait_sums(|waits| quantile(waits, 50)),
            "wait_p90" => self.wait_sums(|waits| quantile(waits, 90)),
            "wait_max" => self.wait_sums(|waits| quantile(waits, 100)),
            code => Some(self.sums.get(code).cloned().unwrap_or_default()),
        };
        let value = sums.as_ref().map(|sums| rounded(sums.value, line.unit));
        let sums = sums.unwrap_or_default();
        Figure {
            code: line.code.into(),
            name: Text::new(line.name.0, line.name.1),
            unit: line.unit,
            value,
            definition: Text::new(line.text.0, line.text.1),
            version: line.version,
            article: line.article,
            item: line.item,
            item_name: item_name(line.item),
            by_window: parts(&sums.by_window, line.unit),
            by_service: parts(&sums.by_service, line.unit),
            by_day: parts(&sums.by_day, line.unit),
        }
    }

    /// A quantile of the waits, of all and by service and day; none when nobody was called.
    fn wait_sums(&self, of: impl Fn(&mut Vec<i64>) -> f64) -> Option<Sums> {
        let mut all = Vec::new();
        let mut by_service: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut by_day: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (day, service, wait) in &self.waits {
            all.push(*wait);
            by_service.entry(service.clone()).or_default().push(*wait);
            by_day.entry(*day).or_default().push(*wait);
        }
        (!all.is_empty()).then(|| Sums {
            value: of(&mut all),
            by_window: BTreeMap::new(),
            by_service: by_service
                .into_iter()
                .map(|(key, mut waits)| (key, of(&mut waits)))
                .collect(),
            by_day: by_day
                .into_iter()
                .map(|(key, mut waits)| (key, of(&mut waits)))
                .collect(),
        })
    }
}

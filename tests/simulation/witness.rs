//! A second, slow reading of the facts, written from the rules and not from the hall's code: the
//! ticket's life, who is next, and what each day owes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use hall::plan::{Plan, WindowKind};
use hall::{
    CallReason, Class, ClerkCode, Event, Ground, ParkingKind, Phase, PrintOutcome, ServiceCode,
    TicketId, Timestamp, WindowCode,
};

use crate::journal::Row;
use crate::promises::{self, Broken};

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    Waiting,
    Called,
    Serving,
    Parked(ParkingKind),
    NoShow,
    Finished,
    Cancelled,
    CarriedOver,
}

impl Stand {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called => "called",
            Self::Serving => "serving",
            Self::Parked(_) => "parked",
            Self::NoShow => "no_show",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::CarriedOver => "carried_over",
        }
    }

    pub(crate) fn is_open(self) -> bool {
        matches!(
            self,
            Self::Waiting | Self::Called | Self::Serving | Self::Parked(_)
        )
    }

    pub(crate) fn is_at_a_window(self) -> bool {
        matches!(self, Self::Called | Self::Serving)
    }
}

/// What the witness knows of a ticket.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) number: String,
    pub(crate) day: NaiveDate,
    pub(crate) service: ServiceCode,
    pub(crate) class: Class,
    pub(crate) ground: Option<Ground>,
    pub(crate) arrived_at: Timestamp,
    pub(crate) issued_seq: u64,
    pub(crate) holder: Option<String>,
    pub(crate) stand: Stand,
    /// The window of the last call.
    pub(crate) window: Option<WindowCode>,
    pub(crate) front: bool,
    pub(crate) bound: Option<WindowCode>,
    /// Calls that must still pass.
    pub(crate) hold: u32,
    pub(crate) calls: u32,
    pub(crate) print: Option<(u32, PrintOutcome)>,
}

/// A clerk at a window.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) clerk: ClerkCode,
    overridden: bool,
    pub(crate) paused: bool,
}

/// The newest day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Today {
    pub(crate) date: NaiveDate,
    pub(crate) phase: Phase,
    /// Since when it is in that phase.
    pub(crate) since: Timestamp,
}

/// The second reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Witness {
    pub(crate) plan: Option<Plan>,
    pub(crate) tickets: BTreeMap<TicketId, Known>,
    pub(crate) open_days: BTreeSet<NaiveDate>,
    pub(crate) numbers: BTreeSet<(NaiveDate, String)>,
    pub(crate) keys: BTreeMap<String, Option<TicketId>>,
    pub(crate) posts: BTreeMap<WindowCode, Post>,
    pub(crate) today: Option<Today>,
    /// Windows with an open gap, as the facts say.
    pub(crate) gaps: BTreeSet<WindowCode>,
    /// Windows at which a clerk was noticed to be away without the sign, ever.
    pub(crate) absences: BTreeSet<WindowCode>,
    /// What is lent to a window, and whether in place of its own services.
    pub(crate) lent: BTreeMap<WindowCode, (Vec<ServiceCode>, bool)>,
    /// When the tide last turned a window.
    pub(crate) turned_at: BTreeMap<WindowCode, Timestamp>,
    /// Who comes back to a covered post.
    away: BTreeMap<WindowCode, Option<ClerkCode>>,
}

impl Witness {
    /// Takes a fact, after asking every promise about facts.
    pub(crate) fn take(&mut self, row: &Row) -> Result<(), Broken> {
        promises::of_a_fact(self, row)?;
        if let Some(key) = &row.key {
            self.keys.insert(key.clone(), row.event.ticket());
        }
        match &row.event {
            Event::PlanPublished { plan } => self.plan = Some((**plan).clone()),
            Event::DayOpened { day, .. } => {
                self.open_days.insert(*day);
                self.begin(*day, Phase::Lobby, row.at);
            }
            Event::PhaseBegan { day, phase, .. } => self.begin(*day, *phase, row.at),
            Event::DaySettled { day, .. } => {
                self.open_days.remove(day);
                self.begin(*day, Phase::Settled, row.at);
            }
            Event::TicketIssued { .. } => self.issue(row),
            Event::TicketCalled { ticket, window, .. } => self.call(*ticket, window),
            other => {
                if let Some(id) = other.ticket() {
                    self.turn(id, other);
                }
                self.turn_post(other, row.at);
            }
        }
        Ok(())
    }

    fn begin(&mut self, date: NaiveDate, phase: Phase, at: Timestamp) {
        let known = self.today.filter(|today| today.date >= date);
        if known.is_some_and(|today| today.date > date || today.phase == phase) {
            return;
        }
        self.today = Some(Today {
            date,
            phase,
            since: at,
        });
    }

    fn turn_post(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::ShiftBegan {
                window,
                clerk,
                overriding,
                ..
            } => self.hold(window, Some((clerk, overriding.is_some()))),
            Event::ShiftEnded { window, .. } => {
                self.away.remove(window);
                self.hold(window, None);
            }
            Event::CoverBegan { window, clerk, .. } => {
                let held = self.posts.get(window).map(|post| post.clerk.clone());
                let away = self.away.remove(window).flatten().or(held);
                if away.as_ref() != Some(clerk) {
                    self.away.insert(window.clone(), away);
                }
                self.hold(window, Some((clerk, false)));
            }
            Event::CoverEnded { window, .. } => {
                let back = self.away.remove(window).flatten();
                self.hold(window, back.as_ref().map(|clerk| (clerk, false)));
            }
            Event::WindowPaused { window, .. } => self.pause(window, true),
            Event::WindowResumed { window } => self.pause(window, false),
            Event::WindowLent {
                window,
                services,
                instead,
                ..
            } => {
                self.lent
                    .insert(window.clone(), (services.clone(), *instead));
                if *instead {
                    self.turned_at.insert(window.clone(), at);
                }
            }
            Event::LendingEnded { window, .. } => {
                self.lent.remove(window);
            }
            Event::GapOpened { window, .. } => {
                self.gaps.insert(window.clone());
            }
            Event::GapClosed { window, .. } => {
                self.gaps.remove(window);
            }
            Event::AbsenceNoticed { window, .. } => {
                self.absences.insert(window.clone());
            }
            _ => (),
        }
    }

    /// Somebody else is at the window, or nobody: who waits for it alone waits for others too then.
    fn hold(&mut self, window: &WindowCode, who: Option<(&ClerkCode, bool)>) {
        if let Some((clerk, overridden)) = who {
            let post = Post {
                clerk: clerk.clone(),
                overridden,
                paused: false,
            };
            self.posts.insert(window.clone(), post);
            return;
        }
        self.posts.remove(window);
        let alone = self.tickets.iter().filter(|(_, known)| {
            known.bound.as_ref() == Some(window) && known.stand == Stand::Waiting
        });
        let alone: Vec<_> = alone.map(|(id, _)| *id).collect();
        for id in alone {
            self.loosen(id);
        }
    }

    fn pause(&mut self, window: &WindowCode, paused: bool) {
        if let Some(post) = self.posts.get_mut(window) {
            post.paused = paused;
        }
    }

    fn issue(&mut self, row: &Row) {
        let Event::TicketIssued {
            ticket,
            number,
            day,
            service,
            class,
            ground,
            arrived_at,
            holder,
            ..
        } = &row.event
        else {
            return;
        };
        self.numbers.insert((*day, number.clone()));
        let known = Known {
            number: number.clone(),
            day: *day,
            service: service.clone(),
            class: *class,
            ground: *ground,
            arrived_at: *arrived_at,
            issued_seq: row.seq,
            holder: holder.as_ref().map(|holder| holder.hash.clone()),
            stand: Stand::Waiting,
            window: None,
            front: false,
            bound: None,
            hold: 0,
            calls: 0,
            print: None,
        };
        self.tickets.insert(*ticket, known);
    }

    fn call(&mut self, id: TicketId, window: &WindowCode) {
        if let Some(known) = self.tickets.get_mut(&id) {
            known.stand = Stand::Called;
            known.window = Some(window.clone());
            known.front = false;
            known.hold = 0;
            known.calls = 1;
        }
        let held: Vec<_> = self.callable(window).map(|(id, _)| id).collect();
        for id in held {
            if let Some(known) = self.tickets.get_mut(&id) {
                known.hold = known.hold.saturating_sub(1);
            }
        }
    }

    fn turn(&mut self, id: TicketId, event: &Event) {
        let Some(known) = self.tickets.get_mut(&id) else {
            return;
        };
        match event {
            Event::PrintChanged { copy, outcome, .. } => known.print = Some((*copy, *outcome)),
            Event::TicketRecalled { call, .. } => known.calls = *call,
            Event::TicketStarted { .. } | Event::FinishUndone { .. } => {
                known.stand = Stand::Serving;
            }
            Event::TicketResumed { window, .. } => {
                known.stand = Stand::Serving;
                known.window = Some(window.clone());
            }
            Event::TicketNotShown { .. } => known.stand = Stand::NoShow,
            Event::NoShowUndone { .. } => known.stand = Stand::Called,
            Event::TicketReinstated { after, .. } | Event::TicketDelayed { after, .. } => {
                known.stand = Stand::Waiting;
                known.front = false;
                known.hold = *after;
            }
            Event::TicketFinished { .. } => known.stand = Stand::Finished,
            Event::TicketTransferred {
                service, window, ..
            } => {
                known.stand = Stand::Waiting;
                known.front = false;
                known.hold = 0;
                known.bound.clone_from(window);
                known.service = service.clone().unwrap_or_else(|| known.service.clone());
            }
            Event::TicketParked { kind, .. } => known.stand = Stand::Parked(*kind),
            Event::TicketUnparked { .. } => {
                let here = known.stand == Stand::Parked(ParkingKind::ThisWindow);
                known.bound = known.window.clone().filter(|_| here);
                known.stand = Stand::Waiting;
                known.front = true;
            }
            Event::TicketPutBack { .. } => {
                known.stand = Stand::Waiting;
                known.front = true;
            }
            Event::TicketCancelled { .. } => known.stand = Stand::Cancelled,
            Event::TicketCarriedOver { .. } => known.stand = Stand::CarriedOver,
            Event::TicketReopened { .. } => {
                known.stand = Stand::Waiting;
                known.front = true;
                known.bound = None;
                known.hold = 0;
            }
            _ => (),
        }
        if known.stand == Stand::Waiting && known.bound.is_some() {
            self.loosen(id);
        }
    }

    /// Nobody stays bound to a window that nobody holds, when another could serve.
    fn loosen(&mut self, id: TicketId) {
        let Some(known) = self.tickets.get(&id) else {
            return;
        };
        let manned = known.bound.as_ref().is_none_or(|w| self.is_manned(w));
        let plan = self.plan.as_ref();
        let mut windows = plan.into_iter().flat_map(|plan| &plan.windows);
        let elsewhere = windows.any(|w| self.offers(&w.code, &known.service));
        if !manned
            && elsewhere
            && let Some(known) = self.tickets.get_mut(&id)
        {
            known.bound = None;
        }
    }

    /// Whether the service is the window's own, or lent to it.
    pub(crate) fn offers(&self, window: &WindowCode, service: &ServiceCode) -> bool {
        let plan = self.plan.as_ref();
        let mut windows = plan.into_iter().flat_map(|plan| &plan.windows);
        let own = windows.any(|w| w.code == *window && w.services.contains(service));
        match self.lent.get(window) {
            Some((lent, true)) => lent.contains(service),
            Some((lent, false)) => own || lent.contains(service),
            None => own,
        }
    }

    pub(crate) fn today_is_settled(&self) -> bool {
        self.today
            .is_some_and(|today| today.phase == Phase::Settled)
    }

    /// Somebody is on the post: signed in, and not away but for a visitor who is served still.
    pub(crate) fn is_held(&self, window: &WindowCode) -> bool {
        let Some(post) = self.posts.get(window) else {
            return false;
        };
        let mut tickets = self.tickets.values();
        let holds =
            |known: &Known| known.stand.is_at_a_window() && known.window.as_ref() == Some(window);
        !post.paused || tickets.any(holds)
    }

    pub(crate) fn is_manned(&self, window: &WindowCode) -> bool {
        self.posts.contains_key(window)
    }

    /// Whether the clerk at the window can serve the service there.
    pub(crate) fn serves(&self, window: &WindowCode, service: &ServiceCode) -> bool {
        let Some(plan) = &self.plan else { return false };
        let offered = self.offers(window, service);
        let Some(post) = self.posts.get(window) else {
            return offered;
        };
        let Some(person) = plan.clerks.iter().find(|c| c.code == post.clerk) else {
            return post.overridden && offered;
        };
        let learned = match &person.skills {
            Some(skills) => skills.contains(service),
            None => {
                person.head
                    || plan.windows.iter().any(|w| {
                        (w.a.as_ref() == Some(&post.clerk) || w.b.contains(&post.clerk))
                            && (w.services.contains(service) || w.tide.contains(service))
                    })
            }
        };
        offered && (post.overridden || learned)
    }

    /// Everyone in line whom the window may call.
    pub(crate) fn callable<'a>(
        &'a self,
        window: &'a WindowCode,
    ) -> impl Iterator<Item = (TicketId, &'a Known)> {
        let waiting = self
            .tickets
            .iter()
            .filter(|(_, t)| t.stand == Stand::Waiting);
        waiting
            .filter(move |(_, known)| match &known.bound {
                Some(bound) => bound == window,
                None => self.serves(window, &known.service),
            })
            .map(|(id, known)| (*id, known))
    }

    /// Who is next: the list, sorted. Nobody held back comes while another is left.
    pub(crate) fn next(&self, window: &WindowCode) -> Option<TicketId> {
        let head_start = self.head_start_ms();
        let mut list: Vec<_> = self.callable(window).collect();
        list.sort_by_key(|(_, known)| {
            let green = known.class == Class::Green;
            let key = known.arrived_at.0 - if green { head_start } else { 0 };
            let key = if known.front { i64::MIN } else { key };
            let held = known.hold > 0;
            // A special window takes its own ground first, of those who are in line.
            let others = held || !self.is_own_ground(window, known);
            (held, others, key, known.issued_seq)
        });
        list.first().map(|(id, _)| *id)
    }

    pub(crate) fn is_own_ground(&self, window: &WindowCode, known: &Known) -> bool {
        let plan = self.plan.as_ref();
        let mut windows = plan.into_iter().flat_map(|plan| &plan.windows);
        let kind = windows.find(|w| w.code == *window).map(|w| w.kind);
        match kind {
            Some(WindowKind::Elder) => known.ground == Some(Ground::Elder),
            Some(WindowKind::Soldier) => known.ground == Some(Ground::Soldier),
            _ => false,
        }
    }

    pub(crate) fn head_start_ms(&self) -> i64 {
        let minutes = self
            .plan
            .as_ref()
            .map_or(0, |p| p.rules.green_head_start_min);
        i64::from(minutes) * 60_000
    }

    pub(crate) fn is_reasoned(event: &Event) -> bool {
        matches!(
            event,
            Event::TicketCalled {
                reason: CallReason::Named(_),
                ..
            }
        )
    }
}

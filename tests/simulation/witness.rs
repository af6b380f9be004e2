//! A second, slow reading of the facts, written from the rules and not from the hall's code: the
//! ticket's life, who is next, and what each day owes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use hall::plan::Plan;
use hall::{
    CallReason, Class, ClerkCode, Event, ParkingKind, PrintOutcome, ServiceCode, TicketId,
    Timestamp, WindowCode,
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
struct Post {
    clerk: ClerkCode,
    overridden: bool,
}

/// The second reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Witness {
    pub(crate) plan: Option<Plan>,
    pub(crate) tickets: BTreeMap<TicketId, Known>,
    pub(crate) open_days: BTreeSet<NaiveDate>,
    pub(crate) numbers: BTreeSet<(NaiveDate, String)>,
    pub(crate) keys: BTreeMap<String, Option<TicketId>>,
    posts: BTreeMap<WindowCode, Post>,
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
            }
            Event::DaySettled { day, .. } => {
                self.open_days.remove(day);
            }
            Event::ShiftBegan {
                window,
                clerk,
                overriding,
                ..
            } => {
                let post = Post {
                    clerk: clerk.clone(),
                    overridden: overriding.is_some(),
                };
                self.posts.insert(window.clone(), post);
            }
            Event::ShiftEnded { window, .. } => {
                self.posts.remove(window);
                self.loosen_all();
            }
            Event::TicketIssued { .. } => self.issue(row),
            Event::TicketCalled { ticket, window, .. } => self.call(*ticket, window),
            other => {
                if let Some(id) = other.ticket() {
                    self.turn(id, other);
                }
            }
        }
        Ok(())
    }

    fn issue(&mut self, row: &Row) {
        let Event::TicketIssued {
            ticket,
            number,
            day,
            service,
            class,
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
            _ => (),
        }
        if known.stand == Stand::Waiting && known.bound.is_some() {
            self.loosen_all();
        }
    }

    /// Nobody stays bound to a window that nobody holds, when another could serve.
    fn loosen_all(&mut self) {
        let Some(plan) = &self.plan else { return };
        for known in self.tickets.values_mut() {
            let waits = known.stand == Stand::Waiting;
            let alone = known
                .bound
                .as_ref()
                .is_some_and(|w| !self.posts.contains_key(w));
            let elsewhere = plan
                .windows
                .iter()
                .any(|w| w.services.contains(&known.service));
            if waits && alone && elsewhere {
                known.bound = None;
            }
        }
    }

    pub(crate) fn is_manned(&self, window: &WindowCode) -> bool {
        self.posts.contains_key(window)
    }

    /// Whether the clerk at the window can serve the service there.
    fn serves(&self, window: &WindowCode, service: &ServiceCode) -> bool {
        let Some(plan) = &self.plan else { return false };
        let offered = plan
            .windows
            .iter()
            .any(|w| w.code == *window && w.services.contains(service));
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
            (known.hold > 0, key, known.issued_seq)
        });
        list.first().map(|(id, _)| *id)
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

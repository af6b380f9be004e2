//! All that the console of one window shows, taken from the hall's state.

use hall::plan::Rules;
use hall::view::{
    ClerkName, DayLine, HallName, NextView, Position, ServiceName, TicketView, WindowView,
};
use hall::{
    ClerkCode, DateTime, Hall, Matter, ParkingKind, PostRole, Refusal, ServiceCode, Ticket,
    TicketStatus, WindowCode, order,
};

use super::cover::{self, CoverRequest};
use super::desk::DeskNotes;
use crate::pages::{Viewer, norm};

/// Rows of the waiting list: a clerk looks a few people ahead, the rest is a number.
const LINE_ROWS: usize = 12;
/// Rows of parked tickets and of no-shows: more than one window ever has at a time.
const ASIDE_ROWS: usize = 30;

/// What the console shows at one journal position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall day.
    pub day: DayLine,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The window, with the ticket it holds.
    pub window: WindowView,
    /// Who would be called, and why.
    pub next: NextView,
    /// The lines that the window calls from.
    pub queues: Vec<ConsoleQueue>,
    /// The first of them in order.
    pub line: Vec<TicketView>,
    /// Parked tickets that may come back here.
    pub parked: Vec<Parked>,
    /// Today's no-shows of the window's services.
    pub no_shows: Vec<TicketView>,
    /// Who may sign in here.
    pub clerks: Vec<ClerkChoice>,
    /// Every service of the hall, for transfers and further matters.
    pub services: Vec<ServiceName>,
    /// Other windows with somebody at them: code and name.
    pub windows: Vec<(WindowCode, String)>,
    /// Colleagues who can cover this window now, best first.
    pub candidates: Vec<ClerkName>,
    /// Windows that ask this window's clerk for cover.
    pub asks: Vec<CoverRequest>,
    /// The window where this window's clerk covers at present.
    pub covers_at: Option<WindowCode>,
    /// What waits on the clerk's desk, and the slips of the visit.
    pub desk: DeskNotes,
    /// The numbers of the house rules.
    pub rules: Rules,
    /// Minutes that the visitor in service should take.
    pub expected_min: u32,
}

/// One service's line at this window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleQueue {
    /// The service.
    pub service: ServiceName,
    /// People waiting.
    pub waiting: u32,
    /// Since when the first of them waits.
    pub since: Option<DateTime>,
}

/// A ticket set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The ticket.
    pub ticket: TicketView,
    /// How.
    pub kind: ParkingKind,
}

/// A person who may sign in at the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClerkChoice {
    /// The code.
    pub code: ClerkCode,
    /// The name.
    pub name: String,
    /// As A, B or head.
    pub role: PostRole,
}

impl ConsoleData {
    /// What the console of `code` shows to `viewer`.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotFound`] when this hall has no such window, [`Refusal::HallNotOpen`] before
    /// the first plan.
    pub fn of(
        hall: &Hall,
        code: &WindowCode,
        position: &Position,
        viewer: Viewer,
    ) -> Result<Self, Refusal> {
        let plan = hall.plan().ok_or(Refusal::HallNotOpen)?;
        let window = hall.window_view(code, position.seq)?;
        let served = window.ticket.as_ref().map(|ticket| &ticket.service.code);
        let expected = served.and_then(|service| plan.service(service));
        let here = window.clerk.as_ref().map(|clerk| &clerk.code);
        let asked: Vec<_> = viewer.clerk.iter().chain(here).cloned().collect();
        let clerk = here.or(viewer.clerk.as_ref());
        let desk = DeskNotes::of(hall, clerk, window.ticket.as_ref(), position.now);
        let aside = Aside {
            hall,
            code,
            position,
        };
        Ok(Self {
            viewer,
            hall: hall.hall_name(),
            day: hall.day_line(position.now),
            at: position.now.in_zone(hall.zone()),
            pretend: position.pretend,
            next: hall.next_view(code, position.seq)?,
            queues: aside.queues(&window.services),
            line: aside.line(),
            parked: aside.parked(),
            no_shows: aside.no_shows(),
            clerks: clerks(hall, code)?,
            services: plan
                .services
                .iter()
                .map(|service| ServiceName {
                    code: service.code.clone(),
                    name: service.name.clone(),
                })
                .collect(),
            windows: manned_windows(hall, code),
            candidates: cover::candidates(hall, code, position),
            asks: cover::requests(hall, &asked),
            covers_at: cover::covers_at(hall, code, &asked),
            desk,
            rules: plan.rules.clone(),
            expected_min: expected.map_or(0, |service| service.expected_min),
            window,
        })
    }

    /// The service's name, or its code when the plan has it no more.
    pub(super) fn service_name<'a>(&'a self, code: &'a ServiceCode) -> &'a str {
        let service = self.services.iter().find(|service| service.code == *code);
        service.map_or(code.as_str(), |service| &service.name)
    }

    /// Matters beside the ticket's own, each to be ended by itself.
    pub(super) fn further_matters(ticket: &TicketView) -> Vec<&Matter> {
        let own = &ticket.service.code;
        let further = ticket.matters.iter();
        further.filter(|matter| matter.service != *own).collect()
    }

    /// The norm's sentences of the moment.
    pub(super) fn sentences(&self) -> &'static [&'static str] {
        norm::sentences(self.window.state)
    }

    /// Whether the clerk is the person in front of the page.
    pub(super) fn is_viewer(&self, clerk: &ClerkCode) -> bool {
        self.viewer.clerk.as_ref() == Some(clerk)
    }

    /// Whether the clerk is neither here nor among those who can cover now.
    pub(super) fn is_other(&self, clerk: &ClerkCode) -> bool {
        let can = self.candidates.iter().any(|one| one.code == *clerk);
        !can && !self.is_at_window(clerk)
    }

    /// Whether the service is lent to this window.
    pub(super) fn is_lent(&self, service: &ServiceCode) -> bool {
        self.window.tide.iter().any(|lent| lent.code == *service)
    }

    /// Whether the clerk sits at this window.
    fn is_at_window(&self, clerk: &ClerkCode) -> bool {
        let here = self.window.clerk.as_ref();
        here.is_some_and(|here| here.code == *clerk)
    }
}

/// The lists beside the current ticket.
struct Aside<'a> {
    hall: &'a Hall,
    code: &'a WindowCode,
    position: &'a Position,
}

impl Aside<'_> {
    fn queues(&self, services: &[ServiceName]) -> Vec<ConsoleQueue> {
        let since = |code: &ServiceCode| {
            let waiting =
                self.hall.tickets().values().filter(|ticket| {
                    ticket.status == TicketStatus::Waiting && ticket.service == *code
                });
            waiting.map(|ticket| ticket.arrived_at).min()
        };
        services
            .iter()
            .map(|service| ConsoleQueue {
                service: service.clone(),
                waiting: order::waiting(self.hall, &service.code),
                since: since(&service.code).map(|at| at.in_zone(self.hall.zone())),
            })
            .collect()
    }

    fn is_ours(&self, ticket: &Ticket) -> bool {
        match &ticket.only_window {
            Some(only) => only == self.code,
            None => self.hall.services_of(self.code).contains(&&ticket.service),
        }
    }

    fn line(&self) -> Vec<TicketView> {
        let Some(plan) = self.hall.plan() else {
            return Vec::new();
        };
        let mut line: Vec<_> = self
            .hall
            .tickets()
            .values()
            .filter(|ticket| ticket.status == TicketStatus::Waiting && self.is_ours(ticket))
            .collect();
        line.sort_by_key(|t| (t.held_until, order::key(plan, t), t.serial));
        self.views(line.into_iter().take(LINE_ROWS))
    }

    fn parked(&self) -> Vec<Parked> {
        let tickets = self.hall.tickets().values();
        tickets
            .filter_map(|ticket| {
                let TicketStatus::Parked(window, kind) = &ticket.status else {
                    return None;
                };
                let here = window == self.code
                    || (*kind != ParkingKind::ThisWindow && self.is_ours(ticket));
                here.then(|| Parked {
                    ticket: self.hall.ticket_view(ticket, self.position.seq),
                    kind: *kind,
                })
            })
            .take(ASIDE_ROWS)
            .collect()
    }

    fn no_shows(&self) -> Vec<TicketView> {
        let mut gone: Vec<_> = self
            .hall
            .tickets()
            .values()
            .filter(|ticket| matches!(ticket.status, TicketStatus::NoShow(_)))
            .filter(|ticket| self.hall.day(ticket.day).is_some() && self.is_ours(ticket))
            .collect();
        gone.sort_by_key(|ticket| core::cmp::Reverse(ticket.ended_at));
        self.views(gone.into_iter().take(ASIDE_ROWS))
    }

    fn views<'t>(&self, tickets: impl Iterator<Item = &'t Ticket>) -> Vec<TicketView> {
        tickets
            .map(|ticket| self.hall.ticket_view(ticket, self.position.seq))
            .collect()
    }
}

fn clerks(hall: &Hall, code: &WindowCode) -> Result<Vec<ClerkChoice>, Refusal> {
    let (_, planned) = hall.window(code)?;
    let everyone = hall.plan().map(|plan| plan.clerks.as_slice());
    let role = |code: &ClerkCode, head: bool| {
        if planned.a.as_ref() == Some(code) {
            Some(PostRole::A)
        } else if planned.b.contains(code) {
            Some(PostRole::B)
        } else if head || planned.standby.as_ref() == Some(code) {
            Some(PostRole::Head)
        } else {
            None
        }
    };
    let mut choices: Vec<_> = everyone
        .unwrap_or_default()
        .iter()
        .filter_map(|clerk| {
            Some(ClerkChoice {
                code: clerk.code.clone(),
                name: clerk.name.clone(),
                role: role(&clerk.code, clerk.head)?,
            })
        })
        .collect();
    choices.sort_by_key(|choice| match choice.role {
        PostRole::A => 0,
        PostRole::B => 1,
        PostRole::Head => 2,
    });
    Ok(choices)
}

fn manned_windows(hall: &Hall, except: &WindowCode) -> Vec<(WindowCode, String)> {
    let planned = hall.plan().map(|plan| plan.windows.as_slice());
    planned
        .unwrap_or_default()
        .iter()
        .filter(|window| window.code != *except)
        .filter(|window| {
            let live = hall.windows().get(&window.code);
            live.is_some_and(|window| window.shift.is_some())
        })
        .map(|window| (window.code.clone(), window.name.clone()))
        .collect()
}

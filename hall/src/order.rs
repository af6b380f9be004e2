//! Who is next: one function for windows, views and tests.
//!
//! The smallest key is called first: arrival less the head start of the class. Nobody who arrives
//! more than the head start after you is called before you, but for a clerk's reasoned call, a
//! ticket put back or unparked (first in line), and your own no-show or delay.
//! **Source**: QUEUEING §0.6, §4.

use alloc::collections::BTreeSet;

use crate::plan::Plan;
use crate::state::{Class, Hall, Line, Place, Ticket};
use crate::text::Text;
use crate::{ServiceCode, TicketId, Timestamp, WindowCode};

/// A ticket's key: the smallest is called first.
pub fn key(plan: &Plan, ticket: &Ticket) -> Timestamp {
    if ticket.front {
        return Timestamp::MIN;
    }
    match ticket.class {
        Class::Ordinary | Class::Booked => ticket.arrived_at,
        Class::Green => ticket
            .arrived_at
            .plus_min(-i64::from(plan.rules.green_head_start_min)),
    }
}

/// Who would be called to the window now; none when nobody waits for it.
///
/// A special window takes its own ground first, then helps with the rest.
pub fn next(hall: &Hall, window: &WindowCode) -> Option<TicketId> {
    if let Some(own) = next_of_own_ground(hall, window) {
        return Some(own);
    }
    let own = hall
        .lines
        .get(&Line::Window(window.clone()))
        .and_then(|line| line.first());
    let services = hall.services_of(window);
    let shared = services
        .iter()
        .filter_map(|service| first_of(hall, service));
    own.into_iter()
        .chain(shared)
        .min()
        .map(|place| place.ticket)
}

/// The first of those for whom a special window is there.
fn next_of_own_ground(hall: &Hall, window: &WindowCode) -> Option<TicketId> {
    let planned = hall.plan().and_then(|plan| plan.window(window))?;
    let ground = planned.kind.own_ground()?;
    let is_own = |place: &&Place| {
        let ticket = hall.tickets.get(&place.ticket);
        ticket.is_some_and(|ticket| ticket.ground == Some(ground))
    };
    let lines = hall
        .services_of(window)
        .into_iter()
        .map(|service| Line::Service(service.clone()))
        .chain([Line::Window(window.clone())]);
    let firsts = lines.filter_map(|line| hall.lines.get(&line)?.iter().find(is_own));
    firsts.min().map(|place| place.ticket)
}

/// The first of a service's line; held tickets only when nobody else is left in it.
fn first_of<'a>(hall: &'a Hall, service: &ServiceCode) -> Option<&'a Place> {
    let line = hall
        .lines
        .get(&Line::Service(service.clone()))
        .and_then(|line| line.first());
    line.or_else(|| hall.held.get(service).and_then(|held| held.first()))
}

/// People who stand before the ticket in its line.
pub fn ahead(hall: &Hall, ticket: &Ticket) -> u32 {
    let Some(plan) = hall.plan() else { return 0 };
    let place = Place {
        key: key(plan, ticket),
        serial: ticket.serial,
        ticket: ticket.id,
    };
    let line = line_of(ticket);
    let before = hall
        .lines
        .get(&line)
        .map_or(0, |line| match ticket.held_until {
            Some(_) => line.len(),
            None => line.range(..place).count(),
        });
    let held = ticket
        .held_until
        .and_then(|_| hall.held.get(&ticket.service));
    let before = before + held.map_or(0, |held| held.range(..place).count());
    u32::try_from(before).unwrap_or(u32::MAX)
}

/// People waiting for a service, held ones included.
pub fn waiting(hall: &Hall, service: &ServiceCode) -> u32 {
    let line = hall
        .lines
        .get(&Line::Service(service.clone()))
        .map_or(0, BTreeSet::len);
    let held = hall.held.get(service).map_or(0, BTreeSet::len);
    u32::try_from(line + held).unwrap_or(u32::MAX)
}

/// People whom only this window may call.
pub(crate) fn waiting_at(hall: &Hall, window: &WindowCode) -> u32 {
    let line = hall.lines.get(&Line::Window(window.clone()));
    u32::try_from(line.map_or(0, BTreeSet::len)).unwrap_or(u32::MAX)
}

/// When the first in a service's line took the number.
pub(crate) fn first_arrival(hall: &Hall, service: &ServiceCode) -> Option<Timestamp> {
    let place = first_of(hall, service)?;
    hall.tickets
        .get(&place.ticket)
        .map(|ticket| ticket.arrived_at)
}

/// The line a waiting ticket belongs to.
pub(crate) fn line_of(ticket: &Ticket) -> Line {
    match &ticket.only_window {
        Some(window) => Line::Window(window.clone()),
        None => Line::Service(ticket.service.clone()),
    }
}

/// Whether the window may call the waiting ticket.
pub(crate) fn may_call(hall: &Hall, window: &WindowCode, ticket: &Ticket) -> bool {
    match &ticket.only_window {
        Some(only) => only == window,
        None => hall.services_of(window).contains(&&ticket.service),
    }
}

/// Why this ticket is next at the window, in one sentence.
pub fn because(hall: &Hall, window: &WindowCode, ticket: &Ticket) -> Text {
    let taken = ticket.arrived_at.in_zone(hall.zone()).format("%H:%M");
    let planned = hall.plan().and_then(|plan| plan.window(window));
    if let Some(ground) = planned.and_then(|planned| planned.kind.own_ground())
        && ticket.ground == Some(ground)
    {
        return Text::new(
            format!("{}号{taken}取号,属于本专窗优先服务对象", ticket.number),
            format!(
                "{} was taken at {taken} and is one of those this window is for",
                ticket.number
            ),
        );
    }
    if ticket.front {
        return Text::new(
            format!("{}号此前已叫到或已挂起,回来后排在最前", ticket.number),
            format!(
                "{} was called or parked before, so it comes first",
                ticket.number
            ),
        );
    }
    if ticket.only_window.is_some() {
        return Text::new(
            format!("{}号转到本窗口,按{taken}的取号时间排序", ticket.number),
            format!(
                "{} was sent to this window and keeps its place of {taken}",
                ticket.number
            ),
        );
    }
    let head_start = hall
        .plan()
        .map_or(0, |plan| plan.rules.green_head_start_min);
    match ticket.class {
        Class::Green => Text::new(
            format!(
                "{}号{taken}取号,依法优先,提前{head_start}分钟计",
                ticket.number
            ),
            format!(
                "{} was taken at {taken} and has {head_start} min of priority",
                ticket.number
            ),
        ),
        Class::Ordinary | Class::Booked => Text::new(
            format!("{}号{taken}取号,是本窗口事项中最早的", ticket.number),
            format!(
                "{} was taken at {taken}, the earliest for this window",
                ticket.number
            ),
        ),
    }
}

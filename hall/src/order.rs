//! Who is next: one function for windows, views and tests.
//!
//! The smallest key is called first: arrival less the head start of the class. Nobody who arrives
//! more than the head start after you is called before you, but for a clerk's reasoned call, a
//! ticket put back or unparked (first in line), and your own no-show or delay.
//! **Source**: QUEUEING §0.6, §4.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::event::ParkingKind;
use crate::pick;
use crate::plan::{Plan, Window as PlannedWindow};
use crate::state::{Class, Hall, Line, Place, Ticket, TicketStatus};
use crate::text::Text;
use crate::{ServiceCode, TicketId, Timestamp, WindowCode};

/// A ticket's key: the smallest is called first.
pub fn key(plan: &Plan, ticket: &Ticket) -> Timestamp {
    if ticket.front {
        return Timestamp::MIN;
    }
    match ticket.class {
        Class::Ordinary | Class::Booked => ticket.arrived_at,
        Class::Green => pick::key(ticket.arrived_at, plan.rules.green_head_start_min),
    }
}

/// Who would be called to the window now; none when nobody waits for it.
///
/// A special window takes its own ground first, then helps with the rest. A no-show or a delayed
/// visitor who is still held back comes only when nobody else is left for the window: an idle
/// window serves nobody.
pub fn next(hall: &Hall, window: &WindowCode) -> Option<TicketId> {
    let lines = lines_of(hall, window);
    let firsts = |of: &'_ BTreeMap<Line, BTreeSet<Place>>| -> Vec<Place> {
        let firsts = lines.iter().filter_map(|line| of.get(line)?.first());
        firsts.copied().collect()
    };
    let own = first_of_own_ground(hall, window, &lines);
    let next = pick::first(own, firsts(&hall.lines), firsts(&hall.held));
    next.map(|place| place.ticket)
}

/// The first of those for whom a special window is there.
fn first_of_own_ground(hall: &Hall, window: &WindowCode, lines: &[Line]) -> Option<Place> {
    let planned = hall.plan().and_then(|plan| plan.window(window))?;
    let ground = planned.kind.own_ground()?;
    let is_own = |place: &&Place| {
        let ticket = hall.tickets.get(&place.ticket);
        ticket.is_some_and(|ticket| ticket.ground == Some(ground))
    };
    let firsts = lines
        .iter()
        .filter_map(|line| hall.lines.get(line)?.iter().find(is_own));
    firsts.min().copied()
}

/// The lines that the window draws on: its own and those of its services.
fn lines_of(hall: &Hall, window: &WindowCode) -> Vec<Line> {
    let services = hall.services_of(window).into_iter().cloned();
    let own = Line::Window(window.clone());
    services.map(Line::Service).chain([own]).collect()
}

/// People who stand before the ticket, as far as can be said now.
pub fn ahead(hall: &Hall, ticket: &Ticket) -> u32 {
    let Some(plan) = hall.plan() else { return 0 };
    let place = Place {
        key: key(plan, ticket),
        serial: ticket.serial,
        ticket: ticket.id,
    };
    let line = line_of(ticket);
    let lines = match &ticket.only_window {
        Some(window) => lines_of(hall, window),
        None => vec![line.clone()],
    };
    let places = |of: &BTreeMap<Line, BTreeSet<Place>>, all: bool| -> usize {
        let sets = lines.iter().filter_map(|line| of.get(line));
        sets.map(|set| {
            if all {
                set.len()
            } else {
                set.range(..place).count()
            }
        })
        .sum()
    };
    let before = places(&hall.lines, false);
    let before = match ticket.held_until {
        None => before,
        Some(due) => {
            let calls = hall.calls_of.get(&line).copied().unwrap_or(0);
            let left = usize::try_from(due.saturating_sub(calls)).unwrap_or(usize::MAX);
            before.max(left.min(places(&hall.lines, true))) + places(&hall.held, false)
        }
    };
    u32::try_from(before).unwrap_or(u32::MAX)
}

/// People waiting for a service: in its line, held back, and sent to one window.
pub fn waiting(hall: &Hall, service: &ServiceCode) -> u32 {
    let line = Line::Service(service.clone());
    let shared = [&hall.lines, &hall.held]
        .into_iter()
        .filter_map(|of| of.get(&line))
        .map(BTreeSet::len)
        .sum::<usize>();
    let sent = sent_to_windows(hall).filter(|ticket| ticket.service == *service);
    u32::try_from(shared + sent.count()).unwrap_or(u32::MAX)
}

/// Everyone who waits for one window alone.
fn sent_to_windows(hall: &Hall) -> impl Iterator<Item = &Ticket> {
    // Lines of windows come after those of services, and are few.
    let from = Line::Window(WindowCode(String::new()));
    let lines = hall
        .lines
        .range(from.clone()..)
        .chain(hall.held.range(from..));
    let places = lines.flat_map(|(_, places)| places);
    places.filter_map(|place| hall.tickets.get(&place.ticket))
}

/// Everyone who waits for a service, in no order.
pub fn waiting_tickets<'a>(
    hall: &'a Hall,
    service: &'a ServiceCode,
) -> impl Iterator<Item = &'a Ticket> {
    let line = Line::Service(service.clone());
    let sets = [&hall.lines, &hall.held];
    let shared = sets.into_iter().filter_map(move |of| of.get(&line));
    let places = shared.flatten();
    let shared = places.filter_map(|place| hall.tickets.get(&place.ticket));
    shared.chain(sent_to_windows(hall).filter(move |ticket| ticket.service == *service))
}

/// The lines that a post draws on, whoever holds it.
fn lines_of_post<'a>(
    hall: &'a Hall,
    planned: &'a PlannedWindow,
) -> impl Iterator<Item = &'a BTreeSet<Place>> {
    let services = hall.offered_by(planned).cloned();
    let own = Line::Window(planned.code.clone());
    let lines = services.map(Line::Service).chain([own]);
    lines.flat_map(move |line| {
        let sets = [&hall.lines, &hall.held];
        sets.into_iter().filter_map(move |of| of.get(&line))
    })
}

/// People waiting for a post, whoever holds it.
pub(crate) fn waiting_at_post(hall: &Hall, planned: &PlannedWindow) -> u32 {
    let people = lines_of_post(hall, planned).map(BTreeSet::len);
    u32::try_from(people.sum::<usize>()).unwrap_or(u32::MAX)
}

/// Everyone who waits for a post, in no order.
pub(crate) fn tickets_at_post<'a>(
    hall: &'a Hall,
    planned: &'a PlannedWindow,
) -> impl Iterator<Item = &'a Ticket> {
    let places = lines_of_post(hall, planned).flatten();
    places.filter_map(|place| hall.tickets.get(&place.ticket))
}

/// People waiting whom the window may call.
pub fn waiting_for_window(hall: &Hall, window: &WindowCode) -> u32 {
    let lines = lines_of(hall, window);
    let sets = [&hall.lines, &hall.held];
    let sets = sets
        .into_iter()
        .flat_map(|of| lines.iter().filter_map(move |line| of.get(line)));
    u32::try_from(sets.map(BTreeSet::len).sum::<usize>()).unwrap_or(u32::MAX)
}

/// The line a waiting ticket belongs to.
pub(crate) fn line_of(ticket: &Ticket) -> Line {
    match &ticket.only_window {
        Some(window) => Line::Window(window.clone()),
        None => Line::Service(ticket.service.clone()),
    }
}

/// Whether the window may call the ticket: waiting or parked, sent to it or of its services.
pub(crate) fn may_call(hall: &Hall, window: &WindowCode, ticket: &Ticket) -> bool {
    let serves = || hall.services_of(window).contains(&&ticket.service);
    match &ticket.status {
        TicketStatus::Parked(at, kind) => {
            at == window || (*kind != ParkingKind::ThisWindow && serves())
        }
        TicketStatus::Waiting
        | TicketStatus::Called(_)
        | TicketStatus::Serving(_)
        | TicketStatus::NoShow(_)
        | TicketStatus::Finished(_)
        | TicketStatus::Cancelled
        | TicketStatus::CarriedOver(_) => match &ticket.only_window {
            Some(only) => only == window,
            None => serves(),
        },
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
    if ticket.held_until.is_some() {
        return Text::new(
            format!(
                "{}号此前过号或申请延后,目前没有其他人等候本窗口",
                ticket.number
            ),
            format!(
                "{} did not come before or asked to be later, and nobody else waits here",
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

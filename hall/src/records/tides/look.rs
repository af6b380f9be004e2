//! The tide's own looks at the hall, by the clock: every five minutes of a session.

use alloc::string::String;
use alloc::vec::Vec;

use super::answer::{answered, effects};
use super::{Measured, Proposal, ProposalState, Proposed, Tide, TideMove, Tides};
use crate::decide::Asked;
use crate::lineup::minutes;
use crate::plan::{Plan, TideMode};
use crate::state::{Hall, Phase, Ticket};
use crate::tide::{self, Action, Candidate, Names, Rules, Situation};
use crate::{Actor, Event, RecordId, ServiceCode, Timestamp};

/// Minutes between two looks. **Source**: QUEUEING §2.4.
const LOOK_MIN: i64 = 5;
/// Minutes in which a proposal may be answered. **Source**: QUEUEING §2.4.
const ANSWER_MIN: i64 = 3;
/// Minutes after which an accepted proposal is measured: those that the look ahead covers.
const MEASURE_MIN: i64 = 60;
/// Minutes for which a proposal that was not wanted is not made again: as long as a window stays.
/// Ours.
const AGAIN_MIN: i64 = 20;

impl Hall {
    /// When the tide has something to do next: a look, an answer overdue, an hour that is over.
    pub(crate) fn tide_due(&self, now: Timestamp) -> Option<Timestamp> {
        let tides = &self.records.tides;
        let lapses = tides.open().map(|one| one.proposed.until.plus_s(1));
        let measured = tides.proposals().filter_map(due_for_measure).min();
        let look = self.tide_looks().then(|| next_look(now));
        [lapses, measured, look].into_iter().flatten().min()
    }

    /// Whether the tide looks at all: in session, where the plan has windows for it.
    fn tide_looks(&self) -> bool {
        let in_session = self
            .current
            .as_ref()
            .is_some_and(|day| day.phase == Phase::InSession);
        let plan = self.plan.as_ref().filter(|plan| {
            plan.rules.tide_mode != TideMode::Off
                && plan
                    .windows
                    .iter()
                    .any(|window| !window.tide.is_empty() || window.standby.is_some())
        });
        in_session && plan.is_some()
    }
}

/// The next multiple of five minutes.
fn next_look(now: Timestamp) -> Timestamp {
    let step = LOOK_MIN * 60_000;
    Timestamp((now.0.div_euclid(step) + 1) * step)
}

fn due_for_measure(proposal: &Proposal) -> Option<Timestamp> {
    let accepted = proposal.state == ProposalState::Accepted && proposal.waited_min.is_none();
    let at = proposal.answered_at.filter(|_| accepted)?;
    Some(at.plus_min(MEASURE_MIN))
}

/// What the tide does at this moment.
pub(crate) fn look(asked: &Asked<'_>) -> Vec<Event> {
    let tides = &asked.hall.records.tides;
    let mut events = measured(tides, asked);
    if let Some(open) = tides.open() {
        let clock = Actor::clockwork().name;
        if open.proposed.until < asked.now {
            events.push(Tide::Lapsed(answered(&open.proposed, &clock, None)).into());
        }
        return events;
    }
    let rested = |one: &Proposal| asked.now.since_ms(one.at) >= LOOK_MIN * 60_000;
    if asked.hall.tide_looks() && tides.proposals().next_back().is_none_or(rested) {
        events.extend(propose(tides, asked));
    }
    events
}

fn propose(tides: &Tides, asked: &Asked<'_>) -> Vec<Event> {
    let hall = asked.hall;
    let Some(plan) = hall.plan() else {
        return Vec::new();
    };
    let waits = hall.waits();
    let coming = |service, ahead| {
        let at = asked.now.plus_min(i64::try_from(ahead).unwrap_or(0));
        waits.coming(hall, service, at)
    };
    let mut situation = Situation::of(hall, asked.now, |s| waits.work_min(s), coming);
    for (post, planned) in situation.posts.iter_mut().zip(&plan.windows) {
        let unwanted = tides.proposals().any(|one| {
            one.proposed.window == planned.code
                && matches!(one.state, ProposalState::Dismissed | ProposalState::Lapsed)
                && asked.now.since_ms(one.at) < AGAIN_MIN * 60_000
        });
        post.fixed |= unwanted || tides.lock_of(&planned.code).is_some();
    }
    let rules = Rules::default();
    let advice = tide::consider(&situation, &rules);
    let Some(chosen) = advice.chosen else {
        return Vec::new();
    };
    let because = tide::sentence(
        &advice,
        &situation,
        &rules,
        &Names {
            services: &plan
                .services
                .iter()
                .map(|one| one.name.clone())
                .collect::<Vec<_>>(),
            windows: &plan
                .windows
                .iter()
                .map(|one| one.code.0.clone())
                .collect::<Vec<_>>(),
            time: &time_of(hall, asked.now),
        },
    );
    let (otherwise, promised) = tide::within_hour(&situation, &rules, &chosen.action);
    let proposed = Proposed {
        because,
        otherwise_min: whole(otherwise),
        promised_min: whole(promised),
        gain_min: whole(chosen.gain_min),
        until: asked.now.plus_min(ANSWER_MIN),
        ..proposed(tides, hall, plan, &chosen, asked.now)
    };
    let mut events = vec![Tide::Proposed(proposed.clone()).into()];
    if plan.rules.tide_mode == TideMode::Auto {
        let clock = Actor::clockwork().name;
        events.push(Tide::Accepted(answered(&proposed, &clock, None)).into());
        events.extend(effects(hall, &proposed, asked.now));
    }
    events
}

fn proposed(
    tides: &Tides,
    hall: &Hall,
    plan: &Plan,
    chosen: &Candidate,
    now: Timestamp,
) -> Proposed {
    let (action, from, to) = match chosen.action {
        Action::Move { from, to, .. } => (TideMove::Turn, Some(from), Some(to)),
        Action::Return { from, to, .. } => (TideMove::Return, Some(from), Some(to)),
        Action::Open { to, .. } => (TideMove::Open, None, Some(to)),
        Action::Close { from, .. } => (TideMove::Close, Some(from), None),
    };
    let service = |index: Option<usize>| -> Option<ServiceCode> {
        plan.services.get(index?).map(|one| one.code.clone())
    };
    let planned = plan.windows.get(chosen.action.post());
    let code = planned.map(|one| one.code.clone());
    let code = code.unwrap_or_else(|| "".into());
    let window = hall.windows().get(&code);
    let there = window.and_then(|window| Some(window.shift.as_ref()?.clerk.clone()));
    Proposed {
        id: id(tides.made, now),
        action,
        from: service(from),
        to: service(to),
        clerk: there.or_else(|| planned.and_then(|one| one.standby.clone())),
        window: code,
        because: crate::text::Text::new("", ""),
        gain_min: 0,
        otherwise_min: 0,
        promised_min: 0,
        until: now,
        day: now.date_in(hall.zone()),
    }
}

/// A proposal is made by the hall itself, which has no chance: its moment and its count are an id,
/// `UUIDv8`, that sorts by time.
fn id(made: u64, now: Timestamp) -> RecordId {
    const VERSION_8: u128 = 8 << 76;
    const VARIANT: u128 = 0b10 << 62;
    const COUNT: u128 = (1 << 62) - 1;
    let at = u128::from(now.0.unsigned_abs()) << 80;
    RecordId(uuid::Uuid::from_u128(
        at | VERSION_8 | VARIANT | (u128::from(made) & COUNT),
    ))
}

fn time_of(hall: &Hall, now: Timestamp) -> String {
    let local = now.in_zone(hall.zone());
    format!("{}", local.format("%H:%M"))
}

/// Proposals whose hour is over.
fn measured(tides: &Tides, asked: &Asked<'_>) -> Vec<Event> {
    let due = tides
        .proposals()
        .filter(|one| due_for_measure(one).is_some_and(|at| at <= asked.now));
    due.map(|one| {
        let from = one.answered_at.unwrap_or(one.at);
        let services = [&one.proposed.from, &one.proposed.to];
        let tickets = asked.hall.tickets().values();
        let of_them = tickets.filter(|t| services.contains(&&Some(t.service.clone())));
        let waited: f64 = of_them
            .map(|ticket| minutes(waited_ms(ticket, (from, from.plus_min(MEASURE_MIN)))))
            .sum();
        let measured = Measured {
            id: one.proposed.id,
            window: one.proposed.window.clone(),
            waited_min: whole(waited),
        };
        Tide::Measured(measured).into()
    })
    .collect()
}

/// How long the ticket waited for its first call between two moments.
fn waited_ms(ticket: &Ticket, (from, to): (Timestamp, Timestamp)) -> i64 {
    let end = ticket.first_called_at.or(ticket.ended_at).unwrap_or(to);
    (end.min(to).0 - ticket.arrived_at.max(from).0).max(0)
}

fn whole(minutes: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "minutes of one hall's hour are far below 2^52"
    )]
    let whole = libm::round(minutes) as i64;
    whole
}

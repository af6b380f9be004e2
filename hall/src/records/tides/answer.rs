//! Answers to proposals, and locks.

use alloc::string::String;
use alloc::vec::Vec;

use super::super::objection;
use super::{Answered, Lock, Proposal, ProposalState, Proposed, Tide, TideMove, TideWish, Tides};
use crate::decide::Asked;
use crate::state::Hall;
use crate::{Event, RecordId, Refusal, Timestamp, WindowCode};

pub(super) fn decide(
    tides: &Tides,
    asked: &Asked<'_>,
    wish: &TideWish,
) -> Result<Vec<Event>, Refusal> {
    match wish {
        TideWish::Accept { id } => accept(tides, asked, *id),
        TideWish::Dismiss { id, reason } => {
            let proposal = open(tides, *id, asked.now)?;
            let answered = answered(&proposal.proposed, &asked.actor.name, Some(reason));
            Ok(vec![Tide::Dismissed(answered).into()])
        }
        TideWish::Lock { id, window, reason } => {
            asked.hall.window(window)?;
            let lock = lock((*id, window), &asked.actor.name, Some(reason));
            Ok(vec![Tide::Locked(lock).into()])
        }
        TideWish::Unlock { id, window } => {
            asked.hall.window(window)?;
            if tides.lock_of(window).is_none() {
                return Ok(Vec::new());
            }
            let lock = lock((*id, window), &asked.actor.name, None);
            Ok(vec![Tide::Unlocked(lock).into()])
        }
    }
}

fn accept(tides: &Tides, asked: &Asked<'_>, id: RecordId) -> Result<Vec<Event>, Refusal> {
    let proposal = open(tides, id, asked.now)?;
    if !still_stands(asked.hall, &proposal.proposed) {
        return Err(objection(
            "proposal_stale",
            "id",
            "窗口情况已变化,这条建议不再适用,请等下一次建议",
            "the window is not as it was: please wait for the next proposal",
        ));
    }
    let answered = answered(&proposal.proposed, &asked.actor.name, None);
    let mut events = vec![Tide::Accepted(answered).into()];
    events.extend(effects(asked.hall, &proposal.proposed, asked.now));
    Ok(events)
}

/// The proposal, when it may still be answered.
fn open(tides: &Tides, id: RecordId, now: Timestamp) -> Result<&Proposal, Refusal> {
    let known = tides.proposals.get(&id);
    let proposal = known.ok_or_else(|| Refusal::NotFound {
        what: "proposal",
        name: format!("{id}"),
    })?;
    if proposal.state == ProposalState::Lapsed || proposal.proposed.until < now {
        return Err(objection(
            "proposal_lapsed",
            "id",
            "这条建议已过时,请等下一次建议",
            "the proposal has lapsed: please wait for the next one",
        ));
    }
    if proposal.state != ProposalState::Open {
        let by = proposal.by.clone().unwrap_or_default();
        return Err(objection(
            "proposal_answered",
            "id",
            format!("这条建议已由{by}答复"),
            format!("the proposal was answered by {by}"),
        ));
    }
    Ok(proposal)
}

/// A lock, a lending by hand, another clerk, or a sign-off since then: the proposal is stale.
pub(super) fn still_stands(hall: &Hall, proposed: &Proposed) -> bool {
    let Ok((window, planned)) = hall.window(&proposed.window) else {
        return false;
    };
    let by_hand = window.lent.as_ref().is_some_and(|lent| !lent.instead);
    if by_hand || hall.records.tides.lock_of(&proposed.window).is_some() {
        return false;
    }
    let clerk = window.shift.as_ref().map(|shift| &shift.clerk);
    match proposed.action {
        TideMove::Open => window.shift.is_none() && planned.standby == proposed.clerk,
        TideMove::Turn | TideMove::Return | TideMove::Close => clerk == proposed.clerk.as_ref(),
    }
}

/// What follows from doing it. The visitor who is there is not disturbed: a window's services say
/// only whom it calls next.
pub(super) fn effects(hall: &Hall, proposed: &Proposed, now: Timestamp) -> Vec<Event> {
    let Ok((window, planned)) = hall.window(&proposed.window) else {
        return Vec::new();
    };
    let ended = window.lent.as_ref().map(|lent| Event::LendingEnded {
        window: proposed.window.clone(),
        lent_ms: now.since_ms(lent.since),
    });
    let lent = match (proposed.action, &proposed.to) {
        (TideMove::Turn | TideMove::Open, Some(to)) if !planned.services.contains(to) => {
            Some(Event::WindowLent {
                window: proposed.window.clone(),
                services: vec![to.clone()],
                until: None,
                reason: Some(proposed.because.zh.clone()),
                instead: true,
            })
        }
        _ => None,
    };
    ended.into_iter().chain(lent).collect()
}

pub(super) fn answered(proposed: &Proposed, by: &str, reason: Option<&String>) -> Answered {
    Answered {
        id: proposed.id,
        window: proposed.window.clone(),
        by: by.into(),
        reason: reason.cloned(),
    }
}

fn lock((id, window): (RecordId, &WindowCode), by: &str, reason: Option<&String>) -> Lock {
    Lock {
        id,
        window: window.clone(),
        by: by.into(),
        reason: reason.cloned(),
    }
}

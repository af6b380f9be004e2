//! Who can cover a post: its B roles, alive and skilled, then the heads. **Source**: DESIGN §3.2.

use alloc::vec::Vec;

use crate::event::PostRole;
use crate::order;
use crate::plan::{Clerk, Window as PlannedWindow};
use crate::state::{Hall, Window};
use crate::{ClerkCode, Event, ServiceCode, WindowCode};

/// A colleague who can cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) clerk: ClerkCode,
    pub(crate) head: bool,
}

/// The question to the best colleague who was not asked yet; to nobody when none is left.
pub(crate) fn ask(hall: &Hall, planned: &PlannedWindow, window: &Window) -> Event {
    let tried = window.asked.as_ref().map(|asked| asked.tried.as_slice());
    let tried = tried.unwrap_or_default();
    let all = candidates(hall, planned);
    let next = all.into_iter().find(|one| !tried.contains(&one.clerk));
    asked_of(&planned.code, next)
}

/// The colleague whom the leaving clerk named: asked when there and able, busy or not.
pub(crate) fn wished(hall: &Hall, planned: &PlannedWindow, code: &ClerkCode) -> Option<Candidate> {
    let clerk = hall.plan()?.clerk(code)?;
    let own = hall.window_of(code).filter(|own| **own != planned.code);
    let free = hall.covered_by(code).is_none();
    let there = own.is_some_and(|own| is_open(hall, own)) || clerk.head;
    (free && there && is_able(hall, planned, clerk)).then(|| Candidate {
        clerk: code.clone(),
        head: clerk.head && !planned.b.contains(code),
    })
}

/// The question to this colleague.
pub(crate) fn asked_of(window: &WindowCode, candidate: Option<Candidate>) -> Event {
    Event::CoverAsked {
        window: window.clone(),
        head: candidate.as_ref().is_some_and(|one| one.head),
        clerk: candidate.map(|one| one.clerk),
    }
}

/// B roles whose own queue is lighter, in the plan's order, then heads; never who holds the post.
pub(crate) fn candidates(hall: &Hall, planned: &PlannedWindow) -> Vec<Candidate> {
    let Some(plan) = hall.plan() else {
        return Vec::new();
    };
    let holder = hall
        .windows
        .get(&planned.code)
        .and_then(|window| window.shift.as_ref())
        .map(|shift| &shift.clerk);
    let others = |code: &ClerkCode| Some(code) != holder;
    let b = planned
        .b
        .iter()
        .filter(|code| others(code) && is_free(hall, planned, code))
        .filter(|code| {
            plan.clerk(code)
                .is_some_and(|one| is_able(hall, planned, one))
        })
        .map(|code| Candidate {
            clerk: code.clone(),
            head: false,
        });
    let heads = plan
        .clerks
        .iter()
        .filter(|clerk| clerk.head && others(&clerk.code) && !planned.b.contains(&clerk.code))
        .filter(|clerk| hall.covered_by(&clerk.code).is_none())
        .map(|clerk| Candidate {
            clerk: clerk.code.clone(),
            head: true,
        });
    b.chain(heads).collect()
}

/// Signed in at another window, not away, and with fewer people waiting there.
fn is_free(hall: &Hall, post: &PlannedWindow, clerk: &ClerkCode) -> bool {
    let Some(own) = hall
        .window_of(clerk)
        .filter(|_| hall.covered_by(clerk).is_none())
    else {
        return false;
    };
    let plan = hall.plan();
    let planned = plan.and_then(|plan| plan.window(own));
    let lighter = planned.is_some_and(|own| hall.waiting_for(own) <= hall.waiting_for(post));
    is_open(hall, own) && (lighter || post.shared_with.as_ref() == Some(own))
}

/// The sign of 暂停服务 is not up there.
fn is_open(hall: &Hall, own: &WindowCode) -> bool {
    let window = hall.windows.get(own);
    window.is_some_and(|window| window.pause.is_none())
}

/// Skilled for at least one service that people wait for there; for any of them when nobody waits.
pub(crate) fn is_able(hall: &Hall, planned: &PlannedWindow, clerk: &Clerk) -> bool {
    let Some(plan) = hall.plan() else {
        return false;
    };
    let waited = |service: &&ServiceCode| order::waiting(hall, service) > 0;
    let waits = hall.offered_by(planned).any(|service| waited(&service));
    hall.offered_by(planned)
        .filter(|service| !waits || waited(service))
        .any(|service| plan.is_skilled(clerk, service))
}

/// As which role the clerk covers the post.
pub(crate) fn role_at(planned: &PlannedWindow, clerk: &Clerk) -> PostRole {
    if planned.a.as_ref() == Some(&clerk.code) {
        PostRole::A
    } else if planned.b.contains(&clerk.code) {
        PostRole::B
    } else {
        PostRole::Head
    }
}

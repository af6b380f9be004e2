//! Who can cover a post: its B roles, alive and skilled, then the heads. **Source**: DESIGN §3.2.

use alloc::vec::Vec;

use crate::event::PostRole;
use crate::order;
use crate::plan::{Clerk, Window as PlannedWindow};
use crate::state::{Hall, Window};
use crate::{ClerkCode, Event, WindowCode};

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
        .map(|clerk| Candidate {
            clerk: clerk.code.clone(),
            head: true,
        });
    b.chain(heads).collect()
}

/// Signed in at another window, not away, and with fewer people waiting there.
fn is_free(hall: &Hall, post: &PlannedWindow, clerk: &ClerkCode) -> bool {
    let Some(own) = hall.window_of(clerk) else {
        return false;
    };
    let away = hall
        .windows
        .get(own)
        .is_some_and(|window| window.pause.is_some());
    let plan = hall.plan();
    let planned = plan.and_then(|plan| plan.window(own));
    let lighter = planned.is_some_and(|own| hall.waiting_for(own) <= hall.waiting_for(post));
    !away && (lighter || post.shared_with.as_ref() == Some(own))
}

/// Skilled for at least one service that people wait for there; for any of them when nobody waits.
pub(crate) fn is_able(hall: &Hall, planned: &PlannedWindow, clerk: &Clerk) -> bool {
    let Some(plan) = hall.plan() else {
        return false;
    };
    let waits = hall.waiting_for(planned) > 0;
    hall.offered_by(planned)
        .filter(|service| !waits || order::waiting(hall, service) > 0)
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

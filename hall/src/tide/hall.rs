//! What the tide knows of a real hall.

use super::{Demand, Post, STEPS, Situation};
use crate::lineup::minutes;
use crate::plan::{Plan, Window as PlannedWindow};
use crate::state::{Hall, Window};
use crate::{ServiceCode, Timestamp, order};

impl Situation {
    /// The hall at `now`; empty before the first plan.
    ///
    /// `work_min` says how many window minutes a visitor of a service takes, `coming` how many
    /// come per minute, so many minutes from now. A window that serves several services counts
    /// for each of them in equal parts. A window whose lending a manager began, that is paused or
    /// not ready, is fixed, and counts as nobody while it takes no calls. A closed reserve counts
    /// as there, since it is weighed as if it were opened.
    pub fn of(
        hall: &Hall,
        now: Timestamp,
        work_min: impl Fn(usize) -> f64,
        coming: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let Some(plan) = hall.plan() else {
            return Self::default();
        };
        let services = plan.services.iter().enumerate().map(|(index, service)| {
            let arrived = order::waiting_tickets(hall, &service.code).map(|t| t.arrived_at);
            let mut steps = [0.0; STEPS];
            for (step, rate) in steps.iter_mut().enumerate() {
                *rate = coming(index, step * 5 + 2);
            }
            Demand {
                waiting: order::waiting(hall, &service.code),
                head_min: arrived.min().map_or(0.0, |at| minutes(now.since_ms(at))),
                work_min: work_min(index),
                coming: steps,
            }
        });
        let services = services.collect();
        let posts = plan.windows.iter();
        let closes_at = hall.current_day().and_then(crate::Day::closes_at);
        Self {
            services,
            posts: posts
                .map(|planned| post(hall, plan, planned, now))
                .collect(),
            closes_in_min: closes_at.map_or(0.0, |at| minutes(at.0 - now.0)),
        }
    }
}

fn post(hall: &Hall, plan: &Plan, planned: &PlannedWindow, now: Timestamp) -> Post {
    let index = |code: &ServiceCode| plan.services.iter().position(|one| one.code == *code);
    let Some(window) = hall.windows().get(&planned.code) else {
        return Post::default();
    };
    let open = window.shift.is_some();
    let closed_reserve = planned.standby.is_some() && !open;
    let there = window.takes_calls() || closed_reserve;
    let by_hand = window.lent.as_ref().is_some_and(|lent| !lent.instead);
    let clerk = window.shift.as_ref().map(|shift| &shift.clerk);
    let clerk = clerk.or(planned.standby.as_ref());
    let skills = clerk.and_then(|clerk| hall.skills.get(clerk));
    let able = |code: &&ServiceCode| skills.is_some_and(|skills| skills.contains(*code));
    let served = hall.services_of(&planned.code).into_iter();
    let mut served = served.filter_map(index).filter(|_| open);
    let mut own = planned.services.iter().filter(able).filter_map(index);
    let tidal = !planned.tide.is_empty() || planned.standby.is_some();
    Post {
        on: served.next(),
        also: served.collect(),
        home: own.next(),
        homes: own.collect(),
        tide: planned.tide.iter().filter(able).filter_map(index).collect(),
        in_place_min: in_place_min(window, now),
        busy: window.ticket.is_some(),
        fixed: by_hand || !there || !tidal,
        reserve: planned.standby.is_some(),
        present: [if there { 1.0 } else { 0.0 }; STEPS],
    }
}

/// Since it was lent or taken back, or since its clerk sat down.
fn in_place_min(window: &Window, now: Timestamp) -> f64 {
    let seated = window.shift.as_ref().map(|shift| shift.began_at);
    let since = window.turned_at.max(seated);
    since.map_or(f64::INFINITY, |since| minutes(now.since_ms(since)))
}

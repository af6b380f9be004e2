//! The next hour of one service: work, windows, and the waiting that follows.

use super::{Demand, Post, Situation};

/// Steps of the look ahead: five minutes each, an hour in all. Source: QUEUEING §2.4.
pub const STEPS: usize = 12;
/// Minutes of a step.
const STEP_MIN: f64 = 5.0;
/// Minutes that work left over at the end counts at most. Source: QUEUEING §2.4.
const REST_MAX_MIN: f64 = 120.0;

/// Windows on a service at each step.
pub(super) type Windows = [f64; STEPS];

/// The windows on a service, those away from home counting less.
pub(super) fn windows(situation: &Situation, service: usize, away: f64) -> Windows {
    let mut windows = [0.0; STEPS];
    for post in &situation.posts {
        for (on, part) in post.parts() {
            if on == service {
                add(&mut windows, &share(post, service, away), part);
            }
        }
    }
    windows
}

/// What one whole window brings to a service at each step.
pub(super) fn share(post: &Post, service: usize, away: f64) -> Windows {
    let own = post.home == Some(service) || post.homes.contains(&service);
    let strength = if own || post.home.is_none() {
        1.0
    } else {
        1.0 / away
    };
    post.present.map(|present| present * strength)
}

pub(super) fn add(windows: &mut Windows, share: &Windows, part: f64) {
    for (sum, one) in windows.iter_mut().zip(share) {
        *sum = (*sum + part * one).max(0.0);
    }
}

/// Waiting minutes of all visitors of a service within the hour, the rest cleared after it.
///
/// Work flows in with those who come and out with the windows; it is a fluid, and never below 0.
pub(super) fn waiting_min(demand: &Demand, windows: &Windows) -> f64 {
    let (sum, rest) = hour_and_rest(demand, windows);
    sum + rest
}

/// The waiting minutes within the hour, and those until the line that is left is cleared.
pub(super) fn hour_and_rest(demand: &Demand, windows: &Windows) -> (f64, f64) {
    let work = demand.work_min.max(0.1);
    let mut left = f64::from(demand.waiting) * work;
    let mut sum = 0.0;
    for (coming, windows) in demand.coming.iter().zip(windows) {
        let next = (left + (coming * work - windows) * STEP_MIN).max(0.0);
        sum += STEP_MIN * f64::midpoint(left, next) / work;
        left = next;
    }
    let last = windows.last().copied().unwrap_or(0.0);
    let clearing = if last > 0.0 {
        (left / last).min(REST_MAX_MIN)
    } else {
        REST_MAX_MIN
    };
    (sum, 0.5 * left / work * clearing)
}

/// Minutes of work per window now.
pub(super) fn load_min(demand: &Demand, windows: &Windows) -> f64 {
    let work = f64::from(demand.waiting) * demand.work_min;
    let now = windows.first().copied().unwrap_or(0.0);
    if now > 0.0 {
        work / now
    } else if work > 0.0 {
        f64::INFINITY
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(waiting: u32, coming: f64) -> Demand {
        Demand {
            waiting,
            head_min: 0.0,
            work_min: 10.0,
            coming: [coming; STEPS],
        }
    }

    #[test]
    fn a_line_that_only_drains_is_a_triangle() {
        // Six people, ten minutes each, one window: 60 minutes, half of six on average.
        let sum = waiting_min(&demand(6, 0.0), &[1.0; STEPS]);
        assert!((sum - 180.0).abs() < 1e-9, "{sum}");
        // Two windows: half as long.
        let sum = waiting_min(&demand(6, 0.0), &[2.0; STEPS]);
        assert!((sum - 90.0).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn a_line_in_balance_keeps_its_length_and_is_cleared_after() {
        // One visitor every ten minutes, one window: six wait all the hour, then 60 min to clear.
        let sum = waiting_min(&demand(6, 0.1), &[1.0; STEPS]);
        assert!((sum - (360.0 + 180.0)).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn nobody_at_all_is_two_hours_for_whoever_is_left() {
        let sum = waiting_min(&demand(2, 0.0), &[0.0; STEPS]);
        assert!((sum - (120.0 + 120.0)).abs() < 1e-9, "{sum}");
        assert!(load_min(&demand(2, 0.0), &[0.0; STEPS]).is_infinite());
        assert!(load_min(&demand(0, 0.0), &[0.0; STEPS]).abs() < 1e-9);
    }
}

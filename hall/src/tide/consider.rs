//! Weighs every action and chooses one.

use alloc::vec::Vec;

use super::outlook::{self, Windows};
use super::{Action, Advice, Candidate, Held, Post, Rules, Situation};

/// Weighs every move, return, opening and closing, and chooses the one that saves most beyond what
/// is asked for; none when all is best as it is.
pub fn consider(situation: &Situation, rules: &Rules) -> Advice {
    let weighing = Weighing::new(situation, rules);
    let posts = (0..).zip(&situation.posts);
    let mut candidates: Vec<_> = posts
        .filter(|(_, post)| !post.fixed && post.in_place_min >= rules.dwell_min)
        .flat_map(|(index, post)| weighing.of_post(index, post))
        .collect();
    let chosen = best(&candidates, &situation.posts);
    for (index, candidate) in candidates.iter_mut().enumerate() {
        if candidate.held.is_none() && Some(index) != chosen {
            candidate.held = Some(Held::Second);
        }
    }
    Advice {
        chosen: chosen.and_then(|index| candidates.get(index)).copied(),
        candidates,
    }
}

/// Waiting minutes within the next hour of the services that an action touches: as it is, and once
/// it is done.
pub fn within_hour(situation: &Situation, rules: &Rules, action: &Action) -> (f64, f64) {
    let Some(post) = situation.posts.get(action.post()) else {
        return (0.0, 0.0);
    };
    let changes = post.changes(action).into_iter();
    changes.fold((0.0, 0.0), |sum, (service, part)| {
        let Some(demand) = situation.services.get(service) else {
            return sum;
        };
        let mut windows = outlook::windows(situation, service, rules.away);
        let (as_it_is, _) = outlook::hour_and_rest(demand, &windows);
        let share = outlook::share(post, service, rules.away);
        outlook::add(&mut windows, &share, part);
        let (then, _) = outlook::hour_and_rest(demand, &windows);
        (sum.0 + as_it_is, sum.1 + then)
    })
}

/// The largest surplus; of equal ones an idle window first.
fn best(candidates: &[Candidate], posts: &[Post]) -> Option<usize> {
    let is_idle = |candidate: &Candidate| {
        let post = posts.get(candidate.action.post());
        post.is_some_and(|post| !post.busy)
    };
    let mut open = candidates
        .iter()
        .enumerate()
        .filter(|(_, one)| one.held.is_none());
    let first = open.next()?;
    let (index, _) = open.fold(first, |best, one| {
        let more = one.1.surplus_min.total_cmp(&best.1.surplus_min);
        if more.then(is_idle(one.1).cmp(&is_idle(best.1))).is_gt() {
            one
        } else {
            best
        }
    });
    Some(index)
}

struct Weighing<'a> {
    situation: &'a Situation,
    rules: &'a Rules,
    /// Windows and waiting of each service as it is.
    now: Vec<(Windows, f64)>,
}

impl<'a> Weighing<'a> {
    fn new(situation: &'a Situation, rules: &'a Rules) -> Self {
        let services = (0..).zip(&situation.services);
        let now = services.map(|(service, demand)| {
            let windows = outlook::windows(situation, service, rules.away);
            (windows, outlook::waiting_min(demand, &windows))
        });
        Self {
            situation,
            rules,
            now: now.collect(),
        }
    }

    fn of_post(&self, index: usize, post: &Post) -> Vec<Candidate> {
        let targets = post.home.iter().chain(&post.tide).copied();
        match post.on {
            Some(from) => targets
                .filter(|to| *to != from && !post.also.contains(to))
                .filter_map(|to| self.turn(index, post, (from, to)))
                .chain(self.close(index, post, from))
                .collect(),
            None if post.reserve => targets
                .filter_map(|to| self.open(index, post, to))
                .collect(),
            None => Vec::new(),
        }
    }

    /// Waiting minutes that an action saves, over every service it touches.
    fn gain(&self, post: &Post, action: &Action) -> Option<f64> {
        let changes = post.changes(action).into_iter();
        changes
            .map(|(service, part)| self.change(post, service, part))
            .sum()
    }

    /// What a service gains when a part of the window comes, or loses when it leaves (negative).
    fn change(&self, post: &Post, service: usize, part: f64) -> Option<f64> {
        let demand = self.situation.services.get(service)?;
        let (windows, waiting) = self.now.get(service)?;
        let mut changed = *windows;
        let share = outlook::share(post, service, self.rules.away);
        outlook::add(&mut changed, &share, part);
        Some(waiting - outlook::waiting_min(demand, &changed))
    }

    /// How long the first waits of those that the window would leave.
    fn longest_left_min(&self, post: &Post) -> f64 {
        let left = post.parts().into_iter();
        let heads = left.filter_map(|(service, _)| self.situation.services.get(service));
        heads.map(|demand| demand.head_min).fold(0.0, f64::max)
    }

    /// Whether the window leaves a service without any other.
    fn leaves_nobody(&self, post: &Post) -> bool {
        let mut left = post.parts().into_iter();
        left.any(|(service, _)| self.is_last_on(service))
    }

    fn turn(&self, index: usize, post: &Post, (from, to): (usize, usize)) -> Option<Candidate> {
        if self.leaves_nobody(post) {
            return None;
        }
        let goes_home = post.home == Some(to);
        let action = if goes_home {
            Action::Return {
                post: index,
                from,
                to,
            }
        } else {
            Action::Move {
                post: index,
                from,
                to,
            }
        };
        let gain_min = self.gain(post, &action)?;
        let left_min = self.longest_left_min(post);
        let receiver = self.situation.services.get(to)?;
        let asked = if goes_home { 0.0 } else { self.rules.gain_min };
        let (windows, _) = self.now.get(to)?;
        let held = if gain_min <= asked {
            Some(Held::Little)
        } else if !goes_home && outlook::load_min(receiver, windows) < self.rules.gate_min {
            Some(Held::NoNeed)
        } else if left_min > self.rules.guard_min && left_min > receiver.head_min {
            Some(Held::GiverWaitsLonger)
        } else {
            None
        };
        Some(Candidate {
            action,
            gain_min,
            surplus_min: gain_min - asked,
            held,
        })
    }

    /// Whether no other window would be left for a service that somebody may still come for.
    fn is_last_on(&self, service: usize) -> bool {
        let on = |post: &&Post| post.on == Some(service) || post.also.contains(&service);
        let others = self.situation.posts.iter().filter(on).count() > 1;
        let demand = self.situation.services.get(service);
        let wanted = |demand: &super::Demand| {
            demand.waiting > 0 || demand.coming.iter().any(|coming| *coming > 0.0)
        };
        !others && demand.is_some_and(wanted)
    }

    fn open(&self, post_index: usize, post: &Post, to: usize) -> Option<Candidate> {
        if self.situation.closes_in_min < self.rules.late_min {
            return None;
        }
        let action = Action::Open {
            post: post_index,
            to,
        };
        let gain_min = self.gain(post, &action)?;
        let surplus_min = gain_min - self.rules.open_gain_min;
        Some(Candidate {
            action,
            gain_min,
            surplus_min,
            held: (surplus_min <= 0.0).then_some(Held::Little),
        })
    }

    fn close(&self, post_index: usize, post: &Post, from: usize) -> Option<Candidate> {
        if !post.reserve || self.leaves_nobody(post) {
            return None;
        }
        let action = Action::Close {
            post: post_index,
            from,
        };
        let gain_min = self.gain(post, &action)?;
        let surplus_min = gain_min + self.rules.close_share * self.rules.open_gain_min;
        Some(Candidate {
            action,
            gain_min,
            surplus_min,
            held: (surplus_min <= 0.0).then_some(Held::Little),
        })
    }
}

//! The usual rule, for comparison: help whoever has waited too long, go home when it is over.
//!
//! **Source**: QUEUEING §2.3 (b).

use super::{Action, Post, Situation};

/// The numbers of the usual rule, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// A service whose first visitor has waited longer is helped.
    pub help_min: f64,
    /// A helper goes home when the first visitor has waited less.
    pub home_min: f64,
    /// Minutes a window stays as it is.
    pub dwell_min: f64,
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            help_min: 15.0,
            home_min: 5.0,
            dwell_min: 20.0,
        }
    }
}

/// The next thing that the usual rule does; call it again until it does nothing.
pub fn by_threshold(situation: &Situation, rule: &Threshold) -> Option<Action> {
    let free = || {
        let posts = (0..).zip(&situation.posts);
        posts.filter(|(_, post)| !post.fixed && post.in_place_min >= rule.dwell_min)
    };
    let home = free().find_map(|(index, post)| home(situation, rule, index, post));
    home.or_else(|| help(situation, rule, free()))
}

fn head(situation: &Situation, service: usize) -> f64 {
    situation
        .services
        .get(service)
        .map_or(0.0, |demand| demand.head_min)
}

fn home(situation: &Situation, rule: &Threshold, index: usize, post: &Post) -> Option<Action> {
    let (from, to) = (post.on?, post.home?);
    let over = from != to && head(situation, from) < rule.home_min;
    over.then_some(Action::Return {
        post: index,
        from,
        to,
    })
}

/// The service whose first visitor waits longest is helped by the window whose own wait is
/// shortest.
fn help<'a>(
    situation: &Situation,
    rule: &Threshold,
    posts: impl Iterator<Item = (usize, &'a Post)>,
) -> Option<Action> {
    let moves = posts
        .filter(|(_, post)| post.on == post.home)
        .flat_map(|(index, post)| {
            post.tide.iter().filter_map(move |to| {
                let from = post.on?;
                let wait = head(situation, *to);
                let own = head(situation, from);
                let helps = *to != from && wait > rule.help_min && own < rule.help_min;
                let action = Action::Move {
                    post: index,
                    from,
                    to: *to,
                };
                helps.then_some((wait, own, post.busy, action))
            })
        });
    let best = moves.min_by(|a, b| {
        let longest = b.0.total_cmp(&a.0);
        longest.then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2))
    })?;
    Some(best.3)
}

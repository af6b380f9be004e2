//! 潮汐: which window should serve what in the next hour.
//!
//! A pure function from what is known now to one action, with every other action and what it
//! would have gained: the sum of waiting in the next hour with the window and without it. It
//! never takes a window from the visitor who is there: an action begins after that visitor. It
//! never moves a window that a manager has locked or lent by hand.
//!
//! ```text
//! Situation + Rules ──► consider ──► Advice { action, gain, candidates } ──► one sentence
//! ```
//!
//! **Source**: QUEUEING §2.4; the gains are closed sums, since a simulated look ahead was measured
//! to be no better.

mod consider;
mod hall;
mod outlook;
mod sentence;
#[cfg(test)]
mod tests;
mod threshold;

use alloc::vec::Vec;

pub use consider::{consider, within_hour};
pub use outlook::STEPS;
pub use sentence::{Names, sentence};
pub use threshold::{Threshold, by_threshold};

/// What the tide knows at one moment. Services and windows are indices into the plan's lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Situation {
    /// The services.
    pub services: Vec<Demand>,
    /// The windows.
    pub posts: Vec<Post>,
    /// Minutes until the doors close; negative after it.
    pub closes_in_min: f64,
}

/// One service: who waits, and who is expected.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Demand {
    /// People waiting.
    pub waiting: u32,
    /// Minutes that the first of them has waited; 0 when nobody does.
    pub head_min: f64,
    /// Window minutes that one visitor takes, call and no-shows included.
    pub work_min: f64,
    /// Visitors expected per minute, for each step of the next hour.
    pub coming: [f64; STEPS],
}

/// One window.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Post {
    /// The service it is on, the first of several; none when it is closed.
    pub on: Option<usize>,
    /// The others that it is on, in equal parts with the first.
    pub also: Vec<usize>,
    /// Its own service, the first of several.
    pub home: Option<usize>,
    /// The others of its own, in equal parts with the first.
    pub homes: Vec<usize>,
    /// Services it may be turned to.
    pub tide: Vec<usize>,
    /// Minutes since it was turned, opened or closed.
    pub in_place_min: f64,
    /// Whether a visitor is there.
    pub busy: bool,
    /// Whether a manager keeps it as it is, or its clerk is away.
    pub fixed: bool,
    /// Whether it is a reserve, to be opened and closed.
    pub reserve: bool,
    /// The share of each step of the next hour that somebody is there.
    pub present: [f64; STEPS],
}

impl Post {
    /// The services it is on at present, each with its part of the window.
    fn parts(&self) -> Vec<(usize, f64)> {
        equal_parts(self.on, &self.also)
    }

    /// The services that it would be on once it is turned to `to`, each with its part: all of its
    /// own when it goes home, else that one alone.
    fn parts_when_on(&self, to: usize) -> Vec<(usize, f64)> {
        if self.home == Some(to) {
            equal_parts(self.home, &self.homes)
        } else {
            vec![(to, 1.0)]
        }
    }

    /// What an action would change: services with the part of the window that comes or, negative,
    /// leaves.
    fn changes(&self, action: &Action) -> Vec<(usize, f64)> {
        let leaves = match action {
            Action::Open { .. } => Vec::new(),
            Action::Move { .. } | Action::Return { .. } | Action::Close { .. } => self.parts(),
        };
        let comes = match *action {
            Action::Move { to, .. } | Action::Return { to, .. } | Action::Open { to, .. } => {
                self.parts_when_on(to)
            }
            Action::Close { .. } => Vec::new(),
        };
        let leaves = leaves.into_iter().map(|(service, part)| (service, -part));
        leaves.chain(comes).collect()
    }
}

fn equal_parts(first: Option<usize>, others: &[usize]) -> Vec<(usize, f64)> {
    let all: Vec<_> = first.into_iter().chain(others.iter().copied()).collect();
    let count = f64::from(u32::try_from(all.len().max(1)).unwrap_or(1));
    all.into_iter()
        .map(|service| (service, 1.0 / count))
        .collect()
}

/// The numbers of the tide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Waiting minutes that a move away from home must save.
    pub gain_min: f64,
    /// Waiting minutes that opening a reserve must save.
    pub open_gain_min: f64,
    /// A reserve is closed when that costs less than this share of the gain that opens one.
    pub close_share: f64,
    /// Minutes a window stays as it is.
    pub dwell_min: f64,
    /// Minutes of work per window that a service must face to be helped.
    pub gate_min: f64,
    /// Minutes of waiting from which a service is not robbed for one that waits less long.
    pub guard_min: f64,
    /// How much longer a service takes away from home.
    pub away: f64,
    /// No reserve is opened in so many last minutes.
    pub late_min: f64,
}

impl Default for Rules {
    /// **Source**: QUEUEING §2.4.
    fn default() -> Self {
        Self {
            gain_min: 60.0,
            open_gain_min: 100.0,
            close_share: 0.4,
            dwell_min: 20.0,
            gate_min: 8.0,
            guard_min: 10.0,
            away: 1.1,
            late_min: 20.0,
        }
    }
}

/// What can be done with a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Turn it to a service that is not its own.
    Move {
        /// The window.
        post: usize,
        /// From which service.
        from: usize,
        /// To which.
        to: usize,
    },
    /// Back to its own service.
    Return {
        /// The window.
        post: usize,
        /// From which service.
        from: usize,
        /// To its own.
        to: usize,
    },
    /// Open a reserve.
    Open {
        /// The window.
        post: usize,
        /// For which service.
        to: usize,
    },
    /// Close a reserve.
    Close {
        /// The window.
        post: usize,
        /// From which service.
        from: usize,
    },
}

impl Action {
    /// The window it is about.
    pub const fn post(&self) -> usize {
        match self {
            Self::Move { post, .. }
            | Self::Return { post, .. }
            | Self::Open { post, .. }
            | Self::Close { post, .. } => *post,
        }
    }
}

/// Why an action is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It saves too little.
    Little,
    /// The receiver does not face enough work (gate).
    NoNeed,
    /// The giver waits longer than the receiver (guard).
    GiverWaitsLonger,
    /// Another action gains more.
    Second,
}

/// One action that was weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// What would be done.
    pub action: Action,
    /// Waiting minutes that it saves within an hour; for a closing, what it costs, negative.
    pub gain_min: f64,
    /// How far the gain is above what is asked for; at most 0 when too small.
    pub surplus_min: f64,
    /// Why it is not done; none for the one chosen.
    pub held: Option<Held>,
}

/// What the tide advises, and all that it weighed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Advice {
    /// What to do; none for leaving all as it is.
    pub chosen: Option<Candidate>,
    /// Everything weighed, the chosen among it, in order of windows.
    pub candidates: Vec<Candidate>,
}

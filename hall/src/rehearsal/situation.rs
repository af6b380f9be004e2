//! What the tide knows of a rehearsed hall at one moment.

use alloc::vec::Vec;

use super::crowd::{Crowd, MINUTE_MS};
use super::staff::Staff;
use crate::lineup::{DeskState, Off, Run, minutes};
use crate::tide::{Demand, Post, STEPS, Situation};

/// Minutes in which the weight of a past arrival halves. Source: QUEUEING §1.4.
const HALF_LIFE_MIN: f64 = 60.0;

/// What a window was turned to, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turned {
    pub(super) on: Option<u16>,
    pub(super) since_ms: i64,
}

/// How today compares with the profile, service by service.
#[derive(Debug, Clone)]
pub(super) struct Live {
    counts: Vec<(f64, f64)>,
    seen: usize,
    at_min: usize,
}

impl Live {
    pub(super) fn new(crowd: &Crowd) -> Self {
        Self {
            counts: vec![(0.0, 0.0); crowd.wishes.len()],
            seen: 0,
            at_min: crowd.opens_min,
        }
    }

    /// The same for a run whose first visits were counted here.
    pub(super) fn beginning_at(&self, seen: usize) -> Self {
        Self {
            seen,
            ..self.clone()
        }
    }

    /// Takes in who came up to a minute of the day.
    pub(super) fn update(&mut self, run: &Run, crowd: &Crowd, (minute, weekday): (usize, usize)) {
        while self.at_min < minute {
            let fade = libm::exp2(-1.0 / HALF_LIFE_MIN);
            for (service, (count, expected)) in self.counts.iter_mut().enumerate() {
                *count *= fade;
                *expected = *expected * fade + crowd.rate(service, self.at_min, weekday);
            }
            self.at_min += 1;
        }
        let came = run.visits.get(self.seen..run.arrived()).unwrap_or_default();
        for visit in came {
            if let Some((count, _)) = self.counts.get_mut(usize::from(visit.service)) {
                *count += 1.0;
            }
        }
        self.seen = run.arrived();
    }

    /// The factors of all services: shrunk to the hall's, and that to 1. **Source**: QUEUEING §1.4.
    pub(super) fn factors(&self) -> Vec<f64> {
        let (counts, expected) = self
            .counts
            .iter()
            .fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let hall = (counts + 40.0) / (expected + 40.0);
        let own = |(count, expected): &(f64, f64)| (count + 12.0 * hall) / (expected + 12.0);
        self.counts.iter().map(own).collect()
    }
}

/// All that the tide is told.
pub(super) struct Seeing<'a> {
    pub(super) run: &'a Run,
    pub(super) crowd: &'a Crowd,
    pub(super) staff: &'a Staff,
    pub(super) turned: &'a [Turned],
    pub(super) live: &'a Live,
    pub(super) now_ms: i64,
    pub(super) weekday: usize,
}

impl Seeing<'_> {
    pub(super) fn situation(&self) -> Situation {
        let factors = self.live.factors();
        let services = factors.iter().enumerate();
        let posts = self.staff.places.iter().enumerate();
        let closes_ms = i64::try_from(self.crowd.closes_min).unwrap_or(0) * MINUTE_MS;
        Situation {
            services: services
                .map(|(service, factor)| self.demand(service, *factor))
                .collect(),
            posts: posts.map(|(index, _)| self.post(index)).collect(),
            closes_in_min: minutes(closes_ms - self.now_ms),
        }
    }

    fn demand(&self, service: usize, factor: f64) -> Demand {
        let line = u16::try_from(service).unwrap_or(u16::MAX);
        let first = self.run.waiting(line).filter_map(|id| {
            let visit = self.run.visits.get(id as usize)?;
            Some(visit.at_ms)
        });
        let mut coming = [0.0; STEPS];
        for (step, coming) in coming.iter_mut().enumerate() {
            // The middle of each five minutes.
            let minute = whole(self.now_ms) + step * 5 + 2;
            *coming = self.crowd.rate(service, minute, self.weekday) * factor;
        }
        Demand {
            waiting: u32::try_from(self.run.length(line)).unwrap_or(u32::MAX),
            head_min: first.min().map_or(0.0, |at| minutes(self.now_ms - at)),
            work_min: self.crowd.work_min(service),
            coming,
        }
    }

    fn post(&self, index: usize) -> Post {
        let place = self.staff.places.get(index);
        let turned = self.turned.get(index);
        let desk = self.run.desks.get(index);
        let (Some(place), Some(turned), Some(desk)) = (place, turned, desk) else {
            return Post::default();
        };
        let away = matches!(desk.state, DeskState::Off { .. });
        Post {
            on: turned.on.map(usize::from),
            home: place.home.first().copied().map(usize::from),
            also: Vec::new(),
            homes: Vec::new(),
            tide: place.tide.iter().copied().map(usize::from).collect(),
            in_place_min: minutes(self.now_ms - turned.since_ms),
            busy: matches!(desk.state, DeskState::Busy { .. }),
            fixed: away || place.tide.is_empty(),
            reserve: place.is_reserve(),
            present: self.present(desk.state, self.run.next_off(index)),
        }
    }

    /// When somebody is there in the next hour, breaks known.
    fn present(&self, state: DeskState, off: Option<Off>) -> [f64; STEPS] {
        let mut away = Vec::new();
        if let DeskState::Off { until_ms } = state {
            away.push((self.now_ms, until_ms));
        }
        if let Some(off) = off {
            let from = off.at_ms.max(self.now_ms);
            away.push((from, off.until_ms.max(from + off.least_ms)));
        }
        let mut present = [1.0; STEPS];
        for (step, present) in (0..).zip(&mut present) {
            let from = self.now_ms + step * 5 * MINUTE_MS;
            let to = from + 5 * MINUTE_MS;
            for (left, back) in &away {
                let gone = (to.min(*back) - from.max(*left)).max(0);
                *present -= minutes(gone) / 5.0;
            }
        }
        present.map(|share: f64| share.max(0.0))
    }
}

fn whole(ms: i64) -> usize {
    float_to_minute(minutes(ms))
}

fn float_to_minute(minutes: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a minute of the day"
    )]
    let minute = minutes.max(0.0) as usize;
    minute
}

//! One day under one policy.

use alloc::vec::Vec;

use super::crowd::{Day, MINUTE_MS};
use super::predictors::{Moment, Predictors};
use super::sample::Scene;
use super::situation::{Live, Seeing, Turned};
use crate::lineup::{Costs, Desk, DeskState, NEVER_MS, Run};
use crate::tide::{self, Action, Rules, Threshold};

/// Minutes between two looks of the tide. Source: QUEUEING §2.4.
pub(super) const LOOK_MIN: usize = 5;
/// Minute of the day after which the rehearsal gives up: a day has an end.
const LAST_MIN: usize = 30 * 60;

/// What decides where windows stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Policy {
    /// Each at its own services all day.
    Fixed,
    /// The usual rule.
    Threshold(Threshold),
    /// The tide.
    Tide(Rules),
    /// Every window serves everyone, and a change costs nothing: a yardstick, not a plan.
    Pooled,
}

/// What came of a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// How long each visitor waited, from the number to the call, in milliseconds.
    pub waits_ms: Vec<i64>,
    /// How often a window turned to another service than its last.
    pub changes: u32,
    /// Windows that stood there, reserves included.
    pub windows: usize,
    /// How often the policy turned, opened or closed a window.
    pub actions: u32,
    /// Window minutes after the hours, in milliseconds.
    pub after_hours_ms: i64,
    /// Time of staff within the hours, lunch left out, in milliseconds.
    pub staff_ms: i64,
    /// Who was called when and where, by visitor.
    pub calls: Vec<(i64, u16)>,
}

/// Plays a day; the sampled tickets go to `predictors`.
pub fn play(
    scene: &Scene,
    policy: &Policy,
    day: &Day,
    predictors: Option<&mut Predictors>,
) -> Outcome {
    let mut play = Play::new(scene, policy, day, predictors);
    play.whole_day();
    play.outcome()
}

pub(super) struct Play<'a> {
    pub(super) scene: &'a Scene,
    pub(super) policy: &'a Policy,
    pub(super) day: &'a Day,
    pub(super) run: Run,
    pub(super) turned: Vec<Turned>,
    pub(super) live: Live,
    pub(super) opened_ms: Vec<i64>,
    pub(super) reserve_ms: i64,
    pub(super) actions: u32,
    pub(super) predictors: Option<&'a mut Predictors>,
    pub(super) next_sample: usize,
}

impl<'a> Play<'a> {
    fn new(
        scene: &'a Scene,
        policy: &'a Policy,
        day: &'a Day,
        predictors: Option<&'a mut Predictors>,
    ) -> Self {
        let mut lineup = scene.staff.lineup(&scene.crowd, day.seed);
        let mut costs = scene.costs;
        if *policy == Policy::Pooled {
            let services = u16::try_from(scene.crowd.wishes.len()).unwrap_or(u16::MAX);
            for desk in &mut lineup.desks {
                desk.lines = (0..services).collect();
                desk.home.clone_from(&desk.lines);
            }
            costs = Costs {
                call_ms: costs.call_ms,
                no_show_ms: costs.no_show_ms,
                ..Costs::NO_CHANGE
            };
        }
        let opens = lineup.now_ms;
        let turned = |place: &super::Place| Turned {
            on: place.home.first().copied(),
            // Whoever stands there from the morning on may be turned at once.
            since_ms: i64::MIN / 2,
        };
        let mut run = Run::new(costs);
        run.visits.clone_from(&day.visits);
        run.start(&lineup, &[]);
        Self {
            scene,
            policy,
            day,
            run,
            turned: scene.staff.places.iter().map(turned).collect(),
            live: Live::new(&scene.crowd),
            opened_ms: vec![opens; scene.staff.places.len()],
            reserve_ms: 0,
            actions: 0,
            predictors,
            next_sample: 0,
        }
    }

    fn whole_day(&mut self) {
        let mut minute = self.scene.crowd.opens_min;
        while minute < LAST_MIN && !self.run.is_quiet() {
            let now = i64::try_from(minute).unwrap_or(0) * MINUTE_MS;
            self.advance(now);
            self.look(minute, now);
            minute += 1;
        }
        // Whoever is still held by a reserve that stays open until the hours end.
        let closes = self.closes_ms();
        for index in 0..self.turned.len() {
            if self.is_open_reserve(index) {
                let from = self.opened_ms.get(index).copied().unwrap_or(closes);
                self.reserve_ms += (closes - from).max(0);
            }
        }
    }

    fn look(&mut self, minute: usize, now: i64) {
        match self.policy {
            Policy::Fixed | Policy::Pooled => (),
            Policy::Threshold(rule) => self.threshold(rule, minute, now),
            Policy::Tide(rules) => {
                if minute.is_multiple_of(LOOK_MIN) {
                    self.tide(rules, minute, now);
                }
            }
        }
    }

    fn closes_ms(&self) -> i64 {
        i64::try_from(self.scene.crowd.closes_min).unwrap_or(0) * MINUTE_MS
    }

    /// Runs to a moment, and has each sampled ticket forecast as it is taken.
    fn advance(&mut self, to_ms: i64) {
        if let Some(predictors) = self.predictors.take() {
            while let Some(visit) = self.day.visits.get(self.next_sample) {
                if visit.at_ms > to_ms {
                    break;
                }
                let id = self.next_sample;
                self.next_sample += 1;
                if predictors.samples(id) {
                    self.run.advance(visit.at_ms);
                    self.forecast(id, visit.at_ms, predictors);
                }
            }
            self.run.advance(to_ms);
            predictors.settle(&self.run);
            self.predictors = Some(predictors);
        }
        self.run.advance(to_ms);
    }

    fn forecast(&self, id: usize, now_ms: i64, predictors: &mut Predictors) {
        if self.run.called_ms.get(id) != Some(&NEVER_MS) {
            return;
        }
        let turns = match self.policy {
            Policy::Tide(rules) => self.foresee(rules, now_ms, predictors),
            Policy::Fixed | Policy::Threshold(_) | Policy::Pooled => Vec::new(),
        };
        predictors.see(&Moment {
            run: &self.run,
            day: self.day,
            crowd: &self.scene.crowd,
            id,
            turns,
        });
    }

    pub(super) fn situation(&mut self, minute: usize, now_ms: i64) -> tide::Situation {
        let moment = (minute, self.day.weekday);
        self.live.update(&self.run, &self.scene.crowd, moment);
        let seeing = Seeing {
            run: &self.run,
            crowd: &self.scene.crowd,
            staff: &self.scene.staff,
            turned: &self.turned,
            live: &self.live,
            now_ms,
            weekday: self.day.weekday,
        };
        seeing.situation()
    }

    fn threshold(&mut self, rule: &Threshold, minute: usize, now: i64) {
        // Each action lets a window rest, so that there is an end.
        while let Some(action) = tide::by_threshold(&self.situation(minute, now), rule) {
            self.act(&action, now);
        }
    }

    fn tide(&mut self, rules: &Rules, minute: usize, now: i64) {
        let situation = self.situation(minute, now);
        if let Some(chosen) = tide::consider(&situation, rules).chosen {
            self.act(&chosen.action, now);
        }
    }

    /// What the action turns a window to; whoever is there is served to the end.
    pub(super) fn act(&mut self, action: &Action, now: i64) {
        let (index, to) = match *action {
            Action::Move { post, to, .. }
            | Action::Return { post, to, .. }
            | Action::Open { post, to } => (post, Some(to)),
            Action::Close { post, .. } => (post, None),
        };
        let to = to.and_then(|to| u16::try_from(to).ok());
        let (Some(turned), Some(desk)) =
            (self.turned.get_mut(index), self.run.desks.get_mut(index))
        else {
            return;
        };
        if turned.on.is_none()
            && let Some(opened) = self.opened_ms.get_mut(index)
        {
            *opened = now;
        }
        turned.on = to;
        turned.since_ms = now;
        desk.lines = to.into_iter().collect();
        self.actions += 1;
        if to.is_none() {
            let until = match desk.state {
                DeskState::Busy { until_ms, .. } => until_ms,
                DeskState::Closed | DeskState::Idle { .. } | DeskState::Off { .. } => now,
            };
            let from = self.opened_ms.get(index).copied().unwrap_or(now);
            self.reserve_ms += (until.min(self.closes_ms()) - from).max(0);
        }
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        self.run.serve_next_if_idle(index, now);
    }

    fn is_open_reserve(&self, index: usize) -> bool {
        let place = self.scene.staff.places.get(index);
        let open = self
            .turned
            .get(index)
            .is_some_and(|turned| turned.on.is_some());
        open && place.is_some_and(super::Place::is_reserve)
    }

    fn outcome(self) -> Outcome {
        let called = self.run.called_ms.iter().zip(&self.run.visits);
        let waits = called.filter(|(at, _)| **at != NEVER_MS);
        let base = self.scene.staff.places.iter().filter(|p| !p.is_reserve());
        let (_, lunch) = self.scene.staff.lunch_min;
        let crowd = &self.scene.crowd;
        let hours = i64::try_from(crowd.closes_min - crowd.opens_min).unwrap_or(0) - lunch;
        let base = i64::try_from(base.count()).unwrap_or(0);
        let calls = self.run.called_ms.iter().zip(&self.run.desk_of);
        Outcome {
            waits_ms: waits.map(|(at, visit)| at - visit.at_ms).collect(),
            changes: self.run.switches,
            windows: self.scene.staff.places.len(),
            actions: self.actions,
            after_hours_ms: self.after_hours_ms(),
            staff_ms: base * hours * MINUTE_MS + self.reserve_ms,
            calls: calls.map(|(at, desk)| (*at, *desk)).collect(),
        }
    }

    /// From the end of the hours to each window's last visitor.
    fn after_hours_ms(&self) -> i64 {
        let ended = |desk: &Desk| match desk.state {
            DeskState::Idle { since_ms } => since_ms,
            DeskState::Closed | DeskState::Busy { .. } | DeskState::Off { .. } => 0,
        };
        let closes = self.closes_ms();
        let desks = self.run.desks.iter();
        desks.map(|desk| (ended(desk) - closes).max(0)).sum()
    }
}

//! What many days add up to.

use alloc::vec::Vec;

use super::crowd::float;
use super::play::Outcome;
use crate::lineup::minutes;

/// Figures of one policy; waits are from the number to the call.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// Mean wait in minutes.
    pub mean_min: f64,
    /// The wait that half do not exceed.
    pub p50_min: f64,
    /// The wait that nine in ten do not exceed.
    pub p90_min: f64,
    /// Share of visitors who wait over 20 minutes.
    pub over20: f64,
    /// Share who wait over 30.
    pub over30: f64,
    /// Service changes per window and day.
    pub changes_per_window_day: f64,
    /// Window minutes after the hours, per day.
    pub after_hours_min: f64,
    /// Staff hours within the hours, per day.
    pub staff_h: f64,
    /// Visitors per day.
    pub visitors: f64,
    /// What the policy turned, opened or closed, per day.
    pub actions: f64,
}

/// Collects days.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    waits_min: Vec<f32>,
    /// Mean wait of each day, for paired comparisons.
    pub day_means: Vec<f64>,
    changes: f64,
    after_hours_min: f64,
    staff_h: f64,
    actions: f64,
}

impl Tally {
    /// Takes in a day.
    pub fn take(&mut self, outcome: &Outcome) {
        #[expect(clippy::cast_possible_truncation, reason = "minutes to three digits")]
        let waits = outcome.waits_ms.iter().map(|wait| minutes(*wait) as f32);
        self.waits_min.extend(waits);
        let sum: i64 = outcome.waits_ms.iter().sum();
        let people = float(outcome.waits_ms.len().max(1));
        self.day_means.push(minutes(sum) / people);
        self.changes += f64::from(outcome.changes) / float(outcome.windows.max(1));
        self.after_hours_min += minutes(outcome.after_hours_ms);
        self.staff_h += minutes(outcome.staff_ms) / 60.0;
        self.actions += f64::from(outcome.actions);
    }

    /// The figures of all days.
    pub fn figures(&mut self) -> Figures {
        self.waits_min.sort_by(f32::total_cmp);
        let days = float(self.day_means.len().max(1));
        let people = float(self.waits_min.len().max(1));
        let at = |tenths: usize| {
            let index = self.waits_min.len() * tenths / 10;
            self.waits_min.get(index).copied().map_or(0.0, f64::from)
        };
        let over = |limit: f32| {
            let within = self.waits_min.partition_point(|wait| *wait <= limit);
            float(self.waits_min.len() - within) / people
        };
        let sum: f64 = self.waits_min.iter().copied().map(f64::from).sum();
        Figures {
            mean_min: sum / people,
            p50_min: at(5),
            p90_min: at(9),
            over20: over(20.0),
            over30: over(30.0),
            changes_per_window_day: self.changes / days,
            after_hours_min: self.after_hours_min / days,
            staff_h: self.staff_h / days,
            visitors: people / days,
            actions: self.actions / days,
        }
    }
}

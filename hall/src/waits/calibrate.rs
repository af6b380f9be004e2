//! Corrects forecasts by those that came true: two factors per service, from its last calls.
//!
//! **Source**: QUEUEING §1.4; with means 20 % off it brings the share of kept P90s from 0.80 back
//! to 0.88.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// How many calls are looked back on. Source: QUEUEING §1.4.
const LOOK_BACK: usize = 150;
/// Fewer calls give no factor of their own for P90. Source: QUEUEING §1.4.
const ENOUGH: usize = 40;
/// Minutes of agreement that the mean factor starts with. Source: QUEUEING §1.4.
const PRIOR_MIN: f64 = 300.0;

/// One forecast and what came of it, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Told {
    p50: f64,
    p90: f64,
    wait: f64,
}

/// The forecasts of each service and of the hall that came true or not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    services: Vec<VecDeque<Told>>,
    hall: VecDeque<Told>,
}

impl Calibration {
    /// Takes in what was forecast, uncorrected, and what was waited, in minutes.
    pub fn take(&mut self, service: usize, (p50, p90): (f64, f64), wait: f64) {
        let told = Told { p50, p90, wait };
        if self.services.len() <= service {
            self.services.resize_with(service + 1, VecDeque::new);
        }
        if let Some(of) = self.services.get_mut(service) {
            remember(of, told);
        }
        remember(&mut self.hall, told);
    }

    /// Corrects a forecast of P50 and P90, in minutes.
    pub fn correct(&self, service: usize, (p50, p90): (f64, f64)) -> (f64, f64) {
        let own = self.services.get(service).filter(|own| own.len() >= ENOUGH);
        let told = own.unwrap_or(&self.hall);
        let mean = mean_factor(told) * p50;
        (mean, mean.max(high_factor(told) * p90))
    }
}

fn remember(told: &mut VecDeque<Told>, one: Told) {
    if told.len() == LOOK_BACK {
        told.pop_front();
    }
    told.push_back(one);
}

fn mean_factor(told: &VecDeque<Told>) -> f64 {
    let waited: f64 = told.iter().map(|one| one.wait).sum();
    let forecast: f64 = told.iter().map(|one| one.p50).sum();
    (waited + PRIOR_MIN) / (forecast + PRIOR_MIN)
}

/// The factor under which nine waits in ten stayed.
fn high_factor(told: &VecDeque<Told>) -> f64 {
    if told.len() < ENOUGH {
        return 1.0;
    }
    let mut ratios: Vec<_> = told.iter().map(|one| one.wait / one.p90.max(0.5)).collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() * 9 / 10).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_known_corrects_nothing() {
        let (p50, p90) = Calibration::default().correct(0, (10.0, 20.0));
        assert!((p50 - 10.0).abs() < 1e-9 && (p90 - 20.0).abs() < 1e-9);
    }

    #[test]
    fn forecasts_always_half_too_short_are_doubled() {
        let mut calibration = Calibration::default();
        for _ in 0..150 {
            calibration.take(2, (10.0, 15.0), 20.0);
        }
        let (p50, p90) = calibration.correct(2, (10.0, 15.0));
        assert!((p50 - 10.0 * 3300.0 / 1800.0).abs() < 1e-9, "{p50}");
        assert!((p90 - 20.0).abs() < 1e-9, "{p90}");
        let other = calibration.correct(0, (10.0, 15.0));
        assert!(
            (other.1 - 20.0).abs() < 1e-9,
            "the hall's factor: {other:?}"
        );
    }
}

//! How long a service takes: a log-normal law per service, learned with a prior.
//!
//! **Source**: QUEUEING §1.3 (log-normal fits clinics and banks best), §1.4 (shrinkage).

use alloc::vec::Vec;

use libm::{exp, log, sqrt};

use super::Chance;
use crate::lineup::minutes;

/// Deviation of the logarithm that is assumed. Source: QUEUEING §1.4.
const PRIOR_SD: f64 = 0.6;
/// How many visits the prior mean weighs. Source: QUEUEING §1.4.
const MEAN_WEIGHT: f64 = 20.0;
/// How many visits the prior deviation weighs. Source: QUEUEING §1.4.
const SD_WEIGHT: f64 = 10.0;
/// Shorter visits are slips of the finger. Source: QUEUEING §1.4.
const SHORTEST_MS: i64 = 30_000;
/// Visits longer than so many times the expected are forgotten finishes. Source: QUEUEING §1.4.
const LONGEST: f64 = 5.0;

/// The law of one service's length: its logarithm, in minutes, is normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lengths {
    /// Mean of the logarithm of minutes.
    pub ln_mean: f64,
    /// Its deviation.
    pub ln_sd: f64,
}

impl Lengths {
    /// The law with this mean in minutes and this deviation of the logarithm.
    pub fn with_mean(mean_min: f64, ln_sd: f64) -> Self {
        Self {
            ln_mean: log(mean_min) - ln_sd * ln_sd / 2.0,
            ln_sd,
        }
    }

    /// The mean in minutes.
    pub fn mean_min(&self) -> f64 {
        exp(self.ln_mean + self.ln_sd * self.ln_sd / 2.0)
    }

    /// A length drawn from the law, in milliseconds.
    pub fn draw_ms(&self, chance: &mut Chance) -> i64 {
        ms(exp(self.ln_mean + self.ln_sd * chance.normal()))
    }
}

/// What was learned of one service: counts, and sums of logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learned {
    prior: Lengths,
    count: f64,
    mean: f64,
    squares: f64,
    coming: f64,
    no_shows: f64,
}

impl Learned {
    /// Nothing learned yet: the plan's expected minutes.
    pub fn new(expected_min: u32) -> Self {
        Self {
            prior: Lengths::with_mean(f64::from(expected_min.max(1)), PRIOR_SD),
            count: 0.0,
            mean: 0.0,
            squares: 0.0,
            coming: 0.0,
            no_shows: 0.0,
        }
    }

    /// Takes in one visit, from start to finish; what cannot be a visit is left out.
    pub fn take(&mut self, span_ms: i64) {
        self.coming += 1.0;
        let minutes = minutes(span_ms);
        if span_ms < SHORTEST_MS || minutes > LONGEST * self.prior.mean_min().max(self.median()) {
            return;
        }
        // Welford's recursion keeps the sums small.
        self.count += 1.0;
        let ln = log(minutes);
        let off = ln - self.mean;
        self.mean += off / self.count;
        self.squares += off * (ln - self.mean);
    }

    /// Takes in one call that nobody came to.
    pub fn take_no_show(&mut self) {
        self.no_shows += 1.0;
    }

    fn median(&self) -> f64 {
        exp(self.lengths().ln_mean)
    }

    /// The law as far as it is known: the prior weighs 20 visits for the mean, 10 for the
    /// deviation.
    pub fn lengths(&self) -> Lengths {
        let n = self.count;
        let sd = if n > 1.0 {
            sqrt(self.squares / (n - 1.0))
        } else {
            0.0
        };
        // One visit says nothing of a deviation.
        let pairs = if n > 1.0 { n } else { 0.0 };
        Lengths {
            ln_mean: (n * self.mean + MEAN_WEIGHT * self.prior.ln_mean) / (n + MEAN_WEIGHT),
            ln_sd: (pairs * sd + SD_WEIGHT * PRIOR_SD) / (pairs + SD_WEIGHT),
        }
    }

    /// Share of calls that nobody comes to; the prior is 1 in 20, weighing 20 calls. Ours.
    pub fn no_show_share(&self) -> f64 {
        (self.no_shows + 1.0) / (self.no_shows + self.coming + 20.0)
    }

    /// How many visits were taken in.
    pub fn visits(&self) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of visits"
        )]
        let count = self.count as u32;
        count
    }
}

/// A law as a table of its quantiles: a draw is one look-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Lengths in milliseconds, smallest first, equally likely.
    lengths_ms: Vec<i64>,
}

impl Table {
    /// How many lengths a table holds: enough that its mean is within a third of a per cent.
    const SIZE: usize = 1024;

    /// The table of a law.
    pub fn new(law: &Lengths) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "at most 1024")]
        let share = |i: usize| (i as f64 + 0.5) / Self::SIZE as f64;
        let length = |i| ms(exp(law.ln_mean + law.ln_sd * normal_quantile(share(i))));
        Self {
            lengths_ms: (0..Self::SIZE).map(length).collect(),
        }
    }

    /// A length, in milliseconds.
    pub fn draw_ms(&self, chance: &mut Chance) -> i64 {
        let at = chance.below(self.lengths_ms.len());
        self.lengths_ms.get(at).copied().unwrap_or(0)
    }

    /// What is left of a length of which `elapsed_ms` are over.
    pub fn rest_ms(&self, elapsed_ms: i64, chance: &mut Chance) -> i64 {
        let over = self
            .lengths_ms
            .partition_point(|length| *length <= elapsed_ms);
        let longer = self.lengths_ms.len() - over;
        if longer == 0 {
            // Beyond the table a log-normal rest grows with what is over.
            return ms(minutes(elapsed_ms) * 0.25 * chance.gap());
        }
        let at = over + chance.below(longer);
        let length = self.lengths_ms.get(at).copied().unwrap_or(elapsed_ms);
        (length - elapsed_ms).max(0)
    }

    /// The mean of what is left, in milliseconds.
    pub fn mean_rest_ms(&self, elapsed_ms: i64) -> i64 {
        let over = self
            .lengths_ms
            .partition_point(|length| *length <= elapsed_ms);
        let longer = self.lengths_ms.get(over..).unwrap_or_default();
        if longer.is_empty() {
            return elapsed_ms / 4;
        }
        let sum: i64 = longer.iter().sum();
        sum / i64::try_from(longer.len()).unwrap_or(1) - elapsed_ms
    }
}

/// The number that a standard normal one is below with chance `share`.
///
/// **Source**: Acklam's rational approximation, relative error below 1.2e-9.
fn normal_quantile(share: f64) -> f64 {
    const LOW: f64 = 0.024_25;
    if share < LOW {
        return tail(share);
    }
    if share > 1.0 - LOW {
        return -tail(1.0 - share);
    }
    let q = share - 0.5;
    let r = q * q;
    let above = poly(
        r,
        &[
            -3.969_683_028_665_376e1,
            2.209_460_984_245_205e2,
            -2.759_285_104_469_687e2,
            1.383_577_518_672_69e2,
            -3.066_479_806_614_716e1,
            2.506_628_277_459_239,
        ],
    );
    let below = poly(
        r,
        &[
            -5.447_609_879_822_406e1,
            1.615_858_368_580_409e2,
            -1.556_989_798_598_866e2,
            6.680_131_188_771_972e1,
            -1.328_068_155_288_572e1,
            1.0,
        ],
    );
    q * above / below
}

fn tail(share: f64) -> f64 {
    let q = sqrt(-2.0 * log(share));
    let above = poly(
        q,
        &[
            -7.784_894_002_430_293e-3,
            -3.223_964_580_411_365e-1,
            -2.400_758_277_161_838,
            -2.549_732_539_343_734,
            4.374_664_141_464_968,
            2.938_163_982_698_783,
        ],
    );
    let below = poly(
        q,
        &[
            7.784_695_709_041_462e-3,
            3.224_671_290_700_398e-1,
            2.445_134_137_142_996,
            3.754_408_661_907_416,
            1.0,
        ],
    );
    above / below
}

/// A polynomial by Horner's rule, highest power first.
fn poly(x: f64, factors: &[f64]) -> f64 {
    factors.iter().fold(0.0, |sum, factor| sum * x + factor)
}

fn ms(minutes: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a length of service is far below 2^52 ms"
    )]
    let ms = libm::round(minutes * 60_000.0) as i64;
    ms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_of_the_normal_law_are_the_known_ones() {
        for (share, known) in [(0.5, 0.0), (0.9, 1.281_551_566), (0.975, 1.959_963_985)] {
            assert!((normal_quantile(share) - known).abs() < 1e-6);
            assert!((normal_quantile(1.0 - share) + known).abs() < 1e-6);
        }
        assert!((normal_quantile(0.001) + 3.090_232_306).abs() < 1e-6);
    }

    #[test]
    fn the_prior_fades_as_visits_come_in() {
        let mut learned = Learned::new(10);
        assert!((learned.lengths().mean_min() - 10.0).abs() < 1e-9);
        for _ in 0..20 {
            learned.take(5 * 60_000);
        }
        let law = learned.lengths();
        let halfway = f64::midpoint(log(5.0), log(10.0) - 0.18);
        assert!((law.ln_mean - halfway).abs() < 1e-9, "{law:?}");
        assert!(
            (law.ln_sd - 0.2).abs() < 1e-9,
            "20 alike, 10 of 0.6: {law:?}"
        );
    }

    #[test]
    fn a_slip_of_the_finger_and_a_forgotten_finish_teach_nothing() {
        let mut learned = Learned::new(10);
        learned.take(20_000);
        learned.take(120 * 60_000);
        assert_eq!(learned.visits(), 0);
    }

    #[test]
    fn the_table_has_the_mean_of_the_law_and_an_honest_rest() {
        let law = Lengths::with_mean(10.0, 0.6);
        let table = Table::new(&law);
        let mean = minutes(table.mean_rest_ms(0));
        assert!((mean - 10.0).abs() < 0.03, "{mean}");
        let mut chance = Chance::new(3);
        for elapsed in [0, 60_000, 1_200_000, 90_000_000] {
            assert!(table.rest_ms(elapsed, &mut chance) >= 0);
        }
        let later = minutes(table.mean_rest_ms(1_800_000));
        // The law itself gives 8.03; the table ends at its 0.9995 quantile.
        assert!((later - 8.03).abs() < 0.4, "{later}");
    }
}

//! Chance from a seed: the same seed gives the same numbers on every machine.

use libm::{cos, log, sqrt};

/// A stream of pseudo-random numbers (`SplitMix64`, Steele, Lea and Flood 2014).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chance(u64);

impl Chance {
    /// A stream that begins at `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own for `part`, the same whatever else was drawn.
    #[must_use]
    pub fn part(&self, part: u64) -> Self {
        let mut stream = Self(self.0 ^ part.wrapping_mul(0xd6e8_feb8_6659_fd93));
        Self(stream.bits())
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number above 0 and below 1.
    pub fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let high = (self.bits() >> 11) as f64;
        (high + 0.5) / 9_007_199_254_740_992.0
    }

    /// A whole number below `bound`; 0 when the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.bits()) * (bound as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A standard normal number (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = sqrt(-2.0 * log(self.unit()));
        radius * cos(core::f64::consts::TAU * self.unit())
    }

    /// A number of mean 1 whose logarithm is normal with deviation `sd`.
    pub fn noise(&mut self, sd: f64) -> f64 {
        libm::exp(sd * self.normal() - sd * sd / 2.0)
    }

    /// A gap between two arrivals, of mean 1.
    pub fn gap(&mut self) -> f64 {
        -log(self.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_stream_and_parts_differ() {
        let draw = |mut chance: Chance| [chance.bits(), chance.bits()];
        assert_eq!(draw(Chance::new(7)), draw(Chance::new(7)));
        assert_ne!(draw(Chance::new(7)), draw(Chance::new(8)));
        assert_ne!(draw(Chance::new(7).part(1)), draw(Chance::new(7).part(2)));
    }

    #[test]
    fn the_moments_are_those_of_the_laws() {
        let mut chance = Chance::new(1);
        let n = 40_000;
        let (mut sum, mut square, mut gaps, mut noise) = (0.0, 0.0, 0.0, 0.0);
        for _ in 0..n {
            let z = chance.normal();
            sum += z;
            square += z * z;
            gaps += chance.gap();
            noise += chance.noise(0.6);
        }
        let n = f64::from(n);
        assert!((sum / n).abs() < 0.02, "{}", sum / n);
        assert!((square / n - 1.0).abs() < 0.03, "{}", square / n);
        assert!((gaps / n - 1.0).abs() < 0.02, "{}", gaps / n);
        assert!((noise / n - 1.0).abs() < 0.02, "{}", noise / n);
    }
}

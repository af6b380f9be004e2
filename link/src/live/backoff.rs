//! How long to wait before the next try.

use std::time::Duration;

use crate::random;

/// Full jitter: anything up to a limit that doubles, so that a thousand devices that lost the
/// server together do not come back together. **Source**: RELIABILITY F29, P28.
#[derive(Debug)]
pub(super) struct Backoff {
    min: Duration,
    max: Duration,
    tries: u32,
}

/// Doublings after which every limit is the longest. Ours: 2^16 s is longer than any.
const DOUBLINGS_MAX: u32 = 16;

impl Backoff {
    pub(super) const fn new(min: Duration, max: Duration) -> Self {
        Self { min, max, tries: 0 }
    }

    /// The next wait is one of the shortest again.
    pub(super) fn reset(&mut self) {
        self.tries = 0;
    }

    /// The next wait; a tenth of the shortest limit at least, so that a server that refuses at
    /// once is not asked without pause.
    pub(super) fn next(&mut self) -> Duration {
        let limit = self.min.saturating_mul(1 << self.tries).min(self.max);
        self.tries = (self.tries + 1).min(DOUBLINGS_MAX);
        let share = f64::from(u32::from_le_bytes(random::bytes())) / f64::from(u32::MAX);
        limit.mul_f64(share).max(self.min / 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_limit_and_start_again() {
        let (min, max) = (Duration::from_secs(1), Duration::from_secs(30));
        let mut backoff = Backoff::new(min, max);
        let waits: Vec<_> = (0..200).map(|_| backoff.next()).collect();
        assert!(waits.iter().all(|wait| *wait <= max && *wait >= min / 10));
        assert!(waits[0] <= min && waits[1] <= min * 2);
        assert!(waits.iter().any(|wait| *wait > max / 2));
        backoff.reset();
        assert!(backoff.next() <= min);
    }
}

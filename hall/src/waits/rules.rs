//! Simple rules: the fall-backs when nothing better is known, and the yardsticks beside it.
//!
//! **Source**: QUEUEING §0.2, §1.2.

use alloc::collections::VecDeque;

/// How many calls are looked back on: the usual vendor's rule.
const LOOK_BACK: usize = 10;

/// The last calls of one service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent {
    waits_ms: VecDeque<i64>,
    calls_ms: VecDeque<i64>,
}

impl Recent {
    /// Takes in a call at `at_ms` after a wait.
    pub fn take(&mut self, at_ms: i64, waited_ms: i64) {
        for (list, value) in [(&mut self.waits_ms, waited_ms), (&mut self.calls_ms, at_ms)] {
            if list.len() == LOOK_BACK {
                list.pop_front();
            }
            list.push_back(value);
        }
    }

    /// Position times the pace of the last calls: what the queue itself has taught; none before
    /// three calls.
    pub fn by_pace(&self, ahead: usize) -> Option<i64> {
        let (first, last) = (self.calls_ms.front()?, self.calls_ms.back()?);
        let gaps = i64::try_from(self.calls_ms.len()).ok()? - 1;
        if gaps < 2 {
            return None;
        }
        let ahead = i64::try_from(ahead).ok()? + 1;
        Some((last - first) / gaps * ahead)
    }
}

/// The mean of the last ten waits; none before the first call.
pub fn average(recent: &Recent) -> Option<i64> {
    let sum: i64 = recent.waits_ms.iter().sum();
    let count = i64::try_from(recent.waits_ms.len()).ok()?;
    (count > 0).then(|| sum / count)
}

/// The wait of the last to be called (LES); none before the first call.
pub fn latest(recent: &Recent) -> Option<i64> {
    recent.waits_ms.back().copied()
}

/// The queue by its length (QL): so many times the mean length over the windows; none without a
/// window.
pub fn by_line(ahead: usize, mean_ms: i64, windows: f64) -> Option<i64> {
    if windows <= 0.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a wait is far below 2^52 ms"
    )]
    let wait = libm::round((ahead as f64 + 1.0) * mean_ms as f64 / windows) as i64;
    Some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ten_count_and_no_more() {
        let mut recent = Recent::default();
        assert_eq!(average(&recent), None);
        for i in 0..12 {
            recent.take(i * 60_000, i);
        }
        assert_eq!(average(&recent), Some(6), "2 to 11");
        assert_eq!(latest(&recent), Some(11));
        assert_eq!(recent.by_pace(2), Some(180_000), "one call a minute");
    }

    #[test]
    fn two_windows_halve_the_line() {
        assert_eq!(by_line(3, 600_000, 2.0), Some(1_200_000));
        assert_eq!(by_line(3, 600_000, 0.0), None);
    }
}

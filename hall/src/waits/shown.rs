//! What people read: rounded, and never broken without a word.
//!
//! **Source**: QUEUEING §1.5.

use crate::view::Wait;

/// Rounds a forecast in minutes: P50 to whole minutes under five, else to the nearest five; P90 up
/// to the next five, and never below P50.
pub fn shown(p50: f64, p90: f64) -> Wait {
    let p50 = p50.max(0.0);
    let p50_min = if p50 < 5.0 {
        whole(libm::round(p50))
    } else {
        whole(libm::round(p50 / 5.0)) * 5
    };
    let p90_min = whole(libm::ceil(p90.max(0.0) / 5.0)) * 5;
    Wait {
        p50_min,
        p90_min: p90_min.max(p50_min.div_ceil(5) * 5).max(5),
    }
}

fn whole(minutes: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "minutes of one day, not negative"
    )]
    let minutes = minutes.min(1440.0) as u32;
    minutes
}

/// What was last shown to one visitor, and when it ends at the latest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Promise {
    /// By when, in milliseconds as in [`crate::Timestamp`].
    pub by_ms: i64,
}

/// The least by which a promise is put off. Source: QUEUEING §1.5.
const STEP_MIN: i64 = 5;

impl Promise {
    /// What to show at `now_ms`, and whether the promise is broken so that a reason must be given.
    ///
    /// A P90 that moves by less than five minutes stays where it is, so that the figure does not
    /// flutter; one that shrinks is kept, as good news.
    pub fn show(&mut self, wait: Wait, now_ms: i64) -> (Wait, bool) {
        let by_ms = now_ms + i64::from(wait.p90_min) * 60_000;
        let later_ms = by_ms - self.by_ms;
        let put_off = self.by_ms != 0 && later_ms >= STEP_MIN * 60_000;
        if self.by_ms == 0 || later_ms < 0 || put_off {
            self.by_ms = by_ms;
        }
        let left_min = (self.by_ms - now_ms).max(0).unsigned_abs().div_ceil(60_000);
        let left_min = u32::try_from(left_min).unwrap_or(u32::MAX);
        let p90_min = left_min.div_ceil(5).max(1) * 5;
        let shown = Wait {
            p50_min: wait.p50_min.min(p90_min),
            p90_min,
        };
        (shown, put_off)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_rounded_as_people_say_them() {
        let as_pair = |p50, p90| {
            let wait = shown(p50, p90);
            (wait.p50_min, wait.p90_min)
        };
        assert_eq!(as_pair(3.4, 7.1), (3, 10));
        assert_eq!(as_pair(13.0, 25.0), (15, 25));
        assert_eq!(as_pair(0.2, 0.4), (0, 5));
        assert_eq!(as_pair(18.0, 18.0), (20, 20));
    }

    #[test]
    fn a_promise_is_put_off_by_five_minutes_or_not_at_all() {
        let mut promise = Promise::default();
        let wait = |p90_min| Wait {
            p50_min: 10,
            p90_min,
        };
        assert_eq!(promise.show(wait(20), 60_000), (wait(20), false));
        let (shown, broken) = promise.show(wait(20), 4 * 60_000);
        assert_eq!(
            (shown.p90_min, broken),
            (20, false),
            "three minutes are no news"
        );
        let (shown, broken) = promise.show(wait(25), 6 * 60_000);
        assert_eq!((shown.p90_min, broken), (25, true));
        assert_eq!(promise.show(wait(10), 6 * 60_000), (wait(10), false));
    }
}

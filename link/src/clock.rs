//! The clock: the one file that reads it.
//!
//! A pretended clock stands still and is moved forward by hand, for tests and rehearsals. Beats,
//! sockets and timeouts keep real time all the same.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use hall::Timestamp;
use tokio::sync::watch;

/// Where the hall's time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    Real,
    /// A clock that only [`Clock::move_to`] moves.
    Pretend(Arc<watch::Sender<Timestamp>>),
    /// The machine's clock, shifted and running `speed` times as fast: for the demo.
    Fast {
        /// The hall's time when it began.
        from: Timestamp,
        /// The machine's time when it began.
        began: Timestamp,
        /// How many hall seconds go by in one.
        speed: u32,
    },
}

impl Clock {
    /// A pretended clock that stands at `now`.
    pub fn pretend(now: Timestamp) -> Self {
        Self::Pretend(Arc::new(watch::Sender::new(now)))
    }

    /// A clock that starts at `from` and runs `speed` times as fast as the machine's.
    pub fn fast(from: Timestamp, speed: u32) -> Self {
        Self::Fast {
            from,
            began: wall(),
            speed: speed.max(1),
        }
    }

    /// The hall's time.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Real => wall(),
            Self::Pretend(at) => *at.borrow(),
            Self::Fast { from, began, speed } => {
                Timestamp(from.0 + wall().since_ms(*began) * i64::from(*speed))
            }
        }
    }

    /// Whether screens must say that the clock is a pretended one.
    pub fn is_pretend(&self) -> bool {
        !matches!(self, Self::Real)
    }

    /// Hears of every move of a pretended clock; none when the clock runs by itself.
    pub fn moves(&self) -> Option<watch::Receiver<Timestamp>> {
        match self {
            Self::Pretend(now) => Some(now.subscribe()),
            Self::Real | Self::Fast { .. } => None,
        }
    }

    /// Whether [`Clock::move_to`] moves it.
    pub fn is_movable(&self) -> bool {
        matches!(self, Self::Pretend(_))
    }

    /// Moves a pretended clock forward; says whether it stands at `to` or later then.
    pub fn move_to(&self, to: Timestamp) -> bool {
        let Self::Pretend(at) = self else {
            return false;
        };
        at.send_if_modified(|now| {
            let forward = to > *now;
            *now = to.max(*now);
            forward
        });
        *at.borrow() >= to
    }

    /// Waits in real time until the hall's time is `until`; a pretended clock is waited for.
    pub async fn wait_until(&self, until: Timestamp) {
        if let Self::Pretend(at) = self {
            let mut changes = at.subscribe();
            // The sender lives as long as this clock, so the wait cannot fail.
            let _ = changes.wait_for(|now| *now >= until).await;
            return;
        }
        let speed = if let Self::Fast { speed, .. } = self {
            *speed
        } else {
            1
        };
        while self.now() < until {
            let left_ms = until.since_ms(self.now()) / i64::from(speed) + 1;
            // At most a minute at a time, so that a stepped clock is noticed.
            let nap = Duration::from_millis(u64::try_from(left_ms).unwrap_or(0).min(60_000));
            tokio::time::sleep(nap).await;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
fn wall() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The machine's time, for expiry of sessions and tokens and for device ledgers.
pub fn machine_now() -> Timestamp {
    wall()
}

/// Milliseconds since this program began, on a clock that never goes back.
pub fn monotonic_ms() -> i64 {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let began = *BEGAN.get_or_init(monotonic_now);
    i64::try_from(monotonic_now().duration_since(began).as_millis()).unwrap_or(i64::MAX)
}

/// A moment of a clock that never goes back, for lengths.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
pub fn monotonic_now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pretended_clock_stands_still_and_only_goes_forward() {
        let clock = Clock::pretend(Timestamp(1000));
        assert!(clock.move_to(Timestamp(2000)));
        assert!(clock.move_to(Timestamp(1500)));
        assert_eq!(clock.now(), Timestamp(2000));
    }
}

//! Three seconds between two numbers at one page: a finger that trembles takes one number.

use std::sync::Arc;
use std::time::{Duration, Instant};

use link::clock;
use tokio::sync::watch;

/// The least time between two numbers. **Source**: API.md, Limits.
const GAP: Duration = Duration::from_secs(3);

/// When the last number was taken, and for which intent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard(Arc<watch::Sender<Option<(Instant, String)>>>);

impl Guard {
    /// Whether a number may be taken now; the same intent always may.
    pub(crate) fn admit(&self, intent: &str) -> bool {
        let now = clock::monotonic_now();
        let mut admitted = false;
        self.0.send_modify(|last| {
            let too_soon = last
                .as_ref()
                .is_some_and(|(at, known)| known != intent && now.duration_since(*at) < GAP);
            admitted = !too_soon;
            let is_new = last.as_ref().is_none_or(|(_, known)| known != intent);
            if admitted && is_new {
                *last = Some((now, intent.to_owned()));
            }
        });
        admitted
    }

    /// No number came of an intent, so the next one need not wait.
    pub(crate) fn forget(&self, intent: &str) {
        self.0.send_modify(|last| {
            if last.as_ref().is_some_and(|(_, known)| known == intent) {
                *last = None;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_number_within_three_seconds_waits_and_the_same_intent_does_not() {
        let guard = Guard::default();
        assert!(guard.admit("a"));
        assert!(guard.admit("a"));
        assert!(!guard.admit("b"));
        guard.forget("b");
        assert!(!guard.admit("b"));
        guard.forget("a");
        assert!(guard.admit("b"));
    }
}

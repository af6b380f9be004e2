//! Passwords: argon2id off the async threads, and a growing wait after failures.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use link::clock;
use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;

/// Hashes at once. Ours: each takes 19 MiB; a crowd at the door must not take the memory.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// Failures before the wait begins. **Source**: RELIABILITY S03.
const FREE_FAILURES: u32 = 5;
/// The longest wait. **Source**: RELIABILITY S03.
const WAIT_MAX: Duration = Duration::from_mins(30);
/// Accounts and sources remembered. Ours.
const REMEMBERED: usize = 10_000;

/// The argon2id hash of a password, as text.
///
/// # Panics
///
/// When the operating system gives no randomness.
pub(crate) async fn hash_password(password: String) -> String {
    let _permit = AT_ONCE
        .acquire()
        .await
        .expect("the semaphore is never closed");
    let hashed = spawn_blocking(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.expect("argon2 takes every password of our length")
            .to_string()
    });
    hashed.await.expect("hashing does not panic")
}

/// Whether the password fits the hash; takes as long when there is no hash.
///
/// # Panics
///
/// When the blocking thread cannot be joined.
pub(crate) async fn is_password(password: String, hash: Option<String>) -> bool {
    let _permit = AT_ONCE
        .acquire()
        .await
        .expect("the semaphore is never closed");
    let checked = spawn_blocking(move || {
        let Some(hash) = hash else {
            // The same work for a name that nobody has.
            let _ = Argon2::default().hash_password(password.as_bytes());
            return false;
        };
        PasswordHash::new(&hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        })
    });
    checked.await.expect("checking does not panic")
}

/// Failed sign-ins by account and by source; the wait doubles from a minute on.
#[derive(Debug, Clone, Default)]
pub struct Lockout(Arc<watch::Sender<BTreeMap<String, Failures>>>);

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Lockout {
    /// Seconds that the account or source must still wait; none when it may try.
    pub fn wait_s(&self, who: &str) -> Option<u64> {
        let failures = *self.0.borrow().get(who)?;
        let doublings = failures.count.checked_sub(FREE_FAILURES)?;
        let wait = Duration::from_secs(60 << doublings.min(10)).min(WAIT_MAX);
        let passed = clock::monotonic_now().duration_since(failures.last);
        wait.checked_sub(passed).map(|left| left.as_secs() + 1)
    }

    /// Counts a failure.
    pub fn failed(&self, who: &str) {
        let last = clock::monotonic_now();
        self.0.send_modify(|known| {
            if known.len() >= REMEMBERED {
                known.retain(|_, f| last.duration_since(f.last) < WAIT_MAX);
            }
            let failures = known
                .entry(who.to_owned())
                .or_insert(Failures { count: 0, last });
            failures.count += 1;
            failures.last = last;
        });
    }

    /// Forgets the failures of an account that signed in.
    pub fn succeeded(&self, who: &str) {
        self.0.send_modify(|known| {
            known.remove(who);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_alone() {
        let hash = hash_password("correct horse battery".into()).await;
        assert!(hash.starts_with("$argon2id$"));
        assert!(is_password("correct horse battery".into(), Some(hash.clone())).await);
        assert!(!is_password("wrong".into(), Some(hash)).await);
        assert!(!is_password("anything".into(), None).await);
    }

    #[test]
    fn five_failures_lock_the_account_and_not_its_neighbour() {
        let lockout = Lockout::default();
        for _ in 0..5 {
            assert_eq!(lockout.wait_s("c01"), None);
            lockout.failed("c01");
        }
        assert!(lockout.wait_s("c01").is_some());
        assert_eq!(lockout.wait_s("c02"), None);
        lockout.succeeded("c01");
        assert_eq!(lockout.wait_s("c01"), None);
    }
}

//! How many requests a token may send. **Source**: API.md, Limits.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::http::problem::Problem;

/// A bucket of requests for every token, and for every address without one.
#[derive(Debug, Clone)]
pub struct Limits(Option<Arc<DefaultKeyedRateLimiter<String>>>);

impl Limits {
    /// `per_second` requests for each, twice that in a burst; 0 is no limit.
    pub fn new(per_second: u32) -> Self {
        let quota = NonZeroU32::new(per_second).map(|rate| {
            let burst = rate.saturating_mul(NonZeroU32::new(2).unwrap_or(rate));
            Quota::per_second(rate).allow_burst(burst)
        });
        Self(quota.map(|quota| Arc::new(RateLimiter::keyed(quota))))
    }

    /// Counts one request.
    ///
    /// # Errors
    ///
    /// 429 when the bucket is empty.
    pub fn admit(&self, key: &String) -> Result<(), Problem> {
        match &self.0 {
            Some(limiter) => limiter.check_key(key).map_err(|_| Problem::slow_down()),
            None => Ok(()),
        }
    }

    /// Drops the buckets that are full again, so that memory stays flat.
    pub fn sweep(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
        }
    }
}

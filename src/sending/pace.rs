//! How fast mail goes out: in all, and to each recipient domain.

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;

/// Messages per second; none is as fast as the server takes them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    pub in_all: Option<NonZeroU32>,
    pub per_domain: Option<NonZeroU32>,
}

/// The pace at work.
pub struct Limits {
    in_all: Option<DefaultDirectRateLimiter>,
    per_domain: Option<DefaultKeyedRateLimiter<String>>,
    clock: DefaultClock,
}

impl Limits {
    /// No bursts: one message at a time, evenly.
    pub fn new(pace: Pace) -> Self {
        let quota = |n| Quota::per_second(n).allow_burst(NonZeroU32::MIN);
        Self {
            in_all: pace.in_all.map(|n| RateLimiter::direct(quota(n))),
            per_domain: pace.per_domain.map(|n| RateLimiter::keyed(quota(n))),
            clock: DefaultClock::default(),
        }
    }

    pub fn any(&self) -> bool {
        self.in_all.is_some() || self.per_domain.is_some()
    }

    /// Takes a place for a domain, or says how long to wait for the next.
    pub fn domain(&self, domain: &str) -> Result<(), Duration> {
        let Some(limiter) = &self.per_domain else { return Ok(()) };
        // Domains not written to lately need not be remembered.
        if limiter.len() > 10_000 {
            limiter.retain_recent();
        }
        let key = domain.to_lowercase();
        limiter.check_key(&key).map_err(|until| until.wait_time_from(self.clock.now()))
    }

    /// Waits for a place among all.
    pub async fn wait(&self) {
        if let Some(limiter) = &self.in_all {
            while let Err(until) = limiter.check() {
                tokio::time::sleep(until.wait_time_from(self.clock.now())).await;
            }
        }
    }
}

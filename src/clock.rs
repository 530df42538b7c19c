//! The only door to today's date, the time of day and the system's randomness.
//!
//! No output may depend on the wall clock: files under `out` use `--as-of`, by default the
//! wave's mail date. Only the terminal and the ledger may ask here (`clippy.toml` bans every
//! other way to the clock).

use jiff::{Timestamp, Zoned, civil::Date};
use ring::rand::{SecureRandom, SystemRandom};
use std::io;

/// Today in the machine's own time zone; for the terminal only.
#[allow(clippy::disallowed_methods)]
pub fn today() -> Date {
    Zoned::now().date()
}

/// The instant, for the ledger's events only.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A new secret for an incident folder. Kept there, it is an input like any other.
///
/// # Errors
/// The system gives no randomness.
pub fn secret() -> io::Result<[u8; 32]> {
    let mut secret = [0; 32];
    let filled = SystemRandom::new().fill(&mut secret);
    filled.map_err(|_| io::Error::other("the system gives no randomness"))?;
    Ok(secret)
}

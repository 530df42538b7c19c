//! The only door to today's date and the time of day.
//!
//! No output may depend on the wall clock: files under `out` use `--as-of`, by default the
//! wave's mail date. Only the terminal and the ledger may ask here (`clippy.toml` bans every
//! other way to the clock).

use jiff::{Timestamp, Zoned, civil::Date};

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

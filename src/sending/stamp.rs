//! What a message gets at the door: the date, and the sender's signature.

use super::dkim::{Dkim, DkimError};
use crate::clock;
use jiff::tz::TimeZone;

/// Adds what is outside the seal.
pub struct Stamp {
    /// One signature of each key.
    pub keys: Vec<Dkim>,
}

impl Stamp {
    /// The message as it goes out: `Date` and signatures before what was sealed.
    ///
    /// # Errors
    /// A key that makes no signature.
    pub fn put_on(&self, sealed: &[u8]) -> Result<Vec<u8>, DkimError> {
        let now = clock::now();
        let date = jiff::fmt::rfc2822::to_string(&now.to_zoned(TimeZone::UTC));
        // Only years beyond 9999 cannot be written.
        let date = date.unwrap_or_default();
        let mut dated = Vec::with_capacity(sealed.len() + 64);
        dated.extend_from_slice(format!("Date: {date}\r\n").as_bytes());
        dated.extend_from_slice(sealed);
        let mut out = Vec::with_capacity(dated.len() + 700 * self.keys.len());
        for key in &self.keys {
            out.extend_from_slice(key.sign(&dated, now.as_second())?.as_bytes());
        }
        out.extend_from_slice(&dated);
        Ok(out)
    }
}

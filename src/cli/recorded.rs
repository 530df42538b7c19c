//! What is on record of approvals and postings, as several commands tell it.

use crate::matter::ask::status::{Approved, NoticeStatus, Signature};
use crate::tables::words::{count, long_date};
use std::fmt::Write as _;

impl NoticeStatus {
    /// A line for people.
    pub fn tell(&self, text: &mut String) {
        let (posted, until) = (long_date(self.posted_on), long_date(self.stays_until));
        let _ = write!(text, "  {}: posted on {posted}, ", self.notice);
        match self.taken_down_on {
            None => text.push_str("must stay "),
            Some(day) => {
                let _ = write!(text, "taken down on {}, had to stay ", long_date(day));
            }
        }
        let _ = write!(text, "until {until}");
        if self.days_short > 0 {
            let days = count(u64::from(self.days_short.unsigned_abs()), "day", "days");
            let _ = write!(text, ": {days} SHORT");
        }
        text.push('\n');
    }
}

impl Approved {
    /// `A. Counsel, General Counsel, 2026-09-10T14:02:11Z, signed with the Ed25519 key ...`
    pub fn text(&self) -> String {
        let mut text = self.by.clone();
        if let Some(at) = self.at {
            text.push_str(&format!(", {at:.0}"));
        }
        if let Some(Signature { kind, key_sha256, .. }) = &self.signed {
            text.push_str(&format!(", signed with the {kind} key of SHA-256 {key_sha256}"));
        }
        for wrong in &self.wrong {
            text.push_str(&format!("; WRONG: {wrong}"));
        }
        text
    }
}

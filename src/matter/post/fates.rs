//! What the ledger knows of single pieces, and where each letter of a seal stands.

use crate::ledger::event::Event;
use crate::ledger::{Ledger, MessageState, What};
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What became of a letter after it was posted.
#[derive(Default)]
pub struct LetterFate {
    pub returned: String,
    pub reason: String,
    pub remailed: String,
    pub evidence: BTreeSet<(String, String)>,
}

/// What became of an e-mail.
#[derive(Default)]
pub struct EmailFate {
    pub accepted: String,
    pub bounced: String,
    pub reason: String,
    pub evidence: BTreeSet<(String, String)>,
}

/// All that is recorded of single pieces: memory grows with what came back, and with e-mails.
#[derive(Default)]
pub struct Fates {
    pub letters: HashMap<String, LetterFate>,
    pub emails: HashMap<String, EmailFate>,
    /// The first day of a substitute notice, by covered entity; one for all under no id.
    posted: BTreeMap<String, String>,
}

impl Fates {
    /// # Errors
    /// The ledger cannot be read.
    pub fn read(ledger: &Ledger) -> Result<Self, Refusal> {
        let mut fates = Self::default();
        for message in ledger.messages(None, &MessageState::ALL).map_err(ledger_stop)? {
            let mut fate = EmailFate::default();
            // Of one that came back the day of the last step is not that on which it was taken.
            if let (MessageState::Accepted, Ok(at)) =
                (message.state, Timestamp::from_microsecond(message.at))
            {
                fate.accepted = day(at);
            }
            fates.emails.insert(message.piece, fate);
        }
        for recorded in ledger.events().map_err(ledger_stop)? {
            match recorded.event {
                Event::Confirmed(of) => {
                    let shown = (of.evidence.name, of.evidence.sha256);
                    for piece in of.pieces {
                        let fate = fates.letters.entry(piece).or_default();
                        match of.what {
                            What::Returned => {
                                fate.returned = of.on.to_string();
                                fate.reason = of.reason.clone().unwrap_or_default();
                                fate.remailed.clear();
                            }
                            What::Remailed => fate.remailed = of.on.to_string(),
                            What::Posted => {}
                        }
                        fate.evidence.insert(shown.clone());
                    }
                }
                Event::EmailBounced(of) => {
                    if let Some(fate) = fates.emails.get_mut(&of.piece) {
                        if of.is_lost() {
                            fate.bounced = day(recorded.at);
                            fate.reason = of.class.unwrap_or_default();
                        }
                        let message = of.evidence.map(|sha256| ("message".to_owned(), sha256));
                        fate.evidence.extend(message);
                    }
                }
                Event::NoticePosted(of) => {
                    if let Some(on) = of.posted {
                        let entity = of.entity.unwrap_or_default();
                        fates.posted.entry(entity).or_insert_with(|| on.to_string());
                    }
                }
                _ => {}
            }
        }
        Ok(fates)
    }

    /// The first day of a covered entity's substitute notice; empty if none is recorded.
    pub fn substitute(&self, entity: &str) -> String {
        let own = self.posted.get(entity).or_else(|| self.posted.get(""));
        own.cloned().unwrap_or_default()
    }
}

fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).date().to_string()
}

/// Where letters stand, sixteen bytes each: the sixty bits of a reference, its batch, its version.
#[derive(Default)]
pub struct Numbers {
    all: Vec<(u64, u32, u32)>,
}

impl Numbers {
    pub fn add(&mut self, piece: &str, batch: u32) {
        self.all.push((bits(piece), batch, 0));
    }

    pub fn sort(&mut self) {
        self.all.sort_unstable();
    }

    /// Batch, and version from 1.
    pub fn find(&self, piece: &str) -> Option<(u32, u32)> {
        let at = self.all.binary_search_by_key(&bits(piece), |(piece, ..)| *piece).ok()?;
        let (_, batch, version) = self.all[at];
        Some((batch, version))
    }

    pub fn version(&mut self, piece: &str, version: u32) {
        if let Ok(at) = self.all.binary_search_by_key(&bits(piece), |(piece, ..)| *piece) {
            self.all[at].2 = version;
        }
    }
}

/// A reference's digits as a number: no two references have the same.
fn bits(piece: &str) -> u64 {
    let digits = piece.bytes().skip(3).filter(u8::is_ascii_alphanumeric);
    digits.fold(0, |sum, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'A'..=b'H' => digit - b'A' + 10,
            b'J' | b'K' => digit - b'J' + 18,
            b'M' | b'N' => digit - b'M' + 20,
            b'P'..=b'T' => digit - b'P' + 22,
            other => other.wrapping_sub(b'V').wrapping_add(27),
        };
        sum << 5 | u64::from(value & 31)
    })
}

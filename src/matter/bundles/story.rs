//! What happened, from the ledger's events, in words that name nobody.

use crate::ledger::event::{Confirmed, Event};
use crate::ledger::{Ledger, Recorded, What};
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use crate::tables::words::{count, long_date, thousands};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The events of an incident.
pub struct BundleStory {
    pub events: Vec<Recorded>,
}

/// One thing that happened, for a reader outside.
pub struct BundleChapter {
    pub at: String,
    pub wave: String,
    pub what: String,
}

impl BundleStory {
    /// # Errors
    /// The ledger, or one of its events, cannot be read.
    pub fn read(ledger: &Ledger) -> Result<Self, Refusal> {
        Ok(Self { events: ledger.events().map_err(ledger_stop)? })
    }

    /// Approvals, printings and mailings, in order. Who approved is counsel's to say; what the
    /// house did among itself stays there.
    pub fn chapters(&self) -> Vec<BundleChapter> {
        let mut chapters: Vec<BundleChapter> = Vec::new();
        let mut printed: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
        for Recorded { at, event, .. } in &self.events {
            let at = at.to_zoned(TimeZone::UTC).date().to_string();
            if let Event::Printed(batch) = event {
                let entry = printed.entry((at, batch.wave.clone())).or_default();
                entry.0 += 1;
                entry.1 += batch.pieces;
                continue;
            }
            tell_printed(&mut printed, &mut chapters);
            let (wave, what) = match event {
                Event::Approved(of) => {
                    let what = match of.letters {
                        None => {
                            format!("Another person approved what is sealed under root {}", of.root)
                        }
                        Some(letters) => format!(
                            "The wording of {} and {} was approved and sealed under root {}",
                            count(letters, "letter", "letters"),
                            count(of.emails.unwrap_or(0), "e-mail", "e-mails"),
                            of.root
                        ),
                    };
                    (of.wave.clone(), what)
                }
                Event::Confirmed(of) => (of.wave.clone(), confirmed(of)),
                Event::Purged(_) => {
                    let what = "Personal data was removed after the period of retention";
                    (String::new(), what.to_owned())
                }
                _ => continue,
            };
            chapters.push(BundleChapter { at, wave, what });
        }
        tell_printed(&mut printed, &mut chapters);
        chapters
    }

    /// Batch -> the day on which it was posted, by wave and seal; the last that was recorded.
    pub fn posted(&self) -> BTreeMap<(String, u64, u64), String> {
        let mut posted = BTreeMap::new();
        for recorded in &self.events {
            let Event::Confirmed(of) = &recorded.event else { continue };
            if of.what != What::Posted {
                continue;
            }
            for batch in &of.batches {
                let key = (of.wave.clone(), u64::from(of.seal), u64::from(*batch));
                posted.insert(key, of.on.to_string());
            }
        }
        posted
    }
}

fn tell_printed(printed: &mut BTreeMap<(String, String), (u64, u64)>, to: &mut Vec<BundleChapter>) {
    for ((at, wave), (batches, letters)) in std::mem::take(printed) {
        let (batches, letters) =
            (count(batches, "batch", "batches"), count(letters, "letter", "letters"));
        to.push(BundleChapter { at, wave, what: format!("{letters} were printed in {batches}") });
    }
}

fn confirmed(of: &Confirmed) -> String {
    let what = match of.batches.len() as u64 {
        0 => count(of.pieces.len() as u64, "letter", "letters"),
        batches => {
            let list: Vec<String> =
                of.batches.iter().map(|batch| thousands(u64::from(*batch))).collect();
            let noun = if batches == 1 { "Batch" } else { "Batches" };
            format!("{noun} {}", list.join(", "))
        }
    };
    let done = match of.what {
        What::Returned => "came back",
        What::Remailed => "went to another address",
        What::Posted => "went to the Postal Service",
    };
    let on = long_date(of.on);
    format!("{what} {done} on {on}; the evidence has the digest {}", of.evidence.sha256)
}

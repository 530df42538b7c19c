//! Who was written to in the waves before the one at hand, as the ledger has it.

use super::exit::{Doing, Stop};
use super::matter::Matter;
use crate::finding::Findings;
use crate::incident::WaveKind;
use crate::ledger::Ledger;
use crate::plan::Outcome;
use crate::roster::{self, EarlierWave, RowSet};
use std::io;

/// The waves mailed before this one with the rows that got a letter or an e-mail. A remailing or
/// a correction writes to people again on purpose and looks at none.
///
/// # Errors
/// The ledger cannot be read.
pub fn earlier(matter: &Matter, findings: &mut Findings) -> Result<Vec<EarlierWave>, Stop> {
    let wave = matter.wave();
    if matches!(wave.kind, WaveKind::Remail | WaveKind::Correction) {
        return Ok(Vec::new());
    }
    let before = matter.incident.waves.iter().filter(|w| *w.mail_on < *wave.mail_on);
    let before: Vec<_> = before.collect();
    if before.is_empty() {
        return Ok(Vec::new());
    }
    let doing = || "read `ledger.sqlite`".to_owned();
    let ledger = Ledger::look(&matter.folder).map_err(io::Error::other).doing(doing)?;
    let mut earlier = Vec::new();
    for wave in before {
        let mut told = RowSet::default();
        let mut add = |row, outcome: &str| {
            let written = Outcome::ALL.iter().filter(|o| o.mails() || o.emails());
            if written.into_iter().any(|o| o.label() == outcome) {
                told.insert(row);
            }
        };
        let rows = match &ledger {
            Some(ledger) => ledger.each_outcome(&wave.id, &mut add),
            None => Ok(None),
        };
        match rows.map_err(io::Error::other).doing(doing)? {
            Some(rows) => earlier.push(EarlierWave { id: wave.id.clone(), rows, told }),
            None => findings.push(roster::not_recorded(&wave.id)),
        }
    }
    Ok(earlier)
}

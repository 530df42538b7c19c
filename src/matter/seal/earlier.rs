//! The valid seals of an incident and where they lie.

use crate::folder::{IncidentFolder, SealFiles, seal_name};
use crate::ledger::{Ledger, SealRecord, SealState};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use std::collections::BTreeMap;

/// One valid seal of a wave.
pub struct Seal {
    pub record: SealRecord,
    pub files: SealFiles,
}

impl Seal {
    /// `w1-1`
    pub fn name(&self) -> String {
        seal_name(&self.record.wave, self.record.number)
    }

    /// The digests of the batches printed under it.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn printed(&self, ledger: &Ledger) -> Result<BTreeMap<String, String>, Refusal> {
        let printed = ledger.printed(self.record.id).map_err(ledger_stop)?;
        let batch = |file: &str| file.trim_end_matches(".pdf").to_owned();
        Ok(printed.into_iter().map(|p| (batch(&p.file), p.sha256)).collect())
    }
}

/// A wave's valid seals, the first first.
///
/// # Errors
/// The ledger cannot be read.
pub fn of_wave(matter: &Matter, ledger: &Ledger, wave: &str) -> Result<Vec<Seal>, Refusal> {
    let records = ledger.seals(wave).map_err(ledger_stop)?;
    let valid = records.into_iter().filter(|record| record.state == SealState::Valid);
    let place = |record: SealRecord| Seal {
        files: IncidentFolder(&matter.folder).seal(&seal_name(&record.wave, record.number)),
        record,
    };
    Ok(valid.map(place).collect())
}

/// The valid seals of every wave.
///
/// # Errors
/// The ledger cannot be read.
pub fn all(matter: &Matter, ledger: &Ledger) -> Result<Vec<Seal>, Refusal> {
    let mut seals = Vec::new();
    for wave in &matter.incident.waves {
        seals.extend(of_wave(matter, ledger, &wave.id)?);
    }
    Ok(seals)
}

//! Who was counted as what, from the spool and the ledger; the roster is not read again.

use crate::ledger::Ledger;
use crate::letters::{VersionStates, Writer, count_letter};
use crate::matter::open::Matter;
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::{Doing, Refusal};
use crate::plan::{Cube, Outcome};
use crate::roster::{Person, Spool};
use std::io;

/// The people of a wave with the outcome recorded for each.
pub struct Recorded {
    pub spool: Spool,
    pub cube: Cube,
    /// By row: one more than the index into [`Outcome::ALL`]; a byte a row.
    outcomes: Vec<u8>,
}

impl Recorded {
    /// # Errors
    /// A spool that is missing, altered or of another count than the ledger's.
    pub fn read(matter: &Matter, ledger: &Ledger) -> Result<Self, Refusal> {
        let wave = &matter.wave().id;
        let spool = Spool::open(&matter.folder, wave).map_err(spool_stop)?;
        spool.fits(&matter.incident).map_err(spool_stop)?;
        let mut outcomes: Vec<u8> = Vec::new();
        let mut each = |row: u64, label: &str| {
            let at = Outcome::ALL.iter().position(|o| o.label() == label);
            let row = row as usize;
            if outcomes.len() <= row {
                outcomes.resize(row + 1, 0);
            }
            outcomes[row] = at.map_or(0, |at| at as u8 + 1);
        };
        let rows = ledger.each_outcome(wave, &mut each).map_err(io::Error::other);
        let rows = rows.doing(|| "read `ledger.sqlite`".into())?;
        if rows != Some(spool.info().rows) {
            return Err(Refusal::one(
                code!("export.not_recorded"),
                format!("the ledger and the spool of wave `{wave}` have other rows"),
                "run `noticeworks run` again, then export",
            ));
        }
        let mut recorded = Self { spool, cube: Cube::default(), outcomes };
        let mut cube = Cube::default();
        recorded.each(|person, outcome| {
            cube.add(person, outcome);
            Ok(())
        })?;
        recorded.cube = cube;
        Ok(recorded)
    }

    /// Everybody with their outcome, in spool order.
    ///
    /// # Errors
    /// The spool, or what `each` gives.
    pub fn each(
        &self,
        mut each: impl FnMut(&Person, Outcome) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        for person in self.spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            let known = self.outcomes.get(person.row as usize).copied().unwrap_or(0);
            let outcome = Outcome::ALL.get(usize::from(known).wrapping_sub(1));
            each(&person, *outcome.unwrap_or(&Outcome::Held))?;
        }
        Ok(())
    }

    /// Letters by version and jurisdiction.
    ///
    /// # Errors
    /// The spool.
    pub fn versions(&self, writer: &Writer<'_>) -> Result<VersionStates, Refusal> {
        let mut states = VersionStates::new();
        self.each(|person, outcome| {
            if outcome.mails() {
                count_letter(&mut states, &writer.version(person), &person.jurisdiction);
            }
            Ok(())
        })?;
        Ok(states)
    }
}

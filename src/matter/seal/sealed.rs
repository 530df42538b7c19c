//! A wave's valid seals, and the incident as it was sealed.

use crate::approve::{Inputs, SealError, SealFolder, sha256};
use crate::folder::{IncidentFolder, SPOOL, SealFiles};
use crate::ledger::{Ledger, LedgerError, SealRecord, SealState};
use crate::matter::open::Matter;
use crate::matter::open::Selection;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::statement_of_folder::file_digest;
use std::io;

/// One valid seal, proved against the ledger.
pub struct Sealed {
    pub record: SealRecord,
    pub folder: SealFolder,
}

impl Sealed {
    /// The wave's valid seals, the first first.
    ///
    /// # Errors
    /// Refused if a seal is not what the ledger recorded.
    pub fn all(matter: &Matter, ledger: &Ledger) -> Result<Vec<Self>, Refusal> {
        let wave = &matter.wave().id;
        let records = ledger.seals(wave).map_err(ledger_stop)?;
        let valid = records.into_iter().filter(|record| record.state == SealState::Valid);
        valid.map(|record| Self::open(matter, record)).collect()
    }

    /// Opens one seal.
    ///
    /// # Errors
    /// Refused if it is not what the ledger recorded.
    pub fn open(matter: &Matter, record: SealRecord) -> Result<Self, Refusal> {
        let folder = SealFolder::open(&matter.folder, &record.wave, record.number, &record.root)
            .map_err(seal_stop)?;
        Ok(Self { record, folder })
    }

    /// The incident as it was sealed, its products going where the live one's go.
    ///
    /// # Errors
    /// Refused if a sealed input is not what was approved.
    pub fn matter(&self, live: &Matter) -> Result<Matter, Refusal> {
        let statement = &self.folder.statement;
        let inputs = self.folder.inputs();
        let selection = Selection {
            incident: inputs.clone(),
            out: None,
            wave: Some(statement.wave.clone()),
            law: statement.own_law.then(|| self.folder.law()),
        };
        let mut matter = Matter::open_sealed(&selection, live)?;
        matter.came_back = Some(statement.came_back.clone());
        let now = Inputs::collect(&inputs, &matter.incident, matter.wave())
            .doing(|| "read the sealed inputs".into())?;
        let altered = now.inputs.iter().zip(&statement.inputs).find(|(a, b)| a != b);
        if let Some((input, _)) = altered {
            return Err(altered_input(&input.name));
        }
        if now.inputs.len() != statement.inputs.len() {
            return Err(altered_input(SealFiles::INPUTS));
        }
        let law = format!("{} ({})", matter.pack.version(), matter.pack.digest());
        if law != statement.law_pack && statement.own_law {
            return Err(altered_input(SealFiles::LAW));
        }
        let spool = IncidentFolder(&inputs).spool(&statement.wave);
        let digest = file_digest(&spool.csv())?.unwrap_or_default();
        if digest != statement.spool.csv {
            return Err(altered_input(SPOOL));
        }
        let about = std::fs::read(spool.about()).unwrap_or_default();
        if sha256(&about) != statement.spool.toml {
            return Err(altered_input(SPOOL));
        }
        let given = file_digest(&spool.given())?.unwrap_or_default();
        if given != statement.spool.given {
            return Err(altered_input("spool"));
        }
        Ok(matter)
    }
}

fn altered_input(name: &str) -> Refusal {
    Refusal::refused(
        code!("seal.altered"),
        format!("the sealed copy of `{name}` is not what was approved"),
        "restore the folder `sealed` from a backup, or approve the wave anew",
    )
}

/// What is wrong with a seal, with the way out.
pub fn seal_stop(error: SealError) -> Refusal {
    match error {
        SealError::Io { path, source } => {
            Refusal::Io { what: format!("read `{}`", path.display()), error: source }
        }
        SealError::Altered(_) => Refusal::refused(
            code!("seal.altered"),
            error.to_string(),
            "restore the folder `sealed` from a backup, or approve the wave anew",
        ),
    }
}

/// The ledger cannot be used.
pub fn ledger_stop(error: LedgerError) -> Refusal {
    if let LedgerError::ClockSetBack { .. } = error {
        let remedy = "set this machine's clock right, then run the command again; if it is right and was ahead before, run `noticeworks claim --clock`";
        return Refusal::refused(code!("ledger.clock"), error.to_string(), remedy);
    }
    if matches!(
        error,
        LedgerError::BrokenChain(_) | LedgerError::Altered(_) | LedgerError::UnreadableEvent { .. }
    ) {
        return Refusal::refused(code!("ledger.altered"), error.to_string(), ALTERED);
    }
    if error.is_damage() {
        let message = "`ledger.sqlite` is damaged and cannot be read";
        return Refusal::refused(code!("ledger.altered"), message, ALTERED);
    }
    Refusal::Io { what: "work with `ledger.sqlite`".into(), error: io::Error::other(error) }
}

/// What to do about a ledger that is not what was written.
pub const ALTERED: &str = "keep this file as it is and find out who changed it; put a backup of `ledger.sqlite` in its place, or only move it away if there is none, and run `noticeworks claim`";

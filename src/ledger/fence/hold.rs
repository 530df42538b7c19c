//! The right to send while a command has it, and what is remembered outside the folder for it.

use super::{Fence, Fenced};
use crate::ledger::Ledger;
use crate::ledger::mark::{Mark, StartedAt, WaveMark, add_sent, sent_elsewhere, sent_here};
use sha2::{Digest, Sha256};
use std::fs::File;

/// The right to send, held by one command at a time.
pub struct Hold {
    pub(super) fence: Fence,
    pub(super) ledger_id: String,
    pub(super) generation: u64,
    /// E-mails in doubt because an older state was claimed.
    pub(super) doubtful: Option<u64>,
    pub(super) _lock: File,
}

impl Hold {
    /// How many e-mails are in doubt because the claimed ledger is an older state; none if it is
    /// not.
    pub fn doubtful(&self) -> Option<u64> {
        self.doubtful
    }

    /// Remembers outside the folder how far the ledger got. For the end of a command, and
    /// whenever something cannot be taken back.
    ///
    /// # Errors
    /// I/O.
    pub fn remember(&self, ledger: &Ledger) -> Result<(), Fenced> {
        let (event, hash) = ledger.head()?.unwrap_or_default();
        let clock = StartedAt::now();
        let mark = Mark { generation: self.generation, event, hash, clock };
        let path = Mark::path(&self.fence.marks, &self.ledger_id);
        mark.write(&path).map_err(|source| Fenced::Io { path, source })
    }

    /// Remembers outside the folder that the waves at hand are approved under this ledger.
    ///
    /// # Errors
    /// I/O.
    pub fn remember_waves(&self) -> Result<(), Fenced> {
        let Fence { marks, waves, .. } = &self.fence;
        let mark = WaveMark { ledger: self.ledger_id.clone(), path: self.fence.path() };
        for wave in waves {
            let io = |source| Fenced::Io { path: marks.clone(), source };
            mark.write(marks, wave).map_err(io)?;
        }
        Ok(())
    }

    /// Remembers outside the folder which pieces of a wave are about to be sent, by their ids: if
    /// the ledger is lost, they are in doubt.
    ///
    /// # Errors
    /// I/O.
    pub fn remember_sent(
        &self,
        incident: &str,
        wave: &str,
        pieces: &[String],
    ) -> Result<(), Fenced> {
        let wave = wave_name(incident, wave);
        add_sent(&self.fence.marks, &wave, &self.ledger_id, pieces)
            .map_err(|source| Fenced::Io { path: self.fence.marks.clone(), source })
    }

    /// The pieces of a wave that this ledger sent or was about to send, as remembered outside.
    ///
    /// # Errors
    /// I/O.
    pub fn sent_here(&self, incident: &str, wave: &str) -> Result<Vec<String>, Fenced> {
        sent_here(&self.fence.marks, &wave_name(incident, wave), &self.ledger_id)
            .map_err(|source| Fenced::Io { path: self.fence.marks.clone(), source })
    }

    /// The pieces of a wave that a lost ledger may have sent.
    ///
    /// # Errors
    /// I/O.
    pub fn sent_elsewhere(&self, incident: &str, wave: &str) -> Result<Vec<String>, Fenced> {
        sent_elsewhere(&self.fence.marks, &wave_name(incident, wave), &self.ledger_id)
            .map_err(|source| Fenced::Io { path: self.fence.marks.clone(), source })
    }

    /// The ledger's identity.
    pub fn ledger(&self) -> &str {
        &self.ledger_id
    }
}

/// A wave as marks name it: nothing of the incident shows outside its folder.
pub(super) fn wave_name(incident: &str, wave: &str) -> String {
    let mut hash = Sha256::new();
    for part in [incident, wave] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    crate::files::hex(&hash.finalize()[..16])
}

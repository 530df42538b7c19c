//! The secret of an incident folder, under which the ledger's keys and the ids of pieces are made.
//!
//! It is an input like the roster: the same folder with the same secret makes the same bytes. It
//! is copied with the folder and destroyed by `purge`. Opening a folder makes none; the first
//! command that records outcomes keeps it.

use crate::clock;
use crate::files;
use crate::folder::{IncidentFolder, SECRET as SECRET_FILE};
use crate::ledger::{Ledger, LedgerError};
use crate::letters::piece_id;
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::tables::{Opaque, SECRET};
use serde::Serialize;
use std::io;
use std::ops::Deref;
use std::path::Path;

/// What the ledger says of its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Made under the folder's secret.
    Keyed,
    /// Nothing that binds is recorded yet; the next `check` makes keys under a secret.
    New,
    /// Sealed by a program that knew no secret: its keys stay for good.
    Unkeyed,
    /// Sealed under a secret that is not in the folder.
    Lost,
}

/// How this folder's records and pieces are named.
#[derive(Clone)]
pub struct Keys {
    opaque: Opaque,
    secret: Option<[u8; SECRET]>,
    pub scheme: Scheme,
}

impl Keys {
    /// Looks for the folder's secret and changes nothing. Where there is none, names are made
    /// under one that is thrown away, unless [`Keys::keep`] keeps it.
    ///
    /// # Errors
    /// A secret that cannot be read; no randomness.
    pub fn read(folder: &Path) -> Result<Self, Refusal> {
        let kept = secret_of(folder)?;
        let scheme = scheme(folder, kept.as_ref())?;
        if scheme == Scheme::Unkeyed {
            return Ok(Self { opaque: Opaque::unkeyed(), secret: None, scheme });
        }
        let secret = match kept {
            Some(secret) => secret,
            None => clock::secret().doing(|| "ask the system for randomness".into())?,
        };
        Ok(Self { opaque: Opaque::under(&secret), secret: Some(secret), scheme })
    }

    /// Records under which secret the ledger's keys are made, before the first of them.
    ///
    /// # Errors
    /// I/O; the ledger.
    pub fn keep(&self, folder: &Path, ledger: &mut Ledger) -> Result<(), LedgerError> {
        let Some(secret) = self.secret.filter(|_| self.scheme == Scheme::New) else {
            return Ok(());
        };
        let path = IncidentFolder(folder).secret();
        if !path.exists() {
            let failed = |source| LedgerError::Io { path: path.clone(), source };
            files::write(&path, &secret).map_err(failed)?;
        }
        ledger.keep_key_scheme(&Opaque::fingerprint(&secret))
    }

    /// Refuses where names made now are not those that were sealed.
    ///
    /// # Errors
    /// The secret is gone, or another.
    pub fn not_lost(&self) -> Result<(), Refusal> {
        match self.scheme {
            Scheme::Lost => Err(Refusal::refused(
                code!("keys.lost"),
                format!(
                    "`{SECRET_FILE}`, under which this folder's pieces were numbered, is gone or another"
                ),
                "put the file back from a backup of the incident folder",
            )),
            _ => Ok(()),
        }
    }

    /// Refuses where a later command would name records and pieces otherwise.
    ///
    /// # Errors
    /// As [`Keys::not_lost`]; no outcome was recorded under a secret yet.
    pub fn kept(&self) -> Result<(), Refusal> {
        self.not_lost()?;
        match self.scheme {
            Scheme::New => Err(Refusal::refused(
                code!("keys.none"),
                "no row of this folder is recorded under its secret yet",
                "run `noticeworks check` first",
            )),
            _ => Ok(()),
        }
    }

    pub fn opaque(&self) -> &Opaque {
        &self.opaque
    }

    /// For the proof, which numbers pieces with other code.
    pub fn secret(&self) -> Option<[u8; SECRET]> {
        self.secret
    }
}

fn secret_of(folder: &Path) -> Result<Option<[u8; SECRET]>, Refusal> {
    match std::fs::read(IncidentFolder(folder).secret()) {
        Ok(bytes) => match bytes.try_into() {
            Ok(secret) => Ok(Some(secret)),
            Err(bytes) => Err(Refusal::one(
                code!("keys.unreadable"),
                format!("`{SECRET_FILE}` has {} bytes and a secret has {SECRET}", Vec::len(&bytes)),
                "put the file back from a backup of the incident folder",
            )),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).doing(|| format!("read `{SECRET_FILE}`")),
    }
}

/// What the folder's ledger says. One that is damaged is told where something is done with it.
///
/// # Errors
/// The system could not read it.
pub fn scheme(folder: &Path, secret: Option<&[u8; SECRET]>) -> Result<Scheme, Refusal> {
    let recorded = Ledger::look(folder).and_then(|ledger| match ledger {
        Some(ledger) => Ok((ledger.key_scheme()?, ledger.has_seal()?)),
        None => Ok((None, false)),
    });
    let recorded = match recorded {
        Err(error) if error.is_of_system() => return Err(ledger_stop(error)),
        other => other.unwrap_or_default(),
    };
    Ok(match recorded {
        (Some(print), _) if secret.map(Opaque::fingerprint) == Some(print.clone()) => Scheme::Keyed,
        (Some(_), true) => Scheme::Lost,
        (None, true) => Scheme::Unkeyed,
        (_, false) => Scheme::New,
    })
}

/// The scheme of a folder as it lies there.
///
/// # Errors
/// A secret that cannot be read.
pub fn scheme_of(folder: &Path) -> Result<Scheme, Refusal> {
    scheme(folder, secret_of(folder)?.as_ref())
}

/// An opaque key of a record, 24 hexadecimal digits: the ledger holds no personal value.
pub struct RecordKey([u8; 24]);

impl RecordKey {
    /// The key of a record.
    pub fn of(opaque: &Opaque, incident: &str, record_id: &str) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut key = [0; 24];
        for (pair, byte) in key.chunks_exact_mut(2).zip(opaque.record(incident, record_id)) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        Self(key)
    }
}

impl Deref for RecordKey {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl AsRef<str> for RecordKey {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Matter {
    /// The key of a record.
    pub fn key(&self, record_id: &str) -> RecordKey {
        RecordKey::of(self.keys.opaque(), &self.incident.id, record_id)
    }

    /// The id of what a record gets in this wave by a channel, `mail` or `email`.
    pub fn piece(&self, record_id: &str, entity: &str, channel: &str) -> String {
        self.piece_of(&self.wave().id, record_id, entity, channel)
    }

    /// The same in any wave.
    pub fn piece_of(&self, wave: &str, record_id: &str, entity: &str, channel: &str) -> String {
        piece_id(self.keys.opaque(), [&self.incident.id, wave, record_id, entity, channel])
    }
}

//! A bundle as one file, locked for its reader if asked for (the age format, age-encryption.org/v1).

use super::tar::pack;
use age::secrecy::SecretString;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::str::FromStr;

/// Who can open a bundle.
pub enum Lock {
    Open,
    /// Keys of recipients, `age1...`.
    Recipients(Vec<String>),
    Passphrase(String),
}

/// Why a bundle cannot be wrapped.
#[derive(Debug, thiserror::Error)]
pub enum WrapError {
    #[error("`{0}` is no recipient of age")]
    Recipient(String),
    #[error("the bundle cannot be encrypted: {0}")]
    Age(String),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Packs the files of a folder into `out`, locked as asked. Unlocked bundles are the same bytes
/// each time; a lock holds fresh randomness, as it must.
///
/// # Errors
/// A key that is none; I/O.
pub fn wrap(
    dir: &Path,
    name: &str,
    files: &[String],
    lock: &Lock,
    out: impl Write,
) -> Result<(), WrapError> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let encryptor = match lock {
        Lock::Open => {
            pack(dir, name, files, &mut out)?;
            return Ok(out.flush()?);
        }
        Lock::Passphrase(words) => {
            age::Encryptor::with_user_passphrase(SecretString::from(words.clone()))
        }
        Lock::Recipients(keys) => {
            let read = |key: &String| {
                age::x25519::Recipient::from_str(key.trim())
                    .map_err(|_| WrapError::Recipient(key.clone()))
            };
            let recipients: Vec<_> = keys.iter().map(read).collect::<Result<_, _>>()?;
            let recipients = recipients.iter().map(|r| r as &dyn age::Recipient);
            age::Encryptor::with_recipients(recipients)
                .map_err(|error| WrapError::Age(error.to_string()))?
        }
    };
    let mut locked = encryptor.wrap_output(&mut out)?;
    pack(dir, name, files, &mut locked)?;
    locked.finish()?;
    Ok(out.flush()?)
}

//! Who can open what leaves locked (the age format, age-encryption.org/v1): bundles, lists of
//! people, residents' names.
//!
//! A lock holds fresh randomness, as it must: locked files are the one product that differs
//! between two runs.

use age::secrecy::SecretString;
use std::io::{self, Write};
use std::str::FromStr;

/// Who can open it.
pub enum Lock {
    Open,
    /// Public keys of the readers, `age1...`.
    Recipients(Vec<String>),
    Passphrase(String),
}

/// Why nothing was locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error("`{0}` is no key of age")]
    Key(String),
    #[error("encrypting failed: {0}")]
    Age(String),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Lock {
    /// Writes what `content` writes into `out`, so that only its readers can open it.
    ///
    /// # Errors
    /// A key that is none; I/O.
    pub fn around(
        &self,
        out: &mut dyn Write,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), LockError> {
        let encryptor = match self {
            Lock::Open => return Ok(content(out)?),
            Lock::Passphrase(words) => {
                age::Encryptor::with_user_passphrase(SecretString::from(words.clone()))
            }
            Lock::Recipients(keys) => {
                let keys: Vec<_> = keys.iter().map(|key| public(key)).collect::<Result<_, _>>()?;
                age::Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient))
                    .map_err(|error| LockError::Age(error.to_string()))?
            }
        };
        let mut locked = encryptor.wrap_output(out)?;
        content(&mut locked)?;
        locked.finish()?;
        Ok(())
    }
}

fn public(key: &str) -> Result<age::x25519::Recipient, LockError> {
    age::x25519::Recipient::from_str(key.trim()).map_err(|_| LockError::Key(key.to_owned()))
}

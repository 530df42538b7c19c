//! Lists of people locked for their readers (the age format, age-encryption.org/v1).
//!
//! A lock holds fresh randomness, as it must: locked files are the one product that differs
//! between two runs.

use super::exit::{Doing, Stop};
use std::io::{self, Write};
use std::str::FromStr;

/// The bytes, so that only the holders of these keys can read them.
///
/// # Errors
/// A key that is none.
pub fn lock(bytes: &[u8], keys: &[String]) -> Result<Vec<u8>, Stop> {
    let doing = || "lock a list of people".to_owned();
    let recipients = recipients(keys)?;
    let each = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(each).map_err(io::Error::other).doing(doing)?;
    let mut locked = Vec::with_capacity(bytes.len() + 512);
    let mut writer = encryptor.wrap_output(&mut locked).map_err(io::Error::other).doing(doing)?;
    writer.write_all(bytes).doing(doing)?;
    writer.finish().doing(doing)?;
    Ok(locked)
}

/// # Errors
/// The first key that is none.
pub fn recipients(keys: &[String]) -> Result<Vec<age::x25519::Recipient>, Stop> {
    let read = |key: &String| {
        age::x25519::Recipient::from_str(key.trim()).map_err(|_| {
            Stop::one(
                "encrypt.key",
                format!("`{key}` in `encrypt_to` is no key of age"),
                "write a public key, which begins with `age1`; `age-keygen` makes a pair",
            )
        })
    };
    keys.iter().map(read).collect()
}

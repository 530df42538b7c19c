//! Lists of people locked for their readers, and what is said when a lock cannot be made.

use crate::export::{Lock, LockError};
use crate::matter::refusal::Refusal;

/// The bytes, so that only the holders of these keys can read them.
///
/// # Errors
/// A key that is none.
pub fn lock(bytes: &[u8], keys: &[String]) -> Result<Vec<u8>, Refusal> {
    let mut locked = Vec::with_capacity(bytes.len() + 512);
    Lock::Recipients(keys.to_vec())
        .around(&mut locked, |inside| inside.write_all(bytes))
        .map_err(|error| stop(error, "lock a list of people".to_owned()))?;
    Ok(locked)
}

/// A lock that cannot be made stops the command.
pub fn stop(error: LockError, what: String) -> Refusal {
    match error {
        LockError::Io(error) => Refusal::Io { what, error },
        LockError::Age(_) => Refusal::Io { what, error: std::io::Error::other(error) },
        LockError::Key(key) => Refusal::one(
            code!("encrypt.key"),
            format!("`{key}` is no key of age"),
            "write a public key, which begins with `age1`, as `encrypt_to` or `--recipient`; \
             `age-keygen` makes a pair",
        ),
    }
}

//! Names for records and pieces that lead nobody back to the person (45 CFR 164.514(c)(1)).
//!
//! A digest of a record id alone is no disguise: ids are short and run in order, so that whoever
//! has the digests tries all ids in a second. Under a secret that cannot be tried.

use ring::hmac;
use sha2::{Digest, Sha256};

/// Length of a secret in bytes.
pub const SECRET: usize = 32;

/// How records and pieces get their names.
#[derive(Clone)]
pub struct Opaque(Option<hmac::Key>);

impl Opaque {
    /// HMAC-SHA-256 under the secret of an incident folder.
    pub fn under(secret: &[u8; SECRET]) -> Self {
        Self(Some(hmac::Key::new(hmac::HMAC_SHA256, secret)))
    }

    /// SHA-256 without a secret, as programs before did: for folders with seals of theirs.
    pub fn unkeyed() -> Self {
        Self(None)
    }

    /// What the ledger knows a record by.
    pub fn record(&self, incident: &str, record_id: &str) -> [u8; 32] {
        let Some(key) = &self.0 else {
            let mut hash = Sha256::new();
            hash.update((incident.len() as u64).to_be_bytes());
            hash.update(incident);
            hash.update(record_id);
            return hash.finalize().into();
        };
        signed(key, "record", &[incident, record_id])
    }

    /// What a piece is known by: incident, wave, record id, covered entity, channel.
    pub fn piece(&self, of: [&str; 5]) -> [u8; 32] {
        let Some(key) = &self.0 else {
            let mut hash = Sha256::new();
            for part in of {
                // The length keeps `ab` + `c` apart from `a` + `bc`.
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
            return hash.finalize().into();
        };
        signed(key, "piece", &of)
    }

    /// A number by which a secret is known again; nothing of the secret follows from it.
    pub fn fingerprint(secret: &[u8; SECRET]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        crate::files::hex(&signed(&key, "secret", &[])[..8])
    }
}

/// `what` keeps the names of records apart from those of pieces.
fn signed(key: &hmac::Key, what: &str, parts: &[&str]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(key);
    for part in [what].iter().chain(parts) {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    let mut name = [0; 32];
    name.copy_from_slice(context.sign().as_ref());
    name
}

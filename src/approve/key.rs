//! An approver's ed25519 key, as `openssl genpkey -algorithm ed25519` writes it.

use ed25519_dalek::pkcs8::DecodePrivateKey;
use ed25519_dalek::{Signer, SigningKey as Inner};
use std::path::{Path, PathBuf};

/// Why a key file does not serve.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("cannot read `{path}`")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("`{0}` is not an ed25519 private key in PEM (PKCS #8)")]
    NotAKey(PathBuf),
}

/// A private key; never printed.
pub struct SigningKey(Inner);

impl SigningKey {
    /// # Errors
    /// A file that cannot be read or is no key.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let pem = std::fs::read_to_string(path)
            .map_err(|source| KeyError::Io { path: path.to_owned(), source })?;
        let key = Inner::from_pkcs8_pem(&pem).map_err(|_| KeyError::NotAKey(path.to_owned()))?;
        Ok(Self(key))
    }

    /// Public key and signature, hex.
    pub fn sign(&self, bytes: &[u8]) -> (String, String) {
        let signature = self.0.sign(bytes);
        (
            crate::files::hex(self.0.verifying_key().as_bytes()),
            crate::files::hex(&signature.to_bytes()),
        )
    }
}

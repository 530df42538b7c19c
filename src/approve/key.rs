//! An approver's private key, as `openssl genpkey` writes it, and what it signs.

use super::PublicKey;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use std::path::{Path, PathBuf};

/// Why a key file does not serve.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("cannot read `{path}`")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("`{0}` holds no private key in PEM, or one that is locked with a password")]
    NotAKey(PathBuf),
    /// A key of another kind or shape.
    #[error(
        "the key in `{0}` is none that can sign here: Ed25519, ECDSA on P-256 or P-384, or RSA of 2,048 to 8,192 bits, as PKCS #8"
    )]
    OtherKind(PathBuf),
    #[error("the key makes no signature; it is damaged")]
    Failed,
}

enum Key {
    Ed25519(Ed25519KeyPair),
    Ecdsa(EcdsaKeyPair),
    Rsa(Box<RsaKeyPair>),
}

/// A private key; never printed.
pub struct SigningKey {
    key: Key,
    public: PublicKey,
}

impl SigningKey {
    /// # Errors
    /// A file that cannot be read or is no key.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let pem =
            std::fs::read(path).map_err(|source| KeyError::Io { path: path.to_owned(), source })?;
        let found =
            PrivateKeyDer::from_pem_slice(&pem).map_err(|_| KeyError::NotAKey(path.to_owned()))?;
        let key = match &found {
            PrivateKeyDer::Pkcs8(der) => pkcs8(der.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der())
                .ok()
                .map(|pair| (PublicKey::rsa(pair.public().as_ref()), Key::Rsa(Box::new(pair)))),
            _ => None,
        };
        let (public, key) = key.ok_or_else(|| KeyError::OtherKind(path.to_owned()))?;
        Ok(Self { key, public })
    }

    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The signature over `root.txt`.
    ///
    /// # Errors
    /// [`KeyError::Failed`]
    pub fn sign(&self, root: &[u8]) -> Result<Vec<u8>, KeyError> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Ed25519(pair) => Ok(pair.sign(root).as_ref().to_vec()),
            Key::Ecdsa(pair) => {
                let signature = pair.sign(&random, root).map_err(|_| KeyError::Failed)?;
                Ok(signature.as_ref().to_vec())
            }
            Key::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, root, &mut signature)
                    .map_err(|_| KeyError::Failed)?;
                Ok(signature)
            }
        }
    }
}

/// The key of whichever kind it is; none if of no kind that can sign here.
fn pkcs8(der: &[u8]) -> Option<(PublicKey, Key)> {
    if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
        let public = PublicKey::ed25519(pair.public_key().as_ref());
        return Some((public, Key::Ed25519(pair)));
    }
    for curve in [&ECDSA_P256_SHA256_ASN1_SIGNING, &ECDSA_P384_SHA384_ASN1_SIGNING] {
        if let Ok(pair) = EcdsaKeyPair::from_pkcs8(curve, der, &SystemRandom::new()) {
            let public = PublicKey::ecdsa(pair.public_key().as_ref());
            return Some((public, Key::Ecdsa(pair)));
        }
    }
    let pair = RsaKeyPair::from_pkcs8(der).ok()?;
    Some((PublicKey::rsa(pair.public().as_ref()), Key::Rsa(Box::new(pair))))
}

//! An approver's public key and how anybody checks a signature with it.

use crate::files::hex;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

// What stands before the key itself in a SubjectPublicKeyInfo (RFC 5280, 8410, 5480).
const ED25519: &[u8] = &[0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
const P256: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 3, 1, 7, 3, 0x42, 0,
];
const P384: &[u8] = &[
    0x30, 0x76, 0x30, 0x10, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 5, 0x2b, 0x81, 4, 0, 0x22,
    3, 0x62, 0,
];
/// The algorithm alone: an RSA key has no fixed length.
const RSA: &[u8] = &[0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

/// A public key as SubjectPublicKeyInfo (DER).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(Vec<u8>);

impl PublicKey {
    /// From its 32 bytes.
    pub(super) fn ed25519(raw: &[u8]) -> Self {
        Self([ED25519, raw].concat())
    }

    /// From its point, not compressed; the length tells the curve.
    pub(super) fn ecdsa(point: &[u8]) -> Self {
        Self([if point.len() == 65 { P256 } else { P384 }, point].concat())
    }

    /// From an RSAPublicKey (PKCS #1).
    pub(super) fn rsa(pkcs1: &[u8]) -> Self {
        let bits = tagged(3, &[&[0], pkcs1].concat());
        Self(tagged(0x30, &[RSA, &bits].concat()))
    }

    /// From what an event keeps: the 32 bytes of an Ed25519 key, or the whole structure; hex.
    pub fn recorded(text: &str) -> Option<Self> {
        let bytes = unhex(text)?;
        Some(if bytes.len() == 32 { Self::ed25519(&bytes) } else { Self(bytes) })
    }

    /// What an event keeps.
    pub fn record(&self) -> String {
        hex(self.0.strip_prefix(ED25519).unwrap_or(&self.0))
    }

    pub fn kind(&self) -> &'static str {
        match &self.0 {
            der if der.starts_with(ED25519) => "Ed25519",
            der if der.starts_with(P256) => "ECDSA P-256",
            der if der.starts_with(P384) => "ECDSA P-384",
            _ => "RSA",
        }
    }

    /// SHA-256 over the structure, hex: what people compare over the telephone.
    pub fn fingerprint(&self) -> String {
        hex(&Sha256::digest(&self.0))
    }

    /// As `openssl pkey -pubout` writes it.
    pub fn pem(&self) -> String {
        let mut text = String::from("-----BEGIN PUBLIC KEY-----\n");
        for line in STANDARD.encode(&self.0).as_bytes().chunks(64) {
            let _ = writeln!(text, "{}", String::from_utf8_lossy(line));
        }
        text.push_str("-----END PUBLIC KEY-----\n");
        text
    }

    /// From what [`PublicKey::pem`] or `openssl pkey -pubout` writes; of a kind that is known here.
    pub fn from_pem(text: &str) -> Option<Self> {
        let (_, rest) = text.split_once("-----BEGIN PUBLIC KEY-----")?;
        let (body, _) = rest.split_once("-----END PUBLIC KEY-----")?;
        let packed: String = body.split_whitespace().collect();
        let der = STANDARD.decode(packed).ok()?;
        let known = [ED25519, P256, P384].iter().any(|head| der.starts_with(head));
        let rsa = der.windows(RSA.len()).take(8).any(|window| window == RSA);
        (known || rsa).then_some(Self(der))
    }

    /// The command that checks a signature in the seal's folder.
    pub fn check(&self, number: usize) -> String {
        let name = signature_name(number);
        let digest = match self.kind() {
            "Ed25519" => {
                return format!(
                    "openssl pkeyutl -verify -pubin -inkey {name}.pem -rawin -in root.txt -sigfile {name}.sig"
                );
            }
            "ECDSA P-384" => "sha384",
            _ => "sha256",
        };
        format!("openssl dgst -{digest} -verify {name}.pem -signature {name}.sig root.txt")
    }
}

/// The files of the n-th approval of a root, without their endings `.pem` (public key) and `.sig`
/// (signature over `root.txt`).
pub fn signature_name(number: usize) -> String {
    format!("approval-{number}")
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let used = &length[length.iter().take_while(|byte| **byte == 0).count()..];
    let head = match content.len() {
        0..128 => vec![tag, content.len() as u8],
        _ => [&[tag, 0x80 | used.len() as u8], used].concat(),
    };
    [head.as_slice(), content].concat()
}

/// Bytes of a text of hex digits; none if it is no such text.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let pair = |pair: &[u32]| pair.get(1).map(|low| (pair[0] << 4 | low) as u8);
    digits.chunks(2).map(pair).collect()
}

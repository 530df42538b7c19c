//! DKIM signatures (RFC 6376), rsa-sha256 and ed25519-sha256 (RFC 8463), relaxed/relaxed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

/// Signed if present; each once more than present, so that none can be added on the way.
const SIGNED: [&str; 10] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Reply-To",
    "Sender",
];

/// Of these a second one would be shown to the reader.
const ONCE: [&str; 6] = ["From", "To", "Subject", "Date", "Message-ID", "Content-Type"];

enum DkimKey {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

/// A signing key and where its public half is published. Holds a secret: no `Debug`.
pub struct Dkim {
    domain: String,
    selector: String,
    key: DkimKey,
}

/// Why a key cannot sign.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DkimError {
    #[error("the key file holds no private key; write PEM (PKCS #8, or PKCS #1 for RSA)")]
    NoKey,
    #[error("the key is neither Ed25519 nor RSA of 2,048 bits or more")]
    Unusable,
    #[error("`{0}` is not a DKIM selector or domain")]
    Name(String),
    #[error("the key makes no signature; it is damaged")]
    Failed,
}

impl Dkim {
    /// From a PEM file's content, or the 32 bytes of an Ed25519 key in base 64.
    ///
    /// # Errors
    /// [`DkimError`]
    pub fn new(domain: &str, selector: &str, key: &[u8]) -> Result<Self, DkimError> {
        for name in [domain, selector] {
            let fit = !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
            if !fit {
                return Err(DkimError::Name(name.to_owned()));
            }
        }
        let key = match seed(key) {
            Some(seed) => Ed25519KeyPair::from_seed_unchecked(&seed)
                .map(DkimKey::Ed25519)
                .map_err(|_| DkimError::Unusable)?,
            None => match PrivateKeyDer::from_pem_slice(key).map_err(|_| DkimError::NoKey)? {
                PrivateKeyDer::Pkcs8(der) => pkcs8(der.secret_pkcs8_der())?,
                PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der())
                    .map(|pair| DkimKey::Rsa(Box::new(pair)))
                    .map_err(|_| DkimError::Unusable)?,
                _ => return Err(DkimError::Unusable),
            },
        };
        Ok(Self { domain: domain.to_owned(), selector: selector.to_owned(), key })
    }

    /// The header to put before the message (header, empty line, body; CRLF), its end included.
    /// `at` is in seconds since 1970.
    ///
    /// # Errors
    /// [`DkimError::Failed`]: a message with an empty signature must not leave.
    pub fn sign(&self, message: &[u8], at: i64) -> Result<String, DkimError> {
        let (headers, body) = parts(message);
        let mut names = Vec::new();
        for name in SIGNED {
            let present = headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).count();
            let times = if ONCE.contains(&name) { present + 1 } else { present };
            names.extend(std::iter::repeat_n(name, times));
        }
        let algorithm = match self.key {
            DkimKey::Rsa(_) => "rsa-sha256",
            DkimKey::Ed25519(_) => "ed25519-sha256",
        };
        let mut header = format!(
            "v=1; a={algorithm}; c=relaxed/relaxed; d={}; s={};\r\n\tt={at}; h={};\r\n\tbh={};\r\n\tb=",
            self.domain,
            self.selector,
            names.join(":").replacen(":MIME-Version", ":\r\n\tMIME-Version", 1),
            STANDARD.encode(Sha256::digest(relaxed_body(body))),
        );
        let mut signed = String::new();
        let mut used: Vec<usize> = Vec::new();
        for name in &names {
            // From the last of the same name upward (section 5.4.2).
            let found = headers
                .iter()
                .enumerate()
                .rev()
                .find(|(at, (n, _))| n.eq_ignore_ascii_case(name) && !used.contains(at));
            if let Some((at, (name, value))) = found {
                used.push(at);
                signed.push_str(&relaxed(name, value));
                signed.push_str("\r\n");
            }
        }
        signed.push_str(&relaxed("DKIM-Signature", &header));
        let signature = STANDARD.encode(self.signature(signed.as_bytes())?);
        for (n, piece) in signature.as_bytes().chunks(72).enumerate() {
            header.push_str(if n > 0 { "\r\n\t " } else { "" });
            header.push_str(&String::from_utf8_lossy(piece));
        }
        Ok(format!("DKIM-Signature: {header}\r\n"))
    }

    /// Whether the key signs at all: one with a wrong number in it is taken and then fails.
    ///
    /// # Errors
    /// [`DkimError::Failed`]
    pub fn try_out(&self) -> Result<(), DkimError> {
        self.signature(b"").map(drop)
    }

    fn signature(&self, signed: &[u8]) -> Result<Vec<u8>, DkimError> {
        match &self.key {
            DkimKey::Rsa(pair) => {
                let mut out = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed, &mut out)
                    .map_err(|_| DkimError::Failed)?;
                Ok(out)
            }
            // RFC 8463 section 3: the hash is what is signed.
            DkimKey::Ed25519(pair) => Ok(pair.sign(&Sha256::digest(signed)).as_ref().to_vec()),
        }
    }
}

fn pkcs8(der: &[u8]) -> Result<DkimKey, DkimError> {
    if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
        return Ok(DkimKey::Ed25519(pair));
    }
    RsaKeyPair::from_pkcs8(der)
        .map(|pair| DkimKey::Rsa(Box::new(pair)))
        .map_err(|_| DkimError::Unusable)
}

/// The 32 bytes of an Ed25519 key, where the file holds them in base 64 and nothing else.
fn seed(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?.trim();
    STANDARD.decode(text).ok().filter(|bytes| bytes.len() == 32)
}

/// Headers as (name, raw value with its folds), and the body.
fn parts(message: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let split = message.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = match split {
        Some(at) => (&message[..at + 2], &message[at + 4..]),
        None => (message, &[][..]),
    };
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(head).split_inclusive("\r\n") {
        match headers.last_mut() {
            Some((_, value)) if line.starts_with([' ', '\t']) => value.push_str(line),
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    (headers, body)
}

/// Section 3.4.2, without the end of the line.
fn relaxed(name: &str, value: &str) -> String {
    let words: Vec<&str> =
        value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect();
    format!("{}:{}", name.trim_end().to_ascii_lowercase(), words.join(" "))
}

/// Section 3.4.4.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut empty = 0;
    let body = body.strip_suffix(b"\r\n").unwrap_or(body);
    if body.is_empty() {
        return out;
    }
    for line in body.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut space = false;
        let mut held = Vec::with_capacity(line.len());
        for byte in line {
            match byte {
                b' ' | b'\t' => space = true,
                byte => {
                    if space {
                        held.push(b' ');
                        space = false;
                    }
                    held.push(*byte);
                }
            }
        }
        if held.is_empty() {
            empty += 1;
            continue;
        }
        for _ in 0..empty {
            out.extend_from_slice(b"\r\n");
        }
        empty = 0;
        out.extend_from_slice(&held);
        out.extend_from_slice(b"\r\n");
    }
    out
}

//! Approvers' signatures over a seal's root: the files beside it against the ledger, and the
//! signature itself against key and root.

use super::seal::hex;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
};
use rustls::pki_types::SubjectPublicKeyInfoDer;
use rustls::pki_types::pem::PemObject;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// A signature as the ledger has it.
pub struct Signed {
    /// From 1: which approval of the root.
    pub number: usize,
    /// 32 bytes of an Ed25519 key, or a SubjectPublicKeyInfo; hex.
    pub key: String,
    /// Hex.
    pub signature: String,
}

/// RFC 8410: what stands before the 32 bytes of a key.
const OF_ED25519: &str = "302a300506032b6570032100";
/// RFC 5480, P-256 and P-384.
const OF_P256: &str = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
const OF_P384: &str = "3076301006072a8648ce3d020106052b81040022036200";
/// RFC 3279: rsaEncryption.
const OF_RSA: &str = "300d06092a864886f70d0101010500";

/// What is wrong in the folder of a seal, each with the approval's number if it is of one; nothing
/// if every signature is there and holds.
///
/// # Errors
/// The folder cannot be read.
pub fn signatures(dir: &Path, signed: &[Signed]) -> io::Result<Vec<(Option<usize>, String)>> {
    let mut wrong = Vec::new();
    let mut known = BTreeSet::new();
    let root = std::fs::read(dir.join("root.txt"));
    for one in signed {
        let [pem, sig] = ["pem", "sig"].map(|end| format!("approval-{}.{end}", one.number));
        let mut tell = |what: String| wrong.push((Some(one.number), what));
        match std::fs::read(dir.join(&pem)) {
            Err(_) => tell(format!("`{pem}` is missing: approval {} is signed", one.number)),
            Ok(text) => {
                let key = SubjectPublicKeyInfoDer::from_pem_slice(&text);
                if key.ok().map(|key| hex(key.as_ref())) != Some(whole(&one.key)) {
                    tell(format!("`{pem}` is not the key that the ledger recorded"));
                }
            }
        }
        match std::fs::read(dir.join(&sig)) {
            Err(_) => tell(format!("`{sig}` is missing: approval {} is signed", one.number)),
            Ok(bytes) if hex(&bytes) != one.signature => {
                tell(format!("`{sig}` is not the signature that the ledger recorded"));
            }
            Ok(_) => {}
        }
        if !root.as_ref().is_ok_and(|root| holds(one, root)) {
            tell(format!("the signature of approval {} does not hold for root.txt", one.number));
        }
        known.extend([pem, sig]);
    }
    for entry in std::fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("approval-") && !known.contains(&name) {
            wrong.push((None, format!("`{name}` is of no approval that the ledger calls signed")));
        }
    }
    Ok(wrong)
}

/// A recorded key as SubjectPublicKeyInfo, hex.
fn whole(key: &str) -> String {
    if key.len() == 64 { format!("{OF_ED25519}{key}") } else { key.to_owned() }
}

fn holds(signed: &Signed, root: &[u8]) -> bool {
    let key = whole(&signed.key);
    let of: [(&str, &dyn VerificationAlgorithm); 3] = [
        (OF_ED25519, &ED25519),
        (OF_P256, &ECDSA_P256_SHA256_ASN1),
        (OF_P384, &ECDSA_P384_SHA384_ASN1),
    ];
    let simple = of.into_iter().find_map(|(head, how)| Some((key.strip_prefix(head)?, how)));
    // An RSA key: SEQUENCE, the algorithm, BIT STRING; its bytes begin behind the unused bits.
    let rsa = || {
        let (_, bits) = key.split_once(OF_RSA)?;
        let (_, rest) = bits.split_once("0030")?;
        Some((&key[key.len() - rest.len() - 2..], &RSA_PKCS1_2048_8192_SHA256 as _))
    };
    let Some((key, how)) = simple.or_else(rsa) else { return false };
    let (Some(key), Some(signature)) = (bytes(key), bytes(&signed.signature)) else { return false };
    UnparsedPublicKey::new(how, key).verify(root, &signature).is_ok()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pair = |at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    (0..hex.len()).step_by(2).map(pair).collect()
}

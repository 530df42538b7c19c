//! Approvers' signatures: made with their keys, kept in the ledger, and beside the root in the
//! seal, where anybody can check them without this program.

use crate::approve::{PublicKey, SigningKey, signature_name, unhex};
use crate::files::{self, hex};
use crate::folder::{IncidentFolder, SealFiles, seal_name};
use crate::ledger::{Approval, SealRecord};
use crate::matter::refusal::{Doing, Refusal};
use crate::verify::{Signed, signatures};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A signature and how to check it.
#[derive(Debug, Serialize)]
pub struct Signature {
    /// `approval-1`: that file `.sig` holds the signature, `.pem` the public key.
    pub files: String,
    pub kind: &'static str,
    /// SHA-256 of the public key (SubjectPublicKeyInfo, DER), hex.
    pub key_sha256: String,
    /// The command that checks it, in the seal's folder.
    pub check: String,
}

/// The private key that signs.
///
/// # Errors
/// A file that cannot be read or holds no such key.
pub fn key(path: &Path) -> Result<SigningKey, Refusal> {
    SigningKey::read(path).map_err(|error| {
        let remedy = "make one with `openssl genpkey -algorithm ed25519 -out key.pem`, or convert it with `openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out key.pem`";
        Refusal::one(code!("approve.key"), error.to_string(), remedy)
    })
}

/// Where a seal lies.
pub fn seal_dir(folder: &Path, seal: &SealRecord) -> PathBuf {
    IncidentFolder(folder).seal(&seal_name(&seal.wave, seal.number)).0
}

/// Adds an approval of a seal's root to those before it, writes every signature beside the root,
/// and gives the new one; `made` is a signature that somebody made elsewhere. Whoever approved before and signs now, signs that approval.
///
/// # Errors
/// The same key signed for somebody else; I/O.
pub fn add(
    dir: &Path,
    before: &[Approval],
    by: &str,
    key: Option<&SigningKey>,
    made: Option<(String, String)>,
) -> Result<Approval, Refusal> {
    let root = SealFiles(dir.into()).root();
    let root = std::fs::read(&root).doing(|| format!("read `{}`", root.display()))?;
    let signature = match key {
        None => made,
        Some(key) => {
            let signature = key.sign(&root).map_err(|error| {
                Refusal::one(code!("approve.key"), error.to_string(), "make another key")
            })?;
            Some((key.public().record(), hex(&signature)))
        }
    };
    let approval = Approval { by: by.to_owned(), signature, at: None };
    let same_key = |other: &&Approval| {
        let of = |approval: &Approval| approval.signature.as_ref().map(|(key, _)| key.clone());
        other.by != by && approval.signature.is_some() && of(other) == of(&approval)
    };
    if let Some(other) = before.iter().find(same_key) {
        return Err(Refusal::refused(
            code!("approve.same_key"),
            format!("`{}` signed with this key", other.by),
            "sign with a key of your own, or leave `--sign` out",
        ));
    }
    let mut all = before.to_vec();
    match all.iter_mut().find(|known| known.by == by) {
        Some(known) => known.signature = approval.signature.clone(),
        None => all.push(approval.clone()),
    }
    write(dir, &all).doing(|| format!("write into `{}`", dir.display()))?;
    Ok(approval)
}

/// Writes the signatures of these approvals into a seal, and takes away what is of no approval: a
/// kill can leave a signature that was never recorded.
///
/// # Errors
/// I/O.
pub fn write(dir: &Path, approvals: &[Approval]) -> std::io::Result<()> {
    let mut ours = BTreeSet::new();
    for (at, approval) in approvals.iter().enumerate() {
        let Some((key, signature)) = &approval.signature else { continue };
        let (Some(key), Some(signature)) = (PublicKey::recorded(key), unhex(signature)) else {
            continue;
        };
        let name = signature_name(at + 1);
        for (end, bytes) in [("pem", key.pem().as_bytes()), ("sig", &signature)] {
            let file = format!("{name}.{end}");
            if std::fs::read(dir.join(&file)).ok().as_deref() != Some(bytes) {
                files::write(&dir.join(&file), bytes)?;
            }
            ours.insert(file);
        }
    }
    for file in files_in(dir)? {
        if !ours.contains(&file) {
            std::fs::remove_file(dir.join(file))?;
        }
    }
    Ok(())
}

/// The files of signatures in a seal's folder.
///
/// # Errors
/// I/O.
pub fn files_in(dir: &Path) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("approval-") {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

/// The n-th approval's signature, if it is signed.
pub fn of(number: usize, approval: &Approval) -> Option<Signature> {
    let key = PublicKey::recorded(&approval.signature.as_ref()?.0)?;
    Some(Signature {
        files: signature_name(number),
        kind: key.kind(),
        key_sha256: key.fingerprint(),
        check: key.check(number),
    })
}

/// What is wrong with the signatures that lie in a seal, held against those that the ledger has;
/// with the number of the approval, if it is of one.
///
/// # Errors
/// I/O.
pub fn wrong(dir: &Path, approvals: &[Approval]) -> std::io::Result<Vec<(Option<usize>, String)>> {
    let signed = approvals.iter().enumerate().filter_map(|(at, approval)| {
        let (key, signature) = approval.signature.as_ref()?;
        Some(Signed { number: at + 1, key: key.clone(), signature: signature.clone() })
    });
    signatures(dir, &signed.collect::<Vec<_>>())
}

//! Who approved a root, when, and whether with a signature that holds.

use crate::approve::Statement;
use crate::ledger::{Approval, SealRecord, SealState};
use crate::matter::open::Matter;
use crate::matter::seal::signature::{self, Signature};
use jiff::Timestamp;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
pub struct Approved {
    pub by: String,
    pub at: Option<Timestamp>,
    /// Public key of a signed approval, hex: 32 bytes of an Ed25519 key, else a
    /// SubjectPublicKeyInfo.
    pub key: Option<String>,
    /// Over `root.txt`, hex.
    pub signature: Option<String>,
    /// How to check the signature.
    pub signed: Option<Signature>,
    /// What is wrong with it, or with its files in the seal.
    pub wrong: Vec<String>,
}

impl Approved {
    /// The approvals of a seal that lies in this folder, in order.
    pub fn all(dir: &Path, approvals: Vec<Approval>) -> Vec<Self> {
        let found = signature::wrong(dir, &approvals).unwrap_or_default();
        let wrong = |number| {
            let of = found.iter().filter(|(of, _)| *of == Some(number));
            of.map(|(_, what)| what.clone()).collect()
        };
        let approvals = approvals.into_iter().enumerate();
        let approved = approvals.map(|(at, approval)| {
            let (signed, wrong) = (signature::of(at + 1, &approval), wrong(at + 1));
            let (key, signature) = approval.signature.unzip();
            Self { by: approval.by, at: approval.at, key, signature, signed, wrong }
        });
        approved.collect()
    }
}

/// A seal as it is to be recorded.
pub fn to_record(
    matter: &Matter,
    statement: &Statement,
    root: String,
    state: SealState,
) -> SealRecord {
    SealRecord {
        id: 0,
        wave: matter.wave().id.clone(),
        number: statement.seal,
        root,
        letters: statement.letters,
        emails: statement.emails,
        state,
        event: 0,
    }
}

//! Who approved a root, when, and whether with a signature that holds.

use crate::ledger::Approval;
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

    /// `A. Counsel, General Counsel, 2026-09-10T14:02:11Z, signed with the Ed25519 key ...`
    pub fn text(&self) -> String {
        let mut text = self.by.clone();
        if let Some(at) = self.at {
            text.push_str(&format!(", {at:.0}"));
        }
        if let Some(Signature { kind, key_sha256, .. }) = &self.signed {
            text.push_str(&format!(", signed with the {kind} key of SHA-256 {key_sha256}"));
        }
        for wrong in &self.wrong {
            text.push_str(&format!("; WRONG: {wrong}"));
        }
        text
    }
}

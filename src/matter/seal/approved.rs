//! Who approved a root, when, and whether with a signature.

use crate::ledger::Approval;
use jiff::Timestamp;
use serde::Serialize;

#[derive(Serialize)]
pub struct Approved {
    pub by: String,
    pub at: Option<Timestamp>,
    /// ed25519 public key, hex, of a signed approval.
    pub key: Option<String>,
    /// Over `root.txt`, hex.
    pub signature: Option<String>,
}

impl Approved {
    pub fn of(approval: Approval) -> Self {
        let (key, signature) = approval.signature.unzip();
        Self { by: approval.by, at: approval.at, key, signature }
    }
}

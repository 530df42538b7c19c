//! One person's story, wave by wave.

use crate::matter::seal::approved::Approved;
use crate::roster::{ALREADY_TOLD, LIKELY_SAME};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

#[derive(Serialize)]
pub struct Story {
    pub record: String,
    pub waves: Vec<Chapter>,
    /// Counsel's decisions as the incident has them; their reasons are privileged.
    pub decisions: Vec<Decided>,
}

#[derive(Serialize)]
pub struct Decided {
    pub question: String,
    pub choice: String,
    pub by: String,
    pub on: String,
}

/// What one wave did.
#[derive(Serialize)]
pub struct Chapter {
    pub wave: String,
    /// The record in this wave's roster: of a person told earlier the record then.
    pub record: String,
    /// Of several rosters the one that the row is of.
    pub roster: String,
    /// Data row of that roster, the header not counted.
    pub row: u64,
    /// Rows that were merged into this one: the same person, entity and address.
    pub merged_rows: Vec<u64>,
    /// The rosters of those rows, in the same order.
    pub merged_rosters: Vec<String>,
    /// The row this one was merged into, with its record id.
    pub merged_into: Option<(u64, String)>,
    /// The roster of that row.
    pub merged_into_roster: Option<String>,
    pub entity: String,
    pub recipient: &'static str,
    pub language: String,
    pub jurisdiction: String,
    /// Name and address lines; on request only.
    pub addressee: Vec<String>,
    pub elements: Vec<String>,
    pub supplemental: bool,
    pub outcome: String,
    pub reason: Option<String>,
    pub since: Option<Timestamp>,
    pub version: Option<String>,
    pub pieces: Vec<PieceStory>,
}

impl Chapter {
    /// Whether the person was known from an earlier wave.
    pub fn was_known(&self) -> bool {
        let reasons = [ALREADY_TOLD, LIKELY_SAME].map(|code| code.as_str());
        self.supplemental || self.reason.as_deref().is_some_and(|of| reasons.contains(&of))
    }
}

/// A letter or an e-mail.
#[derive(Serialize)]
pub struct PieceStory {
    pub piece: String,
    pub channel: &'static str,
    pub seal: Option<SealProof>,
    pub printed: Option<PrintedPage>,
    /// From the mailing's records, oldest first.
    pub deliveries: Vec<Confirmed>,
}

/// From the piece to the root of its seal.
#[derive(Serialize)]
pub struct SealProof {
    pub seal: u32,
    pub leaf: String,
    /// The list that has the leaf, and on which line.
    pub list: String,
    pub line: usize,
    pub list_sha256: String,
    pub root: String,
    pub approved_by: Vec<String>,
    pub approvals: Vec<Approved>,
}

#[derive(Serialize)]
pub struct PrintedPage {
    pub at: Option<Timestamp>,
    pub file: String,
    pub sha256: String,
    pub first_page: Option<u32>,
    pub pages: Option<u32>,
}

#[derive(Serialize)]
pub struct Confirmed {
    pub what: String,
    pub on: Date,
    pub evidence: String,
    pub sha256: String,
}

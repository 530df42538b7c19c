//! One person's story, wave by wave.

use crate::matter::seal::approved::Approved;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write as _;

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
    pub roster: String,
    /// Data row of the roster, the header not counted.
    pub row: u64,
    /// Rows that were merged into this one: the same person, entity and address.
    pub merged_rows: Vec<u64>,
    /// The row this one was merged into, with its record id.
    pub merged_into: Option<(u64, String)>,
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

/// A letter or an e-mail.
#[derive(Serialize)]
pub struct PieceStory {
    pub piece: String,
    pub channel: &'static str,
    pub seal: Option<Proof>,
    pub printed: Option<Page>,
    /// From the mailing's records, oldest first.
    pub deliveries: Vec<Confirmed>,
}

/// From the piece to the root of its seal.
#[derive(Serialize)]
pub struct Proof {
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
pub struct Page {
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

impl Story {
    /// For people.
    pub fn text(&self) -> String {
        let mut text = format!("Record {}\n", self.record);
        for chapter in &self.waves {
            chapter.tell(&mut text);
        }
        if !self.decisions.is_empty() {
            text.push_str("\nDecisions that bear on the incident\n");
        }
        for d in &self.decisions {
            let _ = writeln!(text, "  {}: {} ({}, {})", d.question, d.choice, d.by, d.on);
        }
        text
    }
}

impl Chapter {
    fn tell(&self, text: &mut String) {
        let _ = writeln!(text, "\nWave {}: row {} of {}", self.wave, self.row, self.roster);
        if !self.merged_rows.is_empty() {
            let rows: Vec<String> = self.merged_rows.iter().map(u64::to_string).collect();
            let _ = writeln!(
                text,
                "  merged into it   row {} (same person, entity and address)",
                rows.join(", ")
            );
        }
        if let Some((row, record)) = &self.merged_into {
            let _ = writeln!(text, "  merged into      row {row}, record {record}");
        }
        for line in &self.addressee {
            let _ = writeln!(text, "                   {line}");
        }
        let _ = writeln!(text, "  covered entity   {}", self.entity);
        let _ = writeln!(text, "  written to       {}, in `{}`", self.recipient, self.language);
        let law = if self.jurisdiction.is_empty() { "none known" } else { &self.jurisdiction };
        let _ = writeln!(text, "  state law        {law}");
        let _ = writeln!(text, "  elements         {}", self.elements.join("; "));
        if self.supplemental {
            text.push_str("  told of less in an earlier wave: a supplemental letter\n");
        }
        let since = self.since.map_or(String::new(), |at| format!(", since {at:.0}"));
        let reason = self.reason.as_ref().map_or(String::new(), |r| format!(" ({r})"));
        let outcome = self.outcome.replace('_', " ");
        let _ = writeln!(text, "  outcome          {outcome}{reason}{since}");
        if let Some(version) = &self.version {
            let _ = writeln!(text, "  version          {version}");
        }
        for piece in &self.pieces {
            piece.tell(text);
        }
    }
}

impl PieceStory {
    fn tell(&self, text: &mut String) {
        let _ = writeln!(text, "  {:<16} {}", self.channel, self.piece);
        match &self.seal {
            None => text.push_str("    not under a seal\n"),
            Some(proof) => {
                for approval in &proof.approvals {
                    let _ = writeln!(text, "    approved by    {}", approval.text());
                }
                let _ = writeln!(text, "    leaf           {}", proof.leaf);
                let (list, line, digest) = (&proof.list, proof.line, &proof.list_sha256);
                let _ = writeln!(text, "    line {line:<9} {list} {digest}");
                let _ = writeln!(text, "    root           {} (seal {})", proof.root, proof.seal);
            }
        }
        if let Some(page) = &self.printed {
            let at = match (page.first_page, page.pages) {
                (Some(first), Some(pages)) => format!(", pages {first}-{}", first + pages - 1),
                _ => String::new(),
            };
            let when = page.at.map_or(String::new(), |at| format!("{at:.0}, "));
            let (file, digest) = (&page.file, &page.sha256);
            let _ = writeln!(text, "    printed        {when}{file}{at} (SHA-256 {digest})");
        }
        for d in &self.deliveries {
            let (what, on, evidence) = (&d.what, d.on, &d.evidence);
            let _ = writeln!(text, "    {what:<14} {on}, shown by {evidence} ({})", d.sha256);
        }
    }
}

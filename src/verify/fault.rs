//! What speaks against a print run, with its place; never a personal value.

use crate::finding::Code;
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Stable, dotted: `verify.name`.
    pub code: Code,
    /// Folder of the letters below `out`.
    pub folder: String,
    /// File name without `.pdf`; empty for the run as a whole.
    pub batch: String,
    /// 1-based page of the batch's file.
    pub page: Option<u32>,
    /// 1-based row of manifest.csv, the header not counted.
    pub manifest_row: Option<u64>,
    /// 1-based row of the roster.
    pub roster_row: Option<u64>,
    pub message: String,
    pub remedy: &'static str,
}

impl Fault {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            folder: String::new(),
            batch: String::new(),
            page: None,
            manifest_row: None,
            roster_row: None,
            message: message.into(),
            remedy: remedy(code),
        }
    }
}

/// Every code and what to do about it.
pub const CODES: [(Code, &str); 32] = [
    (code!("verify.address"), "do not mail this batch; make the letters again and verify them"),
    (code!("verify.batch_extra"), "take the file out of the folder; it is no part of this mailing"),
    (
        code!("verify.batch_missing"),
        "make the letters again; a file that the manifest names is not there",
    ),
    (code!("verify.code"), "do not mail this batch; make the letters again and verify them"),
    (
        code!("verify.composed"),
        "run `noticeworks run` again; if it is said again, somebody changed the file",
    ),
    (code!("verify.content"), "make the letters again; open the page and look at it"),
    (code!("verify.elements"), "do not mail this batch; make the letters again and verify them"),
    (
        code!("verify.file_digest"),
        "the file is not the one recorded as printed: find out who changed it",
    ),
    (code!("verify.file_unreadable"), "make the letters again"),
    (code!("verify.font"), "do not mail this batch; make the letters again and look at a page"),
    (code!("verify.foreign"), "do not mail this batch; somebody else's data stands in this letter"),
    (
        code!("verify.kind"),
        "compare the letter with another of its version; one of them was changed",
    ),
    (
        code!("verify.ledger"),
        "keep `ledger.sqlite` as it is and find out who changed it; restore it from a backup",
    ),
    (code!("verify.letter_missing"), "make the letters again; this person would get none"),
    (code!("verify.letter_twice"), "make the letters again; this person would get two"),
    (
        code!("verify.manifest"),
        "make the letters again; manifest.csv was changed or is of another run",
    ),
    (code!("verify.name"), "do not mail this batch; make the letters again and verify them"),
    (
        code!("verify.order"),
        "do not mail this batch: whoever inserts or matches by the manifest would take another letter; make the letters again",
    ),
    (
        code!("verify.page_number"),
        "make the letters again; a page was lost, added or changed places",
    ),
    (code!("verify.pages"), "make the letters again; a page was lost or added"),
    (
        code!("verify.piece_unknown"),
        "make the letters again; the letter is for nobody in the roster",
    ),
    (
        code!("verify.reference"),
        "make the letters again; the letter is another than the manifest says",
    ),
    (code!("verify.run_data"), "make the letters again; mrdf.csv was changed or is of another run"),
    (
        code!("verify.seal"),
        "only what was approved may be mailed: make the letters from the seal again",
    ),
    (
        code!("verify.sheet_code"),
        "do not mail this batch: sheets may have changed places; make the letters again",
    ),
    (code!("verify.stream"), "make the letters again; the letter is in another stream's file"),
    (
        code!("verify.signature"),
        "a file that is missing comes back with `noticeworks approve` by the same person; else find out who changed the seal",
    ),
    (
        code!("verify.stamp"),
        "make the letters again, approved ones without the mark and others with it",
    ),
    (
        code!("verify.type_size"),
        "do not mail this batch; make the letters again with type that is large enough",
    ),
    (code!("verify.version"), "make the letters again; this person gets another version"),
    (
        code!("verify.window"),
        "do not mail this batch; only name and address may show in the window",
    ),
    (
        code!("verify.words"),
        "only what was approved may be mailed: make the letters from the seal again",
    ),
];

fn remedy(code: Code) -> &'static str {
    CODES.iter().find(|(known, _)| *known == code).map_or("", |(_, remedy)| remedy)
}

/// Faults of one code that are kept in full, for each batch.
const KEPT: u64 = 100;

/// All faults counted, the first of each code kept.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    pub counts: BTreeMap<Code, u64>,
    pub kept: Vec<Fault>,
    here: BTreeMap<Code, u64>,
}

impl Faults {
    pub fn push(&mut self, fault: Fault) {
        *self.counts.entry(fault.code).or_default() += 1;
        let here = self.here.entry(fault.code).or_default();
        *here += 1;
        if *here <= KEPT {
            self.kept.push(fault);
        }
    }

    pub fn extend(&mut self, other: Faults) {
        for (code, count) in other.counts {
            *self.counts.entry(code).or_default() += count;
        }
        self.kept.extend(other.kept);
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

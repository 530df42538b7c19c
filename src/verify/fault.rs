//! What speaks against a print run, with its place; never a personal value.

use serde::Serialize;
use std::collections::BTreeMap;

/// One thing that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Stable, dotted: `verify.name`.
    pub code: &'static str,
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
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
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

/// Every code, what it says, and what to do about it.
pub const CODES: [(&str, &str, &str); 27] = [
    (
        "verify.address",
        "the address in the window is not this person's",
        "do not mail this batch; make the letters again and verify them",
    ),
    (
        "verify.batch_extra",
        "the folder holds a file that the manifest does not name",
        "take the file out of the folder; it is no part of this mailing",
    ),
    (
        "verify.batch_missing",
        "a file that the manifest names is not there",
        "make the letters again; a file that the manifest names is not there",
    ),
    (
        "verify.code",
        "the enrolment code is missing, another person's, or not the one dealt",
        "do not mail this batch; make the letters again and verify them",
    ),
    (
        "verify.composed",
        "a draft does not show what incident.toml, templates and roster make of it today",
        "run `noticeworks run` again; if it is said again, somebody changed the file",
    ),
    (
        "verify.content",
        "a page or file holds what letters have no use for and could hide something",
        "make the letters again; open the page and look at it",
    ),
    (
        "verify.elements",
        "the kinds of information listed are not those of this person",
        "do not mail this batch; make the letters again and verify them",
    ),
    (
        "verify.file_digest",
        "the file is not the one recorded as printed",
        "the file is not the one recorded as printed: find out who changed it",
    ),
    ("verify.file_unreadable", "the file is no PDF that can be read", "make the letters again"),
    (
        "verify.font",
        "a font in the file draws other letters than it says, or is none of the program's",
        "do not mail this batch; make the letters again and look at a page",
    ),
    (
        "verify.foreign",
        "a page holds another person's name",
        "do not mail this batch; somebody else's data stands in this letter",
    ),
    (
        "verify.kind",
        "the letter's words differ from those of the other letters of its kind",
        "compare the letter with another of its version; one of them was changed",
    ),
    (
        "verify.ledger",
        "the ledger is not what was written",
        "keep `ledger.sqlite` as it is and find out who changed it; restore it from a backup",
    ),
    (
        "verify.letter_missing",
        "a person who is to get a letter has none",
        "make the letters again; this person would get none",
    ),
    (
        "verify.letter_twice",
        "a letter stands in the manifest twice",
        "make the letters again; this person would get two",
    ),
    (
        "verify.manifest",
        "the manifest's row does not agree with the letter or with the roster",
        "make the letters again; manifest.csv was changed or is of another run",
    ),
    (
        "verify.name",
        "the name in the window or in the letter is not this person's",
        "do not mail this batch; make the letters again and verify them",
    ),
    (
        "verify.order",
        "letters do not stand where the manifest has them",
        "do not mail this batch: whoever inserts or matches by the manifest would take another letter; make the letters again",
    ),
    (
        "verify.page_number",
        "a page is not numbered as the letter's pages must be",
        "make the letters again; a page was lost, added or changed places",
    ),
    (
        "verify.pages",
        "pages or bookmarks are more or fewer than the manifest says",
        "make the letters again; a page was lost or added",
    ),
    (
        "verify.piece_unknown",
        "a letter is for nobody in the spool",
        "make the letters again; the letter is for nobody in the roster",
    ),
    (
        "verify.reference",
        "the reference on a page is not the letter's own",
        "make the letters again; the letter is another than the manifest says",
    ),
    (
        "verify.seal",
        "letters and seal do not agree, or the seal was touched",
        "only what was approved may be mailed: make the letters from the seal again",
    ),
    (
        "verify.stamp",
        "a final is marked DRAFT, or a draft is not",
        "make the letters again, approved ones without the mark and others with it",
    ),
    (
        "verify.version",
        "the version is not the one this person gets",
        "make the letters again; this person gets another version",
    ),
    (
        "verify.window",
        "more than name and address can show in the window, or not all of them",
        "do not mail this batch; only name and address may show in the window",
    ),
    (
        "verify.words",
        "a word, rule, picture or link, or its place, is not the one that was approved",
        "only what was approved may be mailed: make the letters from the seal again",
    ),
];

fn remedy(code: &str) -> &'static str {
    CODES.iter().find(|(known, ..)| *known == code).map_or("", |(.., remedy)| remedy)
}

/// Faults of one code that are kept in full, for each batch.
const KEPT: u64 = 100;

/// All faults counted, the first of each code kept.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    pub counts: BTreeMap<&'static str, u64>,
    pub kept: Vec<Fault>,
    here: BTreeMap<&'static str, u64>,
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

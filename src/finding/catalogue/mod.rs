//! The catalogue of findings: every code with its weights, what it says, and why it matters and
//! what to do about it. `explain` prints an entry, docs/REFERENCE.md has them all, and `code!`
//! takes no other code.
//!
//! An entry is: `"code" [Weight ...]`, gravest first; then what the finding says, as its message
//! does, with `...` for what differs; then, in a few short sentences, what a paralegal must know.

use super::{Code, Severity};

/// What the catalogue knows of one code.
pub(super) struct Entry {
    pub code: &'static str,
    pub weights: &'static [Severity],
    pub says: &'static str,
    pub advice: &'static str,
}

/// The entries of one file. None of them can lack a weight, a message or an explanation.
macro_rules! entries {
    ($name:ident $($code:literal [$($weight:ident)+] $says:literal $advice:literal)+) => {
        pub(super) static $name: &[Entry] = &[$(Entry {
            code: $code,
            weights: &[$($crate::finding::Severity::$weight),+],
            says: $says,
            advice: $advice,
        }),+];
        $(const _: () = assert!(!$says.is_empty() && !$advice.is_empty(), $code);)+
    };
}

mod approval;
mod commands;
mod file;
mod filings;
mod incident;
mod law;
mod letters;
mod plan;
mod rows;
mod sending;
mod templates;
mod verify;
mod word;

static ROOMS: [&[Entry]; 13] = [
    rows::ROWS,
    file::FILE,
    incident::INCIDENT,
    law::LAW,
    plan::PLAN,
    templates::TEMPLATES,
    letters::LETTERS,
    filings::FILINGS,
    approval::APPROVAL,
    sending::SENDING,
    commands::COMMANDS,
    verify::VERIFY,
    word::WORD,
];

/// Worked out by the compiler for every `code!`, hence without iterators.
pub(super) const fn entry(text: &str) -> Option<&'static Entry> {
    let mut room = 0;
    while room < ROOMS.len() {
        let entries = ROOMS[room];
        let mut at = 0;
        while at < entries.len() {
            if same(entries[at].code.as_bytes(), text.as_bytes()) {
                return Some(&entries[at]);
            }
            at += 1;
        }
        room += 1;
    }
    None
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    // From the end: codes of one family begin alike.
    let mut left = a.len();
    while left > 0 {
        left -= 1;
        if a[left] != b[left] {
            return false;
        }
    }
    true
}

/// Every code, in alphabetical order.
pub fn all() -> Vec<Code> {
    let mut all: Vec<Code> = ROOMS.iter().copied().flatten().map(Code::of).collect();
    all.sort_unstable();
    all
}

/// Whether a code speaks of the letters' words and pictures, which are alike for many people.
pub fn of_words(code: Code) -> bool {
    [templates::TEMPLATES, letters::LETTERS]
        .iter()
        .any(|room| room.iter().any(|entry| entry.code == code.as_str()))
}

/// How many codes are offered in place of one that nobody knows.
const NEAREST: usize = 5;

/// The codes that may be meant by a text that is none: those of its family, then those most like
/// it.
pub fn nearest(text: &str) -> Vec<Code> {
    let family = |code: &Code| {
        !text.is_empty() && code.strip_prefix(text).is_some_and(|rest| rest.starts_with('.'))
    };
    let likeness = |code: &Code| (strsim::normalized_damerau_levenshtein(code, text) * 1e6) as u64;
    let mut all = all();
    if all.iter().any(family) {
        all.retain(family);
        return all;
    }
    all.sort_by_key(|code| std::cmp::Reverse(likeness(code)));
    all.truncate(NEAREST);
    all
}

//! Columns that hold the exposed data themselves are refused: a letter needs to know that a
//! Social Security number was exposed, never the number.

use super::column::Column;
use super::columns::Columns;
use super::tables::fold;
use crate::finding::{Finding, Place, Severity};
use std::collections::BTreeSet;

/// What the cells of each column look like.
#[derive(Clone)]
pub struct Tally {
    columns: Vec<Counts>,
}

/// How many different words of a column of marks are kept.
const WORDS: usize = 6;

#[derive(Clone, Default)]
struct Counts {
    filled: u64,
    ssn: u64,
    nine_digits: u64,
    card: u64,
    diagnosis: u64,
    not_a_flag: u64,
    /// What a column of marks says that is neither yes nor no.
    words: BTreeSet<String>,
}

impl Tally {
    pub fn new(columns: usize) -> Self {
        Self { columns: vec![Counts::default(); columns] }
    }

    /// Looks at one cell.
    pub fn add(&mut self, index: usize, cell: &str) {
        let counts = &mut self.columns[index];
        if cell.is_empty() {
            return;
        }
        counts.filled += 1;
        let cell = cell.trim();
        match cell.len() {
            3..=8 => counts.diagnosis += u64::from(is_diagnosis_code(cell)),
            9 => counts.nine_digits += u64::from(cell.bytes().all(|b| b.is_ascii_digit())),
            11 => counts.ssn += u64::from(is_ssn(cell)),
            13..=23 => counts.card += u64::from(is_card(cell)),
            _ => {}
        }
    }

    /// A column of yes and no holds something else.
    pub fn not_a_flag(&mut self, index: usize, value: &str) {
        let counts = &mut self.columns[index];
        counts.not_a_flag += 1;
        if counts.words.len() < WORDS {
            counts.words.insert(value.to_lowercase());
        }
    }

    pub fn merge(&mut self, other: &Tally) {
        for (mine, theirs) in self.columns.iter_mut().zip(&other.columns) {
            mine.filled += theirs.filled;
            mine.ssn += theirs.ssn;
            mine.nine_digits += theirs.nine_digits;
            mine.card += theirs.card;
            mine.diagnosis += theirs.diagnosis;
            mine.not_a_flag += theirs.not_a_flag;
            mine.words.extend(theirs.words.iter().cloned());
        }
    }

    /// The columns to be refused.
    pub fn refused(&self, columns: &Columns, file: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, counts) in self.columns.iter().enumerate() {
            let Some(what) = counts.hold(columns, index) else { continue };
            findings.push(
                Finding::new(
                    code!("columns.holds_data"),
                    Severity::Error,
                    format!("column {} holds {what} themselves", columns.cell(index)),
                )
                .at(Place { cell: Some(columns.cell(index)), ..Place::file(file) })
                .remedy(
                    "take the column out of the roster, or write `Y` and `N` in it; letters need the kind of data, not the data",
                ),
            );
        }
        findings
    }
}

impl Counts {
    /// What the column holds that it must not, if anything.
    fn hold(&self, columns: &Columns, index: usize) -> Option<&'static str> {
        let header = fold(columns.headers.get(index)?);
        let says_ssn = header.contains("ssn") || header.contains("socialsecurity");
        let share = |count: u64, percent: u64| count > 0 && count * 100 >= self.filled * percent;
        let canonical = columns.at(index);
        // A number in a cell that is printed holds its row; only a column of them is refused.
        let enough = if canonical.is_some_and(Column::printed) { 3 } else { 1 };
        if (self.ssn >= enough && share(self.ssn, 20)) || (says_ssn && share(self.nine_digits, 20))
        {
            return Some("Social Security numbers");
        }
        if self.card >= enough && share(self.card, 50) && canonical != Some(Column::RecordId) {
            return Some("card numbers");
        }
        let is_flag = columns.flags.iter().any(|(cell, _)| usize::from(*cell) == index);
        if canonical.is_none() && self.diagnosis >= 3 && share(self.diagnosis, 60) {
            return Some("diagnosis codes");
        }
        // The same few words again and again are marks of the roster's own: their rows are held.
        let own_words = self.words.len() < WORDS && self.not_a_flag >= 2 * self.words.len() as u64;
        if is_flag && share(self.not_a_flag, 20) && !own_words {
            return Some("the data of an element");
        }
        None
    }
}

/// A Social Security or card number, wherever it stands.
pub fn is_personal_number(text: &str) -> bool {
    match text.len() {
        11 => is_ssn(text),
        13..=23 => text.starts_with(|c: char| c.is_ascii_digit()) && is_card(text),
        _ => false,
    }
}

/// `123-45-6789`, of the ranges that were ever given out.
fn is_ssn(text: &str) -> bool {
    let b = text.as_bytes();
    if b.len() != 11 || b[3] != b[6] || !matches!(b[3], b'-' | b' ' | b'.') {
        return false;
    }
    let digits = |r: std::ops::Range<usize>| b[r].iter().all(u8::is_ascii_digit);
    digits(0..3)
        && digits(4..6)
        && digits(7..11)
        && !matches!(&b[..3], b"000" | b"666")
        && &b[4..6] != b"00"
        && &b[7..] != b"0000"
}

/// 13 to 19 digits with a card's first digit and check digit.
fn is_card(text: &str) -> bool {
    let mut digits = [0u8; 19];
    let mut count = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if count < 19 => {
                digits[count] = byte - b'0';
                count += 1;
            }
            b' ' | b'-' => {}
            _ => return false,
        }
    }
    if count < 13 || !matches!(digits[0], 3..=6) {
        return false;
    }
    let sum: u32 = digits[..count]
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| {
            let doubled = u32::from(*digit) * if i % 2 == 1 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// An ICD-10-CM code: `E11.9`, `F32A`.
fn is_diagnosis_code(text: &str) -> bool {
    let b = text.as_bytes();
    let plain = |b: &u8| b.is_ascii_digit() || b.is_ascii_uppercase();
    b[0].is_ascii_uppercase()
        && b[0] != b'U'
        && b[1].is_ascii_digit()
        && (b[2].is_ascii_digit() || matches!(b[2], b'A' | b'B'))
        && match b.get(3) {
            None => true,
            Some(b'.') => b.len() > 4 && b[4..].iter().all(plain),
            Some(_) => b.len() <= 7 && b[3..].iter().all(plain),
        }
}

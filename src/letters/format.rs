//! What becomes of a request for another format (45 CFR 92.202; 28 CFR 36.303).
//!
//! Large print is made: the same words in 18-point type. What a printer cannot make, such as
//! braille or audio, is no reason to be late: the printed letter goes out and a finding asks for
//! the other format beside it.

use crate::finding::{Finding, Severity};
use crate::roster::Person;

/// How rosters ask for large print.
const LARGE_PRINT: &str = include_str!("large_print.txt");

/// Whether a person's letter is set in large print.
pub fn is_large_print(person: &Person) -> bool {
    let wish = person.alt_format.trim().to_lowercase().replace('_', " ");
    !wish.is_empty() && LARGE_PRINT.lines().any(|known| wish.contains(known))
}

/// What must be known to whoever prints and mails, if the person asks for another format.
pub fn other_format(person: &Person) -> Option<Finding> {
    if person.alt_format.trim().is_empty() {
        return None;
    }
    if is_large_print(person) {
        return Some(
            Finding::new(
                code!("letter.large_print"),
                Severity::Note,
                "the roster asks for large print: the letter is set in 18-point type",
            )
            .remedy("tell the mail house: the letter has more sheets and may need a larger envelope with the same window"),
        );
    }
    let mut finding = Finding::new(
        code!("letter.other_format"),
        Severity::Warning,
        "the roster asks for a format that is not made here: the letter is printed as usual",
    )
    .remedy("have the format made from this letter and send it too; write `large print` for 18-point type");
    finding.value = Some(person.alt_format.clone());
    Some(finding)
}

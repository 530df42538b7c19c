//! What tells the sheets of one letter from those of another: a code that the inserter reads on each
//! sheet's front, and the reference in words at its foot. Neither is under the seal, which binds
//! what the reader is told; both are proved by `verify`.

use crate::barcode::data_matrix;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::folder::INCIDENT;
use crate::incident::{CodeField, SheetCodeChoices};
use crate::typeset::{Item, LETTER, Laid, Mark, SetError, Tag, Typesetter};
use std::sync::Arc;

/// Points in a thousandth of an inch.
const MIL: f32 = 0.072;
/// Where no text of a letter stands, from the page's edges: side margins, and the lower corners
/// beside what runs at the foot. Points.
const SIDE: f32 = 60.0;
const FOOT: f32 = 72.0;
const CORNER: f32 = 190.0;

/// One sheet of one letter in its file.
pub struct SheetId<'a> {
    /// As printed, `NW-7K2M-9Q4T-XB8H`.
    pub piece: &'a str,
    /// 1-based.
    pub sheet: u32,
    pub sheets: u32,
    /// The letter's place in its file, 1-based.
    pub sequence: u32,
    /// The file's number.
    pub file: u32,
}

/// What the code of a sheet says.
fn contents(fields: &[CodeField], id: &SheetId<'_>) -> String {
    let mut text = String::with_capacity(32);
    for field in fields {
        match field {
            CodeField::Piece => text.extend(id.piece.trim_start_matches("NW").split('-')),
            CodeField::Sheet => text.push_str(&format!("{:02}", id.sheet)),
            CodeField::Sheets => text.push_str(&format!("{:02}", id.sheets)),
            CodeField::Sequence => text.push_str(&format!("{:04}", id.sequence)),
            CodeField::File => text.push_str(&format!("{:05}", id.file)),
            CodeField::Check => text.push_str(&format!("{:02}", check_digits(&text))),
        }
    }
    text
}

/// Two digits over what stands before them: each character's number (digits 0 to 9, letters 10 to
/// 35) times its place from 1, the sum modulo 97.
fn check_digits(text: &str) -> u32 {
    text.chars().zip(1..).map(|(c, place)| place * c.to_digit(36).unwrap_or(0)).sum::<u32>() % 97
}

/// What in the choices would make codes that nobody can use.
pub fn check(choices: &SheetCodeChoices, findings: &mut Findings) {
    let mut say = |message: &str, remedy: &str| {
        findings.push(
            Finding::new(code!("mail.sheet_code"), Severity::Error, message)
                .at(Place::file(INCIDENT))
                .remedy(remedy),
        );
    };
    if !choices.print {
        return;
    }
    let says = |field| choices.contents.contains(&field);
    if !says(CodeField::Piece) || !says(CodeField::Sheet) {
        let message = "the code on the sheets does not say which sheet of which letter it is on";
        say(message, "let `contents` under `[mail.sheet_code]` have `piece` and `sheet`");
    }
    if !is_clear(choices) {
        let message = "the code on the sheets, with the white around it, does not lie in a margin";
        let remedy = "write `left`, `bottom`, `size` and `quiet` under `[mail.sheet_code]` so that it lies in a side margin or a lower corner, in thousandths of an inch";
        say(message, remedy);
    }
}

/// Whether code and quiet zone lie on the page and where no text of a letter stands.
fn is_clear(choices: &SheetCodeChoices) -> bool {
    let [left, bottom, size, quiet] = lengths(choices);
    let (right, top) = (left + size, bottom + size);
    let on_page = left >= 0.0 && bottom >= 0.0 && right <= LETTER.0 && top <= LETTER.1;
    let in_margin = right + quiet <= SIDE || left - quiet >= LETTER.0 - SIDE;
    let in_corner =
        top + quiet <= FOOT && (right + quiet <= SIDE || left - quiet >= LETTER.0 - CORNER);
    // In the left margin the window of an envelope may show what stands a third down.
    let shown = right + quiet <= SIDE && top > LETTER.1 / 2.0;
    on_page && (in_margin || in_corner) && !shown
}

fn lengths(choices: &SheetCodeChoices) -> [f32; 4] {
    let SheetCodeChoices { left, bottom, size, quiet, .. } = choices;
    [left, bottom, size, quiet].map(|mils| *mils as f32 * MIL)
}

/// Marks the front of every sheet; what the codes say, sheet by sheet.
///
/// # Errors
/// A symbol for what the codes are to say, or a glyph of the reference, is missing.
pub fn mark(
    laid: &mut Laid,
    choices: &SheetCodeChoices,
    duplex: bool,
    id: &SheetId<'_>,
    typesetter: &mut Typesetter,
) -> Result<Vec<String>, SetError> {
    let pages_a_sheet = if duplex { 2 } else { 1 };
    let foot = typesetter.reference_at_foot(id.piece)?;
    let [left, bottom, size, _] = lengths(choices);
    let mut said = Vec::with_capacity(id.sheets as usize);
    for (page, sheet) in laid.pages.iter_mut().step_by(pages_a_sheet).zip(1..) {
        let text = contents(&choices.contents, &SheetId { sheet, ..*id });
        let Some(symbol) = data_matrix::encode(&text) else {
            return Err(SetError::RunningTextTooLong);
        };
        let module = size / symbol.side as f32;
        let boxes = symbol.runs().map(|(row, column, many)| Item::Rect {
            x: left + column as f32 * module,
            y: bottom + (symbol.side - 1 - row) as f32 * module,
            width: many as f32 * module,
            height: module,
            gray: 0.0,
        });
        let items = boxes.chain(foot.iter().cloned()).collect();
        let marked = Arc::make_mut(page);
        marked.marks.push(Mark { tag: Tag::Artifact, personal: true, items });
        said.push(text);
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::{SheetId, contents, is_clear};
    use crate::incident::{CodeField, SheetCodeChoices};

    #[test]
    fn a_code_says_which_sheet_of_which_letter_it_is() {
        let piece = "NW-7K2M-9Q4T-XB8H";
        let id = SheetId { piece, sheet: 2, sheets: 3, sequence: 41, file: 7 };
        let usual = contents(&SheetCodeChoices::default().contents, &id);
        assert_eq!(&usual[..20], "7K2M9Q4TXB8H02030041");
        assert_eq!(usual.len(), 22);
        assert_eq!(contents(&[CodeField::File, CodeField::Sheet], &id), "0000702");
        // Characters that changed places have another check.
        let other = SheetId { piece: "NW-K72M-9Q4T-XB8H", ..id };
        assert_ne!(contents(&SheetCodeChoices::default().contents, &other)[20..], usual[20..]);
    }

    #[test]
    fn a_code_stands_in_the_margins_only() {
        let usual = SheetCodeChoices::default();
        assert!(is_clear(&usual));
        let at = |left, bottom, quiet| SheetCodeChoices { left, bottom, quiet, ..usual.clone() };
        assert!(is_clear(&at(7_900, 5_000, 100)), "right margin");
        assert!(is_clear(&at(250, 3_000, 100)), "left margin");
        assert!(!is_clear(&at(250, 8_000, 100)), "the window may show it");
        assert!(!is_clear(&at(4_000, 250, 100)), "over the page's number");
        assert!(!is_clear(&at(7_750, 600, 500)), "too near the text");
        assert!(!is_clear(&at(8_400, 250, 0)), "beyond the paper");
    }
}

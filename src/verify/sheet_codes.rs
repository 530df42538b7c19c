//! The marks on each sheet's front: the code that the inserter reads, and the reference in words.
//! What a code must say is stated here anew from the choices of the incident.

use super::data_matrix;
use super::drawn::NO_RULE;
use super::fault::Fault;
use super::letter::Letter;
use super::piece::Piece;
use super::sheet::{Area, Ink, Run, Sheet};
use super::window;
use crate::incident::{CodeField, Incident, SheetCodeChoices};

/// Faults with the 0-based page of the letter that they are on.
type Found = Vec<(Option<usize>, Fault)>;

/// Where a letter stands in its file.
#[derive(Clone, Copy)]
pub struct InFile {
    /// 1-based.
    pub sequence: u32,
    /// The number at the end of the file's name.
    pub file: u32,
}

/// How far a code may lie from its place, points: less than a module.
const OFF: f64 = 0.3;

/// Which pages of a letter are fronts of sheets.
pub fn is_front(incident: &Incident, page: usize) -> bool {
    !incident.letter.duplex || page.is_multiple_of(2)
}

/// What the code of a sheet must say.
pub fn wanted(fields: &[CodeField], piece: &str, sheet: u32, sheets: u32, at: InFile) -> String {
    let mut text = String::new();
    for field in fields {
        text += &match field {
            CodeField::Piece => piece.chars().skip(2).filter(|c| *c != '-').collect(),
            CodeField::Sheet => format!("{sheet:02}"),
            CodeField::Sheets => format!("{sheets:02}"),
            CodeField::Sequence => format!("{:04}", at.sequence),
            CodeField::File => format!("{:05}", at.file),
            CodeField::Check => {
                let digit = |c: u8| match c {
                    b'0'..=b'9' => u32::from(c - b'0'),
                    _ => u32::from(c.to_ascii_uppercase().wrapping_sub(b'A')) + 10,
                };
                let sum: u32 = (1..).zip(text.bytes()).map(|(place, c)| place * digit(c)).sum();
                format!("{:02}", sum % 97)
            }
        };
    }
    text
}

impl Letter<'_> {
    /// Checks code and reference of every sheet.
    pub fn sheet_codes(&self, incident: &Incident, at: InFile, found: &mut Found) {
        let choices = &incident.mail.sheet_code;
        let a_sheet = if incident.letter.duplex { 2 } else { 1 };
        let sheets = self.sheets.len().div_ceil(a_sheet) as u32;
        for (page, painted) in self.sheets.iter().enumerate() {
            let front = choices.print && is_front(incident, page);
            let mut say = |code, message: &str| found.push((Some(page), Fault::new(code, message)));
            let own = Piece::read(&self.row.piece);
            let feet: Vec<&Run> = painted.runs().filter(|run| run.is_foot_reference()).collect();
            let right = match front {
                true => feet.len() == 1 && Piece::read(feet[0].text.trim()) == own,
                false => feet.is_empty(),
            };
            if !right {
                say(
                    code!("verify.sheet_code"),
                    "the sheet does not carry the letter's own reference once at its front's foot",
                );
            }
            let boxes = painted.modules();
            if !front {
                if !boxes.is_empty() {
                    let message = format!("the page holds {NO_RULE}");
                    say(code!("verify.content"), &message);
                }
                continue;
            }
            let sheet = (page / a_sheet) as u32 + 1;
            let wanted = wanted(&choices.contents, &self.row.piece, sheet, sheets, at);
            let Some(symbol) = data_matrix::read(&boxes) else {
                say(code!("verify.sheet_code"), "no code that can be read is on the sheet");
                continue;
            };
            if symbol.text != wanted {
                say(code!("verify.sheet_code"), &told(&choices.contents, &symbol.text, &wanted));
            }
            if !in_place(symbol.area, choices) {
                say(code!("verify.sheet_code"), "the code is not where read heads look for it");
            }
            if !painted.is_white_around(symbol.area, choices) {
                say(code!("verify.sheet_code"), "something stands in the white around the code");
            }
            if page == 0 && symbol.area.meets(window::may_show()) {
                say(code!("verify.window"), "the window may show the sheet's code");
            }
        }
    }
}

/// In what a code differs from what it must say.
fn told(fields: &[CodeField], read: &str, wanted: &str) -> String {
    let mut at = 0;
    for field in fields {
        let (many, what) = match field {
            CodeField::Piece => (12, "another letter"),
            CodeField::Sheet => (2, "another sheet"),
            CodeField::Sheets => (2, "another number of sheets"),
            CodeField::Sequence => (4, "another place in the file"),
            CodeField::File => (5, "another file"),
            CodeField::Check => (2, "a check that is not its own"),
        };
        if read.get(at..at + many) != wanted.get(at..at + many) {
            return format!("the sheet's code is that of {what}");
        }
        at += many;
    }
    "the sheet's code says more than it must".to_owned()
}

fn in_place(area: Area, choices: &SheetCodeChoices) -> bool {
    let points = |mils: u32| f64::from(mils) / 1000.0 * 72.0;
    let near = |a: f64, b: f64| (a - b).abs() <= OFF;
    let (left, bottom, size) = (points(choices.left), points(choices.bottom), points(choices.size));
    near(area.left, left)
        && near(area.bottom, bottom)
        && near(area.right, left + size)
        && near(area.top, bottom + size)
}

impl Sheet {
    fn runs(&self) -> impl Iterator<Item = &Run> {
        self.fragments.iter().flat_map(|fragment| &fragment.runs)
    }

    /// Black boxes that may be parts of codes.
    fn modules(&self) -> Vec<Area> {
        let painted = self.fragments.iter().flat_map(|fragment| &fragment.painted);
        painted.filter(|p| matches!(p.ink, Ink::Module)).map(|p| p.area).collect()
    }

    /// Whether nothing else stands as near a code as its quiet zone reaches.
    fn is_white_around(&self, code: Area, choices: &SheetCodeChoices) -> bool {
        let by = f64::from(choices.quiet) / 1000.0 * 72.0 - OFF;
        let zone = Area {
            left: code.left - by,
            right: code.right + by,
            bottom: code.bottom - by,
            top: code.top + by,
        };
        let text = self.runs().any(|run| !run.text.trim().is_empty() && run.ink().meets(zone));
        let painted = self.fragments.iter().flat_map(|fragment| &fragment.painted);
        let mut other = painted.filter(|p| !matches!(p.ink, Ink::Module));
        !text && !other.any(|p| p.area.meets(zone))
    }
}

#[cfg(test)]
mod tests {
    use super::{InFile, told, wanted};
    use crate::incident::SheetCodeChoices;

    #[test]
    fn what_differs_is_named() {
        let fields = SheetCodeChoices::default().contents;
        let at = InFile { sequence: 41, file: 7 };
        let own = wanted(&fields, "NW-7K2M-9Q4T-XB8H", 2, 3, at);
        assert!(own.starts_with("7K2M9Q4TXB8H02030041"), "{own}");
        let other = wanted(&fields, "NW-7K2M-9Q4T-XB8J", 2, 3, at);
        assert!(told(&fields, &other, &own).ends_with("another letter"));
        let sheet = wanted(&fields, "NW-7K2M-9Q4T-XB8H", 3, 3, at);
        assert!(told(&fields, &sheet, &own).ends_with("another sheet"));
    }
}

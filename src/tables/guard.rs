//! Cells that a spreadsheet would run: a name such as `=HYPERLINK(...)` in a list that a
//! paralegal opens must stay a name.

use std::borrow::Cow;

/// What begins a formula in some spreadsheet, full-width signs included (OWASP, "CSV Injection").
const SIGNS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Whether a spreadsheet may run the text as a formula. White space before the sign is skipped, as
/// some programs do; a tab or line break at the start is enough.
pub fn begins_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n', '\0']) || text.trim_start().starts_with(SIGNS)
}

/// A cell that no spreadsheet runs: an apostrophe stands before what would begin a formula.
pub fn safe_cell(cell: &str) -> Cow<'_, str> {
    match begins_formula(cell) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::safe_cell;

    #[test]
    fn no_cell_begins_a_formula() {
        let signs = ["=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x"];
        for cell in signs.into_iter().chain([" =HYPERLINK(1)", "\u{3000}=1", "\t1", "\r1", "\n1"]) {
            assert!(safe_cell(cell).starts_with('\''), "{cell}");
            assert_eq!(safe_cell(&safe_cell(cell)), safe_cell(cell), "once is enough");
        }
        for cell in ["", "O'Brien", "7 Main St", "a=b", "(555) 555-0100", "'quoted'"] {
            assert_eq!(safe_cell(cell), cell);
        }
    }
}

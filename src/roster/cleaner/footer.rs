//! Rows that close a list and are no person: totals, counts, lines, end marks.

use crate::roster::words::WORDS;

/// Whether a row's trimmed cells are those of a footer. Only a row with next to nothing in it can
/// be one: a person has a name and an address, or an id and a name.
pub fn is_footer<'c>(cells: impl Iterator<Item = &'c str>, width: usize, number: u64) -> bool {
    let mut filled = [""; 4];
    let mut count = 0;
    for cell in cells.filter(|cell| !cell.is_empty()) {
        filled[count] = cell;
        count += 1;
        if count > 3 || count * 2 > width.max(2) && count > 1 {
            return filled[..count].iter().all(|cell| is_line(cell));
        }
    }
    let filled = &filled[..count];
    let Some((first, rest)) = filled.split_first() else { return false };
    if filled.iter().all(|cell| is_line(cell)) {
        return true;
    }
    // A count of the rows above.
    if rest.is_empty() && first.bytes().all(|b| b.is_ascii_digit()) {
        return number > 1 && first.parse() == Ok(number - 1);
    }
    let framed = first.len() > 6
        && ["***", "---", "===", "###", "<<", "--"].iter().any(|m| first.starts_with(m));
    let bare = first.trim_start_matches(|c: char| !c.is_alphanumeric());
    // `(499 rows affected)`, `499 records`.
    let counted = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').trim_start();
    let begins = |text: &str| {
        WORDS.footer.find(text).is_some_and(|found| {
            let before = &text[..found.at.start];
            !before.contains(char::is_alphanumeric)
        })
    };
    let named = begins(bare) || (counted.len() < bare.len() && begins(counted));
    let figures =
        |cell: &&str| !cell.contains(char::is_alphabetic) || is_line(cell) || begins(cell);
    // A label, and in a cell of its own whatever it labels.
    let labeled = WORDS.footer_label.is(bare) && rest.len() == 1;
    labeled || (named || framed && rest.is_empty()) && rest.iter().all(figures)
}

/// Whether a row's trimmed cells are nothing but types of columns, as databases write them below a
/// header: `VARCHAR(20)`, `DATE`.
pub fn are_types<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let mut count = 0;
    let all = cells.filter(|cell| !cell.is_empty()).all(|cell| {
        count += 1;
        let word = cell.split(['(', '[', ' ']).next().unwrap_or_default().to_ascii_lowercase();
        TYPES.contains(&word.as_str())
    });
    all && count > 2
}

const TYPES: &[&str] = &[
    "varchar",
    "nvarchar",
    "varchar2",
    "nvarchar2",
    "char",
    "nchar",
    "text",
    "string",
    "str",
    "int",
    "integer",
    "bigint",
    "smallint",
    "tinyint",
    "number",
    "numeric",
    "decimal",
    "float",
    "double",
    "date",
    "datetime",
    "datetime2",
    "timestamp",
    "time",
    "bool",
    "boolean",
    "bit",
    "uuid",
    "uniqueidentifier",
    "object",
    "character",
];

/// `-----`, `=====`, `* * *`, `_____`.
fn is_line(cell: &str) -> bool {
    let marks =
        cell.chars().filter(|c| matches!(c, '-' | '=' | '*' | '_' | '#' | '~' | '─' | '—' | '–'));
    let count = marks.count();
    count >= 3 && cell.chars().all(|c| c.is_whitespace() || !c.is_alphanumeric())
}

//! Where a finding is.

use serde::Serialize;

/// Where a finding is: a file, and within it a line and column or a spreadsheet cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// As the user named it, relative to the incident folder where it lies inside.
    pub file: String,
    /// 1-based; for rosters the row that a spreadsheet shows.
    pub line: Option<u64>,
    /// The row that a spreadsheet shows, 1-based, where only that is known of a roster's place.
    pub row: Option<u64>,
    /// 1-based, in characters.
    pub column: Option<u32>,
    /// How many characters to underline; 0 when unknown.
    pub width: u32,
    /// For rosters: spreadsheet column letter and header name, `H zip`.
    pub cell: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// A row of a roster.
    pub fn row(file: impl Into<String>, row: u64) -> Self {
        Self { file: file.into(), row: Some(row), ..Self::default() }
    }

    /// A point in a text file; both 1-based.
    pub fn at(file: impl Into<String>, line: u64, column: u32) -> Self {
        Self { file: file.into(), line: Some(line), column: Some(column), ..Self::default() }
    }
}

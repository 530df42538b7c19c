//! Tables that a spreadsheet opens without running anything in them.

use std::borrow::Cow;
use std::io::{self, Write};

/// A CSV file in the making.
pub struct Table<W: Write>(csv::Writer<W>);

impl<W: Write> Table<W> {
    /// # Errors
    /// What `out` gives.
    pub fn create(out: W, head: &[&str]) -> io::Result<Self> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(head)?;
        Ok(Self(csv))
    }

    /// # Errors
    /// What the output gives.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) -> io::Result<()> {
        let cells = cells.iter().map(|cell| safe_cell(cell.as_ref()));
        for cell in cells {
            self.0.write_field(cell.as_bytes())?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// # Errors
    /// What the output gives.
    pub fn finish(self) -> io::Result<W> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// A cell that no spreadsheet runs as a formula: an apostrophe before what would begin one.
pub fn safe_cell(cell: &str) -> Cow<'_, str> {
    match cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}']) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, safe_cell};

    #[test]
    fn no_cell_begins_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@x", " =HYPERLINK(1)"] {
            assert!(safe_cell(cell).starts_with('\''), "{cell}");
        }
        let mut table = Table::create(Vec::new(), &["a", "b"]).unwrap();
        table.row(&["=cmd|' /C calc'!A0", "O'Brien, Ann"]).unwrap();
        let text = String::from_utf8(table.finish().unwrap()).unwrap();
        assert_eq!(text, "a,b\n'=cmd|' /C calc'!A0,\"O'Brien, Ann\"\n");
    }
}

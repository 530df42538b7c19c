//! The only writer of CSV files: lists that a spreadsheet opens without running anything in them.

use super::safe_cell;
use std::io::{self, Write};

/// A CSV file in the making.
pub struct Table<W: Write> {
    csv: csv::Writer<W>,
    /// The first columns, which machines match on.
    identifiers: usize,
}

impl<W: Write> Table<W> {
    /// A list for people: every cell is made safe.
    ///
    /// # Errors
    /// What `out` gives.
    pub fn create<S: AsRef<str>>(out: W, head: &[S]) -> io::Result<Self> {
        Self::with_identifiers(out, head, 0)
    }

    /// A list whose first columns machines match on (the mail run, codes): these stand unaltered,
    /// because `check` holds every row whose identifiers a spreadsheet would run.
    ///
    /// # Errors
    /// What `out` gives.
    pub fn with_identifiers<S: AsRef<str>>(
        out: W,
        head: &[S],
        identifiers: usize,
    ) -> io::Result<Self> {
        let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
        csv.write_record(head.iter().map(AsRef::as_ref))?;
        Ok(Self { csv, identifiers })
    }

    /// Goes on with a file whose heading stands already.
    pub fn resume(out: W) -> Self {
        let csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
        Self { csv, identifiers: 0 }
    }

    /// # Errors
    /// What the output gives.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> io::Result<()> {
        for (column, cell) in cells.into_iter().enumerate() {
            match column < self.identifiers {
                true => self.csv.write_field(cell.as_ref())?,
                false => self.csv.write_field(safe_cell(cell.as_ref()).as_bytes())?,
            }
        }
        Ok(self.csv.write_record(None::<&[u8]>)?)
    }

    /// # Errors
    /// What the output gives.
    pub fn finish(self) -> io::Result<W> {
        self.csv.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn cells_are_quoted_and_safe_and_identifiers_stay_as_they_are() {
        let mut table = Table::create(Vec::new(), &["a", "b"]).unwrap();
        table.row(["=cmd|' /C calc'!A0", "O'Brien, Ann"]).unwrap();
        let text = String::from_utf8(table.finish().unwrap()).unwrap();
        assert_eq!(text, "a,b\n'=cmd|' /C calc'!A0,\"O'Brien, Ann\"\n");

        let mut run = Table::with_identifiers(Vec::new(), &["id", "line"], 1).unwrap();
        run.row(["-7", "-7"]).unwrap();
        assert_eq!(run.finish().unwrap(), b"id,line\n-7,'-7\n");
    }
}

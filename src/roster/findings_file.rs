//! `findings.csv`: every finding of every row, for the person who repairs the roster.

use super::column::letter;
use super::findings_book;
use super::note::RowNote;
use super::private;
use super::tell::About;
use crate::finding::Finding;
use crate::tables::Table;
use jiff::civil::Date;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Its columns; the last only on request.
const HEAD: [&str; 10] = [
    "file",
    "row",
    "line",
    "column",
    "heading",
    "code",
    "severity",
    "problem",
    "suggestion",
    "value",
];

/// A `findings.csv` in the making; dropped before it is finished, it never was.
pub struct FindingsFile {
    /// None once it is finished.
    out: Option<Table<BufWriter<File>>>,
    part: PathBuf,
    path: PathBuf,
    values: bool,
}

impl FindingsFile {
    /// Starts the file; personal values are written only on request.
    pub fn create(path: &Path, values: bool) -> io::Result<Self> {
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty() && !p.exists()) {
            private::folder(parent)?;
        }
        let part = private::unfinished(path);
        let out = BufWriter::new(private::file(&part)?);
        let head = if values { &HEAD[..] } else { &HEAD[..HEAD.len() - 1] };
        let out = Some(Table::create(out, head)?);
        Ok(Self { out, part, path: path.to_owned(), values })
    }

    /// Takes up a finished file to add to it. Values are added where it has a column for them.
    ///
    /// # Errors
    /// I/O; the finished file stays as it was.
    pub fn reopen(path: &Path) -> io::Result<Self> {
        let mut before = BufReader::new(File::open(path)?);
        let mut header = String::new();
        before.read_line(&mut header)?;
        let values = header.trim_end().ends_with(",value");
        let part = private::unfinished(path);
        let mut out = BufWriter::new(private::file(&part)?);
        out.write_all(header.as_bytes())?;
        io::copy(&mut before, &mut out)?;
        let out = Some(Table::resume(out));
        Ok(Self { out, part, path: path.to_owned(), values })
    }

    /// Writes what was noticed in a row of a roster.
    ///
    /// # Errors
    /// I/O.
    pub fn write(&mut self, note: &RowNote, roster: &About) -> io::Result<()> {
        let columns = &roster.columns;
        let index = note.cell.map(|cell| columns.source(cell.into()));
        let heading = index.map_or("", |i| match self.values {
            true => columns.headers.get(i).map_or("", String::as_str),
            false => columns.shown(i),
        });
        let severity = format!("{:?}", note.severity()).to_lowercase();
        // One number everywhere: the one that a spreadsheet shows.
        let row = note.line.to_string();
        let cells = [
            roster.name.as_str(),
            &row,
            &row,
            &index.map(letter).unwrap_or_default(),
            heading,
            note.problem.code.as_str(),
            &severity,
            &note.message(),
            note.remedy(),
        ];
        self.line(&cells, note.value.as_deref().unwrap_or_default())
    }

    fn line(&mut self, cells: &[&str; 9], value: &str) -> io::Result<()> {
        let value = self.values.then_some(value);
        match &mut self.out {
            Some(out) => out.row(cells.iter().copied().chain(value)),
            None => Ok(()),
        }
    }

    /// Adds a finding about a whole row, found after the roster was read.
    ///
    /// # Errors
    /// I/O.
    pub fn add(&mut self, finding: &Finding) -> io::Result<()> {
        let place = finding.place.clone().unwrap_or_default();
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let (row, line) = (number(place.row.or(place.line)), number(place.line.or(place.row)));
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let (message, remedy) = (finding.message.as_str(), finding.remedy.as_str());
        let cells = [&place.file, &row, &line, "", "", &finding.code, &severity, message, remedy];
        self.line(&cells, finding.value.as_deref().unwrap_or_default())
    }

    /// Puts the file in its place, and the workbook of the same rows beside it.
    ///
    /// # Errors
    /// I/O.
    pub fn finish(mut self, as_of: Date) -> io::Result<()> {
        if let Some(out) = self.out.take() {
            let file = out.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
            private::finish(&file, &self.part, &self.path)?;
        }
        findings_book::write(&self.path, as_of)
    }
}

impl Drop for FindingsFile {
    /// What was not finished is nobody's.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.part);
    }
}

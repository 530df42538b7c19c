//! `findings.csv`: every finding of every row, for the person who repairs the roster.

use super::column::letter;
use super::columns::Columns;
use super::findings_book;
use super::note::RowNote;
use super::private;
use crate::finding::Finding;
use jiff::civil::Date;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A `findings.csv` in the making; dropped before it is finished, it never was.
pub struct FindingsFile {
    out: BufWriter<File>,
    part: PathBuf,
    path: PathBuf,
    /// The roster's name.
    file: String,
    values: bool,
}

impl FindingsFile {
    /// Starts the file; personal values are written only on request.
    pub fn create(path: &Path, file: &str, values: bool) -> io::Result<Self> {
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty() && !p.exists()) {
            private::folder(parent)?;
        }
        let part = private::unfinished(path);
        let mut out = BufWriter::new(private::file(&part)?);
        let value = if values { ",value" } else { "" };
        writeln!(out, "file,row,line,column,heading,code,severity,problem,suggestion{value}")?;
        Ok(Self { out, part, path: path.to_owned(), file: file.to_owned(), values })
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
        Ok(Self { out, part, path: path.to_owned(), file: String::new(), values })
    }

    pub fn write(&mut self, note: &RowNote, columns: &Columns) -> io::Result<()> {
        let index = note.cell.map(usize::from);
        let heading = index.and_then(|i| columns.headers.get(i)).map_or("", String::as_str);
        let severity = format!("{:?}", note.severity()).to_lowercase();
        let file = self.file.clone();
        let cells = [
            &file,
            &note.row.to_string(),
            &note.line.to_string(),
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
        let mut line = String::new();
        for cell in cells {
            push(&mut line, cell);
        }
        if self.values {
            push(&mut line, value);
        }
        line.pop();
        line.push('\n');
        self.out.write_all(line.as_bytes())
    }

    /// Adds a finding about a whole row, found after the roster was read.
    ///
    /// # Errors
    /// I/O.
    pub fn add(&mut self, finding: &Finding) -> io::Result<()> {
        let place = finding.place.clone().unwrap_or_default();
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let (row, line) = (number(place.row), number(place.line));
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
        self.out.flush()?;
        private::finish(self.out.get_ref(), &self.part, &self.path)?;
        findings_book::write(&self.path, as_of)
    }
}

impl Drop for FindingsFile {
    /// What was not finished is nobody's.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.part);
    }
}

/// A cell that no spreadsheet runs as a formula.
fn push(line: &mut String, cell: &str) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = cell.contains([',', '"', '\n', '\r']);
    if quoted {
        line.push('"');
    }
    if formula {
        line.push('\'');
    }
    for c in cell.chars() {
        if c == '"' {
            line.push('"');
        }
        line.push(c);
    }
    if quoted {
        line.push('"');
    }
    line.push(',');
}

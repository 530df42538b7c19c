//! `findings.csv`: every finding of every row, for the person who repairs the roster.

use super::column::letter;
use super::columns::Columns;
use super::note::RowNote;
use super::private;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

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

    pub fn write(&mut self, note: &RowNote, columns: &Columns) -> io::Result<()> {
        let index = note.cell.map(usize::from);
        let heading = index.and_then(|i| columns.headers.get(i)).map_or("", String::as_str);
        let severity = format!("{:?}", note.problem.severity).to_lowercase();
        let mut line = String::new();
        for cell in [
            &self.file,
            &note.row.to_string(),
            &note.line.to_string(),
            &index.map(letter).unwrap_or_default(),
            heading,
            note.problem.code,
            &severity,
            note.problem.message,
            note.problem.remedy,
        ] {
            push(&mut line, cell);
        }
        if self.values {
            push(&mut line, note.value.as_deref().unwrap_or_default());
        }
        line.pop();
        line.push('\n');
        self.out.write_all(line.as_bytes())
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        private::finish(self.out.get_ref(), &self.part, &self.path)
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

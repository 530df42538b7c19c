//! One roster file of a wave: found, looked at, opened, its header understood.

use super::IntakeError;
use super::columns::{Columns, Head, find_header};
use super::gather::BLOCK_ROWS;
use super::source::{Block, Encoding, Kind, OpenError, Sheets, Sniffed, Source, Stamp, sniff};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{Incident, RosterChoices, file_and_sheet};
use std::io;
use std::path::{Path, PathBuf};

/// A roster file that can be read.
pub struct Opened {
    /// As findings name it: with its sheet where the wave has several rosters.
    pub name: String,
    pub path: PathBuf,
    pub sniffed: Sniffed,
    /// What the file was like before it was read.
    stamp: Stamp,
    choices: RosterChoices,
    several: bool,
    pub source: Source,
}

impl Opened {
    /// Opens a roster as the wave names it.
    ///
    /// # Errors
    /// `Refused` with all that is wrong with the file; I/O.
    pub fn open(
        folder: &Path,
        incident: &Incident,
        roster: &str,
        several: bool,
    ) -> Result<Self, IntakeError> {
        let (file, sheet) = file_and_sheet(folder, roster);
        let path = folder.join(file);
        let name = if several { roster } else { file }.to_owned();
        let at_roster = |source| IntakeError::Io { path: path.clone(), source };
        if !path.exists() {
            return Err(refused(
                Finding::new(
                    code!("file.missing"),
                    Severity::Error,
                    format!("there is no roster `{file}`"),
                )
                .at(Place::file("incident.toml"))
                .remedy("put the roster into the incident folder, or correct `roster` of the wave"),
            ));
        }
        if !path.is_file() {
            let what = if path.is_dir() { "folder" } else { "pipe or device" };
            let message = format!("the roster `{file}` is a {what}");
            return Err(refused(
                Finding::new(code!("file.no_file"), Severity::Error, message)
                    .at(Place::file("incident.toml"))
                    .remedy(
                        "name a CSV or XLSX file; a roster is read twice, so a pipe will not do",
                    ),
            ));
        }
        let stamp = Stamp::of(&path).map_err(at_roster)?;
        let sniffed = sniff(&path, &name).map_err(at_roster)?.map_err(|f| refused(*f))?;
        let choices = incident.roster.of(roster);
        // Sheets of this file that any wave reads have a reader.
        let others: Vec<&str> = incident
            .waves
            .iter()
            .flat_map(|wave| wave.roster.all())
            .filter_map(|other| match file_and_sheet(folder, other) {
                (other, Some(sheet)) if other == file => Some(sheet),
                _ => None,
            })
            .collect();
        let sheets = Sheets { wanted: sheet, others: &others };
        let source = match Source::open(&path, &sniffed, sheets, &choices) {
            Ok(source) => source,
            Err(OpenError::Finding(finding)) => return Err(refused(*finding)),
            Err(OpenError::Io(source)) => return Err(at_roster(source)),
        };
        Ok(Self { name, path, sniffed, stamp, choices, several, source })
    }

    /// Reads the first rows and understands the header; all that is wrong goes to `findings`.
    /// None if there is no header.
    pub fn head(
        &mut self,
        incident: &Incident,
        findings: &mut Findings,
    ) -> io::Result<Option<(Columns, Block)>> {
        self.note_encoding(findings);
        if let Some(sheet) = self.source.chosen_sheet() {
            let message = format!("the workbook has several sheets; `{sheet}` was read");
            findings.push(
                Finding::new(code!("file.sheet_chosen"), Severity::Note, message)
                    .at(Place::file(&self.name))
                    .remedy(format!("write `roster = \"{}#{sheet}\"` to say so", self.name)),
            );
        }
        for finding in self.source.take_findings() {
            findings.push(finding);
        }
        let mut first = Block::default();
        self.source.fill(&mut first, BLOCK_ROWS)?;
        let Some(header) = find_header(&first, &self.choices) else {
            findings.push(no_header(self.choices.header_row).at(Place::file(&self.name)));
            return Ok(None);
        };
        let row = first.rows[header];
        let headers: Vec<String> = (0..row.len())
            .map(|i| super::clean::text::clean(first.cell(&row, i)).text.into_owned())
            .collect();
        // A title or a remark may stand above the header; a row as wide as it may be a person.
        let wide = first.rows[..header].iter().filter(|above| {
            let cells = (0..above.len()).filter(|i| !first.cell(above, *i).trim().is_empty());
            cells.count() * 2 >= row.len()
        });
        let wide = wide.count();
        if wide > 0 && self.choices.header_row.is_none() {
            let message = format!("above the header stand {wide} rows that may be people");
            findings.push(
                Finding::new(code!("columns.rows_above_header"), Severity::Error, message)
                    .at(Place { line: Some(row.line), ..Place::file(&self.name) })
                    .remedy("move the header into the first line, or write its line as `header_row` in `[roster]`"),
            );
        }
        first.rows.drain(..=header);
        let head = Head {
            headers,
            line: row.line,
            file: &self.name,
            rows: &first,
            workbook: self.source.is_workbook(),
            epoch_1904: self.source.epoch_1904(),
            one_of_several: self.several,
        };
        let columns = Columns::read(head, incident, &self.choices, findings);
        Ok(Some((columns, first)))
    }

    /// Whether somebody wrote the file since it was opened.
    pub fn changed(&self) -> io::Result<bool> {
        Ok(Stamp::of(&self.path)? != self.stamp)
    }

    fn note_encoding(&self, findings: &mut Findings) {
        if self.choices.encoding.is_some() {
            return;
        }
        let (code, severity, message) = match self.sniffed.kind {
            Kind::Workbook | Kind::Text(Encoding::Utf8 | Encoding::Utf8Broken) => return,
            Kind::Text(Encoding::Windows1252) => (
                code!("file.windows_1252"),
                Severity::Note,
                "the roster is no UTF-8 and was read as Windows-1252",
            ),
            Kind::Text(Encoding::Cp850) => (
                code!("file.cp850"),
                Severity::Warning,
                "the roster is no UTF-8 and was read as code page 850 of older systems",
            ),
            Kind::Text(Encoding::MacRoman) => (
                code!("file.macroman"),
                Severity::Warning,
                "the roster is no UTF-8 and was read as MacRoman",
            ),
            Kind::Text(Encoding::Utf16Le | Encoding::Utf16Be) => {
                (code!("file.utf_16"), Severity::Note, "the roster was read as UTF-16")
            }
        };
        let remedy = match severity {
            Severity::Note => {
                "look at some names with accents; export as CSV UTF-8 if they are wrong"
            }
            _ => {
                "look at some names with accents, then write `encoding` in `[roster]`, or export as CSV UTF-8"
            }
        };
        findings
            .push(Finding::new(code, severity, message).at(Place::file(&self.name)).remedy(remedy));
    }
}

/// Without a header nothing is known.
pub fn no_header(header_row: Option<u64>) -> Finding {
    let (message, remedy) = match header_row {
        Some(row) => (
            format!("there is no line {row}, which `header_row` names"),
            "write the line of the header as a spreadsheet numbers it",
        ),
        None => (
            "no row among the first 20 looks like a header".to_owned(),
            "write the columns' names into the first row; if they stand there, write their line as `header_row` in `[roster]` and what they mean into `[roster.columns]`",
        ),
    };
    Finding::new(code!("columns.no_header"), Severity::Error, message).remedy(remedy)
}

fn refused(finding: Finding) -> IntakeError {
    let mut findings = Findings::default();
    findings.push(finding);
    IntakeError::Refused(findings)
}

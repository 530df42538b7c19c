//! One roster on its way: header, rows, order, spool.

use super::columns::{Columns, find_header};
use super::duplicates::Duplicates;
use super::earlier::Again;
use super::findings_file::FindingsFile;
use super::gather::{BLOCK_ROWS, Gathered};
use super::identity::shared_ids;
use super::sort::Record;
use super::source::{Block, Kind, Sniffed, Source, Stamp};
use super::spool::{self, SpoolInfo, Writer};
use super::tell::Tell;
use super::{Intake, IntakeError, Options};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{Incident, Wave};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// One roster on its way to the spool.
pub struct Reading<'a> {
    pub folder: &'a Path,
    pub incident: &'a Incident,
    pub wave: &'a Wave,
    pub options: &'a Options<'a>,
    /// The roster's name without its sheet.
    pub name: &'a str,
    pub path: &'a Path,
    pub sniffed: &'a Sniffed,
    /// What the file was like before it was read.
    pub stamp: Stamp,
}

impl Reading<'_> {
    pub fn run(&self, mut source: Source) -> Result<Intake, IntakeError> {
        let mut findings = Findings::default();
        self.note_encoding(&mut findings);
        if let Some(sheet) = source.chosen_sheet() {
            let message = format!("the workbook has several sheets; `{sheet}` was read");
            findings.push(
                Finding::new(code!("file.sheet_chosen"), Severity::Note, message)
                    .at(Place::file(self.name))
                    .remedy(format!("write `roster = \"{}#{sheet}\"` to say so", self.name)),
            );
        }
        let mut first = Block::default();
        source.fill(&mut first, BLOCK_ROWS).map_err(|e| self.at_roster(e))?;
        let Some(header) = find_header(&first) else {
            findings.push(
                Finding::new(
                    code!("columns.no_header"),
                    Severity::Error,
                    "no row among the first 20 looks like a header",
                )
                .at(Place::file(self.name))
                .remedy("write the columns' names into the first row; the manual lists them"),
            );
            return Err(IntakeError::Refused(findings));
        };
        let row = first.rows[header];
        let headers = (0..row.len())
            .map(|i| super::clean::text::clean(first.cell(&row, i)).text.into_owned())
            .collect();
        // A title or a remark may stand above the header; a row as wide as it may be a person.
        let wide = first.rows[..header].iter().filter(|above| {
            let cells = (0..above.len()).filter(|i| !first.cell(above, *i).trim().is_empty());
            cells.count() * 2 >= row.len()
        });
        let wide = wide.count();
        if wide > 0 {
            let message = format!("above the header stand {wide} rows that may be people");
            findings.push(
                Finding::new(code!("columns.rows_above_header"), Severity::Error, message)
                    .at(Place { line: Some(row.line), ..Place::file(self.name) })
                    .remedy("move the header into the first line"),
            );
        }
        let columns = Columns::read(headers, row.line, self.name, self.incident, &mut findings);
        if findings.has_errors() {
            return Err(IntakeError::Refused(findings));
        }
        first.rows.drain(..=header);

        let mut file = match self.options.findings_csv {
            Some(path) => Some(
                FindingsFile::create(path, self.name, self.options.show_values)
                    .map_err(|e| self.at(path, e))?,
            ),
            None => None,
        };
        let mut tell = Tell { reading: self, columns: &columns, findings, file: file.as_mut() };
        let mut gathered = self.gather(source, first, &mut tell)?;
        if Stamp::of(self.path).map_err(|e| self.at_roster(e))? != self.stamp {
            let message = "the roster changed while it was read";
            tell.findings.push(
                Finding::new(code!("file.changed"), Severity::Error, message)
                    .at(Place::file(self.name))
                    .remedy("wait until nobody writes the file, and start again"),
            );
        }
        if gathered.rows == 0 {
            tell.findings.push(
                Finding::new(
                    code!("file.no_rows"),
                    Severity::Error,
                    "the roster has a header and no rows",
                )
                .at(Place::file(self.name))
                .remedy("export the roster again"),
            );
        }
        if tell.findings.has_errors() {
            let findings = tell.findings;
            self.finish_file(file)?;
            return Err(IntakeError::Refused(findings));
        }
        let rows = gathered.rows;
        let again = std::mem::take(&mut gathered.again);
        let spool = self.settle(gathered, &again, &mut tell)?;
        let findings = tell.findings;
        Ok(Intake { rows, spool, findings, again, file })
    }

    fn finish_file(&self, file: Option<FindingsFile>) -> Result<(), IntakeError> {
        match (file, self.options.findings_csv) {
            (Some(file), Some(path)) => {
                file.finish(self.options.as_of).map_err(|e| self.at(path, e))
            }
            _ => Ok(()),
        }
    }

    fn note_encoding(&self, findings: &mut Findings) {
        use super::source::Encoding::{Utf8, Utf8Broken, Utf16Be, Utf16Le, Windows1252};
        let (code, message) = match self.sniffed.kind {
            Kind::Workbook | Kind::Text(Utf8 | Utf8Broken) => return,
            Kind::Text(Windows1252) => {
                (code!("file.windows_1252"), "the roster is no UTF-8 and was read as Windows-1252")
            }
            Kind::Text(Utf16Le | Utf16Be) => {
                (code!("file.utf_16"), "the roster was read as UTF-16")
            }
        };
        findings.push(
            Finding::new(code, Severity::Note, message)
                .at(Place::file(self.name))
                .remedy("look at some names with accents; export as CSV UTF-8 if they are wrong"),
        );
    }

    /// Names the labels that no data element has. A label that stands in one row only may be a
    /// person's own words and is not named.
    pub fn list_labels(&self, labels: BTreeMap<String, u64>, findings: &mut Findings) {
        let mut labels: Vec<_> = labels.into_iter().filter(|(_, count)| *count > 1).collect();
        labels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (label, count) in labels.into_iter().take(20) {
            let label: String = label.chars().take(60).collect();
            findings.push(
                Finding::new(
                    code!("data_elements.unlisted"),
                    Severity::Warning,
                    format!(
                        "{count} rows name `{label}`, which is no data element of the incident"
                    ),
                )
                .at(Place::file(self.name))
                .remedy(format!("add `{label}` to `roster` of the `[[data_element]]` it means")),
            );
        }
    }

    /// Brings everybody into order, settles duplicates and shared record ids, writes the spool.
    /// The witness looks on from a thread of its own.
    fn settle(
        &self,
        gathered: Gathered,
        again: &Again,
        tell: &mut Tell<'_, '_>,
    ) -> Result<SpoolInfo, IntakeError> {
        let Some(witness) = self.options.witness else {
            return self.write_spool(gathered, tell, None);
        };
        std::thread::scope(|scope| {
            let (to_witness, lines) = mpsc::sync_channel::<Vec<u8>>(4);
            scope.spawn(move || {
                for block in lines {
                    let text = std::str::from_utf8(&block).unwrap_or_default();
                    let people: Vec<_> = text.lines().filter_map(spool::whole_line).collect();
                    witness(&people, again);
                }
            });
            self.write_spool(gathered, tell, Some(to_witness))
        })
    }

    fn write_spool(
        &self,
        gathered: Gathered,
        tell: &mut Tell<'_, '_>,
        witness: Option<mpsc::SyncSender<Vec<u8>>>,
    ) -> Result<SpoolInfo, IntakeError> {
        let path = spool::path(self.folder, &self.wave.id);
        let at_spool = |e| self.at(&path, e);
        let shared = shared_ids(gathered.identities);
        let mut writer = Writer::create(self.folder, &self.wave.id, witness).map_err(at_spool)?;
        let mut sorted = gathered.sorter.sorted().map_err(at_spool)?;
        let mut duplicates = Duplicates::new(shared);
        let mut record = Record::default();
        loop {
            let more = sorted.next(&mut record).map_err(at_spool)?;
            if !more || !duplicates.same_household(&record) {
                duplicates.settle(
                    &mut |line, row, merged_into| {
                        writer.write(line, row, merged_into).map_err(at_spool)
                    },
                    &mut |note| tell.note(note),
                )?;
            }
            if !more {
                break;
            }
            duplicates.push(&mut record);
        }
        let ids = |list: &mut dyn Iterator<Item = &String>| list.cloned().collect::<Vec<_>>();
        let info = SpoolInfo {
            path: PathBuf::new(),
            digest: String::new(),
            places: String::new(),
            rows: gathered.rows,
            roster: self.wave.roster.clone(),
            roster_digest: self.sniffed.digest.clone(),
            as_of: self.options.as_of,
            entities: ids(&mut self.incident.entities.iter().map(|e| &e.id)),
            strands: ids(&mut self.incident.strands.iter().map(|s| &s.id)),
            elements: ids(&mut self.incident.elements.iter().map(|e| &e.id)),
        };
        writer.finish(info).map_err(at_spool)
    }

    pub fn at(&self, path: &Path, source: io::Error) -> IntakeError {
        IntakeError::Io { path: path.to_owned(), source }
    }

    pub fn at_roster(&self, source: io::Error) -> IntakeError {
        self.at(self.path, source)
    }

    pub fn worker_died(&self) -> IntakeError {
        self.at_roster(io::Error::other("a worker stopped at an unforeseen value"))
    }
}

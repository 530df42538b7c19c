//! Reads a wave's roster and writes its spool.

use super::cleaner::{Cleaner, Rules};
use super::columns::{Columns, find_header};
use super::duplicates::Duplicates;
use super::findings_file::FindingsFile;
use super::identity::shared_ids;
use super::note::RowNote;
use super::order::{self, Identity};
use super::sort::{Batch, Record, Sorter};
use super::source::{Block, Kind, Sniffed, Source, sniff};
use super::spool::{self, SpoolInfo, Writer};
use super::tally::Tally;
use super::{Person, Standing};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{Incident, Wave};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};

/// Rows that go from thread to thread at once.
const BLOCK_ROWS: usize = 2048;

/// Bytes of people sorted in memory at once.
const RUN_BYTES: usize = 96 << 20;

/// How a roster is read.
pub struct Options<'a> {
    /// The mail date, by which ages are reckoned.
    pub as_of: Date,
    /// The age of majority in a state, by USPS code; also asked for the unknown state, `""`.
    pub majority: &'a dyn Fn(&str) -> u8,
    /// Where every finding of every row goes; nowhere if none.
    pub findings_csv: Option<&'a Path>,
    /// Whether that file shows the values concerned.
    pub show_values: bool,
}

/// What came of a roster.
pub struct Intake {
    /// Rows read, the header not counted; as many records are in the spool.
    pub rows: u64,
    pub spool: SpoolInfo,
    pub findings: Findings,
}

/// Why no spool was written.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The roster as a whole cannot be used; among the findings is at least one error.
    #[error("the roster cannot be used")]
    Refused(Findings),
    #[error("cannot work with `{path}`")]
    Io { path: PathBuf, source: io::Error },
}

/// Reads the wave's roster in the incident folder and writes the wave's spool.
///
/// # Errors
/// `Refused` when the file or its columns cannot be used: an earlier spool stays as it was.
pub fn read(
    folder: &Path,
    incident: &Incident,
    wave: &Wave,
    options: &Options<'_>,
) -> Result<Intake, IntakeError> {
    let (name, sheet) = match wave.roster.rsplit_once('#') {
        Some((name, sheet)) if !folder.join(&wave.roster).exists() => (name, Some(sheet)),
        _ => (wave.roster.as_str(), None),
    };
    let path = folder.join(name);
    let at_roster = |source| IntakeError::Io { path: path.clone(), source };
    let refused = |finding: Finding| {
        let mut findings = Findings::default();
        findings.push(finding);
        IntakeError::Refused(findings)
    };
    if !path.is_file() {
        return Err(refused(
            Finding::new("file.missing", Severity::Error, format!("there is no roster `{name}`"))
                .at(Place::file("incident.toml"))
                .remedy("put the roster into the incident folder, or correct `roster` of the wave"),
        ));
    }
    let sniffed = sniff(&path, name).map_err(at_roster)?.map_err(|finding| refused(*finding))?;
    let source = Source::open(&path, &sniffed, sheet).map_err(|error| match error {
        super::source::OpenError::Finding(finding) => refused(*finding),
        super::source::OpenError::Io(source) => at_roster(source),
    })?;
    let reading = Reading { folder, incident, wave, options, name, path: &path, sniffed: &sniffed };
    reading.run(source)
}

struct Reading<'a> {
    folder: &'a Path,
    incident: &'a Incident,
    wave: &'a Wave,
    options: &'a Options<'a>,
    /// The roster's name without its sheet.
    name: &'a str,
    path: &'a Path,
    sniffed: &'a Sniffed,
}

/// What a worker made of one block.
struct Done {
    index: u64,
    batch: Batch,
    identities: Vec<Identity>,
    notes: Vec<RowNote>,
}

/// What the workers saw in the end.
struct Seen {
    tally: Tally,
    unknown_labels: BTreeMap<String, u64>,
}

/// All of the roster, cleaned, not yet in order.
struct Gathered {
    rows: u64,
    sorter: Sorter,
    identities: Vec<Identity>,
}

impl Reading<'_> {
    fn run(&self, mut source: Source) -> Result<Intake, IntakeError> {
        let mut findings = Findings::default();
        self.note_encoding(&mut findings);
        if let Some(sheet) = source.chosen_sheet() {
            let message = format!("the workbook has several sheets; `{sheet}` was read");
            findings.push(
                Finding::new("file.sheet_chosen", Severity::Note, message)
                    .at(Place::file(self.name))
                    .remedy(format!("write `roster = \"{}#{sheet}\"` to say so", self.name)),
            );
        }
        let mut first = Block::default();
        source.fill(&mut first, BLOCK_ROWS).map_err(|e| self.at_roster(e))?;
        let Some(header) = find_header(&first) else {
            findings.push(
                Finding::new(
                    "columns.no_header",
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
        let gathered = self.gather(source, first, &mut tell)?;
        if gathered.rows == 0 {
            tell.findings.push(
                Finding::new(
                    "file.no_rows",
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
        let spool = self.settle(gathered, &mut tell)?;
        let findings = tell.findings;
        self.finish_file(file)?;
        Ok(Intake { rows, spool, findings })
    }

    fn finish_file(&self, file: Option<FindingsFile>) -> Result<(), IntakeError> {
        match (file, self.options.findings_csv) {
            (Some(file), Some(path)) => file.finish().map_err(|e| self.at(path, e)),
            _ => Ok(()),
        }
    }

    fn note_encoding(&self, findings: &mut Findings) {
        use super::source::Encoding::{Utf8, Utf8Broken, Utf16Be, Utf16Le, Windows1252};
        let (code, message) = match self.sniffed.kind {
            Kind::Workbook | Kind::Text(Utf8 | Utf8Broken) => return,
            Kind::Text(Windows1252) => {
                ("file.windows_1252", "the roster is no UTF-8 and was read as Windows-1252")
            }
            Kind::Text(Utf16Le | Utf16Be) => ("file.utf_16", "the roster was read as UTF-16"),
        };
        findings.push(
            Finding::new(code, Severity::Note, message)
                .at(Place::file(self.name))
                .remedy("look at some names with accents; export as CSV UTF-8 if they are wrong"),
        );
    }

    /// Cleans every row, in as many threads as there are cores: one splits the file, the others
    /// clean, this one gathers in the roster's order.
    fn gather(
        &self,
        mut source: Source,
        first: Block,
        tell: &mut Tell<'_, '_>,
    ) -> Result<Gathered, IntakeError> {
        let rules =
            Rules::new(self.incident, tell.columns, self.options.as_of, self.options.majority);
        let workers = std::thread::available_parallelism().map_or(1, usize::from).clamp(2, 17) - 1;
        let spool_path = spool::path(self.folder, &self.wave.id);
        let runs = spool_path.with_extension("sort");
        let mut gathered =
            Gathered { rows: 0, sorter: Sorter::new(runs.clone(), RUN_BYTES), identities: vec![] };
        let mut seen =
            Seen { tally: Tally::new(tell.columns.headers.len()), unknown_labels: BTreeMap::new() };

        std::thread::scope(|scope| -> Result<(), IntakeError> {
            let (to_workers, blocks) = mpsc::sync_channel::<(u64, u64, Block)>(workers * 2);
            let (to_here, done) = mpsc::sync_channel::<Done>(workers * 2);
            let (give_back, used) = mpsc::channel::<Block>();
            let blocks = Arc::new(Mutex::new(blocks));
            let splitter = scope.spawn(move || -> io::Result<u64> {
                let (mut index, mut rows) = (0, 0);
                let mut block = first;
                loop {
                    let count = block.rows.len() as u64;
                    // A worker that is gone means that the gatherer gave up.
                    if count > 0 && to_workers.send((index, rows, block)).is_err() {
                        return Ok(rows);
                    }
                    index += u64::from(count > 0);
                    rows += count;
                    block = used.try_recv().unwrap_or_default();
                    if !source.fill(&mut block, BLOCK_ROWS)? {
                        return Ok(rows);
                    }
                }
            });
            let cleaners: Vec<_> = (0..workers)
                .map(|_| {
                    let (to_here, give_back, rules) = (to_here.clone(), give_back.clone(), &rules);
                    let blocks = Arc::clone(&blocks);
                    scope.spawn(move || {
                        let mut cleaner = Cleaner::new(rules);
                        loop {
                            let next = blocks.lock().map(|blocks| blocks.recv());
                            let Ok(Ok((index, before, block))) = next else { break };
                            let done = clean_block(&mut cleaner, index, before, &block);
                            let _ = give_back.send(block);
                            if to_here.send(done).is_err() {
                                break;
                            }
                        }
                        (cleaner.tally, cleaner.unknown_labels)
                    })
                })
                .collect();
            // The channels end with the threads that use them.
            drop((to_here, blocks));
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            for done in &done {
                waiting.insert(done.index, done);
                while let Some(done) = waiting.remove(&next) {
                    next += 1;
                    for note in done.notes {
                        tell.note(note)?;
                    }
                    gathered.identities.extend(done.identities);
                    gathered.sorter.add(&done.batch).map_err(|e| self.at(&runs, e))?;
                }
            }
            for cleaner in cleaners {
                let (tally, labels) = cleaner.join().map_err(|_| self.worker_died())?;
                seen.tally.merge(&tally);
                for (label, count) in labels {
                    *seen.unknown_labels.entry(label).or_default() += count;
                }
            }
            gathered.rows =
                splitter.join().map_err(|_| self.worker_died())?.map_err(|e| self.at_roster(e))?;
            Ok(())
        })?;
        for finding in seen.tally.refused(tell.columns, self.name) {
            tell.findings.push(finding);
        }
        self.list_labels(seen.unknown_labels, &mut tell.findings);
        Ok(gathered)
    }

    /// Names the labels that no data element has. A label that stands in one row only may be a
    /// person's own words and is not named.
    fn list_labels(&self, labels: BTreeMap<String, u64>, findings: &mut Findings) {
        let mut labels: Vec<_> = labels.into_iter().filter(|(_, count)| *count > 1).collect();
        labels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (label, count) in labels.into_iter().take(20) {
            let label: String = label.chars().take(60).collect();
            findings.push(
                Finding::new(
                    "data_elements.unlisted",
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
    fn settle(
        &self,
        gathered: Gathered,
        tell: &mut Tell<'_, '_>,
    ) -> Result<SpoolInfo, IntakeError> {
        let path = spool::path(self.folder, &self.wave.id);
        let at_spool = |e| self.at(&path, e);
        let shared = shared_ids(gathered.identities);
        let mut writer = Writer::create(self.folder, &self.wave.id).map_err(at_spool)?;
        let mut people = 0;
        let mut sorted = gathered.sorter.sorted().map_err(at_spool)?;
        let mut duplicates = Duplicates::new(shared);
        let mut record = Record::default();
        loop {
            let more = sorted.next(&mut record).map_err(at_spool)?;
            if !more || !duplicates.same_household(&record) {
                duplicates.settle(
                    &mut |line, standing_is_somebody, row, merged_into| {
                        people += u64::from(standing_is_somebody);
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
            rows: gathered.rows,
            people,
            roster: self.wave.roster.clone(),
            roster_digest: self.sniffed.digest.clone(),
            as_of: self.options.as_of,
            entities: ids(&mut self.incident.entities.iter().map(|e| &e.id)),
            strands: ids(&mut self.incident.strands.iter().map(|s| &s.id)),
            elements: ids(&mut self.incident.elements.iter().map(|e| &e.id)),
        };
        writer.finish(info).map_err(at_spool)
    }

    fn at(&self, path: &Path, source: io::Error) -> IntakeError {
        IntakeError::Io { path: path.to_owned(), source }
    }

    fn at_roster(&self, source: io::Error) -> IntakeError {
        self.at(self.path, source)
    }

    fn worker_died(&self) -> IntakeError {
        self.at_roster(io::Error::other("a worker stopped at an unforeseen value"))
    }
}

fn clean_block(cleaner: &mut Cleaner<'_>, index: u64, before: u64, block: &Block) -> Done {
    let mut done = Done { index, batch: Batch::default(), identities: vec![], notes: vec![] };
    for (row, number) in block.rows.iter().zip(before + 1..) {
        let person = cleaner.clean(block, row, number);
        put(&person, row.line, &mut done);
    }
    done.notes = std::mem::take(&mut cleaner.notes);
    done
}

fn put(person: &Person, line: u64, done: &mut Done) {
    let buffer = done.batch.buffer();
    let start = buffer.len();
    let place = order::place(person, buffer);
    let key_end = buffer.len();
    spool::encode(person, buffer);
    buffer.push(b'\n');
    if !matches!(person.standing, Standing::Excluded(_)) {
        done.identities.extend(place.identity);
    }
    done.batch.end(start, key_end, place.household, person.row, line);
}

/// Where notes go: into the counted findings and into `findings.csv`.
struct Tell<'a, 'f> {
    reading: &'a Reading<'a>,
    columns: &'a Columns,
    findings: Findings,
    file: Option<&'f mut FindingsFile>,
}

impl Tell<'_, '_> {
    fn note(&mut self, note: RowNote) -> Result<(), IntakeError> {
        if let Some(file) = &mut self.file {
            let path = self.reading.options.findings_csv.unwrap_or(Path::new(""));
            file.write(&note, self.columns).map_err(|e| self.reading.at(path, e))?;
        }
        let mut finding =
            Finding::new(note.problem.code, note.problem.severity, note.problem.message)
                .at(Place {
                    line: Some(note.line),
                    cell: note.cell.map(|c| self.columns.cell(c.into())),
                    ..Place::file(self.reading.name)
                })
                .remedy(note.problem.remedy);
        finding.value = note.value.map(String::from);
        self.findings.push(finding);
        Ok(())
    }
}

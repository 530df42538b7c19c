//! A wave's rosters on their way: headers, rows, order, spool.

use super::duplicates::Duplicates;
use super::earlier::Again;
use super::findings_file::FindingsFile;
use super::gather::Gathered;
use super::identity::shared_ids;
use super::opened::Opened;
use super::repairs::{self, Ready, Repairs};
use super::sort::Record;
use super::spool::{self, SpoolInfo, Writer};
use super::strays;
use super::tell::{About, Tell};
use super::{Intake, IntakeError, Options};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::folder::IncidentFolder;
use crate::incident::{Incident, Wave};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// The rosters of one wave on their way to the spool.
pub struct Reading<'a> {
    pub folder: &'a Path,
    pub incident: &'a Incident,
    pub wave: &'a Wave,
    pub options: &'a Options<'a>,
    pub repairs: &'a Repairs,
}

impl Reading<'_> {
    pub fn run(&self, mut files: Vec<Opened>) -> Result<Intake, IntakeError> {
        let mut findings = Findings::default();
        let (mut rosters, mut firsts) = (Vec::new(), Vec::new());
        for file in &mut files {
            let head = file.head(self.incident, &mut findings);
            if let Some((mut columns, first)) = head.map_err(|e| self.at(&file.path, e))? {
                let repairs = Ready::of(self.repairs, &mut columns);
                rosters.push(About { name: file.name.clone(), columns, repairs });
                firsts.push(first);
            }
        }
        if findings.has_errors() {
            return Err(IntakeError::Refused(findings));
        }

        let mut file = match self.options.findings_csv {
            Some(path) => Some(
                FindingsFile::create(path, self.options.show_values)
                    .map_err(|e| self.at(path, e))?,
            ),
            None => None,
        };
        let mut tell = Tell {
            reading: self,
            rosters: &rosters,
            before: Vec::new(),
            findings,
            file: file.as_mut(),
        };
        let mut gathered = self.gather(&mut files, firsts, &mut tell)?;
        let each: Vec<(String, u64)> =
            files.iter().zip(&gathered.each).map(|(f, rows)| (f.name.clone(), *rows)).collect();
        for (opened, rows) in files.iter().zip(&gathered.each) {
            if opened.changed().map_err(|e| self.at(&opened.path, e))? {
                let message = "the roster changed while it was read";
                tell.findings.push(
                    Finding::new(code!("file.changed"), Severity::Error, message)
                        .at(Place::file(&opened.name))
                        .remedy("wait until nobody writes the file, and start again"),
                );
            }
            if *rows == 0 {
                let message = "the roster has a header and no rows";
                tell.findings.push(
                    Finding::new(code!("file.no_rows"), Severity::Error, message)
                        .at(Place::file(&opened.name))
                        .remedy("export the roster again"),
                );
            }
        }
        if tell.findings.has_errors() {
            let findings = tell.findings;
            self.finish_file(file)?;
            return Err(IntakeError::Refused(findings));
        }
        let rows = gathered.rows;
        let again = std::mem::take(&mut gathered.again);
        let digest =
            whole_digest(files.iter().map(|f| (f.path.as_path(), f.sniffed.digest.as_str())));
        let digest = repaired_digest(digest, self.repairs);
        let spool = self.settle(gathered, (digest, each.clone()), &again, &mut tell)?;
        let findings = tell.findings;
        Ok(Intake { rows, files: each, spool, findings, again, file })
    }

    fn finish_file(&self, file: Option<FindingsFile>) -> Result<(), IntakeError> {
        match (file, self.options.findings_csv) {
            (Some(file), Some(path)) => {
                file.finish(self.options.as_of).map_err(|e| self.at(path, e))
            }
            _ => Ok(()),
        }
    }

    /// Names the labels that no data element has. A label that stands in one row only may be a
    /// person's own words and is not named.
    pub fn list_labels(&self, file: &str, labels: BTreeMap<String, u64>, findings: &mut Findings) {
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
                .at(Place::file(file))
                .remedy(format!("add `{label}` to `roster` of the `[[data_element]]` it means")),
            );
        }
    }

    /// Brings everybody into order, settles duplicates and shared record ids, writes the spool.
    /// The witness looks on from a thread of its own.
    fn settle(
        &self,
        gathered: Gathered,
        files: (String, Vec<(String, u64)>),
        again: &Again,
        tell: &mut Tell<'_, '_>,
    ) -> Result<SpoolInfo, IntakeError> {
        let Some(witness) = self.options.witness else {
            return self.write_spool(gathered, files, tell, None);
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
            self.write_spool(gathered, files, tell, Some(to_witness))
        })
    }

    fn write_spool(
        &self,
        gathered: Gathered,
        (roster_digest, files): (String, Vec<(String, u64)>),
        tell: &mut Tell<'_, '_>,
        witness: Option<mpsc::SyncSender<Vec<u8>>>,
    ) -> Result<SpoolInfo, IntakeError> {
        let folder = self.options.spool_in.unwrap_or(self.folder);
        let path = IncidentFolder(folder).spool(&self.wave.id).csv();
        let at_spool = |e| self.at(&path, e);
        let apart = self.repairs.apart();
        let mut homes = strays::at_home(&gathered.strays, &gathered.identities, &apart);
        for (home, stray) in gathered.joined {
            homes.entry(home).or_default().push(stray);
        }
        let shared = shared_ids(gathered.identities);
        let mut writer = match self.options.asked_in {
            Some(_) => Writer::nowhere(witness),
            None => Writer::create(folder, &self.wave.id, witness).map_err(at_spool)?,
        };
        let mut sorted = gathered.sorter.sorted().map_err(at_spool)?;
        let mut duplicates = Duplicates::new(shared, homes, apart);
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
        for (row, repair) in &gathered.fits.joined {
            if !duplicates.is_taken(*row) {
                tell.findings.push(not_joined(*repair));
            }
        }
        let ids = |list: &mut dyn Iterator<Item = &String>| list.cloned().collect::<Vec<_>>();
        let info = SpoolInfo {
            path: PathBuf::new(),
            digest: String::new(),
            places: String::new(),
            rows: gathered.rows,
            roster: self.wave.roster.to_string(),
            roster_digest,
            files: if files.len() > 1 { files } else { Vec::new() },
            lines: gathered.lines.kept(),
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

    pub fn worker_died(&self, path: &Path) -> IntakeError {
        self.at(path, io::Error::other("a worker stopped at an unforeseen value"))
    }
}

/// SHA-256 of the one file, or over those of all files in their order; a file of several sheets
/// counts once.
pub fn whole_digest<'f>(files: impl Iterator<Item = (&'f Path, &'f str)>) -> String {
    let mut all: Vec<(&Path, &str)> = Vec::new();
    for file in files {
        if !all.contains(&file) {
            all.push(file);
        }
    }
    match all.as_slice() {
        [(_, digest)] => (*digest).to_owned(),
        several => {
            let mut hash = Sha256::new();
            for (_, digest) in several {
                hash.update(digest);
                hash.update("\n");
            }
            crate::files::hex(&hash.finalize())
        }
    }
}

/// The digest of rosters and of the repairs that are applied to them.
pub fn repaired_digest(rosters: String, repairs: &Repairs) -> String {
    match repairs.digest() {
        None => rosters,
        Some(repairs) => {
            crate::files::hex(&Sha256::digest(format!("{rosters}\n{repairs}\n").as_bytes()))
        }
    }
}

fn not_joined(repair: u32) -> Finding {
    let message = format!(
        "repair {repair} joins two records that cannot be one: the first is held or is itself joined, or they differ in covered entity or cohort"
    );
    Finding::new(code!("repair.not_joined"), Severity::Warning, message)
        .at(Place::file(repairs::FILE))
        .remedy(format!("mend the rows first, or `noticeworks repair undo {repair}`"))
}

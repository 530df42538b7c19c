//! Every row of a roster cleaned, in as many threads as there are cores.

use super::cleaner::{Cleaner, Counted, Rules};
use super::earlier::Again;
use super::note::RowNote;
use super::opened::Opened;
use super::order::{self, Identity};
use super::problem;
use super::reading::Reading;
use super::release::Releases;
use super::repairs::Fits;
use super::sort::{Batch, Sorter};
use super::source::Block;
use super::spool::{self, Lines};
use super::strays::Stray;
use super::tally::Tally;
use super::tell::{About, Tell};
use super::told::Told;
use super::{Column, IntakeError, Options};
use super::{Person, Standing};
use crate::crew::{Crew, cores};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::folder::{IncidentFolder, runs_in};
use crate::tables::words::count;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::mpsc;

/// Rows that go from thread to thread at once.
pub const BLOCK_ROWS: usize = 2048;

/// Bytes of people sorted in memory at once.
const RUN_BYTES: usize = 96 << 20;

/// Rows for which room is made at once: about a gigabyte that nobody may ever touch.
const MOST_EXPECTED: usize = 40_000_000;

/// What a worker made of one block.
struct Done {
    batch: Batch,
    identities: Vec<Identity>,
    strays: Vec<Stray>,
    notes: Vec<RowNote>,
    joined: Vec<(u64, Stray)>,
    lines: Lines,
}

/// What the workers saw in the end.
struct Seen {
    tally: Tally,
    unknown_labels: BTreeMap<String, u64>,
    /// Phrases in addresses on which nobody decided.
    remarks: BTreeMap<&'static str, u64>,
    other_cities: Counted,
    /// Indices of decisions that released a row.
    released: BTreeSet<usize>,
    fits: Fits,
}

/// All of the rosters, cleaned, not yet in order.
pub struct Gathered {
    pub rows: u64,
    /// The same by roster.
    pub each: Vec<u64>,
    pub sorter: Sorter,
    pub identities: Vec<Identity>,
    /// Who has no address in this row.
    pub strays: Vec<Stray>,
    /// Rows that a repair joins to a record, by its digest.
    pub joined: Vec<(u64, Stray)>,
    /// How the repairs fitted.
    pub fits: Fits,
    pub lines: Lines,
    /// Who of earlier waves was seen again.
    pub again: Again,
}

impl Reading<'_> {
    /// Cleans every row of every roster, one roster after the other.
    pub(super) fn gather(
        &self,
        files: &mut [Opened],
        firsts: Vec<Block>,
        tell: &mut Tell<'_, '_>,
    ) -> Result<Gathered, IntakeError> {
        let releases = Releases::read(self.incident, &mut tell.findings);
        let told = {
            let Options { earlier, again, .. } = *self.options;
            Told::read(self.folder, self.incident, earlier, again, &mut tell.findings)
        }
        .map_err(|e| {
            self.at(&IncidentFolder(self.folder).spool(&self.wave.id).csv(), io::Error::other(e))
        })?;
        let mut gathered = Gathered {
            rows: 0,
            each: Vec::new(),
            sorter: Sorter::new(self.runs(), RUN_BYTES),
            identities: vec![],
            strays: vec![],
            joined: vec![],
            lines: Lines::default(),
            fits: Fits::default(),
            again: Again::default(),
        };
        // Room for all at once where the files say how much: a list that grows is copied, and both
        // copies are there for a moment. Without it the list grows as it must.
        let rows = files.iter().zip(&firsts).map(|(file, first)| rows_to_expect(file, first)).sum();
        let _ = gathered.identities.try_reserve_exact(rows);
        let (mut released, mut remarks) = (BTreeSet::new(), BTreeMap::new());
        let repairs = self.repairs;
        let rosters = files.len();
        for ((file, first), about) in files.iter_mut().zip(firsts).zip(tell.rosters) {
            let (as_of, majority) = (self.options.as_of, self.options.majority);
            let rules = Rules::new(
                self.incident,
                &about.columns,
                as_of,
                majority,
                &releases,
                &told,
                &about.repairs,
            );
            tell.before.push(gathered.rows);
            let seen = self.one(file, first, &rules, &mut gathered, tell)?;
            for finding in seen.tally.refused(&about.columns, &about.name) {
                tell.findings.push(finding);
            }
            self.list_labels(&about.name, seen.unknown_labels, &mut tell.findings);
            tell_other_cities(about, seen.other_cities, &mut tell.findings);
            released.extend(seen.released);
            gathered.fits.merge(seen.fits);
            gathered.fits.lacks(&about.repairs);
            for (phrase, count) in seen.remarks {
                *remarks.entry(phrase).or_default() += count;
            }
        }
        let names: Vec<&str> = tell.rosters.iter().map(|about| about.name.as_str()).collect();
        ask_about_remarks(&names.join(", "), &remarks, &mut tell.findings);
        let waves = self.incident.waves.len();
        gathered.fits.tell(repairs, rosters, waves, &mut tell.findings);
        releases.tell_unused(&released, &mut tell.findings);
        gathered.again.merge(told.between);
        Ok(gathered)
    }

    /// Where sorted runs lie meanwhile.
    fn runs(&self) -> PathBuf {
        match self.options.asked_in {
            Some(folder) => runs_in(folder),
            None => {
                let folder = self.options.spool_in.unwrap_or(self.folder);
                IncidentFolder(folder).spool(&self.wave.id).runs()
            }
        }
    }

    /// Cleans every row of one roster, in as many threads as there are cores: one splits the
    /// file, the others clean, this one gathers in the roster's order.
    fn one(
        &self,
        file: &mut Opened,
        first: Block,
        rules: &Rules<'_>,
        gathered: &mut Gathered,
        tell: &mut Tell<'_, '_>,
    ) -> Result<Seen, IntakeError> {
        // Splitting and gathering take a tenth of the work each: all cores clean as well.
        let workers = cores().clamp(1, 16);
        let runs = self.runs();
        let mut seen = Seen {
            tally: Tally::new(rules.columns.headers.len()),
            unknown_labels: BTreeMap::new(),
            remarks: BTreeMap::new(),
            other_cities: Counted::default(),
            released: BTreeSet::new(),
            fits: Fits::default(),
        };
        let (path, source) = (&file.path, &mut file.source);
        let before = gathered.rows;

        let (give_back, used) = mpsc::channel::<Block>();
        let (mut rows, mut unread) = (before, None);
        let (split, failed) = (&mut rows, &mut unread);
        let feed = move |give: &mut dyn FnMut((u64, Block)) -> bool| {
            let mut block = first;
            loop {
                let count = block.rows.len() as u64;
                if count > 0 && !give((*split, block)) {
                    return Ok(());
                }
                *split += count;
                block = used.try_recv().unwrap_or_default();
                match source.fill(&mut block, BLOCK_ROWS) {
                    Ok(true) => {}
                    Ok(false) => return Ok(()),
                    Err(error) => {
                        *failed = Some(error);
                        return Ok(());
                    }
                }
            }
        };
        let start = || Cleaner::new(rules);
        let clean = |cleaner: &mut Cleaner<'_>, (before, block): (u64, Block)| {
            let done = clean_block(cleaner, before, &block);
            let _ = give_back.send(block);
            done
        };
        let crew = Crew { workers, ahead: workers * 2 };
        let done = crew.in_order(feed, &start, &clean, &mut |done: Done| {
            for note in done.notes {
                tell.note(note)?;
            }
            gathered.identities.extend(done.identities);
            gathered.strays.extend(done.strays);
            gathered.joined.extend(done.joined);
            gathered.lines.extend(&done.lines);
            gathered.sorter.add(&done.batch).map_err(|e| self.at(&runs, e))
        });
        for cleaner in done.map_err(|_| self.worker_died(path))?? {
            seen.tally.merge(&cleaner.tally);
            seen.other_cities.merge(cleaner.other_cities);
            seen.fits.merge(cleaner.fits);
            gathered.again.merge(cleaner.again);
            seen.released.extend(cleaner.released);
            for (phrase, count) in cleaner.remarks {
                *seen.remarks.entry(phrase).or_default() += count;
            }
            for (label, count) in cleaner.unknown_labels {
                *seen.unknown_labels.entry(label).or_default() += count;
            }
        }
        if let Some(error) = unread {
            return Err(self.at(path, error));
        }
        gathered.rows = rows;
        gathered.each.push(gathered.rows - before);
        Ok(seen)
    }
}

/// Asks once for each phrase that stands in addresses and proves nothing.
fn ask_about_remarks(files: &str, remarks: &BTreeMap<&'static str, u64>, findings: &mut Findings) {
    for (phrase, count) in remarks {
        let rows =
            if *count == 1 { "1 address says".into() } else { format!("{count} addresses say") };
        findings.push(
            Finding::new(
                code!("address.phrase"),
                Severity::Question,
                format!("{rows} `{phrase}`: is there an address?"),
            )
            .at(Place::file(files))
            .remedy(format!(
                "decide with a `[[decision]]`, `question = \"release.address.remark/{phrase}\"` and `choice = \"no_address\"` (substitute notice) or `\"use_rest\"` (the address without these words), or correct the rows"
            )),
        );
    }
}

/// Says once how many rows name a city that is none of their ZIP code's. Mail goes by the ZIP code,
/// and people name their village, so that this is no finding of each row.
fn tell_other_cities(about: &About, other: Counted, findings: &mut Findings) {
    if other.rows == 0 {
        return;
    }
    let rows = count(other.rows, "row names", "rows name");
    let cell = about.columns.index(Column::City).map(|at| about.columns.cell(at));
    findings.push(
        Finding::new(
            code!("zip.other_city"),
            Severity::Note,
            format!("{rows} a city that the Postal Service does not list for the ZIP code"),
        )
        .at(Place { line: Some(other.first), cell, ..Place::file(&about.name) })
        .remedy("nothing; `noticeworks repair --suggest` shows which may be slips of the pen"),
    );
}

/// About how many rows a file has, and a few more, by the length of the first ones.
fn rows_to_expect(file: &Opened, first: &Block) -> usize {
    let size = std::fs::metadata(&file.path).map_or(0, |file| file.len());
    let rows = first.rows.len() as u64;
    let each = (first.bytes() as u64).checked_div(rows).unwrap_or(0).max(1);
    usize::try_from(size / each).unwrap_or(0).min(MOST_EXPECTED)
}

fn clean_block(cleaner: &mut Cleaner<'_>, before: u64, block: &Block) -> Done {
    let mut done = Done {
        batch: Batch::default(),
        identities: vec![],
        strays: vec![],
        notes: vec![],
        joined: vec![],
        lines: Lines::default(),
    };
    for (row, number) in block.rows.iter().zip(before + 1..) {
        let person = cleaner.clean(block, row, number);
        let open = matches!(person.standing, Standing::Ready | Standing::Substitute);
        let join = cleaner.joined(&person.record_id).filter(|_| open);
        if let Some((home, repair)) = join {
            done.joined.push((home, Stray::joined(&person)));
            cleaner.fits.joined.push((person.row, repair));
        }
        done.lines.push(number, row.line);
        put(&person, row.line, join.is_some(), &mut done);
    }
    done.notes = std::mem::take(&mut cleaner.notes);
    done
}

/// Whether the standing says that nothing but an address is wanting.
fn has_no_address(standing: &Standing) -> bool {
    let died = Standing::Excluded(problem::DECEASED_NO_ADDRESS.code);
    *standing == Standing::Substitute || *standing == died
}

fn put(person: &Person, line: u64, joined: bool, done: &mut Done) {
    let buffer = done.batch.buffer();
    let start = buffer.len();
    // Behind everybody whom it may be joined to.
    if joined {
        buffer.push(b'3');
    }
    let place = order::place(person, buffer);
    let key_end = buffer.len();
    spool::encode(person, buffer);
    buffer.push(b'\n');
    if !joined && !matches!(person.standing, Standing::Excluded(_)) {
        done.identities.extend(place.identity);
    }
    if !joined && has_no_address(&person.standing) {
        done.strays.extend(place.identity.map(|identity| Stray::new(person, identity)));
    }
    done.batch.end(start, key_end, place.household + usize::from(joined), person.row, line);
}

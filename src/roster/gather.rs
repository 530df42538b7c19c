//! Every row of a roster cleaned, in as many threads as there are cores.

use super::cleaner::{Cleaner, Rules};
use super::earlier::Again;
use super::note::RowNote;
use super::order::{self, Identity};
use super::reading::Reading;
use super::release::Releases;
use super::sort::{Batch, Sorter};
use super::source::{Block, Source};
use super::spool;
use super::tally::Tally;
use super::tell::Tell;
use super::told::Told;
use super::{IntakeError, Options};
use super::{Person, Standing};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, mpsc};

/// Rows that go from thread to thread at once.
pub const BLOCK_ROWS: usize = 2048;

/// Bytes of people sorted in memory at once.
const RUN_BYTES: usize = 96 << 20;

/// Rows for which room is made at once: about a gigabyte that nobody may ever touch.
const MOST_EXPECTED: usize = 40_000_000;

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
    /// Indices of decisions that released a row.
    released: BTreeSet<usize>,
}

/// All of the roster, cleaned, not yet in order.
pub struct Gathered {
    pub rows: u64,
    pub sorter: Sorter,
    pub identities: Vec<Identity>,
    /// Who of earlier waves was seen again.
    pub again: Again,
}

impl Reading<'_> {
    /// Cleans every row, in as many threads as there are cores: one splits the file, the others
    /// clean, this one gathers in the roster's order.
    pub(super) fn gather(
        &self,
        mut source: Source,
        first: Block,
        tell: &mut Tell<'_, '_>,
    ) -> Result<Gathered, IntakeError> {
        let releases = Releases::read(self.incident, &mut tell.findings);
        let told = {
            let Options { earlier, again, .. } = *self.options;
            Told::read(self.folder, self.incident, earlier, again, &mut tell.findings)
        }
        .map_err(|e| self.at(&spool::path(self.folder, &self.wave.id), io::Error::other(e)))?;
        let (as_of, majority) = (self.options.as_of, self.options.majority);
        let rules = Rules::new(self.incident, tell.columns, as_of, majority, releases, told);
        // Splitting and gathering take a tenth of the work each: all cores clean as well.
        let workers = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, 16);
        let spool_path = spool::path(self.folder, &self.wave.id);
        let runs = match self.options.asked_in {
            Some(folder) => folder.join("sort"),
            None => spool_path.with_extension("sort"),
        };
        let mut gathered = Gathered {
            rows: 0,
            sorter: Sorter::new(runs.clone(), RUN_BYTES),
            identities: vec![],
            again: Again::default(),
        };
        // Room for all at once where the file says how much: a list that grows is copied, and both
        // copies are there for a moment. Without it the list grows as it must.
        let rows = self.rows_to_expect(&first);
        let _ = gathered.identities.try_reserve_exact(rows);
        let mut seen = Seen {
            tally: Tally::new(tell.columns.headers.len()),
            unknown_labels: BTreeMap::new(),
            released: BTreeSet::new(),
        };

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
                        (cleaner.tally, cleaner.unknown_labels, cleaner.again, cleaner.released)
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
                let (tally, labels, again, released) =
                    cleaner.join().map_err(|_| self.worker_died())?;
                seen.tally.merge(&tally);
                gathered.again.merge(again);
                seen.released.extend(released);
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
        rules.releases().tell_unused(&seen.released, &mut tell.findings);
        gathered.again.merge(rules.into_told().between);
        Ok(gathered)
    }

    /// About how many rows the file has, and a few more, by the length of the first ones.
    fn rows_to_expect(&self, first: &Block) -> usize {
        let file = std::fs::metadata(self.path).map_or(0, |file| file.len());
        let rows = first.rows.len() as u64;
        let each = (first.bytes() as u64).checked_div(rows).unwrap_or(0).max(1);
        usize::try_from(file / each).unwrap_or(0).min(MOST_EXPECTED)
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

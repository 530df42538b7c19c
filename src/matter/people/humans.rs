//! Who stands under several covered entities: a state counts each of its residents once, a covered
//! entity each of its own people.

use crate::files;
use crate::plan::{Cube, Share};
use foldhash::HashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

/// One record: a digest of who it is, and the number of its kind.
type Sighting = (u64, u32);

/// Sightings kept in memory before they go to a file: 24 MiB.
const MOST: usize = 1 << 21;

/// Takes records of people in any order; what does not fit in memory lies in nameless files among
/// the system's temporary files, 12 bytes a record.
#[derive(Default)]
pub struct Humans {
    kinds: HashMap<(String, Share), u32>,
    recent: Vec<Sighting>,
    runs: Vec<File>,
    /// The first error; told in the end, since who counts people goes on.
    failed: Option<io::Error>,
}

impl Humans {
    /// The number of what records of one state and share have in common.
    pub fn kind(&mut self, state: &str, share: Share) -> u32 {
        let next = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        *self.kinds.entry((state.to_owned(), share)).or_insert(next)
    }

    /// Notes a record of somebody.
    pub fn add(&mut self, who: u64, kind: u32) {
        self.recent.push((who, kind));
        if self.recent.len() >= MOST && self.failed.is_none() {
            self.failed = self.spill().err();
        }
    }

    fn spill(&mut self) -> io::Result<()> {
        self.recent.sort_unstable();
        let mut out = BufWriter::with_capacity(1 << 18, files::nameless()?);
        for (who, kind) in self.recent.drain(..) {
            out.write_all(&who.to_le_bytes())?;
            out.write_all(&kind.to_le_bytes())?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        Ok(())
    }

    /// Adds to a cube everybody whom these saw under several covered entities.
    ///
    /// # Errors
    /// A temporary file that cannot be written or read.
    pub fn shared(all: Vec<Humans>, cube: &mut Cube) -> io::Result<()> {
        let mut kinds: Vec<(String, Share)> = Vec::new();
        let mut runs = Vec::new();
        for humans in all {
            if let Some(error) = humans.failed {
                return Err(error);
            }
            // Numbers of several are those of one list, one part of it each.
            let first = u32::try_from(kinds.len()).unwrap_or(u32::MAX);
            let mut own: Vec<_> = humans.kinds.into_iter().collect();
            own.sort_unstable_by_key(|(_, number)| *number);
            kinds.extend(own.into_iter().map(|(kind, _)| kind));
            let mut recent = humans.recent;
            recent.sort_unstable();
            runs.push(Run { first, records: Sightings::Memory(recent.into_iter()) });
            let file = |file| Sightings::File(BufReader::with_capacity(1 << 17, file));
            runs.extend(humans.runs.into_iter().map(|f| Run { first, records: file(f) }));
        }
        let mut heads = BinaryHeap::new();
        for (at, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next()?.map(|record| Reverse((record, at))));
        }
        let mut one: Vec<Sighting> = Vec::new();
        while let Some(Reverse((record, at))) = heads.pop() {
            if one.first().is_some_and(|(who, _)| *who != record.0) {
                count(&mut one, &kinds, cube);
            }
            one.push(record);
            heads.extend(runs[at].next()?.map(|record| Reverse((record, at))));
        }
        count(&mut one, &kinds, cube);
        Ok(())
    }
}

/// Counts one human's records, state by state, and forgets them.
fn count(one: &mut Vec<Sighting>, kinds: &[(String, Share)], cube: &mut Cube) {
    if one.len() > 1 {
        let mut own: Vec<&(String, Share)> =
            one.iter().filter_map(|(_, kind)| kinds.get(*kind as usize)).collect();
        own.sort_unstable();
        for of_state in own.chunk_by(|a, b| a.0 == b.0) {
            let mut shares: Vec<Share> = of_state.iter().map(|(_, share)| *share).collect();
            // Two records with one covered entity are two people there.
            shares.dedup_by_key(|share| share.entity);
            if shares.len() > 1 {
                *cube.shared.entry((of_state[0].0.clone(), shares)).or_default() += 1;
            }
        }
    }
    one.clear();
}

/// Sightings in order.
struct Run {
    /// What is added to their kinds.
    first: u32,
    records: Sightings,
}

enum Sightings {
    Memory(std::vec::IntoIter<Sighting>),
    File(BufReader<File>),
}

impl Run {
    fn next(&mut self) -> io::Result<Option<Sighting>> {
        let record = match &mut self.records {
            Sightings::Memory(records) => records.next(),
            Sightings::File(file) => {
                let (mut who, mut kind) = ([0; 8], [0; 4]);
                match file.read_exact(&mut who) {
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => None,
                    other => {
                        other?;
                        file.read_exact(&mut kind)?;
                        Some((u64::from_le_bytes(who), u32::from_le_bytes(kind)))
                    }
                }
            }
        };
        Ok(record.map(|(who, kind)| (who, kind.saturating_add(self.first))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::{EntityIx, StrandIx};
    use crate::roster::{ElementSet, Population, Recipient};

    fn share(entity: usize) -> Share {
        Share {
            entity: EntityIx::new(entity),
            strand: StrandIx::FIRST,
            elements: ElementSet::default(),
            population: Population::Patient,
            recipient: Recipient::Adult,
        }
    }

    #[test]
    fn one_human_is_found_wherever_the_records_lie() {
        // Sightings of a first list that went to files, of a second one in memory.
        let (mut first, mut second) = (Humans::default(), Humans::default());
        for (who, state, entity) in [(7, "OH", 0), (9, "OH", 0), (7, "OH", 0), (5, "TX", 2)] {
            let kind = first.kind(state, share(entity));
            first.add(who, kind);
            first.spill().unwrap();
        }
        for (who, state, entity) in [(5, "TX", 1), (7, "OH", 1), (9, "KY", 1), (4, "KY", 1)] {
            let kind = second.kind(state, share(entity));
            second.add(who, kind);
        }
        let mut cube = Cube::default();
        Humans::shared(vec![first, second], &mut cube).unwrap();
        let found: Vec<(String, Vec<usize>, u64)> = cube
            .shared
            .into_iter()
            .map(|((s, of), n)| (s, of.iter().map(|share| share.entity.get()).collect(), n))
            .collect();
        // Number 9 lives in another state by the second list: two people as far as states count.
        assert_eq!(found, [("OH".to_owned(), vec![0, 1], 1), ("TX".to_owned(), vec![1, 2], 1)]);
    }
}

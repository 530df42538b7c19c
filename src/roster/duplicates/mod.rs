//! People who stand side by side: the same person twice, twins, father and son, and record ids
//! that stand for more than one person.
//!
//! Merged are rows of one person, covered entity, strand and address whose birth dates do not
//! contradict each other. Namesakes with record ids of their own are one person only if they were
//! born on the same day: father and son may share name and address. Different addresses, covered entities and strands never merge, nor
//! does an address that the person asked for or that is protected.

mod merge;

use super::clean::name::fold_into;
use super::note::RowNote;
use super::order::record_digest;
use super::problem::{self, Problem};
use super::sort::Record;
use super::spool::{decode, encode};
use super::strays::Stray;
use super::{Person, Standing};
use crate::finding::Severity;
use crate::incident::EntityIx;
use merge::{identical, merge};
use std::collections::{HashMap, HashSet};

/// Looks at one household after the other.
pub struct Duplicates {
    shared: HashSet<u64>,
    /// Rows without an address, by the record id of the row that has it.
    homes: HashMap<u64, Vec<Stray>>,
    /// Those that were taken home: the row and the one it was merged into.
    taken: HashMap<u64, u64>,
    /// Records that a repair says are two persons.
    apart: HashSet<(u64, u64)>,
    household: Vec<Record>,
    /// Records to be used again.
    spare: Vec<Record>,
}

/// Takes a record's line, its row and the row it was merged into.
type Write<'w, E> = &'w mut dyn FnMut(&[u8], u64, Option<u64>) -> Result<(), E>;

/// One record of a household, read.
struct Member {
    person: Person,
    at: u64,
    changed: bool,
    /// Two members with the same line are the same in every cell.
    line: Vec<u8>,
}

impl Duplicates {
    /// `shared` are the digests of record ids that stand for two people.
    pub fn new(
        shared: HashSet<u64>,
        homes: HashMap<u64, Vec<Stray>>,
        apart: HashSet<(u64, u64)>,
    ) -> Self {
        let (taken, household, spare) = (HashMap::new(), Vec::new(), Vec::new());
        Self { shared, homes, taken, apart, household, spare }
    }

    /// Whether a row without a place of its own was merged into its person's.
    pub fn is_taken(&self, row: u64) -> bool {
        self.taken.contains_key(&row)
    }

    /// Whether the record belongs to the household at hand.
    pub fn same_household(&self, record: &Record) -> bool {
        let shared = |r: &Record| r.key[..r.household as usize].to_owned();
        match self.household.first() {
            Some(first) => {
                first.household == record.household
                    && first.key[..first.household as usize] == shared(record)[..]
            }
            None => true,
        }
    }

    /// Takes the record over; what is left in `record` is to be overwritten.
    pub fn push(&mut self, record: &mut Record) {
        let taken = std::mem::replace(record, self.spare.pop().unwrap_or_default());
        self.household.push(taken);
    }

    /// Settles the household at hand and writes it down, in its order.
    pub fn settle<E>(
        &mut self,
        write: Write<'_, E>,
        note: &mut dyn FnMut(RowNote) -> Result<(), E>,
    ) -> Result<(), E> {
        let alone = match self.household.as_slice() {
            [] => return Ok(()),
            [one] => {
                let known = !self.shared.is_empty() || !self.homes.is_empty();
                let id = if known { record_id_digest(&one.key) } else { 0 };
                !(known && (self.shared.contains(&id) || self.homes.contains_key(&id)))
                    && !self.taken.contains_key(&one.row)
            }
            _ => false,
        };
        if alone {
            let one = &self.household[0];
            write(&one.line, one.row, None)?;
        } else {
            let mut members: Vec<Member> = self.household.iter().filter_map(Member::read).collect();
            debug_assert_eq!(members.len(), self.household.len(), "our own lines can be read");
            let mut notes = Vec::new();
            let guests = self.take_home(&mut members, &mut notes);
            self.look(&mut members, &mut notes);
            for (stray, host) in guests {
                let host = &members[host].person;
                let into = match host.standing {
                    Standing::Merged(row) => row,
                    _ => host.row,
                };
                self.taken.insert(stray, into);
            }
            for told in notes {
                note(told)?;
            }
            for member in &mut members {
                if member.changed {
                    member.line.clear();
                    encode(&member.person, &mut member.line);
                    member.line.push(b'\n');
                }
                let standing = &member.person.standing;
                let merged_into = match standing {
                    Standing::Merged(row) => Some(*row),
                    _ => None,
                };
                write(&member.line, member.person.row, merged_into)?;
            }
        }
        if self.spare.len() < 16 {
            self.spare.append(&mut self.household);
        }
        self.household.clear();
        Ok(())
    }

    /// Gives the household's people what their rows without an address say, and gives those rows
    /// with the index of their person; a row that was taken home before is merged.
    fn take_home(&self, members: &mut [Member], notes: &mut Vec<RowNote>) -> Vec<(u64, usize)> {
        let mut guests = Vec::new();
        for (index, member) in members.iter_mut().enumerate() {
            if let Some(into) = self.taken.get(&member.person.row) {
                member.person.standing = Standing::Merged(*into);
                member.changed = true;
                notes.push(member.note(&problem::DUPLICATE_MERGED));
                continue;
            }
            let reachable = matches!(member.person.standing, Standing::Ready | Standing::Held(_));
            let strays = self.homes.get(&record_digest(&member.person.record_id));
            let reachable = |stray: &&Stray| {
                reachable || stray.joined && member.person.standing == Standing::Substitute
            };
            let strays: Vec<Stray> =
                strays.into_iter().flatten().filter(reachable).copied().collect();
            for stray in strays {
                match stray.is_of(&member.person) {
                    Some(false) => {}
                    Some(true) => {
                        let kept = &mut member.person;
                        kept.elements = kept.elements.union(stray.elements);
                        kept.supplemental |= stray.supplemental;
                        member.changed = true;
                        guests.push((stray.row, index));
                    }
                    None => {
                        member.hold(&problem::DUPLICATE_CONFLICT);
                        notes.push(member.note(&problem::DUPLICATE_CONFLICT));
                    }
                }
            }
        }
        guests
    }

    fn look(&self, members: &mut [Member], notes: &mut Vec<RowNote>) {
        let mut start = 0;
        while start < members.len() {
            let first = first_name(&members[start].person);
            let same = |m: &Member| first_name(&m.person) == first;
            let count = members[start..].iter().take_while(|m| same(m)).count();
            let namesakes = &mut members[start..start + count];
            if count > 1 {
                identical(namesakes, notes);
                merge(namesakes, &self.apart, notes);
            }
            self.hold_shared(namesakes, notes);
            start += count;
        }
        twins(members, notes);
    }

    /// Holds those whose record id stands for somebody else as well.
    fn hold_shared(&self, namesakes: &mut [Member], notes: &mut Vec<RowNote>) {
        let ids: Vec<_> = namesakes.iter().map(|m| (m.stands(), m.id())).collect();
        for (index, member) in namesakes.iter_mut().enumerate() {
            let (stands, id) = &ids[index];
            let shared = self.shared.contains(&record_digest(&member.person.record_id));
            let here =
                || ids.iter().enumerate().any(|(i, other)| i != index && other.0 && other.1 == *id);
            let named = !member.person.first_name.is_empty() || !member.person.last_name.is_empty();
            if *stands && named && (shared || here()) {
                member.hold(&problem::RECORD_ID_SHARED);
                notes.push(member.note(&problem::RECORD_ID_SHARED));
            }
        }
    }
}

impl Member {
    fn read(record: &Record) -> Option<Self> {
        let text = std::str::from_utf8(&record.line).ok()?;
        let person = decode(text.trim_end_matches('\n'), record.row, None)?;
        Some(Self { person, at: record.at, changed: false, line: record.line.clone() })
    }

    /// Whether the row still stands for a person who is written to or will be.
    fn stands(&self) -> bool {
        !matches!(self.person.standing, Standing::Merged(_) | Standing::Excluded(_))
    }

    fn id(&self) -> (String, Option<EntityIx>) {
        (self.person.record_id.clone(), self.person.entity)
    }

    fn hold(&mut self, problem: &Problem) {
        debug_assert_eq!(problem.severity, Severity::Held);
        if !matches!(self.person.standing, Standing::Held(_)) {
            self.person.standing = Standing::Held(problem.code);
            self.changed = true;
        }
    }

    fn note(&self, problem: &'static Problem) -> RowNote {
        RowNote {
            problem,
            row: self.person.row,
            line: self.at,
            cell: None,
            value: None,
            released: false,
        }
    }

    /// How much is known of the person: the most complete row survives.
    fn completeness(&self) -> usize {
        let p = &self.person;
        let filled = [
            &p.first_name,
            &p.middle_name,
            &p.last_name,
            &p.suffix,
            &p.email,
            &p.activation_code,
            &p.representative_name,
            &p.address.city,
        ];
        filled.iter().filter(|f| !f.is_empty()).count()
            + usize::from(p.date_of_birth.is_some()) * 100
            + usize::from(p.address.zip.len() > 5)
            + usize::from(p.email_consent)
    }
}

/// The digest of the record id, with which a key ends.
fn record_id_digest(key: &[u8]) -> u64 {
    let id = key.rsplit(|b| *b == 0).next().unwrap_or_default();
    record_digest(std::str::from_utf8(id).unwrap_or_default())
}

fn first_name(person: &Person) -> Vec<u8> {
    let mut folded = Vec::new();
    fold_into(&person.first_name, &mut folded);
    folded
}

/// Same last name, address and birth date, another first name.
fn twins(members: &[Member], notes: &mut Vec<RowNote>) {
    if members.len() < 2 {
        return;
    }
    let mut born = std::collections::HashMap::new();
    for member in members.iter().filter(|m| m.stands()) {
        let Some(birth) = member.person.date_of_birth else { continue };
        let name = first_name(&member.person);
        let before = born.entry((member.person.entity, birth)).or_insert_with(|| name.clone());
        if *before != name {
            notes.push(member.note(&problem::DUPLICATE_TWINS));
        }
    }
}

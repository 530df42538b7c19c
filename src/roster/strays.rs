//! Rows without an address whose person has one in another row: the same covered entity and name,
//! and the same birth date or record id. They are one person, who gets one letter with everything;
//! counted apart they would be told half, and make one too many for substitute notice
//! (45 CFR 164.404(d)(2)).

use super::order::{Identity, name_digest};
use super::repairs::ordered;
use super::{ElementSet, Person, Population, Recipient};
use crate::incident::{EntityIx, StrandIx};
use std::collections::{HashMap, HashSet};

/// A row without an address; 88 bytes of each, and nobody's name.
#[derive(Clone, Copy)]
pub struct Stray {
    pub row: u64,
    identity: Identity,
    name: u64,
    strand: StrandIx,
    population: Population,
    estate: bool,
    pub elements: ElementSet,
    pub supplemental: bool,
    /// A repair says whose row it is.
    pub joined: bool,
}

impl Stray {
    pub fn new(person: &Person, identity: Identity) -> Self {
        Self {
            row: person.row,
            identity,
            name: name_digest(person),
            strand: person.strand,
            population: person.population,
            estate: person.recipient == Recipient::Estate,
            elements: person.elements,
            supplemental: person.supplemental,
            joined: false,
        }
    }

    /// A row that a repair joins to another.
    pub fn joined(person: &Person) -> Self {
        let identity = Identity {
            record_id: 0,
            entity: person.entity,
            person: 0,
            place: 0,
            born: 0,
            reachable: false,
        };
        Self { joined: true, ..Self::new(person, identity) }
    }

    /// Whether a person with an address is the one that the row speaks of; none if they are one
    /// and the rows disagree on whether the person lives.
    pub fn is_of(&self, person: &Person) -> Option<bool> {
        let alike = self.name == name_digest(person) && self.population == person.population;
        let same = (self.joined || alike)
            && self.identity.entity == person.entity
            && self.strand == person.strand;
        let estate = person.recipient == Recipient::Estate;
        (!same || self.estate == estate).then_some(same)
    }
}

/// A stray that looks for its person.
struct Looking {
    stray: Stray,
    home: Option<Identity>,
    /// There are two places that it may belong to.
    torn: bool,
}

/// Strays by the record id of the row that has their address. Who may live at two places belongs
/// to neither.
pub fn at_home(
    strays: &[Stray],
    identities: &[Identity],
    apart: &HashSet<(u64, u64)>,
) -> HashMap<u64, Vec<Stray>> {
    let mut homes: HashMap<u64, Vec<Stray>> = HashMap::new();
    if strays.is_empty() {
        return homes;
    }
    let mut waiting: HashMap<(Option<EntityIx>, u32), Vec<Looking>> = HashMap::new();
    for stray in strays {
        let key = (stray.identity.entity, stray.identity.person);
        waiting.entry(key).or_default().push(Looking { stray: *stray, home: None, torn: false });
    }
    for other in identities.iter().filter(|identity| identity.reachable) {
        let Some(strays) = waiting.get_mut(&(other.entity, other.person)) else { continue };
        for Looking { stray, home, torn } in strays {
            let two = ordered(stray.identity.record_id, other.record_id);
            if !one_person(&stray.identity, other) || apart.contains(&two) {
                continue;
            }
            match home {
                Some(home) if home.place != other.place => *torn = true,
                // Rows of one household: the one that is in the spool under the smallest digest,
                // so that the roster's order decides nothing.
                Some(home) if home.record_id <= other.record_id => {}
                _ => *home = Some(*other),
            }
        }
    }
    for Looking { stray, home, torn } in waiting.into_values().flatten() {
        if let (Some(home), false) = (home, torn) {
            homes.entry(home.record_id).or_default().push(stray);
        }
    }
    for list in homes.values_mut() {
        list.sort_by_key(|stray| stray.row);
    }
    homes
}

/// Namesakes who were born on the same day or have the same record id.
fn one_person(a: &Identity, b: &Identity) -> bool {
    let known = a.born != 0 && b.born != 0;
    if known { a.born == b.born } else { a.record_id == b.record_id }
}

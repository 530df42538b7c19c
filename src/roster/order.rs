//! The fixed order of the spool, which the roster's own order never touches: domestic before
//! foreign, then ZIP code, address, last name, first name, record id. Letters come out in ZIP
//! order, and those who may be one person stand side by side.

use super::Address;
use super::clean::address::normal_into;
use super::clean::name::fold_into;
use super::{Person, Standing};
use crate::incident::EntityIx;
use foldhash::quality::FixedState;
use std::hash::BuildHasher;
use std::hash::Hash;

/// A person's place in the order, as bytes that compare like it.
pub struct Place {
    /// Bytes of the key up to the last name: people of one household share them.
    pub household: usize,
    /// For finding record ids that stand for two people.
    pub identity: Option<Identity>,
}

/// Digests of who a record id stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    pub record_id: u64,
    pub entity: Option<EntityIx>,
    pub person: u32,
    pub place: u32,
    /// Digest of the birth date, or 0.
    pub born: u32,
    /// Has an address.
    pub reachable: bool,
}

/// Appends the person's key to `key`.
pub fn place(person: &Person, key: &mut Vec<u8>) -> Place {
    let start = key.len();
    let address = &person.address;
    let reachable = matches!(person.standing, Standing::Ready | Standing::Held(_));
    key.push(match (reachable, address.country.is_empty()) {
        (true, true) => b'0',
        (true, false) => b'1',
        (false, _) => b'2',
    });
    home_into(address, key);
    let address_end = key.len();
    fold_into(&person.last_name, key);
    key.push(0);
    let household = key.len() - start;
    fold_into(&person.first_name, key);
    key.push(0);
    let named = !person.first_name.is_empty() || !person.last_name.is_empty();
    let identity = named.then(|| {
        let mut suffix = Vec::new();
        if !person.suffix.is_empty() {
            fold_into(&person.suffix, &mut suffix);
        }
        Identity {
            record_id: record_digest(&person.record_id),
            entity: person.entity,
            person: digest((&key[address_end..], suffix)) as u32,
            place: digest(&key[start..address_end]) as u32,
            born: person.date_of_birth.map_or(0, |day| digest(day) as u32 | 1),
            reachable,
        }
    });
    key.extend_from_slice(person.record_id.as_bytes());
    Place { household, identity }
}

/// Appends the address as people are compared by it: without case, marks and ZIP+4.
pub fn home_into(address: &Address, key: &mut Vec<u8>) {
    if !address.country.is_empty() {
        fold_into(&address.country, key);
        key.push(0);
    }
    key.extend_from_slice(address.zip.get(..5).unwrap_or(&address.zip).as_bytes());
    key.push(0);
    normal_into(address, key);
    if address.zip.is_empty() || !address.country.is_empty() {
        fold_into(&address.city, key);
    }
    key.push(0);
}

/// A digest of the name as duplicates compare it: without case, accents and middle name.
pub fn name_digest(person: &Person) -> u64 {
    let mut folded = Vec::new();
    for part in [&person.last_name, &person.first_name, &person.suffix] {
        fold_into(part, &mut folded);
        folded.push(0);
    }
    digest(folded)
}

/// The digest by which record ids are compared over the whole roster.
pub fn record_digest(record_id: &str) -> u64 {
    digest(record_id)
}

pub fn digest(value: impl Hash) -> u64 {
    const BUILD: FixedState = FixedState::with_seed(0);
    BUILD.hash_one(value)
}

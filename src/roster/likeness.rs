//! What two rows of one covered entity have in common: enough to say that they are one person,
//! that they are likely one, or in what they differ.

use super::order::{digest, home_into, name_digest};
use super::tables::fold;
use super::{Person, Recipient};
use crate::incident::EntityIx;

/// A person in 24 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    name: u32,
    first: u32,
    last: u32,
    /// Of the address; 0 without one.
    home: u32,
    /// Of the date of birth; 0 without one.
    born: u32,
    died: bool,
}

/// In what a row differs from what its person was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differs {
    pub name: bool,
    pub address: bool,
    pub born: bool,
    pub died: bool,
}

impl Differs {
    pub fn any(self) -> bool {
        self.count() > 0
    }

    pub(super) fn count(self) -> u32 {
        [self.name, self.address, self.born, self.died].into_iter().map(u32::from).sum()
    }
}

impl Likeness {
    pub fn of(person: &Person) -> Self {
        let mut home = Vec::new();
        if has_home(person) {
            home_into(&person.address, &mut home);
        }
        Self {
            name: digest(name_digest(person)) as u32,
            first: digest(fold(&person.first_name)) as u32,
            last: digest(fold(&person.last_name)) as u32,
            home: if home.is_empty() { 0 } else { digest(home) as u32 | 1 },
            born: person.date_of_birth.map_or(0, |day| digest(day) as u32 | 1),
            died: person.recipient == Recipient::Estate,
        }
    }

    /// Under which people of a covered entity stand by record id.
    pub fn record_key(entity: Option<EntityIx>, record_id: &str) -> u64 {
        digest(("id", entity, record_id))
    }

    /// Under which they stand by address and date of birth.
    pub fn home_key(person: &Person, entity: Option<EntityIx>) -> u64 {
        let mut home = Vec::new();
        home_into(&person.address, &mut home);
        digest(("home", entity, home, person.date_of_birth))
    }

    pub fn same_name(&self, other: &Self) -> bool {
        self.name == other.name
    }

    pub fn same_birth(&self, other: &Self) -> bool {
        self.born == other.born
    }

    fn same_home(&self, other: &Self) -> bool {
        self.home != 0 && self.home == other.home
    }

    /// With one record id and different names: likely one person, whose name was corrected.
    pub fn same_record(&self, other: &Self) -> bool {
        let known = self.born != 0 && other.born != 0;
        let part = self.first == other.first || self.last == other.last;
        match known && self.born == other.born {
            true => self.same_home(other) || part,
            false => !known && self.same_home(other) && part,
        }
    }

    /// With one address: likely one person, who goes by another surname now.
    pub fn another_surname(&self, other: &Self) -> bool {
        self.born != 0
            && self.born == other.born
            && self.same_home(other)
            && self.first == other.first
            && self.name != other.name
    }

    /// In what this person, as told, differs from another row of theirs. What the other row leaves
    /// out says nothing.
    pub fn differs(&self, now: &Self) -> Differs {
        Differs {
            name: self.name != now.name,
            address: now.home != 0 && self.home != now.home,
            born: now.born != 0 && self.born != now.born,
            died: now.died && !self.died,
        }
    }
}

/// A digest of who a person is, whoever's patient: name, address and date of birth; none where one
/// of them is not known.
pub fn human(person: &Person) -> Option<u64> {
    let born = person.date_of_birth.filter(|_| has_home(person))?;
    let mut home = Vec::new();
    home_into(&person.address, &mut home);
    Some(digest((name_digest(person), home, born)))
}

fn has_home(person: &Person) -> bool {
    !person.address.lines.is_empty()
}

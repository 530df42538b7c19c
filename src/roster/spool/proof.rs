//! What a spool says of itself as a whole: two digests, over the people and over where they stood.

use super::line::HEADER;
use crate::files::hex;
use sha2::{Digest, Sha256};

/// Takes in line by line what stands in a spool.
#[derive(Clone)]
pub(super) struct Proof {
    people: Sha256,
    places: Sha256,
    rows: u64,
}

impl Proof {
    pub fn new() -> Self {
        let mut people = Sha256::new();
        people.update(HEADER);
        people.update("\n");
        Self { people, places: Sha256::new(), rows: 0 }
    }

    /// Takes in a person, and the row numbers as they follow on the line, its comma included.
    pub fn add(&mut self, person: &[u8], places: &[u8]) {
        self.people.update(person);
        self.people.update("\n");
        self.places.update(places);
        self.places.update("\n");
        self.rows += 1;
    }

    /// Takes in a whole line without its break; none if it is no line of a spool.
    pub fn line(&mut self, line: &str) -> Option<()> {
        let (rest, _) = line.rsplit_once(',')?;
        let (person, _) = rest.rsplit_once(',')?;
        self.add(person.as_bytes(), &line.as_bytes()[person.len()..]);
        Some(())
    }

    /// SHA-256, hex, over the people and over their places, and how many there are.
    pub fn told(self) -> (String, String, u64) {
        (hex(&self.people.finalize()), hex(&self.places.finalize()), self.rows)
    }
}

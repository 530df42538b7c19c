//! Enrollment codes that are some person's already: printed for another wave, or under an earlier
//! seal of this one. Nobody else gets them, and that person gets no other.

use crate::roster::{Person, Who};
use crate::tables::Table;
use std::collections::{BTreeMap, HashMap};

const HEAD: [&str; 5] = ["code", "file", "line", "who", "own"];

/// A code with its owner.
struct One {
    code: String,
    /// The vendor's file and the line in it; empty and 0 where the roster has the code.
    file: String,
    line: u32,
    who: Who,
    /// Given under a seal of the wave at hand, where a record id is one person's, whatever name
    /// was corrected since.
    own: bool,
}

/// Codes by owner.
#[derive(Default)]
pub struct GivenCodes {
    all: Vec<One>,
    by_code: HashMap<String, u32>,
    by_key: HashMap<u64, u32>,
    /// Ids of covered entities, as the incident numbers them.
    entities: Vec<String>,
}

impl GivenCodes {
    /// For an incident with these covered entities.
    pub fn of(entities: Vec<String>) -> Self {
        Self { entities, ..Self::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn who(&self, person: &Person) -> Who {
        let entity =
            person.entity.and_then(|at| self.entities.get(at.get())).map_or("", String::as_str);
        Who::of(person, entity)
    }

    /// Notes a person's code, `own` if it is under a seal of the wave at hand. Who had it first
    /// keeps it.
    pub fn add(&mut self, who: Who, code: &str, place: Option<(&str, u32)>, own: bool) {
        if self.by_code.contains_key(code) {
            return;
        }
        let (file, line) = place.unwrap_or_default();
        let at = self.all.len() as u32;
        self.by_code.insert(code.to_owned(), at);
        for key in who.known_by() {
            self.by_key.entry(key).or_insert(at);
        }
        self.all.push(One { code: code.to_owned(), file: file.to_owned(), line, who, own });
    }

    /// Whether anybody has this code.
    pub(super) fn has(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    /// The line of a vendor's file on which the person's own code stands.
    pub(super) fn own(&self, person: &Person, file: &str) -> Option<u32> {
        if self.all.is_empty() {
            return None;
        }
        let who = self.who(person);
        let known = |key: u64| self.by_key.get(&key).map(|at| &self.all[*at as usize]);
        let one = who
            .looks_for()
            .find_map(known)
            .or_else(|| known(who.record()).filter(|one| one.own))?;
        (one.file == file).then_some(one.line)
    }

    /// Whether the code that a person has is somebody else's.
    pub fn is_anothers(&self, person: &Person) -> bool {
        let Some(at) = self.by_code.get(&person.activation_code) else { return false };
        let (who, one) = (self.who(person), &self.all[*at as usize]);
        !(who.is(&one.who) || one.own && who.record() == one.who.record())
    }

    /// As a file: code, file, line, owner and whether it is the wave's own, a row each, in the order of the codes.
    ///
    /// # Errors
    /// A code that CSV cannot hold; there is none.
    pub fn text(&self) -> std::io::Result<Vec<u8>> {
        let sorted: BTreeMap<&str, &One> = self.all.iter().map(|o| (o.code.as_str(), o)).collect();
        // Identifiers all: read back by the program, by nobody else.
        let mut table = Table::with_identifiers(Vec::new(), &HEAD, HEAD.len())?;
        for one in sorted.into_values() {
            let own = if one.own { "own" } else { "" };
            let line = one.line.to_string();
            table.row([one.code.as_str(), &one.file, &line, &one.who.line(), own])?;
        }
        table.finish()
    }

    /// Reads what [`GivenCodes::text`] wrote; none if it is not that.
    pub fn read(entities: Vec<String>, text: &[u8]) -> Option<Self> {
        let mut given = Self::of(entities);
        let mut csv = csv::Reader::from_reader(text);
        for record in csv.records() {
            let record = record.ok()?;
            let [code, file, line, who, own] = std::array::from_fn(|i| record.get(i).unwrap_or(""));
            let place = (!file.is_empty()).then_some((file, line.parse().ok()?));
            given.add(Who::read(who)?, code, place, own == "own");
        }
        Some(given)
    }
}

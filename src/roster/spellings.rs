//! Spellings that may mean the same: a rare one beside a frequent one, or beside what the incident
//! and the lists know. Suggested, never applied: a person adds the repair.
//!
//! Two ways find them. A fingerprint (letters and digits without case, accents, punctuation and
//! order, usual words short) brings together what differs in dress only; the nearest neighbor finds
//! slips of the pen. Differences of case alone change no letter and are passed over.

use super::clean::{text, zip};
use super::cleaner::{known_labels, unknown_in};
use super::tables::{self, fold};
use super::zips;
use crate::incident::Incident;
use crate::tables::alike::distance;
use std::collections::{BTreeMap, BTreeSet};

/// Different spellings of one column that are kept; a list with more is no list of places.
const KEPT: usize = 200_000;

/// How much more frequent a spelling must be than one that is taken for its slip.
const MORE: u64 = 4;

/// What speaks for a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The same letters, dressed otherwise.
    SameLetters,
    /// A letter or two apart.
    Near,
    /// What the ZIP codes of these rows say.
    ByZip,
}

/// One spelling and what it may mean. No `Debug`: a cell of a roster may be personal.
pub struct Suggestion {
    /// Canonical name of the column.
    pub column: &'static str,
    pub from: String,
    pub to: String,
    /// Rows with the one spelling, and with the other.
    pub rows: u64,
    pub like: u64,
    pub why: Why,
}

/// The columns that are looked at, by their canonical names.
pub const COLUMNS: [&str; 6] = ["city", "state", "zip", "country", "entity", "data_elements"];

/// A spelling of a place within the rows that have it.
#[derive(Default)]
struct Seen {
    rows: u64,
    /// Five-digit ZIP codes of these rows.
    zips: BTreeMap<String, u64>,
}

/// Spellings with their rows.
pub struct Spellings<'i> {
    incident: &'i Incident,
    /// By state.
    cities: BTreeMap<String, BTreeMap<String, Seen>>,
    states: BTreeMap<String, Seen>,
    entities: BTreeMap<String, u64>,
    kinds: BTreeMap<String, u64>,
    kept: usize,
    passed_over: u64,
}

impl<'i> Spellings<'i> {
    pub fn new(incident: &'i Incident) -> Self {
        let (cities, states) = (BTreeMap::new(), BTreeMap::new());
        let (entities, kinds) = (BTreeMap::new(), BTreeMap::new());
        Self { incident, cities, states, entities, kinds, kept: 0, passed_over: 0 }
    }

    /// Takes a row's cells of [`COLUMNS`]; empty where the roster has no such column.
    pub fn add(&mut self, cells: [&str; 6]) {
        let [city, state, zip, country, entity, kinds] = cells.map(|cell| {
            let printable = !cell.chars().any(char::is_control);
            if printable && !text::is_empty_word(cell) { cell } else { "" }
        });
        if self.kept > KEPT {
            self.passed_over += 1;
            return;
        }
        for (cell, counts) in [(entity, &mut self.entities), (kinds, &mut self.kinds)] {
            if !cell.is_empty() {
                self.kept += usize::from(!counts.contains_key(cell));
                *counts.entry(cell.to_owned()).or_default() += 1;
            }
        }
        // Abroad nobody here knows how a place is spelled.
        if !country.is_empty() && tables::country(country) != Some("") {
            return;
        }
        let code = tables::state(state);
        let five = match zip::read(zip, code) {
            zip::Written::Whole(zip) | zip::Written::Padded(zip) => zip[..5].to_owned(),
            _ => String::new(),
        };
        let mut see = |seen: &mut Seen| {
            self.kept += usize::from(seen.rows == 0);
            seen.rows += 1;
            if !five.is_empty() {
                *seen.zips.entry(five.clone()).or_default() += 1;
            }
        };
        if !state.is_empty() && code.is_none() {
            see(self.states.entry(state.to_owned()).or_default());
        }
        if !city.is_empty() {
            let of = code.unwrap_or(tables::zip_state(&five).unwrap_or_default());
            see(self.cities.entry(of.to_owned()).or_default().entry(city.to_owned()).or_default());
        }
    }

    /// Rows that were not looked at, because those before them have too many different spellings.
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// All suggestions, by column, those of most rows first.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        let mut all = self.of_cities();
        all.extend(self.of_states());
        all.extend(self.of_entities());
        all.extend(self.of_kinds());
        all.sort_by(|a, b| {
            let place = |s: &Suggestion| COLUMNS.iter().position(|column| *column == s.column);
            place(a).cmp(&place(b)).then(b.rows.cmp(&a.rows)).then_with(|| a.from.cmp(&b.from))
        });
        all
    }

    fn of_cities(&self) -> Vec<Suggestion> {
        // A rule mends a spelling in every state: one that is right somewhere has none.
        let right: BTreeSet<&str> = self
            .cities
            .values()
            .flatten()
            .filter(|(city, seen)| seen.zips.keys().any(|zip| is_listed(zip, city)))
            .map(|(city, _)| city.as_str())
            .collect();
        let mut found: BTreeMap<&str, Suggestion> = BTreeMap::new();
        for cities in self.cities.values() {
            let mut ranked: Vec<(&String, &Seen)> = cities.iter().collect();
            ranked.sort_by(|a, b| b.1.rows.cmp(&a.1.rows).then(a.0.cmp(b.0)));
            let mut prints: BTreeMap<String, (&str, u64)> = BTreeMap::new();
            for (city, seen) in &ranked {
                let print = zips::comparable(city);
                let first = *prints.entry(print).or_insert((city, seen.rows));
                let suggested = if !city.eq_ignore_ascii_case(first.0) && !fold(city).is_empty() {
                    Some((first.0.to_owned(), first.1, Why::SameLetters))
                } else if first.0 == *city && !right.contains(city.as_str()) {
                    slip_of(city, seen, &ranked)
                } else {
                    None
                };
                let Some((to, like, why)) = suggested else { continue };
                let (from, rows) = ((*city).clone(), seen.rows);
                let one = found.entry(city).or_insert(Suggestion {
                    column: "city",
                    from,
                    to: to.clone(),
                    rows: 0,
                    like: 0,
                    why,
                });
                // In two states two things: nobody can tell by one rule.
                if one.to == to {
                    one.rows += rows;
                    one.like += like;
                } else {
                    one.to.clear();
                }
            }
        }
        found.into_values().filter(|one| !one.to.is_empty() && one.from != one.to).collect()
    }

    fn of_states(&self) -> Vec<Suggestion> {
        let suggest = |(from, seen): (&String, &Seen)| {
            let by_zip: BTreeSet<Option<&str>> =
                seen.zips.keys().map(|zip| tables::zip_state(zip)).collect();
            let (to, why) = match by_zip.into_iter().collect::<Vec<_>>().as_slice() {
                [Some(state)] => (*state, Why::ByZip),
                _ => (tables::nearest_state(from)?, Why::Near),
            };
            let (from, to) = (from.clone(), to.to_owned());
            Some(Suggestion { column: "state", from, to, rows: seen.rows, like: 0, why })
        };
        self.states.iter().filter_map(suggest).collect()
    }

    fn of_entities(&self) -> Vec<Suggestion> {
        let entities = &self.incident.entities;
        let rows_of = |id: &str| self.entities.get(id).copied().unwrap_or(0);
        let names = entities.iter().flat_map(|e| [(e.id.as_str(), &e.id), (&e.name, &e.id)]);
        let names: Vec<(&str, &String)> = names.collect();
        let suggest = |(from, rows): (&String, &u64)| {
            let (to, why) = nearest(from, &names)?;
            let (like, to) = (rows_of(to), to.to_owned());
            Some(Suggestion { column: "entity", from: from.clone(), to, rows: *rows, like, why })
        };
        self.entities.iter().filter_map(suggest).collect()
    }

    fn of_kinds(&self) -> Vec<Suggestion> {
        let labels = known_labels(self.incident);
        let names: Vec<(&str, &String)> = labels.iter().map(|label| (&**label, label)).collect();
        let suggest = |(cell, rows): (&String, &u64)| {
            let unknown = unknown_in(cell, self.incident);
            let (mut to, mut why) = (cell.clone(), Why::SameLetters);
            for label in &unknown {
                let (known, because) = nearest(label, &names)?;
                to = to.replacen(label.as_str(), known, 1);
                why = why.max(because);
            }
            let good = !unknown.is_empty() && unknown_in(&to, self.incident).is_empty();
            let like = self.kinds.get(&to).copied().unwrap_or(0);
            let (from, column, rows) = (cell.clone(), "data_elements", *rows);
            good.then_some(Suggestion { column, from, to, rows, like, why })
        };
        self.kinds.iter().filter_map(suggest).collect()
    }
}

fn is_listed(zip: &str, city: &str) -> bool {
    !zips::cities(zip).is_empty() && zips::is_city_of(zip, city)
}

/// Letters that may be wrong in a word of this length.
fn slips(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// What a city's name is a slip of: a much more frequent name of the same state that the ZIP codes
/// of these rows do not speak against, else a name of its only ZIP code.
fn slip_of(city: &str, seen: &Seen, ranked: &[(&String, &Seen)]) -> Option<(String, u64, Why)> {
    let word = zips::comparable(city);
    let most = slips(word.chars().count());
    let near = |other: &str| {
        let other = zips::comparable(other);
        let apart = other.len().abs_diff(word.len());
        (apart <= most).then(|| distance(&other, &word)).filter(|d| *d > 0 && *d <= most)
    };
    let fits = |other: &str| {
        let mut known = seen.zips.keys().filter(|zip| !zips::cities(zip).is_empty()).peekable();
        known.peek().is_none() || known.any(|zip| zips::is_city_of(zip, other))
    };
    let frequent = ranked.iter().take_while(|(_, other)| other.rows >= seen.rows * MORE);
    let neighbors = frequent.filter_map(|(other, of)| Some((near(other)?, *other, of.rows)));
    let neighbor = neighbors
        .filter(|(_, other, _)| fits(other))
        .min_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)));
    if let Some((_, other, rows)) = neighbor {
        return Some((other.clone(), rows, Why::Near));
    }
    let listed = seen.zips.keys().flat_map(|zip| zips::cities(zip));
    let listed = listed.filter_map(|name| Some((near(name)?, *name))).min()?;
    // The list shortens names as well: such a one is no better spelling.
    let whole = zips::comparable(listed.1).len() + 1 >= word.len();
    whole.then(|| (listed.1.to_owned(), 0, Why::ByZip))
}

/// What an unknown name means of those that are known, by `(name, meaning)`: the same words in any
/// order and dress, else the one name that is a slip away. None for a name that is known.
fn nearest<'n>(name: &str, known: &[(&str, &'n String)]) -> Option<(&'n str, Why)> {
    let key = fold(name);
    if key.is_empty() || known.iter().any(|(known, _)| fold(known) == key) {
        return None;
    }
    let print = fingerprint(name);
    if let Some((_, meaning)) = known.iter().find(|(known, _)| fingerprint(known) == print) {
        return Some((meaning, Why::SameLetters));
    }
    let most = slips(key.chars().count());
    let near: Vec<(usize, &str)> = known
        .iter()
        .map(|(known, meaning)| (distance(&fold(known), &key), meaning.as_str()))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    let best = near.iter().min()?;
    // Two that are as near leave it open.
    let one = near.iter().all(|(distance, meaning)| *distance > best.0 || *meaning == best.1);
    one.then_some((best.1, Why::Near))
}

/// Words without case, accents, punctuation and order, each once.
fn fingerprint(name: &str) -> String {
    let folded = |word: &str| {
        let mut bytes = Vec::new();
        super::clean::name::fold_into(word, &mut bytes);
        String::from_utf8(bytes).unwrap_or_default()
    };
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let few = |word: &String| !matches!(word.as_str(), "the" | "of" | "inc" | "llc" | "and");
    words.map(folded).filter(few).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

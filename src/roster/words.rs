//! Words and phrases that rosters write where a value belongs, from `words.toml`.

use super::clean::name::fold_into;
use foldhash::{HashMap, HashSet};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The lists of `words.toml`, each ready for the way it is compared.
pub struct Words {
    pub nothing: Exact,
    pub no_name: Exact,
    pub perhaps_no_name: Exact,
    pub no_middle: Exact,
    pub nobody: Phrases,
    pub oneself: Phrases,
    pub relation: Phrases,
    pub generations: Phrases,
    pub titles: Phrases,
    pub name_death: Phrases,
    pub name_minor: Phrases,
    pub name_remark: Phrases,
    pub name_several: Phrases,
    /// First the words for "no address", then remarks that prove nothing.
    pub address: Phrases,
    pub no_address_alone: Phrases,
    no_address: HashSet<&'static str>,
    pub ward: Phrases,
    pub footer: Phrases,
}

static LISTS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("words.toml")).expect("words.toml is well formed")
});

/// All lists, read once.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let list = |name: &str| LISTS.get(name).expect("words.toml has the list").iter();
    let exact = |name: &str| Exact::new(list(name));
    let phrases = |name: &str| Phrases::new(list(name));
    Words {
        nothing: exact("nothing"),
        no_name: exact("no_name"),
        perhaps_no_name: exact("perhaps_no_name"),
        no_middle: exact("no_middle"),
        nobody: phrases("nobody"),
        oneself: phrases("oneself"),
        relation: phrases("relation"),
        generations: phrases("generations"),
        titles: phrases("titles"),
        name_death: phrases("name_death"),
        name_minor: phrases("name_minor"),
        name_remark: phrases("name_remark"),
        name_several: phrases("name_several"),
        address: Phrases::new(list("no_address").chain(list("address_remark"))),
        no_address_alone: phrases("no_address_alone"),
        no_address: list("no_address").map(String::as_str).collect(),
        ward: phrases("ward"),
        footer: phrases("footer"),
    }
});

impl Words {
    /// Whether a phrase of [`Words::address`] says by itself that there is no address.
    pub fn means_no_address(&self, phrase: &str) -> bool {
        self.no_address.contains(phrase)
    }
}

/// Longest word of a list that is compared as a whole cell.
const LONGEST: usize = 32;

/// Cells compared as a whole, without case. A cell of a length that no word has costs nothing.
pub struct Exact {
    lengths: u64,
    words: HashSet<&'static str>,
}

impl Exact {
    fn new(list: impl Iterator<Item = &'static String>) -> Self {
        let words: HashSet<_> = list.map(String::as_str).collect();
        let lengths = words.iter().fold(0, |set, word| set | 1 << word.len().min(LONGEST));
        Self { lengths, words }
    }

    pub fn has(&self, text: &str) -> bool {
        if text.len() > LONGEST || self.lengths >> text.len() & 1 == 0 {
            return false;
        }
        if text.is_ascii() {
            let mut lower = [0; LONGEST];
            let lower = &mut lower[..text.len()];
            lower.copy_from_slice(text.as_bytes());
            lower.make_ascii_lowercase();
            return std::str::from_utf8(lower).is_ok_and(|lower| self.words.contains(lower));
        }
        self.words.contains(text.to_lowercase().as_str())
    }
}

/// Phrases found as whole words within a cell, without case, accents and punctuation.
pub struct Phrases {
    /// By first letter, the lengths that first words have.
    lengths: [u32; 26],
    /// By first word, longest phrase first: its words and its text.
    by_first: HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
}

/// A phrase in a cell.
pub struct Found {
    pub phrase: &'static str,
    /// Bytes of the cell, from the first word to the last.
    pub at: Range<usize>,
    /// Nothing else but punctuation stands in the cell.
    pub whole: bool,
}

impl Phrases {
    fn new(list: impl Iterator<Item = &'static String>) -> Self {
        let mut phrases = Self { lengths: [0; 26], by_first: HashMap::default() };
        for phrase in list {
            let words: Vec<&str> = phrase.split(' ').collect();
            let first = words[0];
            if let Some(letter) = first.bytes().next().and_then(letter) {
                phrases.lengths[letter] |= 1 << first.len().min(31);
            }
            phrases.by_first.entry(first).or_default().push((words, phrase.as_str()));
        }
        for list in phrases.by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        phrases
    }

    /// The first phrase in a cell, the longest of those that begin there; a phrase that is the
    /// whole cell before all others.
    pub fn find(&self, text: &str) -> Option<Found> {
        if !self.may_hold(text) {
            return None;
        }
        let words = words(text);
        let mut found = None;
        for start in 0..words.len() {
            let Some(phrases) = self.by_first.get(words[start].0.as_str()) else { continue };
            let fits = |phrase: &[&str]| {
                let rest = words.get(start..start + phrase.len());
                rest.is_some_and(|rest| {
                    rest.iter().map(|w| w.0.as_str()).eq(phrase.iter().copied())
                })
            };
            let Some((phrase, text)) = phrases.iter().find(|(phrase, _)| fits(phrase)) else {
                continue;
            };
            let last = start + phrase.len() - 1;
            let at = words[start].1.start..words[last].1.end;
            let whole = start == 0 && last + 1 == words.len();
            found = found.or(Some(Found { phrase: text, at, whole }));
            if whole {
                break;
            }
        }
        found
    }

    /// Whether the cell is one of the phrases and nothing else.
    pub fn is(&self, text: &str) -> bool {
        self.find(text).is_some_and(|found| found.whole)
    }

    /// Whether any word begins like a phrase; spares most cells the rest.
    fn may_hold(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut start = 0;
        for end in 0..=bytes.len() {
            match bytes.get(end) {
                Some(b) if b.is_ascii_alphanumeric() => continue,
                Some(b) if !b.is_ascii() => return true,
                _ => {}
            }
            let length = end - start;
            if length > 0
                && match letter(bytes[start]) {
                    Some(letter) => self.lengths[letter] >> length.min(31) & 1 == 1,
                    None => self.by_first.contains_key(&text[start..end]),
                }
            {
                return true;
            }
            start = end + 1;
        }
        false
    }
}

fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'))
}

/// A cell's words, folded, and where each stands.
fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let mut folded = Vec::new();
                fold_into(&text[from..at], &mut folded);
                words.push((String::from_utf8(folded).unwrap_or_default(), from..at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

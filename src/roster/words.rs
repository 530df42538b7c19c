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
    /// Remarks where they stand in brackets or behind a dash at the end.
    pub address_aside: Phrases,
    no_address: HashSet<&'static str>,
    pub ward: Phrases,
    pub footer: Phrases,
    pub footer_label: Phrases,
    begins: Beginnings,
}

static LISTS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("words.toml")).expect("words.toml is well formed")
});

/// All lists, read once.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let list = |name: &str| LISTS.get(name).expect("words.toml has the list").iter();
    let exact = |name: &str| Exact::new(list(name));
    let mut begins = Beginnings::default();
    let address = begins.phrases(list("no_address").chain(list("address_remark")));
    let mut phrases = |name: &str| begins.phrases(list(name));
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
        address,
        no_address_alone: phrases("no_address_alone"),
        address_aside: phrases("address_aside"),
        no_address: list("no_address").map(String::as_str).collect(),
        ward: phrases("ward"),
        footer: phrases("footer"),
        footer_label: phrases("footer_label"),
        begins,
    }
});

impl Words {
    /// The lists of which a phrase may stand in the text.
    pub fn lists_in(&self, text: &str) -> Lists {
        self.begins.lists_in(text)
    }

    /// A remark that stands in brackets or behind a dash at the end of an address.
    pub fn aside(&self, text: &str) -> Option<Found> {
        let opened = text.find(['(', '[', '{', '<']).filter(|at| *at > 0);
        let within = opened.map(|at| {
            let closed = text[at..].find([')', ']', '}', '>']).map_or(text.len(), |end| at + end);
            at + 1..closed
        });
        let dashed = [" - ", " -- ", " – ", " — ", " * ", " **"]
            .iter()
            .filter_map(|dash| text.rfind(dash).map(|at| at + dash.len()..text.len()))
            .next_back();
        [within, dashed].into_iter().flatten().find_map(|span| {
            let found = self.address_aside.find(text.get(span.clone())?)?;
            let at = span.start + found.at.start..span.start + found.at.end;
            found.whole.then_some(Found { phrase: found.phrase, at, whole: false })
        })
    }

    /// Whether a phrase of [`Words::address`] says by itself that there is no address.
    pub fn means_no_address(&self, phrase: &str) -> bool {
        self.no_address.contains(phrase)
    }
}

/// Longest word of a list that is compared as a whole cell.
const LONGEST: usize = 31;

/// Cells compared as a whole, without case. A cell that begins like no word of its length costs
/// next to nothing.
pub struct Exact {
    /// By first byte in small letters, the lengths of words; beyond ASCII all that there are.
    lengths: [u32; 256],
    words: HashSet<&'static str>,
}

impl Exact {
    fn new(list: impl Iterator<Item = &'static String>) -> Self {
        let words: HashSet<_> = list.map(String::as_str).collect();
        let mut lengths = [0; 256];
        for word in &words {
            lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len().min(LONGEST);
        }
        // A capital and its small letter need not begin with the same byte.
        let beyond = lengths[128..].iter().fold(0, |all, lengths| all | lengths);
        lengths[128..].fill(beyond);
        Self { lengths, words }
    }

    pub fn has(&self, text: &str) -> bool {
        let Some(first) = text.as_bytes().first().map(u8::to_ascii_lowercase) else { return false };
        if text.len() > LONGEST || self.lengths[usize::from(first)] >> text.len() & 1 == 0 {
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

/// A set of lists of phrases.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Lists(u16);

impl Lists {
    pub fn has(self, phrases: &Phrases) -> bool {
        self.0 & phrases.list.0 != 0
    }
}

/// The first words of all phrases: one look at a cell tells which lists it may concern.
struct Beginnings {
    /// By a digest of the first word.
    lists: Box<[u16; WIDE]>,
    known: u32,
}

/// Places for first words; some hundred are taken.
const WIDE: usize = 1 << 14;

/// Small letters and digits as they are compared, 0 for what stands between words.
static LETTERS: [u8; 128] = {
    let mut letters = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            letters[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

/// No word yet (FNV-1a).
const EMPTY: u32 = 0x811c_9dc5;

fn with(digest: u32, letter: u8) -> u32 {
    (digest ^ u32::from(letter)).wrapping_mul(0x0100_0193)
}

fn slot(digest: u32) -> usize {
    (digest ^ digest >> 15) as usize % WIDE
}

impl Default for Beginnings {
    fn default() -> Self {
        Self { lists: Box::new([0; WIDE]), known: 0 }
    }
}

impl Beginnings {
    /// A further list.
    fn phrases(&mut self, list: impl Iterator<Item = &'static String>) -> Phrases {
        let phrases = Phrases::new(list, Lists(1 << self.known));
        self.known += 1;
        for first in phrases.by_first.keys() {
            self.lists[slot(first.bytes().fold(EMPTY, with))] |= phrases.list.0;
        }
        phrases
    }

    fn lists_in(&self, text: &str) -> Lists {
        let (mut found, mut digest) = (0, EMPTY);
        for byte in text.bytes() {
            let Some(letter) = LETTERS.get(usize::from(byte)) else { return Lists(u16::MAX) };
            if *letter != 0 {
                digest = with(digest, *letter);
            } else if digest != EMPTY {
                found |= self.lists[slot(digest)];
                digest = EMPTY;
            }
        }
        match digest {
            EMPTY => Lists(found),
            last => Lists(found | self.lists[slot(last)]),
        }
    }
}

/// Phrases found as whole words within a cell, without case, accents and punctuation.
pub struct Phrases {
    list: Lists,
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
    fn new(list: impl Iterator<Item = &'static String>, number: Lists) -> Self {
        let mut phrases = Self { list: number, by_first: HashMap::default() };
        for phrase in list {
            let words: Vec<&str> = phrase.split(' ').collect();
            phrases.by_first.entry(words[0]).or_default().push((words, phrase.as_str()));
        }
        for list in phrases.by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        phrases
    }

    /// The first phrase in a cell, the longest of those that begin there; a phrase that is the
    /// whole cell before all others.
    pub fn find(&self, text: &str) -> Option<Found> {
        if text.is_empty() || !WORDS.lists_in(text).has(self) {
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

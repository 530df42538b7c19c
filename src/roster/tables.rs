//! The room's data tables: states, ZIP ranges, countries, languages, street words.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Letters and digits only, lower case: how headings, labels and names of places are compared.
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn rows(csv: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    csv.lines().skip(1).filter(|l| !l.is_empty()).map(|line| {
        let mut cells = line.splitn(3, ',');
        [(); 3].map(|()| cells.next().unwrap_or_default())
    })
}

/// What kind of place a USPS state code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateKind {
    /// A state or the District of Columbia: its law protects its residents.
    Home,
    /// A territory: likewise, and some rosters write it as a country.
    Territory,
    /// A freely associated state, reached by domestic mail.
    Associated,
    /// APO, FPO, DPO: an address that says nothing about residence.
    Military,
}

/// USPS codes with what they stand for, in the table's order.
pub static STATES: LazyLock<Vec<(&'static str, StateKind)>> = LazyLock::new(|| {
    rows(include_str!("data/states.csv"))
        .map(|[code, kind, _]| {
            let kind = match kind {
                "territory" => StateKind::Territory,
                "associated" => StateKind::Associated,
                "military" => StateKind::Military,
                _ => StateKind::Home,
            };
            (code, kind)
        })
        .collect()
});

static STATE_NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for [code, _, list] in rows(include_str!("data/states.csv")) {
        names.insert(fold(code), code);
        names.extend(list.split(';').map(|name| (fold(name), code)));
    }
    names
});

/// The USPS code that a state's code, name or old abbreviation means.
pub fn state(text: &str) -> Option<&'static str> {
    if let [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] = *text.as_bytes() {
        return STATES.iter().map(|(code, _)| *code).find(|code| code.as_bytes() == [a, b]);
    }
    STATE_NAMES.get(&fold(text)).copied()
}

/// What kind of place a code of the table is.
pub fn state_kind(code: &str) -> Option<StateKind> {
    STATES.iter().find(|(c, _)| *c == code).map(|(_, kind)| *kind)
}

/// State by first three digits, and the five-digit exceptions.
struct Zips {
    three: Vec<Option<&'static str>>,
    five: HashMap<u32, &'static str>,
}

static ZIPS: LazyLock<Zips> = LazyLock::new(|| {
    let mut zips = Zips { three: vec![None; 1000], five: HashMap::new() };
    for [from, to, state] in rows(include_str!("data/zip3.csv")) {
        let parse = |t: &str| t.parse::<u32>().expect("the table holds digits");
        for number in parse(from)..=parse(to) {
            match from.len() {
                3 => zips.three[number as usize] = Some(state),
                _ => {
                    zips.five.insert(number, state);
                }
            }
        }
    }
    zips
});

/// The state to which a five-digit ZIP code belongs, by its range.
pub fn zip_state(zip5: &str) -> Option<&'static str> {
    let number: u32 = zip5.get(..5)?.parse().ok()?;
    let zips = &*ZIPS;
    zips.five.get(&number).copied().or(zips.three[(number / 100) as usize])
}

/// A bit for each ZIP code that there is, or was.
static IN_USE: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0; 100_000_usize.div_ceil(64)];
    for line in include_str!("data/zips.txt").lines() {
        let (three, ends) = line.split_once(' ').expect("three digits, then ranges");
        for range in ends.split(',') {
            let (from, to) = range.split_once('-').unwrap_or((range, range));
            let parse = |end: &str| format!("{three}{end}").parse::<usize>();
            let (from, to) = (parse(from).expect("digits"), parse(to).expect("digits"));
            (from..=to).for_each(|code| bits[code / 64] |= 1 << (code % 64));
        }
    }
    bits
});

/// Whether there is a five-digit ZIP code, as far as the list of `data/zips.py` goes.
pub fn zip_in_use(zip5: &str) -> bool {
    let code = zip5.get(..5).and_then(|five| five.parse::<usize>().ok());
    code.and_then(|code| Some(IN_USE.get(code / 64)? >> (code % 64) & 1 == 1)).unwrap_or(false)
}

static COUNTRIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut countries = HashMap::new();
    for [printed, codes, names] in rows(include_str!("data/countries.csv")) {
        let all = codes.split(';').chain(names.split(';')).chain([printed]);
        countries.extend(all.map(fold).filter(|n| !n.is_empty()).map(|name| (name, printed)));
    }
    countries
});

/// A country as printed in an address, empty for the United States; none if unknown.
pub fn country(text: &str) -> Option<&'static str> {
    COUNTRIES.get(&fold(text)).copied()
}

static LANGUAGES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut languages = HashMap::new();
    for [code, names, _] in rows(include_str!("data/languages.csv")) {
        languages.insert(fold(code), code);
        languages.extend(names.split(';').map(|name| (fold(name), code)));
    }
    languages
});

/// The language code that a language's name or three-letter code means.
pub fn language(text: &str) -> Option<&'static str> {
    LANGUAGES.get(&fold(text)).copied()
}

static STREET_WORDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("data/street_words.csv")).map(|[word, short, _]| (word, short)).collect()
});

/// The usual abbreviation of a word in a street line, for comparing addresses only; `#` for a
/// word that only introduces a unit's number.
pub fn street_word(word: &str) -> &str {
    STREET_WORDS.get(word).copied().unwrap_or(word)
}

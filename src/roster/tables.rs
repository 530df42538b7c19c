//! The room's data tables: states, ZIP ranges, countries, languages, street words.

use crate::tables::alike::distance;
use foldhash::HashMap;
use std::sync::LazyLock;

/// Letters and digits only, lower case: how headings, labels and names of places are compared.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let plain = text.bytes().filter(u8::is_ascii_alphanumeric);
        return plain.map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
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
    let mut names = HashMap::default();
    for [code, _, list] in rows(include_str!("data/states.csv")) {
        names.insert(fold(code), code);
        names.extend(list.split(';').map(|name| (fold(name), code)));
    }
    names
});

/// By the two letters of a USPS code, its place in [`STATES`].
static BY_LETTERS: LazyLock<[Option<u8>; 26 * 26]> = LazyLock::new(|| {
    let mut places = [None; 26 * 26];
    for (place, (code, _)) in STATES.iter().enumerate() {
        let at = letters(code).expect("a USPS code is two capitals");
        places[at] = u8::try_from(place).ok();
    }
    places
});

/// Where a text of two capitals stands in [`BY_LETTERS`].
fn letters(text: &str) -> Option<usize> {
    match *text.as_bytes() {
        [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => {
            Some(usize::from(a - b'A') * 26 + usize::from(b - b'A'))
        }
        _ => None,
    }
}

fn of_code(at: usize) -> Option<(&'static str, StateKind)> {
    BY_LETTERS[at].map(|place| STATES[usize::from(place)])
}

/// The USPS code that a state's code, name or old abbreviation means.
pub fn state(text: &str) -> Option<&'static str> {
    match letters(text) {
        Some(at) => of_code(at).map(|(code, _)| code),
        None if text.is_empty() => None,
        None => STATE_NAMES.get(&fold(text)).copied().or_else(|| written_twice(text)),
    }
}

/// `IN - Indiana`, `Indiana (IN)`, `US-IN`: the parts name one state, the country aside.
fn written_twice(text: &str) -> Option<&'static str> {
    let mut found = None;
    for part in text.split(['-', '–', '—', '(', ')', '/', ',', ':', ';', '|']).map(str::trim) {
        if part.is_empty() || ["us", "usa"].contains(&fold(part).as_str()) {
            continue;
        }
        let code = match letters(part) {
            Some(at) => of_code(at).map(|(code, _)| code),
            None => STATE_NAMES.get(&fold(part)).copied(),
        };
        if found.replace(code?).is_some_and(|before| Some(before) != code) {
            return None;
        }
    }
    found
}

/// The USPS code of the state whose name is a slip of the pen away; none if two are as near.
pub fn nearest_state(text: &str) -> Option<&'static str> {
    let name = fold(text);
    let most = if name.chars().count() > 7 { 2 } else { 1 };
    let all = STATE_NAMES.iter().filter(|(known, _)| known.len() > 3 && name.len() > 3);
    let near = all.map(|(known, code)| (distance(known, &name), *code));
    let near: Vec<(usize, &str)> = near.filter(|(distance, _)| *distance <= most).collect();
    let best = *near.iter().min()?;
    near.iter().all(|(distance, code)| *distance > best.0 || *code == best.1).then_some(best.1)
}

/// What kind of place a code of the table is.
pub fn state_kind(code: &str) -> Option<StateKind> {
    letters(code).and_then(of_code).map(|(_, kind)| kind)
}

/// State by first three digits, and the five-digit exceptions.
struct Zips {
    three: Vec<Option<&'static str>>,
    five: HashMap<u32, &'static str>,
}

static ZIPS: LazyLock<Zips> = LazyLock::new(|| {
    let mut zips = Zips { three: vec![None; 1000], five: HashMap::default() };
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

static COUNTRIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut countries = HashMap::default();
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

static PLACE_LINES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("data/place_lines.csv").lines().skip(1);
    lines.filter_map(|line| line.split_once(',')).map(|(c, p)| (c, p.trim_matches('"'))).collect()
});

/// How the line with the city is written in a country, as printed in an address: `{city}`,
/// `{state}` and `{zip}` in its order (International Mail Manual 122.1; `data/place_lines.py`).
/// None where nobody knows.
pub fn place_line(country: &str) -> Option<&'static str> {
    PLACE_LINES.get(country).copied()
}

static LANGUAGES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut languages = HashMap::default();
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

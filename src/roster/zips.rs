//! Which ZIP codes there are, and by which names of cities the Postal Service knows each
//! (`data/zips.py`).

use super::clean::name::fold_into;
use std::sync::LazyLock;

/// Names of cities by ZIP code.
struct Zips {
    /// By ZIP code, where its names begin in `names`; those of the next code follow.
    starts: Vec<u32>,
    names: Vec<&'static str>,
}

/// Five-digit codes.
const CODES: usize = 100_000;

static ZIPS: LazyLock<Zips> = LazyLock::new(|| {
    let mut listed: Vec<(u32, &'static str)> = Vec::with_capacity(1 << 17);
    for line in include_str!("data/zips.txt").lines() {
        let (three, names) = line.split_once(' ').expect("three digits, then names");
        let block = number(three) * 100;
        for (name, ends) in names.split(';').filter_map(|name| name.rsplit_once('=')) {
            for range in ends.split(',') {
                let (from, to) = range.split_once('-').unwrap_or((range, range));
                listed.extend((number(from)..=number(to)).map(|end| (block + end, name)));
            }
        }
    }
    listed.sort_by_key(|(code, _)| *code);
    let mut starts = vec![0; CODES + 1];
    for (code, _) in &listed {
        starts[*code as usize + 1] += 1;
    }
    for code in 0..CODES {
        starts[code + 1] += starts[code];
    }
    Zips { starts, names: listed.into_iter().map(|(_, name)| name).collect() }
});

fn number(digits: &str) -> u32 {
    digits.parse().expect("the list holds digits")
}

/// Whether there is a five-digit ZIP code, as far as the list goes.
pub fn in_use(zip5: &str) -> bool {
    !cities(zip5).is_empty()
}

/// The names of a five-digit ZIP code's cities; none for a code that is not listed.
pub fn cities(zip5: &str) -> &'static [&'static str] {
    let code = zip5.get(..5).and_then(|five| five.parse::<usize>().ok());
    let names = code.and_then(|code| {
        let bounds = (*ZIPS.starts.get(code)?, *ZIPS.starts.get(code + 1)?);
        ZIPS.names.get(bounds.0 as usize..bounds.1 as usize)
    });
    names.unwrap_or_default()
}

/// Whether the city is one of the ZIP code's; true where the list does not know the code.
pub fn is_city_of(zip5: &str, city: &str) -> bool {
    let listed = cities(zip5);
    if listed.is_empty() || listed.iter().any(|name| name.eq_ignore_ascii_case(city)) {
        return true;
    }
    let city = comparable(city);
    listed.iter().any(|name| comparable(name) == city)
}

/// Words that lists shorten in names of places; for comparing only.
const SHORT: &[(&str, &str)] = &[
    ("saint", "st"),
    ("sainte", "ste"),
    ("mount", "mt"),
    ("mountain", "mtn"),
    ("fort", "ft"),
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("heights", "hts"),
    ("springs", "spgs"),
    ("spring", "spg"),
    ("beach", "bch"),
    ("village", "vlg"),
    ("township", "twp"),
    ("junction", "jct"),
    ("center", "ctr"),
    ("island", "is"),
    ("point", "pt"),
];

/// The name of a city as names are compared: without case, accents and punctuation, usual words
/// short.
pub fn comparable(city: &str) -> String {
    let mut out = String::with_capacity(city.len());
    let mut folded = Vec::new();
    for word in city.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | ',' | '/')) {
        folded.clear();
        fold_into(word, &mut folded);
        let word = std::str::from_utf8(&folded).unwrap_or_default();
        let short = SHORT.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short);
        out.push_str(short);
    }
    out
}

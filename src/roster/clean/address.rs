//! Addresses: how they are compared. What is printed is never abbreviated or rearranged.

use super::name::fold_into;
use crate::roster::Address;
use crate::roster::tables::{fold, street_word};

/// The address for comparing, appended to `out`: street words abbreviated, unit designators
/// and punctuation left out, `P. O. Box` and `POB` as `pobox`.
pub fn normal_into(address: &Address, out: &mut Vec<u8>) {
    let mut word = Vec::new();
    let mut post = 0;
    for line in &address.lines {
        for part in line.split(|c: char| !c.is_alphanumeric()) {
            if part.is_empty() {
                continue;
            }
            word.clear();
            fold_into(part, &mut word);
            let folded = std::str::from_utf8(&word).unwrap_or_default();
            let short = street_word(folded);
            // P, O, Box and its short forms, in one, two or three words.
            match (post, short) {
                (_, "#") => continue,
                (0, "p") => {
                    post = 1;
                    continue;
                }
                (1, "o") => {
                    post = 2;
                    continue;
                }
                (0, "po") => {
                    post = 2;
                    continue;
                }
                (2, "box") | (0, "pob" | "pobox") => {
                    out.extend_from_slice(b"pobox ");
                    post = 0;
                    continue;
                }
                (1, _) => out.extend_from_slice(b"p "),
                (2, _) => out.extend_from_slice(b"po "),
                _ => {}
            }
            post = 0;
            out.extend_from_slice(short.as_bytes());
            out.push(b' ');
        }
    }
}

/// Longer lines say more than a unit: a word of the table, and a number of six characters.
const MOST_OF_UNIT: usize = 24;

/// Whether the lines name only a unit, as `Apt 16`, and no street.
pub fn is_only_unit(lines: &[String]) -> bool {
    let unit = |line: &String| {
        // A unit and its number; most lines have more.
        if line.len() > MOST_OF_UNIT {
            return false;
        }
        let mut words = line.split([' ', '.', ',', '#']).filter(|word| !word.is_empty());
        let first = words.next().map(str::to_lowercase).unwrap_or_default();
        let numbered = words.clone().count() <= 1;
        let number = |word: &str| word.len() <= 6 && word.bytes().any(|b| b.is_ascii_digit());
        // `#16`, `Apt 16`, `Unit B`; `Lot 7 Elm Rd` has a street.
        numbered
            && (line.starts_with('#') && (words.next().is_none())
                || street_word(&first) == "#"
                    && words.next().is_none_or(|w| w.len() == 1 || number(w))
                || first.strip_prefix("apt").is_some_and(number))
    };
    !lines.is_empty() && lines.iter().all(unit)
}

/// Takes a remark out of a line; empty if nothing is left that could be part of an address.
pub fn without(line: &str, remark: &std::ops::Range<usize>) -> String {
    let apart = |c: char| !c.is_alphanumeric() && c != '#';
    let before = line[..remark.start].trim_end_matches(apart);
    let after = line[remark.end..].trim_start_matches(apart).trim_end_matches(apart);
    let rest = format!("{before} {after}");
    let rest = rest.trim();
    if rest.chars().any(char::is_alphabetic) { rest.to_owned() } else { String::new() }
}

/// `0`, `0.0`, `xxxx`: a street cell in which nothing stands.
pub fn says_nothing(line: &str) -> bool {
    matches!(line, "0" | "0.0" | "00")
        || line.len() < 6 && is_care_of_nobody(line)
        || line.len() > 2 && line.bytes().all(|b| matches!(b, b'x' | b'X'))
        || !line.is_empty() && !line.chars().any(char::is_alphanumeric)
}

/// `c/o` and `Attn:` without a name.
fn is_care_of_nobody(line: &str) -> bool {
    let word = line.trim_end_matches([':', '.', ' ']);
    ["c/o", "attn", "co/"].iter().any(|empty| word.eq_ignore_ascii_case(empty))
}

/// Whether a country cell means the United States in words of its own: `USA - United States`.
pub fn is_united_states(cell: &str) -> bool {
    let folded = fold(cell);
    ["unitedstates", "estadosunidos", "unitedstate"].iter().any(|name| folded.contains(name))
        && !["virgin", "outlying", "mexicanos", "mexico", "micronesia", "brasil", "samoa"]
            .iter()
            .any(|other| folded.contains(other))
}

/// Whether a country cell names a part of a state.
pub fn is_county(cell: &str) -> bool {
    let last = cell.rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
    let last = last.trim_end_matches('.');
    matches!(last, "county" | "cnty" | "co" | "parish" | "borough" | "municipio" | "condado")
        || cell.to_ascii_lowercase().starts_with("condado de")
}

//! Names: reported, never changed.

use super::signs::Signs;
use crate::roster::words::{Phrases, WORDS};

/// A word that is no name in any cell.
pub fn is_no_name(text: &str) -> bool {
    text.is_empty() || WORDS.no_name.has(text)
}

/// A word that systems write for nothing and that people are called as well.
pub fn may_be_placeholder(text: &str) -> bool {
    WORDS.perhaps_no_name.has(text)
}

/// Whether a letter is no Roman one.
pub fn is_other_script(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|c| {
            c.is_alphabetic()
                && c >= '\u{370}'
                && !matches!(c, '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}'
                    | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}' | '\u{fb00}'..='\u{fb06}')
        })
}

/// What a name must not hold: the letter would go to nobody, to the wrong person or to one of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    Death,
    Minor,
    Remark,
    Several,
}

/// The first marker in one cell of a name. `whole` says that the cell holds first and last name.
pub fn marker(text: &str, whole: bool) -> Option<Marker> {
    if text.is_empty() {
        return None;
    }
    let signs = Signs::of(text);
    if signs.any(Signs::BRACKET)
        && let Some(marker) = bracketed(text)
    {
        return Some(marker);
    }
    let words = &*WORDS;
    let lists = words.lists_in(text);
    let says = |phrases: &Phrases| lists.has(phrases) && phrases.find(text).is_some();
    if says(&words.name_death) {
        return Some(Marker::Death);
    }
    let joined = signs.any(Signs::JOINER);
    let care_of = || joined && text.to_ascii_lowercase().contains("c/o ");
    if says(&words.name_minor) || care_of() || ends_in_minor(text, whole) {
        return Some(Marker::Minor);
    }
    if says(&words.name_remark) || joined && text.contains(['*', '#']) {
        return Some(Marker::Remark);
    }
    let several =
        joined && joins_two(text) || lists.has(&words.name_several) && is_several(text, whole);
    several.then_some(Marker::Several)
}

/// `Ann Minor` may be called so; `Ann Oak Minor` is a child or may be.
fn ends_in_minor(text: &str, whole: bool) -> bool {
    const WORD: &[u8] = b" minor";
    let start = text.len().checked_sub(WORD.len());
    let ends = start.is_some_and(|at| text.as_bytes()[at..].eq_ignore_ascii_case(WORD));
    ends && text.bytes().filter(|b| *b == b' ').count() > usize::from(whole)
}

/// `Oak (deceased)`, `Oak - minor`, `Ann [D]`.
fn bracketed(text: &str) -> Option<Marker> {
    let marks = ['(', ')', '[', ']', '*'];
    let mut parts = text.split(marks).flat_map(|part| part.split(" - ")).skip(1);
    let marker = parts.find_map(|part| match part.trim().to_ascii_lowercase().as_str() {
        "d" | "d." | "dec" | "dec." | "died" | "expired" | "late" => Some(Marker::Death),
        "minor" | "child" | "menor" => Some(Marker::Minor),
        _ => None,
    });
    let behind_comma = || text.rsplit_once(',').map(|(_, last)| last.trim());
    let minor = |last: &str| last.eq_ignore_ascii_case("minor");
    marker.or_else(|| behind_comma().is_some_and(minor).then_some(Marker::Minor))
}

/// `John & Mary`, `John + Mary`, `John/Mary`.
fn joins_two(text: &str) -> bool {
    let slash = || {
        let long = |t: &str| t.chars().filter(|c| c.is_alphabetic()).count() > 2;
        text.split_once('/').is_some_and(|(a, b)| long(a) && long(b))
    };
    text.contains('&') || text.contains(" + ") || slash()
}

/// `John and Mary`, `Mr. and Mrs.`, `The Oak Family`.
fn is_several(text: &str, whole: bool) -> bool {
    WORDS.name_several.find(text).is_some_and(|found| match found.phrase {
        // A word between two others; `Or` is a first name as well.
        "and" => found.at.start > 0 && found.at.end < text.len(),
        "or" => found.at.start > 0 && found.at.end < text.len() && &text[found.at] != "Or",
        "family" | "familia" => whole && !found.whole,
        _ => true,
    })
}

/// Letters and digits without case and accents, for comparing; appended to `out`.
pub fn fold_into(text: &str, out: &mut Vec<u8>) {
    use unicode_normalization::UnicodeNormalization;
    if text.is_ascii() {
        let bytes = text.bytes().filter(u8::is_ascii_alphanumeric);
        out.extend(bytes.map(|b| b.to_ascii_lowercase()));
        return;
    }
    let mut utf8 = [0; 4];
    for c in text.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        out.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
    }
}

//! How a heading is shown. Where header and first row are fused, or the header is missing, what
//! stands in its place is people: only words that headings are known to have are shown, the rest
//! by its shape.

use super::heading::{known, recognize};
use crate::incident::{Incident, RosterChoices, known_elements};
use crate::roster::fitting::pattern;
use crate::roster::tables::fold;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Characters of a heading that are shown.
const LONGEST: usize = 40;

/// Shortest word of which a longer one may be made up, so that no name is by chance.
const PART: usize = 3;

/// Words of headings that are people's names too.
const NAMES: [&str; 3] = ["day", "lang", "pat"];

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let more = include_str!("../data/heading_words.txt").lines().filter(|l| !l.starts_with('#'));
    let elements = known_elements().iter().flat_map(|e| [e.id.as_str(), e.letter.as_str()]);
    let phrases = known().chain(elements).chain(more);
    let words = phrases.flat_map(|phrase| phrase.split(|c: char| !c.is_alphanumeric()));
    // One letter is an initial, and a number is anybody's.
    let telling = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    words
        .filter(telling)
        .map(str::to_lowercase)
        .filter(|word| !NAMES.contains(&word.as_str()))
        .collect()
});

/// The headings that may be shown as they are, since the incident itself writes them.
#[derive(Default)]
pub struct KnownHeadings(HashSet<String>);

impl KnownHeadings {
    /// Those of one roster.
    pub fn of(incident: &Incident, choices: &RosterChoices) -> Self {
        let mapped = choices.columns.values().flat_map(|headings| headings.all());
        let labels = incident.elements.iter().flat_map(|e| e.roster.iter().chain([&e.id]));
        let codes = incident.protections.iter().filter_map(|p| p.code_column.as_ref());
        let all = mapped.chain(&choices.ignore).chain(labels).chain(codes);
        Self(all.map(|heading| fold(heading)).filter(|heading| !heading.is_empty()).collect())
    }

    /// A heading without what may be somebody's name, number or address.
    pub fn show(&self, heading: &str) -> String {
        let heading: String = heading.chars().take(LONGEST).collect();
        let known = heading.is_ascii()
            && !heading.contains(['(', '['])
            && !NAMES.contains(&heading.to_lowercase().as_str())
            && recognize(&heading).is_some();
        if known || self.0.contains(&fold(&heading)) {
            return heading;
        }
        let mut shown = String::new();
        let mut after_known = false;
        for piece in pieces(&heading) {
            let word = piece.to_lowercase();
            let digit = piece.len() == 1 && piece.bytes().all(|b| b.is_ascii_digit());
            if is_known(&word) || digit && after_known {
                shown.push_str(piece);
            } else {
                shown.push_str(&pattern(piece));
            }
            if piece.chars().any(char::is_alphanumeric) {
                after_known = is_known(&word);
            }
        }
        shown
    }
}

/// A word of headings, or several written as one.
fn is_known(word: &str) -> bool {
    let made_up = |word: &str| {
        (PART..=word.len().saturating_sub(PART)).any(|at| {
            let halves = word.is_char_boundary(at).then(|| word.split_at(at));
            halves.is_some_and(|(start, rest)| WORDS.contains(start) && is_known(rest))
        })
    };
    WORDS.contains(word) || made_up(word)
}

/// Words, numbers and what stands between them; `PatFirstNm` is three words.
fn pieces(heading: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_alphabetic() => 0,
        c if c.is_numeric() => 1,
        _ => 2,
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in heading.char_indices() {
        let new =
            before.is_some_and(|b| kind(b) != kind(c) || b.is_lowercase() && c.is_uppercase());
        if new {
            pieces.push(&heading[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&heading[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::KnownHeadings;

    fn show(heading: &str) -> String {
        KnownHeadings::default().show(heading)
    }

    #[test]
    fn words_of_headings_are_shown() {
        for heading in [
            "last_name",
            "Date of Birth (MM/DD/YYYY)",
            "PatFirstNm",
            "patientlastname",
            "Address Line 2",
            "Medical Record Number",
            "diagnosiscode",
            "Reason for Visit",
            "SSN_Exposed",
            "ADMIT DATE/TIME",
            "Insurance Plan Type",
        ] {
            assert_eq!(show(heading), heading);
        }
    }

    #[test]
    fn what_may_be_a_person_is_shown_by_its_shape() {
        for (heading, shown) in [
            ("Zamora", "Aaaaaa"),
            ("citystate zamora", "citystate aaaaaa"),
            ("elementsH-1001", "elementsA-9999"),
            ("12 Quarry Road", "99 Aaaaaa Aaaa"),
            ("8 Quarry Road", "9 Aaaaaa Aaaa"),
            ("zamora@mail.example", "aaaaaa@mail.aaaaaaa"),
            ("1957-03-29", "9999-99-99"),
            ("Notes (Zamora)", "Notes (Aaaaaa)"),
            ("Date of Birth (Zamora)", "Date of Birth (Aaaaaa)"),
            ("J Zamora", "A Aaaaaa"),
            ("Pat", "Aaa"),
            ("O'Brien", "A?Aaaaa"),
            ("王芳", "aa"),
            ("city 王芳", "city aa"),
            ("", ""),
        ] {
            assert_eq!(show(heading), shown, "{heading}");
        }
    }

    #[test]
    fn no_word_of_headings_is_a_common_name() {
        let names = include_str!("../sample/names.txt").lines().filter(|l| !l.starts_with('#'));
        let more = "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Wilson \
            Anderson Taylor Thomas Moore Martin Lee Thompson White Harris Clark Lewis Robinson Walker \
            Young Allen King Wright Scott Hill Green Adams Baker Nelson Hall Campbell Mitchell Carter \
            Roberts James Mary Patricia Jennifer Linda Mark Bill Grace May June April Rose Grant Case \
            Page Price Day Long Field Fields Banks Good Best Church Lane Park Parks Bishop Major";
        let names = names.chain([more]).flat_map(str::split_whitespace);
        let names: Vec<&str> = names.filter(|name| !name.starts_with('-')).collect();
        assert!(names.len() > 200, "{} names", names.len());
        let shown: Vec<&&str> = names.iter().filter(|name| show(name) == **name).collect();
        assert!(shown.is_empty(), "{shown:?} are names");
    }
}

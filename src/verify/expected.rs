//! What a letter must say of its person, from the spool and the incident alone.

use super::wording::Wording;
use crate::incident::{Incident, ProtectionRecipient};
use crate::roster::{Address, Person, Recipient, place_line};

/// Whom the window must show: the lines of the name, then those of the address.
#[derive(Clone, PartialEq, Eq)]
pub struct Addressee {
    pub name: String,
    pub address: String,
}

impl Addressee {
    pub fn of(person: &Person, wording: &Wording) -> Self {
        let words = &wording.address;
        let mut name = match person.recipient {
            Recipient::Adult => person.full_name(),
            Recipient::ParentOrGuardian => {
                format!("{} {}", words.parent_or_guardian, person.full_name())
            }
            Recipient::Estate => format!("{} {}", words.estate, person.full_name()),
        };
        if !person.representative_name.is_empty() {
            name.push(' ');
            name.push_str(&words.care_of.replace("{name}", &person.representative_name));
        }
        Self { name: spaced(&name), address: spaced(&address(&person.address)) }
    }

    /// Name and address as the window's lines read when joined.
    pub fn whole(&self) -> String {
        format!("{} {}", self.name, self.address).trim().to_owned()
    }
}

fn address(address: &Address) -> String {
    if let Some(pattern) = place_line(&address.country) {
        return abroad(address, pattern);
    }
    let region = format!("{} {}", address.state, address.zip);
    let capitals = address.city.to_uppercase();
    let city = if address.country.is_empty() { &address.city } else { &capitals };
    let place = match (address.city.is_empty(), region.trim().is_empty()) {
        (false, false) => format!("{city}, {}", region.trim()),
        _ => format!("{city}{}", region.trim()),
    };
    let mut lines = address.lines.clone();
    lines.extend([place, address.country.clone()]);
    lines.join(" ")
}

/// An address as its country writes it: what is missing takes along the marks before it.
fn abroad(address: &Address, pattern: &str) -> String {
    let mut place = String::new();
    for piece in pattern.split_inclusive('}') {
        let Some((mark, name)) = piece.trim_end_matches('}').split_once('{') else { continue };
        let text = match name {
            "city" => address.city.to_uppercase(),
            "state" => address.state.clone(),
            _ => address.zip.clone(),
        };
        if !text.is_empty() {
            place += if place.is_empty() { "" } else { mark };
            place += &text;
        }
    }
    [address.lines.join(" "), place, address.country.clone()].join(" ")
}

/// One space between words, and none after a hyphen, where a line may have been broken.
pub fn spaced(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(joined.len());
    let mut chars = joined.chars().peekable();
    while let Some(c) = chars.next() {
        let letter = out.chars().next_back().is_some_and(char::is_alphanumeric);
        out.push(c);
        if matches!(c, '-' | '/') && letter && chars.peek() == Some(&' ') {
            chars.next();
        }
    }
    out
}

/// The protection that a person is offered: the first whose recipients and data they are among.
pub fn protection(person: &Person, incident: &Incident) -> Option<usize> {
    let kind = match person.recipient {
        Recipient::Adult => ProtectionRecipient::Adult,
        Recipient::ParentOrGuardian => ProtectionRecipient::Minor,
        Recipient::Estate => return None,
    };
    let exposed = |id: &String| {
        let at = incident.elements.iter().position(|e| e.id == *id);
        at.is_some_and(|at| person.elements.contains(at))
    };
    incident.protections.iter().position(|offer| {
        offer.recipients.contains(&kind)
            && (offer.offered_for.is_empty() || offer.offered_for.iter().any(exposed))
    })
}

/// Whether the letter must print a code of this person's own.
pub fn has_code(person: &Person, incident: &Incident) -> bool {
    let offer = protection(person, incident).map(|i| &incident.protections[i]);
    offer.is_some_and(|o| o.code_column.is_some() || o.code_file.is_some())
}

/// What a data element is called in a letter.
pub fn label(
    incident: &Incident,
    at: usize,
    wording: &Wording,
    own: bool,
    general: bool,
) -> String {
    let element = &incident.elements[at];
    match wording.elements.get(&element.id) {
        _ if general => wording.sensitive.clone(),
        Some(translated) if !own => translated.clone(),
        _ => element.letter.clone(),
    }
}

/// The recipient as version keys name it.
pub fn recipient_key(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Adult => "adult",
        Recipient::ParentOrGuardian => "parent_or_guardian",
        Recipient::Estate => "estate",
    }
}

/// Whether two texts are the same. Where letters run from right to left a PDF holds them as they
/// stand on the page, so such texts are compared by their characters.
pub fn same(printed: &str, expected: &str) -> bool {
    printed == expected || (runs_left(expected) && bag(printed) == bag(expected))
}

/// Hebrew, Arabic and their neighbors.
pub fn runs_left(text: &str) -> bool {
    use unicode_bidi::BidiClass::{AL, R};
    text.chars().any(|c| matches!(unicode_bidi::bidi_class(c), R | AL))
}

fn bag(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    chars.sort_unstable();
    chars
}

#[cfg(test)]
mod tests {
    use super::{same, spaced};

    #[test]
    fn broken_lines_read_as_whole() {
        assert_eq!(spaced("Ann Lee-\nKim  4 Elm St"), "Ann Lee-Kim 4 Elm St");
        assert_eq!(spaced("Fall - Winter"), "Fall - Winter");
    }

    #[test]
    fn what_runs_from_right_to_left_is_compared_by_characters() {
        assert!(same("\u{5dc}\u{5d0} Ann", "Ann \u{5d0}\u{5dc}"));
        assert!(!same("nnA", "Ann"));
    }
}

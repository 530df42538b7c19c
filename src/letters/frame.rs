//! The outside of a letter: return address, what shows in the window, date, reference.

use super::unit::is_unit;
use super::version::Version;
use super::words::Words;
use super::writer::Writer;
use crate::finding::{Finding, Severity};
use crate::roster::{Address, Person, Recipient, place_line};
use crate::typeset::Frame;

/// What a #10 window shows.
const MOST_LINES: usize = 6;
/// Characters that fit on a line of the window in 10-point type.
const LINE_FITS: usize = 44;

impl Writer<'_> {
    /// The frame of a person's letter. The caller adds logo, pixels and the DRAFT stamp.
    ///
    /// # Errors
    /// The letter is held when its address needs more than six lines.
    pub fn frame(&self, person: &Person) -> Result<Frame, Finding> {
        let addressee = self.addressee(person)?;
        let words = &self.languages[self.written(person)].words;
        Ok(Frame {
            letterhead: self.incident.sender.name.clone(),
            return_address: self.incident.sender.return_address.clone(),
            addressee,
            date: words.date(*self.wave.mail_on),
            reference: words.reference(&self.reference(person)),
            page_of: words.page_of.clone(),
            ..Frame::default()
        })
    }

    /// Name and address as they are to stand in the window, a line each.
    ///
    /// # Errors
    /// The letter is held when they need more than six lines.
    pub fn addressee(&self, person: &Person) -> Result<Vec<String>, Finding> {
        let lines = addressee(person, &self.languages[self.written(person)].words);
        if lines.len() > MOST_LINES {
            return Err(Finding::new(
                code!("letter.address_too_long"),
                Severity::Held,
                format!(
                    "the address needs {} lines and the window shows {MOST_LINES}",
                    lines.len()
                ),
            )
            .remedy("shorten the address lines in the roster"));
        }
        Ok(lines)
    }

    /// The print job, as machines and their lists name it: incident and wave.
    pub fn job(&self) -> String {
        format!("{}.{}", self.incident.id, self.wave.id)
    }

    /// The id of a person's letter in this wave.
    pub fn reference(&self, person: &Person) -> String {
        self.piece(person, "mail")
    }

    /// The id of a person's piece by a channel, `mail` or `email`.
    pub fn piece(&self, person: &Person, channel: &str) -> String {
        let entity = &self.incident[person.whose()];
        let (incident, wave) = (self.incident.id.as_str(), self.wave.id.as_str());
        super::piece_id(&self.opaque, [incident, wave, &person.record_id, &entity.id, channel])
    }

    /// The subject of a person's e-mail.
    pub fn email_subject(&self, version: &Version) -> String {
        self.words(version).email_subject(&self.incident.sender.name)
    }

    /// The language's name for a version, for people who review it.
    pub fn language(&self, version: &Version) -> &str {
        &self.words(version).language
    }

    pub(super) fn words(&self, version: &Version) -> &Words {
        &self.languages[&version.facets.language].words
    }
}

/// The street lines. A unit shares the street's line where both fit: each line saved keeps the
/// address further from the window's edges. An address that must be used verbatim stays as it is.
fn streets(address: &Address) -> Vec<String> {
    let verbatim = address.kind.is_private();
    match address.lines.as_slice() {
        [street, unit] if !verbatim && address.country.is_empty() && is_unit(unit) => {
            let together = format!("{street} {unit}");
            if together.chars().count() <= LINE_FITS {
                vec![together]
            } else {
                address.lines.clone()
            }
        }
        lines => lines.to_vec(),
    }
}

/// The line with the city. Abroad it is written as the destination writes it, the city in capitals
/// (International Mail Manual 122.1).
fn place(address: &Address) -> String {
    let Address { city, state, zip, country, .. } = address;
    let abroad = place_line(country);
    let shouted = city.to_uppercase();
    let city = if country.is_empty() { city } else { &shouted };
    let mut line = String::new();
    for (before, part) in parts(abroad.unwrap_or("{city}, {state} {zip}")) {
        let value = match part {
            "city" => city,
            "state" => state,
            _ => zip,
        };
        if value.is_empty() {
            continue;
        }
        if !line.is_empty() {
            // Behind a city that no region follows, a comma belongs to the region.
            let bare = abroad.is_none() && part == "zip" && state.is_empty();
            line.push_str(if bare && !city.is_empty() { ", " } else { before });
        }
        line.push_str(value);
    }
    line
}

/// The parts of a pattern, each with what stands before it.
fn parts(pattern: &str) -> impl Iterator<Item = (&str, &str)> {
    pattern.split('}').filter_map(|piece| piece.split_once('{'))
}

/// Name and address, a line each, empty ones left out.
fn addressee(person: &Person, words: &Words) -> Vec<String> {
    let name = person.full_name();
    let care_of = || words.address.care_of.replace("{name}", &person.representative_name);
    let mut lines = Vec::new();
    let prefix = match person.recipient {
        Recipient::Adult => "",
        Recipient::ParentOrGuardian => &words.address.parent_or_guardian,
        Recipient::Estate => &words.address.estate,
    };
    let address = &person.address;
    let streets = streets(address);
    let rest = 1 + streets.len() + usize::from(!address.country.is_empty());
    let together = format!("{prefix} {name}");
    if prefix.is_empty() {
        lines.push(name);
    } else {
        let care = usize::from(!person.representative_name.is_empty());
        if together.chars().count() <= LINE_FITS || 2 + care + rest > MOST_LINES {
            lines.push(together);
        } else {
            lines.push(prefix.to_owned());
            lines.push(name);
        }
    }
    if !person.representative_name.is_empty() {
        lines.push(care_of());
    }
    lines.extend(streets);
    lines.push(place(address));
    lines.push(address.country.clone());
    lines.retain(|line| !line.is_empty());
    lines
}

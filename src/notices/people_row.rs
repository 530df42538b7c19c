//! One person as a covered entity's list names them.

use super::words::Words;
use crate::incident::Incident;
use crate::plan::Outcome;
use crate::roster::{AddressKind, Differs, Person, Population, Recipient};
use jiff::civil::Date;

/// The columns of `people.csv` and `people.xlsx`.
pub(super) const PEOPLE: [&str; 25] = [
    "record_id",
    "first_name",
    "middle_name",
    "last_name",
    "suffix",
    "date_of_birth",
    "population",
    "written_to",
    "representative_name",
    "address_1",
    "address_2",
    "city",
    "state",
    "zip",
    "country",
    "address_left_out",
    "residence",
    "language",
    "information_involved",
    "notice",
    "earlier_mailing",
    "earlier_letter",
    "earlier_letter_posted",
    "earlier_letter_came_back",
    "corrected_since",
];

/// The columns of the list of people to be reached by telephone or other means; the last four are
/// filled in by whoever reaches them.
pub(super) const OTHER_MEANS: [&str; 13] = [
    "record_id",
    "first_name",
    "last_name",
    "representative_name",
    "email",
    "last_address",
    "address_left_out",
    "language",
    "information_involved",
    "means",
    "reached_on",
    "reached_by",
    "remarks",
];

/// The letter that an earlier mailing sent to somebody, beside whose data as they are known now it
/// stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierLetter {
    pub wave: String,
    /// As printed on it.
    pub reference: String,
    /// None while its posting is not recorded.
    pub posted: Option<Date>,
    pub came_back: Option<Date>,
    /// In what a later roster corrects what the letter rested on.
    pub differs: Differs,
}

impl EarlierLetter {
    /// Mailing, reference, day of posting, day on which it came back, what was corrected.
    pub fn cells(&self, words: &Words) -> [String; 5] {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let Differs { name, address, born, died } = self.differs;
        let corrected = [(name, "name"), (address, "address"), (born, "born"), (died, "died")];
        let corrected: Vec<String> = corrected
            .into_iter()
            .filter(|(differs, _)| *differs)
            .map(|(_, id)| words.pick(&words.list, id))
            .collect();
        [
            self.wave.clone(),
            self.reference.clone(),
            day(self.posted),
            day(self.came_back),
            corrected.join("; "),
        ]
    }
}

/// The person in the order of [`PEOPLE`].
pub(super) fn people(
    person: &Person,
    outcome: Outcome,
    before: Option<&EarlierLetter>,
    incident: &Incident,
    words: &Words,
) -> Vec<String> {
    let word = |id: &str| words.pick(&words.list, id);
    let left_out = left_out(person, words);
    let address = &person.address;
    let shown = left_out.is_empty();
    let line = |text: &str| if shown { text.to_owned() } else { String::new() };
    let rest = address.lines.get(1..).unwrap_or(&[]).join(", ");
    let mut row = vec![
        person.record_id.clone(),
        person.first_name.clone(),
        person.middle_name.clone(),
        person.last_name.clone(),
        person.suffix.clone(),
        person.date_of_birth.map(|d| d.to_string()).unwrap_or_default(),
        word(match person.population {
            Population::Patient => "patient",
            Population::Employee => "employee",
            Population::Guarantor => "guarantor",
            Population::Provider => "provider",
            Population::Dependant => "dependant",
        }),
        word(match person.recipient {
            Recipient::Adult => "adult",
            Recipient::ParentOrGuardian => "parent_or_guardian",
            Recipient::Estate => "estate",
        }),
        person.representative_name.clone(),
        line(address.lines.first().map_or("", String::as_str)),
        line(&rest),
        line(&address.city),
        line(&address.state),
        line(&address.zip),
        line(&address.country),
        left_out,
        person.jurisdiction.clone(),
        person.language.clone(),
        information(person, incident),
        word(outcome.label()),
    ];
    match before {
        Some(letter) => row.extend(letter.cells(words)),
        None => row.resize(PEOPLE.len(), String::new()),
    }
    row
}

/// The person in the order of [`OTHER_MEANS`].
pub(super) fn other_means(person: &Person, incident: &Incident, words: &Words) -> Vec<String> {
    let left_out = left_out(person, words);
    let address = &person.address;
    let mut parts = address.lines.clone();
    parts.extend([&address.city, &address.state, &address.zip, &address.country].map(Clone::clone));
    parts.retain(|part| !part.is_empty());
    let shown = if left_out.is_empty() { parts.join(", ") } else { String::new() };
    let mut row = vec![
        person.record_id.clone(),
        person.first_name.clone(),
        person.last_name.clone(),
        person.representative_name.clone(),
        person.email.clone(),
        shown,
        left_out,
        person.language.clone(),
        information(person, incident),
    ];
    row.resize(OTHER_MEANS.len(), String::new());
    row
}

/// Why an address is not listed; empty where it is. An alternative address was given in
/// confidence (45 CFR 164.522(b)), a protected one must not be shown to anybody.
fn left_out(person: &Person, words: &Words) -> String {
    match person.address.kind {
        AddressKind::Confidential => words.pick(&words.list, "confidential"),
        AddressKind::Protected => words.pick(&words.list, "protected"),
        AddressKind::Ordinary | AddressKind::Institution => String::new(),
    }
}

/// The kinds of information exposed for this person, by the name the roster gives them; a person
/// without any has the strand's.
fn information(person: &Person, incident: &Incident) -> String {
    let of_strand = |id: &String| incident[person.strand].elements.contains(id);
    let kinds: Vec<&str> = incident
        .elements
        .iter()
        .enumerate()
        .filter(|(i, element)| match person.elements.is_empty() {
            true => of_strand(&element.id),
            false => person.elements.contains(*i),
        })
        .map(|(_, element)| element.roster.first().unwrap_or(&element.letter).as_str())
        .collect();
    kinds.join("; ")
}

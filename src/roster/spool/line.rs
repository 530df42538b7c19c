//! One person as one line of the spool. Cleaned text holds no control character, so a record
//! never spans lines and U+001F can divide an address's lines.

use crate::incident::{EntityIx, StrandIx};
use crate::roster::{
    Address, AddressKind, ElementSet, Person, Population, Recipient, Standing, problem,
};
use jiff::civil::Date;
use std::borrow::Cow;
use std::io::Write as _;

/// The spool's header, without the two last columns.
pub const HEADER: &str = "record_id,entity,strand,first_name,middle_name,last_name,suffix,\
address_lines,city,state,zip,country,address_kind,jurisdiction,email,email_consent,\
email_consent_on,date_of_birth,recipient,representative_name,language,alt_format,population,\
elements,activation_code,prior_record_id,supplemental,standing";

/// The columns that the digest leaves out.
pub const ROW_HEADER: &str = ",row,merged_into";

const CELLS: usize = 28;

/// Written for a person of no known covered entity.
const UNPLACED: u64 = 65_535;

/// Appends a person's line, without row number and line break.
pub fn encode(person: &Person, out: &mut Vec<u8>) {
    let address = &person.address;
    cell(out, &person.record_id);
    number(out, person.entity.map_or(UNPLACED, |entity| entity.get() as u64));
    number(out, person.strand.get() as u64);
    for text in [&person.first_name, &person.middle_name, &person.last_name, &person.suffix] {
        next(out, text);
    }
    match address.lines.as_slice() {
        [] => next(out, ""),
        [one] => next(out, one),
        many => next(out, &many.join("\u{1f}")),
    }
    for text in [&address.city, &address.state, &address.zip, &address.country] {
        next(out, text);
    }
    next(out, ADDRESS_KINDS[address.kind as usize]);
    next(out, &person.jurisdiction);
    next(out, &person.email);
    next(out, if person.email_consent { "Y" } else { "" });
    date(out, person.email_consent_on);
    date(out, person.date_of_birth);
    next(out, RECIPIENTS[person.recipient as usize]);
    for text in [&person.representative_name, &person.language, &person.alt_format] {
        next(out, text);
    }
    next(out, POPULATIONS[person.population as usize]);
    out.push(b',');
    let _ = write!(out, "{:x}", person.elements.0);
    next(out, &person.activation_code);
    next(out, &person.prior_record_id);
    next(out, if person.supplemental { "Y" } else { "" });
    match &person.standing {
        Standing::Ready => next(out, "ready"),
        Standing::Merged(_) => next(out, "merged"),
        Standing::Substitute => next(out, "substitute"),
        // Codes hold neither commas nor quotation marks.
        Standing::Held(code) => {
            let _ = write!(out, ",held {code}");
        }
        Standing::Excluded(code) => {
            let _ = write!(out, ",excluded {code}");
        }
    }
}

/// Reads a line that [`encode`] wrote; none if it was altered.
pub fn decode(line: &str, row: u64, merged_into: Option<u64>) -> Option<Person> {
    let cells = split(line)?;
    let text = |i: usize| cells[i].clone().into_owned();
    let day = |i: usize| -> Option<Option<Date>> {
        if cells[i].is_empty() { Some(None) } else { cells[i].parse().ok().map(Some) }
    };
    let standing = match cells[27].split_once(' ') {
        None => match &*cells[27] {
            "ready" => Standing::Ready,
            "merged" => Standing::Merged(merged_into?),
            "substitute" => Standing::Substitute,
            _ => return None,
        },
        Some(("held", code)) => Standing::Held(problem::code(code)?),
        Some(("excluded", code)) => Standing::Excluded(problem::code(code)?),
        Some(_) => return None,
    };
    Some(Person {
        row,
        record_id: text(0),
        entity: match cells[1].parse().ok()? {
            UNPLACED => None,
            at => Some(EntityIx::new(usize::try_from(at).ok()?)),
        },
        strand: StrandIx::new(cells[2].parse().ok()?),
        first_name: text(3),
        middle_name: text(4),
        last_name: text(5),
        suffix: text(6),
        address: Address {
            lines: match &*cells[7] {
                "" => Vec::new(),
                lines => lines.split('\u{1f}').map(str::to_owned).collect(),
            },
            city: text(8),
            state: text(9),
            zip: text(10),
            country: text(11),
            kind: *pick(&KINDS, &ADDRESS_KINDS, &cells[12])?,
        },
        jurisdiction: text(13),
        email: text(14),
        email_consent: &*cells[15] == "Y",
        email_consent_on: day(16)?,
        date_of_birth: day(17)?,
        recipient: *pick(&RECIPIENT, &RECIPIENTS, &cells[18])?,
        representative_name: text(19),
        language: text(20),
        alt_format: text(21),
        population: *pick(&POPULATION, &POPULATIONS, &cells[22])?,
        elements: ElementSet(u64::from_str_radix(&cells[23], 16).ok()?),
        activation_code: text(24),
        prior_record_id: text(25),
        supplemental: &*cells[26] == "Y",
        standing,
    })
}

const ADDRESS_KINDS: [&str; 4] = ["", "confidential", "protected", "institution"];
const KINDS: [AddressKind; 4] = [
    AddressKind::Ordinary,
    AddressKind::Confidential,
    AddressKind::Protected,
    AddressKind::Institution,
];
const RECIPIENTS: [&str; 3] = ["adult", "parent_or_guardian", "estate"];
const RECIPIENT: [Recipient; 3] =
    [Recipient::Adult, Recipient::ParentOrGuardian, Recipient::Estate];
const POPULATIONS: [&str; 5] = ["patient", "employee", "guarantor", "provider", "dependant"];
const POPULATION: [Population; 5] = [
    Population::Patient,
    Population::Employee,
    Population::Guarantor,
    Population::Provider,
    Population::Dependant,
];

fn pick<'t, T>(values: &'t [T], names: &[&str], name: &str) -> Option<&'t T> {
    values.get(names.iter().position(|n| *n == name)?)
}

fn next(out: &mut Vec<u8>, text: &str) {
    out.push(b',');
    cell(out, text);
}

fn cell(out: &mut Vec<u8>, text: &str) {
    if text.bytes().fold(false, |any, b| any | matches!(b, b',' | b'"')) {
        out.push(b'"');
        for byte in text.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

fn number(out: &mut Vec<u8>, number: u64) {
    let _ = write!(out, ",{number}");
}

fn date(out: &mut Vec<u8>, date: Option<Date>) {
    out.push(b',');
    if let Some(date) = date {
        push_date(out, date);
    }
}

/// `1980-03-25`; the years before 1 that a date may have do not come this way.
fn push_date(out: &mut Vec<u8>, date: Date) {
    let digit = |number: i16| b'0' + (number % 10) as u8;
    let (year, month, day) = (date.year(), i16::from(date.month()), i16::from(date.day()));
    if !(0..=9999).contains(&year) {
        let _ = write!(out, "{date}");
        return;
    }
    out.extend([digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), b'-']);
    out.extend([digit(month / 10), digit(month), b'-', digit(day / 10), digit(day)]);
}

fn split(line: &str) -> Option<[Cow<'_, str>; CELLS]> {
    let mut cells: [Cow<'_, str>; CELLS] = [const { Cow::Borrowed("") }; CELLS];
    let mut rest = Some(line);
    for cell in &mut cells {
        let text = rest?;
        let Some(quoted) = text.strip_prefix('"') else {
            let (own, others) = match text.split_once(',') {
                Some((own, others)) => (own, Some(others)),
                None => (text, None),
            };
            *cell = Cow::Borrowed(own);
            rest = others;
            continue;
        };
        let mut value = String::new();
        let mut tail = quoted;
        loop {
            let (part, after) = tail.split_once('"')?;
            value.push_str(part);
            match after.strip_prefix('"') {
                Some(more) => {
                    value.push('"');
                    tail = more;
                }
                None => {
                    rest = match after {
                        "" => None,
                        _ => Some(after.strip_prefix(',')?),
                    };
                    break;
                }
            }
        }
        *cell = Cow::Owned(value);
    }
    rest.is_none().then_some(cells)
}

//! Rows as real rosters have them: one kind of fault each.

use super::HEADER;
use super::prng::Prng;
use super::row::{RowText, raw};
use super::tables::Tables;
use crate::roster::Column::*;

/// A fault: alters a good row, which follows `last`.
type Fault = fn(&mut RowText, &RowText, &mut Prng);

/// What is altered in cells.
const FAULTS: &[Fault] = &[
    // The spreadsheet took the zeros, or there were none to take.
    |row, _, _| {
        let cut = row.cell(Zip).trim_start_matches('0').to_owned();
        row.set(Zip, cut);
    },
    |row, _, _| {
        row.set(State, "Maine");
        row.set(City, "Portland");
        row.set(Zip, "4101");
        row.set(Country, "USA");
    },
    |row, _, _| {
        row.set(State, "TX");
        row.set(City, "Austin");
        row.set(Zip, "7870");
        row.set(Country, "");
    },
    |row, _, _| {
        row.set(State, "CA");
        row.set(City, "Fresno");
        row.set(Zip, "04101");
        row.set(Country, "");
    },
    |row, _, _| {
        row.set(State, "");
        row.set(City, "Albany");
        row.set(Zip, "12203");
        row.set(Country, "");
    },
    |row, _, _| {
        row.set(State, "Atlantis");
        row.set(Country, "");
        row.set(Zip, "12203");
    },
    |row, _, _| row.set(Country, "QX"),
    |row, _, _| row.set(DataElements, "Name;Blood type"),
    |row, _, _| row.set(DataElements, ""),
    |row, _, _| {
        for column in [Address1, Address2, City, State, Zip, Country] {
            row.set(column, "");
        }
        row.set(Deceased, "");
    },
    |row, _, _| {
        for column in [Address1, Address2, City, State, Zip] {
            row.set(column, "N/A");
        }
        row.set(Country, "");
        row.set(Deceased, "Y");
    },
    |row, _, _| {
        for column in [MiddleName, Address2, GuardianName, Language] {
            row.set(column, "NULL");
        }
        row.set(Email, "unknown");
    },
    // The same person in other words.
    |row, last, _| {
        let id = row.cell(RecordId).to_owned();
        *row = last.clone();
        row.set(RecordId, id);
        row.set(Address1, last.cell(Address1).to_uppercase());
        row.set(DataElements, "Name;Provider name");
        row.set(ActivationCode, "");
    },
    // The same row.
    |row, last, _| *row = last.clone(),
    // Another person's record id.
    |row, last, _| row.set(RecordId, last.cell(RecordId)),
    // Twins; father and son.
    |row, last, _| {
        for column in [LastName, Address1, Address2, City, State, Zip, Country, DateOfBirth, Entity]
        {
            row.set(column, last.cell(column));
        }
    },
    |row, last, _| {
        let id = row.cell(RecordId).to_owned();
        *row = last.clone();
        row.set(RecordId, id);
        row.set(Suffix, "Jr.");
        row.set(DateOfBirth, "1999-05-05");
        row.set(ActivationCode, "");
        row.set(DataElements, "Name;Provider name");
    },
    |row, _, _| row.set(DateOfBirth, "02/30/1979"),
    |row, _, _| row.set(DateOfBirth, "2031-01-01"),
    |row, _, _| row.set(DateOfBirth, "06/15/58"),
    |row, _, _| row.set(DateOfBirth, "06/15/09"),
    |row, _, _| row.set(DateOfBirth, "25/03/1961"),
    |row, _, _| row.set(DateOfBirth, "01/01/1900"),
    |row, _, _| row.set(LastName, "=HYPERLINK(\"https://files.example\")"),
    |row, _, _| row.set(Address1, "@SUM(A1:A9)"),
    |row, _, _| row.set(Address2, "987-65-4320"),
    |row, _, chance| {
        let number = chance.below(100_000);
        row.set(Email, format_args!("a.person.{number}@mail.example\r\nBcc: all@mail.example"));
        row.set(EmailConsent, "Y");
    },
    |row, _, _| row.set(Email, "no at sign.example"),
    |row, _, _| row.set(Email, "one@mail.example; two@mail.example"),
    |row, _, _| row.set(Entity, "harbour-clinic"),
    |row, _, _| row.set(Entity, ""),
    |row, _, _| {
        row.set(FirstName, "");
        row.set(LastName, "N/A");
    },
    |row, _, _| row.set(FirstName, "JosÃ©"),
    |row, _, _| {
        let name = format!(" \u{200b}{}\u{a0} ", row.cell(LastName));
        row.set(LastName, name);
    },
    |row, _, _| {
        let name = format!("“{}”", row.cell(FirstName));
        row.set(FirstName, name);
    },
    |row, _, _| row.set(Address1, "Building 4\nWard 2\nRoom 17\nBed 3\nc/o Front Desk"),
    |row, _, _| row.set(AddressKind, "secret"),
    |row, _, _| row.set(RecordId, ""),
    |row, _, _| row.set(Deceased, "perhaps"),
    |row, _, _| row.set(Language, "Klingon"),
    |row, _, _| row.set(EmailConsent, "maybe"),
    |row, _, _| row.set(ResidenceState, "Ruritania"),
    |row, _, _| row.set(LastName, "x".repeat(240)),
    |row, _, _| row.set(Population, "visitor"),
    |row, _, _| row.set(LastName, ""),
    |row, _, _| row.set(LastName, "Null"),
    |row, _, _| {
        row.set(Deceased, "");
        row.set(RepresentativeName, "Ann Executor");
    },
    |row, _, _| row.set(DateOfBirth, "21510"),
    |row, _, _| row.set(DateOfBirth, "1887-02-03"),
    |row, _, _| row.set(EmailConsentOn, "last spring"),
    |row, _, _| {
        row.set(Zip, "1220E");
        row.set(Country, "");
    },
    |row, _, _| {
        row.set(Zip, "00099");
        row.set(Country, "");
    },
    |row, _, _| {
        row.set(City, "Toronto");
        row.set(State, "ON");
        row.set(Zip, "M5V 1J2");
        row.set(Country, "");
    },
    // One person, and two opinions on whether they live.
    |row, last, _| {
        let id = row.cell(RecordId).to_owned();
        *row = last.clone();
        row.set(RecordId, id);
        row.set(Deceased, if last.cell(Deceased) == "Y" { "N" } else { "Y" });
        row.set(ActivationCode, "");
        row.set(DataElements, "Name;Provider name");
    },
];

/// Kinds of fault that are none of cells.
const WHOLE: usize = 5;

/// Appends one faulty row.
pub fn write(
    out: &mut Vec<u8>,
    tables: &Tables,
    chance: &mut Prng,
    seed: u64,
    number: u64,
    last: &RowText,
) {
    let mut row = RowText::default();
    row.make(tables, chance, seed, number);
    let kind = chance.below(FAULTS.len() + WHOLE);
    if let Some(fault) = FAULTS.get(kind) {
        fault(&mut row, last, chance);
        return row.write(out);
    }
    match kind - FAULTS.len() {
        // A value without its quotes; a row cut off, and one that lost only empty cells; one
        // with nothing in it; the header again.
        0 => {
            row.set(Address1, "7 Elm St");
            let mut line = Vec::new();
            row.write(&mut line);
            let text = String::from_utf8_lossy(&line).replacen("7 Elm St", "7 Elm St, Rear", 1);
            raw(out, &text);
        }
        1 => row.write_cells(out, 9),
        2 => row.write_cells(out, 21),
        3 => raw(out, &format!("{}\n", ",".repeat(HEADER.matches(',').count()))),
        _ => raw(out, &format!("{HEADER}\n")),
    }
}

//! One made-up row, cell by cell.

use super::prng::{Prng, mix};
use super::tables::{ELEMENTS, ENTITIES, LANGUAGES, Name, STREET_KINDS, STREETS, Tables};
use crate::roster::Column;
use std::io::Write;

const COLUMNS: usize = 27;

/// The columns in the sample's order.
const ORDER: [Column; COLUMNS] = {
    use Column::*;
    [
        RecordId,
        Entity,
        FirstName,
        MiddleName,
        LastName,
        Suffix,
        Address1,
        Address2,
        City,
        State,
        Zip,
        Country,
        Email,
        EmailConsent,
        DateOfBirth,
        GuardianName,
        Deceased,
        RepresentativeName,
        Language,
        DataElements,
        ActivationCode,
        Population,
        ResidenceState,
        AddressKind,
        MinorConsented,
        EmailConsentOn,
        AltFormat,
    ]
};

/// A row's cells.
#[derive(Clone, Default)]
pub struct RowText {
    cells: [String; COLUMNS],
}

fn index(column: Column) -> usize {
    // The sample's columns come in the catalogue's order but for the ones it leaves out.
    ORDER.iter().position(|c| *c == column).expect("a column of the sample")
}

impl RowText {
    pub fn cell(&self, column: Column) -> &str {
        &self.cells[index(column)]
    }

    pub fn set(&mut self, column: Column, text: impl std::fmt::Display) {
        use std::fmt::Write;
        let cell = &mut self.cells[index(column)];
        cell.clear();
        write!(cell, "{text}").expect("a string takes everything");
    }

    /// Makes a good row.
    pub fn make(&mut self, tables: &Tables, chance: &mut Prng, seed: u64, number: u64) {
        self.cells.iter_mut().for_each(String::clear);
        put(self, Column::RecordId, format_args!("LK{number:08}"));
        let lot = mix(number ^ seed.rotate_left(16));
        let first = name(&tables.first, chance, lot);
        let last = name(&tables.last, chance, lot);
        self.text(Column::FirstName, &first.text);
        self.text(Column::LastName, &last.text);
        if chance.percent(40) {
            let initial = char::from(b'A' + chance.below(26) as u8);
            self.cells[index(Column::MiddleName)].push(initial);
        }
        if chance.percent(2) {
            self.text(Column::Suffix, chance.word(&["Jr.", "Sr.", "II", "III"]));
        }
        let home = self.place(tables, chance);
        let entity = if chance.percent(76) { home } else { chance.below(3) };
        self.text(Column::Entity, ENTITIES[entity]);
        let age = self.birth(chance);
        if chance.percent(55) {
            put(
                self,
                Column::Email,
                format_args!(
                    "{}.{}.{number}@{}.example",
                    first.plain,
                    last.plain,
                    chance.word(&["mail", "post", "inbox", "letters"])
                ),
            );
            if chance.percent(45) {
                self.text(Column::EmailConsent, "Y");
                if chance.percent(50) {
                    let (year, month) = (2019 + chance.below(7), 1 + chance.below(12));
                    let day = 1 + chance.below(28);
                    put(self, Column::EmailConsentOn, format_args!("{year}-{month:02}-{day:02}"));
                }
            } else {
                self.text(Column::EmailConsent, "N");
            }
        }
        if age < 18 {
            if chance.percent(60) {
                let parent = name(&tables.first, chance, lot);
                put(self, Column::GuardianName, format_args!("{} {}", parent.text, last.text));
            }
            if age >= 14 && chance.percent(8) {
                self.text(Column::MinorConsented, "Y");
            }
        } else if chance.percent(if age > 75 { 9 } else { 1 }) {
            self.text(Column::Deceased, "Y");
            if chance.percent(60) {
                let heir = name(&tables.first, chance, lot);
                put(self, Column::RepresentativeName, format_args!("{} {}", heir.text, last.text));
            }
        }
        if chance.percent(12) {
            self.text(Column::Language, chance.word(&LANGUAGES));
        }
        let (elements, code) = *chance.pick(&ELEMENTS);
        self.text(Column::DataElements, elements);
        if code {
            self.code(seed, number);
        }
        if chance.below(200) == 0 {
            self.text(Column::Population, chance.word(&["employee", "guarantor", "dependant"]));
        }
        if chance.below(250) == 0 {
            self.text(
                Column::AddressKind,
                chance.word(&["confidential", "protected", "institution"]),
            );
        }
        if chance.below(300) == 0 {
            self.text(Column::AltFormat, chance.word(&["large print", "braille"]));
        }
    }

    fn text(&mut self, column: Column, text: &str) {
        self.cells[index(column)].push_str(text);
    }

    /// A code that no other row of this seed has.
    pub fn code(&mut self, seed: u64, number: u64) {
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let mut bits = mix(number ^ seed.rotate_left(32));
        let cell = &mut self.cells[index(Column::ActivationCode)];
        cell.clear();
        for position in 0..12 {
            if position % 4 == 0 && position > 0 {
                cell.push('-');
            }
            cell.push(char::from(LETTERS[(bits & 31) as usize]));
            bits >>= 5;
        }
    }

    /// An address; gives the covered entity at home there.
    fn place(&mut self, tables: &Tables, chance: &mut Prng) -> usize {
        if chance.below(250) == 0 {
            let place = chance.pick(&tables.abroad);
            let house = 1 + chance.below(300);
            put(self, Column::Address1, format_args!("{} {house}", place.street));
            self.text(Column::City, place.city);
            self.text(Column::State, place.region);
            self.text(Column::Zip, place.postal);
            self.text(Column::Country, place.country);
            return chance.below(3);
        }
        let city = &tables.cities[usize::from(*chance.pick(&tables.lots))];
        self.text(Column::City, city.name);
        self.text(Column::State, city.state);
        let zip = *chance.pick(&city.zips);
        if chance.percent(8) {
            put(self, Column::Zip, format_args!("{zip}-{:04}", 1 + chance.below(9998)));
        } else {
            self.text(Column::Zip, zip);
        }
        let (number, box_number) = (1 + chance.below(9_899), 1 + chance.below(899));
        if matches!(city.name, "APO" | "FPO") {
            put(self, Column::Address1, format_args!("PSC {number} Box {box_number}"));
            if chance.percent(50) {
                let residence = tables.cities[usize::from(*chance.pick(&tables.lots))].state;
                if !matches!(residence, "AA" | "AE" | "AP") {
                    self.text(Column::ResidenceState, residence);
                }
            }
        } else if chance.percent(5) {
            put(self, Column::Address1, format_args!("PO Box {number}"));
        } else {
            let (street, kind) = (chance.word(&STREETS), chance.word(&STREET_KINDS));
            put(self, Column::Address1, format_args!("{number} {street} {kind}"));
            if chance.percent(20) {
                put(self, Column::Address2, format_args!("Apt {box_number}"));
            }
        }
        city.home
    }

    /// A birth date and the age it makes in the year of the sample's mailing.
    fn birth(&mut self, chance: &mut Prng) -> usize {
        let age = if chance.percent(14) { chance.below(18) } else { 18 + chance.below(78) };
        let (month, day) = (1 + chance.below(12), 1 + chance.below(28));
        let year = 2026 - age;
        match chance.below(10) {
            0..=6 => {
                put(self, Column::DateOfBirth, format_args!("{year}-{month:02}-{day:02}"));
            }
            7..=8 => {
                put(self, Column::DateOfBirth, format_args!("{month:02}/{day:02}/{year}"));
            }
            _ => {}
        }
        age
    }

    /// Appends the row and its line break.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.write_cells(out, COLUMNS);
    }

    /// Appends the row's first cells only.
    pub fn write_cells(&self, out: &mut Vec<u8>, count: usize) {
        for (index, cell) in self.cells[..count].iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            if cell.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
                out.push(b'"');
                out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
                out.push(b'"');
            } else {
                out.extend_from_slice(cell.as_bytes());
            }
        }
        out.push(b'\n');
    }
}

/// A name of the list. In rosters of the United States a few people in a thousand write theirs in
/// other letters than Roman ones; `lot` says whether the row is one of them.
fn name<'t>(list: &'t [Name], chance: &mut Prng, lot: u64) -> &'t Name {
    let name = chance.pick(list);
    if !name.other_script || lot.is_multiple_of(16) {
        return name;
    }
    let start = (lot % list.len() as u64) as usize;
    let roman = list[start..].iter().chain(&list[..start]).find(|name| !name.other_script);
    roman.unwrap_or(name)
}

fn put(row: &mut RowText, column: Column, text: std::fmt::Arguments<'_>) {
    row.set(column, text);
}

/// Appends bytes that belong to no row of cells.
pub fn raw(out: &mut Vec<u8>, text: &str) {
    out.write_all(text.as_bytes()).expect("a vector takes everything");
}

//! Where the person is written to, and whose law protects them.

use super::RowAt;
use super::remarks::Remarks;
use crate::roster::clean::{address, text, zip};
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::tables::{self, StateKind, fold};
use crate::roster::words::WORDS;
use crate::roster::zips;
use crate::roster::{AddressKind, Person, Recipient, Standing};
use std::borrow::Cow;

/// Lines of an address block in an envelope's window.
const WINDOW_LINES: usize = 6;

impl RowAt<'_, '_> {
    pub(super) fn address_kind(&mut self) -> AddressKind {
        let cell = self.cell(Column::AddressKind);
        match fold(&cell).as_str() {
            "" | "ordinary" | "home" | "mailing" | "residence" | "regular" => AddressKind::Ordinary,
            "confidential" | "alternative" | "confidentialcommunication" => {
                AddressKind::Confidential
            }
            "protected" | "witness" | "safeathome" => AddressKind::Protected,
            "institution" | "facility" | "prison" | "nursinghome" => AddressKind::Institution,
            _ => {
                self.note(&problem::ADDRESS_KIND_UNKNOWN, Some(Column::AddressKind), &cell);
                AddressKind::Protected
            }
        }
    }

    /// Address and jurisdiction.
    pub(super) fn place(&mut self, person: &mut Person) {
        let mut remarks = Remarks::default();
        for column in [Column::Address1, Column::Address2, Column::Address3] {
            self.street(column, &mut person.address.lines, &mut remarks);
        }
        let city = self.cell(Column::City);
        person.address.city = self.without_remark(Column::City, city, &mut remarks).into_owned();
        let state = self.cell(Column::State);
        let mut state = self.without_remark(Column::State, state, &mut remarks);
        let zip = self.cell(Column::Zip);
        let zip = self.without_remark(Column::Zip, zip, &mut remarks);
        let country = self.country(&mut state, &zip);
        self.judge_remarks(&remarks, &mut person.address.lines);
        person.address.country = country;
        if person.address.country.is_empty()
            && tables::state(&state).is_none()
            && zip::is_canadian(&zip)
        {
            self.note(&problem::COUNTRY_FROM_POSTAL_CODE, Some(Column::Country), &zip);
            person.address.country = "CANADA".to_owned();
        }
        if person.address.country.is_empty() {
            self.domestic(person, &state, &zip);
        } else {
            person.address.state = state.into_owned();
            person.address.zip = zip.into_owned();
        }
        person.jurisdiction = self.jurisdiction(person);
    }

    /// A street cell; line breaks within it divide lines.
    fn street(&mut self, column: Column, lines: &mut Vec<String>, remarks: &mut Remarks) {
        let raw = self.raw(column);
        if raw.is_empty() {
            return;
        }
        for part in raw.split(['\n', '\r']) {
            let line = self.cleaned(column, part);
            if text::is_empty_word(&line) || address::says_nothing(&line) {
                continue;
            }
            if column == Column::Address2 && WORDS.ward.is(&line) {
                self.note(&problem::ADDRESS_WARD, Some(column), &line);
            }
            let line = self.without_remark(column, line, remarks);
            if !line.is_empty() {
                lines.push(line.into_owned());
            }
        }
    }

    /// The country as printed; a territory written as a country becomes the state. Where state and
    /// ZIP code agree, a word that is no country's name takes nobody out of that state's law.
    fn country(&mut self, state: &mut Cow<'_, str>, zip: &str) -> String {
        use StateKind::{Associated, Territory};
        let cell = self.cell(Column::Country);
        if cell.is_empty() {
            return String::new();
        }
        let printed =
            tables::country(&cell).or_else(|| address::is_united_states(&cell).then_some(""));
        if printed == Some("") {
            return String::new();
        }
        let column = Some(Column::Country);
        // `Georgia` and `IN` are states too: the ZIP code says which is meant.
        let five = zip.get(..5).unwrap_or_default();
        if let Some(code) = tables::state(&cell)
            && (state.is_empty() || **state == *cell)
            && zip.len() >= 5
            && tables::zip_state(five) == Some(code)
        {
            self.note(&problem::COUNTRY_TAKEN_AS_US, column, &cell);
            *state = Cow::Borrowed(code);
            return String::new();
        }
        let known = tables::state(state);
        let agree = known.is_some()
            && matches!(zip::read(zip, known), zip::Written::Whole(zip) | zip::Written::Padded(zip)
                if tables::zip_state(&zip) == known);
        let code = cell.chars().filter(|c| c.is_alphabetic()).count() <= 2;
        if let Some(printed) = printed {
            // `CA` stands for Canada and for California.
            if agree && !code {
                self.note(&problem::COUNTRY_CONTRADICTS, column, &cell);
            } else if agree {
                self.note(&problem::COUNTRY_TAKEN_AS_US, column, &cell);
                return String::new();
            }
            return printed.to_owned();
        }
        if let Some(code) = tables::state(&cell)
            && matches!(tables::state_kind(code), Some(Territory | Associated))
        {
            if state.is_empty() {
                *state = Cow::Borrowed(code);
            }
            return String::new();
        }
        let county = address::is_county(&cell);
        if agree && !county {
            self.note(&problem::COUNTRY_TAKEN_AS_US, column, &cell);
            return String::new();
        }
        self.note(&problem::COUNTRY_UNKNOWN, column, &cell);
        cell.to_uppercase()
    }

    fn domestic(&mut self, person: &mut Person, state: &str, zip: &str) {
        let known = tables::state(state);
        if known.is_none() && !state.is_empty() {
            self.note(&problem::STATE_UNKNOWN, Some(Column::State), state);
        }
        person.address.state = known.unwrap_or(state).to_owned();
        if zip.is_empty() {
            return;
        }
        let column = Some(Column::Zip);
        person.address.zip = match zip::read(zip, known) {
            zip::Written::Whole(zip) => zip,
            zip::Written::Padded(whole) => {
                self.note(&problem::ZIP_PADDED, column, zip);
                whole
            }
            zip::Written::TooShort => {
                if self.note_released(&problem::ZIP_TOO_SHORT, Column::Zip, zip) {
                    zip.clone_into(&mut person.address.zip);
                }
                return;
            }
            zip::Written::Unreadable => {
                if self.note_released(&problem::ZIP_UNREADABLE, Column::Zip, zip) {
                    zip.clone_into(&mut person.address.zip);
                }
                return;
            }
        };
        if !zips::in_use(&person.address.zip) {
            self.note(&problem::ZIP_NOT_IN_USE, column, zip);
        } else if tables::zip_state(&person.address.zip) == known.or(Some(state))
            && !person.address.city.is_empty()
            && !zips::is_city_of(&person.address.zip, &person.address.city)
        {
            self.cleaner.other_cities.add(self.row.line);
        }
        match (tables::zip_state(&person.address.zip), known) {
            (Some(of_zip), None) if state.is_empty() => {
                self.note(&problem::STATE_FROM_ZIP, Some(Column::State), zip);
                person.address.state = of_zip.to_owned();
            }
            (Some(of_zip), Some(known)) if of_zip != known => {
                self.note(&problem::ZIP_OTHER_STATE, column, zip);
            }
            _ => {}
        }
    }

    /// The residence where given, else the address's state; an address abroad or of the armed
    /// forces says nothing about residence.
    fn jurisdiction(&mut self, person: &Person) -> String {
        use StateKind::{Home, Territory};
        let residence = self.cell(Column::ResidenceState);
        if !residence.is_empty() {
            return match tables::state(&residence) {
                Some(code) if matches!(tables::state_kind(code), Some(Home | Territory)) => {
                    code.to_owned()
                }
                _ => {
                    self.note(
                        &problem::RESIDENCE_UNKNOWN,
                        Some(Column::ResidenceState),
                        &residence,
                    );
                    String::new()
                }
            };
        }
        let state = &person.address.state;
        let home = person.address.country.is_empty()
            && matches!(tables::state_kind(state), Some(Home | Territory));
        if home { state.clone() } else { String::new() }
    }

    /// Whether name and address fit the window.
    pub(super) fn check_lines(&mut self, person: &Person) {
        let names = if person.recipient == Recipient::Adult { 1 } else { 2 };
        let abroad = usize::from(!person.address.country.is_empty());
        if names + person.address.lines.len() + 1 + abroad > WINDOW_LINES {
            self.note(&problem::ADDRESS_TOO_MANY_LINES, Some(Column::Address1), "");
        }
    }

    /// Whether a letter can reach the person at all.
    pub(super) fn reach(&mut self, person: &mut Person, deceased: bool) {
        let address = &person.address;
        let domestic = address.country.is_empty();
        let own = self.cleaner.notes.iter().rev().take_while(|note| note.row == self.number);
        let unread = [problem::ZIP_TOO_SHORT.code, problem::ZIP_UNREADABLE.code];
        let unread_zip = own.into_iter().any(|note| unread.contains(&note.problem.code));
        let missing_zip = address.zip.is_empty() && !unread_zip;
        if address::is_only_unit(&address.lines) {
            self.note(&problem::ADDRESS_NO_STREET, Some(Column::Address1), "");
        }
        let usable = !address.lines.is_empty()
            && !address.city.is_empty()
            && (!domestic || (!address.state.is_empty() && !missing_zip));
        if usable {
            return;
        }
        if deceased {
            self.note(&problem::DECEASED_NO_ADDRESS, Some(Column::Address1), "");
            person.standing = Standing::Excluded(problem::DECEASED_NO_ADDRESS.code);
            return;
        }
        let nothing = address.lines.is_empty() && address.city.is_empty() && address.zip.is_empty();
        let problem =
            if nothing { &problem::ADDRESS_MISSING } else { &problem::ADDRESS_INCOMPLETE };
        self.note(problem, Some(Column::Address1), "");
        person.standing = Standing::Substitute;
    }
}

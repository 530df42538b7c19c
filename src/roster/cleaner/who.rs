//! Who the person is, and who is written to about them.

use super::RowAt;
use crate::roster::clean::{date, flag, name, text};
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::tables::fold;
use crate::roster::{Person, Population, Recipient};
use jiff::civil::Date;

impl RowAt<'_, '_> {
    /// Record id, covered entity, strand, population.
    pub(super) fn record(&mut self, person: &mut Person) {
        let id = self.cell(Column::RecordId);
        if id.is_empty() {
            person.record_id = format!("row-{}", self.number);
            self.note(&problem::RECORD_ID_MISSING, Some(Column::RecordId), "");
        } else if id.len() > 100 {
            self.note(&problem::TEXT_TOO_LONG, Some(Column::RecordId), &id);
        } else {
            person.record_id = id.into_owned();
        }
        let entity = self.cell(Column::Entity);
        match self.rules().entities.get(&fold(&entity)) {
            Some(index) => person.entity = *index,
            None if !entity.is_empty() => {
                self.note(&problem::ENTITY_UNKNOWN, Some(Column::Entity), &entity);
            }
            None if self.rules().entity_count > 1 => {
                self.note(&problem::ENTITY_MISSING, Some(Column::Entity), "");
            }
            None => {}
        }
        let cohort = self.cell(Column::Cohort);
        match self.rules().strands.get(&fold(&cohort)) {
            Some(index) => person.strand = *index,
            None if !cohort.is_empty() => {
                self.note(&problem::COHORT_UNKNOWN, Some(Column::Cohort), &cohort);
            }
            None if self.rules().strands.len() > 1 => {
                self.note(&problem::COHORT_MISSING, Some(Column::Cohort), "");
            }
            None => {}
        }
        let population = self.cell(Column::Population);
        person.population = match fold(&population).as_str() {
            "" | "patient" | "member" | "resident" | "client" => Population::Patient,
            "employee" | "staff" | "workforce" => Population::Employee,
            "guarantor" | "subscriber" | "policyholder" => Population::Guarantor,
            "provider" | "physician" | "clinician" => Population::Provider,
            "dependant" | "dependent" | "beneficiary" => Population::Dependant,
            _ => {
                self.note(&problem::POPULATION_UNKNOWN, Some(Column::Population), &population);
                Population::Patient
            }
        };
        let prior = self.cell(Column::PriorRecordId);
        person.prior_record_id = prior.into_owned();
    }

    pub(super) fn names(&mut self, person: &mut Person) {
        let mut first = self.name_cell(Column::FirstName);
        let mut last = self.name_cell(Column::LastName);
        let (mut first_in, mut last_in) = (Column::FirstName, Column::LastName);
        let full = self.name_cell(Column::FullName);
        if first.is_empty() && last.is_empty() && !full.is_empty() {
            // A whole name is kept whole: where it divides is not ours to say.
            last = full;
            (first_in, last_in) = (Column::FullName, Column::FullName);
        }
        if name::may_be_placeholder(&first) && name::may_be_placeholder(&last) {
            first = "".into();
            last = "".into();
        }
        for (column, part) in [(first_in, &first), (last_in, &last)] {
            if name::may_be_placeholder(part) {
                self.note(&problem::NAME_PLACEHOLDER, Some(column), part);
            }
        }
        let middle = self.name_cell(Column::MiddleName);
        let suffix = self.name_cell(Column::Suffix);
        let optional = |text: String| {
            if name::may_be_placeholder(&text) || fold(&text) == "nmn" {
                String::new()
            } else {
                text
            }
        };
        person.first_name = first.into_owned();
        person.last_name = last.into_owned();
        person.middle_name = optional(middle.into_owned());
        person.suffix = optional(suffix.into_owned());
        let whole = last_in == Column::FullName;
        match (person.first_name.is_empty(), person.last_name.is_empty()) {
            (true, true) => self.note(&problem::NAME_MISSING, Some(last_in), ""),
            (false, true) => self.note(&problem::NAME_SINGLE, Some(last_in), ""),
            (true, false) if !whole => self.note(&problem::NAME_SINGLE, Some(first_in), ""),
            _ => {}
        }
        self.judge_name(first_in, &person.first_name);
        self.judge_name(Column::MiddleName, &person.middle_name);
        self.judge_name(last_in, &person.last_name);
    }

    fn judge_name(&mut self, column: Column, part: &str) {
        if name::is_garbled(part) {
            self.note(&problem::NAME_GARBLED, Some(column), part);
        }
        if part.bytes().any(|b| b.is_ascii_digit()) {
            self.note(&problem::NAME_DIGITS, Some(column), part);
        }
    }

    /// Whom the letter addresses, by birth date and death; says whether the person has died.
    pub(super) fn recipient(&mut self, person: &mut Person) -> bool {
        person.date_of_birth = self.birth_date();
        let as_of = self.rules().as_of;
        let deceased = self.deceased();
        let guardian = self.person_named(Column::GuardianName);
        let representative = self.person_named(Column::RepresentativeName);
        let consented = self.flag(Column::MinorConsented);
        if deceased {
            person.recipient = Recipient::Estate;
            person.representative_name =
                if representative.is_empty() { guardian } else { representative };
            return true;
        }
        if !representative.is_empty() {
            let column = Some(Column::RepresentativeName);
            self.note(&problem::REPRESENTATIVE_LIVING, column, &representative);
        }
        let majority = self.rules().majority(&person.jurisdiction);
        let age = if person.date_of_birth.is_none() { self.age() } else { None };
        let minor = match (person.date_of_birth, age) {
            (Some(birth), _) => date::is_minor(birth, majority, as_of),
            (None, Some(age)) => age < u32::from(majority),
            (None, None) => !guardian.is_empty(),
        };
        if !minor {
            if consented {
                self.note(&problem::MINOR_CONSENTED_ADULT, Some(Column::MinorConsented), "");
            }
            if !guardian.is_empty() {
                self.note(&problem::GUARDIAN_ADULT, Some(Column::GuardianName), &guardian);
            }
            return false;
        }
        if age.is_some() {
            self.note(&problem::AGE_MINOR, Some(Column::Age), "");
        } else if person.date_of_birth.is_none() {
            self.note(&problem::GUARDIAN_NO_BIRTH_DATE, Some(Column::GuardianName), "");
        }
        if !consented {
            // A minor who consented to the care alone is told alone (45 CFR 164.502(g)(3)).
            person.recipient = Recipient::ParentOrGuardian;
            person.representative_name = guardian;
        }
        false
    }

    /// A name of another person; words that stand for nothing are empty.
    fn person_named(&mut self, column: Column) -> String {
        let cell = self.cell(column);
        self.judge_name(column, &cell);
        cell.into_owned()
    }

    fn deceased(&mut self) -> bool {
        let cell = self.cell(Column::Deceased);
        if let Some(answer) = flag::read(&cell) {
            return answer;
        }
        match fold(&cell).as_str() {
            "deceased" | "dead" | "died" | "expired" | "d" => return true,
            "alive" | "living" | "notdeceased" | "a" => return false,
            _ => {}
        }
        // A day of death says so as well; a system's word for no day does not.
        use date::Written::{Day, LastCentury, Nothing, OtherOrder, Serial, Unreadable};
        let written = date::read_as(&cell, &self.dates());
        match written {
            Nothing => {
                self.note(&problem::DECEASED_PLACEHOLDER, Some(Column::Deceased), &cell);
                return false;
            }
            Day(day) | OtherOrder(day) | Serial(day) if date::is_placeholder(day) => {
                self.note(&problem::DECEASED_PLACEHOLDER, Some(Column::Deceased), &cell);
                return false;
            }
            Day(day) | OtherOrder(day) | LastCentury(day) if day > self.rules().as_of => {}
            Unreadable => {}
            _ => return true,
        }
        self.note(&problem::DECEASED_UNREADABLE, Some(Column::Deceased), &cell);
        false
    }

    fn birth_date(&mut self) -> Option<Date> {
        let column = Some(Column::DateOfBirth);
        let cell = self.cell(Column::DateOfBirth);
        if cell.is_empty() || text::is_empty_word(&cell) {
            return None;
        }
        let as_of = self.rules().as_of;
        let (day, problem) = match date::read_as(&cell, &self.dates()) {
            date::Written::Day(day) => (Some(day), None),
            date::Written::OtherOrder(day) => (Some(day), Some(&problem::BIRTH_DAY_FIRST)),
            date::Written::LastCentury(day) => (Some(day), Some(&problem::BIRTH_TWO_DIGITS)),
            date::Written::Serial(day) => (Some(day), Some(&problem::BIRTH_SERIAL)),
            date::Written::EitherCentury => (None, Some(&problem::BIRTH_AMBIGUOUS)),
            date::Written::EitherOrder => (None, Some(&problem::BIRTH_EITHER_ORDER)),
            date::Written::Nothing => (None, Some(&problem::BIRTH_PLACEHOLDER)),
            date::Written::Unreadable => (None, Some(&problem::BIRTH_UNREADABLE)),
        };
        if let Some(problem) = problem {
            self.note(problem, column, &cell);
        }
        let day = day?;
        if date::is_placeholder(day) {
            self.note(&problem::BIRTH_PLACEHOLDER, column, &cell);
            return None;
        }
        if day > as_of {
            self.note(&problem::BIRTH_FUTURE, column, &cell);
        } else if date::years_between(day, as_of) > 120 {
            self.note(&problem::BIRTH_VERY_OLD, column, &cell);
        }
        Some(day)
    }

    /// How the roster writes its dates.
    pub(super) fn dates(&self) -> date::Style {
        let columns = self.rules().columns;
        let as_of = self.rules().as_of;
        date::Style { as_of, order: columns.order, epoch_1904: columns.epoch_1904 }
    }

    /// Whole years of age; months and days are less than one.
    fn age(&mut self) -> Option<u32> {
        let cell = self.cell(Column::Age);
        if cell.is_empty() {
            return None;
        }
        let digits = cell.len() - cell.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = cell.split_at(digits);
        let unit = unit.strip_prefix(".0").unwrap_or(unit).trim().to_ascii_lowercase();
        let age = match (number.parse::<u32>(), unit.as_str()) {
            (
                Ok(years),
                "" | "y" | "yr" | "yrs" | "year" | "years" | "y.o." | "yo" | "years old",
            ) if years <= 130 => Some(years),
            (
                Ok(_),
                "m" | "mo" | "mos" | "month" | "months" | "w" | "wk" | "weeks" | "d" | "days",
            ) => Some(0),
            _ => None,
        };
        if age.is_none() {
            self.note(&problem::AGE_UNREADABLE, Some(Column::Age), &cell);
        }
        age
    }

    /// The code of the protection that the person is offered: from its own column, else from the
    /// column `activation_code`; one from a pool is dealt later.
    pub(super) fn code(&mut self, person: &mut Person) {
        let own = self.rules().offer(person).and_then(|at| self.rules().columns.codes[at]);
        let cell = match own {
            Some(index) => text::clean(self.cell_at(index.into())).text,
            None => self.cell(Column::ActivationCode),
        };
        if !text::is_empty_word(&cell) {
            person.activation_code = cell.into_owned();
        }
    }
}

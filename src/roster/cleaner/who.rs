//! Who the person is, and who is written to about them.

use super::RowAt;
use crate::roster::clean::whole_name::{self, Whole};
use crate::roster::clean::{date, flag, text};
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::tables::fold;
use crate::roster::words::WORDS;
use crate::roster::{Person, Population, Recipient};
use jiff::civil::Date;

/// Somebody who stands for the person.
#[derive(Default)]
struct Named {
    name: String,
    /// Somebody is meant, by name or as `mother`.
    somebody: bool,
}

/// Whether the name is the person's own, in any order of its parts.
fn is_oneself(person: &Person, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let name = fold(name);
    let all = [&person.first_name, &person.middle_name, &person.last_name, &person.suffix];
    let [first, middle, last, suffix] = all.map(|part| fold(part));
    !name.is_empty()
        && [
            format!("{first}{last}"),
            format!("{last}{first}"),
            format!("{first}{middle}{last}"),
            format!("{last}{first}{middle}"),
            format!("{first}{last}{suffix}"),
            format!("{first}{middle}{last}{suffix}"),
        ]
        .contains(&name)
}

impl RowAt<'_, '_> {
    /// Record id, covered entity, strand, population.
    pub(super) fn record(&mut self, person: &mut Person) {
        let id = self.cell(Column::RecordId);
        if id.is_empty() {
            person.record_id = self.record_id();
            self.note(&problem::RECORD_ID_MISSING, Some(Column::RecordId), "");
        } else if id.len() > 100 {
            person.record_id = self.record_id();
            self.note(&problem::TEXT_TOO_LONG, Some(Column::RecordId), &id);
        } else {
            person.record_id = id.into_owned();
        }
        let entity = self.cell(Column::Entity);
        match self.rules().entities.get(&fold(&entity)) {
            Some(index) => person.entity = Some(*index),
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

    /// Whom the letter addresses, by birth date and death; says whether the person has died.
    pub(super) fn recipient(&mut self, person: &mut Person) -> bool {
        person.date_of_birth = self.birth_date();
        let as_of = self.rules().as_of;
        let deceased = self.deceased();
        let mut guardian = self.person_named(Column::GuardianName);
        let mut representative = self.person_named(Column::RepresentativeName);
        let consented = self.flag(Column::MinorConsented);
        // Billing systems name the person as the party responsible for the bill.
        if is_oneself(person, &representative.name) {
            representative = Named::default();
        }
        if deceased {
            if is_oneself(person, &guardian.name) {
                guardian = Named::default();
            }
            let (guardian, representative) = (guardian.name, representative.name);
            person.recipient = Recipient::Estate;
            person.representative_name =
                if representative.is_empty() { guardian } else { representative };
            return true;
        }
        if !representative.name.is_empty() {
            let column = Some(Column::RepresentativeName);
            self.note(&problem::REPRESENTATIVE_LIVING, column, &representative.name);
        }
        let majority = self.rules().majority(&person.jurisdiction);
        let age = if person.date_of_birth.is_none() { self.age() } else { None };
        let young = match (person.date_of_birth, age) {
            (Some(birth), _) => Some(date::is_minor(birth, majority, as_of)),
            (None, age) => age.map(|age| age < u32::from(majority)),
        };
        if young != Some(true) && is_oneself(person, &guardian.name) {
            guardian = Named::default();
        }
        let minor = young.unwrap_or(guardian.somebody);
        let guardian = guardian.name;
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

    /// A name of another person; words that stand for nobody else are empty.
    fn person_named(&mut self, column: Column) -> Named {
        let cell = self.cell(column);
        self.judge_name(column, &cell);
        if WORDS.oneself.is(&cell) {
            return Named::default();
        }
        if WORDS.relation.is(&cell) {
            self.note(&problem::GUARDIAN_NO_NAME, Some(column), &cell);
            return Named { name: String::new(), somebody: true };
        }
        // `Oak, Ann`, as billing systems write it.
        if let Whole::Parts(parts) = whole_name::read(&cell) {
            return Named { somebody: true, name: parts.together() };
        }
        Named { somebody: !cell.is_empty(), name: cell.into_owned() }
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

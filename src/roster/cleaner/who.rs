//! Who the person is, and who is written to about them.

use super::RowAt;
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
        let young = person.date_of_birth.map(|birth| date::is_minor(birth, majority, as_of));
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
        if person.date_of_birth.is_none() {
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
        Named { somebody: !cell.is_empty(), name: cell.into_owned() }
    }

    fn deceased(&mut self) -> bool {
        let cell = self.cell(Column::Deceased);
        if let Some(answer) = flag::read(&cell) {
            return answer;
        }
        match fold(&cell).as_str() {
            "deceased" | "dead" | "died" => return true,
            "alive" | "living" => return false,
            _ => {}
        }
        // A day of death says so as well.
        if date::read(&cell, self.rules().as_of) != date::Written::Unreadable {
            return true;
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
        let (day, problem) = match date::read(&cell, as_of) {
            date::Written::Day(day) => (Some(day), None),
            date::Written::DayFirst(day) => (Some(day), Some(&problem::BIRTH_DAY_FIRST)),
            date::Written::LastCentury(day) => (Some(day), Some(&problem::BIRTH_TWO_DIGITS)),
            date::Written::Serial(day) => (Some(day), Some(&problem::BIRTH_SERIAL)),
            date::Written::EitherCentury => (None, Some(&problem::BIRTH_AMBIGUOUS)),
            date::Written::Unreadable if cell.starts_with("0000-") || cell == "00/00/0000" => {
                (None, Some(&problem::BIRTH_PLACEHOLDER))
            }
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
}

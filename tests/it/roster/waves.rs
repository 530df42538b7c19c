//! Nobody is told the same twice; who has new data gets the supplemental letter.

use super::support::{Case, HEADER, Read, row, standing};
use jiff::civil::date;
use noticeworks::roster::{self, EarlierWave, Options, RowSet, Spool};
use std::fs;

/// A first wave that was told, rows with these numbers left out.
struct Waves {
    case: Case,
    first: Read,
    untold: Vec<u64>,
}

impl Waves {
    fn told(lines: &[String]) -> Self {
        let case = Case::new();
        case.write(format!("{HEADER}\n{}\n", lines.join("\n")));
        let first = case.read();
        Self { case, first, untold: Vec::new() }
    }

    /// Reads a second wave.
    fn then(&self, header: &str, lines: &[String]) -> Read {
        let mut wave = self.case.incident.waves[0].clone();
        wave.id = "w2".to_owned();
        wave.roster = "later.csv".into();
        let folder = self.case.folder.path();
        fs::write(folder.join("later.csv"), format!("{header}\n{}\n", lines.join("\n"))).unwrap();
        let mut told = RowSet::default();
        (1..=self.first.rows).filter(|r| !self.untold.contains(r)).for_each(|r| told.insert(r));
        let earlier = [EarlierWave {
            id: "w1".to_owned(),
            rows: self.first.rows,
            told,
            beside: false,
            anew: false,
            again: false,
            spool_in: None,
        }];
        let options = Options {
            as_of: date(2026, 11, 2),
            majority: &|_| 18,
            findings_csv: None,
            show_values: false,
            earlier: &earlier,
            again: false,
            asked_in: None,
            spool_in: None,
            witness: None,
        };
        let intake = roster::read(folder, &self.case.incident, &wave, &options)
            .unwrap_or_else(|_| panic!("refused"));
        let people = Spool::open(folder, "w2").unwrap().people().unwrap();
        Read {
            rows: intake.rows,
            people: people.map(|p| p.unwrap()).collect(),
            digest: intake.spool.digest,
            findings: intake.findings,
        }
    }

    fn then_one(&self, changes: &[(&str, &str)]) -> (String, bool) {
        let read = self.then(HEADER, &[row(changes)]);
        let one = read.one();
        (standing(one), one.supplemental)
    }
}

fn told() -> (String, bool) {
    ("excluded wave.already_told".to_owned(), false)
}

fn new() -> (String, bool) {
    ("ready".to_owned(), false)
}

fn supplemental() -> (String, bool) {
    ("ready".to_owned(), true)
}

const ELSEWHERE: [(&str, &str); 2] = [("address_1", "77 Far Road"), ("record_id", "R1")];

#[test]
fn the_same_person_is_not_written_to_again() {
    let waves = Waves::told(&[row(&[])]);
    assert_eq!(waves.then_one(&[]), told());
    assert_eq!(waves.then_one(&[("data_elements", "SSN")]), told(), "less than before");
    assert_eq!(waves.then_one(&[("record_id", "X9")]), told(), "by name, address and birth");
    assert_eq!(waves.then_one(&[("record_id", "X9"), ("address_1", "12 ELM ST.")]), told());
    assert_eq!(waves.then_one(&ELSEWHERE), told(), "by id and name, though moved");
}

#[test]
fn new_data_gives_the_supplemental_letter() {
    let waves = Waves::told(&[row(&[("data_elements", "SSN")])]);
    let more = ("data_elements", "SSN;Diagnosis");
    assert_eq!(waves.then_one(&[more]), supplemental());
    assert_eq!(waves.then_one(&[more, ("record_id", "X9")]), supplemental());
    assert_eq!(waves.then_one(&[("data_elements", "Diagnosis")]), supplemental());
}

#[test]
fn other_people_and_other_entities_are_new() {
    let waves = Waves::told(&[row(&[])]);
    assert_eq!(waves.then_one(&[("entity", "prairie-care")]), new());
    assert_eq!(waves.then_one(&[("record_id", "X9"), ("first_name", "Bo")]), new());
    let son = [("record_id", "X9"), ("date_of_birth", "2001-01-01")];
    assert_eq!(waves.then_one(&son), new(), "father and son");
    assert_eq!(waves.then_one(&[("record_id", "X9"), ("address_1", "77 Far Road")]), new());
}

#[test]
fn an_id_that_was_another_persons_proves_nothing() {
    let waves = Waves::told(&[row(&[])]);
    let other = row(&[("first_name", "Bo"), ("last_name", "Sample"), ("address_1", "9 Oak St")]);
    let read = waves.then(HEADER, &[other]);
    assert_eq!(standing(read.one()), "ready");
    assert_eq!(read.codes(), ["wave.another_person"]);
}

#[test]
fn a_prior_record_id_links_whatever_else_changed() {
    let waves = Waves::told(&[row(&[])]);
    let header = format!("{HEADER},prior_record_id");
    let married = row(&[("record_id", "X9"), ("last_name", "Sample"), ("address_1", "9 Oak St")]);
    let read = waves.then(&header, &[format!("{married},R1")]);
    assert_eq!(standing(read.one()), "excluded wave.already_told");
    assert_eq!(read.one().prior_record_id, "R1");
    let read = waves.then(&header, &[format!("{married},R7")]);
    assert_eq!(standing(read.one()), "ready");
    assert_eq!(read.codes(), ["wave.no_prior"]);
}

#[test]
fn who_was_held_in_the_earlier_wave_was_not_told() {
    let mut waves = Waves::told(&[row(&[]), row(&[("record_id", "R2"), ("first_name", "Bo")])]);
    waves.untold = vec![1];
    assert_eq!(waves.then_one(&[]), new());
    assert_eq!(waves.then_one(&[("record_id", "R2"), ("first_name", "Bo")]), told());
}

#[test]
fn a_row_merged_away_in_the_earlier_wave_was_told_with_its_survivor() {
    let twice = row(&[("record_id", "R2"), ("middle_name", "Mae"), ("data_elements", "SSN")]);
    let waves = Waves::told(&[row(&[]), twice]);
    assert!(waves.first.standings().contains("merged"));
    let moved = [("record_id", "R2"), ("address_1", "77 Far Road"), ("data_elements", "SSN")];
    assert_eq!(waves.then_one(&moved), told());
}

#[test]
fn a_wave_without_its_spool_is_a_finding() {
    let waves = Waves::told(&[row(&[])]);
    fs::remove_file(waves.case.folder.path().join("spool/w1.toml")).unwrap();
    let read = waves.then(HEADER, &[row(&[])]);
    assert_eq!(standing(read.one()), "ready");
    assert_eq!(read.codes(), ["wave.not_recorded"]);
}

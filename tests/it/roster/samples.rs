//! The sample rosters and the generator behind the larger one.

use super::support::{Case, standing};
use noticeworks::roster::{self, PROBLEMS, Person, Recipient};
use std::collections::{BTreeMap, BTreeSet};

/// The seed and size of samples/lakeshore/roster.csv.
const LAKESHORE: (u64, u64) = (6_000, 2026);

fn generated(rows: u64, seed: u64) -> Vec<u8> {
    let mut out = Vec::new();
    roster::write_sample(&mut out, rows, seed, roster::SAMPLE_FAULTS).unwrap();
    out
}

fn lakeshore() -> Case {
    let case = Case::new();
    case.write(generated(LAKESHORE.0, LAKESHORE.1));
    case
}

#[test]
fn the_lakeshore_roster_is_what_the_generator_makes() {
    let kept = include_bytes!("../../../samples/lakeshore/roster.csv");
    let made = generated(LAKESHORE.0, LAKESHORE.1);
    assert!(kept[..] == made[..], "write it again: `noticeworks sample --rows 6000 --seed 2026`");
}

#[test]
fn a_shorter_sample_is_the_start_of_a_longer_one_and_seeds_differ() {
    let long = generated(3_000, 7);
    assert!(long.starts_with(&generated(1_000, 7)));
    assert_ne!(long, generated(3_000, 8));
}

#[test]
fn a_sample_has_as_many_faults_as_it_is_asked_for() {
    let held = |faults| {
        let case = Case::new();
        let mut text = Vec::new();
        roster::write_sample(&mut text, 2_000, 9, faults).unwrap();
        case.write(text);
        let people = case.read().people;
        // Some children of the sample are born after the mail date.
        let faulty = |code: &str| code != "date_of_birth.future";
        people
            .iter()
            .filter(|p| matches!(p.standing, roster::Standing::Held(code) if faulty(&code)))
            .count()
    };
    assert_eq!(held(0), 0);
    let (usual, many) = (held(roster::SAMPLE_FAULTS), held(500));
    assert!(usual > 10 && many > 8 * usual, "{usual} {many}");
}

#[test]
fn lakeshore_has_people_everywhere_and_enough_for_every_threshold() {
    let read = lakeshore().read();
    assert_eq!(read.rows, 6_000);
    let mut residents: BTreeMap<&str, u64> = BTreeMap::new();
    for person in read.people.iter().filter(|p| standing(p) == "ready") {
        *residents.entry(&person.jurisdiction).or_default() += 1;
    }
    let known = residents.iter().filter(|(state, _)| !state.is_empty());
    let few: Vec<_> = known.clone().filter(|(_, count)| **count < 20).collect();
    assert!(few.is_empty(), "{few:?}");
    assert_eq!(known.count(), 56, "50 states, DC, PR, GU, VI, AS, MP");
    assert!(residents["CA"] > 520, "{}", residents["CA"]);
    assert!(residents["TX"] > 260, "{}", residents["TX"]);
    assert!(residents["NY"] > 500, "{}", residents["NY"]);
    let count = |is: fn(&Person) -> bool| read.people.iter().filter(|p| is(p)).count();
    assert!(count(|p| p.recipient == Recipient::ParentOrGuardian) > 300);
    assert!(count(|p| p.recipient == Recipient::Estate) > 30);
    assert!(count(|p| p.email_consent && !p.email.is_empty()) > 1_000);
    assert!(count(|p| !p.address.country.is_empty()) > 10);
    assert!(count(|p| p.language != "en") > 300);
    let beyond = |text: &str| {
        text.chars()
            .any(|c| c.is_alphabetic() && c > '\u{370}' && !('\u{1e00}'..='\u{1eff}').contains(&c))
    };
    let other =
        read.people.iter().filter(|p| beyond(&p.first_name) || beyond(&p.last_name)).count();
    assert!((6..60).contains(&other), "a few in a thousand: {other}");
}

#[test]
fn lakeshore_has_every_kind_of_fault_that_a_row_can_have() {
    let read = lakeshore().read();
    let found: BTreeSet<&str> = read.codes().into_iter().collect();
    // What the generator does not make: whole-file matters, and rows that other readers of the
    // sample would split otherwise than we do.
    let apart = [
        "row.unclosed_quote",
        "row.too_long",
        "row.encoding",
        "cohort.missing",
        "cohort.unknown",
        "record_id.formula",
        // Matters of workbooks, of columns that the sample does not have, and of mixed columns.
        "row.beside",
        "cell.no_result",
        "cell.error",
        "deceased.placeholder",
        "date_of_birth.either_order",
        "age.unreadable",
        "age.minor",
        "data_elements.mark",
    ];
    // What `understood` tries one by one.
    let tried = [
        "row.footer",
        "text.html",
        "text.html_left",
        "text.separators",
        "name.last_first",
        "name.unclear",
        "name.several",
        "name.says_deceased",
        "name.says_minor",
        "name.remark",
        "guardian.no_name",
        "address.no_street",
        "address.garbled",
        "address.remark",
        "address.ward",
        "country.contradicts",
        "country.taken_as_us",
    ];
    let missing: Vec<_> = PROBLEMS
        .iter()
        .map(|p| p.code.as_str())
        // Earlier waves are another matter.
        .filter(|code| !found.contains(code) && !apart.contains(code) && !tried.contains(code))
        .filter(|code| !code.starts_with("wave."))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_small_clinic_has_seven_people_to_write_to() {
    let mut case = Case::new();
    let sample = std::path::Path::new("samples/small-clinic");
    case.incident = noticeworks::incident::load(sample).ok().unwrap().0;
    case.write(include_bytes!("../../../samples/small-clinic/roster.csv"));
    let read = case.read();
    insta::assert_snapshot!(read.standings(), @r"
    1001 ready
    1002 ready
    1003 ready
    1004 ready
    1005 ready
    1006 ready
    1007 ready
    ");
    assert!(read.codes().is_empty(), "{:?}", read.codes());
    assert!(read.record("1003").recipient == Recipient::ParentOrGuardian);
    assert!(read.record("1004").recipient == Recipient::Estate);
}

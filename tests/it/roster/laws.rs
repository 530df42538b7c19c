//! What holds for every roster.

use super::support::{Case, HEADER, Read, row, standing};
use noticeworks::roster::{self, Spool, SpoolError};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;

fn read(lines: &[String]) -> Read {
    let case = Case::new();
    case.write(format!("{HEADER}\n{}\n", lines.join("\n")));
    case.read()
}

/// Everything but row numbers.
fn people(read: &Read) -> Vec<String> {
    let text = |p: &roster::Person| {
        let standing = standing(p);
        let standing = if standing.starts_with("merged") { "merged" } else { &standing };
        format!("{} {} {} {:?} {standing}", p.record_id, p.full_name(), p.address.zip, p.elements)
    };
    read.people.iter().map(text).collect()
}

/// Few values, so that duplicates and shared ids are frequent.
fn any_row() -> impl Strategy<Value = String> {
    (
        prop::sample::select(vec!["A", "B", "C", "D", "E", "F", "G", "H"]),
        prop::sample::select(vec!["Ada", "ADA", "Adá", "Ben", ""]),
        prop::sample::select(vec!["12 Elm St", "12 ELM STREET", "9 Oak St", "", "=1"]),
        prop::sample::select(vec!["04101", "4101", "04101-1234", "9", ""]),
        prop::sample::select(vec!["1980-03-25", "", "2015-01-01", "02/30/1979"]),
        prop::sample::select(vec!["SSN", "Diagnosis", "SSN;Diagnosis", "Blood type"]),
        prop::sample::select(vec!["harbor-health", "prairie-care"]),
        prop::sample::select(vec!["", "Y"]),
    )
        .prop_map(|(id, first, street, zip, born, elements, entity, deceased)| {
            row(&[
                ("record_id", id),
                ("first_name", first),
                ("address_1", street),
                ("zip", zip),
                ("date_of_birth", born),
                ("data_elements", elements),
                ("entity", entity),
                ("deceased", deceased),
            ])
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn every_row_has_one_outcome_and_the_rosters_order_changes_nothing(
        lines in prop::collection::vec(any_row(), 1..24),
        seed: u64,
    ) {
        let one = read(&lines);
        prop_assert_eq!(one.rows, lines.len() as u64);
        let mut rows: Vec<u64> = one.people.iter().map(|p| p.row).collect();
        rows.sort_unstable();
        prop_assert_eq!(rows, (1..=lines.len() as u64).collect::<Vec<_>>());

        let mut shuffled = lines.clone();
        let mut state = seed;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        let other = read(&shuffled);
        prop_assert_eq!(people(&one), people(&other));
        prop_assert_eq!(&one.digest, &other.digest);
    }

    #[test]
    fn a_survivor_is_never_merged_itself_and_nobody_ready_shares_id_and_entity(
        lines in prop::collection::vec(any_row(), 1..24),
    ) {
        let read = read(&lines);
        let by_row: BTreeMap<u64, &roster::Person> = read.people.iter().map(|p| (p.row, p)).collect();
        let mut ready = std::collections::BTreeSet::new();
        for person in &read.people {
            if let roster::Standing::Merged(row) = person.standing {
                let survivor = by_row[&row];
                prop_assert!(!matches!(survivor.standing, roster::Standing::Merged(_)));
                prop_assert!(survivor.entity == person.entity);
                prop_assert!(survivor.elements.union(person.elements) == survivor.elements);
            }
            if person.standing == roster::Standing::Ready {
                prop_assert!(ready.insert((person.record_id.clone(), person.entity)));
            }
        }
    }
}

#[test]
fn the_spool_is_the_same_bytes_every_time() {
    let bytes = || {
        let case = Case::new();
        let mut text = Vec::new();
        roster::write_sample(&mut text, 5_000, 3, roster::SAMPLE_FAULTS).unwrap();
        case.write(text);
        case.read();
        fs::read(case.folder.path().join("spool/w1.csv")).unwrap()
    };
    assert!(bytes() == bytes());
}

/// However many workers there are, what they make is gathered in the spool's order.
#[test]
fn many_workers_see_everybody_in_the_spools_order() {
    let case = Case::new();
    let mut text = Vec::new();
    roster::write_sample(&mut text, 6_000, 11, roster::SAMPLE_FAULTS).unwrap();
    case.write(text);
    let alone: Vec<u64> = case.read().people.iter().map(|person| person.row).collect();
    let spool = Spool::open(case.folder.path(), "w1").unwrap();
    let mut together = Vec::new();
    let rows = |seen: &mut usize, people: Vec<roster::Person>| {
        *seen += people.len();
        people.iter().map(|person| person.row).collect::<Vec<_>>()
    };
    let seen = spool.each_block(&|| 0, &rows, &mut |block: Vec<u64>| {
        together.push(block);
        Ok::<_, SpoolError>(())
    });
    assert_eq!(seen.unwrap().into_iter().sum::<usize>(), 6_000);
    assert!(together.len() > 2, "several blocks");
    assert_eq!(together.concat(), alone);
    let stopped = spool.each_block(&|| 0, &rows, &mut |_| {
        Err(SpoolError::Missing("the gatherer gave up".to_owned()))
    });
    assert!(matches!(stopped, Err(SpoolError::Missing(_))));
}

#[test]
fn an_altered_spool_is_noticed() {
    let case = Case::new();
    case.write(format!(
        "{HEADER}\n{}\n{}\n",
        row(&[]),
        row(&[("record_id", "R2"), ("zip", "04102")])
    ));
    case.read();
    let path = case.folder.path().join("spool/w1.csv");
    let text = fs::read_to_string(&path).unwrap();
    let opened = |text: &str| {
        fs::write(&path, text).unwrap();
        Spool::open(case.folder.path(), "w1").unwrap().verify()
    };
    assert!(opened(&text).is_ok());
    for altered in [
        text.replace("Elm", "Oak"),
        text.lines().take(2).map(|l| format!("{l}\n")).collect(),
        text.replace(",ready,", ",unready,"),
        text.replace("record_id", "record"),
        text.trim_end().to_owned(),
    ] {
        assert!(matches!(opened(&altered), Err(SpoolError::Altered(_))), "{altered}");
        let crew = Spool::open(case.folder.path(), "w1").unwrap().each_block(
            &|| (),
            &|(), people| people.len(),
            &mut |_| Ok::<_, SpoolError>(()),
        );
        assert!(matches!(crew, Err(SpoolError::Altered(_))), "{altered}");
    }
    assert!(matches!(Spool::open(case.folder.path(), "w2"), Err(SpoolError::Missing(_))));
}

#[test]
fn a_spool_for_another_list_of_elements_does_not_fit() {
    let mut case = Case::new();
    case.write(format!("{HEADER}\n{}\n", row(&[])));
    case.read();
    let spool = Spool::open(case.folder.path(), "w1").unwrap();
    spool.fits(&case.incident).unwrap();
    case.incident.elements.swap(0, 1);
    assert!(matches!(spool.fits(&case.incident), Err(SpoolError::OtherIncident("data elements"))));
}

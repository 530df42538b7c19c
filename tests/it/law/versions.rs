//! Which version is in force, and which breaches it reaches.

use super::{day, pack};
use jiff::ToSpan;
use noticeworks::law::{BreachDates, Dated, Majority, applies, in_force, is_in_force, overlap};

/// A dated rule with nothing else to it.
fn rule(text: &str) -> Majority {
    let text = format!("age = 18\nconfidence = \"low\"\nsource = \"test\"\n{text}");
    toml::from_str(&text).unwrap()
}

fn discovered(date: &str) -> BreachDates {
    BreachDates { discovered: Some(day(date)), ..BreachDates::default() }
}

#[test]
fn a_version_ends_the_day_before_until() {
    let old = rule("effective = 2020-01-01\nuntil = 2026-01-01");
    assert!(!is_in_force(&old, day("2019-12-31")));
    assert!(is_in_force(&old, day("2020-01-01")));
    assert!(is_in_force(&old, day("2025-12-31")));
    assert!(!is_in_force(&old, day("2026-01-01")));
}

#[test]
fn a_version_reaches_breaches_by_their_own_date() {
    let reach = "applies_to_breaches = { basis = \"discovered\", from = 2026-01-01 }";
    let new = rule(&format!("effective = 2026-01-01\n{reach}"));
    assert!(applies(&new, day("2026-03-01"), discovered("2026-01-01")));
    assert!(!applies(&new, day("2026-03-01"), discovered("2025-12-31")));
    assert!(!applies(&new, day("2025-12-31"), discovered("2026-01-01")));
    assert!(applies(&new, day("2026-03-01"), BreachDates::default()), "unknown: the duty stands");
}

#[test]
fn an_older_version_may_keep_older_breaches() {
    let old = rule(
        "effective = 1900-01-01\n\
         applies_to_breaches = { basis = \"discovered\", from = 1900-01-01, before = 2026-01-01 }",
    );
    let new = rule(
        "effective = 2026-01-01\n\
         applies_to_breaches = { basis = \"discovered\", from = 2026-01-01 }",
    );
    assert!(!overlap(&old, &new));
    assert!(applies(&old, day("2026-03-01"), discovered("2025-12-31")));
    assert!(!applies(&old, day("2026-03-01"), discovered("2026-01-01")));
}

#[test]
fn versions_without_an_end_overlap() {
    let old = rule("effective = 1900-01-01");
    let new = rule("effective = 2026-01-01");
    assert!(overlap(&old, &new) && overlap(&new, &old));
    let ended = rule("effective = 1900-01-01\nuntil = 2026-01-01");
    assert!(!overlap(&ended, &new) && !overlap(&new, &ended));
}

#[test]
fn no_duty_has_two_versions_on_any_day_since_2022() {
    let mut on = day("2022-01-01");
    while on < day("2028-01-01") {
        for j in pack().jurisdictions() {
            let mut ids: Vec<_> = in_force(&j.duties, on).map(|d| d.identity()).collect();
            ids.sort();
            let count = ids.len();
            ids.dedup();
            assert_eq!(ids.len(), count, "{} on {on}", j.code);
        }
        on = on.checked_add(1.month()).unwrap();
    }
}

#[test]
fn every_statute_with_a_duty_says_who_counts_since_2022() {
    for on in ["2022-01-01", "2024-01-01", "2026-11-22"] {
        for j in pack().jurisdictions() {
            for duty in in_force(&j.duties, day(on)) {
                let defined = in_force(&j.definitions, day(on)).any(|d| d.statute == duty.statute);
                assert!(defined, "{} on {on}", duty.id);
            }
        }
    }
}

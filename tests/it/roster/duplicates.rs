//! The same person twice, and those who only look like it.

use super::support::{row, rows};

#[test]
fn the_same_person_at_the_same_address_is_merged() {
    let one = row(&[("record_id", "A"), ("data_elements", "SSN")]);
    let other = row(&[
        ("record_id", "B"),
        ("address_1", "12 ELM ST."),
        ("date_of_birth", ""),
        ("data_elements", "Diagnosis"),
    ]);
    let read = rows(&[&other, &one]);
    insta::assert_snapshot!(read.standings(), @r"
    A ready
    B merged into row 2
    ");
    assert_eq!(read.record("A").elements.iter().collect::<Vec<_>>(), [0, 5]);
}

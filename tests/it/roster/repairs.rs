//! Corrections that are applied while the roster is read.

use super::support::{Case, HEADER, Read, row, standing};
use std::fs;

/// Reads rows with the repairs of a file.
fn repaired(rows: &[&str], repairs: &str) -> Read {
    let case = Case::new();
    case.write(format!("{HEADER}\n{}\n", rows.join("\n")));
    fs::write(case.folder.path().join("repairs.toml"), repairs).unwrap();
    case.read()
}

/// `[[repair]]` with its signature.
fn repair(number: u32, what: &str) -> String {
    let signed = "by = \"P. Paralegal\"\non = 2026-09-01\nwhy = \"The client said so\"\n";
    format!("[[repair]]\nnumber = {number}\n{what}\n{signed}\n")
}

fn undo(number: u32) -> String {
    format!("[[undo]]\nrepair = {number}\nby = \"P. Paralegal\"\non = 2026-09-02\nwhy = \"No\"\n")
}

const ZIP: &str = "record = \"R1\"\ncolumn = \"zip\"\nfrom = \"041\"\nto = \"04101\"";

#[test]
fn a_held_row_is_mended_and_held_again_when_the_repair_is_undone() {
    let rows = [&*row(&[("zip", "041")])];
    assert_eq!(standing(repaired(&rows, "").one()), "held zip.too_short");
    let read = repaired(&rows, &repair(1, ZIP));
    assert_eq!(standing(read.one()), "ready");
    assert_eq!(read.one().address.zip, "04101");
    assert_eq!(read.codes(), Vec::<&str>::new());
    let read = repaired(&rows, &(repair(1, ZIP) + &undo(1)));
    assert_eq!(standing(read.one()), "held zip.too_short");
}

#[test]
fn a_repair_follows_the_record_to_the_next_export() {
    let other = row(&[("record_id", "R0"), ("zip", "041"), ("first_name", "Bea")]);
    let read = repaired(&[&other, &row(&[("zip", " 041 ")])], &repair(1, ZIP));
    assert_eq!(standing(read.record("R0")), "held zip.too_short");
    assert_eq!(standing(read.record("R1")), "ready");
}

#[test]
fn what_no_longer_fits_is_told_and_changes_nothing() {
    let told = |zip: &str, repairs: &str| {
        let read = repaired(&[&row(&[("zip", zip)])], repairs);
        format!("{} {:?}", standing(read.one()), read.codes())
    };
    let one = repair(1, ZIP);
    assert_eq!(told("04102", &one), "ready [\"repair.other_value\"]");
    assert_eq!(told("04101", &one), "ready [\"repair.not_needed\"]");
    assert_eq!(told("04102", &one.replace("R1", "R9")), "ready [\"repair.no_record\"]");
    assert_eq!(told("04102", &one.replace("\"zip\"", "\"plz\"")), "ready [\"repair.no_column\"]");
    let rule = repair(
        1,
        "where = { column = \"city\", value = \"PDX\" }\ncolumn = \"city\"\nto = \"Portland\"",
    );
    assert_eq!(told("04101", &rule), "ready [\"repair.no_row\"]");
}

#[test]
fn a_rule_mends_every_row_that_says_so_and_repairs_follow_one_another() {
    let rows = [
        row(&[("record_id", "A"), ("city", "Portlnd"), ("last_name", "Ash")]),
        row(&[("record_id", "B"), ("city", "Portlnd"), ("last_name", "Birch")]),
        row(&[("record_id", "C"), ("city", "Bangor"), ("zip", "04401"), ("last_name", "Cedar")]),
    ];
    let rule =
        "where = { column = \"City\", value = \"Portlnd\" }\ncolumn = \"city\"\nto = \"Portland\"";
    let then = "record = \"B\"\ncolumn = \"city\"\nfrom = \"Portland\"\nto = \"PORTLAND\"";
    let read =
        repaired(&rows.each_ref().map(String::as_str), &(repair(1, rule) + &repair(2, then)));
    let cities: Vec<&str> =
        ["A", "B", "C"].iter().map(|id| &*read.record(id).address.city).collect();
    assert_eq!(cities, ["Portland", "PORTLAND", "Bangor"]);
    assert_eq!(read.codes(), Vec::<&str>::new());
}

#[test]
fn a_column_that_the_roster_lacks_can_be_given() {
    let name = "record = \"R1\"\ncolumn = \"latin_name\"\nfrom = \"\"\nto = \"Li Ming\"";
    let read = repaired(&[&row(&[("first_name", "明"), ("last_name", "李")])], &repair(1, name));
    assert_eq!(read.one().full_name(), "Li Ming");
    assert_eq!(standing(read.one()), "ready");
}

#[test]
fn two_rows_are_one_person_if_somebody_says_so() {
    let rows = [
        row(&[("record_id", "A"), ("data_elements", "SSN")]),
        row(&[
            ("record_id", "B"),
            ("first_name", "Adah"),
            ("address_1", "9 Oak Road"),
            ("zip", "04102"),
            ("data_elements", "Diagnosis"),
        ]),
    ];
    let rows = rows.each_ref().map(String::as_str);
    assert_eq!(standing(repaired(&rows, "").record("B")), "ready");
    let one = repair(1, "one_person = [\"A\", \"B\"]");
    let read = repaired(&rows, &one);
    assert_eq!(standing(read.record("A")), "ready");
    assert_eq!(standing(read.record("B")), "merged into row 1");
    assert_eq!(read.record("A").elements.iter().collect::<Vec<_>>(), [0, 5]);
    assert_eq!(read.codes(), ["duplicate.merged"]);
    // The other way around the second goes into the first all the same.
    let read = repaired(&rows, &repair(1, "one_person = [\"B\", \"A\"]"));
    assert_eq!(standing(read.record("A")), "merged into row 2");
    // Nobody goes into a person of another covered entity.
    let far = row(&[("record_id", "B"), ("entity", "prairie-care"), ("first_name", "Bea")]);
    let read = repaired(&[rows[0], &far], &one);
    assert_eq!(standing(read.record("B")), "ready");
    assert!(read.codes().contains(&"repair.not_joined"));
}

#[test]
fn namesakes_are_two_persons_if_somebody_says_so() {
    let rows = [row(&[("record_id", "A")]), row(&[("record_id", "B")])];
    let rows = rows.each_ref().map(String::as_str);
    assert_eq!(standing(repaired(&rows, "").record("B")), "merged into row 1");
    let read = repaired(&rows, &repair(1, "two_persons = [\"B\", \"A\"]"));
    assert_eq!(standing(read.record("A")), "ready");
    assert_eq!(standing(read.record("B")), "ready");
    assert_eq!(read.codes(), Vec::<&str>::new());
}

#[test]
fn a_file_that_cannot_be_trusted_stops_the_command() {
    let refused = |repairs: &str| {
        let case = Case::new();
        case.write(format!("{HEADER}\n{}\n", row(&[])));
        fs::write(case.folder.path().join("repairs.toml"), repairs).unwrap();
        case.refused()
    };
    for wrong in [
        "[[repair]]\n",
        "[[repare]]\nnumber = 1\n",
        &repair(1, "column = \"zip\"\nto = \"04101\""),
        &repair(1, "record = \"R1\"\ncolumn = \"zip\"\nto = \"04101\""),
        &repair(1, "one_person = [\"A\", \"A\"]"),
        &(repair(1, ZIP) + &repair(1, ZIP)),
        &(repair(1, ZIP) + &undo(2)),
        &repair(1, ZIP).replace("P. Paralegal", " "),
    ] {
        assert_eq!(refused(wrong), ["repair.file"], "{wrong}");
    }
}

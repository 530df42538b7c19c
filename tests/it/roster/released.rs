//! Held rows that counsel releases.

use super::support::{Case, HEADER, row, standing};
use noticeworks::finding::Severity;
use noticeworks::incident::Decision;
use noticeworks::roster::IntakeError;

fn decide(case: &mut Case, question: &str, choice: &str) {
    let text = format!("question = '{question}'\nchoice = '{choice}'\nby = 'C'\non = 2026-09-01");
    let decision: Decision = toml::from_str(&text).unwrap();
    case.incident.decisions.push(decision);
}

fn two_short_zips() -> Case {
    let case = Case::new();
    let one = row(&[("zip", "77"), ("state", "TX")]);
    let two = row(&[("record_id", "R2"), ("zip", "78"), ("state", "TX"), ("first_name", "Bo")]);
    case.write(format!("{HEADER}\n{one}\n{two}\n"));
    case
}

#[test]
fn a_reason_is_released_for_all_rows_or_for_one_record() {
    let mut case = two_short_zips();
    assert_eq!(case.read().standings(), "R1 held zip.too_short\nR2 held zip.too_short");
    decide(&mut case, "release.zip.too_short/R2", "as_is");
    let read = case.read();
    assert_eq!(read.standings(), "R1 held zip.too_short\nR2 ready");
    assert_eq!(read.record("R2").address.zip, "78", "used as it stands");
    decide(&mut case, "release.zip.too_short", "as_is");
    let read = case.read();
    assert_eq!(read.standings(), "R1 ready\nR2 ready");
    assert_eq!(read.findings.count("zip.too_short"), 2, "still told");
    assert_eq!(read.findings.at_least(Severity::Held), 0, "but no longer to be repaired");
}

#[test]
fn a_decision_that_releases_no_row_is_told() {
    let mut case = two_short_zips();
    decide(&mut case, "release.zip.too_short/R2", "as_is");
    assert_eq!(case.read().findings.count("release.no_row"), 0);
    decide(&mut case, "release.zip.too_short/R3", "as_is");
    decide(&mut case, "release.text.formula", "as_is");
    let read = case.read();
    let told: Vec<&str> = read
        .findings
        .iter()
        .filter(|f| f.code == "release.no_row")
        .map(|f| f.message.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "the decision on `release.zip.too_short/R3` releases no row",
            "the decision on `release.text.formula` releases no row",
        ]
    );
}

#[test]
fn another_reason_still_holds_a_released_row() {
    let mut case = Case::new();
    let changes = [("zip", "77"), ("state", "TX"), ("last_name", "=cmd()")];
    case.write(format!("{HEADER}\n{}\n", row(&changes)));
    decide(&mut case, "release.zip.too_short", "as_is");
    assert_eq!(standing(case.read().one()), "held text.formula");
    decide(&mut case, "release.text.formula", "as_is");
    assert_eq!(standing(case.read().one()), "ready");
}

#[test]
fn what_cannot_be_released_is_refused() {
    for (question, choice, code) in [
        ("release.entity.unknown", "as_is", "release.not_possible"),
        ("release.name.missing", "as_is", "release.not_possible"),
        ("release.address.too_many_lines", "as_is", "release.not_possible"),
        ("release.data_elements.none", "as_is", "release.not_possible"),
        ("release.record_id.shared/R1", "as_is", "release.not_possible"),
        ("release.zip.padded", "as_is", "release.not_possible"),
        ("release.zip.tooshort", "as_is", "release.unknown_reason"),
        ("release.zip.too_short", "skip", "decision.unknown_choice"),
    ] {
        let mut case = two_short_zips();
        decide(&mut case, question, choice);
        let Err(IntakeError::Refused(findings)) = case.intake() else { panic!("{question}") };
        assert_eq!(findings.count(code), 1, "{question}: {:?}", findings.counts());
    }
}

#[test]
fn an_unreadable_birth_date_may_be_left_out_and_a_guardian_still_counts() {
    let mut case = Case::new();
    let adult = row(&[("date_of_birth", "last spring")]);
    let child = row(&[
        ("record_id", "R2"),
        ("first_name", "Bo"),
        ("date_of_birth", "last spring"),
        ("guardian_name", "Ada Example"),
    ]);
    case.write(format!("{HEADER}\n{adult}\n{child}\n"));
    decide(&mut case, "release.date_of_birth.unreadable", "as_is");
    let read = case.read();
    assert_eq!(read.standings(), "R1 ready\nR2 ready");
    use noticeworks::roster::Recipient;
    assert!(read.record("R1").recipient == Recipient::Adult);
    assert!(read.record("R2").recipient == Recipient::ParentOrGuardian);
}

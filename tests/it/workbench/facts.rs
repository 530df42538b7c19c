//! Facts written by forms: the file stays a person's.

use super::http::{Open, between};
use crate::case::Case;

fn digest(open: &Open, page: &str) -> String {
    between(&open.get(page).body, "name=\"digest\" value=\"", "\"").to_owned()
}

#[test]
fn a_form_changes_what_was_changed_and_keeps_every_comment() {
    let case = Case::sample("small-clinic");
    case.edit("incident.toml", "[sender]", "# said on the phone by the administrator\n[sender]");
    let before = case.read("incident.toml");
    let open = Open::case(&case);
    let at = digest(&open, "/1/facts/sender");
    let got =
        open.post("/1/facts/sender", &[("digest", &at), ("sender.name", "Other Made-Up Clinic")]);
    assert_eq!(got.status, 303, "{}", got.body);
    let after = case.read("incident.toml");
    assert!(after.contains("# said on the phone by the administrator\n[sender]"));
    assert!(after.contains("name = \"Other Made-Up Clinic\""));
    let same = |text: &str| {
        text.lines().filter(|line| !line.starts_with("name = ")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(same(&before), same(&after));
}

#[test]
fn a_file_that_changed_meanwhile_is_not_overwritten() {
    let case = Case::sample("small-clinic");
    let open = Open::case(&case);
    let at = digest(&open, "/1/facts/incident");
    case.edit("incident.toml", "[sender]", "# by hand\n[sender]");
    let by_hand = case.read("incident.toml");
    let got = open.post("/1/facts/incident", &[("digest", &at), ("title", "Another title")]);
    assert_eq!(got.status, 409);
    assert!(got.body.contains("was changed by somebody else"), "{}", got.body);
    assert_eq!(case.read("incident.toml"), by_hand);
}

#[test]
fn an_answer_of_counsel_is_one_decision_however_often_it_is_given() {
    let case = Case::sample("small-clinic");
    case.run(&["check", "{folder}"]);
    let open = Open::case(&case);
    let decisions = |text: &str| text.matches("[[decision]]").count();
    let first = decisions(&case.read("incident.toml"));
    for choice in ["yes", "no"] {
        let at = digest(&open, "/1/facts/incident");
        let fields = [
            ("id", "made.up"),
            ("choice", choice),
            ("by", "A. Made-Up"),
            ("on", "2026-09-01"),
            ("digest", &at),
        ];
        assert_eq!(open.post("/1/law/question", &fields).status, 303);
    }
    let text = case.read("incident.toml");
    assert_eq!(decisions(&text), first + 1, "{text}");
    assert!(text.contains("choice = \"no\"") && text.contains("on = 2026-09-01"), "{text}");
}

#[test]
fn what_is_marked_to_be_filled_in_is_no_longer_marked_once_it_is() {
    let home = tempfile::TempDir::new().unwrap();
    let open = Open::on(home.path(), &home.path().join("state"));
    assert_eq!(open.post("/new", &[("name", "harbor-1")]).status, 303);
    let at = digest(&open, "/1/facts/sender");
    open.post("/1/facts/sender", &[("digest", &at), ("sender.name", "Harbor Made-Up Health")]);
    let text = std::fs::read_to_string(home.path().join("harbor-1/incident.toml")).unwrap();
    let line = text.lines().find(|line| line.contains("Harbor Made-Up Health")).unwrap();
    assert!(!line.contains("REQUIRED") && line.contains('#'), "{line}");
    assert!(text.contains("REQUIRED"), "the others still are");
}

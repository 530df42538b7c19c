//! Finals against the seal and the ledger.

use super::mailing::{Mailing, faults, put, run_of, sha256};
use crate::case::Said;
use std::fs;

fn sealed() -> Mailing {
    let mailing = Mailing::new();
    let said = mailing.case.run(&["approve", "{folder}", "--by", "A. Counsel, General Counsel"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let said = mailing.case.run(&["letters", "{folder}"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    mailing
}

fn verify(mailing: &Mailing) -> Said {
    mailing.case.run(&["verify", "--json", "{folder}"])
}

fn found(mailing: &Mailing, code: &str) {
    let found = faults(&verify(mailing));
    assert!(found.iter().any(|f| f == code), "{code} not in {found:?}");
}

#[test]
fn finals_are_those_of_the_seal_in_its_order() {
    let mailing = sealed();
    let json = verify(&mailing).json();
    assert_eq!(json["proved"], true, "{}", json["faults"]);
    let root = sha256(&fs::read(mailing.case.path("sealed/w1-1/root.txt")).unwrap());
    let seal = &json["seals"][0];
    assert_eq!((&seal["seal"], &seal["root"]), (&"w1-1".into(), &root.clone().into()));
    assert_eq!((&json["leaves"], &json["recorded"]), (&10.into(), &1.into()));
    assert_eq!(json["words"], 10);
    let text = mailing.case.run(&["verify", "{folder}"]).stdout;
    assert!(text.contains("the 10 leaves of the seal `w1-1`"), "{text}");
    assert!(text.contains(&format!("its root is {root}")), "{text}");
    // What was sealed counts, not what was edited since.
    mailing.edit_rows(|rows| rows.truncate(3));
    assert!(mailing.case.run(&["check", "{folder}"]).code <= 1);
    mailing.case.edit("incident.toml", "letter = \"diagnosis\"", "letter = \"condition\"");
    assert_eq!(faults(&verify(&mailing)), Vec::<String>::new());
}

#[test]
fn a_row_that_stands_twice_in_the_roster_has_one_letter_and_is_proved_once() {
    let mailing = Mailing::new();
    let roster = mailing.case.read("roster.csv");
    let twice: Vec<&str> = roster.lines().skip(1).step_by(3).collect();
    assert!(twice.len() >= 3);
    fs::write(mailing.case.path("roster.csv"), format!("{roster}{}\n", twice.join("\n"))).unwrap();
    let said = mailing.case.run(&["run", "--json", "{folder}"]).json();
    assert_eq!(said["outcomes"]["merged"], twice.len());
    let said = mailing.case.run(&["approve", "{folder}", "--by", "A. Counsel, General Counsel"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(mailing.case.run(&["letters", "{folder}"]).code, 0);
    let json = verify(&mailing).json();
    assert_eq!((&json["proved"], &json["leaves"]), (&true.into(), &10.into()), "{json}");
}

#[test]
fn letters_that_were_not_sealed_so_are_found() {
    let mailing = sealed();
    // The test's own print of the same letters differs from the recorded file in its bytes only.
    mailing.print("", |_| ());
    assert_eq!(faults(&verify(&mailing)), ["verify.file_digest"]);
    // One word moved by a hair, or more than was approved, in a letter that is alone of its kind.
    for (x, y) in [(72.0, 300.0), (400.0, 20.0)] {
        mailing.print("", |letters| {
            let word = run_of(&letters[1], 1, "");
            put(&mut letters[1], 1, &word, (x, y));
        });
        found(&mailing, "verify.words");
    }
    mailing.print("", |letters| letters.truncate(9));
    found(&mailing, "verify.pages");
    mailing.print("", |letters| letters.swap(0, 1));
    found(&mailing, "verify.order");
    mailing.print("DRAFT", |_| ());
    found(&mailing, "verify.stamp");
    mailing.print("", |_| ());
    let path = mailing.case.path("out/letters/manifest.csv");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(2, 3);
    fs::write(path, lines.join("\n") + "\n").unwrap();
    found(&mailing, "verify.seal");
}

#[test]
fn a_seal_that_was_touched_is_found() {
    let mailing = sealed();
    let list = mailing.case.path("sealed/w1-1/batches/batch-0001.txt");
    let right = fs::read_to_string(&list).unwrap();
    fs::write(&list, right.lines().skip(1).map(|l| format!("{l}\n")).collect::<String>()).unwrap();
    found(&mailing, "verify.seal");
    fs::write(&list, right).unwrap();
    assert_eq!(faults(&verify(&mailing)), Vec::<String>::new());
    // Even when its root is reckoned anew, the ledger knows the one that was approved.
    let root = mailing.case.path("sealed/w1-1/root.txt");
    let text = fs::read_to_string(&root).unwrap();
    let statement = mailing.case.path("sealed/w1-1/statement.json");
    let other = fs::read_to_string(&statement).unwrap() + "\n";
    fs::write(&statement, &other).unwrap();
    let line = format!("{}  statement.json", sha256(other.as_bytes()));
    let rest = text.split_once('\n').unwrap().1;
    fs::write(&root, format!("{line}\n{rest}")).unwrap();
    found(&mailing, "verify.seal");
}

#[test]
fn a_sealed_input_that_was_touched_is_found() {
    let mailing = sealed();
    let path = mailing.case.path("sealed/w1-1/inputs/incident.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(&path, text.replace("letter = \"diagnosis\"", "letter = \"condition\"")).unwrap();
    found(&mailing, "verify.seal");
}

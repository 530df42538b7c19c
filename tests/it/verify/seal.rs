//! Finals against the seal and the ledger.

use super::mailing::{Mailing, faults, sha256};
use crate::case::Said;
use noticeworks::ledger::Ledger;
use serde_json::json;
use std::fs;

fn sealed() -> (Mailing, String) {
    let mailing = Mailing::new();
    mailing.print("", |_| ());
    let root = mailing.seal();
    let mut ledger = Ledger::open(&mailing.case.folder()).unwrap();
    let body = json!({ "wave": "w1", "seal": 1, "root": root, "letters": 10, "by": "A. Counsel" });
    ledger.append_event("approved", &body).unwrap();
    (mailing, root)
}

fn verify(mailing: &Mailing) -> Said {
    mailing.case.run(&["verify", "--json", "{folder}"])
}

#[test]
fn finals_are_those_of_the_seal_in_its_order() {
    let (mailing, root) = sealed();
    let json = verify(&mailing).json();
    assert_eq!(json["proved"], true, "{}", json["faults"]);
    assert_eq!((&json["leaves"], &json["root"]), (&10.into(), &root.clone().into()));
    let text = mailing.case.run(&["verify", "{folder}"]).stdout;
    assert!(text.contains(&format!("its root is {root}")), "{text}");
    // What was sealed counts, not what was edited since.
    mailing.edit_rows(|rows| rows.truncate(3));
    assert!(mailing.case.run(&["check", "{folder}"]).code <= 1);
    mailing.case.edit("incident.toml", "letter = \"diagnosis\"", "letter = \"condition\"");
    assert_eq!(faults(&verify(&mailing)), Vec::<String>::new());
}

#[test]
fn letters_that_were_not_sealed_so_are_found() {
    let (mailing, _) = sealed();
    mailing.print("", |letters| letters.truncate(9));
    assert!(faults(&verify(&mailing)).contains(&"verify.pages".to_owned()));
    let (mailing, _) = sealed();
    let path = mailing.case.path("out/letters/manifest.csv");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(2, 3);
    fs::write(path, lines.join("\n") + "\n").unwrap();
    assert!(faults(&verify(&mailing)).contains(&"verify.seal".to_owned()));
    let (mailing, _) = sealed();
    mailing.print("DRAFT", |_| ());
    assert_eq!(faults(&verify(&mailing)), ["verify.stamp"]);
}

#[test]
fn a_seal_that_was_touched_is_found() {
    let (mailing, _) = sealed();
    let list = mailing.case.path("sealed/w1-1/batches/batch-0001.txt");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text.lines().skip(1).map(|l| format!("{l}\n")).collect::<String>()).unwrap();
    assert!(faults(&verify(&mailing)).contains(&"verify.seal".to_owned()));
    // Even when its root is reckoned anew, the ledger knows the one that was approved.
    let (mailing, _) = sealed();
    let root = mailing.case.path("sealed/w1-1/root.txt");
    let text = fs::read_to_string(&root).unwrap();
    let statement = "{\"wave\": \"w2\"}\n";
    fs::write(mailing.case.path("sealed/w1-1/statement.json"), statement).unwrap();
    let line = format!("{}  statement.json", sha256(statement.as_bytes()));
    let rest = text.split_once('\n').unwrap().1;
    fs::write(&root, format!("{line}\n{rest}")).unwrap();
    assert_eq!(faults(&verify(&mailing)), ["verify.seal"]);
}

#[test]
fn a_file_that_is_not_the_one_recorded_as_printed_is_found() {
    let (mailing, _) = sealed();
    let path = mailing.case.path("out/letters/batch-0001.pdf");
    let record = |sha256: &str| {
        let body = json!({ "wave": "w1", "seal": 1, "batch": 1, "sha256": sha256, "pieces": 10 });
        Ledger::open(&mailing.case.folder()).unwrap().append_event("printed", &body).unwrap();
    };
    record(&sha256(b"another"));
    assert_eq!(faults(&verify(&mailing)), ["verify.file_digest"]);
    record(&sha256(&fs::read(&path).unwrap()));
    let json = verify(&mailing).json();
    assert_eq!((&json["proved"], &json["recorded"]), (&true.into(), &1.into()));
}

//! Nobody is told twice or counted twice; a code is one person's; who was not affected is in no
//! count.

use super::breach::{BOSTON, Breach, PORTLAND, Row};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

fn harbor(n: u32) -> Row {
    Row::new(n, "harbor-health", PORTLAND)
}

/// How many people a duty of a wave's plan counts.
fn counted(breach: &Breach, wave: &str, duty: &str) -> Option<u64> {
    let plan = breach.must(&format!("plan {{folder}} --wave {wave} --json")).json();
    let duties = plan["duties"].as_array().unwrap();
    duties.iter().find(|known| known["id"] == duty).and_then(|duty| duty["count"].as_u64())
}

fn outcomes(breach: &Breach, wave: &str) -> Value {
    breach.must(&format!("check {{folder}} --wave {wave} --json")).json()["outcomes"].clone()
}

fn decide(breach: &Breach, question: &str, choice: &str) {
    breach.add(&format!(
        "\n[[decision]]\nquestion = \"{question}\"\nchoice = \"{choice}\"\nby = \"A. Counsel\"\non = 2026-10-01\n"
    ));
}

#[test]
fn a_corrected_name_is_asked_about_and_counted_once() {
    for (choice, outcome, people) in [
        (None, "held", 3),
        (Some("same_person"), "excluded", 3),
        (Some("another_person"), "to_mail", 4),
    ] {
        // One record id, address and date of birth, another first name; and another surname at one
        // address under another id.
        for id in ["R00001", "X1"] {
            let breach = Breach::of(&[harbor(1), harbor(2), harbor(3)]);
            let mut corrected = harbor(1);
            match id {
                "R00001" => corrected.first = "Bo".to_owned(),
                _ => corrected.last = "Vervain".to_owned(),
            }
            corrected.id = id.to_owned();
            corrected.code = "CODE-X".to_owned();
            breach.wave("w2", "supplemental", "2026-10-05", &[corrected]);
            if let Some(choice) = choice {
                decide(&breach, &format!("release.wave.likely_same/{id}"), choice);
            }
            breach.seal("w1");
            breach.post("w1", "1", "2026-09-18");
            assert_eq!(outcomes(&breach, "w2")[outcome], 1, "{id} {choice:?}");
            assert_eq!(counted(&breach, "w2", "me-ag"), Some(people), "{id} {choice:?}");
        }
    }
}

#[test]
fn another_choice_or_record_is_told() {
    let breach = Breach::of(&[harbor(1)]);
    decide(&breach, "release.wave.likely_same", "yes");
    let said = breach.run("check {folder}");
    assert!(Breach::found(&said).contains("decision.unknown_choice"), "{}", said.stderr);
    assert!(Breach::found(&said).contains("`same_person` or `another_person`"), "{}", said.stderr);
}

#[test]
fn a_code_is_one_persons_over_all_waves() {
    let (first, mut twice) = (harbor(1), harbor(2));
    twice.code.clone_from(&first.code);
    let breach = Breach::of(&[first.clone(), twice.clone()]);
    breach.seal("w1");
    breach.post("w1", "1", "2026-09-18");
    let mut other = harbor(3);
    other.code.clone_from(&first.code);
    breach.wave("w2", "supplemental", "2026-10-05", &[twice, other, harbor(4)]);
    let said = breach.must("check {folder} --wave w2 --json").json();
    assert_eq!((&said["outcomes"]["held"], &said["outcomes"]["to_mail"]), (&2.into(), &1.into()));
    assert_eq!(said["held"]["code.twice"], 2);
}

/// Codes dealt from a vendor's file: by wave, which person has which.
fn dealt(breach: &Breach, folder: &str) -> Vec<(String, String)> {
    let text = breach.read(&format!("{folder}/codes.csv"));
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let rows = rows.records().map(|row| row.unwrap());
    rows.map(|row| (row[1].to_owned(), row[4].to_owned())).collect()
}

#[test]
fn a_vendors_code_is_dealt_once_and_who_is_written_to_again_keeps_theirs() {
    let breach = Breach::of(&[harbor(1), harbor(2)]);
    let facts = breach.case.read("incident.toml");
    let facts = facts.replace("code_column = \"activation_code\"", "code_file = \"codes.txt\"");
    fs::write(breach.case.path("incident.toml"), facts).unwrap();
    let codes: Vec<String> = (0..9).map(|n| format!("POOL-{n}")).collect();
    fs::write(breach.case.path("codes.txt"), codes.join("\n")).unwrap();
    breach.seal("w1");
    breach.post("w1", "1", "2026-09-18");
    breach.wave("w2", "supplemental", "2026-10-05", &[harbor(3), harbor(4)]);
    breach.seal("w2");
    breach.wave("w3", "remail", "2026-10-20", &[harbor(2)]);
    breach.seal("w3");
    let (first, second) = (dealt(&breach, "letters"), dealt(&breach, "w2/letters"));
    let all: Vec<&String> = first.iter().chain(&second).map(|(_, code)| code).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 4, "{first:?} {second:?}");
    let again = dealt(&breach, "w3/letters");
    let before = first.iter().find(|(id, _)| id == "R00002").unwrap();
    assert_eq!(again, std::slice::from_ref(before), "one person, one code");
    for wave in ["w1", "w2", "w3"] {
        let said = breach.run(&format!("verify {{folder}} --wave {wave}"));
        assert_eq!(said.code, 0, "{wave}: {}{}", said.stdout, said.stderr);
        // The finals of a sealed wave are made of its sealed codes, whatever was dealt since.
        let said = breach.run(&format!("letters {{folder}} --wave {wave} --json"));
        assert_eq!(said.json()["draft"], false, "{}", said.stderr);
    }
}

#[test]
fn one_human_under_two_covered_entities_is_one_resident() {
    let mut theirs = harbor(1);
    theirs.entity = "prairie-care";
    theirs.id = "P1".to_owned();
    theirs.code = "CODE-P1".to_owned();
    let breach = Breach::of(&[harbor(1), harbor(2), theirs]);
    breach.must("run {folder}");
    assert_eq!(counted(&breach, "w1", "me-ag"), Some(2), "residents");
    assert_eq!(counted(&breach, "w1", "hipaa-individual.harbor-health"), Some(2));
    assert_eq!(counted(&breach, "w1", "hipaa-individual.prairie-care"), Some(1));
    let sheet = breach.read("filings/states/me-ag.html");
    assert!(sheet.contains("each counted once"), "{sheet}");
}

#[test]
fn a_withdrawal_takes_people_out_of_every_count_and_can_be_taken_back() {
    let breach = Breach::of(&[harbor(1), harbor(2), Row::new(3, "harbor-health", BOSTON)]);
    breach.seal("w1");
    breach.must("filings {folder}");
    breach.record("me-ag", "2026-09-20", "");
    let unknown = breach.run("withdraw {folder} R00001 R7 --by P --why not.in.the.files");
    assert_eq!(unknown.code, 2);
    assert!(
        Breach::found(&unknown).contains("`R7`") && !breach.case.path("withdrawn.toml").exists()
    );
    let said = breach.must("withdraw {folder} R00001 --by P --why not.in.the.files");
    assert!(said.stdout.contains("under its seal and not known to be posted"), "{}", said.stdout);
    assert_eq!(breach.run("withdraw {folder} R00001 --by P --why again").code, 2);
    let said = breach.must("run {folder}");
    assert!(Breach::found(&said).contains("`me-ag` was filed"), "{}", said.stderr);
    assert!(breach.exists("filings/states/me-ag-supplement.json"));
    assert_eq!(counted(&breach, "w1", "me-ag"), Some(1));
    let status = breach.status();
    assert_eq!(status["waves"][0]["seals"][0]["state"], "valid", "no seal breaks");
    let list = breach.case.path("list.csv");
    fs::write(&list, "record_id,entity\nR00003,harbor-health\n").unwrap();
    breach.must(&format!("withdraw {{folder}} --from {} --by P --why wrong", list.display()));
    assert_eq!(counted(&breach, "w1", "hipaa-individual.harbor-health"), Some(1));
    breach.must("withdraw {folder} R00001 R00003 --undo --by P --why they.were");
    breach.must("run {folder}");
    assert_eq!(counted(&breach, "w1", "hipaa-individual.harbor-health"), Some(3));
    assert!(!breach.exists("filings/states/me-ag-supplement.json"), "nothing differs any more");
}

#[test]
fn who_was_told_is_traced_to_the_earlier_record_and_letter() {
    let breach = Breach::of(&[harbor(1), harbor(2)]);
    breach.seal("w1");
    breach.post("w1", "1", "2026-09-18");
    let mut renumbered = harbor(1);
    renumbered.id = "N1".to_owned();
    breach.wave("w2", "supplemental", "2026-10-05", &[renumbered, harbor(3)]);
    breach.must("check {folder} --wave w2");
    let said = breach.must("trace {folder} N1");
    for words in ["wave.already_told", "R00001, the same person", "2026-09-18"] {
        assert!(said.stdout.contains(words), "{words}\n{}", said.stdout);
    }
}

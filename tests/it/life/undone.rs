//! What can be undone, and what is history.

use super::breach::{Breach, PORTLAND, Row};
use std::fs;

fn breach() -> Breach {
    let rows: Vec<Row> = (0..3).map(|n| Row::new(n, "harbor-health", PORTLAND)).collect();
    Breach::of(&rows)
}

#[test]
fn an_approval_can_be_taken_back_until_something_has_left() {
    let breach = breach();
    let withdraw = "approve {folder} --wave w1 --by A.Counsel --withdraw --why the.wrong.wave";
    breach.must("run {folder}");
    assert_eq!(breach.run(withdraw).code, 4, "there is nothing to take back");
    breach.seal("w1");
    let said = breach.must(withdraw);
    assert!(
        said.stdout.contains("3 letters printed under it must not be posted"),
        "{}",
        said.stdout
    );
    let said = breach.run("letters {folder} --wave w1 --json");
    assert_eq!(said.json()["draft"], true);
    assert_eq!(breach.status()["ledger"]["whole"], true);
    breach.seal("w1");
    breach.post("w1", "1", "2026-09-18");
    let said = breach.run(withdraw);
    assert_eq!(said.code, 4);
    assert!(Breach::found(&said).contains("have left"), "{}", said.stderr);
}

#[test]
fn a_wave_that_is_wholly_posted_is_history() {
    let breach = breach();
    breach.seal("w1");
    breach.post("w1", "1", "2026-09-18");
    let facts = breach.case.read("incident.toml");
    for (what, from, to) in [
        ("mail date", "mail_on = 2026-09-18", "mail_on = 2026-09-21"),
        ("words", "files safely", "files in safety"),
        ("litigation hold", "litigation_hold = true", "litigation_hold = false"),
    ] {
        assert!(facts.contains(from), "{from}");
        fs::write(breach.case.path("incident.toml"), facts.replace(from, to)).unwrap();
        let seal = breach.status()["waves"][0]["seals"][0].clone();
        assert_eq!(
            (&seal["state"], &seal["changes"]),
            (&"valid".into(), &serde_json::json!([])),
            "{what}"
        );
    }
    fs::write(breach.case.path("incident.toml"), facts).unwrap();
    // A name corrected in the roster, and the roster read anew.
    let roster = breach.case.read("roster.csv").replace("Quill", "Quilling");
    fs::write(breach.case.path("roster.csv"), roster).unwrap();
    breach.must("run {folder}");
    assert_eq!(breach.status()["waves"][0]["seals"][0]["state"], "valid");
    let said = breach.run("approve {folder} --by A.Counsel");
    assert_eq!(said.code, 4);
    let next = format!("`noticeworks wave {} --kind correction`", breach.case.folder().display());
    assert!(Breach::found(&said).contains(&next), "{}", said.stderr);
    let said = breach.run("letters {folder} --json");
    assert!(
        Breach::found(&said).contains("1 batch in `letters` was posted before"),
        "{}",
        said.stderr
    );
    assert_eq!(said.json()["draft"], false);
    // A later wave looks at what was sent, not at what the roster says now.
    let mut rows: Vec<Row> = (0..3).map(|n| Row::new(n, "harbor-health", PORTLAND)).collect();
    rows.push(Row::new(9, "harbor-health", PORTLAND));
    breach.wave("w2", "supplemental", "2026-10-05", &rows);
    let said = breach.must("check {folder} --wave w2 --json").json();
    assert_eq!(
        (&said["outcomes"]["excluded"], &said["outcomes"]["to_mail"]),
        (&3.into(), &1.into())
    );
}

#[test]
fn a_part_in_front_of_others_names_itself_only() {
    let breach = breach();
    breach.seal("w1");
    let facts = breach.case.read("incident.toml");
    let vendor = "[[vendor]]\nrole = \"forensic\"\nname = \"One More Example LLC\"\n\n";
    // The last one, which has no comment of its own above it.
    let at = facts.rfind("[[vendor]]").unwrap();
    let facts = format!("{}{vendor}{}", &facts[..at], &facts[at..]);
    fs::write(breach.case.path("incident.toml"), facts).unwrap();
    let changes = breach.status()["waves"][0]["seals"][0]["changes"].clone();
    assert_eq!(changes.as_array().unwrap().len(), 1, "{changes}");
    assert!(changes[0].as_str().unwrap().ends_with("was added"), "{changes}");
}

#[test]
fn counsels_decision_on_agency_reaches_every_sheet() {
    let breach = breach();
    let unsettled = |breach: &Breach| {
        let mut found = Vec::new();
        for folder in ["hhs", "states"] {
            let dir = breach.case.path("out/filings").join(folder);
            for file in fs::read_dir(dir).unwrap().map(|file| file.unwrap().path()) {
                let text = fs::read(&file).unwrap();
                if String::from_utf8_lossy(&text)
                    .contains("not settled whether the business associate")
                {
                    found.push(file);
                }
            }
        }
        found
    };
    breach.must("run {folder}");
    assert!(!unsettled(&breach).is_empty(), "nobody has decided yet");
    breach.add("\n[[decision]]\nquestion = \"agency.harbor-health\"\nchoice = \"independent\"\nby = \"A. Counsel\"\non = 2026-09-01\n");
    breach.must("run {folder}");
    assert_eq!(unsettled(&breach), Vec::<std::path::PathBuf>::new());
}

#[test]
fn letters_that_came_back_are_named_one_by_one() {
    let breach = breach();
    breach.seal("w1");
    let evidence = breach.case.path("evidence.txt");
    let said = breach.run(&format!(
        "confirm letters {{folder}} --batch 1 --returned 2026-10-01 --evidence {}",
        evidence.display()
    ));
    assert_eq!(said.code, 2);
    assert!(Breach::found(&said).contains("--piece"), "{}", said.stderr);
}

//! Filings made again of what was counted last: the same bytes, and never of another roster.

use super::special::HEADER;
use crate::case::Case;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const AS_COUNTED: &str = "filing.as_counted";

/// Every file of filings and notices.
fn tree(case: &Case) -> BTreeMap<String, Vec<u8>> {
    ["out/filings", "out/notices"]
        .into_iter()
        .flat_map(|dir| crate::run::files(&case.path(dir)))
        .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
        .collect()
}

fn make(case: &Case) -> Value {
    let said = case.run(&["filings", "{folder}", "--json"]);
    assert!(said.code < 2, "{}", said.stderr);
    said.json()
}

fn again(said: &Value) -> bool {
    said["findings"][AS_COUNTED] == 1
}

#[test]
fn filings_made_again_are_the_same_bytes_and_read_nobody() {
    let case = Case::sample("lakeshore");
    let roster: Vec<String> =
        case.read("roster.csv").lines().take(400).map(str::to_owned).collect();
    fs::write(case.path("roster.csv"), roster.join("\n") + "\n").unwrap();
    let first = make(&case);
    assert!(!again(&first));
    let (made, outcomes) = (tree(&case), first["outcomes"].clone());
    let list = made.keys().find(|name| name.ends_with("harbor-health/people.csv")).unwrap().clone();
    let second = make(&case);
    assert!(again(&second));
    assert_eq!(second["outcomes"], outcomes);
    assert!(tree(&case) == made);
    // After `run`, too.
    assert!(case.run(&["run", "{folder}"]).code < 2);
    let run = tree(&case);
    assert!(again(&make(&case)));
    assert!(tree(&case) == run && run == made);

    // A list that somebody touched is written again; an answer to regulators reads nobody.
    fs::write(&list, "mine").unwrap();
    let text = case.read("incident.toml");
    let decided = "\n[[decision]]\nquestion = \"filing.entity_named\"\nchoice = \"sender\"\nby = \"A. Counsel\"\non = 2026-09-01\n";
    fs::write(case.path("incident.toml"), format!("{text}{decided}")).unwrap();
    assert!(again(&make(&case)));
    let after = tree(&case);
    assert!(after[&list] == made[&list]);
    let texas =
        after.keys().find(|name| name.ends_with("tx-ag.json") || name.ends_with("me-ag.json"));
    assert!(after[texas.unwrap()] != made[texas.unwrap()], "the question is settled");
}

#[test]
fn whatever_letters_or_counts_follow_from_is_counted_anew() {
    let case = Case::sample("small-clinic");
    make(&case);
    assert!(again(&make(&case)));
    let row = "1008,elm-street,Ada,,Newman,,9 Hill Road,,Bloomington,IN,47403,,,,1962-03-08,,,,,Name;Visit date,\n";
    let roster = case.read("roster.csv");
    assert!(roster.starts_with(HEADER.split(",activation_code").next().unwrap()));
    fs::write(case.path("roster.csv"), format!("{roster}{row}")).unwrap();
    let grown = make(&case);
    assert!(!again(&grown) && grown["rows"] == 8);
    let anew = |what: &str| {
        assert!(!again(&make(&case)), "{what}");
        assert!(again(&make(&case)), "{what}, once");
    };
    case.edit("incident.toml", "letter = \"diagnosis\"", "letter = \"diagnoses\"");
    anew("the incident's words");
    let own = case.path("templates/letter/en");
    fs::create_dir_all(&own).unwrap();
    fs::copy("templates/letter/en/words.toml", own.join("words.toml")).unwrap();
    anew("a template of one's own");
    fs::remove_file(case.path("out/findings.csv")).unwrap();
    anew("findings that are gone");
    fs::write(case.path("spool/w1.counts.json"), "{").unwrap();
    anew("figures that cannot be read");
    fs::remove_file(case.path("ledger.sqlite")).unwrap();
    assert!(!again(&make(&case)), "a ledger that is gone");
}

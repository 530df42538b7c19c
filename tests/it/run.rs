//! The main job as a user runs it: one incident folder in; letters, filings and e-mails out.

use crate::case::{Case, Said, lakeshore};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn run(case: &Case) -> Said {
    case.run(&["run", "--json", "{folder}"])
}

/// Outcomes as printed; they must add up to the rows.
fn outcomes(json: &Value) -> BTreeMap<String, u64> {
    let outcomes: BTreeMap<String, u64> = serde_json::from_value(json["outcomes"].clone()).unwrap();
    assert_eq!(outcomes.values().sum::<u64>(), json["rows"].as_u64().unwrap());
    outcomes
}

fn manifest(file: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

pub fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn lakeshore_gives_every_row_one_outcome_and_every_letter_a_manifest_row() {
    let case = lakeshore();
    let said = case.said();
    assert_eq!(said.code, 1, "{}", said.stderr);
    let json = said.json();
    assert_eq!(json["rows"], 6_000);
    let outcomes = outcomes(&json);
    for outcome in ["to_mail", "to_mail_and_email", "merged", "substitute", "held", "excluded"] {
        assert!(outcomes[outcome] > 0, "no row is {outcome}: {outcomes:?}");
    }
    let letters = outcomes["to_mail"] + outcomes["to_mail_and_email"];
    assert_eq!(json["letters"], letters);
    assert_eq!(json["emails"], outcomes["to_email"] + outcomes["to_mail_and_email"]);

    let manifest = manifest(&case.path("out/letters/manifest.csv"));
    assert_eq!(manifest.len() as u64, letters);
    let pages: u64 = manifest.iter().map(|piece| piece["pages"].parse::<u64>().unwrap()).sum();
    assert_eq!(json["pages"], pages);
    let mut next: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for piece in &manifest {
        let (letters, page) = next.entry(&piece["batch"]).or_insert((0, 1));
        assert_eq!(piece["first_page"], page.to_string(), "pages follow one another in a batch");
        *letters += 1;
        *page += piece["pages"].parse::<u64>().unwrap();
    }
    assert!(next.values().all(|(letters, _)| *letters <= 1_000), "at most 1,000 letters a batch");
    let mut emails = files(&case.path("out/email"));
    emails.retain(|path| path.extension().is_some_and(|e| e == "eml"));
    assert_eq!(emails.len() as u64, json["emails_written"].as_u64().unwrap());
}

#[test]
fn lakeshore_files_with_the_regulators_whose_duties_arise() {
    let case = lakeshore();
    let json = case.said().json();
    let plan: Value = serde_json::from_str(&case.read("out/plan.json")).unwrap();
    let filed: Vec<PathBuf> = files(&case.path("out/filings"));
    assert_eq!(
        filed.iter().filter(|f| f.extension().is_some_and(|e| e == "json")).count() as u64,
        json["filings"].as_u64().unwrap()
    );
    for duty in plan["duties"].as_array().unwrap() {
        let regulator = duty["kind"] == "regulator" && duty["carrier"] != "entity";
        if regulator && duty["arises"] == true {
            let id = duty["id"].as_str().unwrap();
            let name = format!("out/filings/states/{id}");
            assert!(
                filed.iter().any(|f| f.to_str().unwrap().contains(&name)),
                "no filing for {id}"
            );
        }
    }
    for id in ["ca-ag", "me-ag", "tx-ag"] {
        assert!(case.path(&format!("out/filings/states/{id}.json")).exists(), "{id}");
    }
}

#[test]
fn equal_input_gives_equal_files_whatever_the_number_of_jobs() {
    // What other tests read was made with two jobs; here so once more, and with one.
    let made = lakeshore().path("out");
    let case = Case::sample("lakeshore");
    let outs = ["again", "one"].map(|name| case.path(name));
    for (out, jobs) in outs.iter().zip(["2", "1"]) {
        let out = out.to_str().unwrap();
        case.run(&["run", "--json", "--jobs", jobs, "--out", out, "{folder}"]).json();
    }
    let first = files(&made);
    assert!(first.len() > 100);
    for other in &outs {
        assert_eq!(first.len(), files(other).len());
        for path in &first {
            let twin = other.join(path.strip_prefix(&made).unwrap());
            assert!(fs::read(path).unwrap() == fs::read(&twin).unwrap(), "{}", twin.display());
        }
    }
}

#[test]
fn what_is_written_is_readable_by_its_owner_only() {
    let case = Case::sample("small-clinic");
    run(&case);
    let written = files(&case.folder());
    let ours = written.iter().filter(|f| {
        let inside = f.strip_prefix(case.folder()).unwrap();
        inside.starts_with("out") || inside.starts_with("spool")
    });
    for path in ours {
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} is open to others", path.display());
    }
}

#[test]
fn the_small_clinic_writes_to_each_of_its_seven_patients() {
    let case = Case::sample("small-clinic");
    let said = run(&case);
    let json = said.json();
    assert_eq!(json["rows"], 7, "{}", said.stderr);
    let outcomes = outcomes(&json);
    assert_eq!(outcomes["held"], 0, "{}", said.stderr);
    assert_eq!(outcomes["merged"], 0);
    let versions: BTreeMap<String, String> = manifest(&case.path("out/letters/manifest.csv"))
        .into_iter()
        .map(|p| (p["record_id"].clone(), p["version"].clone()))
        .collect();
    let kinds = |what: &str| versions.values().filter(|v| v.contains(what)).count();
    assert_eq!(kinds("parent_or_guardian"), 1, "{versions:?}");
    assert_eq!(kinds("estate"), 1, "{versions:?}");
}

#[test]
fn an_earlier_run_leaves_nothing_behind() {
    let case = Case::sample("small-clinic");
    run(&case);
    let stale = case.path("out/letters/letter-us-en-3s-0009.pdf");
    fs::write(&stale, "left over").unwrap();
    // As if that run had made more batches.
    let list = "out/letters/.noticeworks";
    fs::write(case.path(list), case.read(list) + "letter-us-en-3s-0009.pdf\n").unwrap();
    run(&case);
    assert!(!stale.exists());
}

#[test]
fn a_folder_without_an_incident_is_a_configuration_error() {
    let case = Case::sample("small-clinic");
    fs::remove_file(case.path("incident.toml")).unwrap();
    let said = run(&case);
    assert_eq!(said.code, 2, "{}", said.stderr);
    assert!(said.stdout.is_empty());
    assert!(!case.path("out/letters").exists());
}

#[test]
fn names_survive_into_the_manifest_and_no_name_into_messages() {
    let case = Case::sample("small-clinic");
    let said = run(&case);
    let roster = case.read("roster.csv");
    let mut reader = csv::Reader::from_reader(roster.as_bytes());
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let last = &row.unwrap()["last_name"];
        assert!(!said.stderr.contains(last) && !said.stdout.contains(last), "{last} was printed");
        assert!(case.read("out/letters/manifest.csv").contains(last), "{last} has no letter");
    }
}

#[test]
fn a_misspelled_key_is_shown_in_its_line_with_what_to_write() {
    let case = Case::sample("small-clinic");
    let said = case.edit("incident.toml", "mail_on = ", "mailed_on = ").run(&["check", "{folder}"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("mailed_on = 2026-09-11"), "{}", said.stderr);
    assert!(said.stderr.contains("`mail_on`"), "{}", said.stderr);
}

#[test]
fn a_plan_needs_no_roster_where_there_are_estimates() {
    let case = Case::sample("small-clinic");
    fs::remove_file(case.path("roster.csv")).unwrap();
    let text = case.read("incident.toml");
    let estimate = "\n[[estimate]]\nentity = \"elm-street\"\njurisdiction = \"IN\"\ncount = 12\n";
    fs::write(case.path("incident.toml"), text + estimate).unwrap();
    let said = case.run(&["plan", "--json", "{folder}"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let duties = said.json()["duties"].as_array().unwrap().clone();
    assert!(duties.iter().any(|d| d["arises"] == "possible"));
}

#[test]
fn the_law_shows_itself() {
    let case = Case::sample("small-clinic");
    let json = case.run(&["law", "list", "--json"]).json();
    assert!(json.as_array().unwrap().len() > 50);
    let said = case.run(&["law", "diff", "2025-12-31", "2026-01-01"]);
    assert!(said.stdout.contains("ca-individual"), "{}", said.stdout);
    assert_eq!(case.run(&["law", "show", "ZZ"]).code, 2);
}

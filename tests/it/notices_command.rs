//! `filings` as a whole: what it writes names no patient, and its figures are those of the lists.

use crate::case::Case;
use crate::notices::rows;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file below a folder with one of these extensions, as text.
fn texts(dir: &Path, extensions: &[&str]) -> Vec<(String, String)> {
    let of = |path: &Path| path.extension().and_then(|e| e.to_str()).map(str::to_owned);
    crate::run::files(dir)
        .into_iter()
        .filter(|p| of(p).is_some_and(|e| extensions.contains(&e.as_str())))
        .map(|p| (p.display().to_string(), fs::read_to_string(&p).unwrap()))
        .collect()
}

#[test]
fn the_filings_command_writes_filings_and_notices_that_name_no_patient() {
    let case = Case::sample("lakeshore");
    let roster = case.read("roster.csv");
    let mut lines = roster.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let canary = "Zyxwquick";
    let row: Vec<&str> = header
        .iter()
        .map(|h| match h.trim_matches('"') {
            "record_id" => "canary-1",
            "entity" => "harbor-health",
            "first_name" | "last_name" => canary,
            "address_1" => "5 Canary Row",
            "city" => "Portland",
            "state" => "ME",
            "zip" => "04101",
            "data_elements" => "Name;Diagnosis",
            _ => "",
        })
        .collect();
    fs::write(case.path("roster.csv"), format!("{roster}{}\n", row.join(","))).unwrap();
    let json = case.run(&["filings", "--json", "--annual-log", "2026", "{folder}"]).json();
    assert!(json["letters"].is_null());
    assert!(!case.path("out/letters").exists() && !case.path("out/email").exists());
    assert!(json["filings"].as_u64().unwrap() > 20);
    assert!(case.read("out/filings/hhs/annual-log-2026.csv").starts_with("duty,entity.name"));

    let public = [
        texts(&case.path("out/filings"), &["json", "html", "csv"]),
        texts(&case.path("out/notices"), &["json", "html", "txt"]),
    ];
    let public: Vec<_> = public.into_iter().flatten().collect();
    assert!(public.len() > 40);
    for (path, text) in &public {
        assert!(!text.contains(canary) && !text.contains("Canary Row"), "{path}");
    }
    let listed = case.read("out/notices/harbor-health/people.csv");
    assert_eq!(listed.matches(canary).count(), 2, "first and last name, once each");
    for other in ["prairie-care", "sierra-vista"] {
        assert!(!case.read(&format!("out/notices/{other}/people.csv")).contains(canary));
    }

    // Everybody in the lists is counted in the cube, and the packets' figures are the lists'.
    let packet: Value =
        serde_json::from_str(&case.read("out/notices/prairie-care/packet.json")).unwrap();
    let people = rows(&case.path("out/notices/prairie-care/people.csv"));
    assert_eq!(packet["figures"]["people"], people.len());
    let patients =
        people.iter().filter(|r| ["patient", "dependant"].contains(&r["population"].as_str()));
    assert_eq!(packet["figures"]["patients"], patients.count());

    // Who names no known covered entity stands in nobody's list, and the figures say so.
    let lists: usize = ["harbor-health", "prairie-care", "sierra-vista"]
        .map(|id| rows(&case.path(&format!("out/notices/{id}/people.csv"))).len())
        .iter()
        .sum();
    let texas: Value = serde_json::from_str(&case.read("out/filings/states/tx-ag.json")).unwrap();
    let spool = rows(&case.path("spool/w1.csv"));
    let unplaced: Vec<_> = spool.iter().filter(|row| row["entity"] == "65535").collect();
    let somebody = |row: &&&BTreeMap<String, String>| row["standing"].starts_with("held");
    let unplaced = unplaced.iter().filter(somebody).count();
    assert!(unplaced >= 13, "{unplaced}");
    assert_eq!(texas["counts"]["total"], lists + unplaced);
    assert_eq!(json["findings"]["filing.unplaced"], 1);
    let hhs = case.read("out/filings/hhs/hipaa-hhs-500.harbor-health.json");
    assert!(hhs.contains("held rows that name no covered entity"));
    let other = case.read("out/filings/hhs/hipaa-hhs-500.sierra-vista.json");
    assert!(!other.contains("held rows that name no covered entity"));

    // Regulators who ask for it have a sample letter, and those who are written to a letter.
    let dir = case.path("out/filings/states");
    for name in ["md-ag-letter.pdf", "md-ag-letter.docx", "md-ag-sample-letter.pdf"] {
        assert!(dir.join(name).exists(), "{name}");
    }
    assert!(!dir.join("tx-ag-letter.pdf").exists(), "a form is no letter");
}

//! Before there is a roster: filings and notices of estimates, and the amendment that counts bring.

use crate::case::Case;
use serde_json::Value;
use std::fs;

/// Lakeshore on the first day: numbers that somebody guessed, and no roster.
fn first_day() -> Case {
    let case = Case::sample("lakeshore");
    fs::remove_file(case.path("roster.csv")).unwrap();
    let estimate = |entity: &str, state: &str, count: u32| {
        format!(
            "\n[[estimate]]\nentity = \"{entity}\"\njurisdiction = \"{state}\"\ncount = {count}\nelements = [\"ssn\", \"diagnosis\"]\n"
        )
    };
    let estimates = [
        estimate("harbor-health", "ME", 501),
        estimate("prairie-care", "TX", 900),
        estimate("sierra-vista", "VT", 40),
    ];
    let text = case.read("incident.toml");
    fs::write(case.path("incident.toml"), text + &estimates.concat()).unwrap();
    case
}

fn json(case: &Case, path: &str) -> Value {
    serde_json::from_str(&case.read(path)).unwrap()
}

fn field<'v>(filing: &'v Value, slot: &str) -> &'v Value {
    let fields = filing["fields"].as_array().unwrap();
    fields.iter().find(|f| f["maps_to"] == serde_json::json!([slot])).unwrap()
}

#[test]
fn filings_and_notices_of_estimates_are_marked_and_later_counts_amend_them() {
    let case = first_day();
    let said = case.run(&["filings", "{folder}"]);
    assert!(said.stderr.contains("filing.preliminary"), "{}", said.stderr);
    let hhs = "out/filings/hhs/hipaa-hhs-500.harbor-health.json";
    let report = json(&case, hhs);
    assert_eq!(report["counts"]["estimated"], true);
    assert_eq!(field(&report, "counts.patients")["value"], "501");
    let notes = field(&report, "counts.patients")["notes"].to_string();
    assert!(notes.contains("a stand-in until everybody is counted"), "{notes}");
    let texas = json(&case, "out/filings/states/tx-ag.json");
    assert_eq!(field(&texas, "counts.state")["value"], "900");
    assert!(case.path("out/filings/states/vt-ag-preliminary.json").exists());
    let sheet = case.read("out/filings/states/tx-ag.html");
    assert!(sheet.contains("PRELIMINARY: there is no roster yet"), "the sheet says so");
    for file in ["harbor-health/notice-to-entity.pdf", "harbor-health/media-ME.txt"] {
        assert!(case.path(&format!("out/notices/{file}")).exists(), "{file}");
    }
    let media = case.read("out/notices/harbor-health/media-ME.txt");
    assert!(media.contains("PRELIMINARY"), "{media}");
    let lists = fs::read_dir(case.path("out/notices/harbor-health")).unwrap();
    let lists =
        lists.filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|x| x == "csv"));
    assert_eq!(lists.count(), 0, "there is nobody to list");

    // The placeholder is filed; the roster comes; the addendum gives the count.
    fs::write(case.path("receipt.txt"), "made up").unwrap();
    let recorded = case.run(&[
        "filings",
        "record",
        "{folder}",
        "hipaa-hhs-500.harbor-health",
        "--on",
        "2026-09-20",
        "--number",
        "H-1",
        "--evidence",
        "{folder}/receipt.txt",
        "--by",
        "Ada Counsel",
    ]);
    assert_eq!(recorded.code, 0, "{}", recorded.stderr);
    fs::copy("samples/lakeshore/roster.csv", case.path("roster.csv")).unwrap();
    let said = case.run(&["filings", "{folder}"]);
    assert!(said.stderr.contains("filing.stale"), "{}", said.stderr);
    let addendum = json(&case, "out/filings/hhs/hipaa-hhs-500.harbor-health-addendum.json");
    assert_eq!(
        (&addendum["amends"], &addendum["counts"]["estimated"]),
        (&Value::Bool(true), &Value::Bool(false))
    );
    assert_ne!(field(&addendum, "counts.patients")["value"], "501");
    let changes = addendum["changes"].to_string();
    assert!(changes.contains("\"before\":\"501\""), "{changes}");
}

#[test]
fn without_a_roster_and_without_estimates_nothing_is_made() {
    let case = Case::sample("small-clinic");
    fs::remove_file(case.path("roster.csv")).unwrap();
    let said = case.run(&["filings", "{folder}"]);
    assert_ne!(said.code, 0);
    assert!(!case.path("out/filings").exists());
}

/// What a finished page says, as another program reads it.
fn page(case: &Case, path: &str) -> String {
    let file = case.path(path);
    let output = std::process::Command::new("pdftotext")
        .args(["-enc", "UTF-8", file.to_str().unwrap(), "-"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{path}");
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn early_filings_have_their_own_days_before_anybody_is_counted() {
    let case = first_day();
    let more = "\n[[estimate]]\nentity = \"harbor-health\"\njurisdiction = \"PR\"\ncount = 30\nelements = [\"ssn\"]\n";
    let text = case.read("incident.toml");
    fs::write(case.path("incident.toml"), text + more).unwrap();
    let said = case.run(&["filings", "{folder}", "--as-of", "2026-08-05"]);
    assert!(said.code < 2, "{}", said.stderr);
    let due = |path: &str| json(&case, path)["due"].as_str().unwrap().to_owned();
    // Tex. Bus. & Com. Code 521.053(i): 30 days after August 26, on which it was determined.
    assert_eq!(due("out/filings/states/tx-ag.json"), "2026-09-25");
    // 10 L.P.R.A. 4052: 10 days after July 30, on which it was detected by whoever may be an agent.
    assert_eq!(due("out/filings/states/pr-daco.json"), "2026-08-09");
    // 9 V.S.A. 2435(b)(3)(B)(i): 14 business days after August 20, Labor Day left out.
    assert_eq!(due("out/filings/states/vt-ag-preliminary.json"), "2026-09-10");
    // 45 CFR 164.408(b): with the letters, by September 28 at the latest.
    assert_eq!(due("out/filings/hhs/hipaa-hhs-500.harbor-health.json"), "2026-09-18");
    for filing in ["tx-ag", "pr-daco", "vt-ag-preliminary"] {
        let sheet = case.read(&format!("out/filings/states/{filing}.html"));
        assert!(sheet.contains("PRELIMINARY: there is no roster yet"), "{filing}");
    }
    let letter = page(&case, "out/filings/states/pr-daco-letter.pdf");
    assert!(letter.contains("About 30 residents of Puerto Rico"), "{letter}");
    // What was told early is amended by the counts.
    fs::write(case.path("receipt.txt"), "made up").unwrap();
    for filing in ["tx-ag", "pr-daco", "vt-ag-preliminary"] {
        let said = case.run(&[
            "filings",
            "record",
            "{folder}",
            filing,
            "--on",
            "2026-08-05",
            "--number",
            "N-1",
            "--evidence",
            "{folder}/receipt.txt",
        ]);
        assert_eq!(said.code, 0, "{filing}: {}", said.stderr);
    }
    fs::copy("samples/lakeshore/roster.csv", case.path("roster.csv")).unwrap();
    let said = case.run(&["filings", "{folder}"]);
    assert!(said.stderr.contains("filing.stale"), "{}", said.stderr);
    let supplement = json(&case, "out/filings/states/tx-ag-supplement.json");
    assert_eq!(supplement["amends"], true);
    let changes = supplement["changes"].to_string();
    assert!(changes.contains("\"before\":\"900\""), "{changes}");
}

#[test]
fn notices_of_estimates_name_no_list_and_no_figure_that_nobody_has() {
    let case = first_day();
    // Nobody has guessed how many of Prairie's members are affected, or of what.
    case.edit(
        "incident.toml",
        "entity = \"prairie-care\"\njurisdiction",
        "entity = \"harbor-health\"\njurisdiction",
    );
    case.run(&["filings", "{folder}"]);
    let harbor = page(&case, "out/notices/harbor-health/notice-to-entity.pdf");
    assert!(
        harbor.contains("By a preliminary estimate, the information of 1,401 patients"),
        "{harbor}"
    );
    let prairie = page(&case, "out/notices/prairie-care/notice-to-entity.pdf");
    assert!(prairie.contains("among the people affected is not known yet"), "{prairie}");
    let packet = page(&case, "out/notices/prairie-care/packet.pdf");
    for (name, text) in [("harbor", harbor), ("prairie", prairie), ("packet", packet)] {
        for wrong in [
            "list of people beside",
            "Our records show",
            "included .",
            "Sample letters",
            "affected: 0",
        ] {
            assert!(!text.contains(wrong), "{name} says {wrong}: {text}");
        }
    }
}

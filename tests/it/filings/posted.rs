//! What was really posted, through the command line: approved, printed, confirmed, then told to
//! the regulator who asks for it.

use super::special::{HEADER, filing, record};
use crate::case::Case;
use std::fs;

/// Texans of the small clinic's list, `short` of them with a ZIP code that lost its digits.
fn texans(whole: u32, short: u32) -> String {
    let mut text = format!("{HEADER}\n");
    for n in 1..=whole + short {
        let zip = if n > whole { "787" } else { "78701" };
        text.push_str(&format!(
            "T{n:04},elm-street,Ada,,Row{n},,{n} Maple Street,,Austin,TX,{zip},,,,1970-01-02,,,,,Name;DOB;Diagnosis;Visit date,\n"
        ));
    }
    text
}

fn value(case: &Case, file: &str, field: &str) -> serde_json::Value {
    let filing = filing(case, file);
    let fields = filing["fields"].as_array().unwrap();
    fields.iter().find(|f| f["id"] == field).unwrap()["value"].clone()
}

#[test]
fn texas_is_told_how_many_letters_were_posted_by_the_day_of_filing() {
    let case = Case::sample("small-clinic");
    fs::write(case.path("receipt.txt"), "made up").unwrap();
    fs::write(case.path("roster.csv"), texans(247, 5)).unwrap();
    assert!(case.run(&["filings", "{folder}", "--as-of", "2026-09-10"]).code < 2);
    let texas = "states/tx-ag";
    assert_eq!(value(&case, texas, "counts_state"), "252");
    assert_eq!(value(&case, texas, "counts_state_mailed"), "0", "nothing is mailed before its day");
    assert_eq!(value(&case, texas, "notice_provided"), serde_json::json!(["N"]));
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    let sheet = case.read("out/filings/states/tx-ag.html");
    assert!(sheet.contains("noticeworks confirm letters"), "from the mail date on only evidence");
    assert!(value(&case, texas, "counts_state_mailed").is_null());

    // Approved with the rows that are held, printed, handed to the mail.
    let approve = ["approve", "{folder}", "--by", "A. Counsel", "--accept-held", "5"];
    let said = case.run(&approve);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(case.run(&["letters", "{folder}"]).code < 2);
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    assert!(value(&case, texas, "counts_state_mailed").is_null(), "printed is not posted");
    let receipt = case.path("receipt.txt");
    let confirm = ["confirm", "letters", "{folder}", "--batch", "1", "--posted", "2026-09-11"];
    let said = case.run(&[&confirm[..], &["--evidence", receipt.to_str().unwrap()]].concat());
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    assert_eq!(value(&case, texas, "counts_state"), "252", "the held are affected all the same");
    assert_eq!(value(&case, texas, "counts_state_mailed"), "247");
    assert_eq!(value(&case, texas, "notice_provided"), serde_json::json!(["Y"]));
    // A filing of an earlier day speaks of that day.
    assert!(case.run(&["filings", "{folder}", "--as-of", "2026-09-10"]).code < 2);
    assert_eq!(value(&case, texas, "counts_state_mailed"), "0");

    // Two more are found: the supplement states totals, and what was posted so far.
    assert!(case.run(&["filings", "{folder}"]).code < 2);
    let filed = ["--on", "2026-09-14", "--number", "TX-77", "--count", "252"];
    assert_eq!(record(&case, "tx-ag", &filed).code, 0);
    let more = texans(2, 0).replace("T0", "M0").replace("Maple", "Cedar");
    fs::write(case.path("roster-2.csv"), more).unwrap();
    let text = case.read("incident.toml");
    let wave = "\n[[wave]]\nid = \"w2\"\nkind = \"supplemental\"\nroster = \"roster-2.csv\"\nmail_on = 2026-10-05\n";
    fs::write(case.path("incident.toml"), format!("{text}{wave}")).unwrap();
    let said = case.run(&["filings", "{folder}", "--wave", "w2"]);
    assert!(said.stderr.contains("Number of Texans Affected: 252, now 254"), "{}", said.stderr);
    let path = case.path("out/w2/filings/states/tx-ag-supplement.json");
    let supplement: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let fields = supplement["fields"].as_array().unwrap();
    let value = |id: &str| &fields.iter().find(|f| f["id"] == id).unwrap()["value"];
    assert_eq!(
        (value("counts_state"), value("counts_state_mailed")),
        (&"254".into(), &"247".into())
    );
    assert_eq!(value("amends_number"), "TX-77");
}

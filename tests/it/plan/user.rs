//! The plan as a user asks for it: first hour, wrong facts, old law.

use crate::case::{Case, program};
use serde_json::Value;
use std::fs;
use std::process::Output;

const ESTIMATES: &str = r#"
[[estimate]]
entity = "harbor-health"
jurisdiction = "ME"
count = 1200
elements = ["ssn"]

[[estimate]]
entity = "prairie-care"
jurisdiction = "TX"
count = 300
elements = ["diagnosis"]

[[estimate]]
entity = "sierra-vista"
jurisdiction = "CA"
count = 700
elements = ["diagnosis"]
"#;

fn add(case: &Case, more: &str) {
    let text = format!("{}{more}", case.read("incident.toml"));
    fs::write(case.path("incident.toml"), text).unwrap();
}

fn law(arguments: &[&str]) -> (i32, String) {
    let Output { status, stderr, .. } = program().arg("law").args(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn three_estimates_make_a_plan_in_the_first_hour() {
    let case = Case::sample("lakeshore");
    fs::remove_file(case.path("roster.csv")).unwrap();
    add(&case, ESTIMATES);
    let said = case.run(&["plan", "{folder}", "--json", "--as-of", "2026-08-05"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let plan = said.json();
    assert_eq!(plan["estimated"], true);
    let duties = plan["duties"].as_array().unwrap();
    assert!(duties.iter().all(|d| d["arises"] != true), "an estimate is never certain");
    let of = |id: &str| duties.iter().find(|d| d["id"] == id).unwrap_or_else(|| panic!("{id}"));
    for (id, count, due) in [
        ("hipaa-individual.harbor-health", 1200, "2026-09-28"),
        ("me-individual", 1200, "2026-09-25"),
        ("me-cra", 1200, "2026-09-18"),
        ("tx-ag", 300, "2026-09-25"),
        ("ca-ag", 700, "2026-10-03"),
    ] {
        let duty = of(id);
        assert_eq!(duty["arises"], "possible", "{id}");
        assert_eq!((&duty["count"], &duty["due"]), (&Value::from(count), &Value::from(due)));
        assert!(duty["reason"].as_str().unwrap().starts_with("By estimate, "), "{id}");
    }
    // What does not reach the incident at all is not possible either.
    let ftc = duties.iter().filter(|d| d["jurisdiction"] == "US-FTC");
    assert!(ftc.into_iter().all(|d| d["arises"] == false));
    let shown = case.run(&["plan", "{folder}"]);
    assert!(shown.stdout.contains("COUNTS ARE ESTIMATES"), "{}", shown.stdout);
}

#[test]
fn lateness_is_todays_on_the_terminal_and_the_mail_dates_in_files() {
    let case = Case::sample("small-clinic");
    // Weeks before the letters nothing is late, and the exit code agrees.
    let early = case.run(&["plan", "{folder}", "--as-of", "2026-09-01"]);
    assert!(early.stdout.starts_with("As of September 1, 2026, law pack"), "{}", early.stdout);
    assert!(!early.stdout.contains("OVERDUE") && early.code == 0, "{}", early.stdout);
    // Day 61: HIPAA's letters are late, and whoever asks learns it from the exit code too.
    let late = case.run(&["plan", "{folder}", "--as-of", "2026-10-21"]);
    assert!(late.stdout.contains("OVERDUE") && late.stdout.contains("[1 day LATE]"));
    assert_eq!(late.code, 1);
    // Without a day, it is judged by today and said so.
    let now = case.run(&["plan", "{folder}"]);
    let head = now.stdout.lines().next().unwrap();
    assert!(head.starts_with("As of ") && head.contains(" (today), law pack"), "{head}");
    // What machines read does not change from day to day.
    let plan = case.run(&["plan", "{folder}", "--json"]).json();
    assert_eq!(plan["as_of"], "2026-09-11");

    let said = case.run(&["run", "{folder}", "--json", "--as-of", "2026-10-21"]);
    let summary = said.json();
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert_eq!(
        (&summary["as_of"], &summary["judged_on"]),
        (&"2026-10-21".into(), &"2026-10-21".into())
    );
    let late: Vec<&str> = summary["overdue"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["duty"].as_str().unwrap())
        .collect();
    assert_eq!(late, ["hipaa-individual.elm-street"]);
    let file: Value = serde_json::from_str(&case.read("out/plan.json")).unwrap();
    assert_eq!(file["as_of"], "2026-10-21");

    // By default files keep to the mail date whatever day it is.
    let said = case.run(&["run", "{folder}"]);
    let file: Value = serde_json::from_str(&case.read("out/plan.json")).unwrap();
    assert_eq!(file["as_of"], "2026-09-11");
    let says = said.stderr.replace('\n', " ");
    assert!(says.contains("in the files by 2026-09-11"), "{says}");
}

#[test]
fn plan_and_its_file_ask_the_same() {
    for sample in ["small-clinic", "lakeshore"] {
        let case = Case::sample(sample);
        if sample == "lakeshore" {
            let rows = case.read("roster.csv").lines().take(401).collect::<Vec<_>>().join("\n");
            fs::write(case.path("roster.csv"), rows).unwrap();
        }
        let asked = case.run(&["plan", "{folder}", "--json"]).json();
        assert!(case.run(&["run", "{folder}"]).code < 2);
        let written: Value = serde_json::from_str(&case.read("out/plan.json")).unwrap();
        assert_eq!(asked["questions"], written["questions"], "{sample}");
        assert_eq!(asked["duties"], written["duties"], "{sample}");
        let ids = asked["questions"].as_array().unwrap().iter().map(|q| q["id"].as_str().unwrap());
        assert!(ids.clone().is_sorted(), "{sample}");
        assert!(sample != "lakeshore" || ids.clone().any(|id| id.starts_with("filing.")));
    }
}

#[test]
fn a_decision_on_an_unknown_question_is_told_with_its_line() {
    let case = Case::sample("small-clinic");
    add(
        &case,
        "\n[[decision]]\nquestion = \"XX.general\"\nchoice = \"applies\"\nby = \"A. Counsel\"\n\
         on = 2026-09-01\n",
    );
    let line =
        case.read("incident.toml").lines().position(|l| l.contains("XX.general")).unwrap() + 1;
    let said = case.run(&["plan", "{folder}"]);
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("no question is called `XX.general`"), "{}", said.stderr);
    assert!(said.stderr.contains(&format!("incident.toml:{line}:")), "{}", said.stderr);
}

#[test]
fn a_breach_from_before_the_law_pack_is_an_error() {
    let case = Case::sample("small-clinic");
    case.edit("incident.toml", "discovered = 2026-08-21", "discovered = 2021-12-31");
    let said = case.run(&["plan", "{folder}"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert!(said.stderr.contains("plan.before_law"), "{}", said.stderr);
    assert!(said.stderr.contains("incident.toml") && said.stderr.contains("--law"));
    let old = case.run(&["plan", "{folder}", "--as-of", "2021-12-31"]);
    assert_eq!(old.code, 2);
    assert!(old.stderr.contains("law.before_first_version"), "{}", old.stderr);
}

#[test]
fn the_law_of_a_day_before_the_pack_is_refused() {
    for arguments in
        [&["show", "CA", "--on", "2021-12-31"][..], &["diff", "2021-12-31", "2026-01-01"]]
    {
        let (code, said) = law(arguments);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("begins on 2022-01-01") && said.contains("help:"), "{said}");
    }
    assert_eq!(law(&["show", "CA", "--on", "2022-01-01"]).0, 0);
    let (code, said) = law(&["show", "ZZ"]);
    assert_eq!(code, 2);
    assert!(said.contains("no jurisdiction `ZZ`") && said.contains("choose one of AK"), "{said}");
}

/// 8.5 million people cost what their cells cost: only counting and outcomes know persons.
#[test]
fn the_plan_never_walks_people() {
    for entry in fs::read_dir("src/plan").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if matches!(name.as_str(), "cube.rs" | "outcome.rs" | "email.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        assert!(!words.any(|word| word == "Person" || word == "Spool"), "{name}");
    }
}

//! Counsel's questions: what each answer would change, and an answer written down.

use crate::case::{Case, Said, full};
use serde_json::Value;
use std::collections::BTreeSet;

const SIGNED: [&str; 6] =
    ["--by", "A. Counsel", "--reason", "The section reads so", "--on", "2026-09-01"];

fn decide(case: &Case, question: &str, choice: &str) -> Said {
    case.run(&[&["decide", "{folder}", question, choice, "--json"], &SIGNED[..]].concat())
}

fn questions(case: &Case) -> Value {
    let said = case.run(&["decide", "{folder}", "--json"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    said.json()
}

fn plan(case: &Case) -> Value {
    case.run(&["plan", "{folder}", "--json"]).json()
}

/// Duties that arise, or may, with their days.
fn duties(plan: &Value) -> BTreeSet<String> {
    let duties = plan["duties"].as_array().unwrap().iter();
    let arising = duties.filter(|duty| duty["arises"] != Value::Bool(false));
    arising.map(|duty| format!("{} {} {}", duty["id"], duty["due"], duty["count"])).collect()
}

fn lakeshore() -> Case {
    let case = Case::sample("lakeshore");
    let roster = case.read("roster.csv");
    let rows: Vec<&str> = roster.lines().take(if full() { 6_001 } else { 901 }).collect();
    std::fs::write(case.path("roster.csv"), rows.join("\n") + "\n").unwrap();
    case
}

fn group<'v>(questions: &'v Value, kind: &str) -> &'v Value {
    let groups = questions["groups"].as_array().unwrap();
    groups.iter().find(|group| group["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"))
}

/// What a choice is said to change, as duties that come, go and change.
fn told(effect: &Value) -> [BTreeSet<String>; 3] {
    ["arise", "fall_away", "change"].map(|what| {
        let duties = effect[what].as_array().unwrap().iter();
        duties.map(|duty| duty["duty"].as_str().unwrap().to_owned()).collect()
    })
}

/// The same of two plans, found by this test alone.
fn found(before: &BTreeSet<String>, after: &BTreeSet<String>) -> [BTreeSet<String>; 3] {
    let ids = |of: &BTreeSet<String>| -> BTreeSet<String> {
        of.iter().map(|line| line.split('"').nth(1).unwrap().to_owned()).collect()
    };
    let (was, is) = (ids(before), ids(after));
    let touched: BTreeSet<String> = before
        .symmetric_difference(after)
        .map(|line| line.split('"').nth(1).unwrap().to_owned())
        .collect();
    let both: BTreeSet<String> = was.intersection(&is).cloned().collect();
    [
        is.difference(&was).cloned().collect(),
        was.difference(&is).cloned().collect(),
        touched.intersection(&both).cloned().collect(),
    ]
}

#[test]
fn one_answer_for_many_states_changes_what_was_said() {
    let case = lakeshore();
    let before = duties(&plan(&case));
    let asked = questions(&case);
    let hipaa = group(&asked, "hipaa");
    let many = hipaa["items"].as_array().unwrap().len();
    assert!(many > 5, "{many} states ask");
    assert_eq!(hipaa["open"], many);
    let rely = hipaa["choices"].as_array().unwrap().iter().find(|c| c["choice"] == "rely").unwrap();
    assert_ne!(rely["words"], "rely", "a choice has words");
    let text = case.read("incident.toml");
    // Pasted by hand, it is the same.
    let pasted = format!(
        "{text}\n{}",
        rely["decision"].as_str().unwrap().replace("by = \"\"", "by = \"A. Counsel\"")
    );
    assert!(noticeworks::incident::from_text(&pasted).is_ok());
    let said = decide(&case, "hipaa", "rely");
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(said.json()["decided"].as_array().unwrap().len(), many);
    let after = duties(&plan(&case));
    let told = told(&rely["effect"]);
    let [came, went, other] = found(&before, &after);
    assert!(!went.is_empty(), "relying on HIPAA lifts something");
    assert_eq!((&told[0], &told[1]), (&came, &went));
    assert!(other.is_subset(&told[2]), "{other:?} but told {:?}", told[2]);
    // Everything that was written is still there, in its order.
    let now = case.read("incident.toml");
    assert!(now.starts_with(text.trim_end()), "the facts were written anew");
    assert_eq!(group(&questions(&case), "hipaa")["open"], 0);
    let reasons = case.read("privileged.toml");
    assert_eq!(reasons.matches("The section reads so").count(), many);
    assert!(!now.contains("The section reads so"), "a reason stands in incident.toml");
}

#[test]
fn a_single_question_is_answered_once_and_changed_only_on_purpose() {
    let case = lakeshore();
    let before = duties(&plan(&case));
    let asked = questions(&case);
    let agency = group(&asked, "agency");
    let item = &agency["items"][0];
    let id = item["id"].as_str().unwrap();
    assert_eq!(item["subject"], "Harbor Health System");
    let alone =
        item["choices"].as_array().unwrap().iter().find(|c| c["choice"] == "independent").unwrap();
    case.edit("incident.toml", "# ---- Whose", "# kept \u{2014} exactly\n# ---- Whose");
    let text = case.read("incident.toml");
    assert_eq!(decide(&case, id, "independent").code, 0);
    let [came, went, other] = found(&before, &duties(&plan(&case)));
    let told = told(&alone["effect"]);
    assert_eq!((&told[0], &told[1]), (&came, &went));
    assert!(other.is_subset(&told[2]));
    assert!(!told[2].is_empty(), "the clock starts later");
    let again = decide(&case, id, "agent");
    assert!(again.stderr.contains("decide.decided"), "{}", again.stderr);
    let changed =
        case.run(&[&["decide", "{folder}", id, "agent", "--change"], &SIGNED[..]].concat());
    assert_eq!(changed.code, 0, "{}", changed.stderr);
    let now = case.read("incident.toml");
    assert!(now.starts_with(text.trim_end()));
    assert_eq!(now.matches(&format!("question = \"{id}\"")).count(), 1);
    assert_eq!(duties(&plan(&case)), before, "the first answer is what is taken by itself");
}

#[test]
fn what_cannot_be_decided_changes_no_file() {
    let case = Case::sample("lakeshore");
    let roster = case.read("roster.csv");
    let rows: Vec<&str> = roster.lines().take(60).collect();
    std::fs::write(case.path("roster.csv"), rows.join("\n") + "\n").unwrap();
    let text = case.read("incident.toml");
    let said = |arguments: &[&str], code: &str| {
        let said = case.run(arguments);
        assert_eq!(said.code, 2, "{}", said.stderr);
        assert!(said.stderr.contains(code), "{}", said.stderr);
    };
    let by = |rest: &[&'static str]| [&["decide", "{folder}"], rest, &SIGNED[..]].concat();
    said(&by(&["agency.nobody", "agent"]), "decision.unknown_question");
    said(&by(&["agency.harbor-health", "perhaps"]), "decision.unknown_choice");
    said(&["decide", "{folder}", "agency.harbor-health", "agent"], "decide.empty");
    said(
        &["decide", "{folder}", "agency.harbor-health", "agent", "--by", "A", "--reason", " "],
        "decide.empty",
    );
    said(
        &[
            "decide",
            "{folder}",
            "agency.harbor-health",
            "agent",
            "--by",
            "A",
            "--reason",
            "B",
            "--on",
            "2199-01-01",
        ],
        "confirm.future",
    );
    assert_eq!(case.read("incident.toml"), text);
    assert!(!case.path("privileged.toml").exists());
}

#[test]
fn windows_lines_and_inline_lists_stay_what_they_are() {
    let case = Case::sample("lakeshore");
    let roster = case.read("roster.csv");
    let rows: Vec<&str> = roster.lines().take(60).collect();
    std::fs::write(case.path("roster.csv"), rows.join("\n") + "\n").unwrap();
    let text = case.read("incident.toml").replace('\n', "\r\n");
    std::fs::write(case.path("incident.toml"), &text).unwrap();
    assert_eq!(decide(&case, "agency.harbor-health", "agent").code, 0);
    let now = case.read("incident.toml");
    assert!(now.starts_with(text.trim_end()));
    assert_eq!(now.matches('\n').count(), now.matches("\r\n").count());
    assert!(noticeworks::incident::from_text(&now).is_ok());
}

#[test]
fn every_kind_and_choice_has_words() {
    let asked = questions(&lakeshore());
    for group in asked["groups"].as_array().unwrap() {
        let kind = group["kind"].as_str().unwrap();
        for choice in group["choices"].as_array().unwrap() {
            let is_day = choice["choice"].as_str().unwrap().starts_with("20");
            assert!(is_day || choice["words"] != choice["choice"], "{kind}: {choice}");
        }
        let blocks = group["blocking"] == true;
        let open = group["open"].as_u64().unwrap();
        assert!(open <= group["items"].as_array().unwrap().len() as u64);
        assert!(!blocks || open > 0);
    }
    // The kinds that have words are kinds that are asked, by their spelling.
    let words: toml::Table =
        std::fs::read_to_string("templates/questions.toml").unwrap().parse().unwrap();
    let sources = ["src/plan", "src/letters", "src/filings", "src/plan/email.rs"];
    let text: String = sources
        .iter()
        .flat_map(|path| files(std::path::Path::new(path)))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    for (kind, of) in &words {
        for choice in of.get("choice").and_then(toml::Value::as_table).into_iter().flatten() {
            assert!(
                text.contains(&format!("\"{}\"", choice.0)),
                "{kind}: nobody offers `{}`",
                choice.0
            );
        }
    }
}

fn files(path: &std::path::Path) -> Vec<std::path::PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).unwrap();
    entries.flat_map(|entry| files(&entry.unwrap().path())).collect()
}

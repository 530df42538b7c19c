//! Whole incidents like those that really happen, each with its whole plan, worked by hand from the
//! provisions that its lines cite (`tests/incidents/<name>.toml`).

use super::law_examples::{Example, Examples};
use noticeworks::law::LawPack;
use noticeworks::plan::{Arises, Carrier, Duty, Plan};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// A plan as these files write it: what arises by its last day, what does not, what is asked.
fn written(plan: &Plan) -> String {
    let mut text = String::new();
    let mut arising: Vec<&Duty> = plan.duties.iter().filter(|d| d.arises != Arises::No).collect();
    arising.sort_by_key(|d| (d.due.is_none(), d.due, d.id.as_str()));
    for duty in arising {
        let due = duty.due.map_or_else(|| "no day    ".to_owned(), |day| day.to_string());
        write!(text, "{due}  {}  {}", duty.id, duty.count).unwrap();
        if let Some(better) = duty.recommended {
            write!(text, "  better {better}").unwrap();
        }
        if let Some(hours) = duty.due_hours {
            write!(text, "  {hours} hours").unwrap();
        }
        match duty.carrier {
            Carrier::Sender => {}
            Carrier::Entity => text.push_str("  itself"),
            Carrier::Undecided => text.push_str("  undecided"),
        }
        if duty.arises == Arises::Possible {
            text.push_str("  possible");
        }
        text.push('\n');
    }
    // Federal rules for other kinds of organizations count nobody and go without saying.
    let mut not: Vec<&Duty> = plan.duties.iter().filter(|d| d.arises == Arises::No).collect();
    not.retain(|d| d.count > 0 || !d.jurisdiction.starts_with("US-"));
    let rules: BTreeSet<&str> = not.iter().map(|d| d.rule.as_str()).collect();
    for rule in rules {
        let ids: Vec<&Duty> = not.iter().copied().filter(|d| d.rule == rule).collect();
        match ids.as_slice() {
            [one] => writeln!(text, "does not   {}", one.id).unwrap(),
            many => writeln!(text, "does not   {rule}  for {}", many.len()).unwrap(),
        }
    }
    // The short interview asks every organization the same.
    let asked = plan.questions.iter().filter(|q| !q.id.starts_with("status."));
    for question in asked {
        writeln!(text, "asks       {}", question.id).unwrap();
    }
    text
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir("tests/incidents").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn whole_incidents_have_the_plan_that_was_worked_by_hand() {
    let pack = LawPack::embedded().unwrap_or_else(|f| panic!("law pack: {:?}", f.counts()));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let examples: Examples =
            toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        for example in examples.example {
            count += 1;
            let Example { name, facts, plan, .. } = &example;
            assert!(!facts.is_empty(), "{name} tells no story");
            let (made, findings) = example.make(&pack);
            assert!(!findings.has_errors(), "{name}: {:?}", findings.counts());
            let made = written(&made);
            if std::env::var_os("NOTICEWORKS_SHOW").is_some() {
                println!("== {name}\n{made}");
            }
            if made.trim() != plan.trim() {
                let lines = |text: &str, other: &str| -> String {
                    let others: Vec<&str> = other.lines().map(str::trim).collect();
                    let own = text.lines().filter(|l| !others.contains(&l.trim()));
                    own.map(|l| format!("    {l}\n")).collect()
                };
                wrong.push(format!(
                    "{}: {name}\n  by hand, not made:\n{}  made, not by hand:\n{}",
                    file.display(),
                    lines(plan, &made),
                    lines(&made, plan)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 10, "only {count} incidents were found");
}

//! The catalogue of findings: every code in it is raised somewhere, at no other weight, and says
//! in whole sentences what to do. That nothing else is raised is seen to by the compiler.

use crate::docs::walk::Desk;
use noticeworks::finding::{Code, Severity, catalogue};
use noticeworks::roster::PROBLEMS;
use noticeworks::verify::CODES;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Text of the sources but for the catalogue itself.
fn sources() -> Vec<(String, String)> {
    let files = crate::run::files(Path::new("src"));
    let sources: Vec<_> = files
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "rs") && !f.starts_with("src/finding"))
        .map(|f| (f.display().to_string(), fs::read_to_string(&f).unwrap()))
        .collect();
    assert!(sources.len() > 300, "only {} sources", sources.len());
    sources
}

/// Every `code!("...")` with what stands before and after it.
fn uses(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.match_indices("code!(\"").map(|(at, open)| {
        let rest = &text[at + open.len()..];
        let (code, after) = rest.split_once('"').unwrap();
        (&text[..at], code, after.trim_start_matches(')'))
    })
}

#[test]
fn every_code_of_the_catalogue_is_raised() {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in &sources() {
        for (_, code, _) in uses(text) {
            *used.entry(code.to_owned()).or_default() += 1;
        }
    }
    for problem in PROBLEMS {
        *used.entry(problem.code.to_string()).or_default() += 1;
    }
    // What `verify` can do about a fault is no place that raises it.
    for (code, _) in CODES {
        *used.get_mut(code.as_str()).unwrap() -= 1;
    }
    let idle: Vec<_> = catalogue::all()
        .into_iter()
        .filter(|code| used.get(code.as_str()).is_none_or(|n| *n == 0))
        .collect();
    assert!(idle.is_empty(), "explained, but never raised: {idle:?}");
}

#[test]
fn findings_weigh_what_the_catalogue_says() {
    let names = ["Error", "Held", "Question", "Warning", "Note"];
    let (mut seen, mut wrong) = (0, Vec::new());
    for (file, text) in &sources() {
        for (before, code, after) in uses(text) {
            let known = Code::named(code).unwrap();
            let near = after.trim_start_matches([',', ' ', '\n']);
            let refused = ["::one(", "::refused("].iter().any(|m| before.trim_end().ends_with(m));
            let weight = match near.strip_prefix("Severity::") {
                Some(rest) => names.into_iter().find(|name| rest.starts_with(name)),
                None if refused => Some("Error"),
                None => None,
            };
            let Some(weight) = weight else { continue };
            seen += 1;
            if !known.weights().iter().any(|w| format!("{w:?}") == weight) {
                wrong.push(format!("{file}: {code} is {weight}, not {:?}", known.weights()));
            }
        }
    }
    for problem in PROBLEMS {
        assert_eq!(problem.code.weights(), [problem.severity], "{}", problem.code);
    }
    for (code, _) in CODES {
        assert_eq!(code.weights(), [Severity::Error], "{code}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 150, "only {seen} weights are written beside their codes");
}

#[test]
fn entries_are_whole_and_named_once() {
    let all = catalogue::all();
    let mut families = BTreeMap::new();
    for pair in all.windows(2) {
        assert_ne!(pair[0], pair[1], "explained twice");
    }
    for code in all {
        let (family, name) = code.split_once('.').unwrap();
        *families.entry(family.to_owned()).or_insert(0) += 1;
        assert!(!name.is_empty() && !name.contains('.'), "{code}");
        let says = code.says();
        assert!(!says.ends_with('.') || says.ends_with("..."), "{code} says `{says}`");
        let advice = code.advice();
        assert!(advice.ends_with('.') && !advice.contains("  "), "{code}: `{advice}`");
        assert!(advice.starts_with(|c: char| c.is_uppercase() || "`".contains(c)), "{code}");
        let sentences = advice.matches(". ").count() + advice.matches("; ").count() + 1;
        assert!(sentences <= 4 && advice.len() < 300, "{code}: {} characters", advice.len());
        assert!(code.weights().is_sorted_by(|a, b| a > b), "{code}: gravest first");
    }
    assert!(families.len() > 30, "{families:?}");
}

#[test]
fn explain_prints_an_entry() {
    let desk = Desk::new();
    let said = desk.run("explain residence_state.unknown");
    assert_eq!(said.code, 0, "{}", said.stderr);
    let code = noticeworks::code!("residence_state.unknown");
    assert!(said.stdout.starts_with("residence_state.unknown: the state of residence"));
    assert!(said.stdout.contains(code.advice()) && said.stdout.contains("\nWeight: held ("));
    // As it is copied from a terminal or a page.
    assert_eq!(desk.run("explain `Residence_State.Unknown`").stdout, said.stdout);
    let two = desk.run("explain letter.required_missing").stdout;
    assert!(two.contains("\nWeight: error (") && two.contains("\nWeight: question ("), "{two}");
}

#[test]
fn explain_offers_what_may_be_meant() {
    let desk = Desk::new();
    for (asked, meant) in [
        ("zip.to_short", "`zip.too_short`"),
        ("zip_too_short", "`zip.too_short`"),
        ("purge", "`purge.too_early`"),
        ("seal.drift", "`seal.drifted`"),
    ] {
        let said = desk.run(&format!("explain {asked}"));
        assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{asked}");
        assert!(said.stderr.contains(meant), "{asked}: {}", said.stderr);
    }
}

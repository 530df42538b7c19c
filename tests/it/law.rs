//! The law pack: it loads, says what the statutes say, and refuses what is wrong.
#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod calendar;
mod changes;
mod evidence;
mod facts;
mod refuses;
mod thresholds;
mod versions;

use jiff::civil::Date;
use noticeworks::finding::Findings;
use noticeworks::law::{DutyRule, Jurisdiction, LawPack, in_force};
use std::sync::OnceLock;

/// The embedded pack, read once.
fn pack() -> &'static LawPack {
    static PACK: OnceLock<LawPack> = OnceLock::new();
    PACK.get_or_init(|| LawPack::embedded().unwrap_or_else(|f| panic!("{}", told(&f))))
}

fn law(code: &str) -> &'static Jurisdiction {
    pack().get(code).unwrap_or_else(|| panic!("no file for {code}"))
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The one version of a duty in force on a day.
fn duty(id: &str, on: &str) -> &'static DutyRule {
    let prefix = id.split('-').next().unwrap().to_uppercase();
    let code = match prefix.as_str() {
        "HIPAA" | "PART2" => "US-HIPAA".to_owned(),
        "FTC" => "US-FTC".to_owned(),
        "SEC" => "US-SEC".to_owned(),
        _ => prefix,
    };
    let found: Vec<_> =
        in_force(&law(&code).duties, day(on)).filter(|rule| rule.id == id).collect();
    assert_eq!(found.len(), 1, "versions of {id} in force on {on}");
    found[0]
}

/// Findings as a person would read them, in file order.
fn told(findings: &Findings) -> String {
    let mut lines: Vec<_> = findings
        .iter()
        .map(|f| {
            let place = f.place.clone().unwrap_or_default();
            let (line, column) = (place.line.unwrap_or(0), place.column.unwrap_or(0));
            let key = (place.file.clone(), line, column);
            let remedy = &f.remedy;
            let text =
                format!("{}:{line}:{column} {} {} ({remedy})", place.file, f.code, f.message);
            (key, text)
        })
        .collect();
    lines.sort();
    lines.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_file_loads() {
    let files = std::fs::read_dir("law").unwrap().count();
    assert_eq!(pack().jurisdictions().count() + 7, files);
    let codes: Vec<_> = pack().jurisdictions().map(|j| j.code.as_str()).collect();
    assert_eq!(codes.len(), 59, "50 states, DC, 5 territories, HIPAA, FTC, SEC");
    assert!(codes.is_sorted());
}

#[test]
fn a_folder_and_the_program_hold_the_same_pack() {
    let loaded = LawPack::load(std::path::Path::new("law")).unwrap();
    assert_eq!(loaded.digest(), pack().digest());
    assert_eq!(loaded.version(), "2026-11-30");
    assert_eq!(pack().digest().len(), 64);
}

//! Paste sheets as a paralegal reads them, one for each regulator that most breaches reach.

use super::fixture::*;
use noticeworks::law::{DutyKind, LawPack};
use noticeworks::plan::{Duty, Outcome};

const MORE: &str = r#"
[filing]
law_enforcement_agency = "Springfield Police Department"
law_enforcement_report_number = "26-004117"
law_enforcement_phone = "217-555-0108"
attack_type = ["malware"]
how_discovered = "an employee saw the alert"
wisp_updated = true
person_responsible = "not known"
"#;

/// The duty with what the law asks of it.
fn lawful(rule: &str, kind: DutyKind, jurisdiction: &str) -> Duty {
    let pack = LawPack::embedded().map_err(|_| "the pack").unwrap();
    let law = pack.get(jurisdiction).unwrap();
    let known = law.duties.iter().rfind(|d| d.id == rule).unwrap();
    Duty {
        required_content: known.required_content.clone(),
        recipient: known.recipient.clone(),
        citation: known.cite.clone(),
        timing: known.timing.clone(),
        url: known.url.clone(),
        ..duty(rule, jurisdiction, kind, &["harbor-health"])
    }
}

/// What stands on the page, a line for each piece of text.
fn page(html: &str) -> String {
    let body = html.split("<body>").nth(1).unwrap().split("<div id=\"words\"").next().unwrap();
    let mut text = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').unwrap();
        if ["/div", "/li", "/p", "/h1", "/h2", "/dd", "/dt", "/pre", "/button", "/span"]
            .contains(&tag)
        {
            text.push('\n');
        }
        if tag.starts_with("h2") {
            text.push_str("\n## ");
        }
        text.push_str(rest);
    }
    let text = text
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#9745;", "[x]")
        .replace("&#9744;", "[ ]")
        .replace("&amp;", "&");
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty() && !["Copy", "Print", "Pick:"].contains(&line.as_str()))
        .collect();
    // A chosen option's mark and words are two pieces of the page.
    lines
        .join("\n")
        .replace("[x]\nPick: ", "[x] ")
        .replace("[x]\n", "[x] ")
        .replace("[ ]\n", "[ ] ")
}

#[test]
fn golden_paste_sheets() {
    for (rule, jurisdiction) in [
        ("hipaa-hhs-500", "US-HIPAA"),
        ("ca-ag", "CA"),
        ("me-ag", "ME"),
        ("tx-ag", "TX"),
        ("or-ag", "OR"),
        ("in-ag", "IN"),
        ("wa-ag", "WA"),
        ("ny-ag", "NY"),
        ("ma-ag", "MA"),
        ("ma-ocabr", "MA"),
        ("vt-ag-preliminary", "VT"),
        ("vt-ag-final", "VT"),
    ] {
        let kind = match jurisdiction {
            "US-HIPAA" => DutyKind::Hhs,
            _ => DutyKind::Regulator,
        };
        let plan = plan(vec![lawful(rule, kind, jurisdiction)]);
        // Residents of the state with three kinds of information, some of them without an address.
        let mut cube = cube();
        let state = if jurisdiction.len() == 2 { jurisdiction } else { "ME" };
        for (elements, outcome, n) in [
            (&[0, 1][..], Outcome::ToMail, 600),
            (&[0, 2, 3], Outcome::ToMail, 411),
            (&[0, 2], Outcome::Substitute, 11),
        ] {
            *cube.cells.entry(cell(0, state, elements, outcome)).or_default() += n;
        }
        let (filings, _) =
            noticeworks::filings::make(&incident(MORE), &cube, &plan, forms_once(), plan.as_of);
        insta::assert_snapshot!(rule.replace('-', "_"), page(&filings[0].paste_sheet()));
    }
}

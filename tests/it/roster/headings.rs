//! Headings that are people: where the first row was glued to the header, or the header is missing.

use super::support::{Case, Read};
use noticeworks::finding::Findings;
use noticeworks::roster::IntakeError;
use std::collections::BTreeSet;

/// One covered entity whose strand says what was exposed.
fn case() -> Case {
    let mut case = Case::new();
    case.incident.entities.truncate(1);
    case.incident.strands[0].elements = vec!["ssn".to_owned()];
    case
}

fn read(case: &Case, text: &str) -> Read {
    case.write(text);
    case.read()
}

fn refused(case: &Case, text: &str) -> Findings {
    case.write(text);
    match case.intake() {
        Err(IntakeError::Refused(findings)) => findings,
        _ => panic!("not refused"),
    }
}

/// A roster of as many people as there are rests of rows.
fn people(headings: &str, rests: &[&str]) -> String {
    let mut text = format!("id,first name,last name,address,city,state,zip{headings}\n");
    for (id, rest) in (1..).zip(rests) {
        text +=
            &format!("{id},Ada,Example{},{id} Elm St,Portland,ME,04101{rest}\n", "abc".repeat(id));
    }
    text
}

/// Headings that are people's own words, as where the first row was glued to the header.
const PEOPLE: [&str; 4] = ["Zorblattina", "77 Wuzzlemark Lane", "1957-03-29", "KZQ-7731-XWV"];

/// What is told of a header: messages, places, remedies; and what only `--show-values` shows.
fn told(findings: &Findings) -> (String, String) {
    let mut told = String::new();
    let mut values = String::new();
    for finding in findings.iter() {
        let cell = finding.place.as_ref().and_then(|place| place.cell.clone());
        told += &format!(
            "{} {} {} {}\n",
            finding.code,
            finding.message,
            finding.remedy,
            cell.unwrap_or_default()
        );
        values += finding.value.as_deref().unwrap_or_default();
        values += "\n";
    }
    (told, values)
}

#[test]
fn a_header_glued_to_its_first_row_tells_of_nobody() {
    let case = case();
    let glued: String = PEOPLE.iter().map(|cell| format!(",{cell}")).collect();
    let read = read(&case, &people(&glued, &[",a,b,c,d", ",e,f,g,h"]));
    let (told, values) = told(&read.findings);
    for cell in PEOPLE {
        assert!(!told.contains(cell), "{told}");
        assert!(values.contains(cell), "with --show-values: {values}");
    }
    assert!(told.contains("columns.unused column H is not used"), "{told}");
    assert!(told.contains("H Aaaaaaaaaaa"), "{told}");
}

/// Every finding of a header, provoked with a heading that is a person.
#[test]
fn no_finding_of_a_column_shows_a_heading_that_may_be_a_person() {
    let person = PEOPLE[0];
    let mut codes = BTreeSet::new();
    let mut look = |findings: &Findings| {
        let (told, _) = told(findings);
        assert!(!told.contains(person), "{told}");
        codes.extend(findings.counts().into_keys().filter(|code| code.starts_with("columns.")));
    };
    // Marks, and what is not used.
    let marks = format!(",Passport {person},{person}");
    look(&read(&case(), &people(&marks, &[",Y,x", ",N,z"])).findings);
    // Numbers themselves under such a heading.
    let ssn = format!(",{person} SSN");
    let ssns = [",219-09-9999", ",219-09-9998", ",219-09-9997"];
    look(&refused(&case(), &people(&ssn, &ssns)));
    // Two columns of one meaning; the second says more than the heading.
    look(&refused(&case(), &people(",street,city", &[",1 Oak St,Orono"])));
    // Columns that are missing, unknown or named wrongly.
    let header = format!("{person},first name,last name,address\n1,Ada,Example,1 Elm St\n");
    look(&refused(&case(), &header));
    let mut wrong = case();
    wrong.incident.roster.columns.insert("adress".into(), "Address".into());
    wrong.incident.roster.columns.insert("zip".into(), "Postleitzahl".into());
    wrong.incident.protections = vec![
        toml::from_str(
            "provider = \"Sentinel Example ID\"\nrecipients = [\"adult\"]\nmonths = 12\n\
             enroll_by = 2027-01-31\ncode_column = \"Codes\"\n",
        )
        .unwrap(),
    ];
    look(&refused(&wrong, &people(&format!(",{person}"), &[",x"])));
    // The first row's cells, with nothing below them.
    look(&refused(&case(), &people(&format!(",9,{person},7 {person} Road,04101"), &["", ""])));
    // A line named as the header that is a person; none at all.
    let mut rows = case();
    rows.incident.roster.header_row = Some(2);
    look(&refused(&rows, &people("", &["", ""]).replace("Ada", person)));
    look(&refused(&case(), &format!("1,{person},Example,1 Elm St,Portland,ME,04101\n")));
    // A person above the header, and more columns than any roster has.
    let above = format!("1,{person},Example,1 Elm St,Portland,ME,04101\n{}", people("", &[""]));
    look(&refused(&case(), &above));
    look(&refused(&case(), &people(&format!(",{person}").repeat(1_001), &[""])));
    let known = noticeworks::finding::catalogue::all().into_iter().map(|code| code.as_str());
    let known: Vec<_> = known.filter(|code| code.starts_with("columns.")).collect();
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), known);
}

#[test]
fn a_first_person_in_the_header_is_not_passed_over() {
    let glued = ",9,Ada,Zorblattina,7 Elm St,Portland,ME,04101";
    let findings = refused(&case(), &people(glued, &["", ""]));
    assert_eq!(findings.count("columns.glued"), 1);
    // Headings that nobody knows, without values: named in the incident they are headings.
    let mut case = case();
    let odd = ",Xyq 1,Xyq 2,Xyq 3";
    assert_eq!(refused(&case, &people(odd, &["", ""])).count("columns.glued"), 1);
    case.incident.roster.ignore = ["Xyq 1", "Xyq 2", "Xyq 3"].map(str::to_owned).to_vec();
    assert!(
        read(&case, &people(odd, &["", ""])).codes().iter().all(|code| *code != "columns.glued")
    );
    // Known words are headings.
    let known = ",Phone 1,Phone 2,Phone 3";
    read(&case, &people(known, &["", ""]));
}

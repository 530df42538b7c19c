//! Explanations, the order of the day, the calendar.

use super::fixture::{group, scene};
use noticeworks::plan::{Gate, Phase, explain, ics, runbook};
use std::collections::BTreeMap;

#[test]
fn a_duty_is_explained_from_count_to_date() {
    let plan = scene(&[group("harbor", "NO", 600)]).plan();
    let why = explain(&plan, "no-ag", plan.as_of).unwrap();
    assert_eq!((why.count, why.threshold.as_str()), (600, "more than 500"));
    assert_eq!(why.citation, "N. 1(f)");
    insta::assert_snapshot!(why.facts.join("\n"), @"
    The clock is the day the letters go out, which is 2026-09-18.
    It is due 15 days later, on 2026-10-03.
    ");
    let late = explain(&plan, "no-individual", plan.as_of).unwrap();
    insta::assert_snapshot!(late.facts.join("\n"), @"
    The clock is discovery, which is 2026-07-30.
    It is due 30 days later, on 2026-08-29.
    On 2026-09-18 it is 20 days overdue.
    ");
    // The definition changed between discovery and mailing: that question bears on it.
    assert_eq!(late.questions[0].id, "NO.general.definition");
    assert!(explain(&plan, "xx-ag", plan.as_of).is_none());
}

#[test]
fn hours_and_days_before_are_explained() {
    let plan = scene(&[group("harbor", "SO", 6), group("harbor", "EA", 6)]).plan();
    insta::assert_snapshot!(explain(&plan, "so-ag", plan.as_of).unwrap().facts.join("\n"), @"
    The clock is the day the letters go out, which is 2026-09-18.
    It is due on that day, 2026-09-18.
    It must be done before the first letter leaves on that day; 2026-09-17 is safer.
    ");
    insta::assert_snapshot!(explain(&plan, "ea-dfr", plan.as_of).unwrap().facts.join("\n"), @"
    The clock is the determination that there was a breach, which is 2026-08-26.
    It is due 72 hours after that: on 2026-08-29.
    On 2026-09-18 it is 20 days overdue.
    ");
}

#[test]
fn the_runbook_puts_duties_before_with_and_after_the_letters() {
    let plan = scene(&[group("harbor", "NO", 600), group("harbor", "SO", 6)]).plan();
    let steps = runbook(&plan, plan.as_of);
    let text: Vec<String> = steps
        .iter()
        .map(|s| {
            let due = s.due.map_or_else(|| "-".to_owned(), |d| d.to_string());
            format!("{:?} {:?} {due} {}", s.phase, s.gate, s.duty)
        })
        .collect();
    insta::assert_snapshot!(text.join("\n"), @"
    Before LettersWait 2026-09-18 so-ag
    Before Open 2026-09-28 hipaa-covered-entity.harbor
    With Open 2026-08-29 no-individual
    With Open 2026-09-18 hipaa-hhs-500.harbor
    With Open 2026-09-18 no-protection
    With Open 2026-09-28 hipaa-individual.harbor
    With Open 2026-09-28 hipaa-media.harbor.NO
    After HhsFiled 2026-09-25 so-ag-hhs
    After LettersPosted 2026-10-03 no-ag
    ");
    assert!(steps.is_sorted_by_key(|s| s.phase));
    let first = steps.iter().find(|s| s.duty == "so-ag").unwrap();
    assert_eq!((first.phase, first.gate), (Phase::Before, Gate::LettersWait));
}

#[test]
fn what_entities_do_themselves_is_not_in_the_runbook() {
    let plan =
        scene(&[group("harbor", "NO", 600)]).with("hhs = \"sender\"", "hhs = \"self\"").plan();
    let steps = runbook(&plan, plan.as_of);
    assert!(steps.iter().all(|s| s.duty != "hipaa-hhs-500.harbor"));
    assert!(plan.duty("hipaa-hhs-500.harbor").is_some());
    let undecided =
        scene(&[group("harbor", "NO", 600)]).with("hhs = \"sender\"", "hhs = \"undecided\"").plan();
    let steps = runbook(&undecided, undecided.as_of);
    let hhs = steps.iter().find(|s| s.duty == "hipaa-hhs-500.harbor").unwrap();
    assert_eq!(hhs.gate, Gate::Delegation);
}

fn names() -> BTreeMap<String, String> {
    BTreeMap::from([("harbor".to_owned(), "Harbor, Inc.".to_owned())])
}

#[test]
fn the_calendar_is_well_formed() {
    let plan = scene(&[group("harbor", "NO", 600), group("harbor", "SO", 6)])
        .with("name = \"Harbor Health System\"", "name = \"Klinik für Ärzte; Harbor, Inc.\"")
        .plan();
    let text = ics(&plan, "lakeshore-2026", &names());
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    // Unfolded, every line is a property; begins and ends are balanced.
    let unfolded = text.replace("\r\n ", "");
    let mut open = Vec::new();
    for line in unfolded.split("\r\n").filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap();
        match name {
            "BEGIN" => open.push(value),
            "END" => assert_eq!(open.pop(), Some(value)),
            _ => assert!(!open.is_empty()),
        }
    }
    assert!(open.is_empty());
    let due = plan.duties.iter().filter(|d| d.due.is_some()).count();
    assert_eq!(unfolded.matches("BEGIN:VEVENT").count(), due);
    assert_eq!(unfolded.matches("BEGIN:VALARM").count(), 2 * due);
    let mut uids: Vec<&str> =
        unfolded.lines().filter_map(|line| line.strip_prefix("UID:")).collect();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), due);
    assert!(unfolded.contains("DTSTAMP:20260918T000000Z"));
    assert!(unfolded.contains("Klinik für Ärzte\\; Harbor\\, Inc."));
    // A calendar of several matters is read without opening an event.
    let summaries = unfolded.lines().filter(|line| line.starts_with("SUMMARY:"));
    assert!(
        summaries.clone().all(|line| line.contains("\\, for ")),
        "{}",
        summaries.collect::<String>()
    );
}

#[test]
fn one_event_to_the_letter() {
    let plan = scene(&[group("harbor", "SO", 6)]).plan();
    let text = ics(&plan, "lakeshore-2026", &names());
    let event = text.split("BEGIN:VEVENT").find(|e| e.contains("UID:so-ag@")).unwrap();
    insta::assert_snapshot!(event.replace('\r', "").trim(), @r"
    UID:so-ag@lakeshore-2026.noticeworks.example
    DTSTAMP:20260918T000000Z
    SEQUENCE:9757
    DTSTART;VALUE=DATE:20260918
    DTEND;VALUE=DATE:20260919
    SUMMARY:Due: Southland Attorney General\, for Harbor\, Inc.
    DESCRIPTION:6 residents of Southland count\; any number suffices.\nBefore t
     he first letter leaves\; better by 2026-09-17.\nbefore the letters\nS. 530
     /10(e)\nDuty so-ag\, law pack test
    TRANSP:TRANSPARENT
    BEGIN:VALARM
    ACTION:DISPLAY
    TRIGGER:-P6DT15H
    DESCRIPTION:Due: Southland Attorney General
    END:VALARM
    BEGIN:VALARM
    ACTION:DISPLAY
    TRIGGER:-PT15H
    DESCRIPTION:Due: Southland Attorney General
    END:VALARM
    END:VEVENT
    ");
}

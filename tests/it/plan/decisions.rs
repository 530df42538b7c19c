//! Counsel's decisions, custom duties, order, and what a plan says it leaves out.

use super::fixture::{group, scene};
use jiff::civil::date;
use noticeworks::finding::Severity;
use noticeworks::law::DutyKind;
use noticeworks::plan::Arises;

fn decision(question: &str, choice: &str) -> String {
    format!(
        "\n[[decision]]\nquestion = \"{question}\"\nchoice = \"{choice}\"\nby = \"A\"\non = 2026-09-01\n"
    )
}

#[test]
fn a_decision_on_an_unknown_question_is_an_error_that_lists_the_open_ones() {
    let (_, findings) =
        scene(&[group("harbor", "EA", 2)]).and(&decision("ea-drf", "arises")).make();
    let finding = findings.iter().next().unwrap();
    assert_eq!(
        (finding.code.as_str(), finding.severity),
        ("decision.unknown_question", Severity::Error)
    );
    insta::assert_snapshot!(finding.message, @"no question is called `ea-drf`");
    insta::assert_snapshot!(finding.remedy, @"write one of `ea-dfr`, `ea-new.version`");
}

#[test]
fn a_decision_with_an_unknown_choice_is_an_error_and_the_default_stands() {
    let (plan, findings) = scene(&[group("harbor", "EA", 2)]).and(&decision("ea-dfr", "no")).make();
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.code, "decision.unknown_choice");
    insta::assert_snapshot!(finding.remedy, @"write one of `arises`, `does_not_arise`");
    assert_eq!(plan.duty("ea-dfr").unwrap().arises, Arises::Yes);
    assert_eq!(plan.question("ea-dfr").unwrap().answer, None);
}

#[test]
fn decisions_of_other_rooms_and_idle_ones_are_no_errors() {
    let mut other = scene(&[group("harbor", "EA", 2)]).and(&decision("letter.shape", "one"));
    other.elsewhere.insert("letter.shape".to_owned());
    assert!(other.make().1.is_empty());
    let mut family = scene(&[group("harbor", "EA", 2)]).and(&decision("filing.ea-ag.box", "one"));
    family.elsewhere.insert("filing.".to_owned());
    assert!(family.make().1.is_empty());
    let mut bare = scene(&[group("harbor", "EA", 2)]).and(&decision("filing.", "one"));
    bare.elsewhere.insert("filing.".to_owned());
    assert_eq!(bare.make().1.count("decision.unknown_question"), 1);
    let (_, findings) =
        scene(&[group("harbor", "EA", 2)]).and(&decision("so-ag", "does_not_arise")).make();
    assert_eq!(findings.count("decision.not_needed"), 1);
    assert!(!findings.has_errors());
    let (_, findings) =
        scene(&[group("harbor", "EA", 2)]).and(&decision("agency.harbor", "agent")).make();
    assert_eq!(findings.count("decision.not_needed"), 1);
}

#[test]
fn counsel_may_rely_on_the_words_that_lift_more() {
    let plain = scene(&[group("harbor", "SO", 20)]);
    assert_eq!(plain.duty("so-ag").arises, Arises::Yes);
    let question = plain.plan().question("SO.hipaa").unwrap().clone();
    assert_eq!(question.default, "keep");
    assert_eq!(question.citation, "S. 530/50");
    let relied = plain.and(&decision("SO.hipaa", "rely"));
    assert_eq!(relied.duty("so-ag").arises, Arises::No);
    // The filing that the clause itself asks for stays.
    assert_eq!(relied.duty("so-ag-hhs").arises, Arises::Yes);
}

#[test]
fn counsel_may_strike_a_duty_that_raises_no_question() {
    let scene = scene(&[group("harbor", "NO", 600)]);
    assert!(scene.plan().question("no-ag").is_none());
    let struck = scene.and(&decision("no-ag", "does_not_arise"));
    let plan = struck.plan();
    assert_eq!(plan.duty("no-ag").unwrap().arises, Arises::No);
    assert_eq!(plan.question("no-ag").unwrap().answer.as_deref(), Some("does_not_arise"));
}

const CONTRACT: &str = "\n[[duty]]\nid = \"medicaid-contract\"\nto = \"State Medicaid agency\"\nclock = \"discovery\"\nhours = 24\nsource = \"contract s. 12.4\"\n";

#[test]
fn the_incident_may_name_its_own_duties() {
    let scene = scene(&[group("harbor", "NO", 2)]).and(CONTRACT);
    let plan = scene.plan();
    let duty = plan.duties.last().unwrap();
    assert_eq!((duty.id.as_str(), duty.kind), ("medicaid-contract", DutyKind::Custom));
    assert_eq!((duty.due, duty.due_hours), (Some(date(2026, 7, 31)), Some(24)));
    assert_eq!((duty.arises, duty.count), (Arises::Yes, 2));
    insta::assert_snapshot!(duty.reason, @"The incident names this duty (contract s. 12.4).");
    let business = scene.with("hours = 24", "business_days = 3");
    assert_eq!(business.due("medicaid-contract"), Some(date(2026, 8, 4)));
    let hhs = business
        .with("clock = \"discovery\"", "clock = \"hhs_notice\"")
        .with("business_days = 3", "days = 3");
    assert_eq!(hhs.due("medicaid-contract"), Some(date(2027, 3, 4)));
}

#[test]
fn a_custom_duty_with_an_unknown_clock_is_an_error() {
    let (plan, findings) = scene(&[group("harbor", "NO", 2)])
        .and(&CONTRACT.replace("\"discovery\"", "\"tuesday\""))
        .make();
    assert_eq!(findings.count("duty.unknown_clock"), 1);
    assert!(plan.duty("medicaid-contract").is_none());
}

#[test]
fn duties_stand_in_a_fixed_order() {
    let plan = scene(&[
        group("summit", "SO", 2),
        group("harbor", "NO", 600),
        group("harbor", "EA", 2),
        group("prairie", "NO", 2),
    ])
    .plan();
    let ids: Vec<&str> = plan.duties.iter().map(|d| d.id.as_str()).collect();
    insta::assert_snapshot!(ids.join("\n"), @"
    hipaa-individual.harbor
    hipaa-individual.prairie
    hipaa-individual.summit
    hipaa-media.harbor.EA
    hipaa-media.harbor.NO
    hipaa-media.prairie.NO
    hipaa-media.summit.SO
    hipaa-hhs-500.harbor
    hipaa-hhs-500.prairie
    hipaa-hhs-500.summit
    hipaa-hhs-annual.harbor
    hipaa-hhs-annual.prairie
    hipaa-hhs-annual.summit
    hipaa-covered-entity.harbor
    hipaa-covered-entity.prairie
    hipaa-covered-entity.summit
    hipaa-substitute-few.harbor
    hipaa-substitute-few.prairie
    hipaa-substitute-few.summit
    hipaa-substitute-many.harbor
    hipaa-substitute-many.prairie
    hipaa-substitute-many.summit
    ea-ag
    ea-dfr
    ea-new
    ea-reach
    no-individual
    no-ag
    no-health
    no-cra
    no-protection
    so-individual
    so-ag
    so-ag-hhs
    ");
}

#[test]
fn every_plan_says_what_it_leaves_out() {
    let plan =
        scene(&[group("harbor", "NO", 2), group("harbor", "", 3), group("harbor", "ZZ", 1)]).plan();
    let text = plan.not_covered.join("\n");
    for word in ["contracts", "CMS", "Medicaid", "insurers", "Insurance departments", "countries"] {
        assert!(text.contains(word), "nothing on {word}");
    }
    assert!(text.contains("3 people without a known state"));
    assert!(text.contains("No law file covers ZZ"));
}

#[test]
fn people_without_a_state_are_a_finding() {
    let (_, findings) = scene(&[group("harbor", "", 3), group("harbor", "ZZ", 1)]).make();
    assert_eq!(findings.count("plan.no_state"), 1);
    assert_eq!(findings.count("plan.no_law"), 1);
}

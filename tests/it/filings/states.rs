//! Filings with states.

use super::fixture::*;
use noticeworks::filings::{Basis, Folder, Occasion, questions};
use noticeworks::incident::EntityIx;
use noticeworks::law::DutyKind;
use noticeworks::plan::Duty;

fn regulator(rule: &str, state: &str) -> Duty {
    duty(rule, state, DutyKind::Regulator, &["harbor-health"])
}

const BOTH: [&str; 2] = ["harbor-health", "pine-plan"];

#[test]
fn maine_form() {
    let (filings, _) = make(&incident(""), &plan(vec![regulator("me-ag", "ME")]));
    assert_eq!(filings[0].file.folder, Folder::States);
    insta::assert_snapshot!(lines(&filings[0]));
}

#[test]
fn california_form() {
    let (filings, _) = make(&incident(""), &plan(vec![regulator("ca-ag", "CA")]));
    insta::assert_snapshot!(lines(&filings[0]));
}

#[test]
fn california_json() {
    let (filings, _) = make(&incident(""), &plan(vec![regulator("ca-ag", "CA")]));
    insta::assert_snapshot!(filings[0].json_text());
}

#[test]
fn texas_form_for_two_entities() {
    let plan = plan(vec![duty("tx-ag", "TX", DutyKind::Regulator, &BOTH)]);
    let (filings, _) = make(&incident(""), &plan);
    insta::assert_snapshot!(lines(&filings[0]));
    let asked: Vec<_> = questions(&filings).into_iter().map(|q| q.id).collect();
    assert_eq!(asked, ["filing.authorized", "filing.count_basis", "filing.entity_named"]);
}

#[test]
fn letters_already_posted_come_from_evidence_only() {
    let plan = plan(vec![duty("tx-ag", "TX", DutyKind::Regulator, &BOTH)]);
    let mut posted = posted_on("2026-09-17".parse().unwrap(), &[(1, "TX")]);
    posted.letters.insert((EntityIx::new(1), "TX".to_owned()), 288);
    posted.letters.insert((EntityIx::new(1), "ME".to_owned()), 20);
    let occasion = Occasion { posted: Some(posted), ..Occasion::on(plan.as_of) };
    let (filings, _) =
        noticeworks::filings::make_on(&incident(""), &cube(), &plan, &forms(), &occasion);
    let answer = |id: &str| line(filings[0].fields.iter().find(|a| a.id == id).unwrap());
    assert_eq!(answer("counts_state_mailed"), "counts_state_mailed answered: 288");
    assert_eq!(answer("notice_provided"), "notice_provided answered: [yes]");
    assert_eq!(answer("counts_state"), "counts_state answered: 290");
}

#[test]
fn a_regulator_without_a_form_gets_the_statutes_contents() {
    let mut duty = regulator("nowhere-ag", "ME");
    duty.required_content =
        ["nature_of_breach", "resident_count", "tea_leaves"].map(str::to_owned).to_vec();
    let (filings, findings) = make(&incident(""), &plan(vec![duty]));
    assert_eq!(filings[0].form.basis, Basis::Statute);
    assert_eq!(findings.count("filing.unknown_content"), 1);
    insta::assert_snapshot!(lines(&filings[0]), @r"
    nature_of_breach answered: An unauthorized party copied files from a transfer server.
    resident_count answered: 920
    tea_leaves to_choose:  ?? filing.nowhere-ag.tea_leaves
    ");
    let (filings, _) = make(&incident(""), &plan(vec![regulator("nowhere-ag", "ME")]));
    assert!(filings[0].fields.iter().any(|a| a.id == "entity_contact"));
}

#[test]
fn what_the_law_asks_and_the_form_does_not_is_added() {
    let mut duty = regulator("ca-ag", "CA");
    duty.required_content =
        ["breach_date", "resident_count", "sample_notice"].map(str::to_owned).to_vec();
    let (filings, _) = make(&incident(""), &plan(vec![duty]));
    let added: Vec<_> = filings[0]
        .fields
        .iter()
        .filter(|a| a.section == "Asked for by the law, not seen on the form")
        .map(line)
        .collect();
    assert_eq!(added, ["resident_count answered: 285"]);
}

#[test]
fn the_copy_of_the_hhs_report_is_the_one_made_beside_it() {
    let hhs = duty("hipaa-hhs-500", "US-HIPAA", DutyKind::Hhs, &["harbor-health"]);
    let copy = |duties: Vec<Duty>| {
        let (filings, _) = make(&incident(""), &plan(duties));
        let filing = filings.iter().find(|f| f.duty.rule == "il-ag-hipaa").unwrap();
        line(&filing.fields[0])
    };
    assert_eq!(
        copy(vec![regulator("il-ag-hipaa", "IL"), hhs]),
        "hhs_report attachment:  @ ../hhs/hipaa-hhs-500.harbor-health.pdf"
    );
    assert_eq!(copy(vec![regulator("il-ag-hipaa", "IL")]), "hhs_report missing:  <- hhs_report");
}

#[test]
fn a_description_over_the_limit_is_counted() {
    let long = "An unauthorized party copied files. ".repeat(40);
    let text =
        INCIDENT.replace("An unauthorized party copied files from a transfer server.", &long);
    let plan = plan(vec![regulator("or-ag", "OR")]);
    let (filings, findings) = make(&toml::from_str(&text).unwrap(), &plan);
    let answer = filings[0].fields.iter().find(|a| a.id == "description").unwrap();
    assert_eq!(answer.excess(), 439);
    assert_eq!(findings.count("filing.over_limit"), 1);
    let short = "\n[[decision]]\nquestion = \"filing.or-ag.description\"\nchoice = \"Files were copied.\"\nby = \"A. Counsel\"\non = 2026-09-01\n";
    let (filings, findings) = make(&toml::from_str(&format!("{text}{short}")).unwrap(), &plan);
    let answer = filings[0].fields.iter().find(|a| a.id == "description").unwrap();
    assert_eq!(answer.text(), "Files were copied.");
    assert_eq!(findings.count("filing.over_limit"), 0);
}

#[test]
fn counsel_picks_an_option_by_its_id() {
    let decision = |choice: &str| {
        format!(
            "[[decision]]\nquestion = \"filing.me-ag.breach_type\"\nchoice = \"{choice}\"\nby = \"A\"\non = 2026-09-01\n"
        )
    };
    let plan = plan(vec![regulator("me-ag", "ME")]);
    let picked = |choice: &str| {
        let (filings, findings) = make(&incident(&decision(choice)), &plan);
        let answer = filings[0].fields.iter().find(|a| a.id == "breach_type").unwrap();
        (line(answer), findings.count("filing.unknown_option"))
    };
    assert_eq!(picked("insider; other"), ("breach_type answered: [insider other]".to_owned(), 0));
    assert_eq!(picked("martians"), ("breach_type answered: [external_system]".to_owned(), 1));
}

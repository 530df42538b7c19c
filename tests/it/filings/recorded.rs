//! What was filed, what no longer holds, and how each regulator is told.

use super::fixture::*;
use jiff::civil::date;
use noticeworks::document::plain_text;
use noticeworks::filings::{Basis, Filed, Filing, LetterDesk, Occasion, make_on};
use noticeworks::finding::Findings;
use noticeworks::incident::EntityIx;
use noticeworks::law::{DutyKind, LawPack};
use noticeworks::plan::{Cube, Duty, Outcome, Plan};

const BOTH: [&str; 2] = ["harbor-health", "pine-plan"];

fn filed(filing: &Filing, number: &str) -> Filed {
    let on = date(2026, 9, 21);
    Filed { stated: filing.stated(), on, number: number.to_owned(), amends: false }
}

fn more(state: &str, n: u64) -> Cube {
    let mut cube = cube();
    cube.cells.insert(cell(1, state, &[0, 2], Outcome::ToMail), n);
    cube
}

fn on(plan: &Plan, cube: &Cube, filed: Vec<Filed>) -> (Vec<Filing>, Findings) {
    let occasion = Occasion { filed, ..Occasion::on(plan.as_of) };
    make_on(&incident(""), cube, plan, forms_once(), &occasion)
}

fn regulator(rule: &str, state: &str) -> Plan {
    plan(vec![duty(rule, state, DutyKind::Regulator, &BOTH)])
}

#[test]
fn what_still_holds_is_marked_as_filed_and_amended_by_nothing() {
    let plan = regulator("tx-ag", "TX");
    let (first, _) = on(&plan, &cube(), Vec::new());
    assert!(first[0].history.filed.is_none() && first[0].json["filed"].is_null());
    let (again, findings) = on(&plan, &cube(), vec![filed(&first[0], "TX-0001")]);
    assert_eq!((again.len(), findings.count("filing.stale")), (1, 0));
    assert!(!again[0].is_stale());
    assert_eq!(again[0].json["filed"]["number"], "TX-0001");
    assert!(again[0].paste_sheet().contains("Filed on 2026-09-21 under number TX-0001."));
}

#[test]
fn a_texan_more_makes_the_filing_stale_and_a_supplement_with_totals() {
    let plan = regulator("tx-ag", "TX");
    let (first, _) = on(&plan, &cube(), Vec::new());
    let (made, findings) = on(&plan, &more("TX", 21), vec![filed(&first[0], "TX-0001")]);
    assert_eq!(findings.count("filing.stale"), 1);
    let stems: Vec<&str> = made.iter().map(|f| f.file.stem.as_str()).collect();
    assert_eq!(stems, ["tx-ag", "tx-ag-supplement"]);
    assert!(made[0].is_stale() && !made[0].history.amends);
    let change =
        made[0].history.changes.iter().find(|c| c.label == "Number of Texans Affected").unwrap();
    assert_eq!((change.before.as_str(), change.after.as_str()), ("290", "311"));
    assert!(made[0].paste_sheet().contains("<td>290</td><td>311</td>"));
    let supplement = &made[1];
    assert!(supplement.history.amends && supplement.form.basis == Basis::Form);
    let all = lines(supplement);
    assert!(all.contains("amends_number answered: TX-0001"), "{all}");
    assert!(all.contains("counts_state answered: 311"), "the total, not the difference: {all}");
    assert!(all.contains("Number of Texans Affected: 290, now 311"), "{all}");
    assert!(plain_text(&made[0].document).contains("STALE"));
}

#[test]
fn letters_posted_meanwhile_make_nothing_stale() {
    let plan = regulator("tx-ag", "TX");
    let (first, _) = on(&plan, &cube(), Vec::new());
    let mut posted = posted_on(date(2026, 9, 18), &[(1, "TX")]);
    posted.letters.insert((EntityIx::new(1), "TX".to_owned()), 288);
    let occasion = Occasion {
        filed: vec![filed(&first[0], "TX-0001")],
        posted: Some(posted),
        ..Occasion::on(plan.as_of)
    };
    let (made, _) = make_on(&incident(""), &cube(), &plan, forms_once(), &occasion);
    assert_eq!(made.len(), 1, "how many were told by the day of filing was true on that day");
    assert!(lines(&made[0]).contains("counts_state_mailed answered: 288"));
}

#[test]
fn hhs_gets_an_addendum_with_its_tracking_number() {
    let hhs = |rule: &str| plan(vec![duty(rule, "US-HIPAA", DutyKind::Hhs, &["pine-plan"])]);
    let (first, _) = on(&hhs("hipaa-hhs-annual"), &cube(), Vec::new());
    let before = filed(&first[0], "HHS-77");
    // The roster grew past the threshold: another duty, the same report.
    let (made, _) = on(&hhs("hipaa-hhs-500"), &more("TX", 300), vec![before]);
    assert_eq!(made[1].file.stem, "hipaa-hhs-500.pine-plan-addendum");
    let all = lines(&made[1]);
    for line in [
        "report_type answered: [addendum]",
        "has_tracking_number answered: [yes]",
        "breach_tracking_number answered: HHS-77",
        "individuals_affected answered: 610",
        "breach_affecting answered: [500_or_more]",
    ] {
        assert!(all.contains(line), "{line}\n{all}");
    }
    assert!(lines(&made[0]).contains("report_type answered: [initial]"));
}

#[test]
fn washington_is_updated_and_a_regulator_without_a_way_gets_an_amended_letter() {
    let plan = plan(vec![
        duty("wa-ag", "WA", DutyKind::Regulator, &BOTH),
        duty("nh-ag", "ME", DutyKind::Regulator, &BOTH),
    ]);
    let (first, _) = on(&plan, &cube(), Vec::new());
    let before = first.iter().map(|f| filed(f, "N-1")).collect();
    let mut cube = more("WA", 9);
    cube.cells.insert(cell(0, "ME", &[0, 3], Outcome::ToMail), 2);
    let (made, _) = on(&plan, &cube, before);
    let stems: Vec<&str> = made.iter().map(|f| f.file.stem.as_str()).collect();
    assert_eq!(stems, ["wa-ag", "wa-ag-update", "nh-ag", "nh-ag-amended"]);
    let amended = &made[3];
    assert_eq!(amended.form.basis, Basis::Amended);
    let pack = LawPack::embedded().map_err(|_| "the pack").unwrap();
    let incident = incident("");
    let desk = LetterDesk::new(&incident, &pack, None).map_err(|_| "template").unwrap();
    let letter = desk.letter(amended).map_err(|f| f.message).unwrap().unwrap();
    let text = plain_text(&letter.document);
    for words in ["Amended notice of a data breach", "September 21, 2026", "N-1", "940", "942"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(letter.document.title.starts_with("Amended notice"));
}

#[test]
fn an_amendment_on_record_is_what_later_figures_are_held_against() {
    let plan = regulator("me-ag", "ME");
    let (first, _) = on(&plan, &cube(), Vec::new());
    let grown = more("ME", 4);
    let (made, _) = on(&plan, &grown, vec![filed(&first[0], "ME-1")]);
    assert_eq!(made[1].file.stem, "me-ag-supplement");
    let amended = Filed { amends: true, ..filed(&made[0], "ME-2") };
    let (after, findings) = on(&plan, &grown, vec![filed(&first[0], "ME-1"), amended]);
    assert_eq!((after.len(), findings.count("filing.stale")), (1, 0));
    assert!(after[0].filed_line().unwrap().contains("ME-2"));
}

#[test]
fn a_filing_that_is_owed_no_longer_is_told() {
    let (first, _) = on(&regulator("me-ag", "ME"), &cube(), Vec::new());
    let (made, findings) = on(&plan(Vec::new()), &cube(), vec![filed(&first[0], "ME-1")]);
    assert!(made.is_empty());
    assert_eq!(findings.count("filing.not_owed_now"), 1);
}

#[test]
fn regulators_to_be_told_before_the_letters_are_missed_once_letters_are_posted() {
    let mut before = duty("md-ag", "MD", DutyKind::Regulator, &["harbor-health"]);
    before.clock = noticeworks::law::Clock::BeforeIndividualNotice;
    let plan = plan(vec![before]);
    let posted = posted_on(date(2026, 9, 18), &[(0, "MD")]);
    let occasion = Occasion { posted: Some(posted), ..Occasion::on(plan.as_of) };
    let made = |occasion: &Occasion| make_on(&incident(""), &cube(), &plan, forms_once(), occasion);
    let (filings, findings) = made(&occasion);
    assert_eq!(findings.count("filing.letters_first"), 1);
    let known = Occasion { filed: vec![filed(&filings[0], "letter")], ..occasion };
    assert_eq!(made(&known).1.count("filing.letters_first"), 0);
}

const ASKED: &str = r#"
[filing]
law_enforcement_agency = "Springfield Police Department"
law_enforcement_report_number = "26-004117"
law_enforcement_phone = "217-555-0108"
attack_type = ["ransomware"]
how_discovered = "an employee saw the alert"
estimated_cost = "$40,000"
doing_business_as = "Elm Street Clinic"
wisp_updated = true
other_actions = "Hired a guard."
person_responsible = "a former contractor"
"#;

#[test]
fn what_only_forms_ask_is_answered_from_the_filing_table() {
    let rules: [(&str, &[&str]); 6] = [
        ("ok-ag", &["estimated_cost answered: $40,000"]),
        (
            "ma-ocabr",
            &["entity_wisp_updated answered: [yes]", "actor answered: a former contractor"],
        ),
        ("wa-ag", &["attack_type answered: [ransomware]"]),
        (
            "or-ag",
            &[
                "law_enforcement_agency answered: Springfield Police Department",
                "law_enforcement_phone answered: 217-555-0108",
                "law_enforcement_report_filed answered: [yes]",
                "law_enforcement_report_number answered: 26-004117",
            ],
        ),
        ("nd-ag", &["answered: Elm Street Clinic"]),
        ("ct-ag", &["an employee saw the alert"]),
    ];
    for (rule, wanted) in rules {
        let state = rule[..2].to_uppercase();
        let plan = plan(vec![duty(rule, &state, DutyKind::Regulator, &["harbor-health"])]);
        let with = |more: &str| lines(&make(&incident(more), &plan).0[0]);
        let (known, unknown): (String, String) = (with(ASKED), with(""));
        for line in wanted {
            assert!(known.contains(line), "{line}\n{known}");
            assert!(!unknown.contains(line), "{line}\n{unknown}");
        }
        assert!(unknown.contains("<- filing.") || rule == "ct-ag", "{unknown}");
    }
}

#[test]
fn an_attack_outside_the_forms_list_is_told_with_the_list() {
    let text = ASKED.replace("ransomware", "sorcery");
    let plan = plan(vec![duty("wa-ag", "WA", DutyKind::Regulator, &["harbor-health"])]);
    let (_, findings) = make(&incident(&text), &plan);
    let found = findings.iter().find(|f| f.code == "filing.unknown_option").unwrap();
    assert!(found.message.starts_with("`sorcery` in `filing.attack_type`"), "{}", found.message);
    assert!(found.remedy.contains("ransomware"));
}

fn names(more: &str) -> String {
    let plan = plan(vec![Duty {
        jurisdiction: "ME".to_owned(),
        ..duty("la-ag", "LA", DutyKind::Regulator, &["harbor-health"])
    }]);
    let (filings, _) = make(&incident(more), &plan);
    line(filings[0].fields.iter().find(|a| a.id == "roster_names").unwrap())
}

#[test]
fn names_of_residents_leave_only_after_a_decision_and_locked() {
    let decided = |choice: &str| {
        format!(
            "[[decision]]\nquestion = \"filing.roster.names\"\nchoice = \"{choice}\"\nby = \"A\"\non = 2026-09-01\n"
        )
    };
    let key = "[filing]\nencrypt_to = [\"age1example\"]\n";
    assert_eq!(names(""), "roster_names to_choose:  ?? filing.roster.names");
    assert_eq!(names(&decided("send")), "roster_names missing:  <- filing.encrypt_to");
    let sent = names(&format!("{key}{}", decided("send")));
    assert_eq!(sent, "roster_names attachment:  @ la-ag-names.csv.age");
    assert!(names(&decided("withhold")).starts_with("roster_names answered: Names are supplied"));
}

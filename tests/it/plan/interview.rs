//! The short interview: each answer brings duties, or says why none arise.

use noticeworks::incident::Incident;
use noticeworks::incident::{EntityIx, StrandIx};
use noticeworks::law::LawPack;
use noticeworks::plan::{Arises, Cell, Cube, Outcome, Plan, ProfileAnswer, Rules, make};
use noticeworks::roster::{Population, Recipient};
use std::sync::LazyLock;

static LAW: LazyLock<LawPack> = LazyLock::new(|| LawPack::embedded().ok().unwrap());

/// Everything answered with no.
const NO: &str = "licences = []\ngovernment = \"none\"\npart2_program = false\n\
                  publicly_traded = false\nmedicaid_contracts = []\nmedicare_contracts = false\n\
                  critical_infrastructure = false\n";

/// A hospital with one patient in a state, with these keys of its own.
fn hospital(state: &str, keys: &str, more: &str) -> Plan {
    let text = format!(
        "id = \"i\"\n[sender]\nname = \"Cedar Hospital\"\nrole = \"covered_entity\"\nreturn_address = []\n\
         phone = \"\"\nsignatory = {{ name = \"\" }}\n[breach]\nwhat_happened = \"\"\n\
         what_we_are_doing = \"\"\n[[wave]]\nid = \"w1\"\nroster = \"r.csv\"\nmail_on = 2026-03-20\n\
         [[covered_entity]]\nid = \"cedar\"\nname = \"Cedar Hospital\"\nkind = \"healthcare_provider\"\n{keys}\
         [[strand]]\nid = \"s\"\ndiscovered = 2026-03-02\ndetermined = 2026-03-04\n\
         type = \"hacking_it_incident\"\nlocations = [\"network_server\"]\n\
         [[data_element]]\nid = \"ssn\"\nletter = \"SSN\"\n{more}"
    );
    let incident: Incident = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let mut cube = Cube::default();
    let cell = Cell {
        entity: EntityIx::FIRST,
        strand: StrandIx::FIRST,
        jurisdiction: state.to_owned(),
        elements: [0].into_iter().collect(),
        population: Population::Patient,
        recipient: Recipient::Adult,
        outcome: Outcome::ToMail,
    };
    cube.cells.insert(cell, 1);
    let wave = &incident.waves[0];
    make(&incident, &cube, &Rules::from(&*LAW), wave, *wave.mail_on).0
}

fn open(plan: &Plan) -> Vec<&str> {
    let open = plan.questions.iter().filter(|q| q.blocking && q.answer.is_none());
    open.map(|q| q.id.as_str()).collect()
}

#[test]
fn what_nobody_answered_waits_for_approval_and_changes_no_duty() {
    let (silent, told) = (hospital("CA", "", ""), hospital("CA", NO, ""));
    let asked = [
        "status.critical_infrastructure",
        "status.government",
        "status.licences",
        "status.medicaid_contracts",
        "status.medicare_contracts",
        "status.part2_program",
        "status.publicly_traded",
    ];
    assert_eq!(open(&silent), asked);
    assert_eq!(open(&told), Vec::<&str>::new());
    let duties = |plan: &Plan| {
        plan.duties.iter().map(|d| (d.id.clone(), d.arises, d.due)).collect::<Vec<_>>()
    };
    assert_eq!(duties(&silent), duties(&told));
    let open = silent.profiles.iter().filter(|p| p.answer == ProfileAnswer::Unanswered);
    assert_eq!(open.count(), asked.len());
    assert!(silent.profiles.iter().all(|p| p.organizations == ["Cedar Hospital"]));
}

#[test]
fn one_decision_answers_no_for_all_who_have_no_key() {
    let decision = "[[decision]]\nquestion = \"status.licences\"\nchoice = \"none\"\nby = \"A\"\n\
                    on = 2026-03-05\n";
    let plan = hospital("CA", "", decision);
    assert!(!open(&plan).contains(&"status.licences"));
    let licences = plan.profiles.iter().find(|p| p.key == "licences").unwrap();
    assert_eq!(licences.answer, ProfileAnswer::No);
}

#[test]
fn a_facility_license_brings_its_regulator_and_its_patients_days() {
    // 15 business days from Monday, March 2, 2026; César Chávez Day is no federal holiday.
    let cdph = NO.replace("licences = []", "licences = [{ state = \"CA\", kind = \"cdph_1250\" }]");
    let plan = hospital("CA", &cdph, "");
    for id in ["ca-cdph", "ca-cdph-individual"] {
        let duty = plan.duty(id).unwrap();
        assert_eq!(
            (duty.arises, duty.due.unwrap().to_string()),
            (Arises::Yes, "2026-03-23".into())
        );
    }
    let none = hospital("CA", NO, "");
    let duty = none.duty("ca-cdph").unwrap();
    assert_eq!(duty.arises, Arises::No);
    assert!(
        duty.reason.contains("no covered entity is entered with this license"),
        "{}",
        duty.reason
    );
    // 72 hours from the determination of March 4.
    let article_28 =
        NO.replace("licences = []", "licences = [{ state = \"NY\", kind = \"ny_article_28\" }]");
    let duty = hospital("NY", &article_28, "").duty("ny-doh").cloned().unwrap();
    assert_eq!((duty.arises, duty.due_hours), (Arises::Yes, Some(72)));
    assert_eq!(duty.due.unwrap().to_string(), "2026-03-07");
}

#[test]
fn answers_without_rules_yet_are_told_as_not_covered() {
    let keys = NO
        .replace("medicaid_contracts = []", "medicaid_contracts = [\"CA\"]")
        .replace("critical_infrastructure = false", "critical_infrastructure = true");
    let plan = hospital("CA", &keys, "");
    for words in ["contract with a Medicaid agency", "critical infrastructure"] {
        let told = plan.not_covered.iter().filter(|line| line.contains(words)).count();
        assert!(told >= 1, "{words}: {:?}", plan.not_covered);
    }
    assert_eq!(open(&plan), Vec::<&str>::new());
}

#[test]
fn a_part_2_program_reports_twice_and_a_traded_one_to_its_investors() {
    let keys = NO
        .replace("part2_program = false", "part2_program = true")
        .replace("publicly_traded = false", "publicly_traded = true");
    let plan = hospital("CA", &keys, "");
    assert_eq!(plan.duty("part2-hhs-annual.cedar").unwrap().arises, Arises::Yes);
    let report = plan.duty("sec-8k").unwrap();
    // No day of determination yet.
    assert_eq!((report.arises, report.due), (Arises::Yes, None));
    let neither = hospital("CA", NO, "");
    assert_eq!(neither.duty("sec-8k").unwrap().arises, Arises::No);
}

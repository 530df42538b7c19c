//! No answer to a question on HIPAA leaves a letter without what the law asks of it.

use super::fixture::*;
use noticeworks::incident::Incident;
use noticeworks::incident::{EntityIx, StrandIx};
use noticeworks::law::JurisdictionKind;
use noticeworks::letters::{Answer, Rules, Writer};
use noticeworks::plan::{self, Cell, Cube, Outcome};
use noticeworks::roster::{Population, Recipient};

/// The incident with the sender's role and, if any, an answer.
fn answered(role: &str, decision: Option<(&str, &str)>) -> Incident {
    let mut text = INCIDENT.replace("role = \"business_associate\"", &format!("role = \"{role}\""));
    if let Some((question, choice)) = decision {
        text.push_str(&format!(
            "[[decision]]\nquestion = \"{question}\"\nchoice = \"{choice}\"\nby = \"A\"\non = 2026-09-01\n"
        ));
    }
    incident_of(&text)
}

/// One patient with name, SSN and diagnosis exposed.
fn one_resident(code: &str) -> Cube {
    let mut cube = Cube::default();
    let cell = Cell {
        entity: EntityIx::FIRST,
        strand: StrandIx::FIRST,
        jurisdiction: code.to_owned(),
        elements: [0, 1, 2].into_iter().collect(),
        population: Population::Patient,
        recipient: Recipient::Adult,
        outcome: Outcome::ToMail,
    };
    cube.cells.insert(cell, 1);
    cube
}

#[test]
fn one_resident_anywhere_can_be_approved_whatever_is_answered_about_hipaa() {
    let mut wrong = Vec::new();
    let states = LAW.jurisdictions().filter(|j| j.kind != JurisdictionKind::Federal);
    for jurisdiction in states {
        let code = &jurisdiction.code;
        let question = format!("{code}.hipaa");
        let answers = [None, Some("keep"), Some("rely"), Some("state_law")];
        for (role, answer) in ["covered_entity", "business_associate"]
            .into_iter()
            .flat_map(|role| answers.map(|answer| (role, answer)))
        {
            let incident = answered(role, answer.map(|choice| (question.as_str(), choice)));
            let wave = &incident.waves[0];
            let cube = one_resident(code);
            let rules = plan::Rules::from(&*LAW);
            let (plan, findings) = plan::make(&incident, &cube, &rules, wave, *wave.mail_on);
            let residents = plan.residents();
            if !jurisdiction.statutes.is_empty() && !residents.contains_key(code) {
                wrong.push(format!("{code} {role} {answer:?}: nobody counts as a resident"));
            }
            let blocking = plan.questions.iter().filter(|q| q.blocking && q.answer.is_none());
            let blocking = blocking.filter(|q| !q.id.starts_with("status."));
            wrong.extend(blocking.map(|q| format!("{code} {role} {answer:?}: {} blocks", q.id)));
            let rules = Rules::new(&LAW, &incident, wave);
            let writer = Writer::new(&incident, &rules, &SET, wave, residents)
                .unwrap_or_else(|f| panic!("{}", listed(&f)));
            let coverage = writer.coverage(&cube);
            for found in [findings, coverage.findings] {
                if found.has_errors() {
                    wrong.push(format!("{code} {role} {answer:?}: {}", listed(&found)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_covered_entitys_letter_gives_rhode_islands_number_though_hipaa_replaces_its_letter() {
    let incident = answered("covered_entity", None);
    let wave = &incident.waves[0];
    let mut cube = one_resident("RI");
    *cube.cells.values_mut().next().unwrap() = 7;
    let (plan, _) = plan::make(&incident, &cube, &plan::Rules::from(&*LAW), wave, *wave.mail_on);
    let lifted = plan.duty("ri-individual").unwrap();
    assert_eq!((lifted.count, plan.residents()["RI"]), (0, 7));
    let rules = Rules::new(&LAW, &incident, wave);
    let writer = Writer::new(&incident, &rules, &SET, wave, plan.residents()).ok().unwrap();
    let letter = letter(&writer, &person(Recipient::Adult, "RI", &[0, 1]));
    assert!(letter.contains("involved 7 Rhode Island residents"), "{letter}");
}

#[test]
fn the_look_of_letters_is_a_row_of_the_coverage() {
    let trace = fixture().trace(&person(Recipient::Adult, "CA", &[0, 1])).unwrap();
    let row = |content: &str| {
        let row = trace.rows.iter().find(|r| r.jurisdiction == "CA" && r.content == content);
        let row = row.unwrap_or_else(|| panic!("no row for `{content}`"));
        format!("{} {:?} {}", row.rule, row.answer, row.asked)
    };
    assert_eq!(row("type_size"), "required Met at least 10 points; the smallest here has 10");
    assert_eq!(row("prescribed_text"), "required Met every prescribed heading");
    assert_eq!(row("plain_language"), "required Judged the reading grade is told with the version");
}

#[test]
fn letters_after_hipaas_last_day_owe_the_contents_of_statutes_that_ask_for_compliance() {
    // Iowa leaves out who complies with HIPAA; day 60 after July 30 is September 28.
    let rows = |mail_on: &str| {
        let text = INCIDENT
            .replace("role = \"business_associate\"", "role = \"covered_entity\"")
            .replace("mail_on = 2026-09-18", &format!("mail_on = {mail_on}"));
        let set =
            set_with(&[("en/states/ia.md", "<!-- courtesy -->\n**Iowa residents:** hello.\n")]);
        let set = Box::leak(Box::new(set.unwrap()));
        let writer = writer(incident_of(&text), set).unwrap_or_else(|f| panic!("{}", listed(&f)));
        let trace = writer.trace(&person(Recipient::Adult, "IA", &[0, 1])).unwrap();
        let lacks = |answer| {
            trace.rows.iter().filter(|r| r.jurisdiction == "IA" && r.answer == answer).count()
        };
        (lacks(Answer::Missing), lacks(Answer::Lifted))
    };
    let (missing, lifted) = rows("2026-09-28");
    assert!(missing == 0 && lifted > 0, "in time: {missing} missing, {lifted} lifted");
    let (missing, lifted) = rows("2026-09-29");
    assert!(missing > 0 && lifted == 0, "a day late: {missing} missing, {lifted} lifted");
}

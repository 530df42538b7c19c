//! How many people: `counts.*`, `data_types`, `roster.names`.

use super::{Facts, Scene, Subject};
use crate::filings::fact::{Fact, Value};
use crate::filings::slots::Slot;
use crate::law::DutyKind;

/// Whom a state's filing reports: `[[decision]] question = "filing.count_basis"`, or
/// `filing.<rule>.count_basis` for one regulator; `residents` (default) or `statute`.
pub(crate) fn count_basis<'a>(scene: &Scene<'a>, rule: &str) -> Option<&'a str> {
    scene
        .decision(&format!("filing.{rule}.count_basis"))
        .or_else(|| scene.decision("filing.count_basis"))
}

/// Names leave only if counsel says so, and only locked.
fn names(scene: &Scene, subject: &Subject) -> Fact {
    let question = Slot::RosterNames.question();
    match scene.decision(&question).map(str::trim) {
        Some("send") if scene.incident.filing.encrypt_to.is_empty() => {
            Fact::missing("filing.encrypt_to").noted("names_locked")
        }
        Some("send") if scene.cube.estimated => {
            Fact::missing("noticeworks run").noted("sample_later")
        }
        Some("send") => Fact::attach(format!("{}-names.csv.age", subject.stem)).noted("names"),
        Some("withhold") => {
            let words = scene.forms.words.value("names_withheld");
            Fact::known(Value::Text(words)).noted("decided")
        }
        _ => Fact::ask(question, None).noted("names"),
    }
}

pub(super) fn add(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    let unplaced = facts.tally.unplaced > 0;
    let noted = |fact: Fact| {
        let fact = if scene.cube.estimated { fact.noted("estimated") } else { fact };
        if unplaced { fact.noted("unplaced") } else { fact }
    };
    let number = |n: u64| noted(Fact::known(Value::Number(n)));
    let residents = if subject.duty.kind == DutyKind::Hhs {
        facts.tally.patients
    } else if subject.federal() {
        facts.tally.total
    } else if count_basis(scene, &subject.duty.rule) == Some("statute") {
        subject.duty.count
    } else {
        facts.tally.residents(&subject.duty.jurisdiction)
    };
    let (patients, total) = (facts.tally.patients, facts.tally.total);
    facts.set(Slot::CountsPatients, number(patients));
    facts.set(Slot::CountsTotal, number(total));
    let again = !subject.federal() && facts.tally.again.contains_key(&subject.duty.jurisdiction);
    let residents = number(residents);
    let residents = if again { residents.noted("counted_once") } else { residents };
    facts.set(Slot::CountsState, residents);
    facts.set(Slot::CountsStateMailed, mailed(scene, subject));
    let elements = facts.elements.clone();
    let possible = super::strands(scene, subject)
        .iter()
        .any(|strand| strand.elements_certainty == crate::incident::ElementsCertainty::Possible);
    let data_types = Fact::known(Value::Ids(elements));
    facts.set(
        Slot::DataTypes,
        if possible { data_types.noted("elements_possible") } else { data_types },
    );
    facts.set(Slot::RosterNames, names(scene, subject));
}

/// Only evidence says what was posted: the mail house's, a postage statement, a person's word.
fn mailed(scene: &Scene, subject: &Subject) -> Fact {
    match &scene.occasion.posted {
        None if scene.occasion.before_mailing(scene.incident) => {
            Fact::known(Value::Number(0)).noted("before_mailing")
        }
        None => Fact::missing("noticeworks confirm letters").noted("confirm_posted"),
        Some(posted) if subject.federal() => {
            Fact::known(Value::Number(posted.total(&subject.entities)))
        }
        Some(posted) => {
            Fact::known(Value::Number(posted.count(&subject.entities, &subject.duty.jurisdiction)))
        }
    }
}

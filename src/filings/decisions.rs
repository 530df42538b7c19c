//! Counsel's answers to what filings ask (`[[decision]] question = "filing..."`), checked: an answer
//! that nothing asks for, or that cannot be one, must not be passed over in silence.

use super::facts::Scene;
use super::slot::SlotKind;
use super::slots::Slot;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::Decision;
use crate::tables::alike;

const ENTITY_NAMED: (&str, [&str; 2]) = ("entity_named", ["sender", "covered_entity"]);
/// The street of an office that no source shows: `filing.<rule>.postal_address`, lines apart by `;`.
pub(super) const POSTAL_ADDRESS: &str = "postal_address";
const COUNT_BASIS: (&str, [&str; 2]) = ("count_basis", ["residents", "statute"]);

/// Where a decision stands.
pub(super) fn place(decision: &Decision) -> Place {
    decision.place.clone().unwrap_or_else(|| Place::file("incident.toml"))
}

/// Tells of every decision on filings that settles nothing.
pub(super) fn check(scene: &Scene, findings: &mut Findings) {
    for decision in &scene.incident.decisions {
        let Some(asked) = decision.question.strip_prefix("filing.") else { continue };
        if let Some(finding) = fault(scene, asked, decision) {
            findings.push(finding.at(place(decision)));
        }
    }
}

fn fault(scene: &Scene, asked: &str, decision: &Decision) -> Option<Finding> {
    let choice = decision.choice.trim();
    let one_of = |allowed: &[&str]| {
        (!allowed.contains(&choice)).then(|| no_answer(decision, &allowed.join("`, `")))
    };
    if Slot::named(asked) == Some(Slot::RosterNames) {
        return one_of(&["send", "withhold"]);
    }
    if asked == ENTITY_NAMED.0 {
        return one_of(&ENTITY_NAMED.1);
    }
    if let Some(slot) = Slot::asked(&decision.question) {
        return answers(&slot, choice, decision);
    }
    let (rule, field) = asked.split_once('.').unwrap_or(("", asked));
    let form = scene.forms.serving(rule);
    let owed = scene.plan.duties.iter().any(|duty| duty.rule == rule);
    if field == COUNT_BASIS.0 && (rule.is_empty() || form.is_some() || owed) {
        return one_of(&COUNT_BASIS.1);
    }
    if field == POSTAL_ADDRESS && owed {
        return None;
    }
    // What an option list takes is judged where the field is filled in.
    let rows = form.map(|form| form.rows()).unwrap_or_default();
    let known = rows.iter().any(|row| row.id == field)
        || ((form.is_some() || owed) && scene.forms.content(field).is_some());
    if known {
        return None;
    }
    let fields = rows.iter().map(|row| format!("filing.{rule}.{}", row.id));
    let slots = Slot::ALL.iter().map(Slot::question);
    let others = [ENTITY_NAMED.0, COUNT_BASIS.0].map(|name| format!("filing.{name}"));
    let near = |id: &String| (alike::likeness_by_letters(id, &decision.question) * 1e6) as u64;
    let nearest =
        fields.chain(slots).chain(others).max_by_key(near).filter(|id| near(id) > 600_000);
    let message = format!("no filing asks `{}`", decision.question);
    Some(Finding::new(code!("filing.unknown_question"), Severity::Warning, message).remedy(
        match nearest {
            Some(id) => format!("did you mean `{id}`? Paste sheets print each question they ask"),
            None => "copy the question from the paste sheet, or take the decision out".to_owned(),
        },
    ))
}

/// Whether a slot takes the choice.
fn answers(slot: &Slot, choice: &str, decision: &Decision) -> Option<Finding> {
    if slot.is_figure() {
        let message = format!("`{}` cannot be decided: figures are counted", decision.question);
        return Some(
            Finding::new(code!("filing.count_typed"), Severity::Warning, message)
                .remedy("correct the roster, or choose with `filing.count_basis` whom it counts"),
        );
    }
    let wanted = match slot.kind() {
        SlotKind::Flag if !matches!(choice, "yes" | "no") => "yes`, `no",
        SlotKind::Number if choice.parse::<u64>().is_err() => "12",
        SlotKind::Days if choice.parse::<jiff::civil::Date>().is_err() => "2026-09-18",
        SlotKind::Ids(ids) if choice.split(';').any(|id| !ids.contains(&id.trim())) => {
            return Some(no_answer(decision, &ids.join("`, `")));
        }
        _ => return None,
    };
    Some(no_answer(decision, wanted))
}

fn no_answer(decision: &Decision, wanted: &str) -> Finding {
    let message = format!("`{}` is no answer to `{}`", decision.choice, decision.question);
    Finding::new(code!("filing.unknown_choice"), Severity::Warning, message)
        .remedy(format!("write, for example, `{wanted}`"))
}

//! The short interview: what each organization has answered, and what follows from it.

use super::assessor::Assessor;
use super::docket::Ask;
use super::{Profile, ProfileAnswer};
use crate::incident::{Affiliations, CoveredEntity, NO_GOVERNMENT, Subtype};
use crate::law::{Asked, InterviewKey, InterviewQuestion};
use std::collections::BTreeMap;

/// What questions of the interview are called: `status.<key>`.
pub(super) const PREFIX: &str = "status";

/// The answers of every organization that is asked, in the order of the interview; a question for
/// counsel on each that somebody has left open. Approval waits for it, nothing else does.
pub(super) fn profiles(desk: &Assessor<'_>) -> Vec<Profile> {
    desk.rules.interview.iter().flat_map(|question| of_question(desk, question)).collect()
}

fn of_question(desk: &Assessor<'_>, question: &InterviewQuestion) -> Vec<Profile> {
    let asked = asked(desk, question);
    let mut by_answer: BTreeMap<ProfileAnswer, Vec<String>> = BTreeMap::new();
    let mut open = Vec::new();
    for (name, answer) in asked {
        match answer {
            Some(yes) => by_answer.entry(said(yes)).or_default().push(name),
            None => open.push(name),
        }
    }
    if !open.is_empty() {
        let taken = ask(desk, question, &open);
        let answer = match taken == question.nothing {
            true => ProfileAnswer::No,
            false => ProfileAnswer::Unanswered,
        };
        by_answer.entry(answer).or_default().extend(open);
    }
    by_answer
        .into_iter()
        .map(|(answer, organizations)| Profile {
            key: question.id.name(),
            answer,
            organizations,
            covered: question.covered || answer != ProfileAnswer::Yes,
            says: match answer {
                ProfileAnswer::Yes => question.yes.clone(),
                ProfileAnswer::No => question.no.clone(),
                ProfileAnswer::Unanswered => {
                    format!("has not answered: {}", question.text)
                }
            },
            citation: question.cite.clone(),
        })
        .collect()
}

fn said(yes: bool) -> ProfileAnswer {
    if yes { ProfileAnswer::Yes } else { ProfileAnswer::No }
}

/// Raises the question on those who have not answered; the choice taken.
fn ask(desk: &Assessor<'_>, question: &InterviewQuestion, open: &[String]) -> String {
    let key = question.id.name();
    let table = match question.asks {
        Asked::CoveredEntity => "`[[covered_entity]]`",
        Asked::Sender => "`[sender]`",
        Asked::Both => "`[[covered_entity]]` or `[sender]`",
    };
    desk.docket.ask(Ask {
        id: format!("{PREFIX}.{key}"),
        text: format!(
            "{} Not answered for {}: write `{key}` in {table}, or decide `{}` for all of them.",
            question.text,
            named(open),
            question.nothing
        ),
        choices: &[&question.nothing],
        default: "unanswered",
        citation: &question.cite,
        blocking: true,
    })
}

/// The first few names, and how many more.
fn named(names: &[String]) -> String {
    const FEW: usize = 5;
    match names.len().checked_sub(FEW) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..FEW].join(", ")),
    }
}

/// Who is asked, each with the answer; none where nobody has answered.
fn asked(desk: &Assessor<'_>, question: &InterviewQuestion) -> Vec<(String, Option<bool>)> {
    let sender = &desk.incident.sender;
    let mut out = Vec::new();
    if question.asks != Asked::CoveredEntity && sender.role.serves_others() {
        // A service provider outside HIPAA is no business associate.
        if question.id != InterviewKey::PhrOutsideHipaa || sender.role.under_hipaa() {
            out.push((sender.name.clone(), general(&sender.affiliations, question.id)));
        }
    }
    if question.asks != Asked::Sender {
        let kinds = &question.entity_kind;
        let entities = desk.incident.entities.iter();
        let asked = entities.filter(|e| kinds.is_empty() || kinds.contains(&e.kind));
        out.extend(asked.map(|entity| (entity.name.clone(), answer(entity, question.id))));
    }
    out
}

/// What an entity's own key, or its subtype, says.
fn answer(entity: &CoveredEntity, key: InterviewKey) -> Option<bool> {
    match key {
        InterviewKey::Licences => entity.licences.as_ref().map(|held| !held.is_empty()),
        InterviewKey::Government => {
            let told =
                entity.affiliations.government.as_deref().map(|whose| whose != NO_GOVERNMENT);
            told.or_else(|| entity.government_of().map(|_| true))
        }
        InterviewKey::Part2Program => entity
            .affiliations
            .part2_program
            .or_else(|| (entity.subtype == Subtype::Part2Program).then_some(true)),
        InterviewKey::InsurerStates
            if answer(entity, InterviewKey::InsurerDomicile) == Some(false) =>
        {
            Some(false)
        }
        InterviewKey::InsurerDomicile if entity.subtype == Subtype::SelfInsuredEmployerPlan => {
            general(&entity.affiliations, key).or(Some(false))
        }
        _ => general(&entity.affiliations, key),
    }
}

/// What keys say that entities and senders share.
fn general(known: &Affiliations, key: InterviewKey) -> Option<bool> {
    let some = |list: &Option<Vec<String>>| list.as_ref().map(|states| !states.is_empty());
    match key {
        InterviewKey::Licences | InterviewKey::Government => None,
        InterviewKey::Part2Program => known.part2_program,
        InterviewKey::PhrOutsideHipaa => known.phr_outside_hipaa,
        InterviewKey::PubliclyTraded => known.publicly_traded,
        InterviewKey::InsurerDomicile => {
            known.insurer_domicile.as_deref().map(|state| state != NO_GOVERNMENT)
        }
        InterviewKey::InsurerStates => some(&known.insurer_states),
        InterviewKey::MedicaidContracts => some(&known.medicaid_contracts),
        InterviewKey::MedicareContracts => known.medicare_contracts,
        InterviewKey::CriticalInfrastructure => known.critical_infrastructure,
    }
}

//! Identity protection that a statute obliges the sender to offer, against what is offered.

use super::assessor::Assessor;
use super::docket::Ask;
use super::people::Slice;
use super::tally::{DutyRow, Measure, tally};
use super::versions::in_force;
use super::words::counted;
use super::{Arises, Carrier, Duty};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{EntityIx, ProtectionRecipient};
use crate::law::{Clock, Comparator, Counting, DutyKind, Jurisdiction, ProtectionRule};
use crate::roster::Recipient;
use std::collections::BTreeSet;

/// The protection duties of one jurisdiction; one per statute that requires it.
pub(super) fn duties(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    findings: &mut Findings,
) -> Vec<Duty> {
    let statutes: BTreeSet<&str> =
        jurisdiction.protections.iter().map(|p| p.statute.as_str()).collect();
    let mut out = Vec::new();
    for statute in statutes {
        if let Some(rule) = governing(desk, jurisdiction, statute) {
            out.extend(rows(desk, jurisdiction, rule, findings));
        }
    }
    out
}

/// The rules in force at discovery or on the mail date; where they differ the one that asks for
/// more months.
fn governing<'r>(
    desk: &Assessor<'_>,
    jurisdiction: &'r Jurisdiction,
    statute: &str,
) -> Option<&'r ProtectionRule> {
    let all: Vec<&ProtectionRule> =
        jurisdiction.protections.iter().filter(|p| p.statute == statute).collect();
    let (slice, _) = desk.people.of(&jurisdiction.code).first()?;
    let basis = desk.facts.basis((slice.entity, slice.strand));
    [basis.discovered, basis.notified]
        .into_iter()
        .filter_map(|on| in_force(&all, on, basis).last().copied())
        .filter(|rule| rule.required)
        .max_by_key(|rule| rule.months)
}

fn rows(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    rule: &ProtectionRule,
    findings: &mut Findings,
) -> Vec<Duty> {
    let present = desk.concerned(jurisdiction, Counting::Residents);
    let (together, apart): (BTreeSet<EntityIx>, BTreeSet<EntityIx>) = present
        .into_iter()
        .partition(|e| desk.carrier(*e, DutyKind::Protection) == Carrier::Sender);
    let mut out = Vec::new();
    if !together.is_empty() {
        let row = DutyRow { entities: together, state: None };
        out.push(row_duty(desk, jurisdiction, rule, &row, Carrier::Sender, findings));
    }
    for entity in apart {
        let carrier = desk.carrier(entity, DutyKind::Protection);
        let row = DutyRow { entities: BTreeSet::from([entity]), state: None };
        out.push(row_duty(desk, jurisdiction, rule, &row, carrier, findings));
    }
    out
}

fn row_duty(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    rule: &ProtectionRule,
    row: &DutyRow<'_>,
    carrier: Carrier,
    findings: &mut Findings,
) -> Duty {
    let measure = Measure {
        jurisdiction,
        rule: "",
        kind: DutyKind::Protection,
        statute: &rule.statute,
        when: &rule.when,
        counts: Counting::Residents,
    };
    let tally = tally(desk, &measure, row);
    let triggers = desk.vocabulary.set(&rule.trigger_elements);
    let owed: Vec<(Slice, u64)> = tally
        .slices
        .iter()
        .filter(|(s, _)| s.recipient != Recipient::Estate)
        .filter(|(s, _)| rule.trigger_elements.is_empty() || s.elements.intersects(triggers))
        .copied()
        .collect();
    let count: u64 = owed.iter().map(|(_, n)| n).sum();
    let code = &jurisdiction.code;
    let general = jurisdiction.protections.iter().all(|p| p.statute == rule.statute);
    let base = if general {
        format!("{}-protection", code.to_lowercase())
    } else {
        format!("{}-protection-{}", code.to_lowercase(), rule.statute)
    };
    let mut arises = match (count > 0, desk.estimated) {
        (false, _) => Arises::No,
        (true, true) => Arises::Possible,
        (true, false) => Arises::Yes,
    };
    let triggering = if rule.trigger_elements.is_empty() {
        "the information".to_owned()
    } else {
        desk.rules.either(&rule.trigger_elements)
    };
    let mut reason = if count > 0 {
        let months = rule.months.map_or_else(String::new, |m| {
            format!(" for at least {}", counted(m.into(), "month", "months"))
        });
        format!(
            "{} of {} whose {triggering} may have been exposed must be offered identity \
             protection{months}.",
            counted(count, "resident", "residents"),
            jurisdiction.name
        )
    } else {
        format!("No resident's {triggering} was exposed.")
    };
    if arises != Arises::No && !tally.open.is_empty() {
        let taken = desk.docket.ask(Ask {
            id: format!("{code}.protection"),
            text: tally.open.iter().cloned().collect::<Vec<_>>().join(" "),
            choices: &["arises", "does_not_arise"],
            default: "arises",
            citation: &rule.cite,
            blocking: false,
        });
        if taken == "does_not_arise" {
            arises = Arises::No;
            reason =
                format!("Counsel decided that it does not arise (question `{code}.protection`).");
        }
    }
    if arises != Arises::No && carrier == Carrier::Sender {
        compare(desk, jurisdiction, rule, &owed, findings);
    }
    let alone = carrier != Carrier::Sender;
    let entity = row.entities.first().filter(|_| alone).map(|e| desk.id(*e).to_owned());
    Duty {
        id: entity.as_ref().map_or(base.clone(), |e| format!("{base}.{e}")),
        rule: base,
        jurisdiction: code.clone(),
        entity,
        entities: row.entities.iter().map(|e| desk.id(*e).to_owned()).collect(),
        kind: DutyKind::Protection,
        recipient: format!("residents of {}", jurisdiction.name),
        arises,
        count,
        matched: tally.matched,
        threshold: 1,
        comparator: Comparator::AtLeast,
        // Letters of the covered entity's own have a day that nobody here knows.
        due: (arises != Arises::No && carrier != Carrier::Entity).then_some(desk.facts.mail_on),
        recommended: None,
        due_hours: None,
        clock: Clock::WithIndividualNotice,
        clock_started: (arises != Arises::No && carrier != Carrier::Entity)
            .then_some(desk.facts.mail_on),
        done_on: None,
        citation: rule.cite.clone(),
        confidence: rule.confidence,
        carrier,
        reason,
        timing: rule.condition.clone(),
        required_content: Vec::new(),
        method: String::new(),
        url: String::new(),
        source: rule.source.clone(),
    }
}

/// Whether everybody owed protection is offered enough of it.
fn compare(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    rule: &ProtectionRule,
    owed: &[(Slice, u64)],
    findings: &mut Findings,
) {
    let wanted = rule.months.unwrap_or(1);
    let (mut none, mut short, mut best) = (0, 0, 0);
    for (slice, n) in owed {
        match offered(desk, slice) {
            None => none += n,
            Some(months) if months < wanted => {
                short += n;
                best = best.max(months);
            }
            Some(_) => {}
        }
    }
    let place = || Place::file("incident.toml");
    let enough = counted(wanted.into(), "month", "months");
    if none > 0 {
        findings.push(
            Finding::new(
                code!("protection.not_offered"),
                Severity::Warning,
                format!(
                    "{} of {} would be offered no identity protection, though {} requires {enough}",
                    counted(none, "resident", "residents"),
                    jurisdiction.name,
                    rule.cite
                ),
            )
            .at(place())
            .remedy(format!(
                "add a `[[protection]]` of {enough} whose `offered_for` holds {} and whose \
                 `recipients` hold adults and minors",
                desk.rules.either(&rule.trigger_elements)
            )),
        );
    }
    if short > 0 {
        findings.push(
            Finding::new(
                code!("protection.too_short"),
                Severity::Warning,
                format!(
                    "{} of {} would be offered {} of identity protection, though {} requires \
                     {enough}",
                    counted(short, "resident", "residents"),
                    jurisdiction.name,
                    counted(best.into(), "month", "months"),
                    rule.cite
                ),
            )
            .at(place())
            .remedy(format!("write `months = {wanted}` in the `[[protection]]`")),
        );
    }
}

/// The longest protection offered to these people.
fn offered(desk: &Assessor<'_>, slice: &Slice) -> Option<u32> {
    let who = match slice.recipient {
        Recipient::Adult => ProtectionRecipient::Adult,
        Recipient::ParentOrGuardian => ProtectionRecipient::Minor,
        Recipient::Estate => return None,
    };
    let elements = &desk.incident.elements;
    desk.incident
        .protections
        .iter()
        .filter(|p| p.recipients.contains(&who))
        .filter(|p| {
            p.offered_for.is_empty()
                || slice.elements.iter().any(|i| {
                    elements.get(i).is_some_and(|element| p.offered_for.contains(&element.id))
                })
        })
        .map(|p| p.months)
        .max()
}

//! One row of one rule: which version governs, whether it arises, when it is due.

use super::assessor::Assessor;
use super::docket::Ask;
use super::facts::{Due, EntityStrand};
use super::reason::{passes, reason};
use super::stricter::stricter;
use super::tally::{DutyRow, Measure, Tally, tally};
use super::versions::in_force;
use super::{Arises, Carrier, Duty};
use crate::law::{Counting, DutyKind, DutyRule, Jurisdiction, JurisdictionKind, Treatment};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A duty, and whether a condition or HIPAA keeps its rule from these people altogether.
pub(super) struct Judged {
    pub duty: Duty,
    pub refused: bool,
    /// The law exempts the entity itself, wherever its people live.
    pub exempt: bool,
}

/// What one version of a rule comes to.
pub(super) struct Assessed<'r> {
    pub rule: &'r DutyRule,
    pub tally: Tally,
    pub passes: bool,
    pub due: Option<Due>,
}

/// The duty that the versions of a rule make of a row; none if no version was ever in force.
pub(super) fn assess(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    versions: &[&DutyRule],
    row: &DutyRow<'_>,
    carrier: Carrier,
    id: String,
) -> Option<Judged> {
    let counts = versions.last()?.counts;
    let keys = present(desk, jurisdiction, row, counts);
    let governing = governing(desk, versions, &keys);
    let today = {
        let key = *keys.first()?;
        in_force(versions, desk.facts.mail_on, desk.facts.basis(key)).last().copied()
    };
    let first = governing.map(|rule| weigh(desk, jurisdiction, rule, row));
    let second = match today {
        Some(rule) if governing.is_none_or(|g| g.effective != rule.effective) => {
            Some(weigh(desk, jurisdiction, rule, row))
        }
        _ => None,
    };
    let chosen = stricter(desk, first, second)?;
    let tally = &chosen.tally;
    let refused = tally.total == 0 && (tally.lifted.is_some() || tally.refused.is_some());
    let by_entity =
        |(_, treatment, _): &(u64, Treatment, String)| *treatment == Treatment::ExemptEntity;
    let exempt = refused && tally.lifted.as_ref().is_some_and(by_entity);
    let duty = duty(desk, jurisdiction, chosen, row, carrier, id);
    Some(Judged { duty, refused, exempt })
}

/// The version in force when its own clock starts.
fn governing<'r>(
    desk: &Assessor<'_>,
    versions: &[&'r DutyRule],
    keys: &BTreeSet<EntityStrand>,
) -> Option<&'r DutyRule> {
    let key = *keys.iter().min_by_key(|key| (desk.facts.discovery(**key), **key))?;
    let basis = desk.facts.basis(key);
    versions
        .iter()
        .copied()
        .filter(|rule| {
            let start = keys
                .iter()
                .filter_map(|key| desk.facts.start(rule.clock, rule.kind, *key))
                .min()
                .unwrap_or(basis.discovered);
            in_force(versions, start, basis).iter().any(|r| r.effective == rule.effective)
        })
        .max_by_key(|rule| rule.effective)
}

/// The entities and strands with anybody in a row's scope.
fn present(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    row: &DutyRow<'_>,
    counts: Counting,
) -> BTreeSet<EntityStrand> {
    let found: BTreeSet<EntityStrand> =
        desk.scope(jurisdiction, counts, row).iter().map(|(s, _)| (s.entity, s.strand)).collect();
    if !found.is_empty() {
        return found;
    }
    // Nobody is counted yet: any strand may concern the entity.
    let strands = desk.incident.strand_indices();
    row.entities.iter().flat_map(|e| strands.clone().map(|s| (*e, s))).collect()
}

fn weigh<'r>(
    desk: &Assessor<'_>,
    jurisdiction: &'r Jurisdiction,
    rule: &'r DutyRule,
    row: &DutyRow<'_>,
) -> Assessed<'r> {
    let tally = counted(desk, jurisdiction, rule, row);
    let passes = enough(rule, &tally);
    let keys = if tally.keys.is_empty() && unknown_yet(desk, rule, row, &tally) {
        present(desk, jurisdiction, row, rule.counts)
    } else {
        tally.keys.clone()
    };
    let due = earliest(desk, jurisdiction, rule, &keys);
    Assessed { rule, tally, passes, due }
}

/// Whom a rule counts. A state whose threshold counts people anywhere still protects its own
/// residents: without one who counts, nobody need be told. Where the words leave open whether the
/// others count, and all depends on them, counsel is asked.
fn counted(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    rule: &DutyRule,
    row: &DutyRow<'_>,
) -> Tally {
    let count = |counts: Counting| {
        let measure = Measure {
            jurisdiction,
            rule: &rule.id,
            kind: rule.kind,
            statute: &rule.statute,
            when: &rule.when,
            counts,
        };
        tally(desk, &measure, row)
    };
    if rule.counts != Counting::Everybody || jurisdiction.kind == JurisdictionKind::Federal {
        return count(rule.counts);
    }
    let residents = count(Counting::Residents);
    if residents.total == 0 {
        return residents;
    }
    let anywhere = Tally { residents: Some(residents.total), ..count(Counting::Everybody) };
    let Some(question) = &rule.count_question else { return anywhere };
    if enough(rule, &anywhere) == enough(rule, &residents) {
        return anywhere;
    }
    let taken = desk.docket.ask(Ask {
        id: format!("{}.counts", rule.id),
        text: question.clone(),
        choices: &["everywhere", "residents"],
        default: "everywhere",
        citation: &rule.cite,
        blocking: false,
    });
    if taken == "residents" { residents } else { anywhere }
}

/// Whether those counted pass the threshold: over several entities of one filing, either one
/// entity's count or all together.
fn enough(rule: &DutyRule, tally: &Tally) -> bool {
    passes(rule.comparator, rule.threshold, tally.total)
        || tally.by_entity.values().any(|n| passes(rule.comparator, rule.threshold, *n))
}

/// The earliest due date over the entities counted and the rule's clocks.
fn earliest(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    rule: &DutyRule,
    keys: &BTreeSet<EntityStrand>,
) -> Option<Due> {
    // No hold names the jurisdiction without a code.
    let code = if held(desk, jurisdiction, rule) { jurisdiction.code.as_str() } else { "" };
    let timers = std::iter::once((rule.clock, rule.deadline.as_ref()))
        .chain(rule.or_earlier.iter().map(|timer| (timer.clock, Some(&timer.deadline))));
    timers
        .flat_map(|(clock, deadline)| keys.iter().map(move |key| (clock, deadline, *key)))
        .filter_map(|(clock, deadline, key)| {
            let after = rule.after_hold.as_ref();
            desk.facts.due(code, rule.kind, key, clock, deadline, after)
        })
        .min()
}

/// Whether law-enforcement holds move a rule's due date; counsel is asked where nobody says.
fn held(desk: &Assessor<'_>, jurisdiction: &Jurisdiction, rule: &DutyRule) -> bool {
    match &rule.hold_question {
        _ if rule.despite_hold => false,
        None => true,
        Some(_) if desk.facts.held_until(&jurisdiction.code).is_none() => false,
        Some(text) => {
            let taken = desk.docket.ask(Ask {
                id: format!("{}.hold", rule.id),
                text: text.clone(),
                choices: &["stays", "delays"],
                default: "stays",
                citation: &rule.cite,
                blocking: false,
            });
            taken == "delays"
        }
    }
}

/// Before there is a roster: an entity without an estimate, and who cannot be written to.
fn unknown_yet(desk: &Assessor<'_>, rule: &DutyRule, row: &DutyRow<'_>, tally: &Tally) -> bool {
    let nobody = || !desk.people.everybody().any(|(slice, _)| row.entities.contains(&slice.entity));
    desk.estimated
        && tally.refused.is_none()
        && tally.outside.is_none()
        && match rule.counts {
            Counting::PatientsUnreachable | Counting::PeopleUnreachable => true,
            Counting::Patients => nobody(),
            _ => false,
        }
}

/// When the covered entity was told, if telling it is the duty.
fn told_on(desk: &Assessor<'_>, rule: &DutyRule, row: &DutyRow<'_>) -> Option<Date> {
    let entity = row.entities.first().filter(|_| rule.kind == DutyKind::CoveredEntity)?;
    desk.incident[*entity].told_on.map(|day| *day)
}

/// What the incident says of a covered entity that is told: when it had the list of its people,
/// and when it was agreed who carries out its notices. Sentences to add; none of other duties.
fn told_of_entity(desk: &Assessor<'_>, rule: &DutyRule, row: &DutyRow<'_>) -> String {
    let mut text = String::new();
    let Some(told) = told_on(desk, rule, row) else { return text };
    let Some(entity) = row.entities.first() else { return text };
    let of = &desk.incident[*entity];
    let owes_list = rule.required_content.iter().any(|what| what == "individual_list");
    match of.list_received_on {
        Some(day) if *day == told => {
            let _ = write!(text, " It was told on {told}, with the list of its people.");
        }
        Some(day) => {
            let _ = write!(text, " It was told on {told} and had the list of its people on {day}.");
        }
        None if owes_list => {
            text.push_str(" The incident does not say when it had the list of its people.");
        }
        None => {}
    }
    if let Some(day) = of.delegation.agreed_on {
        let _ = write!(text, " Who carries out its notices was agreed on {day}.");
    }
    text
}

/// Turns the governing version into a duty, counsel's own answers last.
fn duty(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    chosen: Assessed<'_>,
    row: &DutyRow<'_>,
    carrier: Carrier,
    id: String,
) -> Duty {
    let Assessed { rule, tally, passes, due } = chosen;
    let mut text = reason(desk, jurisdiction, rule, row, &tally);
    let unknown = unknown_yet(desk, rule, row, &tally);
    let mut arises = match (passes, desk.estimated) {
        (true, true) => Arises::Possible,
        (true, false) => Arises::Yes,
        (false, _) if unknown => Arises::Possible,
        (false, _) => Arises::No,
    };
    if unknown && tally.total == 0 {
        text = match rule.counts {
            counts if counts.unreachable() => {
                "How many people cannot be written to is known only from the roster.".to_owned()
            }
            _ => "The number of patients is not estimated yet.".to_owned(),
        };
    }
    let asked: Vec<String> =
        rule.question.iter().cloned().chain(tally.open.iter().cloned()).collect();
    // Counsel may strike any duty, also one that raises no question.
    let struck = desk.docket.decided(&rule.id).is_some();
    if arises != Arises::No && (struck || !asked.is_empty()) {
        let text_of_question =
            if asked.is_empty() { "Does this duty arise?".to_owned() } else { asked.join(" ") };
        let taken = desk.docket.ask(Ask {
            id: rule.id.clone(),
            text: text_of_question,
            choices: &["arises", "does_not_arise"],
            default: "arises",
            citation: &rule.cite,
            blocking: false,
        });
        if taken == "does_not_arise" {
            arises = Arises::No;
            text = format!("Counsel decided that it does not arise (question `{}`).", rule.id);
        }
    }
    if arises != Arises::No {
        text.push_str(&told_of_entity(desk, rule, row));
    }
    let due = due.filter(|_| arises != Arises::No);
    let entities = if tally.by_entity.is_empty() {
        row.entities.iter().copied().collect()
    } else {
        tally.by_entity.keys().copied().collect::<Vec<_>>()
    };
    let recipient = match row.state {
        Some(code) => format!("{} ({})", rule.recipient, desk.place(code)),
        None => rule.recipient.clone(),
    };
    let alone = id != rule.id;
    Duty {
        id,
        rule: rule.id.clone(),
        jurisdiction: jurisdiction.code.clone(),
        entity: row
            .entities
            .first()
            .filter(|_| alone && row.entities.len() == 1)
            .map(|e| desk.id(*e).to_owned()),
        entities: entities.into_iter().map(|e| desk.id(e).to_owned()).collect(),
        kind: rule.kind,
        recipient,
        arises,
        count: tally.total,
        matched: tally.matched,
        threshold: rule.threshold,
        comparator: rule.comparator,
        due: due.map(|d| d.on),
        recommended: due.and_then(|d| d.recommended),
        due_hours: due.and_then(|d| d.hours),
        clock: due.map_or(rule.clock, |d| d.clock),
        clock_started: due.map(|d| d.started),
        done_on: told_on(desk, rule, row),
        citation: rule.cite.clone(),
        confidence: rule.confidence,
        carrier,
        reason: text,
        timing: rule.timing.clone(),
        required_content: rule.required_content.clone(),
        method: rule.method.clone(),
        url: rule.url.clone(),
        source: rule.source.clone(),
    }
}

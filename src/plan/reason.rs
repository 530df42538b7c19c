//! The sentence that says why a duty arises, or why not.

use super::assessor::{Assessor, Outside};
use super::tally::{DutyRow, Tally};
use super::words::{counted, thousands, threshold};
use crate::incident::EntityIx;
use crate::law::{Comparator, Counting, DutyRule, Jurisdiction, JurisdictionKind, Treatment};
use std::cmp::Reverse;

/// Whether a count passes a threshold; nobody counted never does.
pub(super) fn passes(comparator: Comparator, limit: u64, count: u64) -> bool {
    count > 0
        && match comparator {
            Comparator::MoreThan => count > limit,
            Comparator::AtLeast => count >= limit,
            Comparator::FewerThan => count < limit,
        }
}

/// Why nobody, or too few, are counted; or who is counted against which threshold.
pub(super) fn reason(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    rule: &DutyRule,
    row: &DutyRow<'_>,
    tally: &Tally,
) -> String {
    if tally.total == 0 {
        return nobody(desk, jurisdiction, rule, row, tally);
    }
    let mut text = String::new();
    if desk.estimated {
        text.push_str("By estimate, ");
    }
    text.push_str(&people(desk, jurisdiction, rule, row, tally));
    if matches!(rule.counts, Counting::Residents | Counting::Everybody) {
        text.push_str(&over_entities(desk, rule, tally));
    }
    if let Some(here) = tally.residents {
        let here = counted(here, "resident", "residents");
        text.push_str(&format!(", {here} of {} among them", jurisdiction.name));
    }
    if rule.threshold <= 1 && rule.comparator != Comparator::FewerThan {
        text.push_str("; any number suffices");
    } else {
        text.push_str(&format!(
            "; the threshold is {}",
            threshold(rule.comparator, rule.threshold)
        ));
    }
    if let Some((n, treatment, cite)) = &tally.lifted {
        text.push_str(&format!(
            "; {} {}",
            counted(*n, "patient is", "patients are"),
            left_out(*treatment, cite)
        ));
    }
    for why in &tally.lapsed {
        text.push_str(&format!("; {why}"));
    }
    text.push('.');
    text
}

/// `1,200 residents of Somewhere meet the definition`.
fn people(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    rule: &DutyRule,
    row: &DutyRow<'_>,
    tally: &Tally,
) -> String {
    let n = tally.total;
    let name = &jurisdiction.name;
    let of = || owners(desk, row, tally);
    let count = if n == 1 { "counts" } else { "count" };
    let federal = jurisdiction.kind == JurisdictionKind::Federal;
    // Only residents were counted, because counsel said so.
    if rule.counts == Counting::Everybody && tally.residents.is_none() && !federal {
        return format!("{} of {name} {count}", counted(n, "resident", "residents"));
    }
    match rule.counts {
        Counting::Residents => {
            format!("{} of {name} {count}", counted(n, "resident", "residents"))
        }
        Counting::Everybody => format!("{} anywhere {count}", counted(n, "person", "people")),
        Counting::Patients => {
            format!("{} of {} {} affected", counted(n, "patient", "patients"), of(), is(n))
        }
        Counting::PatientsPerState => format!(
            "{} of {} {} in {}",
            counted(n, "patient", "patients"),
            of(),
            if n == 1 { "lives" } else { "live" },
            desk.place(row.state.unwrap_or_default()),
        ),
        Counting::PatientsUnreachable => {
            format!("{} of {} cannot be reached by letter", counted(n, "patient", "patients"), of())
        }
        Counting::PeoplePerState => format!(
            "{} of {} {} in {}",
            counted(n, "user", "users"),
            of(),
            if n == 1 { "lives" } else { "live" },
            desk.place(row.state.unwrap_or_default()),
        ),
        Counting::PeopleUnreachable => {
            format!("{} of {} cannot be reached by letter", counted(n, "user", "users"), of())
        }
        Counting::ResidentPatients => format!(
            "{} of {} who {} in {name} {} affected",
            counted(n, "patient", "patients"),
            of(),
            if n == 1 { "lives" } else { "live" },
            is(n)
        ),
    }
}

/// The entities whose patients are counted: by name, or how many.
fn owners(desk: &Assessor<'_>, row: &DutyRow<'_>, tally: &Tally) -> String {
    let counted_of: Vec<EntityIx> = tally.by_entity.keys().copied().collect();
    let of =
        if counted_of.is_empty() { row.entities.iter().copied().collect() } else { counted_of };
    match of.as_slice() {
        [one] => desk.name(*one).to_owned(),
        [one, two] => format!("{} and {}", desk.name(*one), desk.name(*two)),
        many => counted(many.len() as u64, "covered entity", "covered entities"),
    }
}

fn is(n: u64) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// Which count passes where several entities share a filing: one entity's, or only all together.
fn over_entities(desk: &Assessor<'_>, rule: &DutyRule, tally: &Tally) -> String {
    let Some((largest, most)) = tally.by_entity.iter().max_by_key(|(e, n)| (**n, Reverse(**e)))
    else {
        return String::new();
    };
    if tally.by_entity.len() < 2 {
        return String::new();
    }
    let over = format!(" over {} covered entities", tally.by_entity.len());
    let trivial = rule.threshold <= 1;
    match (passes(rule.comparator, rule.threshold, tally.total), trivial) {
        (_, true) | (false, _) => over,
        (true, _) if passes(rule.comparator, rule.threshold, *most) => {
            format!("{over}, {} of them {}", thousands(*most), of_entity(desk, *largest))
        }
        (true, _) => format!(
            "{over} only when taken together, {} at most for one ({})",
            thousands(*most),
            desk.name(*largest)
        ),
    }
}

fn of_entity(desk: &Assessor<'_>, entity: EntityIx) -> String {
    format!("of {}", desk.name(entity))
}

fn left_out(treatment: Treatment, cite: &str) -> String {
    match treatment {
        Treatment::ExemptEntity => {
            format!("left out because the law exempts HIPAA covered entities ({cite})")
        }
        Treatment::ExemptData => {
            format!("left out because the law exempts data under HIPAA ({cite})")
        }
        _ => format!("left out because notice under HIPAA is deemed compliance ({cite})"),
    }
}

/// Why the count is nil.
fn nobody(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    rule: &DutyRule,
    row: &DutyRow<'_>,
    tally: &Tally,
) -> String {
    if let Some((_, treatment, cite)) = &tally.lifted {
        return match treatment {
            Treatment::ExemptEntity => {
                format!("The law exempts HIPAA covered entities ({cite}).")
            }
            Treatment::ExemptData => format!("The law exempts data under HIPAA ({cite})."),
            _ => format!("Notice under HIPAA is deemed compliance ({cite})."),
        };
    }
    if let Some(why) = tally.refused.as_deref().or(tally.outside.map(Outside::words)) {
        return format!("The rule does not reach this breach: {why}.");
    }
    let of = || owners(desk, row, tally);
    match rule.counts {
        Counting::PatientsUnreachable => format!("Every patient of {} can be written to.", of()),
        Counting::PeopleUnreachable => format!("Every user of {} can be written to.", of()),
        Counting::PeoplePerState => format!("No user of {} is affected.", of()),
        Counting::Patients | Counting::PatientsPerState | Counting::ResidentPatients => {
            format!("No patient of {} is affected.", of())
        }
        Counting::Residents | Counting::Everybody => format!(
            "No exposed element of the {} of {} meets the definition.",
            counted(tally.in_scope, "resident", "residents"),
            jurisdiction.name
        ),
    }
}

//! Letters that came back: what follows from them, said where people are counted.

use crate::finding::{Finding, Findings, Severity};
use crate::incident::EntityIx;
use crate::law::DutyKind;
use crate::matter::open::Matter;
use crate::plan::{Arises, Plan};
use crate::tables::words::{count, long_date};
use std::collections::BTreeMap;

/// Adds up letters that came back, by covered entity.
pub fn sum(
    mut these: BTreeMap<EntityIx, u64>,
    those: BTreeMap<EntityIx, u64>,
) -> BTreeMap<EntityIx, u64> {
    for (entity, letters) in those {
        *these.entry(entity).or_default() += letters;
    }
    these
}

/// Says of each covered entity how many letters came back, and what the plan owes those people now.
pub fn tell(
    matter: &Matter,
    plan: &Plan,
    returned: &BTreeMap<EntityIx, u64>,
    findings: &mut Findings,
) {
    for (entity, letters) in returned.iter().filter(|(_, letters)| **letters > 0) {
        let entity = &matter.incident[*entity];
        let message = format!(
            "{} to people of {} came back and {} not sent again: the addresses count as out of date",
            count(*letters, "letter", "letters"),
            entity.name,
            if *letters == 1 { "was" } else { "were" }
        );
        let substitute = plan.duties.iter().find(|duty| {
            duty.kind == DutyKind::Substitute
                && duty.arises != Arises::No
                && duty.entities.contains(&entity.id)
        });
        let owed = match substitute.map(|duty| (&duty.id, duty.due)) {
            Some((id, Some(due))) => {
                format!(
                    "; for who is not found, substitute notice is due {} (`{id}`)",
                    long_date(due)
                )
            }
            Some((id, None)) => {
                format!("; for who is not found, substitute notice is owed (`{id}`)")
            }
            None => String::new(),
        };
        let folder = matter.folder.display();
        findings.push(
            Finding::new(code!("letters.returned"), Severity::Warning, message).remedy(format!(
                "find better addresses and send these letters again: `noticeworks wave {folder} --kind remail --mail-on <day>`{owed}"
            )),
        );
    }
}

//! Residents' names for a regulator that asks for them: only after counsel's decision, only
//! locked, and no more than the names.

use crate::files;
use crate::filings::Filing;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::products::locked::lock;
use crate::matter::refusal::{Doing, Refusal};
use crate::plan::Outcome;
use crate::tables::Table;
use std::path::Path;

/// Writes each filing's list beside it, below `dir`; the spool is read only if there is one.
///
/// # Errors
/// A key that is none; I/O.
pub fn names(
    matter: &Matter,
    intake: &Intake,
    filings: &[Filing],
    dir: &Path,
) -> Result<(), Refusal> {
    let incident = &matter.incident;
    let mut lists = Vec::new();
    for filing in filings {
        let Some(file) = filing.names_file() else { continue };
        let head = ["last_name", "first_name", "middle_name", "suffix"];
        let csv = Table::create(Vec::new(), &head).doing(doing)?;
        lists.push((filing, dir.join(filing.file.folder.name()).join(file), csv));
    }
    if lists.is_empty() {
        return Ok(());
    }
    intake.everybody_counted(matter, &mut |person, outcome, _| {
        if !person.standing.is_somebody() || outcome == Outcome::Merged {
            return Ok(());
        }
        // Who names no covered entity is a resident all the same where the filing is for all.
        let entity = person.entity.map(|at| &incident[at]);
        for (filing, _, csv) in &mut lists {
            let all = filing.duty.entities.len() == incident.entities.len();
            let ours = entity.map_or(all, |entity| filing.duty.entities.contains(&entity.id));
            if person.jurisdiction != filing.duty.jurisdiction || !ours {
                continue;
            }
            let cells =
                [&person.last_name, &person.first_name, &person.middle_name, &person.suffix];
            csv.row(cells).doing(doing)?;
        }
        Ok(())
    })?;
    for (_, path, csv) in lists {
        let text = csv.finish().doing(doing)?;
        let locked = lock(&text, &incident.filing.encrypt_to)?;
        files::write(&path, &locked).doing(doing)?;
    }
    Ok(())
}

fn doing() -> String {
    "write the names of residents".to_owned()
}

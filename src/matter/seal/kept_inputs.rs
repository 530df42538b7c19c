//! What a seal keeps of what its letters were made from.

use crate::approve::{Inputs, SealMaker};
use crate::files;
use crate::folder::IncidentFolder;
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use std::path::Path;

/// The spool and the law folder, beside the other inputs. The spool is linked, not copied: a new
/// `check` writes another file and leaves this one alone.
///
/// # Errors
/// I/O.
pub fn keep_inputs(
    matter: &Matter,
    inputs: &Inputs,
    maker: &SealMaker,
    law: Option<&Path>,
) -> Result<(), Refusal> {
    let doing = || "keep what the letters were made from".to_owned();
    let to = maker.inputs();
    inputs.copy(&matter.folder, &to).doing(doing)?;
    let wave = &matter.wave().id;
    let [from, target] = [&matter.folder, &to].map(|folder| IncidentFolder(folder).spool(wave));
    files::make_dir(target.csv().parent().unwrap_or(&to)).doing(doing)?;
    let [csv, about, given] = [
        (from.csv(), target.csv()),
        (from.about(), target.about()),
        (from.given(), target.given()),
    ];
    // Codes are given in few incidents.
    let given = Some(given).filter(|(from, _)| from.exists());
    for (from, target) in [csv, about].into_iter().chain(given) {
        if std::fs::hard_link(&from, &target).is_err() {
            std::fs::copy(&from, &target).doing(doing)?;
        }
    }
    if let Some(law) = law {
        let own = maker.law();
        files::make_dir(&own).doing(doing)?;
        for entry in std::fs::read_dir(law).doing(doing)? {
            let path = entry.doing(doing)?.path();
            if let Some(name) = path.file_name().filter(|_| path.is_file()) {
                std::fs::copy(&path, own.join(name)).doing(doing)?;
            }
        }
    }
    Ok(())
}

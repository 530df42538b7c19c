//! Seals in the folder that the ledger does not know: it is not the ledger they were made under.

use crate::files;
use crate::folder::{IncidentFolder, LOST_SEALS, seal_name};
use crate::ledger::Ledger;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Their names; not the one that an interrupted approval under this very ledger left.
///
/// # Errors
/// The folder or the ledger cannot be read.
pub fn unknown(folder: &Path, ledger: &Ledger, id: &str) -> Result<Vec<String>, Refusal> {
    let doing = || "read `sealed`".to_owned();
    let entries = match fs::read_dir(IncidentFolder(folder).sealed()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).doing(doing),
    };
    let seals = ledger.all_seals().map_err(ledger_stop)?;
    let known: BTreeSet<String> =
        seals.iter().map(|seal| seal_name(&seal.wave, seal.number)).collect();
    let mut unknown = Vec::new();
    for entry in entries {
        let name = entry.doing(doing)?.file_name().to_string_lossy().into_owned();
        let ours = || fs::read_to_string(making(folder, &name)).is_ok_and(|by| by == id);
        if !name.starts_with('.') && name != LOST_SEALS && !known.contains(&name) && !ours() {
            unknown.push(name);
        }
    }
    unknown.sort();
    Ok(unknown)
}

/// Refuses to approve while the folder holds a seal that the ledger does not know.
///
/// # Errors
/// There is one; the folder or the ledger cannot be read.
pub fn refuse_unknown(folder: &Path, ledger: &Ledger, id: &str) -> Result<(), Refusal> {
    let unknown = unknown(folder, ledger, id)?;
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Refusal::refused(
        code!("seal.unknown"),
        format!("`sealed` holds what this ledger does not know: {}", unknown.join(", ")),
        "find the ledger under which it was approved; if it is lost, run `noticeworks claim` and \
         settle with the mail house and the mail server what was sent",
    ))
}

/// Puts seals of a lost ledger aside; nothing of them is removed. Their names.
///
/// # Errors
/// The folder or the ledger cannot be read or written.
pub fn put_aside(folder: &Path, ledger: &Ledger, id: &str) -> Result<Vec<String>, Refusal> {
    let unknown = unknown(folder, ledger, id)?;
    let lost = IncidentFolder(folder).lost_seals();
    for name in &unknown {
        let doing = || format!("put `sealed/{name}` aside");
        files::make_dir(&lost).doing(doing)?;
        let free = (1..).map(|n| if n == 1 { name.clone() } else { format!("{name}.{n}") });
        let to = free.map(|name| lost.join(name)).find(|to| !to.exists());
        if let Some(to) = to {
            fs::rename(IncidentFolder(folder).seal(name).0, to).doing(doing)?;
        }
    }
    Ok(unknown)
}

/// Says under which ledger a seal is about to get its name: killed before the ledger has it, the
/// next approval knows it as its own.
///
/// # Errors
/// I/O.
pub fn begin(folder: &Path, name: &str, id: &str) -> Result<(), Refusal> {
    files::write(&making(folder, name), id.as_bytes()).doing(|| "write the seal".to_owned())
}

/// The ledger knows the seal now.
pub fn end(folder: &Path, name: &str) {
    let _ = fs::remove_file(making(folder, name));
}

fn making(folder: &Path, name: &str) -> PathBuf {
    IncidentFolder(folder).seal_in_the_making(name)
}

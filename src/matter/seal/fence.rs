//! Who may send: the fence with this machine's name and its folder of marks.

use crate::files;
use crate::ledger::{Fence, Fenced, Hold, Ledger};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::unaltered;
use sha2::{Digest, Sha256};
use std::env;
use std::path::{Path, PathBuf};

/// Takes the right to send.
///
/// # Errors
/// Refused: the folder is a copy, an older state, or another command is at work; the ledger's
/// record was altered.
pub fn hold(matter: &Matter, ledger: &mut Ledger) -> Result<Hold, Refusal> {
    unaltered(ledger)?;
    let fence = fence(&matter.folder)?;
    let wave = matter.wave().id.as_str();
    fence.of_waves(&matter.incident.id, [wave]).hold(ledger).map_err(fenced)
}

/// Gives a new ledger its identity, where there is a place to remember it in. Looking at a roster
/// asks for no right to send: it goes on without.
pub fn identify(folder: &Path, ledger: &mut Ledger) {
    if let Ok(fence) = fence(folder) {
        let _ = fence.identify(ledger);
    }
}

/// The fence of a folder on this machine.
///
/// # Errors
/// No place for marks; a folder that is not there.
pub fn fence(folder: &Path) -> Result<Fence, Refusal> {
    let Some(marks) = marks() else {
        return Err(Refusal::refused(
            code!("fence.no_home"),
            "there is no folder to remember this ledger in",
            "set `NOTICEWORKS_STATE` or `HOME` to a folder outside the incident's",
        ));
    };
    Fence::new(folder, &marks, &host()).map_err(fenced)
}

/// What the fence says, with the way out.
pub fn fenced(error: Fenced) -> Refusal {
    let message = error.to_string();
    match error {
        Fenced::Ledger(error) => crate::matter::seal::ledger_stop(error),
        Fenced::Io { path, source } => {
            Refusal::Io { what: format!("work with `{}`", path.display()), error: source }
        }
        Fenced::Busy => Refusal::refused(
            code!("fence.busy"),
            message,
            "wait until it has ended; `noticeworks status` shows how far it is",
        ),
        Fenced::Elsewhere { .. } => Refusal::refused(
            code!("fence.elsewhere"),
            message,
            "work in that folder; if it was moved here and is gone there, run `noticeworks claim`",
        ),
        Fenced::Jumped { .. } => Refusal::refused(
            code!("ledger.clock_ahead"),
            message,
            "set this machine's clock right; if it is right, run `noticeworks claim --clock`, then this command again",
        ),
        Fenced::Restored(_) => Refusal::refused(
            code!("fence.restored"),
            message,
            "find the newer ledger; if it is lost, run `noticeworks claim` and settle with the mail house and the mail server what was sent since",
        ),
    }
}

/// `$NOTICEWORKS_STATE`, else the user's folder for what programs remember.
pub fn marks() -> Option<PathBuf> {
    let of = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    of("NOTICEWORKS_STATE")
        .or_else(|| of("XDG_STATE_HOME").map(|folder| folder.join("noticeworks")))
        .or_else(|| of("HOME").map(|home| home.join(".local/state/noticeworks")))
}

/// The machine: its name and, where the system has one, its id, hidden behind a digest.
fn host() -> String {
    let (name, id) = files::system::machine();
    format!("{name} ({})", files::hex(&Sha256::digest(id)[..4]))
}

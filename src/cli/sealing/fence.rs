//! Who may send: the fence with this machine's name and its folder of marks.

use crate::cli::exit::Stop;
use crate::ledger::{Fence, Fenced, Hold, Ledger};
use sha2::{Digest, Sha256};
use std::env;
use std::path::{Path, PathBuf};

/// Takes the right to send.
///
/// # Errors
/// Refused: the folder is a copy, an older state, or another command is at work; the ledger's
/// events were altered.
pub fn hold(folder: &Path, ledger: &mut Ledger) -> Result<Hold, Stop> {
    ledger.verify_chain().map_err(super::ledger_stop)?;
    fence(folder)?.hold(ledger).map_err(fenced)
}

/// The fence of a folder on this machine.
///
/// # Errors
/// No place for marks; a folder that is not there.
pub fn fence(folder: &Path) -> Result<Fence, Stop> {
    let Some(marks) = marks() else {
        return Err(Stop::refused(
            code!("fence.no_home"),
            "there is no folder to remember this ledger in",
            "set `NOTICEWORKS_STATE` or `HOME` to a folder outside the incident's",
        ));
    };
    Fence::new(folder, &marks, &host()).map_err(fenced)
}

/// What the fence says, with the way out.
pub fn fenced(error: Fenced) -> Stop {
    let message = error.to_string();
    match error {
        Fenced::Ledger(error) => super::ledger_stop(error),
        Fenced::Io { path, source } => {
            Stop::Io { what: format!("work with `{}`", path.display()), error: source }
        }
        Fenced::Busy => Stop::refused(
            code!("fence.busy"),
            message,
            "wait until it has ended; `noticeworks status` shows how far it is",
        ),
        Fenced::Elsewhere { .. } => Stop::refused(
            code!("fence.elsewhere"),
            message,
            "work in that folder; if it was moved here and is gone there, run `noticeworks claim`",
        ),
        Fenced::Restored(_) => Stop::refused(
            code!("fence.restored"),
            message,
            "find the newer ledger; if it is lost, run `noticeworks claim` and settle with the mail house and the mail server what was sent since",
        ),
    }
}

/// `$NOTICEWORKS_STATE`, else the user's folder for what programs remember.
fn marks() -> Option<PathBuf> {
    let of = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    of("NOTICEWORKS_STATE")
        .or_else(|| of("XDG_STATE_HOME").map(|folder| folder.join("noticeworks")))
        .or_else(|| of("HOME").map(|home| home.join(".local/state/noticeworks")))
}

/// The machine: its name and, where the system has one, its id, hidden behind a digest.
fn host() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default().trim().to_owned();
    let id = crate::files::hex(&Sha256::digest(read("/etc/machine-id"))[..4]);
    format!("{} ({id})", read("/proc/sys/kernel/hostname"))
}

//! `init`: begins an incident folder with an incident.toml to fill in. `sample`: made-up people.

pub mod headings;
pub mod look;
pub mod proposal;
pub mod sample;
pub mod skeleton;

use crate::files;
use crate::folder::IncidentFolder;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::watcher::Watcher;
use serde::Serialize;
use std::path::{Path, PathBuf};

pub use skeleton::BLANK;

/// The folder to begin.
pub struct BeginRequest {
    /// It is made if need be.
    pub folder: PathBuf,
    /// A roster whose columns are looked at.
    pub roster: Option<PathBuf>,
}

/// What was begun, and what a person has to do next.
#[derive(Serialize)]
pub struct BeginAnswer {
    /// The incident.toml that was written.
    pub path: PathBuf,
    /// Places that must be filled in.
    pub blanks: u64,
    /// Questions about the roster.
    pub questions: u64,
    /// Whether the roster that was looked at lies elsewhere.
    pub roster_away: bool,
}

/// Writes an incident.toml to fill in.
///
/// # Errors
/// There is one already; a roster that cannot be read; I/O.
pub fn begin(request: &BeginRequest, _: &dyn Watcher) -> Result<BeginAnswer, Refusal> {
    let path = IncidentFolder(&request.folder).incident();
    if path.exists() {
        return Err(Refusal::one(
            code!("init.exists"),
            format!("`{}` exists already and was left as it is", path.display()),
            "name another folder, or move the file away first",
        ));
    }
    let looked = request.roster.as_deref().map(look::at).transpose()?;
    let text = skeleton::write(looked.as_ref());
    files::make_dir(&request.folder).doing(|| format!("make `{}`", request.folder.display()))?;
    files::write(&path, text.as_bytes()).doing(|| format!("write `{}`", path.display()))?;
    let away = |roster: &Path| roster.canonicalize().ok().is_some_and(|r| !within(&r, request));
    Ok(BeginAnswer {
        blanks: text.matches(&format!("{BLANK}: ")).count() as u64,
        questions: text.matches(proposal::QUESTION).count() as u64,
        roster_away: request.roster.as_deref().is_some_and(away),
        path,
    })
}

fn within(roster: &Path, request: &BeginRequest) -> bool {
    request.folder.canonicalize().is_ok_and(|folder| roster.parent() == Some(&folder))
}

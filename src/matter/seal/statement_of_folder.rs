//! What a seal would say of the folder as it is now.

use crate::approve::{Input, Inputs, SpoolSeal, Statement, sha256};
use crate::document::shipped_digest;
use crate::filings::Forms;
use crate::folder::IncidentFolder;
use crate::incident::Wave;
use crate::matter::open::Matter;
use crate::matter::people::given_codes;
use crate::matter::products::PROGRAM;
use crate::matter::refusal::{Doing, Refusal};
use crate::roster::{REPAIRS_FILE, Repairs, repaired_digest, whole_digest};
use std::io;
use std::path::Path;

/// The statement before any piece is composed, and the inputs it speaks of.
///
/// # Errors
/// An input or the spool cannot be read.
pub fn now(matter: &Matter) -> Result<(Statement, Inputs), Refusal> {
    let inputs = Inputs::collect(&matter.folder, &matter.incident, matter.wave())
        .doing(|| "read what the letters are made from".into())?;
    let statement = Statement {
        format: 1,
        incident: matter.incident.id.clone(),
        wave: matter.wave().id.clone(),
        mail_on: *matter.wave().mail_on,
        program: PROGRAM.into(),
        law_pack: law_pack(matter),
        shipped: shipped(),
        own_law: matter.law.is_some(),
        inputs: inputs.inputs.clone(),
        spool: spool(matter)?,
        ..Statement::default()
    };
    Ok((statement, inputs))
}

/// SHA-256, hex, over all that a wave's pieces are made from: equal for a folder and a seal whose
/// pieces are the same.
pub fn made_of(inputs: &[Input], law_pack: &str, people: &str) -> String {
    let mut text = format!("{PROGRAM}\n{}\n{law_pack}\n{people}\n", shipped());
    for input in inputs {
        text.push_str(&format!("{} {}\n", input.sha256, input.name));
    }
    sha256(text.as_bytes())
}

/// The law pack as a statement names it.
pub fn law_pack(matter: &Matter) -> String {
    format!("{} ({})", matter.pack.version(), matter.pack.digest())
}

/// SHA-256 over the shipped templates, forms and fonts, hex.
pub fn shipped() -> String {
    sha256(format!("{} {}", shipped_digest(), Forms::digest()).as_bytes())
}

/// The spool as it lies there; empty digests where there is none.
fn spool(matter: &Matter) -> Result<SpoolSeal, Refusal> {
    let files = IncidentFolder(&matter.folder).spool(&matter.wave().id);
    let text = std::fs::read_to_string(files.about()).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    let word = |key: &str| table.get(key).and_then(toml::Value::as_str).unwrap_or("").to_owned();
    Ok(SpoolSeal {
        people: word("digest"),
        csv: file_digest(&files.csv())?.unwrap_or_default(),
        toml: if text.is_empty() { String::new() } else { sha256(text.as_bytes()) },
        roster: word("roster_digest"),
        given: file_digest(&given_codes::path(&matter.folder, &matter.wave().id))?
            .unwrap_or_default(),
    })
}

/// The digest of a wave's rosters, as its spool has it; none if one of them is not there.
///
/// # Errors
/// One cannot be read.
pub fn rosters_digest(folder: &Path, wave: &Wave) -> Result<Option<String>, Refusal> {
    let mut digests = Vec::new();
    for file in wave.roster.files(folder) {
        let path = folder.join(file);
        let Some(digest) = file_digest(&path)? else { return Ok(None) };
        digests.push((path, digest));
    }
    let each = digests.iter().map(|(path, digest)| (path.as_path(), digest.as_str()));
    let repairs = Repairs::read(folder).doing(|| format!("read `{REPAIRS_FILE}`"))?;
    // What cannot be read fits no spool; reading the roster says what is wrong with it.
    let Ok(repairs) = repairs else { return Ok(None) };
    Ok(Some(repaired_digest(whole_digest(each), &repairs)))
}

/// SHA-256 of a file, hex, read in pieces; none if it is not there.
///
/// # Errors
/// It cannot be read.
pub fn file_digest(path: &Path) -> Result<Option<String>, Refusal> {
    let doing = || format!("read `{}`", path.display());
    match crate::files::sha256(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.doing(doing).map(Some),
    }
}

//! Where the seals of a wave lie, and what the ledger says of them.

use super::exit::{Doing, Stop};
use crate::ledger::Ledger;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// One seal of a wave: `sealed/<wave>-<n>`.
pub struct Standing {
    pub dir: PathBuf,
    pub wave: String,
    pub number: u64,
}

impl Standing {
    pub fn name(&self) -> String {
        format!("{}-{}", self.wave, self.number)
    }

    /// What was sealed: incident, templates, spool.
    pub fn inputs(&self) -> PathBuf {
        self.dir.join("inputs")
    }
}

/// Every seal in the folder, by wave and number.
///
/// # Errors
/// The folder cannot be read.
pub fn all(folder: &Path) -> Result<Vec<Standing>, Stop> {
    let dir = folder.join("sealed");
    let doing = || format!("read `{}`", dir.display());
    let entries = match std::fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Stop::Io { what: doing(), error }),
    };
    let mut seals = Vec::new();
    for entry in entries {
        let entry = entry.doing(doing)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((wave, number)) = name.rsplit_once('-') else { continue };
        let (Ok(number), true) = (number.parse(), entry.path().join("root.txt").is_file()) else {
            continue;
        };
        seals.push(Standing { dir: entry.path(), wave: wave.to_owned(), number });
    }
    seals.sort_by(|a, b| (&a.wave, a.number).cmp(&(&b.wave, b.number)));
    Ok(seals)
}

/// The latest seal of a wave.
///
/// # Errors
/// As [`all`].
pub fn latest(folder: &Path, wave: &str) -> Result<Option<Standing>, Stop> {
    Ok(all(folder)?.into_iter().rfind(|seal| seal.wave == wave))
}

/// The digests of the batches printed from a seal, the last print of each.
///
/// # Errors
/// The ledger cannot be read.
pub fn printed(ledger: &Ledger, seal: &Standing) -> Result<BTreeMap<String, String>, Stop> {
    let mut digests = BTreeMap::new();
    for body in bodies(ledger, "printed", seal)? {
        let batch = match &body["batch"] {
            Value::Number(number) => format!("batch-{:04}", number.as_u64().unwrap_or(0)),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        digests.insert(batch, body["sha256"].as_str().unwrap_or_default().to_owned());
    }
    Ok(digests)
}

/// The root that was approved; none if the ledger knows no approval of this seal.
///
/// # Errors
/// The ledger cannot be read.
pub fn approved_root(ledger: &Ledger, seal: &Standing) -> Result<Option<String>, Stop> {
    let bodies = bodies(ledger, "approved", seal)?;
    Ok(bodies.last().and_then(|body| body["root"].as_str()).map(str::to_owned))
}

fn bodies(ledger: &Ledger, kind: &str, seal: &Standing) -> Result<Vec<Value>, Stop> {
    let events = ledger.events(Some(kind)).map_err(io::Error::other);
    let events = events.doing(|| "read `ledger.sqlite`".into())?;
    let of_seal = |body: &Value| {
        let number = body["seal"].as_u64() == Some(seal.number);
        let named = body["seal"].as_str() == Some(seal.name().as_str());
        body["wave"].as_str() == Some(seal.wave.as_str()) && (number || named)
    };
    let bodies = events.iter().filter_map(|event| serde_json::from_str(&event.body).ok());
    Ok(bodies.filter(of_seal).collect())
}

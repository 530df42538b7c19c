//! `withdrawn.toml`: people who turned out not to be affected, with the day, who says so and why.
//! The rosters stay as they are; the file only grows.

use super::repairs::where_and_why;
use crate::files;
use crate::finding::{Finding, Place, Severity};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use toml::value::Datetime;

/// Its name in the incident folder.
pub const FILE: &str = "withdrawn.toml";

/// One `[[withdrawn]]`: a person with one covered entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// As a roster has it.
    pub record: String,
    /// The covered entity's id.
    pub entity: String,
    /// The same person's records in other waves' rosters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    pub on: Datetime,
    pub by: String,
    pub why: String,
    /// The person was affected all the same: takes back what stands above for the record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undo: bool,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<Withdrawal>,
}

/// All withdrawals of an incident.
#[derive(Default)]
pub struct Withdrawals {
    tables: Tables,
    /// By record id, the covered entities.
    standing: BTreeMap<String, BTreeSet<String>>,
    text: String,
}

impl Withdrawals {
    /// Reads the folder's withdrawals; none without the file.
    ///
    /// # Errors
    /// I/O; the finding that says what is wrong with the file.
    pub fn read(folder: &Path) -> io::Result<Result<Self, Box<Finding>>> {
        let text = match std::fs::read_to_string(folder.join(FILE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Ok(Self::default()));
            }
            other => other?,
        };
        let tables: Tables = match toml::from_str(&text) {
            Ok(tables) => tables,
            Err(error) => {
                let (line, message) = where_and_why(FILE, &text, &error);
                return Ok(Err(wrong(line, message)));
            }
        };
        let unsaid = |one: &&Withdrawal| {
            [&one.record, &one.entity, &one.by, &one.why].iter().any(|text| text.trim().is_empty())
        };
        if let Some(at) = tables.withdrawn.iter().position(|one| unsaid(&one)) {
            let message = format!(
                "withdrawal {} of `{FILE}` does not say all of `record`, `entity`, `by` and `why`",
                at + 1
            );
            return Ok(Err(wrong(None, message)));
        }
        let mut standing: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for one in &tables.withdrawn {
            for record in std::iter::once(&one.record).chain(&one.also) {
                let entities = standing.entry(record.clone()).or_default();
                match one.undo {
                    true => drop(entities.remove(&one.entity)),
                    false => drop(entities.insert(one.entity.clone())),
                }
            }
        }
        Ok(Ok(Self { tables, standing, text }))
    }

    pub fn is_empty(&self) -> bool {
        self.standing.is_empty()
    }

    /// Whether a record of a covered entity is withdrawn.
    pub fn has(&self, entity: &str, record: &str) -> bool {
        self.standing.get(record).is_some_and(|entities| entities.contains(entity))
    }

    /// The withdrawals in the order of the file, those taken back and what takes them back too.
    pub fn all(&self) -> &[Withdrawal] {
        &self.tables.withdrawn
    }

    /// SHA-256 of the file; none without one.
    pub fn digest(&self) -> Option<String> {
        let digest = || files::hex(&Sha256::digest(self.text.as_bytes()));
        (!self.text.is_empty()).then(digest)
    }

    /// Writes withdrawals behind those that the file has.
    ///
    /// # Errors
    /// I/O; the former file stays as it was.
    pub fn append(&self, folder: &Path, withdrawn: Vec<Withdrawal>) -> io::Result<()> {
        let more = toml::to_string(&Tables { withdrawn }).map_err(io::Error::other)?;
        let mut text = self.text.clone();
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        text.push_str(&more);
        files::write(&folder.join(FILE), text.as_bytes())
    }
}

fn wrong(line: Option<u64>, message: String) -> Box<Finding> {
    Box::new(
        Finding::new(code!("withdrawn.file"), Severity::Error, message)
            .at(Place { line, ..Place::file(FILE) })
            .remedy("write each person as `[[withdrawn]]` with `record`, `entity`, `on`, `by` and `why`, or use `noticeworks withdraw`"),
    )
}

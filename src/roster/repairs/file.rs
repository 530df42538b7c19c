//! `repairs.toml`: written by `repair add` and `repair undo`, or by hand.

use crate::files;
use crate::finding::{Finding, Place, Severity};
use crate::folder::IncidentFolder;
use crate::roster::order::record_digest;
use crate::written::TextFile;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io;
use std::path::Path;
use toml::value::Datetime;

/// Its name in the incident folder.
pub use crate::folder::REPAIRS as FILE;

/// One `[[repair]]`. No `Debug`: its values are personal.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    /// By which it is undone; never given twice.
    pub number: u32,
    /// The row's record id, as the client writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The rows, where they are not one record's.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// Its heading, or the canonical name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the cell must say; without it whatever stands there is replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Two records that are one person: the second goes into the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_person: Option<[String; 2]>,
    /// Two records that look like one person and are two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub two_persons: Option<[String; 2]>,
    pub by: String,
    pub on: Datetime,
    pub why: String,
}

/// Every row whose column says this.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub column: String,
    pub value: String,
}

/// One `[[undo]]`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    pub repair: u32,
    pub by: String,
    pub on: Datetime,
    pub why: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    repair: Vec<Repair>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    undo: Vec<Undo>,
}

/// All repairs of an incident.
#[derive(Default)]
pub struct Repairs {
    tables: Tables,
    /// The file as it was read; empty without one.
    text: String,
}

/// A repair and what became of it.
#[derive(Clone)]
pub struct RepairState {
    pub repair: Repair,
    pub undone: Option<Undo>,
}

impl Repairs {
    /// Reads the folder's repairs; none without the file.
    ///
    /// # Errors
    /// I/O; the finding that says what is wrong with the file.
    pub fn read(folder: &Path) -> io::Result<Result<Self, Box<Finding>>> {
        let text = match std::fs::read_to_string(IncidentFolder(folder).repairs()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Ok(Self::default()));
            }
            other => other?,
        };
        let tables: Tables = match toml::from_str(&text) {
            Ok(tables) => tables,
            Err(error) => return Ok(Err(unreadable(&text, &error))),
        };
        Ok(match wrong(&tables) {
            Some(message) => Err(Box::new(
                Finding::new(code!("repair.file"), Severity::Error, message)
                    .at(Place::file(FILE))
                    .remedy("correct the file, or take the repair out and add it with `noticeworks repair add`"),
            )),
            None => Ok(Self { tables, text }),
        })
    }

    /// SHA-256 of the file; none without one.
    pub fn digest(&self) -> Option<String> {
        let digest = || files::hex(&Sha256::digest(self.text.as_bytes()));
        (!self.text.is_empty()).then(digest)
    }

    /// Those that were not undone, in their order.
    pub fn standing(&self) -> impl Iterator<Item = &Repair> {
        let undone = |number| self.tables.undo.iter().any(|undo| undo.repair == number);
        self.tables.repair.iter().filter(move |repair| !undone(repair.number))
    }

    /// All of them, undone ones too.
    pub fn all(&self) -> Vec<RepairState> {
        let undone = |number| self.tables.undo.iter().find(|undo| undo.repair == number).cloned();
        let all = self.tables.repair.iter();
        all.map(|r| RepairState { repair: r.clone(), undone: undone(r.number) }).collect()
    }

    /// Digests of the records that are two persons, the smaller first.
    pub fn apart(&self) -> HashSet<(u64, u64)> {
        let pairs = self.standing().filter_map(|repair| repair.two_persons.as_ref());
        pairs.map(|[a, b]| ordered(record_digest(a), record_digest(b))).collect()
    }

    /// The number of the next one.
    pub fn next_number(&self) -> u32 {
        self.tables.repair.iter().map(|repair| repair.number).max().unwrap_or(0) + 1
    }

    /// Writes repairs and undoings behind those that the file has; what somebody wrote between
    /// them stays.
    ///
    /// # Errors
    /// I/O; the former file stays as it was.
    pub fn append(&self, folder: &Path, repair: Vec<Repair>, undo: Vec<Undo>) -> io::Result<()> {
        let more = toml::to_string(&Tables { repair, undo }).map_err(io::Error::other)?;
        let mut text = self.text.clone();
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        text.push_str(&more);
        files::write(&IncidentFolder(folder).repairs(), text.as_bytes())
    }
}

/// Two digests of records, the smaller first.
pub fn ordered(a: u64, b: u64) -> (u64, u64) {
    (a.min(b), a.max(b))
}

fn unreadable(text: &str, error: &toml::de::Error) -> Box<Finding> {
    let (line, message) = where_and_why(FILE, text, error);
    Box::new(
        Finding::new(code!("repair.file"), Severity::Error, message)
            .at(Place { line, ..Place::file(FILE) })
            .remedy("write each repair as `[[repair]]` with `number`, `record`, `column`, `from`, `to`, `by`, `on` and `why`"),
    )
}

/// The line at which a file of the folder cannot be read, and why, without a value.
pub(in crate::roster) fn where_and_why(
    file: &str,
    text: &str,
    error: &toml::de::Error,
) -> (Option<u64>, String) {
    let line = error.span().map(|span| TextFile::unquoted(file, text).line_of(span.start));
    // The parser's own words may quote a value.
    let message = match error.message() {
        known if known.starts_with("unknown field") || known.starts_with("missing field") => {
            format!("`{file}` cannot be read: {known}")
        }
        _ => format!("`{file}` cannot be read"),
    };
    (line, message)
}

/// What is wrong with repairs that can be read.
fn wrong(tables: &Tables) -> Option<String> {
    let mut numbers = std::collections::BTreeSet::new();
    for repair in &tables.repair {
        let number = repair.number;
        if !numbers.insert(number) {
            return Some(format!("two repairs have the number {number}"));
        }
        let cell = repair.column.is_some() && repair.to.is_some();
        let rows = usize::from(repair.record.is_some()) + usize::from(repair.rule.is_some());
        let pair =
            usize::from(repair.one_person.is_some()) + usize::from(repair.two_persons.is_some());
        let part = repair.column.is_some() || repair.to.is_some() || repair.from.is_some();
        if !(cell && rows == 1 && pair == 0 || pair == 1 && rows == 0 && !part) {
            return Some(format!(
                "repair {number} says neither which cell to mend (`record` or `where`, `column`, `to`) nor who is `one_person` or `two_persons`"
            ));
        }
        if repair.record.is_some() && repair.from.is_none() {
            return Some(format!("repair {number} does not say what the cell says now (`from`)"));
        }
        let two = repair.one_person.iter().chain(&repair.two_persons);
        if two.clone().any(|[a, b]| a == b) {
            return Some(format!("repair {number} names one record twice"));
        }
        if repair.by.trim().is_empty() || repair.why.trim().is_empty() {
            return Some(format!("repair {number} does not say who made it (`by`) and `why`"));
        }
    }
    let unknown = tables.undo.iter().find(|undo| !numbers.contains(&undo.repair));
    unknown.map(|undo| format!("there is no repair {} to undo", undo.repair))
}

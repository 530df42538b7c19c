//! `repair`: the corrections of the roster, with who made them and why.

use crate::matter::refusal::{Doing, Refusal};
use crate::roster::{REPAIRS_FILE, Repair, RepairState, Repairs, pattern};
use serde::Serialize;
use std::path::Path;

/// One repair as it is shown. No `Debug`: its values may be personal.
#[derive(Serialize)]
pub struct RepairLine {
    pub number: u32,
    pub record: Option<String>,
    #[serde(rename = "where")]
    pub rule: Option<RuleLine>,
    pub column: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub one_person: Option<[String; 2]>,
    pub two_persons: Option<[String; 2]>,
    pub by: String,
    pub on: String,
    pub why: String,
    pub undone: Option<UndoLine>,
}

#[derive(Serialize)]
pub struct RuleLine {
    pub column: String,
    pub value: String,
}

#[derive(Serialize)]
pub struct UndoLine {
    pub by: String,
    pub on: String,
    pub why: String,
}

/// All repairs of a folder; values as patterns unless they are asked for.
///
/// # Errors
/// The file cannot be read or is wrong.
pub fn repairs(folder: &Path, show_values: bool) -> Result<Vec<RepairLine>, Refusal> {
    Ok(read(folder)?.all().into_iter().map(|state| line(state, show_values)).collect())
}

/// The folder's repairs.
///
/// # Errors
/// There is no folder; the file cannot be read or is wrong.
pub fn read(folder: &Path) -> Result<Repairs, Refusal> {
    if !folder.is_dir() {
        return Err(Refusal::one(
            code!("folder.missing"),
            format!("there is no folder `{}`", folder.display()),
            "name the folder that holds incident.toml and the roster",
        ));
    }
    let read = Repairs::read(folder).doing(|| format!("read `{REPAIRS_FILE}`"))?;
    read.map_err(|finding| {
        let mut findings = crate::finding::Findings::default();
        findings.push(*finding);
        Refusal::Configuration(findings)
    })
}

/// A value as it may be shown.
pub fn shown(value: &str, show_values: bool) -> String {
    if show_values { value.to_owned() } else { pattern(value) }
}

fn line(state: RepairState, show_values: bool) -> RepairLine {
    let RepairState { repair, undone } = state;
    let Repair { number, record, rule, column, from, to, one_person, two_persons, by, on, why } =
        repair;
    let show = |value: String| shown(&value, show_values);
    RepairLine {
        number,
        record,
        rule: rule.map(|r| RuleLine { column: r.column, value: show(r.value) }),
        column,
        from: from.map(show),
        to: to.map(show),
        one_person,
        two_persons,
        by,
        on: on.to_string(),
        why,
        undone: undone.map(|u| UndoLine { by: u.by, on: u.on.to_string(), why: u.why }),
    }
}

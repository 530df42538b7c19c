//! `law list`, `law show`, `law diff`: the rules a plan rests on, for reading.

use crate::incident::Day;
use crate::law::{Change, Confidence, LawPack, Shown, diff, show};
use crate::matter::refusal::Refusal;
use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;

/// The built-in pack, or the one in a folder.
///
/// # Errors
/// Everything wrong with the files.
pub fn load(dir: Option<&Path>) -> Result<LawPack, Refusal> {
    dir.map_or_else(LawPack::embedded, LawPack::load).map_err(Refusal::Configuration)
}

/// A state or a federal law of the pack.
#[derive(Serialize)]
pub struct Listed<'p> {
    pub code: &'p str,
    pub name: &'p str,
    /// The day on which it was last checked.
    pub checked: Day,
    pub confidence: Confidence,
    pub duties: usize,
}

/// Everything the pack knows, in its order.
pub fn listed(pack: &LawPack) -> Vec<Listed<'_>> {
    pack.jurisdictions()
        .map(|j| Listed {
            code: &j.code,
            name: &j.name,
            checked: j.checked,
            confidence: j.confidence,
            duties: j.duties.len(),
        })
        .collect()
}

/// The rules of one state or federal law that are in force on a day.
///
/// # Errors
/// A code that the pack does not have; a day before it begins.
pub fn shown<'p>(pack: &'p LawPack, code: &str, on: Date) -> Result<Shown<'p>, Refusal> {
    answers_for(pack, on)?;
    let code = code.to_uppercase();
    show(pack, &code, on).ok_or_else(|| {
        let known: Vec<&str> = pack.jurisdictions().map(|j| j.code.as_str()).collect();
        Refusal::one(
            code!("law.unknown_jurisdiction"),
            format!("the law pack has no jurisdiction `{code}`"),
            format!("choose one of {}", known.join(", ")),
        )
    })
}

/// What changed between two days.
///
/// # Errors
/// A day before the pack begins.
pub fn changes(pack: &LawPack, from: Date, to: Date) -> Result<Vec<Change>, Refusal> {
    answers_for(pack, from)?;
    answers_for(pack, to)?;
    Ok(diff(pack, from, to))
}

/// Refuses a day from before the pack's first version.
///
/// # Errors
/// `law.before_first_version`.
pub fn answers_for(pack: &LawPack, on: Date) -> Result<(), Refusal> {
    match pack.since() {
        Some(since) if on < since => Err(Refusal::one(
            code!("law.before_first_version"),
            format!("the law pack begins on {since} and cannot say what was in force on {on}"),
            format!("write a day from {since} on, or name a law pack of that time with `--law`"),
        )),
        _ => Ok(()),
    }
}

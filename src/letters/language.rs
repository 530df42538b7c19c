//! The languages letters are written in: templates, small words and the incident's own words.

use super::order::read_toml;
use super::words::Words;
use crate::document::TemplateSet;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::Incident;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The language of `incident.toml` and of people for whom there is no other.
pub(super) const OWN: &str = "en";

/// A language's small words and the incident's own words in it.
pub(super) struct Language {
    pub words: Words,
    pub what_happened: String,
    pub what_we_are_doing: String,
    /// Other words of the incident in this language; none: the incident's own words.
    pub translated: Option<Translated>,
}

/// What may be translated besides; what is not is left out, or stands as in incident.toml where
/// figures carry it.
#[derive(Default)]
pub(super) struct Translated {
    pub phone_hours: String,
    /// Provider -> what its protection includes.
    pub protection: BTreeMap<String, String>,
    /// Of a wave that corrects an earlier letter.
    pub what_was_wrong: String,
}

/// A line that offers help in a language without templates (45 CFR 92.11).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssistanceLine {
    /// The language's English name.
    pub name: String,
    /// With `{phone}`.
    pub line: String,
}

/// Reads `languages.toml`: lines by language code.
pub(super) fn read_lines(
    label: &str,
    text: &str,
) -> Result<BTreeMap<String, AssistanceLine>, Finding> {
    read_toml(code!("letter.languages"), label, text)
}

/// `templates/letter/es/incident.toml` of the incident: its words in another language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Translation {
    what_happened: String,
    what_we_are_doing: String,
    #[serde(default)]
    elements: BTreeMap<String, String>,
    /// The hours of the telephone.
    #[serde(default)]
    phone_hours: String,
    /// Provider -> what its protection includes.
    #[serde(default)]
    protection: BTreeMap<String, String>,
    /// As `what_was_wrong` of the wave that corrects an earlier letter.
    #[serde(default)]
    what_was_wrong: String,
}

/// English, and every other language that has both its templates and the incident's words.
pub(super) fn languages(
    incident: &Incident,
    set: &TemplateSet,
    findings: &mut Findings,
) -> BTreeMap<String, Language> {
    let mut languages = BTreeMap::new();
    let codes: Vec<String> =
        set.files().filter_map(|f| f.strip_suffix("/words.toml")).map(str::to_owned).collect();
    for code in codes {
        let path = format!("{code}/words.toml");
        let Some(mut words) = read_file(set, &path, Words::read, findings) else { continue };
        let (what_happened, what_we_are_doing, translated) = if code == OWN {
            let breach = &incident.breach;
            (breach.what_happened.clone(), breach.what_we_are_doing.clone(), None)
        } else {
            let path = format!("{code}/incident.toml");
            if set.file(&path).is_none() {
                continue;
            }
            let read =
                |label: &str, text: &str| read_toml(code!("letter.translation"), label, text);
            let Some(translation): Option<Translation> = read_file(set, &path, read, findings)
            else {
                continue;
            };
            words.elements.extend(translation.elements);
            let Translation { phone_hours, protection, what_was_wrong, .. } = translation;
            let translated = Some(Translated { phone_hours, protection, what_was_wrong });
            (translation.what_happened, translation.what_we_are_doing, translated)
        };
        let language = Language { words, what_happened, what_we_are_doing, translated };
        languages.insert(code, language);
    }
    languages
}

pub(super) fn read_file<T>(
    set: &TemplateSet,
    path: &str,
    read: impl FnOnce(&str, &str) -> Result<T, Finding>,
    findings: &mut Findings,
) -> Option<T> {
    let Some((label, text)) = set.file(path) else {
        findings.push(
            Finding::new(
                code!("letter.missing_file"),
                Severity::Error,
                format!("`{path}` is missing"),
            )
            .at(Place::file(format!("templates/letter/{path}")))
            .remedy("copy the shipped file of this name"),
        );
        return None;
    };
    read(label, text).map_err(|finding| findings.push(finding)).ok()
}

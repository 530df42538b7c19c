//! All law files together, checked.

use super::Interview;
use super::check::Checks;
use super::holidays::Holidays;
use super::source::{self, Files};
use super::{Contacts, Elements, Jurisdiction, Majority, Vocabulary, in_force};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::Day;
use crate::written::{Codes, TextFile, read};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The law as the program knows it: every jurisdiction's file and what they share.
#[derive(Clone, Debug)]
pub struct LawPack {
    version: String,
    since: Option<Date>,
    digest: String,
    jurisdictions: BTreeMap<String, Jurisdiction>,
    contacts: Contacts,
    elements: Elements,
    vocabulary: Vocabulary,
    holidays: Holidays,
    interview: Interview,
    majority: MajorityFile,
}

/// `law/pack.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    version: Day,
    /// The first day that the pack answers for; none: any.
    #[serde(default)]
    since: Option<Day>,
}

/// `law/majority.toml`: the age where a jurisdiction's own file gives none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MajorityFile {
    majority: Vec<Majority>,
}

/// The files that are not a jurisdiction.
const SHARED: [&str; 7] = [
    "contacts.toml",
    "elements.toml",
    "holidays.toml",
    "interview.toml",
    "majority.toml",
    "pack.toml",
    "vocabulary.toml",
];

/// The mistakes of a law file.
const CODES: Codes = Codes {
    syntax: code!("law.syntax"),
    missing_key: code!("law.missing_key"),
    unknown_key: code!("law.unknown_key"),
    unknown_word: code!("law.unknown_word"),
    wrong_type: code!("law.wrong_type"),
    format: "docs/LAW-FORMAT.md",
};

impl LawPack {
    /// The pack the program was built with.
    ///
    /// # Errors
    /// Every finding of every file, if there is any.
    pub fn embedded() -> Result<Self, Findings> {
        Self::from_files(source::embedded(), Findings::default())
    }

    /// A pack from a folder of law files, for `--law DIR`.
    ///
    /// # Errors
    /// Every finding of every file, with line and column, if there is any.
    pub fn load(dir: &Path) -> Result<Self, Findings> {
        let mut findings = Findings::default();
        let files = source::folder(dir, &mut findings);
        Self::from_files(files, findings)
    }

    fn from_files(files: Files, mut findings: Findings) -> Result<Self, Findings> {
        let pack: Option<PackFile> = shared(&files, "pack.toml", &mut findings);
        let contacts: Option<Contacts> = shared(&files, "contacts.toml", &mut findings);
        let elements: Option<Elements> = shared(&files, "elements.toml", &mut findings);
        let holidays: Option<Holidays> = shared(&files, "holidays.toml", &mut findings);
        let interview: Option<Interview> = shared(&files, "interview.toml", &mut findings);
        let majority: Option<MajorityFile> = shared(&files, "majority.toml", &mut findings);
        let vocabulary: Option<Vocabulary> = shared(&files, "vocabulary.toml", &mut findings);
        let mut jurisdictions = BTreeMap::new();
        if let Some(vocabulary) = &vocabulary {
            let checks = Checks::new(vocabulary);
            for (name, text) in files.iter().filter(|(name, _)| !SHARED.contains(&name.as_str())) {
                let file = TextFile::new(name, text.as_str());
                let Some(read) = read::<Jurisdiction>(&file, &CODES, &mut findings) else {
                    continue;
                };
                checks.jurisdiction(&file, &read, &mut findings);
                jurisdictions.insert(read.value.code.clone(), read.value);
            }
            if let Some(elements) = &elements {
                checks.elements(&files["elements.toml"], elements, &mut findings);
            }
            if let Some(contacts) = &contacts {
                checks.contacts(&files["contacts.toml"], contacts, &mut findings);
            }
        }
        if let Some(holidays) = &holidays {
            super::holidays::check(holidays, &mut findings);
        }
        if let Some(interview) = &interview {
            super::interview::check(interview, &mut findings);
        }
        match (pack, contacts, elements, holidays, interview, majority, vocabulary) {
            (
                Some(pack),
                Some(contacts),
                Some(elements),
                Some(holidays),
                Some(interview),
                Some(majority),
                Some(vocabulary),
            ) if findings.is_empty() => Ok(Self {
                version: pack.version.to_string(),
                since: pack.since.map(|day| *day),
                digest: source::digest(&files),
                jurisdictions,
                contacts,
                elements,
                vocabulary,
                holidays,
                interview,
                majority,
            }),
            _ => Err(findings),
        }
    }

    /// The day the pack was made, `2026-11-22`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The first day that the pack answers for; none: any. What was in force before was not
    /// gathered, and a version without a known start is not proof of it.
    pub fn since(&self) -> Option<Date> {
        self.since
    }

    /// SHA-256 over all files in name order, lower-case hex.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// In the order of their codes.
    pub fn jurisdictions(&self) -> impl Iterator<Item = &Jurisdiction> {
        self.jurisdictions.values()
    }

    /// By code: `CA`, `US-HIPAA`.
    pub fn get(&self, code: &str) -> Option<&Jurisdiction> {
        self.jurisdictions.get(code)
    }

    /// Bureaus, federal bodies and state agencies.
    pub fn contacts(&self) -> &Contacts {
        &self.contacts
    }

    /// The bridge between an incident's data elements and the statutes' categories.
    pub fn elements(&self) -> &Elements {
        &self.elements
    }

    /// All ids with their plain words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The least size of type that any law in force on a day asks of letters, points; zero where
    /// none asks for one.
    pub fn least_points(&self, on: Date) -> f32 {
        let styles = self.jurisdictions().flat_map(|j| in_force(&j.letter_styles, on));
        styles.filter_map(|style| style.min_font_points).fold(0.0, f32::max)
    }

    /// The age from which a resident is written to in their own name.
    pub fn majority(&self, code: &str, on: Date) -> u8 {
        let own = self.get(code).map_or(&[][..], |jurisdiction| &jurisdiction.majority);
        in_force(own, on).chain(in_force(&self.majority.majority, on)).next().map_or(18, |m| m.age)
    }

    /// Whether a federal holiday is observed on the day; weekends are not asked here.
    pub fn is_federal_holiday(&self, date: Date) -> bool {
        self.holidays.observed_on(date).is_some()
    }

    /// The questions on what an organization is beside its role.
    pub fn interview(&self) -> &Interview {
        &self.interview
    }

    /// The federal holidays' rules.
    pub fn holidays(&self) -> &Holidays {
        &self.holidays
    }
}

/// One of the files every pack must have.
fn shared<T: serde::de::DeserializeOwned>(
    files: &Files,
    name: &str,
    findings: &mut Findings,
) -> Option<T> {
    let Some(text) = files.get(name) else {
        findings.push(
            Finding::new(
                code!("law.missing_file"),
                Severity::Error,
                "the file is missing from the law folder",
            )
            .at(Place::file(name))
            .remedy("copy it from the pack the program was built with"),
        );
        return None;
    };
    Some(read(&TextFile::new(name, text.as_str()), &CODES, findings)?.value)
}

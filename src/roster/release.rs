//! Held rows that counsel releases: a `[[decision]]` with the question `release.<finding code>`
//! for all rows held for that reason, or `release.<finding code>/<record id>` for one record, and
//! the choice `as_is`.
//!
//! The row goes on with the cell as it stands, or without it where it cannot be read. A reason
//! that leaves open who the person is, where the letter goes or what it must say cannot be
//! released; nor does a released row pass over another reason that still holds it.

use super::problem;
use crate::finding::{Code, Finding, Findings, Place, Severity};
use crate::incident::Incident;
use std::collections::{BTreeSet, HashMap};

/// How a question about held rows begins.
pub const RELEASE: &str = "release.";

/// The one choice but for remarks in addresses.
pub const AS_IS: &str = "as_is";

/// What counsel decided on a phrase that stands in addresses: the question is
/// `release.address.remark/<phrase>`, or the record id of one row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// There is no address: substitute notice.
    NoAddress,
    /// The address is right without the phrase.
    UseRest,
}

impl Remark {
    fn named(choice: &str) -> Option<Self> {
        match choice {
            "no_address" => Some(Self::NoAddress),
            "use_rest" => Some(Self::UseRest),
            _ => None,
        }
    }
}

/// What was decided on rows whose people are likely some of an earlier wave: the question is
/// `release.wave.likely_same`, or with a record id of one row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Likely {
    /// They are counted and told already.
    SamePerson,
    AnotherPerson,
}

impl Likely {
    fn named(choice: &str) -> Option<Self> {
        match choice {
            "same_person" => Some(Self::SamePerson),
            "another_person" => Some(Self::AnotherPerson),
            _ => None,
        }
    }
}

/// Reasons that can be released.
const RELEASABLE: [&problem::Problem; 14] = [
    // Printed as the roster has it.
    &problem::TEXT_FORMULA,
    &problem::RECORD_ID_FORMULA,
    &problem::TEXT_HTML_LEFT,
    &problem::TEXT_SEPARATORS,
    &problem::NAME_GARBLED,
    &problem::ADDRESS_GARBLED,
    &problem::ZIP_TOO_SHORT,
    &problem::ZIP_UNREADABLE,
    &problem::ZIP_NOT_IN_USE,
    // The state as written decides the law.
    &problem::ZIP_OTHER_STATE,
    &problem::COUNTRY_UNKNOWN,
    // Kept to as the strictest kind there is: used verbatim, never listed.
    &problem::ADDRESS_KIND_UNKNOWN,
    // Read as empty: the person is written to as an adult.
    &problem::BIRTH_UNREADABLE,
    &problem::BIRTH_AMBIGUOUS,
];

/// What counsel released.
#[derive(Default)]
pub struct Releases {
    /// With the number of the decision.
    all: HashMap<&'static str, usize>,
    records: HashMap<(&'static str, String), usize>,
    /// By phrase or record id; empty for every phrase.
    remarks: HashMap<String, (Remark, usize)>,
    /// By record id; empty for every row.
    likely: HashMap<String, (Likely, usize)>,
    /// Each decision's question, by its number.
    questions: Vec<String>,
}

impl Releases {
    /// Reads the incident's decisions; what cannot be released is an error.
    pub fn read(incident: &Incident, findings: &mut Findings) -> Self {
        let mut releases = Self::default();
        for decision in &incident.decisions {
            let Some(rest) = decision.question.strip_prefix(RELEASE) else { continue };
            let (code, record) = match rest.split_once('/') {
                Some((code, record)) => (code, Some(record)),
                None => (rest, None),
            };
            let mut refuse = |finding_code, message: String, remedy: String| {
                findings.push(
                    Finding::new(finding_code, Severity::Error, message)
                        .at(Place::file("incident.toml"))
                        .remedy(remedy),
                );
            };
            let Some(known) = problem::code(code) else {
                let message = format!("no row is ever held for the reason `{code}`");
                refuse(
                    code!("release.unknown_reason"),
                    message,
                    format!("write one of {}", choices()),
                );
                continue;
            };
            if known == problem::ADDRESS_REMARK.code {
                let Some(choice) = Remark::named(&decision.choice) else {
                    let message =
                        format!("`{}` has no choice `{}`", decision.question, decision.choice);
                    let remedy = "write `no_address` or `use_rest`".to_owned();
                    refuse(code!("decision.unknown_choice"), message, remedy);
                    continue;
                };
                let number = releases.questions.len();
                releases.questions.push(decision.question.clone());
                releases.remarks.insert(record.unwrap_or_default().to_owned(), (choice, number));
                continue;
            }
            if known == problem::WAVE_LIKELY_SAME.code {
                let Some(choice) = Likely::named(&decision.choice) else {
                    let message =
                        format!("`{}` has no choice `{}`", decision.question, decision.choice);
                    let remedy = "write `same_person` or `another_person`".to_owned();
                    refuse(code!("decision.unknown_choice"), message, remedy);
                    continue;
                };
                let number = releases.questions.len();
                releases.questions.push(decision.question.clone());
                releases.likely.insert(record.unwrap_or_default().to_owned(), (choice, number));
                continue;
            }
            if !RELEASABLE.iter().any(|p| p.code == known) {
                let message = format!("rows held for `{code}` cannot be released by a decision");
                let remedy = match problem::of(known.as_str()) {
                    Some(p) if p.severity == Severity::Held => {
                        format!("repair the roster: {}", p.remedy)
                    }
                    _ => "take the decision out; this finding holds no row".to_owned(),
                };
                refuse(code!("release.not_possible"), message, remedy);
                continue;
            }
            if decision.choice != AS_IS {
                let message =
                    format!("`{}` has no choice `{}`", decision.question, decision.choice);
                refuse(code!("decision.unknown_choice"), message, format!("write `{AS_IS}`"));
                continue;
            }
            let number = releases.questions.len();
            releases.questions.push(decision.question.clone());
            match record {
                Some(record) => {
                    releases.records.insert((known.as_str(), record.to_owned()), number);
                }
                None => {
                    releases.all.insert(known.as_str(), number);
                }
            }
        }
        releases
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
            && self.records.is_empty()
            && self.remarks.is_empty()
            && self.likely.is_empty()
    }

    /// Whether this reason no longer holds the record. `used` gets the numbers of the decisions
    /// that say so.
    pub fn covers(&self, code: Code, record_id: &str, used: &mut BTreeSet<usize>) -> bool {
        let mut found = self.all.get(code.as_str()).copied();
        used.extend(found);
        if !self.records.is_empty() {
            let of_record = self.records.get(&(code.as_str(), record_id.to_owned())).copied();
            used.extend(of_record);
            found = found.or(of_record);
        }
        found.is_some()
    }

    /// What was decided on a phrase in an address: of this record, of the phrase, or of all.
    pub fn remark(
        &self,
        phrase: &str,
        record_id: &str,
        used: &mut BTreeSet<usize>,
    ) -> Option<Remark> {
        let known = [record_id, phrase, ""].map(|key| self.remarks.get(key));
        used.extend(known.iter().flatten().map(|(_, number)| *number));
        known.into_iter().flatten().next().map(|(choice, _)| *choice)
    }

    /// What was decided on a row whose person is likely one of an earlier wave.
    pub fn likely(&self, record_id: &str, used: &mut BTreeSet<usize>) -> Option<Likely> {
        let known = [record_id, ""].map(|key| self.likely.get(key));
        used.extend(known.iter().flatten().map(|(_, number)| *number));
        known.into_iter().flatten().next().map(|(choice, _)| *choice)
    }

    /// Says which decisions released nobody: a record id may be mistyped, or the row repaired.
    pub fn tell_unused(&self, used: &BTreeSet<usize>, findings: &mut Findings) {
        let remarks = self.remarks.values().map(|(_, number)| number);
        let likely = self.likely.values().map(|(_, number)| number);
        let numbers = self.all.values().chain(self.records.values()).chain(remarks).chain(likely);
        let unused: BTreeSet<usize> = numbers.filter(|n| !used.contains(n)).copied().collect();
        for question in unused.into_iter().filter_map(|n| self.questions.get(n)) {
            let message = format!("the decision on `{question}` releases no row");
            findings.push(
                Finding::new(code!("release.no_row"), Severity::Warning, message)
                    .at(Place::file("incident.toml"))
                    .remedy(
                        "correct the record id after the slash, or take the decision out if the row was repaired",
                    ),
            );
        }
    }
}

fn choices() -> String {
    RELEASABLE.map(|p| format!("`{}`", p.code)).join(", ")
}

//! The coverage matrix of a wave: every rule that reaches anybody, and the line that answers.

use super::exposure::elements;
use super::grade::reading_grade;
use super::language::OWN;
use super::trace::TraceRow;
use super::weak::weak_contacts;
use super::writer::Writer;
use crate::crew::{Crew, cores, unwound};
use crate::finding::{Code, Finding, Findings, Place, Severity};
use crate::incident::DataElement;
use crate::plan::{Cell, Cube};
use crate::roster::{Person, Recipient};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::convert::Infallible;

/// What a person's letter turns on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    pub cell: Cell,
    pub language: String,
    /// Was told of less in an earlier wave.
    pub supplemental: bool,
    /// Asked for large print.
    pub large_print: bool,
}

/// How many people there are who are alike in all that their letters turn on.
pub type Kinds = BTreeMap<Kind, u64>;

/// What the law asks of a wave's letters, version by version.
#[derive(Default, Serialize)]
pub struct Coverage {
    /// Version key -> the rules that reach anybody who gets it, each once.
    pub rows: BTreeMap<String, Vec<TraceRow>>,
    /// Version key -> how many people get it.
    pub people: BTreeMap<String, u64>,
    /// Version key -> the version in words.
    pub labels: BTreeMap<String, String>,
    /// Version key -> reading grade of a letter of the version, in years of school.
    pub grades: BTreeMap<String, f64>,
    /// Missing and prohibited contents, blocks without a comment, weak contacts.
    #[serde(skip)]
    pub findings: Findings,
}

impl Writer<'_> {
    /// Traces one letter for each kind of person in the cube who is written to, in English.
    pub fn coverage(&self, cube: &Cube) -> Coverage {
        let kind = |cell: &Cell| Kind {
            cell: cell.clone(),
            language: OWN.to_owned(),
            supplemental: false,
            large_print: false,
        };
        self.coverage_of(&cube.cells.iter().map(|(cell, n)| (kind(cell), *n)).collect())
    }

    /// Traces one letter for each kind of person who is written to, on all cores.
    pub fn coverage_of(&self, kinds: &Kinds) -> Coverage {
        let written: Vec<(&Kind, u64)> = kinds
            .iter()
            .filter(|(kind, _)| kind.cell.outcome.mails() || kind.cell.outcome.emails())
            .map(|(kind, count)| (kind, *count))
            .collect();
        let each = written.len().div_ceil(cores()).max(1);
        let parts: Vec<&[(&Kind, u64)]> = written.chunks(each).collect();
        let feed = |give: &mut dyn FnMut(usize) -> bool| {
            (0..parts.len()).all(give);
            Ok::<_, Infallible>(())
        };
        let mut whole = CoveragePart::default();
        let mut gather = |part| {
            whole.join(part);
            Ok(())
        };
        // In order, so that what is found first is the same however many cores there are.
        let crew = Crew { workers: cores(), ahead: cores() };
        let work = |(): &mut (), part: usize| self.part(parts[part]);
        let Ok(_) = unwound(crew.in_order(feed, &|| (), &work, &mut gather));
        for finding in whole.found {
            whole.coverage.findings.push(finding);
        }
        whole.coverage
    }

    fn part(&self, kinds: &[(&Kind, u64)]) -> CoveragePart {
        let mut part = CoveragePart::default();
        for (kind, count) in kinds {
            self.cover(&self.person_of(kind), *count, &mut part);
        }
        part
    }

    /// One made-up person for each version that is mailed, in ordinary and in large print, and
    /// how many people get it.
    pub fn mailed(&self, kinds: &Kinds) -> Vec<(Person, u64)> {
        let mut versions: BTreeMap<(String, bool), (Person, u64)> = BTreeMap::new();
        for (kind, count) in kinds.iter().filter(|(kind, _)| kind.cell.outcome.mails()) {
            let person = self.person_of(kind);
            let key = (self.version(&person).key.clone(), kind.large_print);
            versions.entry(key).or_insert((person, 0)).1 += count;
        }
        versions.into_values().collect()
    }

    /// A digest of all that the letter of a kind of people says; none for people who are not written
    /// to, or whose letter cannot be composed.
    pub fn says(&self, kind: &Kind) -> Option<u64> {
        if !kind.cell.outcome.mails() && !kind.cell.outcome.emails() {
            return None;
        }
        let (_, document) = self.document(&self.person_of(kind)).ok()?;
        let mut digest = 0u64;
        for section in &document.sections {
            // Sections are told apart by a cryptographic digest; their order counts.
            digest = digest.rotate_left(7) ^ section.key;
        }
        Some(digest)
    }

    pub(super) fn person_of(&self, kind: &Kind) -> Person {
        let mut person = self.person_like(&kind.cell);
        person.language.clone_from(&kind.language);
        person.supplemental = kind.supplemental;
        if kind.large_print {
            "large print".clone_into(&mut person.alt_format);
        }
        person
    }

    fn cover(&self, person: &Person, count: u64, part: &mut CoveragePart) {
        let (version, document) = match self.document(person) {
            Ok(composed) => composed,
            Err(finding) => {
                part.people(&self.version(person).key, count);
                return part.push(finding);
            }
        };
        let first = part.people(&version.key, count);
        let trace = self.traced(person, &version, &document);
        for row in &trace.rows {
            // Elsewhere in the templates it is another fault.
            if part.told.insert(format!("{} {}", key(&version.key, row), row.at))
                && let Some(finding) = self.fault(&version.key, row)
            {
                part.push(finding);
            }
        }
        for finding in self.unmarked(&trace).chain(self.misspoken(person)) {
            part.push(finding);
        }
        // Which contacts concern the reader turns on where the reader lives.
        if part.read_by.insert((version.key.clone(), person.jurisdiction.clone())) {
            for finding in weak_contacts(self.rules, &document, &person.jurisdiction) {
                part.push(finding);
            }
        }
        // Sentences turn on the version alone, but for the list of elements.
        if first {
            if !version.facets.bars.is_empty() {
                part.push(words_to_read(&version.facets.bars));
            }
            let coverage = &mut part.coverage;
            coverage.labels.insert(version.key.clone(), version.label.clone());
            if let Some((grade, _)) = reading_grade(&document) {
                coverage.grades.insert(version.key.clone(), (grade * 10.0).round() / 10.0);
            }
        }
        let rows = part.coverage.rows.entry(trace.version).or_default();
        for row in trace.rows {
            if part.rows.insert(key(&version.key, &row)) {
                rows.push(row);
            }
        }
    }
}

/// What some of the kinds add to the coverage.
#[derive(Default)]
struct CoveragePart {
    coverage: Coverage,
    found: Vec<Finding>,
    /// Code, place and message of each in `found`.
    known: HashSet<(Code, String)>,
    /// Rows that are in the matrix.
    rows: HashSet<String>,
    /// Versions by the states of their readers.
    read_by: HashSet<(String, String)>,
    /// Rows whose faults are told.
    told: HashSet<String>,
}

impl CoveragePart {
    /// Adds people to a version; whether they are its first.
    fn people(&mut self, version: &str, count: u64) -> bool {
        if let Some(people) = self.coverage.people.get_mut(version) {
            *people += count;
            return false;
        }
        self.coverage.people.insert(version.to_owned(), count);
        true
    }

    fn push(&mut self, finding: Finding) {
        let place = finding.place.as_ref();
        let line = place.map_or(String::new(), |p| format!("{}:{:?}", p.file, p.line));
        if self.known.insert((finding.code, format!("{line} {}", finding.message))) {
            self.found.push(finding);
        }
    }

    /// Adds what came after.
    fn join(&mut self, later: CoveragePart) {
        for finding in later.found {
            self.push(finding);
        }
        for (version, people) in later.coverage.people {
            self.people(&version, people);
        }
        for (version, rows) in later.coverage.rows {
            let new = rows.into_iter().filter(|row| self.rows.insert(key(&version, row)));
            self.coverage.rows.entry(version.clone()).or_default().extend(new);
        }
        for (version, label) in later.coverage.labels {
            self.coverage.labels.entry(version).or_insert(label);
        }
        for (version, grade) in later.coverage.grades {
            self.coverage.grades.entry(version).or_insert(grade);
        }
    }
}

/// What makes a row of a version the same as another.
fn key(version: &str, row: &TraceRow) -> String {
    let TraceRow { jurisdiction, statute, content, rule, answer, .. } = row;
    format!("{version} {jurisdiction} {statute} {content} {rule} {answer:?}")
}

impl Writer<'_> {
    /// Elements whose wording speaks to the reader as if the information were the reader's own,
    /// in a letter about a child or somebody who died.
    fn misspoken(&self, person: &Person) -> Vec<Finding> {
        if person.recipient == Recipient::Adult {
            return Vec::new();
        }
        let whose = &self.languages[OWN].words.voice(Recipient::Adult).whose;
        let speaks = |e: &&DataElement| e.letter.split_whitespace().any(|word| word == whose);
        let elements = elements(person.elements, self.incident).filter(speaks);
        let findings = elements.map(|element| {
            let message = format!(
                "the element `{}` says `{whose}` in letters about somebody other than the reader",
                element.id
            );
            Finding::new(code!("letter.element_speaks_to_reader"), Severity::Warning, message)
                .at(Place::file("incident.toml"))
                .remedy("word it so that it fits everybody: `health care provider's name`")
        });
        findings.collect()
    }
}

/// Words in place of the incident's own must be true of it.
fn words_to_read(bars: &BTreeSet<String>) -> Finding {
    let bars: Vec<String> = bars.iter().map(|id| format!("`{id}`")).collect();
    Finding::new(
        code!("letter.words_to_read"),
        Severity::Note,
        format!(
            "letters whose readers' statute bars {} have general words in place of `what_happened` and `what_we_are_doing`",
            bars.join(", ")
        ),
    )
    .at(Place::file("templates/letter/en/what-we-are-doing.md"))
    .remedy("read these words and make sure that they are true of this incident, or write your own into this file in the incident folder")
}

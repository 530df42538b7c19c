//! The coverage matrix of a wave: every rule that reaches anybody, and the line that answers.

use super::trace::TraceRow;
use super::weak::weak_contacts;
use super::writer::Writer;
use crate::finding::{Finding, Findings};
use crate::plan::Cube;
use crate::roster::Person;
use std::collections::{BTreeMap, BTreeSet};

/// What the law asks of a wave's letters, version by version.
#[derive(Default)]
pub struct Coverage {
    /// Version key -> the rules that reach anybody who gets it, each once.
    pub rows: BTreeMap<String, Vec<TraceRow>>,
    /// Version key -> how many people get it.
    pub people: BTreeMap<String, u64>,
    /// Missing and prohibited contents, blocks without a comment, weak contacts.
    pub findings: Findings,
}

impl Writer<'_> {
    /// Traces one letter for each kind of person in the cube who is written to.
    pub fn coverage(&self, cube: &Cube) -> Coverage {
        let mut coverage = Coverage::default();
        let mut seen = BTreeSet::new();
        let written = cube.cells.iter().filter(|(c, _)| c.outcome.mails() || c.outcome.emails());
        for (cell, count) in written {
            let person = self.person_like(cell);
            self.cover(&person, *count, &mut coverage, &mut seen);
        }
        coverage
    }

    fn cover(
        &self,
        person: &Person,
        count: u64,
        coverage: &mut Coverage,
        seen: &mut BTreeSet<(&'static str, String)>,
    ) {
        let mut push = |finding: Finding, findings: &mut Findings| {
            let place = finding.place.as_ref();
            let line = place.map_or(String::new(), |p| format!("{}:{:?}", p.file, p.line));
            if seen.insert((finding.code, format!("{line} {}", finding.message))) {
                findings.push(finding);
            }
        };
        let version = self.version(person);
        *coverage.people.entry(version.key.clone()).or_default() += count;
        let (trace, document) = match (self.trace(person), self.document(person)) {
            (Ok(trace), Ok((_, document))) => (trace, document),
            (Err(finding), _) | (_, Err(finding)) => {
                return push(finding, &mut coverage.findings);
            }
        };
        for finding in self.faults(&trace) {
            push(finding, &mut coverage.findings);
        }
        for finding in weak_contacts(self.rules, &document) {
            push(finding, &mut coverage.findings);
        }
        let rows = coverage.rows.entry(trace.version).or_default();
        for row in trace.rows {
            let same = |r: &TraceRow| {
                (&r.jurisdiction, &r.statute, &r.content, r.rule, r.answer)
                    == (&row.jurisdiction, &row.statute, &row.content, row.rule, row.answer)
            };
            if !rows.iter().any(same) {
                rows.push(row);
            }
        }
    }
}

//! Many findings, counted.

use super::{Code, Finding, Severity};
use std::collections::BTreeMap;

/// Findings gathered by one room: all counted, the first few of each code kept.
///
/// Memory stays bounded however bad the roster is; the full list of row findings is streamed
/// to `findings.csv` by the room that reads the rows.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    counts: BTreeMap<Code, (Severity, u64)>,
    kept: BTreeMap<Code, Vec<Finding>>,
}

/// The findings of one code: their number, and the first of them.
pub struct Group<'f> {
    pub code: Code,
    /// The gravest of them.
    pub severity: Severity,
    pub count: u64,
    pub kept: &'f [Finding],
}

/// How many findings of one code are kept in full.
const KEPT_PER_CODE: usize = 50;

impl Findings {
    /// Counts a finding and keeps it if it is among the first of its code.
    pub fn push(&mut self, finding: Finding) {
        let entry = self.counts.entry(finding.code).or_insert((finding.severity, 0));
        entry.0 = entry.0.max(finding.severity);
        entry.1 += 1;
        let kept = self.kept.entry(finding.code).or_default();
        if kept.len() < KEPT_PER_CODE {
            kept.push(finding);
        }
    }

    /// Counts a finding that is not among the first of its code; false if it is, and is to be
    /// pushed. Spares the words of the thousands that nobody keeps.
    pub fn count_further(&mut self, code: Code, severity: Severity) -> bool {
        if self.kept.get(&code).is_none_or(|kept| kept.len() < KEPT_PER_CODE) {
            return false;
        }
        let entry = self.counts.entry(code).or_insert((severity, 0));
        entry.0 = entry.0.max(severity);
        entry.1 += 1;
        true
    }

    /// Adds what another room found.
    pub fn extend(&mut self, other: Findings) {
        for (code, (severity, count)) in other.counts {
            let entry = self.counts.entry(code).or_insert((severity, 0));
            entry.0 = entry.0.max(severity);
            entry.1 += count;
        }
        for (code, list) in other.kept {
            let kept = self.kept.entry(code).or_default();
            kept.extend(list);
            kept.truncate(KEPT_PER_CODE);
        }
    }

    /// Count by code, for `--json`.
    pub fn counts(&self) -> BTreeMap<&'static str, u64> {
        self.counts.iter().map(|(code, (_, count))| (code.as_str(), *count)).collect()
    }

    /// The kept findings, gravest first, then by code and in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.groups().into_iter().flat_map(|group| group.kept)
    }

    /// The findings by code, gravest first, then in the order of the codes.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let group = |(code, (severity, count)): (&Code, &(Severity, u64))| Group {
            code: *code,
            severity: *severity,
            count: *count,
            kept: self.kept.get(code).map_or(&[], Vec::as_slice),
        };
        let mut groups: Vec<_> = self.counts.iter().map(group).collect();
        groups.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.code.cmp(&b.code)));
        groups
    }

    /// How many findings carry this code.
    pub fn count(&self, code: &str) -> u64 {
        self.counts.get(code).map_or(0, |(_, count)| *count)
    }

    /// How many findings weigh at least this much.
    pub fn at_least(&self, severity: Severity) -> u64 {
        self.counts.values().filter(|(s, _)| *s >= severity).map(|(_, n)| n).sum()
    }

    /// Whether anything stops the command.
    pub fn has_errors(&self) -> bool {
        self.at_least(Severity::Error) > 0
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

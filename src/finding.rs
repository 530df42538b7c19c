//! What a room noticed: a finding is data; only `cli` and `review` turn it into text.
//!
//! A message never holds a personal value. What the row really says may stand in
//! [`Finding::value`], which is printed only with `--show-values`.

use serde::Serialize;
use std::collections::BTreeMap;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Note,
    /// Something was repaired or looks wrong; the row goes on.
    Warning,
    /// Counsel must choose; the cautious default was taken.
    Question,
    /// The row is held: nothing is sent to this person until it is repaired.
    Held,
    /// The command cannot go on.
    Error,
}

/// Where a finding is: a file, and within it a line and column or a spreadsheet cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// As the user named it, relative to the incident folder where it lies inside.
    pub file: String,
    /// 1-based; for rosters the line on which the row starts.
    pub line: Option<u64>,
    /// 1-based number of the data row, where only that is known of a roster's place.
    pub row: Option<u64>,
    /// 1-based, in characters.
    pub column: Option<u32>,
    /// How many characters to underline; 0 when unknown.
    pub width: u32,
    /// For rosters: spreadsheet column letter and header name, `H zip`.
    pub cell: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// A data row of a roster.
    pub fn row(file: impl Into<String>, row: u64) -> Self {
        Self { file: file.into(), row: Some(row), ..Self::default() }
    }

    /// A point in a text file; both 1-based.
    pub fn at(file: impl Into<String>, line: u64, column: u32) -> Self {
        Self { file: file.into(), line: Some(line), column: Some(column), ..Self::default() }
    }
}

/// One thing noticed, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable, dotted, for counting and for the manual: `zip.too_short`.
    pub code: &'static str,
    pub severity: Severity,
    pub place: Option<Place>,
    /// One sentence without a full stop; values in backticks; no personal value.
    pub message: String,
    /// What to do; one sentence; empty when nothing is needed.
    pub remedy: String,
    /// The source line as it stands, for incident, law and template files only.
    #[serde(skip)]
    pub source_line: Option<String>,
    /// The personal value concerned; shown only on request.
    #[serde(skip)]
    pub value: Option<String>,
}

impl Finding {
    /// A finding without a place; chain [`Finding::at`] and [`Finding::remedy`].
    pub fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            place: None,
            message: message.into(),
            remedy: String::new(),
            source_line: None,
            value: None,
        }
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }
}

/// Findings gathered by one room: all counted, the first few of each code kept.
///
/// Memory stays bounded however bad the roster is; the full list of row findings is streamed
/// to `findings.csv` by the room that reads the rows.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    counts: BTreeMap<&'static str, (Severity, u64)>,
    kept: BTreeMap<&'static str, Vec<Finding>>,
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
        self.counts.iter().map(|(code, (_, count))| (*code, *count)).collect()
    }

    /// The kept findings, gravest first, then by code and in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        let mut codes: Vec<_> = self.counts.iter().map(|(c, (s, _))| (*c, *s)).collect();
        codes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        codes.into_iter().flat_map(|(code, _)| self.kept[code].iter())
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

//! Findings as text for people: source lines with carets, rows grouped and counted.

use crate::cli::hint;
use crate::finding::{Code, Finding, Findings, Place, Severity};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::collections::BTreeMap;
use std::fmt;

/// How many places of one kind of row finding are shown.
const SHOWN: usize = 5;

/// All findings, gravest first; those of text files in the order of the file.
///
/// Findings that show a source line stand alone, with carets; findings of rows are grouped by
/// code with their count. Personal values appear only if `show_values`. `width` is the
/// terminal's, in characters.
pub fn render(findings: &Findings, show_values: bool, color: bool, width: usize) -> String {
    rendered(findings, show_values, color, width, usize::MAX)
}

/// The same with the first few findings of each code.
pub fn render_first(findings: &Findings, show_values: bool, color: bool, width: usize) -> String {
    let mut text = rendered(findings, show_values, color, width, SHOWN);
    if findings.groups().iter().any(|group| group.count > SHOWN as u64) {
        text.push_str("  `--details` shows them all\n");
    }
    text
}

fn rendered(
    findings: &Findings,
    show_values: bool,
    color: bool,
    width: usize,
    first: usize,
) -> String {
    let handler = handler(color, width);
    let mut out = String::new();
    let (mut lines, grouped): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| stands_alone(finding));
    lines.sort_by_key(|f| (std::cmp::Reverse(f.severity), order(f)));
    let mut told: BTreeMap<Code, usize> = BTreeMap::new();
    lines.retain(|f| {
        let told = told.entry(f.code).or_default();
        *told += 1;
        *told <= first
    });
    for finding in &lines {
        push(&mut out, &handler, &Report::alone(finding, show_values));
    }
    for group in grouped.chunk_by(|a, b| a.code == b.code) {
        push(&mut out, &handler, &Report::group(group, findings, show_values));
    }
    for group in codes_not_kept(&lines, findings) {
        out.push_str(&group);
    }
    out
}

/// `2 errors, 312 held rows and 1 warning`; empty when nothing was found.
pub fn summary(findings: &Findings) -> String {
    let mut parts = Vec::new();
    let mut graver = 0;
    for (severity, one, many) in [
        (Severity::Error, "error", "errors"),
        (Severity::Held, "held row", "held rows"),
        (Severity::Question, "question for counsel", "questions for counsel"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Note, "note", "notes"),
    ] {
        let count = findings.at_least(severity) - graver;
        graver += count;
        if count > 0 {
            parts.push(counted(count, one, many));
        }
    }
    match parts.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

pub use crate::tables::words::count as counted;

fn handler(color: bool, width: usize) -> GraphicalReportHandler {
    let styles = if color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles };
    GraphicalReportHandler::new_themed(theme)
        .with_width(width.max(40))
        .with_links(false)
        .with_context_lines(0)
        .with_break_words(false)
}

fn push(out: &mut String, handler: &GraphicalReportHandler, report: &Report) {
    let mut text = String::new();
    if handler.render_report(&mut text, report).is_err() {
        // Writing to a `String` fails only if a source line cannot be laid out.
        text = format!("  {report}\n");
    }
    out.push_str(text.trim_start_matches('\n'));
    out.push('\n');
}

/// Of a text file, or of nothing that could be counted with others.
fn stands_alone(finding: &Finding) -> bool {
    match &finding.place {
        Some(place) => {
            finding.source_line.is_some()
                || place.cell.is_none() && place.line.is_none() && place.row.is_none()
        }
        None => true,
    }
}

fn order(finding: &Finding) -> (&str, u64, u32) {
    let place = finding.place.as_ref();
    place.map_or(("", 0, 0), |p| (&p.file, p.line.unwrap_or(0), p.column.unwrap_or(0)))
}

/// For codes of which more were counted than kept.
fn codes_not_kept(lines: &[&Finding], findings: &Findings) -> Vec<String> {
    let mut codes: Vec<&str> = lines.iter().map(|f| f.code.as_str()).collect();
    codes.sort_unstable();
    codes
        .chunk_by(|a, b| a == b)
        .filter_map(|same| {
            let more = findings.count(same[0]).saturating_sub(same.len() as u64);
            (more > 0)
                .then(|| format!("  and {} of `{}`\n", counted(more, "more", "more"), same[0]))
        })
        .collect()
}

/// What miette draws.
struct Report {
    message: String,
    code: Code,
    severity: Severity,
    help: String,
    line: Option<ShownLine>,
}

impl Report {
    fn alone(finding: &Finding, show_values: bool) -> Self {
        let line = finding.source_line.as_ref().zip(finding.place.as_ref());
        let line = line.map(|(text, place)| ShownLine::new(text, place, finding, show_values));
        let message = match (&line, &finding.place) {
            (None, Some(place)) => format!("{}: {}", position(place), finding.message),
            _ => finding.message.clone(),
        };
        Self {
            message: printable(&with_value(message, finding, show_values && line.is_none())),
            code: finding.code,
            severity: finding.severity,
            help: printable(&hint::filled(&finding.remedy)),
            line,
        }
    }

    fn group(group: &[&Finding], findings: &Findings, show_values: bool) -> Self {
        let first = group[0];
        let count = findings.count(first.code.as_str());
        let alike = group.iter().all(|f| f.message == first.message);
        let title = if alike { first.message.clone() } else { first.code.replace(['.', '_'], " ") };
        let of_rows = |p: &Place| p.cell.is_some() || p.row.is_some();
        let rows = if group.iter().any(|f| f.place.as_ref().is_some_and(of_rows)) {
            counted(count, "row", "rows")
        } else {
            counted(count, "place", "places")
        };
        let shown = group.len().min(SHOWN);
        let head = if count > shown as u64 {
            format!("{title}: {rows}, first {shown} shown")
        } else {
            format!("{title}: {rows}")
        };
        let mut message = head;
        for finding in &group[..shown] {
            let place = finding.place.as_ref().map(position).unwrap_or_default();
            let line = if alike { place } else { format!("{place}: {}", finding.message) };
            message.push_str("\n  ");
            message.push_str(&with_value(line, finding, show_values));
        }
        let severity = group.iter().map(|f| f.severity).max().unwrap_or(first.severity);
        let (message, help) = (printable(&message), printable(&hint::filled(&first.remedy)));
        Self { message, code: first.code, severity, help, line: None }
    }
}

/// `roster.csv:1042 column H zip`.
pub(super) fn position(place: &Place) -> String {
    let mut text = place.file.clone();
    if let Some(line) = place.line {
        text.push_str(&format!(":{line}"));
        if let (Some(column), None) = (place.column, &place.cell) {
            text.push_str(&format!(":{column}"));
        }
    }
    if let Some(row) = place.row {
        text.push_str(&format!(" row {row}"));
    }
    if let Some(cell) = &place.cell {
        text.push_str(&format!(" column {cell}"));
    }
    text
}

pub(super) fn with_value(text: String, finding: &Finding, show: bool) -> String {
    match &finding.value {
        Some(value) if show => format!("{text} `{}`", value.escape_debug()),
        _ => text,
    }
}

/// What a file says must not steer the terminal: controls and bidirectional overrides show as
/// one replacement character each, so that carets still stand where they should.
pub(super) fn printable(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Required by `Error`; says no more than the code, since a message may show a value.
impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl std::error::Error for Report {}

impl Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error | Severity::Held => miette::Severity::Error,
            Severity::Question | Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.line.as_ref().map(|line| line as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let line = self.line.as_ref()?;
        let label = LabeledSpan::new_with_span(line.label.clone(), line.span);
        Some(Box::new(std::iter::once(label)))
    }
}

/// One line of a file, numbered as in the file.
struct ShownLine {
    file: String,
    text: String,
    number: usize,
    /// Characters left out before `text`, where the line is very long.
    skipped: usize,
    span: SourceSpan,
    label: Option<String>,
}

/// How many characters of a line are shown, and how many of them before the place.
const LONGEST: usize = 240;
const BEFORE: usize = 60;

impl ShownLine {
    fn new(text: &str, place: &Place, finding: &Finding, show_values: bool) -> Self {
        let column = place.column.map_or(0, |c| (c as usize).saturating_sub(1));
        let long = text.chars().count() > LONGEST;
        let skipped = if long { column.saturating_sub(BEFORE) } else { 0 };
        let shown: String = text.chars().skip(skipped).take(LONGEST).collect();
        let mut text = printable(&shown);
        // A caret past the line's end needs something to stand under.
        if text.chars().count() <= column - skipped {
            text.push(' ');
        }
        let at = |column: usize| text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
        let width = (place.width as usize).max(1);
        let start = at(column - skipped);
        let end = at((column - skipped).saturating_add(width));
        Self {
            file: place.file.clone(),
            number: place.line.map_or(0, |line| (line as usize).saturating_sub(1)),
            skipped,
            span: (start, end - start).into(),
            label: finding.value.as_deref().filter(|_| show_values).map(printable),
            text,
        }
    }
}

impl SourceCode for ShownLine {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let before = self.text.get(..span.offset()).map_or(0, |before| before.chars().count());
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.number,
            self.skipped + before,
            1,
        )))
    }
}

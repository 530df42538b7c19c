//! A template is made ready at load: comments checked and stamped with their place, lines that
//! hold only a tag taken out of the text, quotes made typographic.

use super::Origin;
use super::annotation::Annotation;
use super::scan::{Kind, TemplatePart, parts};
use super::typography;
use crate::finding::{Code, Finding, Place, Severity};
use std::sync::Arc;

/// A template as the engine gets it, with the way back to the file.
pub(super) struct Prepared {
    pub source: String,
    /// For each line of `source`: the file's line (1-based) and how many columns it moved right.
    pub lines: Vec<(u32, i32)>,
}

/// The file a template came from, for findings.
pub(super) struct Original {
    /// As findings name it.
    pub label: Arc<str>,
    pub text: String,
}

impl Original {
    /// An error in this file; `column` counts characters from 1.
    pub fn finding(&self, code: Code, line: u32, column: u32, message: String) -> Finding {
        let mut finding = Finding::new(code, Severity::Error, message).at(Place::at(
            self.label.as_ref(),
            u64::from(line),
            column,
        ));
        finding.source_line = self.line(line).map(str::to_owned);
        finding
    }

    /// A line as it stands, 1-based.
    pub fn line(&self, line: u32) -> Option<&str> {
        self.text.lines().nth(line.checked_sub(1)? as usize)
    }
}

/// One line of the file and the parts that touch it, clipped to it.
struct MarkdownLine<'a> {
    text: &'a str,
    parts: Vec<(TemplatePart, &'a str)>,
}

impl MarkdownLine<'_> {
    fn has(&self, kind: Kind) -> bool {
        self.parts
            .iter()
            .any(|(p, t)| p.kind == kind && (kind != Kind::Text || !t.trim().is_empty()))
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Only tags and remarks: nothing that prints. An `include` prints.
    fn is_tags_only(&self) -> bool {
        !self.is_blank()
            && ![Kind::Text, Kind::Value, Kind::Comment].into_iter().any(|k| self.has(k))
            && !self.tag_words().any(|word| word == "include")
    }

    /// The first words of the tags that begin on this line.
    fn tag_words(&self) -> impl Iterator<Item = &str> {
        let tags = self.parts.iter().filter(|(p, t)| p.kind == Kind::Tag && t.starts_with("{%"));
        tags.filter_map(|(_, t)| t[2..].trim_start_matches('-').split_whitespace().next())
    }

    fn tag_word(&self) -> &str {
        self.tag_words().next().unwrap_or("")
    }

    fn starts_list(&self) -> bool {
        let t = self.text.trim_start();
        let digits = t.trim_start_matches(|c: char| c.is_ascii_digit());
        let ordered =
            digits.len() < t.len() && (digits.starts_with(". ") || digits.starts_with(") "));
        t.starts_with("- ") || t.starts_with("* ") || t.starts_with("+ ") || ordered
    }
}

/// What the engine gets, line by line, remembering where each came from.
#[derive(Default)]
struct Output {
    source: String,
    lines: Vec<(u32, i32)>,
}

impl Output {
    /// Appends text of a source line; `shift` is how far its first character moved right.
    fn put(&mut self, number: u32, shift: i32, text: &str) {
        let at_start = self.source.is_empty() || self.source.ends_with('\n');
        match self.lines.last_mut() {
            Some(last) if !at_start => *last = (number, shift),
            _ => self.lines.push((number, shift)),
        }
        for (i, piece) in text.split_inclusive('\n').enumerate() {
            if i > 0 {
                self.lines.push((number, 0));
            }
            self.source.push_str(piece);
        }
    }
}

/// Checks and rewrites a template. `inline` pieces (`_agency.md`) stand inside a line: they get
/// no stamps and lose their last line end.
pub(super) fn prepare(original: &Original, inline: bool) -> Result<Prepared, Vec<Finding>> {
    let lines = lines_of(&original.text);
    let mut findings = check_markup(original);
    let mut out = Output::default();
    let (mut after_blank, mut in_list) = (true, false);
    for (i, line) in lines.iter().enumerate() {
        let number = i as u32 + 1;
        if line.has(Kind::Comment) {
            match stamp(original, line, number, lines.get(i + 1)) {
                Ok(stamped) => out.put(number, 0, &format!("{stamped}\n")),
                Err(finding) => findings.push(finding),
            }
            (after_blank, in_list) = (false, false);
        } else if line.is_tags_only() {
            out.put(number, 0, &without_line_end(line));
        } else if line.is_blank() {
            out.put(number, 0, "\n");
            after_blank = true;
        } else {
            let list = line.starts_list() || line.text.starts_with("  ");
            if after_blank && !inline && !(list && in_list) {
                let origin = Origin { file: original.label.clone(), line: number };
                let bare = Annotation { origin, ..Annotation::default() };
                out.put(number, 0, &format!("{}\n", bare.stamped()));
            }
            (after_blank, in_list) = (false, list);
            let mut text = String::with_capacity(line.text.len() + 8);
            printed(line, &mut text);
            let shift =
                if out.source.ends_with("%}") || out.source.ends_with("#}") { 2 } else { 0 };
            out.put(number, shift, &text);
            out.source.push('\n');
        }
    }
    if inline {
        out.source.truncate(out.source.trim_end().len());
    }
    if findings.is_empty() {
        Ok(Prepared { source: out.source, lines: out.lines })
    } else {
        Err(findings)
    }
}

fn lines_of(text: &str) -> Vec<MarkdownLine<'_>> {
    let parts = parts(text);
    let mut lines = Vec::new();
    let (mut start, mut first) = (0, 0);
    for full in text.split_inclusive('\n') {
        let line = full.trim_end_matches(['\n', '\r']);
        let end = start + line.len();
        let mut touching = Vec::new();
        for (i, part) in parts.iter().enumerate().skip(first) {
            if part.start >= end {
                break;
            }
            if part.end > start {
                touching.push((*part, &text[part.start.max(start)..part.end.min(end)]));
            } else {
                first = i;
            }
        }
        lines.push(MarkdownLine { text: line, parts: touching });
        start += full.len();
    }
    lines
}

/// A line that holds only tags, its line end moved inside the last tag so that nothing prints.
fn without_line_end(line: &MarkdownLine) -> String {
    let mut out = String::new();
    for (part, text) in line.parts.iter().filter(|(p, _)| p.kind != Kind::Text) {
        debug_assert!(matches!(part.kind, Kind::Tag | Kind::Remark));
        out.push_str(text);
    }
    let close = ["-%}", "%}", "-#}", "#}"].into_iter().find(|c| out.ends_with(c));
    match close {
        Some(close) => out.insert(out.len() - close.len(), '\n'),
        None => out.push('\n'),
    }
    out
}

/// A line that prints, with typographic marks in its text.
fn printed(line: &MarkdownLine, out: &mut String) {
    let mut before = '\n';
    let bars_only = line.text.chars().all(|c| " -|:\t*_".contains(c));
    for (part, text) in &line.parts {
        match part.kind {
            Kind::Text if !bars_only => before = typography::text(text, before, out),
            Kind::Value => {
                out.push_str(text);
                before = 'a';
            }
            _ => out.push_str(text),
        }
    }
}

/// A comment, checked and with its place.
fn stamp(
    original: &Original,
    line: &MarkdownLine,
    number: u32,
    next: Option<&MarkdownLine>,
) -> Result<String, Finding> {
    let err = |code, column: usize, message: &str, remedy: &str| {
        Err(original.finding(code, number, column as u32 + 1, message.to_owned()).remedy(remedy))
    };
    let alone = "write the comment alone on its line, directly above its block";
    let Some((part, text)) = line.parts.iter().find(|(p, _)| p.kind == Kind::Comment) else {
        return Ok(String::new());
    };
    let column = |bytes: usize| line.text[..bytes].chars().count();
    let at = line.text.find("<!--").unwrap_or(0);
    if !text.starts_with("<!--") {
        // The rest of a comment that was reported where it began.
        return Ok(String::new());
    }
    if !part.closed || !text.ends_with("-->") {
        return err(
            code!("template.comment_open"),
            column(at),
            "the comment does not end on its line",
            "end the comment with `-->` on the same line",
        );
    }
    let after = at + text.len();
    if !line.text[after..].trim().is_empty() {
        let blank = line.text[after..].len() - line.text[after..].trim_start().len();
        return err(
            code!("template.comment_trailing"),
            column(after + blank),
            "text follows the comment on its line and would not be printed",
            alone,
        );
    }
    if at > 0 {
        return err(
            code!("template.comment_not_alone"),
            0,
            "the comment does not begin its line",
            alone,
        );
    }
    let mut annotation = match Annotation::read(&text[4..text.len() - 3]) {
        Ok(annotation) => annotation,
        Err(unclear) => {
            return err(
                code!("template.comment_unclear"),
                column(at),
                &unclear.0,
                "write `satisfies: ids`, `contains: ids`, `courtesy` or `pagebreak`; write remarks as `{# ... #}`",
            );
        }
    };
    annotation.origin = Origin { file: original.label.clone(), line: number };
    if annotation.speaks_of_a_block() {
        match next {
            None => {
                return err(
                    code!("template.comment_no_block"),
                    0,
                    "no block follows the comment",
                    alone,
                );
            }
            Some(next) if next.is_blank() => {
                return err(
                    code!("template.comment_blank_line"),
                    0,
                    "an empty line follows the comment, which would credit another block",
                    alone,
                );
            }
            Some(next) if next.has(Kind::Comment) => {
                return err(
                    code!("template.comment_no_block"),
                    0,
                    "another comment follows instead of a block",
                    "join both in one comment, parted by `|`",
                );
            }
            Some(next) if next.is_tags_only() && next.tag_word() != "for" => {
                return err(
                    code!("template.comment_outside_if"),
                    0,
                    "the comment is not in the same `{% if %}` as its block",
                    "put the comment between the `{% if %}` and its block",
                );
            }
            Some(_) => {}
        }
    }
    Ok(annotation.stamped())
}

/// `| safe`, raw HTML and automatic links round a value are errors.
fn check_markup(original: &Original) -> Vec<Finding> {
    let text = &original.text;
    let mut findings = Vec::new();
    let mut report = |code, at: usize, message: &str, remedy: &str| {
        let head = &text[..at];
        let line = head.matches('\n').count() as u32 + 1;
        let column = head.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u32 + 1;
        findings.push(original.finding(code, line, column, message.to_owned()).remedy(remedy));
    };
    for part in parts(text) {
        let piece = &text[part.start..part.end];
        match part.kind {
            Kind::Value | Kind::Tag => {
                for (at, _) in piece.match_indices('|') {
                    let filter = piece[at + 1..].trim_start();
                    let word: String =
                        filter.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    let of = piece[2..at].trim_start_matches('-').trim();
                    if word == "safe" && !(part.kind == Kind::Value && is_incident_path(of)) {
                        report(
                            code!("template.safe"),
                            part.start + at,
                            "`safe` would let a value of the roster act as markup",
                            "leave `| safe` out; only the incident's own Markdown (`incident. ...`) may be marked safe",
                        );
                    }
                }
            }
            Kind::Text => {
                for (at, _) in piece.match_indices('<') {
                    let rest = &piece[at + 1..];
                    let escaped = piece[..at].ends_with('\\');
                    let link = rest.split('>').next().is_some_and(|l| {
                        !l.contains(char::is_whitespace)
                            && (l.contains("://") || l.contains('@') || l.starts_with("mailto:"))
                    });
                    if rest.is_empty() && text[part.end..].starts_with("{{") {
                        report(
                            code!("template.autolink"),
                            part.start + at,
                            "a value cannot stand in `<...>`",
                            "write the link as `[words]({{ address }})`",
                        );
                    } else if !escaped
                        && !link
                        && rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
                    {
                        report(
                            code!("template.html"),
                            part.start + at,
                            "HTML is not printed",
                            "write Markdown, or `\\<` for the sign itself",
                        );
                    }
                }
            }
            Kind::Remark | Kind::Comment => {}
        }
    }
    findings
}

fn is_incident_path(expression: &str) -> bool {
    expression.strip_prefix("incident.").is_some_and(|path| {
        path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
    })
}

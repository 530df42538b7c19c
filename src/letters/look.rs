//! How a letter must look by law: size of type, plain language, words that the law prescribes.

use super::trace::{Answer, TraceRow};
use super::writer::Writer;
use crate::document::{BlockKind, Document, Section, section_text};
use crate::law::{Confidence, ContentVerb, Jurisdiction, LetterStyle};
use crate::roster::Person;
use crate::typeset::Style;

/// Rows of the coverage matrix; no template meets them with a comment.
pub(super) const TYPE_SIZE: &str = "type_size";
const PLAIN_LANGUAGE: &str = "plain_language";
const PRESCRIBED_TEXT: &str = "prescribed_text";

impl Writer<'_> {
    /// What the styles of a jurisdiction ask of a letter, a row for each demand.
    pub(super) fn look(
        &self,
        jurisdiction: &Jurisdiction,
        person: &Person,
        document: &Document,
    ) -> Vec<TraceRow> {
        let facts = self.facts(person);
        let mut rows = Vec::new();
        for style in self.rules.styles(jurisdiction, &facts) {
            let mut answered = Vec::new();
            if let Some(points) = style.min_font_points {
                let smallest = Style::default().smallest();
                let asked = format!("at least {points} points; the smallest here has {smallest}");
                answered.push((TYPE_SIZE, met(smallest >= points), asked));
            }
            if style.plain_language {
                let asked = "the reading grade is told with the version".to_owned();
                answered.push((PLAIN_LANGUAGE, Answer::Judged, asked));
            }
            if !style.prescribed_text.is_empty() {
                let (answer, asked) = prescribed(style, document);
                answered.push((PRESCRIBED_TEXT, answer, asked));
            }
            for (content, answer, asked) in answered {
                let lifted = self.rules.lifts(jurisdiction, &style.statute, content, &facts);
                let (answer, lifted_by) = match lifted {
                    Some(by) if answer == Answer::Missing => (Answer::Lifted, by.cite.clone()),
                    _ => (answer, String::new()),
                };
                rows.push(TraceRow {
                    jurisdiction: jurisdiction.code.clone(),
                    statute: style.statute.clone(),
                    cite: cite(jurisdiction, style),
                    content: content.to_owned(),
                    verb: ContentVerb::Required,
                    rule: ContentVerb::Required.label(),
                    answer,
                    at: String::new(),
                    origin: None,
                    lifted_by,
                    asked,
                    sure: style.confidence != Confidence::Low,
                });
            }
        }
        rows
    }
}

fn met(so: bool) -> Answer {
    if so { Answer::Met } else { Answer::Missing }
}

/// The style's own citation, else its statute's.
fn cite(jurisdiction: &Jurisdiction, style: &LetterStyle) -> String {
    let statute = || jurisdiction.statutes.iter().find(|s| s.id == style.statute);
    match style.cite.as_str() {
        "" => statute().map_or_else(String::new, |s| s.cite.clone()),
        own => own.to_owned(),
    }
}

/// Whether the prescribed words stand in the letter as headings or lines of their own. In a
/// translation a person compares them.
fn prescribed(style: &LetterStyle, document: &Document) -> (Answer, String) {
    if !document.lang.starts_with("en") {
        return (Answer::Judged, "in translation".to_owned());
    }
    let lines: Vec<String> = document.sections.iter().flat_map(|section| lines(section)).collect();
    let missing: Vec<&str> = style
        .prescribed_text
        .iter()
        .filter(|text| !lines.contains(&folded(text)))
        .map(String::as_str)
        .collect();
    match missing.is_empty() {
        true => (Answer::Met, "every prescribed heading".to_owned()),
        false => (Answer::Missing, format!("not there: {}", missing.join("; "))),
    }
}

/// Headings, and other text line by line.
fn lines(section: &Section) -> Vec<String> {
    let headings = section.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading { spans, .. } => {
            Some(folded(&spans.iter().map(|span| span.text.as_str()).collect::<String>()))
        }
        _ => None,
    });
    headings.chain(section_text(section).lines().map(folded)).collect()
}

/// Without case and marks at the end.
fn folded(text: &str) -> String {
    text.trim().trim_end_matches(['?', ':', '.']).to_lowercase()
}

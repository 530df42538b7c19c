//! The requirement trace: what the law asks of a letter, and the template line that answers.

use super::look::TYPE_SIZE;
use super::rules::Reliance;
use super::version::Version;
use super::writer::Writer;
use crate::document::{Block, BlockKind, Document, Origin, aliases_of};
use crate::finding::{Finding, Place, Severity};
use crate::law::{Confidence, ContentRule, ContentVerb, Jurisdiction};
use crate::roster::Person;
use serde::Serialize;

/// The federal rule that every patient's letter follows.
const HIPAA: &str = "US-HIPAA";

/// Every content rule that reaches a person, answered by their letter.
#[derive(Clone, Debug, Serialize)]
pub struct Trace {
    /// The version's key.
    pub version: String,
    pub rows: Vec<TraceRow>,
    /// Template lines of blocks that neither meet a rule nor say that they are a courtesy.
    #[serde(skip)]
    pub unmarked: Vec<Origin>,
}

/// One rule and its answer: a row of the coverage matrix.
#[derive(Clone, Debug, Serialize)]
pub struct TraceRow {
    pub jurisdiction: String,
    pub statute: String,
    pub cite: String,
    /// The content's id.
    pub content: String,
    #[serde(skip)]
    pub verb: ContentVerb,
    /// `required`, `prohibited`, `customary`.
    pub rule: &'static str,
    pub answer: Answer,
    /// The template line that meets or breaks the rule, `file:line`; empty for none.
    pub at: String,
    #[serde(skip)]
    pub origin: Option<Origin>,
    /// What lifts the rule, for [`Answer::Lifted`].
    pub lifted_by: String,
    /// What a rule on the letter's look asks, and what is there; empty for contents.
    pub asked: String,
    #[serde(skip)]
    pub(super) sure: bool,
}

/// How a letter answers a content rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Required and there.
    Met,
    /// Required and not there.
    Missing,
    /// Prohibited and there.
    Present,
    /// Prohibited and not there.
    Absent,
    /// Following HIPAA lifts the rule, or counsel chose the state's bar over HIPAA's content; the
    /// letter does not keep it anyway.
    Lifted,
    /// No program can say; a person reads it.
    Judged,
    /// Makes no sense for this recipient (monitoring for the dead).
    NotForRecipient,
}

impl Writer<'_> {
    /// What the law asks of this person's letter and where the letter answers. People alike in
    /// version, residence, elements and population have the same trace.
    ///
    /// # Errors
    /// As [`Writer::document`].
    pub fn trace(&self, person: &Person) -> Result<Trace, Finding> {
        let (version, document) = self.document(person)?;
        Ok(self.traced(person, &version, &document))
    }

    /// The trace of a letter that is composed already.
    pub(super) fn traced(&self, person: &Person, version: &Version, document: &Document) -> Trace {
        let facts = self.facts(person);
        let mut rows = Vec::new();
        for code in [HIPAA, &person.jurisdiction] {
            let Some(jurisdiction) = self.rules.get(code) else { continue };
            if code == HIPAA && !facts.patient {
                continue;
            }
            for rule in self.rules.contents(jurisdiction, &facts) {
                let mut row = self.answer(jurisdiction, rule, person, document);
                let lifted = self.rules.lifted(jurisdiction, rule, &facts);
                if let Some(by) = lifted
                    && matches!(row.answer, Answer::Missing | Answer::Present)
                {
                    row.answer = Answer::Lifted;
                    row.lifted_by = by.cite.clone();
                }
                if row.answer == Answer::Missing
                    && self.rules.reliance(&person.jurisdiction) == Reliance::StateLaw
                    && aliases_of(&rule.id).iter().any(|id| version.facets.bars.contains(id))
                {
                    row.answer = Answer::Lifted;
                    row.lifted_by =
                        format!("counsel's decision on `{}.hipaa`", person.jurisdiction);
                }
                rows.push(row);
            }
            rows.extend(self.look(jurisdiction, person, document));
        }
        let sections = document.sections.iter();
        let blocks = sections.flat_map(|s| &s.blocks);
        let unmarked = blocks.filter(|b| is_unmarked(b)).map(|b| b.origin.clone()).collect();
        Trace { version: version.key.clone(), rows, unmarked }
    }

    fn answer(
        &self,
        jurisdiction: &Jurisdiction,
        rule: &ContentRule,
        person: &Person,
        document: &Document,
    ) -> TraceRow {
        let own_state = person.jurisdiction.to_lowercase();
        let sections = document.sections.iter().filter(|s| speaks_to(&s.name, &own_state));
        let mut blocks = sections.flat_map(|s| &s.blocks);
        let (answer, origin) = match rule.rule {
            ContentVerb::Prohibited => {
                let broken = blocks
                    .find(|b| b.contains.contains(&rule.id) || b.satisfies.contains(&rule.id));
                match broken {
                    Some(block) => (Answer::Present, Some(block.origin.clone())),
                    None => (Answer::Absent, None),
                }
            }
            ContentVerb::Required | ContentVerb::Customary => {
                match blocks.find(|b| b.satisfies.contains(&rule.id)) {
                    Some(block) => (Answer::Met, Some(block.origin.clone())),
                    None if self.order.frame_satisfies.contains(&rule.id) => (Answer::Met, None),
                    None if self.order.is_not_for(person.recipient, &rule.id) => {
                        (Answer::NotForRecipient, None)
                    }
                    None => (Answer::Missing, None),
                }
            }
        };
        TraceRow {
            jurisdiction: jurisdiction.code.clone(),
            statute: rule.statute.clone(),
            cite: rule.cite.clone(),
            content: rule.id.clone(),
            verb: rule.rule,
            rule: rule.rule.label(),
            answer,
            at: origin.as_ref().map_or(String::new(), |o| format!("{}:{}", o.file, o.line)),
            origin,
            lifted_by: String::new(),
            asked: String::new(),
            sure: rule.confidence != Confidence::Low && rule.when.question.is_none(),
        }
    }

    /// What is wrong with a letter by its trace: a required content that is missing or a
    /// prohibited one that is there stops the wave; a customary one is noted.
    pub fn faults(&self, trace: &Trace) -> Vec<Finding> {
        let rows = trace.rows.iter();
        let mut findings: Vec<Finding> =
            rows.filter_map(|row| self.fault(&trace.version, row)).collect();
        findings.extend(self.unmarked(trace));
        findings
    }

    /// Blocks of which nobody knows what they are there for.
    pub(super) fn unmarked(&self, trace: &Trace) -> impl Iterator<Item = Finding> {
        trace.unmarked.iter().map(|origin| {
            let message = "the block neither meets a rule nor says that it is a courtesy";
            self.at(Finding::new(code!("letter.unmarked"), Severity::Warning, message), origin)
                .remedy("write `<!-- satisfies: ... -->` or `<!-- courtesy -->` above it")
        })
    }

    /// What is wrong with one answer in a letter of the version with this key.
    pub(super) fn fault(&self, version: &str, row: &TraceRow) -> Option<Finding> {
        let binding = if row.sure { Severity::Error } else { Severity::Question };
        let (content, cite) = (&row.content, &row.cite);
        match (row.answer, row.verb) {
            (Answer::Missing, _) if !row.asked.is_empty() => {
                let asked = &row.asked;
                let message = format!(
                    "{cite} asks for `{content}`, and version `{version}` lacks it: {asked}"
                );
                let remedy = match content.as_str() {
                    TYPE_SIZE => "ask for a program that sets larger type, or for large print",
                    _ => "write the prescribed words as they stand in the law",
                };
                Some(Finding::new(code!("letter.look"), binding, message).remedy(remedy))
            }
            (Answer::Missing, verb) => {
                let (code, severity, word) = match verb {
                    ContentVerb::Customary => {
                        (code!("letter.customary_missing"), Severity::Note, "usual")
                    }
                    _ => (code!("letter.required_missing"), binding, "required"),
                };
                let message =
                    format!("`{content}` is {word} under {cite} and version `{version}` lacks it");
                let language = version.split('.').next().unwrap_or("en");
                let state = row.jurisdiction.to_lowercase();
                let file = match self.set.has(&format!("{language}/states/{state}")) {
                    true => format!("templates/letter/{language}/states/{state}.md"),
                    false => format!("templates/letter/{language}"),
                };
                let paragraph = format!("add a paragraph under `<!-- satisfies: {content} -->`");
                let finding = Finding::new(code, severity, message);
                Some(match self.order.needs(content) {
                    Some(fact) => finding
                        .at(Place::file("incident.toml"))
                        .remedy(format!("{fact}; in templates of your own {paragraph}")),
                    None => finding
                        .at(Place::file(file))
                        .remedy(format!("{paragraph}, or the facts that the one there needs")),
                })
            }
            (Answer::Present, _) => {
                let message =
                    format!("`{content}` is prohibited by {cite} and version `{version}` has it");
                let finding = Finding::new(code!("letter.prohibited"), binding, message);
                let finding = match &row.origin {
                    Some(origin) => self.at(finding, origin),
                    None => finding,
                };
                Some(finding.remedy(format!(
                    "leave the block out with `{{% if not \"{content}\" in bars %}}`"
                )))
            }
            _ => None,
        }
    }

    fn at(&self, mut finding: Finding, origin: &Origin) -> Finding {
        let sources = self.set.sources();
        let text = sources.iter().find(|(label, _)| *label == origin.file.as_ref());
        let line = (origin.line as usize).saturating_sub(1);
        finding.source_line = text.and_then(|(_, t)| t.lines().nth(line)).map(str::to_owned);
        finding.at(Place::at(origin.file.as_ref(), u64::from(origin.line), 1))
    }
}

/// A state's paragraphs speak to its own residents only: they neither meet nor break another
/// state's rule.
pub(super) fn speaks_to(section: &str, state: &str) -> bool {
    match section.split_once("/states/") {
        Some((_, file)) => file == state,
        None => true,
    }
}

fn is_unmarked(block: &Block) -> bool {
    let text = matches!(
        block.kind,
        BlockKind::Paragraph { .. } | BlockKind::List { .. } | BlockKind::Table { .. }
    );
    text && !block.courtesy && block.satisfies.is_empty() && block.contains.is_empty()
}

//! The letter, once, in the words of the review book.

use crate::letters::{Answer, Has, LetterOnce, OnceBlock, Requirement, Turn};
use crate::matter::open::Matter;
use crate::review::{
    AnswerKind, AnswerRow, Filter, LetterBlock, LetterBook, RequirementRow, VersionRow,
};
use std::collections::{BTreeMap, BTreeSet};

/// States and kinds of information named before the rest is only counted.
const NAMED: usize = 4;

/// Puts the letter's blocks, versions and requirements into words.
pub fn letter(matter: &Matter, once: &LetterOnce) -> LetterBook {
    let axes = Axes::of(matter, once);
    LetterBook {
        pieces: once.pieces,
        versions: once
            .versions
            .iter()
            .map(|version| VersionRow {
                label: version.group.clone(),
                key: version.key.clone(),
                pieces: version.pieces,
                blocks: version.blocks.clone(),
            })
            .collect(),
        blocks: once.blocks.iter().map(|block| self::block(matter, &axes, block)).collect(),
        requirements: once.requirements.iter().map(|row| requirement(matter, row)).collect(),
        filters: axes.filters(),
    }
}

/// What readers may be told apart by, each with its values: ids, and how they are shown.
struct Axes {
    states: Vec<(String, String)>,
    entities: Vec<(String, String)>,
    recipients: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    elements: Vec<(String, String)>,
}

impl Axes {
    fn of(matter: &Matter, once: &LetterOnce) -> Self {
        let gathered = |of: &dyn Fn(&crate::letters::OnceVersion) -> Vec<String>| {
            once.versions.iter().flat_map(of).collect::<BTreeSet<String>>()
        };
        let states = gathered(&|version| version.states.keys().cloned().collect());
        let mut states: Vec<(String, String)> =
            states.into_iter().map(|code| (code.clone(), place(matter, &code))).collect();
        states.sort_by(|a, b| a.1.cmp(&b.1));
        let entities = gathered(&|version| vec![version.entity.clone()]);
        let recipients = gathered(&|version| vec![version.recipient.clone()]);
        let languages = gathered(&|version| vec![version.language.clone()]);
        let elements = gathered(&|version| version.elements.iter().cloned().collect());
        Self {
            states,
            entities: entities.into_iter().map(|id| (id.clone(), entity(matter, &id))).collect(),
            recipients: recipients.into_iter().map(|id| (id.clone(), recipient(&id))).collect(),
            languages: languages.into_iter().map(|id| (id.clone(), id)).collect(),
            elements: elements.into_iter().map(|id| (id.clone(), element(matter, &id))).collect(),
        }
    }

    fn filters(&self) -> Vec<Filter> {
        let filter = |id: &str, name: &str, values: &[(String, String)]| Filter {
            id: id.to_owned(),
            name: name.to_owned(),
            values: values.iter().map(|(_, shown)| shown.clone()).collect(),
        };
        vec![
            filter("state", "State", &self.states),
            filter("entity", "Covered entity", &self.entities),
            filter("recipient", "Recipient", &self.recipients),
            filter("language", "Language", &self.languages),
            filter("element", "Information", &self.elements),
        ]
    }

    /// Who of each axis reads a block; none where everybody does.
    fn readers(&self, block: &OnceBlock) -> Vec<Option<BTreeSet<usize>>> {
        let of = |values: &[(String, String)], reads: &dyn Fn(&str) -> bool| {
            let found: BTreeSet<usize> = values
                .iter()
                .enumerate()
                .filter(|(_, (id, _))| reads(id))
                .map(|(n, _)| n)
                .collect();
            (found.len() < values.len()).then_some(found)
        };
        let audience = &block.audience;
        vec![
            of(&self.states, &|id| audience.states.contains_key(id)),
            of(&self.entities, &|id| audience.entities.contains(id)),
            of(&self.recipients, &|id| audience.recipients.contains(id)),
            of(&self.languages, &|id| block.language == id),
            of(&self.elements, &|id| audience.elements.contains(id)),
        ]
    }
}

fn block(matter: &Matter, axes: &Axes, block: &OnceBlock) -> LetterBlock {
    let file = block.file.strip_prefix("shipped:").unwrap_or(&block.file);
    LetterBlock {
        id: block.id.clone(),
        section: block.section.clone(),
        style: block.style,
        language: block.language.clone(),
        block: block.block.clone(),
        place: format!("{file}:{}", block.line),
        pieces: block.audience.pieces,
        versions: block.audience.versions.len() as u64,
        chips: block.audience.turns_on.iter().map(|turn| chip(matter, turn)).collect(),
        readers: axes.readers(block),
        meets: block.meets.clone(),
        breaks: block.breaks.clone(),
    }
}

/// What tells readers from others, in a few words.
fn chip(matter: &Matter, turn: &Turn) -> String {
    let incident = &matter.incident;
    match turn {
        Turn::State { values, except } => {
            listed(values.iter().map(|code| place(matter, code)), *except, "or")
        }
        Turn::Recipient { values, except } => {
            listed(values.iter().map(|id| recipient(id)), *except, "or")
        }
        Turn::Entity { values, except } => {
            let names = values.iter().filter_map(|at| incident.entities.get(*at));
            listed(names.map(|entity| entity.name.clone()), *except, "or")
        }
        Turn::Strand { values, except } => {
            let ids = values.iter().filter_map(|at| incident.strands.get(*at));
            listed(ids.map(|strand| strand.id.clone()), *except, "or")
        }
        Turn::Protection { values, except } => {
            let names = values.iter().map(|at| match at {
                None => "no protection offered".to_owned(),
                Some(at) => {
                    let offered = incident.protections.get(*at);
                    offered.map_or_else(String::new, |p| format!("offered {}", p.provider))
                }
            });
            listed(names, *except, "or")
        }
        Turn::Line { values, except } => {
            let names = values.iter().map(|line| match line.as_str() {
                "" => "no line in the reader's language".to_owned(),
                line => format!("reads {line}"),
            });
            listed(names, *except, "or")
        }
        Turn::Bars { values, except } => {
            let names = values.iter().map(|bars| match bars.as_str() {
                "" => "nothing barred".to_owned(),
                bars => format!("{} barred", bars.replace('_', " ")),
            });
            listed(names, *except, "or")
        }
        Turn::Supplemental { yes: true } => "told of less before".to_owned(),
        Turn::Supplemental { yes: false } => "told for the first time".to_owned(),
        Turn::Elements { has, elements } => {
            let names = elements.iter().filter_map(|at| incident.elements.get(*at));
            let names = names.map(|element| element.letter.clone());
            match has {
                Has::Any => listed(names, false, "or"),
                Has::All => listed(names, false, "and"),
                Has::None => format!("without {}", listed(names, false, "or")),
            }
        }
        Turn::Other => "some of them".to_owned(),
    }
}

fn listed(names: impl Iterator<Item = String>, except: bool, and: &str) -> String {
    let mut names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let mut text = match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, first)) if more == 0 => format!("{} {and} {last}", first.join(", ")),
        Some(_) => format!("{} {and} {more} more", names.join(", ")),
    };
    if except {
        text = format!("not: {text}");
    }
    text
}

fn requirement(matter: &Matter, row: &Requirement) -> RequirementRow {
    let law = matter.pack.get(&row.jurisdiction);
    let statute = law.and_then(|law| law.statutes.iter().find(|s| s.id == row.statute));
    RequirementRow {
        jurisdiction: row.jurisdiction.clone(),
        cite: match row.cite.is_empty() {
            true => statute.map_or_else(|| row.statute.clone(), |statute| statute.cite.clone()),
            false => row.cite.clone(),
        },
        content: row.content.clone(),
        rule: row.rule.clone(),
        answers: answers(row),
        note: [row.asked.as_str(), row.lifted_by.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
    }
}

fn answers(row: &Requirement) -> Vec<AnswerRow> {
    let rows: BTreeMap<Answer, u64> = row.pieces.clone();
    rows.into_iter()
        .map(|(answer, pieces)| {
            let (answer_kind, words) = match answer {
                Answer::Met => (AnswerKind::Fine, "met"),
                // What is usual and not there is no gap.
                Answer::Missing if row.rule == "customary" => {
                    (AnswerKind::Fine, "usual, not there")
                }
                Answer::Missing => (AnswerKind::Gap, "missing"),
                Answer::Present => (AnswerKind::Gap, "prohibited and there"),
                Answer::Absent => (AnswerKind::Fine, "absent, as it must be"),
                Answer::Lifted => (AnswerKind::Fine, "lifted"),
                Answer::Judged => (AnswerKind::Judged, "to be read by a person"),
                Answer::NotForRecipient => (AnswerKind::Fine, "not for these recipients"),
            };
            AnswerRow {
                answer: answer_kind,
                words: words.to_owned(),
                pieces,
                versions: row.versions.get(&answer).into_iter().flatten().copied().collect(),
            }
        })
        .collect()
}

/// A jurisdiction's name.
pub fn place(matter: &Matter, code: &str) -> String {
    match code {
        "" => "abroad or unknown".to_owned(),
        code => matter.pack.get(code).map_or_else(|| code.to_owned(), |law| law.name.clone()),
    }
}

fn entity(matter: &Matter, id: &str) -> String {
    let found = matter.incident.entities.iter().find(|entity| entity.id == id);
    found.map_or_else(|| id.to_owned(), |entity| entity.name.clone())
}

fn element(matter: &Matter, id: &str) -> String {
    let found = matter.incident.elements.iter().find(|element| element.id == id);
    found.map_or_else(|| id.to_owned(), |element| element.letter.clone())
}

fn recipient(id: &str) -> String {
    match id {
        "parent_or_guardian" => "parents and guardians of minors",
        "estate" => "estates and next of kin",
        _ => "adults",
    }
    .to_owned()
}

//! What a document that came back would change, and making it so.

use super::document::{WordProduct, all_pieces, templates};
use super::english::{OWN, Outdated, outdated};
use super::readers::Readers;
use super::returned::{compared, read_document, went_out};
use super::sent::Sent;
use super::told::{Context, Told, ToldComment};
use super::trial::{Trial, try_out};
use crate::finding::{Finding, Severity};
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::Matter;
use crate::matter::people::headcount::Headcount;
use crate::matter::refusal::Refusal;
use crate::word::{Doubt, Edit, Item, Labels, apply};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What came back.
#[derive(Serialize)]
pub struct WordImported {
    /// The document that went out; empty where it is not known.
    pub sent: String,
    pub product: WordProduct,
    pub language: String,
    /// What can be made as it is, in the order of the letter.
    pub changes: Vec<Told>,
    /// What nobody but a person can decide.
    pub questions: Vec<Told>,
    pub comments: Vec<ToldComment>,
    /// What the letters would lack, or should not have, once the changes are made.
    pub coverage: Vec<Finding>,
    /// What the English of translations says otherwise since they were made.
    pub outdated: Vec<Outdated>,
    /// Templates that were written; none without `--apply`.
    pub written: Vec<String>,
}

/// A document compared, with the templates as they would be.
pub struct Import {
    pub told: WordImported,
    pub sent: Sent,
    /// Names of templates and their text.
    pub files: BTreeMap<String, String>,
}

impl Import {
    /// Compares a document. Changes nothing.
    ///
    /// # Errors
    /// A document that cannot be read or is no document of this incident; questions to accept that
    /// are none; facts, words or a roster that cannot be used; I/O.
    pub fn read(matter: &Matter, file: &Path, accept: &[String]) -> Result<Self, Refusal> {
        let returned = read_document(file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (sent, is_known) = went_out(matter, &returned, &name)?;
        let set = templates(matter, sent.product)?;
        let (now, _) = all_pieces(&set, sent.product, &sent.language)?;
        let mut people: Option<Headcount> = None;
        let readers = match sent.product {
            WordProduct::Letter => {
                Some(Readers::with(matter, &LetterWords::load(matter)?, &mut people)?)
            }
            _ => None,
        };
        let compared = compared(matter, &set, &sent, &now, &returned, readers.as_ref());
        let context = Context { now: &now, returned: &returned, readers: readers.as_ref() };
        let mut items = compared.items;
        items.sort_by_key(|item| item.piece.unwrap_or(usize::MAX));
        let unknown: Vec<&String> = accept
            .iter()
            .filter(|id| !items.iter().any(|i| context.told(i).id == **id && i.edit.is_some()))
            .collect();
        if let Some(id) = unknown.first() {
            return Err(Refusal::one(
                code!("word.unknown_question"),
                format!("there is no question `{id}` that can be accepted"),
                "name the id of a question as `word import` lists it",
            ));
        }
        let accepted =
            |item: &Item| item.doubt.is_none() || accept.contains(&context.told(item).id);
        let (mut files, mut trial);
        loop {
            let chosen: Vec<usize> = (0..items.len())
                .filter(|i| items[*i].edit.is_some() && accepted(&items[*i]))
                .collect();
            let mut failed = BTreeSet::new();
            files = BTreeMap::new();
            let mut by_file: BTreeMap<&str, Vec<(usize, &Edit)>> = BTreeMap::new();
            for i in &chosen {
                if let Some(edit) = &items[*i].edit {
                    by_file.entry(&now[place(edit)].file).or_default().push((*i, edit));
                }
            }
            for (file, edits) in by_file {
                let Some((_, text)) = set.source(file) else { continue };
                let applied = apply(text, &now, &edits, Labels::shipped());
                failed.extend(applied.failed);
                files.insert(file.to_owned(), applied.text);
            }
            if failed.is_empty() {
                trial = try_out(matter, sent.product, &files, &mut people)?;
                match &trial {
                    Trial::Fits(_) => break,
                    // What no template can say is asked, and the rest is tried again.
                    Trial::Broken(names) => failed.extend(chosen.iter().copied().filter(|i| {
                        let of = items[*i].edit.as_ref().map(|edit| &now[place(edit)].file);
                        of.is_some_and(|file| names.is_empty() || names.contains(file))
                    })),
                }
            }
            if failed.is_empty() {
                failed.extend(chosen);
            }
            for i in failed {
                items[i].doubt = Some(Doubt::Unwritable);
                items[i].edit = None;
            }
        }
        let told: Vec<Told> = items.iter().map(|item| context.told(item)).collect();
        let (mut changes, mut questions) = (Vec::new(), Vec::new());
        for (item, told) in items.iter().zip(told) {
            match accepted(item) {
                true => changes.push(told),
                false => questions.push(told),
            }
        }
        let comments = returned
            .comments
            .iter()
            .map(|comment| {
                let piece =
                    comment.paragraph.and_then(|p| compared.places.get(p).copied().flatten());
                ToldComment::new(comment, piece.map(|at| &now[at]))
            })
            .collect();
        let coverage = match trial {
            Trial::Fits(after) => newly(readers.as_ref(), after),
            Trial::Broken(_) => Vec::new(),
        };
        let told = WordImported {
            sent: if is_known { sent.id.clone() } else { String::new() },
            product: sent.product,
            language: sent.language.clone(),
            changes,
            questions,
            comments,
            coverage,
            outdated: outdated(matter, sent.product, &set, &sent.language)?,
            written: Vec::new(),
        };
        Ok(Self { told, sent, files })
    }

    /// Whether the document is the one that others are translated from.
    pub fn is_original(&self) -> bool {
        self.sent.language == OWN
    }
}

/// A piece that an edit concerns.
fn place(edit: &Edit) -> usize {
    match edit {
        Edit::Words { first, .. } => *first,
        Edit::Remove { piece } | Edit::Move { piece, .. } => *piece,
        Edit::Insert { beside, .. } => *beside,
    }
}

/// What was not found before.
fn newly(before: Option<&Readers>, after: Option<Readers>) -> Vec<Finding> {
    let known: BTreeSet<String> =
        before.iter().flat_map(|r| r.findings.iter()).map(|f| f.message.clone()).collect();
    let grave = |f: &&Finding| f.severity >= Severity::Question && !known.contains(&f.message);
    after.iter().flat_map(|r| r.findings.iter()).filter(grave).cloned().collect()
}

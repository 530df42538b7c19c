//! What goes into a document: the templates of a product in the order in which they are read.

use super::english::outdated;
use super::readers::{Readers, WhoReads};
use super::sent::Sent;
use crate::document::{SectionStyle, TemplateSet, shipped};
use crate::finding::{Code, Finding, Severity};
use crate::folder::IncidentFolder;
use crate::letters::SectionOrder;
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::word::{Labels, Manuscript, Note, NoteKind, Piece, pieces, write};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordProduct {
    /// The letter to people.
    Letter,
    /// Notices to covered entities, bureaus and media, on web pages and by other means.
    Notices,
    /// The letter that goes with a regulator's filing.
    Filings,
}

impl WordProduct {
    pub const ALL: [Self; 3] = [Self::Letter, Self::Notices, Self::Filings];

    /// The folder of its templates.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Notices => "notice",
            Self::Filings => "filing",
        }
    }
}

/// The templates of a product as they read now, the incident's own in place of the shipped ones.
///
/// # Errors
/// Everything wrong with any template.
pub fn templates(matter: &Matter, product: WordProduct) -> Result<TemplateSet, Refusal> {
    let own = IncidentFolder(&matter.folder).own_templates(product.folder());
    #[expect(clippy::expect_used, reason = "part of the program; a test opens it")]
    let embedded = shipped(product.folder()).expect("templates of a product");
    TemplateSet::load(embedded, own.as_deref()).map_err(Refusal::Configuration)
}

/// The languages of a product's templates.
pub fn languages(set: &TemplateSet) -> BTreeSet<String> {
    set.names().filter_map(|name| name.split_once('/')).map(|(lang, _)| lang.to_owned()).collect()
}

/// The templates of a language in the order in which they are read, and those in small type.
pub fn order(
    set: &TemplateSet,
    product: WordProduct,
    language: &str,
) -> Result<(Vec<String>, BTreeSet<String>), Refusal> {
    let (mut names, mut small) = (Vec::new(), BTreeSet::new());
    let mut push = |name: String| {
        if set.has(&name) && !names.contains(&name) {
            names.push(name);
        }
    };
    let (label, text) = set.file("sections.toml").unwrap_or_default();
    match product {
        WordProduct::Letter => {
            let order = SectionOrder::read(label, text).map_err(stop)?;
            for section in &order.sections {
                let of_section: Vec<String> = match section.states {
                    true => {
                        let folder = format!("{language}/states/");
                        set.names().filter(|n| n.starts_with(&folder)).map(str::to_owned).collect()
                    }
                    false => vec![format!("{language}/{}", section.file)],
                };
                if section.style() == SectionStyle::Small {
                    small.extend(of_section.iter().cloned());
                }
                of_section.into_iter().for_each(&mut push);
            }
        }
        WordProduct::Notices => {
            let order: BTreeMap<String, Vec<String>> = toml::from_str(text).map_err(|e| {
                stop(error(
                    code!("word.order"),
                    &format!("`{label}` cannot be read: {}", e.message()),
                ))
            })?;
            order.into_values().flatten().for_each(|file| push(format!("{language}/{file}")));
        }
        WordProduct::Filings => push(format!("{language}/letter")),
    }
    Ok((names, small))
}

fn error(code: Code, message: &str) -> Finding {
    Finding::new(code, Severity::Error, message)
        .remedy("compare with the shipped file of the same name")
}

fn stop(finding: Finding) -> Refusal {
    let mut findings = crate::finding::Findings::default();
    findings.push(finding);
    Refusal::Configuration(findings)
}

/// All pieces of a language, in the order in which they are read.
pub fn all_pieces(
    set: &TemplateSet,
    product: WordProduct,
    language: &str,
) -> Result<(Vec<Piece>, BTreeSet<String>), Refusal> {
    let (names, small) = order(set, product, language)?;
    let labels = Labels::shipped();
    let read = names.iter().filter_map(|name| set.source(name).map(|(_, text)| (name, text)));
    Ok((read.flat_map(|(name, text)| pieces(name, text, labels)).collect(), small))
}

/// A document ready to be written, and what is kept of it.
///
/// # Errors
/// A language without templates; facts, words or a roster that cannot be used; I/O.
pub fn exported(
    matter: &Matter,
    product: WordProduct,
    language: &str,
    clean: bool,
) -> Result<(Vec<u8>, Sent), Refusal> {
    let set = templates(matter, product)?;
    let known = languages(&set);
    if !known.contains(language) {
        return Err(Refusal::one(
            code!("word.language"),
            format!("there are no templates in `{language}`"),
            format!("choose one of {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        ));
    }
    let (pieces, small) = all_pieces(&set, product, language)?;
    let who = match product {
        WordProduct::Letter => Some(Readers::count(matter)?),
        _ => None,
    };
    // What no letter has now is left out; what nobody can count stays.
    let pieces: Vec<Piece> = pieces
        .into_iter()
        .filter(|p| {
            who.as_ref()
                .is_none_or(|who| who.reads_language(language).is_none_or(|_| who.of(p).pieces > 0))
        })
        .collect();
    let outdated = outdated(matter, product, &set, language)?;
    let notes =
        notes(&pieces, who.as_ref(), &outdated.iter().map(|o| o.file.clone()).collect(), clean);
    let english = english_of(&set, product, language)?;
    let sent = Sent::new(product, language, clean, pieces, notes.iter().flatten(), english);
    let manuscript = Manuscript {
        title: format!("{} ({}, {language})", matter.incident.title, product.folder()),
        author: matter.incident.sender.name.clone(),
        lang: language.to_owned(),
        date: matter.wave().mail_on.to_string(),
        id: sent.id.clone(),
        pieces: &sent.pieces,
        notes,
        small,
        page_of: Labels::shipped().note.page_of.clone(),
    };
    let bytes = write(&manuscript).doing(|| "pack the document".to_owned())?;
    Ok((bytes, sent))
}

/// The English words that a translation goes with.
fn english_of(
    set: &TemplateSet,
    product: WordProduct,
    language: &str,
) -> Result<BTreeMap<String, String>, Refusal> {
    if language == super::english::OWN {
        return Ok(BTreeMap::new());
    }
    let (names, _) = order(set, product, super::english::OWN)?;
    let text = |name: String| set.source(&name).map(|(_, text)| (name.clone(), text.to_owned()));
    Ok(names.into_iter().filter_map(text).collect())
}

/// The gray lines above each piece.
fn notes(
    pieces: &[Piece],
    who: Option<&Readers>,
    outdated: &BTreeSet<String>,
    clean: bool,
) -> Vec<Vec<Note>> {
    let words = &Labels::shipped().note;
    let note = |kind, text: String| Note { kind, text };
    let mut all = Vec::with_capacity(pieces.len());
    let (mut last_readers, mut last_law) = (String::new(), String::new());
    for (i, piece) in pieces.iter().enumerate() {
        let mut here = Vec::new();
        if i == 0 && !clean {
            here.push(note(NoteKind::Readers, words.lead.clone()));
        }
        let before = i.checked_sub(1).map(|b| &pieces[b]);
        let same_block = before.is_some_and(|b| {
            (&b.file, b.block, &b.when) == (&piece.file, piece.block, &piece.when)
        });
        if !same_block {
            if before.is_none_or(|b| b.file != piece.file)
                && outdated.contains(&piece.file)
                && !clean
            {
                here.push(note(NoteKind::Law, words.changed.clone()));
            }
            let reads = who.map_or_else(WhoReads::default, |who| who.of(piece));
            let readers = reads.text(piece, who);
            if readers != last_readers && !(clean && readers == words.everyone) {
                here.push(note(NoteKind::Readers, readers.clone()));
                last_readers = readers;
            }
            let law = reads.law_text();
            if !law.is_empty() && law != last_law && !clean {
                here.push(note(NoteKind::Law, law.clone()));
            }
            last_law = law;
        }
        all.push(here);
    }
    all
}

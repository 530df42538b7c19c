//! Which document it was that came back, and how it is compared.

use super::document::{WordProduct, all_pieces, languages, templates};
use super::readers::Readers;
use super::sent::Sent;
use crate::document::TemplateSet;
use crate::docx::{Returned, Unreadable, read};
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::word::{Compared, NOTE_STYLE, Piece, Sides, compare, marked, normal};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reads a document from outside.
///
/// # Errors
/// A file that is no DOCX or larger than any letter; I/O.
pub fn read_document(path: &Path) -> Result<Returned, Refusal> {
    let bytes = std::fs::read(path).doing(|| format!("read `{}`", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    read(&bytes).map_err(|why| {
        let (code, what, remedy) = match why {
            Unreadable::Large(size) => (
                code!("word.swollen"),
                format!("`{name}` has {size} MB, more than any letter"),
                "take the pictures out and save it again",
            ),
            Unreadable::Swollen(size) => (
                code!("word.swollen"),
                format!("`{name}` would unpack to more than {size} MB"),
                "ask who sent it; open it in a word processor and save it again as DOCX",
            ),
            Unreadable::Overgrown => (
                code!("word.swollen"),
                format!("`{name}` has more parts than any letter"),
                "ask who sent it; open it in a word processor and save it again as DOCX",
            ),
            Unreadable::OldOrLocked => (
                code!("word.unreadable"),
                format!("`{name}` is protected by a password, or of a kind before DOCX"),
                "take the password off and save it as DOCX",
            ),
            Unreadable::Declares => (
                code!("word.unreadable"),
                format!("`{name}` declares XML entities, which no word processor writes"),
                "ask who sent it; open it in a word processor and save it again as DOCX",
            ),
            Unreadable::Damaged(what) => (
                code!("word.unreadable"),
                format!("`{name}` cannot be read: {what}"),
                "open it in a word processor and save it again as DOCX",
            ),
        };
        Refusal::one(code, what, remedy)
    })
}

/// The document that went out: by its bookmarks, else the one that reads most like it, else the
/// templates as they are.
///
/// # Errors
/// A document that has nothing of any; templates that cannot be used; I/O.
pub fn went_out(matter: &Matter, returned: &Returned, name: &str) -> Result<(Sent, bool), Refusal> {
    let kept = Sent::all(&matter.folder)?;
    let mut by_mark: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in returned.paragraphs.iter().flat_map(|p| &p.marks) {
        if let Some((id, _)) = marked(&mark.name) {
            *by_mark.entry(id).or_default() += 1;
        }
    }
    let most = by_mark.iter().max_by_key(|(_, count)| **count).map(|(id, _)| *id);
    if let Some(sent) = kept.iter().find(|sent| most == Some(sent.id.as_str())) {
        return Ok((sent.clone(), true));
    }
    let mut candidates: Vec<(Sent, bool)> = kept.into_iter().map(|sent| (sent, true)).collect();
    for product in WordProduct::ALL {
        let set = templates(matter, product)?;
        for language in languages(&set) {
            let (pieces, _) = all_pieces(&set, product, &language)?;
            let none = std::iter::empty();
            candidates
                .push((Sent::new(product, &language, false, pieces, none, BTreeMap::new()), false));
        }
    }
    let squeezed = |text: &str| normal(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let texts: BTreeSet<String> = returned.paragraphs.iter().map(|p| squeezed(&p.text())).collect();
    // Of two that read alike, the one that was kept.
    let score = |sent: &Sent| {
        let pieces: BTreeSet<String> = sent.pieces.iter().map(|p| squeezed(&p.text())).collect();
        let both = pieces.intersection(&texts).filter(|text| text.len() > 12).count();
        (both, std::cmp::Reverse(sent.pieces.len()))
    };
    let best = candidates.into_iter().max_by_key(|(sent, kept)| (score(sent), *kept));
    best.filter(|(sent, _)| score(sent).0 > 0).ok_or_else(|| {
        Refusal::one(
            code!("word.foreign"),
            format!("`{name}` has no paragraph of this incident's letter or notices"),
            "name a document that `word export` wrote for this incident",
        )
    })
}

/// Compares it with what went out and with the templates as they are.
pub fn compared(
    matter: &Matter,
    set: &TemplateSet,
    sent: &Sent,
    now: &[Piece],
    returned: &Returned,
    readers: Option<&Readers>,
) -> Compared {
    let prescribed = prescribed(matter);
    let states: Vec<String> = matter.pack.jurisdictions().map(|j| j.name.clone()).collect();
    let voices = voices(set, &sent.language);
    compare(&Sides {
        base: &sent.pieces,
        now,
        returned,
        bookmarks: &|name| {
            let (id, piece) = marked(name)?;
            (id == sent.id && piece < sent.pieces.len()).then_some(piece)
        },
        notes: &sent.notes,
        note_styles: &NOTE_STYLES,
        prescribed: &|text| prescribed.get(&folded(text)).cloned().unwrap_or_default(),
        misplaced: &|piece, words| {
            if sent.product != WordProduct::Letter {
                return None;
            }
            let own = piece.file.contains("/states/");
            let state = states.iter().find(|name| !own && has_words(words, name));
            let voice = || {
                let spoken = voices.iter().find(|(phrase, _)| has_words(words, phrase))?;
                let only = readers.is_some_and(|r| r.of(piece).is_only(&spoken.1));
                (!only).then(|| spoken.0.clone())
            };
            state.cloned().or_else(voice)
        },
    })
}

/// The words that laws prescribe, folded, with the citations.
fn prescribed(matter: &Matter) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let day = matter.wave().mail_on;
    for jurisdiction in matter.pack.jurisdictions() {
        let in_force = jurisdiction
            .letter_styles
            .iter()
            .filter(|style| style.effective <= day && style.until.is_none_or(|until| day < until));
        for style in in_force {
            let statute = jurisdiction.statutes.iter().find(|s| s.id == style.statute);
            let cite = match style.cite.as_str() {
                "" => statute.map_or_else(|| jurisdiction.name.clone(), |s| s.cite.clone()),
                own => own.to_owned(),
            };
            for text in &style.prescribed_text {
                let cites = found.entry(folded(text)).or_default();
                if !cites.contains(&cite) {
                    cites.push(cite.clone());
                }
            }
        }
    }
    found
}

/// Without case and marks at the end.
fn folded(text: &str) -> String {
    normal(text).trim().trim_end_matches(['?', ':', '.']).to_lowercase()
}

/// How letters speak of a reader of each kind: phrase and recipient.
fn voices(set: &TemplateSet, language: &str) -> Vec<(String, String)> {
    let text = set.file(&format!("{language}/words.toml")).map_or("", |(_, text)| text);
    let table: toml::Table = toml::from_str(text).unwrap_or_default();
    let mut found = Vec::new();
    for (id, recipient) in [("parent_or_guardian", "child"), ("estate", "estate")] {
        let voice = table.get("voice").and_then(|v| v.get(id)).and_then(toml::Value::as_table);
        let phrases = voice.into_iter().flat_map(|v| v.values()).filter_map(toml::Value::as_str);
        found.extend(phrases.map(|phrase| (phrase.to_owned(), recipient.to_owned())));
    }
    found
}

/// Whether whole words stand in a text.
fn has_words(text: &str, words: &str) -> bool {
    let (text, words) = (normal(text).to_lowercase(), normal(words).to_lowercase());
    text.match_indices(&words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Styles of gray lines, as word processors name them.
const NOTE_STYLES: [&str; 3] = [NOTE_STYLE, "notice readers", "notice law"];

//! A document that came back, held against what went out and against what the templates say now.

use super::back::{Back, back};
use super::item::{Doubt, Item, ItemKind};
use super::likeness::words;
use super::matching::{Key, matched};
use super::pairs::pair;
use super::piece::{Atom, Piece, normal, text_of};
use super::structure::{gather, moved};
use super::whole::{added, foreign, removed};
use crate::docx::Returned;
use std::collections::{BTreeMap, BTreeSet};

/// What a document that came back says.
#[derive(Debug, Default)]
pub struct Compared {
    pub items: Vec<Item>,
    /// For each paragraph of the document, the piece that it is now.
    pub places: Vec<Option<usize>>,
}

/// What is compared.
pub struct Sides<'a> {
    /// As the document went out.
    pub base: &'a [Piece],
    /// As the templates read now.
    pub now: &'a [Piece],
    /// The document.
    pub returned: &'a Returned,
    /// The piece of the base that a bookmark stands around.
    pub bookmarks: &'a dyn Fn(&str) -> Option<usize>,
    /// The gray lines as they went out.
    pub notes: &'a [String],
    /// The styles of gray lines, in small letters.
    pub note_styles: &'a [&'a str],
    /// Citations of the statutes that prescribe just these words.
    pub prescribed: &'a dyn Fn(&str) -> Vec<String>,
    /// Of whom new words speak who are not the only readers of a piece.
    pub misplaced: &'a dyn Fn(&Piece, &str) -> Option<String>,
}

/// Compares three sides.
pub fn compare(sides: &Sides<'_>) -> Compared {
    let mut compared =
        Compared { places: vec![None; sides.returned.paragraphs.len()], ..Compared::default() };
    let backs = returned(sides, &mut compared.items);
    let base_keys: Vec<Key> = sides.base.iter().map(|p| key(p, false)).collect();
    let back_keys: Vec<Key> = backs.iter().map(back_key).collect();
    let known = by_bookmark(sides, &backs, &base_keys, &back_keys);
    let of_back = matched(&base_keys, &back_keys, &known);
    // Which piece now is which piece of the base.
    let old: Vec<Key> = sides.base.iter().map(|p| key(p, true)).collect();
    let new: Vec<Key> = sides.now.iter().map(|p| key(p, true)).collect();
    let of_now = matched(&old, &new, &[]);
    let mut now_of: Vec<Option<usize>> = vec![None; sides.base.len()];
    for (n, b) in of_now.iter().enumerate() {
        if let Some(b) = b {
            now_of[*b] = Some(n);
        }
    }
    let groups = gather(sides.base, &base_keys, &backs, &back_keys, &of_back);
    for group in &groups {
        for b in &group.back {
            compared.places[backs[*b].position] =
                group.base.first().and_then(|first| now_of[*first]);
        }
        pair(sides, &backs, group, &now_of, &mut compared.items);
    }
    let used: BTreeSet<usize> = groups.iter().flat_map(|g| g.base.iter().copied()).collect();
    removed(sides, &used, &now_of, &mut compared.items);
    added(sides, &backs, &groups, &now_of, &of_now, &mut compared);
    moved(sides.now, &groups, &now_of, &mut compared.items);
    foreign(sides.returned, &compared.places.clone(), &mut compared.items);
    compared
}

fn key(piece: &Piece, by_file: bool) -> Key {
    let cell = if piece.role.is_cell() { "cell" } else { "" };
    let file = if by_file { piece.file.as_str() } else { "" };
    Key { text: flat(&piece.atoms), words: words(&piece.atoms), kind: format!("{file}{cell}") }
}

fn back_key(back: &Back) -> Key {
    let kind = if back.place.is_some() { "cell" } else { "" };
    Key { text: flat(&back.atoms), words: words(&back.atoms), kind: kind.to_owned() }
}

/// A text with single spaces.
pub(super) fn flat(atoms: &[Atom]) -> String {
    normal(&text_of(atoms)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs that are not gray lines; a gray line that somebody wrote in is told.
fn returned(sides: &Sides<'_>, items: &mut Vec<Item>) -> Vec<Back> {
    let squeezed = |text: &str| normal(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let notes: BTreeSet<String> = sides.notes.iter().map(|note| squeezed(note)).collect();
    let mut kept = Vec::new();
    for (position, paragraph) in sides.returned.paragraphs.iter().enumerate() {
        let text = squeezed(&paragraph.text());
        if notes.contains(&text) {
            continue;
        }
        let styled = sides.note_styles.contains(&paragraph.style.as_str());
        if styled && !text.is_empty() {
            let near = |note: &&String| near_lines(note, &text);
            let was = sides.notes.iter().max_by(|a, b| near(a).total_cmp(&near(b)));
            items.push(Item {
                kind: ItemKind::Note,
                doubt: Some(Doubt::NoteEdited),
                piece: None,
                was: was.cloned().unwrap_or_default(),
                is: paragraph.text(),
                words: Vec::new(),
                by: paragraph
                    .chars
                    .iter()
                    .filter_map(|c| c.by)
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect(),
                edit: None,
            });
            continue;
        }
        kept.extend(back(position, paragraph));
    }
    kept
}

/// A rough likeness of two lines.
fn near_lines(a: &str, b: &str) -> f64 {
    let words = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    super::likeness::alike(&words(a), &words(b))
}

/// Pairs that a bookmark makes certain: of paragraphs under the same bookmark, the most alike.
fn by_bookmark(
    sides: &Sides<'_>,
    backs: &[Back],
    base: &[Key],
    back: &[Key],
) -> Vec<(usize, usize)> {
    let mut found: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (n, paragraph) in backs.iter().enumerate() {
        for mark in &paragraph.marks {
            if let Some(o) = (sides.bookmarks)(&mark.name)
                && base[o].kind == back[n].kind
                && mark.to > mark.from
            {
                found.entry(o).or_default().push((n, mark.to - mark.from));
            }
        }
    }
    let mut pairs = Vec::new();
    let mut used = BTreeSet::new();
    let mut certain: Vec<(f64, usize, usize, usize)> = Vec::new();
    for (o, of) in &found {
        for (n, covered) in of {
            certain.push((
                super::likeness::alike(&base[*o].words, &back[*n].words),
                *covered,
                *o,
                *n,
            ));
        }
    }
    certain
        .sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut paired = BTreeSet::new();
    for (alike, _, o, n) in certain {
        // A bookmark that strayed to other words proves nothing, if these words stand elsewhere.
        let elsewhere = back.iter().enumerate().any(|(i, k)| i != n && k.text == base[o].text);
        if (alike >= 0.3 || !elsewhere) && !paired.contains(&o) && used.insert(n) {
            paired.insert(o);
            pairs.push((o, n));
        }
    }
    pairs
}

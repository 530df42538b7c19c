//! Words out to a word processor and back.

mod command;
mod edits;
mod hand;
mod hostile;
mod kinds;
mod programs;

use hand::Hand;
use noticeworks::docx;
use noticeworks::word::{
    Edit, Item, Labels, Manuscript, NOTE_STYLE, Note, NoteKind, Piece, Sides, apply, bookmark,
    compare, marked, normal, pieces, write,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const ID: &str = "abcd1234";

/// Templates, the document that they give, and whoever works on it.
struct Desk {
    texts: BTreeMap<String, String>,
    order: Vec<String>,
    notes: Vec<String>,
    bytes: Vec<u8>,
}

impl Desk {
    /// The shipped templates of a product.
    fn of(product: &str, language: &str) -> Self {
        let root = Path::new("templates").join(product);
        let mut texts = BTreeMap::new();
        let mut folders = vec![root.join(language)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let name =
                    path.strip_prefix(&root).unwrap().with_extension("").display().to_string();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "md") && !name.contains("/_") {
                    texts.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        Self::with(texts)
    }

    /// Templates of one's own.
    fn with(texts: BTreeMap<String, String>) -> Self {
        let order: Vec<String> = texts.keys().cloned().collect();
        let mut desk = Self { texts, order, notes: Vec::new(), bytes: Vec::new() };
        let pieces = desk.pieces();
        let note = |i: usize| Note {
            kind: NoteKind::Readers,
            text: format!("Gray line {i} about readers"),
        };
        let notes: Vec<Vec<Note>> = (0..pieces.len())
            .map(|i| if i % 4 == 0 { vec![note(i)] } else { Vec::new() })
            .collect();
        desk.notes = notes.iter().flatten().map(|note| note.text.clone()).collect();
        let manuscript = Manuscript {
            title: "Letter".to_owned(),
            author: "Example Clinic".to_owned(),
            lang: "en".to_owned(),
            date: "2026-09-18".to_owned(),
            id: ID.to_owned(),
            pieces: &pieces,
            notes,
            small: BTreeSet::new(),
            page_of: "Page {page} of {pages}".to_owned(),
        };
        desk.bytes = write(&manuscript).unwrap();
        desk
    }

    fn one(text: &str) -> Self {
        Self::with(BTreeMap::from([("en/test".to_owned(), text.to_owned())]))
    }

    fn pieces(&self) -> Vec<Piece> {
        of(&self.order, &self.texts)
    }

    fn hand(&self) -> Hand {
        Hand::open(&self.bytes)
    }

    /// What comes back, held against what went out and what stands now.
    fn compare(&self, bytes: &[u8], now: &[Piece]) -> Vec<Item> {
        let base = self.pieces();
        let returned = docx::read(bytes).unwrap();
        let count = base.len();
        let prescribed = |text: &str| match text {
            "What Happened" => vec!["Example Code 1".to_owned()],
            _ => Vec::new(),
        };
        compare(&Sides {
            base: &base,
            now,
            returned: &returned,
            bookmarks: &|name| {
                marked(name).filter(|(id, at)| *id == ID && *at < count).map(|(_, at)| at)
            },
            notes: &self.notes,
            note_styles: &[NOTE_STYLE, "notice readers", "notice law"],
            prescribed: &prescribed,
            misplaced: &|_, words| words.contains("Exampleland").then(|| "Exampleland".to_owned()),
        })
        .items
    }

    fn items(&self, hand: &Hand) -> Vec<Item> {
        self.compare(&hand.save(), &self.pieces())
    }

    /// The templates with everything made that needs no answer.
    fn applied(&self, items: &[Item]) -> BTreeMap<String, String> {
        let sure: Vec<&Item> = items.iter().filter(|item| item.doubt.is_none()).collect();
        self.made(&sure)
    }

    fn made(&self, items: &[&Item]) -> BTreeMap<String, String> {
        let pieces = self.pieces();
        let mut by_file: BTreeMap<&str, Vec<(usize, &Edit)>> = BTreeMap::new();
        for (i, edit) in
            items.iter().enumerate().filter_map(|(i, item)| Some((i, item.edit.as_ref()?)))
        {
            let at = match edit {
                Edit::Words { first, .. } => *first,
                Edit::Remove { piece } | Edit::Move { piece, .. } => *piece,
                Edit::Insert { beside, .. } => *beside,
            };
            by_file.entry(&pieces[at].file).or_default().push((i, edit));
        }
        let mut texts = self.texts.clone();
        for (file, edits) in by_file {
            let applied = apply(&self.texts[file], &pieces, &edits, Labels::shipped());
            assert_eq!(applied.failed, Vec::<usize>::new(), "{edits:?}");
            texts.insert(file.to_owned(), applied.text);
        }
        texts
    }
}

fn of(order: &[String], texts: &BTreeMap<String, String>) -> Vec<Piece> {
    order.iter().flat_map(|name| pieces(name, &texts[name], Labels::shipped())).collect()
}

fn flat(text: &str) -> String {
    normal(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the bookmark of a piece is called in the XML.
fn name_of(piece: usize) -> String {
    format!("w:name=\"{}\"", bookmark(ID, piece))
}

#[test]
fn a_piece_that_nobody_edits_is_written_as_it_stood() {
    for (product, language) in
        [("letter", "en"), ("letter", "es"), ("notice", "en"), ("filing", "en")]
    {
        let desk = Desk::of(product, language);
        for piece in desk.pieces() {
            let source = &desk.texts[&piece.file][piece.at.words.clone()];
            assert_eq!(noticeworks::word::markdown(&piece.atoms), source, "{}", piece.file);
        }
    }
}

#[test]
fn equal_manuscripts_give_equal_bytes() {
    assert_eq!(Desk::of("letter", "en").bytes, Desk::of("letter", "en").bytes);
}

#[test]
fn a_document_that_nobody_edits_changes_nothing() {
    for (product, language) in
        [("letter", "en"), ("letter", "es"), ("notice", "en"), ("filing", "en")]
    {
        let desk = Desk::of(product, language);
        assert_eq!(desk.items(&desk.hand()), [], "{product} {language}");
        let mut hand = desk.hand();
        hand.scrub();
        assert_eq!(desk.items(&hand), [], "{product} {language} without bookmarks");
    }
}

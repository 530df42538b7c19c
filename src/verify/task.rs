//! What is to be proved, and against what.

use super::faces::FontFile;
use super::listing::Labels;
use super::pictures::Picture;
use super::piece::Piece;
use super::places::{Shown, Sum};
use super::seal::Seal;
use super::wording::Wording;
use crate::incident::{Incident, Wave};
use crate::roster::{Person, RowSet, Spool, Standing};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The mark of letters that nobody approved.
#[derive(Clone, Copy)]
pub enum Stamp<'a> {
    /// Finals: the word must not stand on any page by itself.
    Absent(&'a str),
    /// Drafts: every page must carry it.
    Present(&'a str),
}

/// A language that letters are written in.
pub struct LetterLanguage {
    pub words: Wording,
    pub labels: Labels,
    /// Templates print first or last names alone.
    pub names_parts: bool,
}

/// What letters must show: their words as they were sealed, or for drafts as they are composed from
/// the same spool and templates.
pub struct Composed {
    /// By piece.
    shown: Vec<Shown>,
    /// What pictures and links are said to be to those who cannot see them.
    pub(super) alts: BTreeSet<String>,
}

impl Composed {
    pub fn new(mut shown: Vec<Shown>, alts: BTreeSet<String>) -> Self {
        shown.sort_unstable_by_key(|shown| shown.piece);
        Self { shown, alts }
    }

    pub(super) fn of(&self, piece: Piece) -> Option<Sum> {
        let at = self.shown.binary_search_by_key(&piece, |shown| shown.piece).ok()?;
        Some(self.shown[at].sum)
    }
}

/// A print run and what it must agree with.
pub struct Task<'a> {
    pub incident: &'a Incident,
    pub wave: &'a Wave,
    pub spool: &'a Spool,
    /// Folder of the letters' files and `manifest.csv`.
    pub letters: &'a Path,
    /// Folder with the files of codes that `incident.toml` names.
    pub folder: &'a Path,
    /// Under which the pieces are numbered; none in folders sealed before there were secrets.
    pub secret: Option<[u8; 32]>,
    /// Rows of the roster that are to get a letter, by what the ledger recorded; the seal, where
    /// there is one, says it instead.
    pub mailed: RowSet,
    pub languages: BTreeMap<String, LetterLanguage>,
    /// The language of `incident.toml`.
    pub own_language: &'a str,
    /// Lines that offer help in languages without templates, up to the telephone's number.
    pub lines: BTreeMap<String, String>,
    /// For each data element, whether letters print it in general words.
    pub general: Vec<bool>,
    pub stamp: Stamp<'a>,
    /// The least size of type that law asks of letters, points; zero where none does.
    pub least_points: f32,
    pub seal: Option<Seal>,
    /// SHA-256 of batches that the ledger recorded as printed.
    pub digests: BTreeMap<String, String>,
    /// What the letters show when they are composed anew, where that could be had.
    pub composed: Option<Composed>,
    /// The fonts that letters are set with, in the order in which sealed texts count them.
    pub fonts: Vec<FontFile<'a>>,
    /// Logo and signature.
    pub pictures: Vec<Picture<'a>>,
    /// What the incident and its templates say of themselves.
    pub boilerplate: String,
    pub jobs: usize,
}

impl Task<'_> {
    /// Whether a person is to get a letter.
    pub(super) fn is_mailed(&self, person: &Person, piece: Piece) -> bool {
        // A row that stands in the roster twice has one letter, and its second row none.
        let ready = person.standing == Standing::Ready;
        match &self.seal {
            Some(seal) => ready && seal.holds(piece),
            None => ready && self.mailed.contains(person.row),
        }
    }

    /// Whether a line is the mark of a draft, however its letters are spaced.
    pub(super) fn is_stamp(&self, line: &str) -> bool {
        let (Stamp::Absent(word) | Stamp::Present(word)) = self.stamp;
        !word.is_empty() && line.chars().filter(|c| !c.is_whitespace()).eq(word.chars())
    }
}

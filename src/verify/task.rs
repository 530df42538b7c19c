//! What is to be proved, and against what.

use super::listing::Labels;
use super::piece::Piece;
use super::seal::Seal;
use super::wording::Wording;
use crate::incident::{Incident, Wave};
use crate::roster::{Person, RowSet, Spool, Standing};
use std::collections::BTreeMap;
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
pub struct Tongue {
    pub words: Wording,
    pub labels: Labels,
    /// Templates print first or last names alone.
    pub names_parts: bool,
}

/// A print run and what it must agree with.
pub struct Task<'a> {
    pub incident: &'a Incident,
    pub wave: &'a Wave,
    pub spool: &'a Spool,
    /// Folder of `batch-*.pdf` and `manifest.csv`.
    pub letters: &'a Path,
    /// Folder with the files of codes that `incident.toml` names.
    pub folder: &'a Path,
    /// Under which the pieces are numbered; none in folders sealed before there were secrets.
    pub secret: Option<[u8; 32]>,
    /// Rows of the roster that are to get a letter, by what the ledger recorded; the seal, where
    /// there is one, says it instead.
    pub mailed: RowSet,
    pub tongues: BTreeMap<String, Tongue>,
    /// The language of `incident.toml`.
    pub own_language: &'a str,
    /// Lines that offer help in languages without templates, up to the telephone's number.
    pub lines: BTreeMap<String, String>,
    /// For each data element, whether letters print it in general words.
    pub general: Vec<bool>,
    pub stamp: Stamp<'a>,
    pub seal: Option<Seal>,
    /// SHA-256 of batches that the ledger recorded as printed.
    pub digests: BTreeMap<String, String>,
    /// For each batch the sums over its letters' sealed texts, where they could be had.
    pub sums: Option<BTreeMap<String, Vec<u128>>>,
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

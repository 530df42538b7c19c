//! Paragraphs that letter after letter repeats, set once.

use super::{
    line::Line,
    paragraph::{Group, Setting, Stretch},
    shaper::Weight,
};
use foldhash::HashMap;
use std::ops::Range;

/// Paragraphs kept before starting anew.
const PARAGRAPHS: usize = 1024;
/// Bytes from which on a text is worth keeping: names, addresses and references are shorter.
const LEAST: usize = 100;

/// The lines of paragraphs. What it remembers never changes a line.
#[derive(Default)]
pub(super) struct Kept(HashMap<KeptKey, Vec<Line>>);

/// All that a paragraph's lines depend on, the fonts and the language apart.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct KeptKey {
    text: Box<str>,
    spans: Box<[(Range<usize>, Weight, Group)]>,
    size: u32,
    width: u32,
    rtl: bool,
}

impl Kept {
    /// The key of a gathered text; none for one that will hardly come again.
    pub fn key(text: &str, spans: &[Stretch], setting: Setting) -> Option<KeptKey> {
        (text.len() >= LEAST).then(|| KeptKey {
            text: text.into(),
            spans: spans.iter().map(|s| (s.text.clone(), s.weight, s.group)).collect(),
            size: setting.size.to_bits(),
            width: setting.width.to_bits(),
            rtl: setting.rtl,
        })
    }

    pub fn get(&self, key: &KeptKey) -> Option<&[Line]> {
        self.0.get(key).map(Vec::as_slice)
    }

    pub fn keep(&mut self, key: KeptKey, lines: &[Line]) {
        if self.0.len() >= PARAGRAPHS {
            self.0.clear();
        }
        self.0.insert(key, lines.to_vec());
    }

    pub fn forget(&mut self) {
        self.0.clear();
    }
}

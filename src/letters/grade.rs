//! How hard a letter is to read: the Flesch-Kincaid grade of our own words.
//!
//! 45 CFR 164.404(c)(2) asks for plain language; health literacy practice for a grade of 9 or less.

use crate::document::{Block, BlockKind, Document, Span};

/// The reading grade of one section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionGrade {
    /// The template's name: `en/opening`.
    pub section: String,
    pub words: usize,
    /// Years of school, Flesch-Kincaid.
    pub grade: f64,
}

/// Counts over English prose.
#[derive(Default)]
struct Tally {
    words: usize,
    sentences: usize,
    syllables: usize,
}

/// The grade of a document's paragraphs and lists together, and of each section. Headings,
/// tables, links, numbers and codes are left out: they are not sentences.
pub fn reading_grade(document: &Document) -> (f64, Vec<SectionGrade>) {
    let mut whole = Tally::default();
    let mut sections = Vec::new();
    for section in &document.sections {
        let mut tally = Tally::default();
        tally.blocks(&section.blocks);
        if tally.words > 0 {
            let (section, words) = (section.name.clone(), tally.words);
            sections.push(SectionGrade { section, words, grade: tally.grade() });
        }
        whole.words += tally.words;
        whole.sentences += tally.sentences;
        whole.syllables += tally.syllables;
    }
    (whole.grade(), sections)
}

impl Tally {
    fn grade(&self) -> f64 {
        if self.words == 0 || self.sentences == 0 {
            return 0.0;
        }
        let words = self.words as f64;
        0.39 * words / self.sentences as f64 + 11.8 * self.syllables as f64 / words - 15.59
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph { spans } => self.paragraph(spans),
                BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                _ => {}
            }
        }
    }

    /// A paragraph or list item ends a sentence even without a full stop.
    fn paragraph(&mut self, spans: &[Span]) {
        let prose = spans.iter().filter(|s| s.link.is_none());
        let text: String = prose.map(|s| s.text.as_str()).collect();
        let mut open = false;
        for token in text.split_whitespace() {
            let word: String = token.chars().filter(|c| c.is_alphabetic() || *c == '’').collect();
            if !word.is_empty() && !token.contains(|c: char| c.is_ascii_digit()) {
                self.words += 1;
                self.syllables += syllables(&word);
                open = true;
            }
            let ends = token.trim_end_matches(['”', '’', ')']).ends_with(['.', '!', '?', ':', ';']);
            if ends && open {
                self.sentences += 1;
                open = false;
            }
        }
        self.sentences += usize::from(open);
    }
}

/// Groups of vowels, a silent final e left out; at least one.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let vowel = |c: char| "aeiouyáéíóúü".contains(c);
    let (mut count, mut before) = (0, false);
    for c in word.chars() {
        count += usize::from(vowel(c) && !before);
        before = vowel(c);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && count > 1;
    (count - usize::from(silent)).max(1)
}

//! How hard a letter is to read: the school grade of our own words.
//!
//! 45 CFR 164.404(c)(2) asks for plain language; health literacy practice for a grade of 9 or less.
//! English: Flesch-Kincaid (Kincaid et al. 1975). Spanish: Crawford (1984), fitted to the reading
//! books of the first six school years, so that higher figures are extrapolated.

use crate::document::{Block, BlockKind, Document, Span};

/// The reading grade of one section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionGrade {
    /// The template's name: `en/opening`.
    pub section: String,
    pub words: usize,
    /// Years of school.
    pub grade: f64,
}

/// Counts over prose.
struct ReadingTally {
    formula: Formula,
    words: usize,
    sentences: usize,
    syllables: usize,
}

/// The formula of a language.
#[derive(Clone, Copy)]
enum Formula {
    FleschKincaid,
    Crawford,
}

impl Formula {
    fn of(lang: &str) -> Option<Self> {
        match lang.split('-').next()? {
            "en" => Some(Self::FleschKincaid),
            "es" => Some(Self::Crawford),
            _ => None,
        }
    }

    fn syllables(self, word: &str) -> usize {
        match self {
            Self::FleschKincaid => english_syllables(word),
            Self::Crawford => spanish_syllables(word),
        }
    }
}

/// The grade of a document's paragraphs and lists together, and of each section; nothing for a
/// language without a formula here. Headings, tables, links, numbers and codes are left out: they
/// are not sentences.
pub fn reading_grade(document: &Document) -> Option<(f64, Vec<SectionGrade>)> {
    let formula = Formula::of(&document.lang)?;
    let mut whole = ReadingTally::new(formula);
    let mut sections = Vec::new();
    for section in &document.sections {
        let mut tally = ReadingTally::new(formula);
        tally.blocks(&section.blocks);
        if tally.words > 0 {
            let (section, words) = (section.name.clone(), tally.words);
            sections.push(SectionGrade { section, words, grade: tally.grade() });
        }
        whole.words += tally.words;
        whole.sentences += tally.sentences;
        whole.syllables += tally.syllables;
    }
    Some((whole.grade(), sections))
}

impl ReadingTally {
    fn new(formula: Formula) -> Self {
        Self { formula, words: 0, sentences: 0, syllables: 0 }
    }

    fn grade(&self) -> f64 {
        if self.words == 0 || self.sentences == 0 {
            return 0.0;
        }
        let (words, sentences) = (self.words as f64, self.sentences as f64);
        let syllables = self.syllables as f64;
        match self.formula {
            Formula::FleschKincaid => 0.39 * words / sentences + 11.8 * syllables / words - 15.59,
            Formula::Crawford => (4.9 * syllables - 20.5 * sentences) / words - 3.407,
        }
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
                self.syllables += self.formula.syllables(&word);
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
fn english_syllables(word: &str) -> usize {
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

/// Strong vowels and accented weak ones each carry a syllable; weak ones beside them share it.
fn spanish_syllables(word: &str) -> usize {
    let (mut count, mut before) = (0, None);
    // A silent `h` parts nothing, nor does the `u` of `que`, `gue`.
    let word = word.to_lowercase().replace("qu", "q").replace("gue", "ge").replace("gui", "gi");
    let letters = word.trim_end_matches('y').chars().chain(word.ends_with('y').then_some('i'));
    for c in letters.filter(|c| *c != 'h') {
        let strong = "aeoáéóíú".contains(c);
        let vowel = strong || "iuü".contains(c);
        count += usize::from(vowel && (before.is_none() || (strong && before == Some(true))));
        before = match before {
            // A glide before or after a strong vowel belongs to it.
            Some(was) if vowel => Some(was || strong),
            _ => vowel.then_some(strong),
        };
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_words_have_their_syllables() {
        for (word, syllables) in [
            ("información", 4),
            ("compañía", 4),
            ("leer", 2),
            ("cuidado", 3),
            ("aviso", 3),
            ("que", 1),
            ("siguiente", 3),
            ("ley", 1),
            ("y", 1),
            ("ciudad", 2),
            ("incluye", 3),
            ("ahora", 3),
        ] {
            assert_eq!(spanish_syllables(word), syllables, "{word}");
        }
    }
}

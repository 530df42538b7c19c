//! `coverage`: which line of the templates meets each rule of law, version by version.

use crate::incident::StateParagraphs;
use crate::letters::{Coverage, Kinds, Writer, is_large_print};
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::LetterWords;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::headcount::Headcount;
use crate::matter::refusal::Refusal;
use crate::matter::watcher::Watcher;
use crate::typeset::{FontSet, Style, Typesetter};
use serde::Serialize;
use std::sync::Arc;

/// Which wave's letters are held against the law.
pub struct CoverageRequest {
    pub selection: Selection,
}

/// Each rule of law with its answer, version by version, and how long the letters are.
#[derive(Serialize)]
pub struct CoverageAnswer {
    #[serde(flatten)]
    pub matrix: Coverage,
    pub state_paragraphs: Vec<Length>,
}

/// Which paragraph meets which rule.
///
/// # Errors
/// Facts, words or a roster that cannot be used as a whole; I/O.
pub fn coverage(request: &CoverageRequest, _: &dyn Watcher) -> Result<CoverageAnswer, Refusal> {
    let (matter, mut findings) = Matter::open(&request.selection)?;
    let fonts = letter_words::fonts(&matter, &mut findings);
    let people = Headcount::of(&matter, &mut findings)?;
    let (plan, _) = matter.plan(&people.cube, *matter.wave().mail_on);
    let words = LetterWords::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    let matrix = writer.coverage_of(&people.kinds);
    let mut lengths = Vec::new();
    for (choice, name) in [(StateParagraphs::All, "all"), (StateParagraphs::Recipient, "recipient")]
    {
        let mut incident = matter.incident.clone();
        incident.letter.state_paragraphs = choice;
        let writer = words.writer_for(&incident, &matter, &plan, &fonts)?;
        lengths.push(length(name, &writer, &people.kinds, &fonts, incident.letter.duplex));
    }
    Ok(CoverageAnswer { matrix, state_paragraphs: lengths })
}

/// How long the wave's letters are with one choice of states' paragraphs: each version set once,
/// in large print too where somebody asked for it, and taken as often as it is mailed. The blank
/// backs of letters printed on both sides count, as they do in the manifest.
#[derive(Serialize)]
pub struct Length {
    pub choice: &'static str,
    pub letters: u64,
    pub pages: u64,
    /// Pages of the longest letter.
    pub longest: u64,
}

fn length(
    choice: &'static str,
    writer: &Writer<'_>,
    kinds: &Kinds,
    fonts: &Arc<FontSet>,
    duplex: bool,
) -> Length {
    let mut ordinary = Typesetter::new(fonts.clone(), Style::default());
    let mut large = Typesetter::new(fonts.clone(), Style::large_print());
    let mut length = Length { choice, letters: 0, pages: 0, longest: 0 };
    for (person, people) in writer.mailed(kinds) {
        // What cannot be composed or set is a finding of `check`.
        let (Ok((_, document)), Ok(frame)) = (writer.document(&person), writer.frame(&person))
        else {
            continue;
        };
        let typesetter = if is_large_print(&person) { &mut large } else { &mut ordinary };
        let Ok(laid) = typesetter.letter(&frame, &document) else { continue };
        let pages = laid.pages.len().next_multiple_of(if duplex { 2 } else { 1 }) as u64;
        length.letters += people;
        length.pages += people * pages;
        length.longest = length.longest.max(pages);
    }
    length
}

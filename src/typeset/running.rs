//! What stands on every page: page numbers, running heads, the stamp of a draft.

use super::{
    Glyph, GlyphRun, Item, LETTER, Mark, SetError, Style, Tag,
    paragraph::{Compositor, Setting},
    shaper::Weight,
};
use crate::document::Span;
use std::{collections::HashMap, sync::Arc};

/// Runs kept before the cache starts anew.
const RUNS: usize = 512;
/// Baselines of the foot and of the head, from the page's lower and upper edge.
const FOOT: f32 = 40.0;
const HEAD: f32 = 44.0;
/// Baseline of a letter's reference at the foot of a sheet.
const REFERENCE: f32 = 28.0;
/// The stamp stands above everything else, and again level with the foot.
const STAMP: f32 = 29.0;
const STAMP_SIZE: f32 = 14.0;
const STAMP_GRAY: f32 = 0.55;

/// Where a running text stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    HeadLeft,
    FootMiddle,
    StampHead,
    StampFoot,
}

/// A text's runs from left to right.
type Runs = Arc<[Arc<GlyphRun>]>;

/// Sets running texts and remembers them.
#[derive(Default)]
pub(super) struct Runner {
    /// By text and whether it is a stamp.
    runs: HashMap<(Box<str>, bool), Runs>,
}

impl Runner {
    pub fn forget(&mut self) {
        self.runs.clear();
    }

    /// Adds a text to a page's marks as an artifact.
    pub fn add(
        &mut self,
        compositor: &mut Compositor,
        marks: &mut Vec<Mark>,
        text: &str,
        place: Place,
        style: &Style,
    ) -> Result<(), SetError> {
        if text.is_empty() {
            return Ok(());
        }
        let stamp = matches!(place, Place::StampHead | Place::StampFoot);
        let runs = self.set(compositor, text, stamp, style.running)?;
        let width: f32 = runs.iter().map(|run| run.width).sum();
        let (mut x, y) = match place {
            Place::HeadLeft => (style.side, LETTER.1 - HEAD),
            Place::FootMiddle => ((LETTER.0 - width) / 2.0, FOOT),
            Place::StampHead => ((LETTER.0 - width) / 2.0, LETTER.1 - STAMP),
            Place::StampFoot => ((LETTER.0 - width) / 2.0, FOOT - 18.0),
        };
        if x < 18.0 || x + width > LETTER.0 - 18.0 {
            return Err(SetError::RunningTextTooLong);
        }
        let items = runs
            .iter()
            .map(|run| {
                let item = Item::Run { x, y, run: run.clone() };
                x += run.width;
                item
            })
            .collect();
        marks.push(Mark { tag: Tag::Artifact, personal: false, items });
        Ok(())
    }

    /// A reference at the foot. Each letter has its own: none is remembered.
    pub fn reference(
        &mut self,
        compositor: &mut Compositor,
        text: &str,
        style: &Style,
    ) -> Result<Vec<Item>, SetError> {
        let span = Span { text: text.to_owned(), ..Span::default() };
        let weight = Weight { bold: false, italic: false };
        let setting = Setting { size: style.running, width: 1.0e6, weight, rtl: false };
        compositor.set(std::slice::from_ref(&span), setting)?;
        let runs = compositor.lines.iter().flat_map(|line| &line.runs);
        let item = |(x, run): (f32, &Arc<GlyphRun>)| Item::Run {
            x: style.side + x,
            y: REFERENCE,
            run: run.clone(),
        };
        Ok(runs.map(|(_, x, run)| item((*x, run))).collect())
    }

    fn set(
        &mut self,
        compositor: &mut Compositor,
        text: &str,
        stamp: bool,
        size: f32,
    ) -> Result<Runs, SetError> {
        let key = (Box::from(text), stamp);
        if let Some(runs) = self.runs.get(&key) {
            return Ok(runs.clone());
        }
        let span = Span { text: text.to_owned(), ..Span::default() };
        let setting = Setting {
            size: if stamp { STAMP_SIZE } else { size },
            width: 1.0e6,
            weight: Weight { bold: stamp, italic: false },
            rtl: false,
        };
        compositor.set(std::slice::from_ref(&span), setting)?;
        let mut ordered: Vec<(f32, Arc<GlyphRun>)> = compositor
            .lines
            .iter()
            .flat_map(|line| line.runs.iter().map(|(_, x, run)| (*x, run.clone())))
            .collect();
        ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
        let runs: Runs = ordered
            .into_iter()
            .map(|(_, run)| if stamp { Arc::new(spaced(&run)) } else { run })
            .collect();
        if self.runs.len() >= RUNS {
            self.runs.clear();
        }
        self.runs.insert(key, runs.clone());
        Ok(runs)
    }
}

/// The run in gray and letterspaced.
fn spaced(run: &GlyphRun) -> GlyphRun {
    const SPACE: f32 = 220.0;
    let glyphs: Vec<Glyph> =
        run.glyphs.iter().map(|g| Glyph { advance: g.advance + SPACE, ..*g }).collect();
    GlyphRun {
        font: run.font,
        size: run.size,
        gray: STAMP_GRAY,
        width: run.width + SPACE * glyphs.len() as f32 * run.size / 1000.0,
        glyphs,
        text: run.text.clone(),
    }
}

/// Puts a page's number into `Page {page} of {pages}`.
pub(super) fn numbered(words: &str, page: usize, pages: usize) -> String {
    words.replace("{pages}", &pages.to_string()).replace("{page}", &page.to_string())
}

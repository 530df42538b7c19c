//! What is carried along a page's content streams: transformation, text state, open spans.

use super::matrix::{IDENTITY, Matrix};
use crate::verify::font::Font;
use crate::verify::sheet::Area;
use std::sync::Arc;

#[derive(Clone)]
pub(super) struct Text {
    pub(super) font: Option<Arc<Font>>,
    pub(super) size: f64,
    pub(super) rise: f64,
}

#[derive(Clone)]
pub(super) struct Graphics {
    pub(super) ctm: Matrix,
    /// Of fills and so of text, 0 black to 1 white.
    pub(super) gray: f64,
    pub(super) text: Text,
}

/// A span of marked content.
#[derive(Clone)]
pub(super) struct Marked {
    /// What the span reads as, until it was read.
    pub(super) actual: Option<String>,
    /// Its glyphs do not speak for themselves.
    pub(super) silent: bool,
    /// What its glyphs could say, held against what the span reads as when it ends.
    pub(super) spoken: Option<Spoken>,
}

/// A span's own text and what each of its glyphs can stand for.
#[derive(Clone)]
pub(super) struct Spoken {
    pub(super) text: String,
    pub(super) glyphs: Vec<Vec<Box<str>>>,
}

/// What is carried from one stream of a page to the next.
#[derive(Clone)]
pub struct State {
    pub(super) now: Graphics,
    pub(super) saved: Vec<Graphics>,
    pub(super) marked: Vec<Marked>,
    pub(super) in_text: bool,
    pub(super) matrix: Matrix,
    pub(super) line: Matrix,
    /// Where the next run begins.
    pub(super) origin: Matrix,
    /// The next glyph goes on with the last run.
    pub(super) open: bool,
    pub(super) path: Vec<Area>,
    /// The last glyph shown.
    pub(super) last: Option<u16>,
    /// The pen was moved further than between letters, which only a mark's place explains.
    pub(super) far: bool,
    pub(super) fresh: bool,
}

impl State {
    pub fn new() -> Self {
        let text = Text { font: None, size: 0.0, rise: 0.0 };
        Self {
            now: Graphics { ctm: IDENTITY, gray: 0.0, text },
            saved: Vec::new(),
            marked: Vec::new(),
            in_text: false,
            matrix: IDENTITY,
            line: IDENTITY,
            origin: IDENTITY,
            open: false,
            path: Vec::new(),
            last: None,
            far: false,
            fresh: true,
        }
    }

    /// Nothing was read yet: the stream stands first on its page.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Everything that was begun on the page was ended.
    pub fn is_settled(&self) -> bool {
        !self.in_text && self.marked.is_empty() && self.saved.is_empty() && self.path.is_empty()
    }
}

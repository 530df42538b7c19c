//! What is carried along a page's content streams: transformation, text state, open spans.

use super::matrix::{IDENTITY, Matrix};
use crate::verify::font::Font;
use std::sync::Arc;

#[derive(Clone)]
pub(super) struct Text {
    pub(super) font: Option<(u16, Arc<Font>)>,
    pub(super) size: f64,
    pub(super) spacing: f64,
    pub(super) word_spacing: f64,
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
}

#[derive(Clone)]
pub(super) struct Graphics {
    pub(super) ctm: Matrix,
    pub(super) text: Text,
}

/// A span of marked content.
#[derive(Clone)]
pub(super) struct Marked {
    /// What the span reads as, until it was read.
    pub(super) actual: Option<String>,
    /// Its glyphs do not speak for themselves.
    pub(super) silent: bool,
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
    pub(super) path: Vec<(f64, f64)>,
    pub(super) fresh: bool,
}

impl State {
    pub fn new() -> Self {
        let text = Text {
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            now: Graphics { ctm: IDENTITY, text },
            saved: Vec::new(),
            marked: Vec::new(),
            in_text: false,
            matrix: IDENTITY,
            line: IDENTITY,
            origin: IDENTITY,
            open: false,
            path: Vec::new(),
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

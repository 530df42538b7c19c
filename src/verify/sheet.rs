//! What a reader sees of a page: runs of text with their places, and whatever else is painted.

use super::drawn::{REFERENCE_BASELINE, near};
use super::piece::Piece;
use super::places::Sum;
use std::sync::Arc;

/// Points from the page's lower left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f64,
    pub bottom: f64,
    pub right: f64,
    pub top: f64,
}

impl Area {
    pub fn meets(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.bottom < other.top
            && other.bottom < self.top
    }

    pub fn within(self, other: Self) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.bottom >= other.bottom
            && self.top <= other.top
    }
}

/// Text shown from one place on, in the order shown.
#[derive(Clone)]
pub struct Run {
    pub x: f64,
    pub y: f64,
    /// Where the next glyph would stand.
    pub end: f64,
    /// As it stands on the page, points.
    pub size: f64,
    /// 0 black to 1 white.
    pub gray: f64,
    /// The font of the task that it is set in.
    pub font: u16,
    pub text: String,
}

/// The number of a font that is none of the task's.
pub const NO_FACE: u16 = u16::MAX;

/// What is painted besides text.
#[derive(Clone, Copy)]
pub struct Painted {
    pub area: Area,
    pub ink: Ink,
}

#[derive(Clone, Copy)]
pub enum Ink {
    /// A filled box of this gray; `scaled` where its numbers are not points.
    Rule { gray: f64, scaled: bool },
    /// A black box that is part of a code, or of nothing.
    Module,
    /// A picture of the task.
    Picture(usize),
    /// What letters have no use for; said elsewhere.
    Other,
}

/// How far letters reach above and below the baseline, as shares of the size: the tallest
/// capital and the longest tail of common text faces.
const UP: f64 = 0.72;
const DOWN: f64 = 0.24;

impl Run {
    /// Whether it is the reference at a sheet's foot, which is not under the seal.
    pub fn is_foot_reference(&self) -> bool {
        near(self.y, REFERENCE_BASELINE) && Piece::read(self.text.trim()).is_some()
    }

    /// About what the ink covers.
    pub fn ink(&self) -> Area {
        Area {
            left: self.x.min(self.end),
            right: self.x.max(self.end),
            bottom: self.y - DOWN * self.size,
            top: self.y + UP * self.size,
        }
    }
}

/// The content of one stream; shared by all pages that name the stream.
#[derive(Clone, Default)]
pub struct Fragment {
    pub runs: Vec<Run>,
    /// Fills, strokes and images.
    pub painted: Vec<Painted>,
    /// What a letter has no use for or could hide something, each once.
    pub oddities: Vec<&'static str>,
    /// All characters but spaces, as a sum: see [`super::weight`].
    pub weight: u128,
    /// Everything with its place, as a sum: see [`super::places`].
    pub places: Sum,
}

/// One page as painted.
pub struct Sheet {
    pub fragments: Vec<Arc<Fragment>>,
    /// Text of annotations, which readers show or read aloud.
    pub notes: Vec<String>,
    /// Address and text of each link.
    pub links: Vec<(String, String)>,
    pub oddities: Vec<&'static str>,
}

/// What a page is said to be that has no content stream at all.
pub const BARE: &str = "a page without content";

impl Sheet {
    /// Whether nothing at all stands on the page, as on the blank back of a letter's last sheet.
    pub fn is_bare(&self) -> bool {
        self.fragments.is_empty() && self.notes.is_empty() && self.oddities == [BARE]
    }
}

/// A line of a page: runs on one baseline from left to right.
#[derive(Clone)]
pub struct SheetLine {
    pub size: f64,
    pub font: u16,
    pub text: String,
}

/// Baselines nearer than this are one line, points.
const SAME: f64 = 0.6;
/// A gap wider than this share of the size parts words where no space is shown.
const GAP: f64 = 0.18;

/// Puts runs into lines, from the top of the page to its bottom.
pub fn lines<'r>(runs: impl Iterator<Item = &'r Run>) -> Vec<SheetLine> {
    let mut runs: Vec<&Run> = runs.filter(|run| !run.text.is_empty()).collect();
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<SheetLine> = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let top = runs[at].y;
        let many = runs[at..].iter().take_while(|run| top - run.y < SAME).count();
        let row = &mut runs[at..at + many];
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        let mut line = SheetLine { size: row[0].size, font: row[0].font, text: String::new() };
        let mut end = row[0].x;
        for run in row.iter() {
            let apart = run.x - end > GAP * run.size;
            if apart
                && !line.text.ends_with(' ')
                && !run.text.starts_with(' ')
                && !line.text.is_empty()
            {
                line.text.push(' ');
            }
            line.text.push_str(&run.text);
            end = run.end;
        }
        line.text.truncate(line.text.trim_end().len());
        lines.push(line);
        at += many;
    }
    lines
}

//! What the typesetter hands to a writer: pages of glyph runs and a structure tree.
//!
//! Lengths are points (1/72 inch); the origin is the page's lower left corner, y upward.

use std::sync::{Arc, LazyLock};

/// US Letter, 8.5 by 11 inches.
pub const LETTER: (f32, f32) = (612.0, 792.0);

/// A laid-out letter or report.
#[derive(Clone)]
pub struct Laid {
    /// BCP 47.
    pub lang: String,
    pub title: String,
    /// A page that is not personal is the same `Arc` in every letter that has it.
    pub pages: Vec<Arc<Page>>,
    /// The structure tree (ISO 32000-1, 14.7) in reading order; node 0 is the root `Document`.
    pub tree: Vec<Node>,
}

/// Index into [`Laid::tree`].
pub type NodeId = u32;

/// A structure element. Children are the nodes that name it as parent, in ascending order, and
/// the marks that name it, in page and paint order; a node never has both kinds.
#[derive(Clone, Debug)]
pub struct Node {
    pub role: StructRole,
    /// None for the root only.
    pub parent: Option<NodeId>,
    /// Alternative text, for figures.
    pub alt: Option<Arc<str>>,
    /// For links: the address; the mark's box becomes the link annotation.
    pub url: Option<Arc<str>>,
    /// BCP 47, where the text is in another language than the document.
    pub lang: Option<Arc<str>>,
}

/// Standard structure types of PDF 1.7 that we use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StructRole {
    Document,
    H1,
    H2,
    H3,
    P,
    L,
    Li,
    Lbl,
    LBody,
    Table,
    Tr,
    /// Column header.
    Th,
    Td,
    Figure,
    Link,
    Span,
}

/// One page: marks in paint order.
#[derive(Clone)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

impl Page {
    /// A page with these marks.
    pub(super) fn of(marks: Vec<Mark>) -> Self {
        Page { width: LETTER.0, height: LETTER.1, marks }
    }

    /// The page without anything on it.
    pub fn blank() -> Arc<Self> {
        static BLANK: LazyLock<Arc<Page>> = LazyLock::new(|| Arc::new(Page::of(Vec::new())));
        BLANK.clone()
    }

    /// Whether something on it is one person's own. A page where nothing is may be remembered by
    /// its address.
    pub fn is_personal(&self) -> bool {
        self.marks.iter().any(|mark| mark.personal)
    }
}

/// One marked-content sequence, or an artifact.
#[derive(Clone)]
pub struct Mark {
    pub tag: Tag,
    /// True for what belongs to this person; the rest is shared by many letters of a batch and
    /// may be written once.
    pub personal: bool,
    pub items: Vec<Item>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Content(NodeId),
    /// Page numbers, rules, barcodes: not read aloud.
    Artifact,
}

/// Something painted.
#[derive(Clone)]
pub enum Item {
    /// A run with its origin on the baseline.
    Run { x: f32, y: f32, run: Arc<GlyphRun> },
    /// A filled rectangle; `gray` 0 black to 1 white.
    Rect { x: f32, y: f32, width: f32, height: f32, gray: f32 },
    /// An image placed with its lower left corner at x, y.
    Image { x: f32, y: f32, width: f32, height: f32, image: Arc<Image> },
}

/// Shaped glyphs of one font and size in visual order. Shared by every letter that has the same
/// paragraph, so a writer may remember what it made of it by the `Arc`'s address while it holds
/// the `Arc`.
pub struct GlyphRun {
    /// Index of the face in the font set the pages were set with.
    pub font: u16,
    /// Points.
    pub size: f32,
    pub gray: f32,
    pub glyphs: Vec<Glyph>,
    /// The text in logical order; glyphs point into it by cluster.
    pub text: String,
    /// Sum of advances, points.
    pub width: f32,
}

/// One glyph.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    pub id: u16,
    /// Byte offset in the run's text of the first character this glyph stands for.
    pub cluster: u32,
    /// Font units of an em of 1000: the advance after kerning, and the shift of the glyph.
    pub advance: f32,
    pub dx: f32,
    pub dy: f32,
}

/// A decoded image (logo, signature).
pub struct Image {
    pub width: u32,
    pub height: u32,
    /// 8-bit RGB, row by row.
    pub rgb: Vec<u8>,
    /// 8-bit alpha, or none when opaque.
    pub alpha: Option<Vec<u8>>,
}

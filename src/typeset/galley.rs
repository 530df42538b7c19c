//! Set type before it has a page: rows one below the other, with the rules for parting them.

use super::{GlyphRun, Image, Node, NodeId, StructRole};
use std::{ops::Range, sync::Arc};

/// The node of ink that is no content.
pub(super) const ARTIFACT: NodeId = NodeId::MAX;

/// One section, or one part of a letter's frame, set in type.
#[derive(Default)]
pub(super) struct Galley {
    /// Parents count within the galley; none stands for the document.
    pub nodes: Vec<Node>,
    pub rows: Vec<GalleyRow>,
    pub ink: Vec<Ink>,
    /// Rows to print again at the head of a page that starts inside a table.
    pub heads: Vec<Head>,
}

/// A strip of the page that is never cut.
#[derive(Clone, Default)]
pub(super) struct GalleyRow {
    /// Space above and below; of two that meet the larger holds, and none at a page's top.
    pub before: f32,
    pub after: f32,
    pub height: f32,
    pub ink: Range<usize>,
    /// No page break above this row.
    pub joined: bool,
    /// This row starts a page.
    pub turns: bool,
    /// How many rows below stay on this row's page.
    pub keeps: u8,
    /// The head to repeat when a page starts here.
    pub head: Option<usize>,
}

/// A table's header, to be repeated as an artifact.
pub(super) struct Head {
    pub height: f32,
    pub ink: Range<usize>,
}

/// Something painted, measured from the page's left edge and its row's top downward.
#[derive(Clone)]
pub(super) struct Ink {
    pub node: NodeId,
    pub x: f32,
    pub down: f32,
    pub paint: Paint,
}

#[derive(Clone)]
pub(super) enum Paint {
    Run(Arc<GlyphRun>),
    /// `down` is the top edge.
    Rect {
        width: f32,
        height: f32,
        gray: f32,
    },
    /// `down` is the top edge.
    Image {
        width: f32,
        height: f32,
        image: Arc<Image>,
    },
}

impl Galley {
    pub fn node(&mut self, role: StructRole, parent: Option<NodeId>) -> NodeId {
        self.nodes.push(Node { role, parent, alt: None, url: None, lang: None });
        self.nodes.len() as NodeId - 1
    }

    pub fn paint(&mut self, node: NodeId, x: f32, down: f32, paint: Paint) {
        self.ink.push(Ink { node, x, down, paint });
    }
}

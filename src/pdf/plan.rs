//! One document, painted but not yet written: if anything is wrong with it, the file does not
//! get to know.

use super::{
    PdfError,
    content::{Painter, Palette, marks},
    face::Faces,
    image::Images,
    link::{LinkArea, item_box},
    object::{Rect, Ref},
    remembered::{PageKey, Remembered, key},
};
use crate::typeset::{Item, Laid, Mark, Node, NodeId, Page, StructRole, Tag};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Content of a page that other letters may have too.
pub(super) enum Common {
    None,
    Written(Ref),
    New { key: PageKey, digest: [u8; 32], bytes: Vec<u8> },
}

/// A page's streams and the nodes of its marked content, by number.
pub(super) struct PlannedPage {
    pub common: Common,
    /// Empty when nothing on the page is personal.
    pub overlay: Vec<u8>,
    pub nodes: Vec<NodeId>,
}

/// A piece of marked content: page (0-based within the document) and number.
#[derive(Clone, Copy)]
pub(super) struct Content {
    pub page: u32,
    pub mcid: u32,
}

/// Everything that writing needs besides the [`Laid`] itself.
pub(super) struct Planned {
    pub pages: Vec<PlannedPage>,
    /// By node.
    pub children: Vec<Vec<NodeId>>,
    pub content: Vec<Vec<Content>>,
    pub links: Vec<LinkArea>,
    /// Where figures stand; those on one page only.
    pub figures: BTreeMap<NodeId, Option<(u32, Rect)>>,
    /// How lists with labels are numbered.
    pub numbering: BTreeMap<NodeId, &'static str>,
}

/// The writer's memory while it paints.
pub(super) struct Studio<'a> {
    pub faces: &'a mut Faces,
    pub images: &'a mut Images,
    pub remembered: &'a Remembered,
}

impl Planned {
    pub fn of(laid: &Laid, label: &str, studio: &mut Studio<'_>) -> Result<Self, PdfError> {
        let children = children(laid).ok_or(PdfError::BadTree { label: label.to_owned() })?;
        let nodes = laid.tree.len();
        let mut planned = Self {
            pages: Vec::with_capacity(laid.pages.len()),
            content: vec![Vec::new(); nodes],
            children,
            links: Vec::new(),
            figures: BTreeMap::new(),
            numbering: BTreeMap::new(),
        };
        for (index, page) in laid.pages.iter().enumerate() {
            let painted = planned.page(laid, page, index as u32, label, studio)?;
            planned.pages.push(painted);
        }
        Ok(planned)
    }

    fn page(
        &mut self,
        laid: &Laid,
        page: &Page,
        index: u32,
        label: &str,
        studio: &mut Studio<'_>,
    ) -> Result<PlannedPage, PdfError> {
        let bad_length = || PdfError::BadLength { label: label.to_owned(), page: index + 1 };
        if ![page.width, page.height].iter().all(|n| (3.0..=14_400.0).contains(n)) {
            return Err(bad_length());
        }
        let nodes = self.number(page, index);
        let role = |node: NodeId| laid.tree[node as usize].role;
        let mut palette = Palette {
            faces: &mut *studio.faces,
            images: &mut *studio.images,
            label,
            page: index + 1,
        };
        let mut mcid = 0;
        let mut paint = |personal: bool, mcid: &mut u32| -> Result<Vec<u8>, PdfError> {
            let mut painter = Painter::new();
            for (mark, role) in marks(&page.marks, personal, role) {
                let content = role.map(|role| (role, *mcid));
                *mcid += u32::from(content.is_some());
                painter.mark(mark, content, &mut palette)?;
            }
            Ok(painter.out)
        };
        let common = if page.marks.iter().any(|mark| !mark.personal) {
            let key = key(page, role);
            match studio.remembered.by_key(&key) {
                Some(stream) => {
                    let count = |mark: &&Mark| !mark.personal && mark.tag != Tag::Artifact;
                    mcid = page.marks.iter().filter(count).count() as u32;
                    Common::Written(stream)
                }
                None => {
                    let bytes = paint(false, &mut mcid)?;
                    let digest = Sha256::digest(&bytes).into();
                    Common::New { key, digest, bytes }
                }
            }
        } else {
            Common::None
        };
        let overlay = paint(true, &mut mcid)?;
        for mark in &page.marks {
            self.surroundings(laid, mark, index, studio.faces);
        }
        Ok(PlannedPage { common, overlay, nodes })
    }

    /// Gives every mark of content its number, common ones first, and tells its node.
    fn number(&mut self, page: &Page, index: u32) -> Vec<NodeId> {
        let content = |personal: bool| {
            page.marks.iter().filter(move |mark| mark.personal == personal).filter_map(|mark| {
                match mark.tag {
                    Tag::Content(node) => Some(node),
                    Tag::Artifact => None,
                }
            })
        };
        let nodes: Vec<NodeId> = content(false).chain(content(true)).collect();
        let mut next = [0, content(false).count() as u32];
        for mark in &page.marks {
            if let Tag::Content(node) = mark.tag {
                let mcid = &mut next[usize::from(mark.personal)];
                self.content[node as usize].push(Content { page: index, mcid: *mcid });
                *mcid += 1;
            }
        }
        nodes
    }

    /// Notes what a mark's ancestors must say of it.
    fn surroundings(&mut self, laid: &Laid, mark: &Mark, page: u32, faces: &mut Faces) {
        let Tag::Content(start) = mark.tag else { return };
        let mut labeled = false;
        let mut at = Some(start);
        while let Some(id) = at {
            let node = &laid.tree[id as usize];
            match node.role {
                StructRole::Link if node.url.is_some() => self.link(id, mark, page, faces),
                StructRole::Figure => self.figure(id, mark, page, faces),
                StructRole::Lbl => labeled = true,
                StructRole::L if labeled => {
                    self.numbering.entry(id).or_insert_with(|| numbering(mark));
                    labeled = false;
                }
                _ => {}
            }
            at = node.parent;
        }
    }

    fn link(&mut self, node: NodeId, mark: &Mark, page: u32, faces: &mut Faces) {
        let known = self.links.iter_mut().rev().find(|area| area.node == node && area.page == page);
        match known {
            Some(area) => area.cover(mark, faces),
            None => {
                let mut area = LinkArea { node, page, lines: Vec::new() };
                area.cover(mark, faces);
                self.links.push(area);
            }
        }
    }

    fn figure(&mut self, node: NodeId, mark: &Mark, page: u32, faces: &mut Faces) {
        let boxes = mark.items.iter().map(|item| item_box(item, faces));
        let Some(area) = boxes.reduce(Rect::union) else { return };
        let entry = self.figures.entry(node).or_insert(Some((page, area)));
        *entry = match *entry {
            Some((first, known)) if first == page => Some((page, known.union(area))),
            _ => None,
        };
    }
}

/// The children of every node, or none if the nodes are no tree with its root first or a mark
/// names no node.
fn children(laid: &Laid) -> Option<Vec<Vec<NodeId>>> {
    let nodes = laid.tree.len();
    let mut children = vec![Vec::new(); nodes];
    for (id, node) in laid.tree.iter().enumerate() {
        match node.parent {
            None if id == 0 => {}
            Some(parent) if (parent as usize) < id => children[parent as usize].push(id as NodeId),
            _ => return None,
        }
    }
    let known = |mark: &Mark| match mark.tag {
        Tag::Content(node) => (node as usize) < nodes,
        Tag::Artifact => true,
    };
    let sound = nodes > 0 && laid.pages.iter().flat_map(|page| &page.marks).all(known);
    sound.then_some(children)
}

/// The `ListNumbering` of a list whose first label is this mark.
fn numbering(mark: &Mark) -> &'static str {
    let first = mark.items.iter().find_map(|item| match item {
        Item::Run { run, .. } => run.text.chars().find(|c| c.is_alphanumeric() || !c.is_ascii()),
        _ => None,
    });
    match first {
        Some(c) if c.is_numeric() => "Decimal",
        Some(c) if c.is_uppercase() => "UpperAlpha",
        Some(c) if c.is_alphabetic() => "LowerAlpha",
        Some('\u{25e6}' | '\u{25cb}') => "Circle",
        Some('\u{25aa}' | '\u{25a0}') => "Square",
        _ => "Disc",
    }
}

/// Whether a link node leads anywhere; one that does not is a plain span.
pub(super) fn leads_somewhere(node: &Node) -> bool {
    node.role == StructRole::Link && node.url.is_some()
}

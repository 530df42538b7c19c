//! Content that pages have in common is written once and named again by number.

use super::object::Ref;
use crate::typeset::{GlyphRun, Image, Item, Page, StructRole, Tag};
use std::{collections::HashMap, sync::Arc};

/// Pages known by the addresses of what is on them; a shortcut past painting.
const PAGES: usize = 512;
/// Pages known by their bytes.
const DIGESTS: usize = 65_536;

/// What a page's common marks are, told by address: cheap, and exact while the `Arc`s are held.
pub(super) type PageKey = Box<[u64]>;

/// Which content streams the file has. Both maps are emptied when full, which depends on the
/// pages alone; the first never changes what is written.
#[derive(Default)]
pub(super) struct Remembered {
    by_address: HashMap<PageKey, KnownPage>,
    by_digest: HashMap<[u8; 32], Ref>,
}

struct KnownPage {
    stream: Ref,
    /// Keeps the addresses in the key from being given to others.
    _runs: Vec<Arc<GlyphRun>>,
    _images: Vec<Arc<Image>>,
}

impl Remembered {
    pub fn by_key(&self, key: &PageKey) -> Option<Ref> {
        self.by_address.get(key).map(|known| known.stream)
    }

    pub fn by_digest(&self, digest: &[u8; 32]) -> Option<Ref> {
        self.by_digest.get(digest).copied()
    }

    pub fn insert(&mut self, key: PageKey, digest: [u8; 32], page: &Page, stream: Ref) {
        if self.by_digest.len() >= DIGESTS {
            self.by_digest.clear();
        }
        self.by_digest.insert(digest, stream);
        self.learn(key, page, stream);
    }

    /// Learns another set of addresses for a stream that exists.
    pub fn learn(&mut self, key: PageKey, page: &Page, stream: Ref) {
        if self.by_address.len() >= PAGES {
            self.by_address.clear();
        }
        let (mut runs, mut images) = (Vec::new(), Vec::new());
        for item in page.marks.iter().filter(|mark| !mark.personal).flat_map(|mark| &mark.items) {
            match item {
                Item::Run { run, .. } => runs.push(Arc::clone(run)),
                Item::Image { image, .. } => images.push(Arc::clone(image)),
                Item::Rect { .. } => {}
            }
        }
        self.by_address.insert(key, KnownPage { stream, _runs: runs, _images: images });
    }
}

/// The key of a page's common marks.
pub(super) fn key(page: &Page, role: impl Fn(u32) -> StructRole) -> PageKey {
    let mut key = Vec::with_capacity(page.marks.len() * 4);
    let pair = |a: f32, b: f32| u64::from(a.to_bits()) << 32 | u64::from(b.to_bits());
    for mark in page.marks.iter().filter(|mark| !mark.personal) {
        let tag = match mark.tag {
            Tag::Content(node) => role(node) as u64 + 1,
            Tag::Artifact => 0,
        };
        key.push(tag << 32 | mark.items.len() as u64);
        for item in &mark.items {
            match item {
                Item::Run { x, y, run } => {
                    key.extend([1, pair(*x, *y), Arc::as_ptr(run).addr() as u64]);
                }
                Item::Rect { x, y, width, height, gray } => {
                    let gray = 2 | u64::from(gray.to_bits()) << 32;
                    key.extend([gray, pair(*x, *y), pair(*width, *height)]);
                }
                Item::Image { x, y, width, height, image } => {
                    let address = Arc::as_ptr(image).addr() as u64;
                    key.extend([3, pair(*x, *y), pair(*width, *height), address]);
                }
            }
        }
    }
    key.into()
}

//! Bookmarks: one for each document that has a label.

use super::{
    object::{Ref, int, reference, text},
    sink::Sink,
};
use std::io::Write;

struct OutlineItem {
    r: Ref,
    previous: Option<Ref>,
    title: String,
    page: Ref,
}

/// The outline; each item is written when the next is known.
#[derive(Default)]
pub(super) struct Outline {
    root: Option<Ref>,
    first: Option<Ref>,
    last: Option<OutlineItem>,
    count: u32,
}

impl Outline {
    pub fn add<W: Write>(&mut self, label: &str, page: Ref, sink: &mut Sink<W>) {
        if label.is_empty() {
            return;
        }
        let root = *self.root.get_or_insert_with(|| sink.alloc());
        let r = sink.alloc();
        self.first.get_or_insert(r);
        self.count += 1;
        let before = self.last.take();
        let previous = before.as_ref().map(|item| item.r);
        if let Some(item) = before {
            write(&item, root, Some(r), sink);
        }
        self.last = Some(OutlineItem { r, previous, title: label.to_owned(), page });
    }

    /// Writes the rest; returns the outline's object if there is any item.
    pub fn finish<W: Write>(self, sink: &mut Sink<W>) -> Option<Ref> {
        let (root, first, last) = (self.root?, self.first?, self.last?);
        write(&last, root, None, sink);
        let out = sink.object(root);
        out.extend_from_slice(b"<</Type/Outlines/First ");
        reference(out, first);
        out.extend_from_slice(b"/Last ");
        reference(out, last.r);
        out.extend_from_slice(b"/Count ");
        int(out, i64::from(self.count));
        out.extend_from_slice(b">>");
        Some(root)
    }
}

fn write<W: Write>(item: &OutlineItem, root: Ref, next: Option<Ref>, sink: &mut Sink<W>) {
    let out = sink.object(item.r);
    out.extend_from_slice(b"<</Title");
    text(out, &item.title);
    out.extend_from_slice(b"/Parent ");
    reference(out, root);
    if let Some(previous) = item.previous {
        out.extend_from_slice(b"/Prev ");
        reference(out, previous);
    }
    if let Some(next) = next {
        out.extend_from_slice(b"/Next ");
        reference(out, next);
    }
    out.extend_from_slice(b"/Dest[");
    reference(out, item.page);
    out.extend_from_slice(b"/XYZ null null null]>>");
}

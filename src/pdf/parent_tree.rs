//! From marked content back to structure (ISO 32000-1, 14.7.4.4): for each page the elements by
//! content number, for each annotation its element.

use super::{
    object::{Ref, int, reference, references},
    sink::Sink,
};
use std::io::Write;

/// Entries after which a leaf is written.
const LEAF: u32 = 64;
/// Leaves below one inner node.
const INNER: usize = 256;

/// A number tree that is written as it grows.
#[derive(Default)]
pub(super) struct ParentTree {
    next: u32,
    open: Vec<u8>,
    open_from: u32,
    leaves: Vec<(Ref, u32, u32)>,
}

impl ParentTree {
    /// The key of a page whose content belongs to these elements, in order of their numbers.
    pub fn page(&mut self, elements: impl IntoIterator<Item = Ref>) -> u32 {
        let key = self.key();
        references(&mut self.open, elements);
        key
    }

    /// The key of an annotation that belongs to this element.
    pub fn annotation(&mut self, element: Ref) -> u32 {
        let key = self.key();
        reference(&mut self.open, element);
        key
    }

    fn key(&mut self) -> u32 {
        let key = self.next;
        self.next += 1;
        if !self.open.is_empty() {
            self.open.push(b' ');
        }
        int(&mut self.open, i64::from(key));
        self.open.push(b' ');
        key
    }

    /// Writes a leaf when enough has gathered.
    pub fn settle<W: Write>(&mut self, sink: &mut Sink<W>) {
        if self.next - self.open_from >= LEAF {
            self.close(sink);
        }
    }

    fn close<W: Write>(&mut self, sink: &mut Sink<W>) {
        if self.open.is_empty() {
            return;
        }
        let (r, first, last) = (sink.alloc(), self.open_from, self.next - 1);
        let out = sink.object(r);
        limits(out, first, last);
        out.extend_from_slice(b"/Nums[");
        out.extend_from_slice(&self.open);
        out.extend_from_slice(b"]>>");
        self.open.clear();
        self.open_from = self.next;
        self.leaves.push((r, first, last));
    }

    /// Writes the rest below `root`; returns the next free key.
    pub fn finish<W: Write>(mut self, root: Ref, sink: &mut Sink<W>) -> u32 {
        self.close(sink);
        let mut nodes = self.leaves;
        while nodes.len() > INNER {
            nodes = nodes.chunks(INNER).map(|kids| inner(kids, sink)).collect();
        }
        let out = sink.object(root);
        if nodes.is_empty() {
            out.extend_from_slice(b"<</Nums[]>>");
        } else {
            out.extend_from_slice(b"<</Kids");
            references(out, nodes.iter().map(|node| node.0));
            out.extend_from_slice(b">>");
        }
        self.next
    }
}

fn inner<W: Write>(kids: &[(Ref, u32, u32)], sink: &mut Sink<W>) -> (Ref, u32, u32) {
    let (first, last) = (kids[0].1, kids[kids.len() - 1].2);
    let r = sink.alloc();
    let out = sink.object(r);
    limits(out, first, last);
    out.extend_from_slice(b"/Kids");
    references(out, kids.iter().map(|kid| kid.0));
    out.extend_from_slice(b">>");
    (r, first, last)
}

fn limits(out: &mut Vec<u8>, first: u32, last: u32) {
    out.extend_from_slice(b"<</Limits[");
    int(out, i64::from(first));
    out.push(b' ');
    int(out, i64::from(last));
    out.push(b']');
}

//! The tree of pages, in leaves of equal size.

use super::{
    object::{Ref, int, reference, references},
    sink::Sink,
};
use std::io::Write;

const LEAF: usize = 128;

/// Grows with the file by four bytes a page within a leaf, and four a leaf.
pub(super) struct PageTree {
    root: Ref,
    leaves: Vec<Ref>,
    open: Vec<Ref>,
    pub count: u32,
}

impl PageTree {
    pub fn new<W: Write>(sink: &mut Sink<W>) -> Self {
        Self { root: sink.alloc(), leaves: Vec::new(), open: Vec::new(), count: 0 }
    }

    pub fn root(&self) -> Ref {
        self.root
    }

    /// Appends a page; returns its parent.
    pub fn add<W: Write>(&mut self, page: Ref, sink: &mut Sink<W>) -> Ref {
        if self.open.len() == LEAF {
            self.close(sink);
        }
        if self.open.is_empty() {
            self.leaves.push(sink.alloc());
        }
        self.open.push(page);
        self.count += 1;
        self.leaves[self.leaves.len() - 1]
    }

    fn close<W: Write>(&mut self, sink: &mut Sink<W>) {
        let Some(leaf) = self.leaves.last() else { return };
        let out = sink.object(*leaf);
        out.extend_from_slice(b"<</Type/Pages/Parent ");
        reference(out, self.root);
        out.extend_from_slice(b"/Count ");
        int(out, self.open.len() as i64);
        out.extend_from_slice(b"/Kids");
        references(out, self.open.drain(..));
        out.extend_from_slice(b">>");
    }

    pub fn finish<W: Write>(mut self, sink: &mut Sink<W>) {
        if !self.open.is_empty() {
            self.close(sink);
        }
        let out = sink.object(self.root);
        out.extend_from_slice(b"<</Type/Pages/Count ");
        int(out, i64::from(self.count));
        out.extend_from_slice(b"/Kids");
        references(out, self.leaves);
        out.extend_from_slice(b">>");
    }
}

//! The cross-reference stream (ISO 32000-1, 7.5.8).

use super::object::{Ref, int, reference};
use crate::files::hex;

/// Where an object is, in eight bytes, for a batch has some sixty a letter: 0 for one that is
/// numbered and not yet written; an offset; or, with the highest bit, an object stream's number
/// above 24 bits of index.
#[derive(Clone, Copy, PartialEq, Eq)]
struct XrefEntry(u64);

impl XrefEntry {
    const OPEN: Self = Self(0);
    const PACKED: u64 = 1 << 63;

    /// Type, second and third field.
    fn fields(self) -> (u8, u64, u64) {
        match self {
            Self::OPEN => (0, 0, 0xFFFF),
            Self(n) if n & Self::PACKED != 0 => (2, (n & !Self::PACKED) >> 24, n & 0xFF_FFFF),
            Self(offset) => (1, offset, 0),
        }
    }
}

/// Where each object is; all that a file keeps for each of its letters.
pub(super) struct Xref {
    entries: Vec<XrefEntry>,
}

impl Default for Xref {
    fn default() -> Self {
        // Number 0 is the head of the free list.
        Self { entries: vec![XrefEntry::OPEN] }
    }
}

impl Xref {
    pub fn alloc(&mut self, n: u32) -> Ref {
        let first = Ref(self.len());
        self.entries.resize(self.entries.len() + n as usize, XrefEntry::OPEN);
        first
    }

    pub fn len(&self) -> u32 {
        self.entries.len() as u32
    }

    pub fn at(&mut self, r: Ref, offset: u64) {
        self.entries[r.0 as usize] = XrefEntry(offset);
    }

    pub fn within(&mut self, r: Ref, stream: Ref, index: usize) {
        self.entries[r.0 as usize] =
            XrefEntry(XrefEntry::PACKED | u64::from(stream.0) << 24 | index as u64);
    }

    /// The stream's dictionary, which is also the trailer, and its rows with the PNG predictor
    /// `Up`, for neighbors hardly differ.
    pub fn render(&self, catalog: Ref, info: Ref, id: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let fields = || self.entries.iter().map(|entry| entry.fields());
        let wide = bytes_for(fields().map(|(_, second, _)| second).max().unwrap_or(0));
        let narrow = bytes_for(fields().map(|(_, _, third)| third).max().unwrap_or(0));
        let width = 1 + wide + narrow;
        let mut rows = Vec::with_capacity(self.entries.len() * (width + 1));
        let mut above = vec![0u8; width];
        let mut row = Vec::with_capacity(width);
        for (i, (kind, second, third)) in fields().enumerate() {
            debug_assert!(i == 0 || kind != 0, "object {i} was never written");
            row.clear();
            row.push(kind);
            row.extend_from_slice(&second.to_be_bytes()[8 - wide..]);
            row.extend_from_slice(&third.to_be_bytes()[8 - narrow..]);
            rows.push(2);
            rows.extend(row.iter().zip(&above).map(|(now, up)| now.wrapping_sub(*up)));
            std::mem::swap(&mut row, &mut above);
        }
        let mut dict = b"/Type/XRef/Size ".to_vec();
        int(&mut dict, self.entries.len() as i64);
        dict.extend_from_slice(format!("/W[1 {wide} {narrow}]").as_bytes());
        dict.extend_from_slice(
            format!("/DecodeParms<</Predictor 12/Columns {width}>>/Root ").as_bytes(),
        );
        reference(&mut dict, catalog);
        dict.extend_from_slice(b"/Info ");
        reference(&mut dict, info);
        let id = hex(id);
        dict.extend_from_slice(format!("/ID[<{id}><{id}>]").as_bytes());
        (dict, rows)
    }
}

fn bytes_for(n: u64) -> usize {
    (1..8).find(|bytes| n >> (8 * bytes) == 0).unwrap_or(8)
}

//! The cross-reference stream (ISO 32000-1, 7.5.8).

use super::{
    object::{Ref, int, reference},
    sink::hex,
};

#[derive(Clone, Copy)]
enum Entry {
    /// Numbered and not yet written.
    Open,
    At(u64),
    Within {
        stream: u32,
        index: u32,
    },
}

/// Where each object is; all that a file keeps for each of its letters.
pub(super) struct Xref {
    entries: Vec<Entry>,
}

impl Default for Xref {
    fn default() -> Self {
        // Number 0 is the head of the free list.
        Self { entries: vec![Entry::Open] }
    }
}

impl Xref {
    pub fn alloc(&mut self, n: u32) -> Ref {
        let first = Ref(self.len());
        self.entries.resize(self.entries.len() + n as usize, Entry::Open);
        first
    }

    pub fn len(&self) -> u32 {
        self.entries.len() as u32
    }

    pub fn at(&mut self, r: Ref, offset: u64) {
        self.entries[r.0 as usize] = Entry::At(offset);
    }

    pub fn within(&mut self, r: Ref, stream: Ref, index: usize) {
        self.entries[r.0 as usize] = Entry::Within { stream: stream.0, index: index as u32 };
    }

    /// The stream's dictionary, which is also the trailer, and its rows with the PNG predictor
    /// `Up`, for neighbours hardly differ.
    pub fn render(&self, catalog: Ref, info: Ref, id: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (mut most, mut last) = (1u64, 1u32);
        for entry in &self.entries {
            match *entry {
                Entry::Open => {}
                Entry::At(offset) => most = most.max(offset),
                Entry::Within { stream, index } => {
                    most = most.max(u64::from(stream));
                    last = last.max(index);
                }
            }
        }
        let wide = bytes_for(most);
        let narrow = bytes_for(u64::from(last)).max(2);
        let width = 1 + wide + narrow;
        let mut rows = Vec::with_capacity(self.entries.len() * (width + 1));
        let mut above = vec![0u8; width];
        let mut row = Vec::with_capacity(width);
        for (i, entry) in self.entries.iter().enumerate() {
            debug_assert!(i == 0 || !matches!(entry, Entry::Open), "object {i} was never written");
            let (kind, second, third) = match *entry {
                Entry::Open => (0, 0, 0xFFFF),
                Entry::At(offset) => (1, offset, 0),
                Entry::Within { stream, index } => (2, u64::from(stream), u64::from(index)),
            };
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

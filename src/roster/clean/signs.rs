//! Which kinds of characters stand in a text. One look at its bytes spares nearly every cell all
//! that is looked for by name.

/// A set of kinds of characters.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs(u16);

impl Signs {
    /// Anything beyond ASCII.
    pub const BEYOND: Self = Self(1);
    /// Control characters.
    pub const CONTROL: Self = Self(1 << 1);
    /// `&` and `<`, with which codes and tags of web pages begin.
    pub const MARKUP: Self = Self(1 << 2);
    /// Marks by which other systems divide or escape values.
    pub const DIVIDER: Self = Self(1 << 3);
    /// `?` and `+`, which a wrong encoding leaves.
    pub const LOST: Self = Self(1 << 4);
    /// `(`, `)`, `[`, `]`, `*`, `-`, `,`.
    pub const BRACKET: Self = Self(1 << 5);
    /// `/`, `&`, `+`, `*`, `#`: names of two people, and remarks.
    pub const JOINER: Self = Self(1 << 6);
    pub const DIGIT: Self = Self(1 << 7);
    pub const QUOTE: Self = Self(1 << 8);

    pub fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |signs, byte| signs | KINDS[usize::from(byte)]))
    }

    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of these kinds stands in the text.
    pub fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    pub(super) fn add(&mut self, byte: u8) {
        self.0 |= KINDS[usize::from(byte)];
    }
}

static KINDS: [u16; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            0x80.. => Signs::BEYOND.0,
            0..=0x1f | 0x7f => Signs::CONTROL.0,
            b'&' => Signs::MARKUP.0 | Signs::JOINER.0,
            b'<' => Signs::MARKUP.0,
            b'^' | b'|' | b'~' | b'\\' | b';' => Signs::DIVIDER.0,
            b'?' => Signs::LOST.0,
            b'+' => Signs::LOST.0 | Signs::JOINER.0,
            b'(' | b')' | b'[' | b']' | b'-' | b',' => Signs::BRACKET.0,
            b'*' => Signs::BRACKET.0 | Signs::JOINER.0,
            b'/' | b'#' => Signs::JOINER.0,
            b'0'..=b'9' => Signs::DIGIT.0,
            b'"' => Signs::QUOTE.0,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

//! What parts of a letter may be called in its tree and in its marked content.

/// What marked content is (ISO 32000-1, 14.8.4).
pub(super) const TAGS: [&[u8]; 16] = [
    b"Document",
    b"H1",
    b"H2",
    b"H3",
    b"P",
    b"L",
    b"LI",
    b"Lbl",
    b"LBody",
    b"Table",
    b"TR",
    b"TH",
    b"TD",
    b"Figure",
    b"Link",
    b"Span",
];

/// Whether an element of the tree may have this role: those of marked content, and the part that
/// holds one language's letter.
pub(super) fn is_role(name: &[u8]) -> bool {
    name == b"Part" || TAGS.contains(&name)
}

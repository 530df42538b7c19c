//! The nouns of a document.

use std::sync::Arc;

/// Content ready for any channel: an order of sections.
#[derive(Clone)]
pub struct Document {
    /// BCP 47.
    pub lang: String,
    pub title: String,
    pub sections: Vec<Arc<Section>>,
}

/// One template file, rendered. Equal sections are the same `Arc`, so that later rooms can
/// remember what they made of it.
pub struct Section {
    /// Hash of the rendered text and its style; equal text, equal key.
    pub key: u64,
    /// The template's name: `what-happened`.
    pub name: String,
    /// Whether the template speaks of the single person (then it is not kept across batches).
    pub personal: bool,
    pub style: SectionStyle,
    pub blocks: Vec<Block>,
}

/// The size of type a section is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SectionStyle {
    #[default]
    Body,
    /// Back matter, in smaller type.
    Small,
}

/// A paragraph, heading, list or table.
#[derive(Clone)]
pub struct Block {
    pub kind: BlockKind,
    /// Ids of required contents this block meets.
    pub satisfies: Vec<String>,
    /// Ids of contents it holds besides, for prohibitions; `satisfies` adds its aliases.
    pub contains: Vec<String>,
    /// Neither required nor prohibited, on purpose.
    pub courtesy: bool,
    pub origin: Origin,
}

/// The template line a block comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub file: Arc<str>,
    pub line: u32,
}

#[derive(Clone)]
pub enum BlockKind {
    /// Levels 1 to 3.
    Heading {
        level: u8,
        spans: Vec<Span>,
    },
    Paragraph {
        spans: Vec<Span>,
    },
    /// Items hold paragraphs and nested lists.
    List {
        ordered: bool,
        start: u64,
        items: Vec<Vec<Block>>,
    },
    /// First row is the header; every row has as many cells as the header.
    Table {
        header: Vec<Vec<Span>>,
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// An image by name (`signature`); the channel supplies the pixels and leaves it out if it
    /// has none. Written `![alternative text](signature)` on a line of its own.
    Figure {
        image: String,
        alt: String,
    },
    /// A thin line across the text.
    Rule,
    /// What follows starts on a new page.
    PageBreak,
}

/// Text of one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// A link's address, if this is one.
    pub link: Option<Arc<str>>,
    /// The text's language (BCP 47) where it is not the document's: `[words](lang:vi)`.
    pub lang: Option<Arc<str>>,
    /// A forced line break follows the text.
    pub breaks: bool,
}

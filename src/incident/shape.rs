//! What a part of `incident.toml` may look like, as data: the walk in `shapes` reads it, and so
//! does the reference manual.

/// A table: its keys in the order in which an author would write them.
#[derive(Debug)]
pub struct Table {
    /// As in messages: `covered_entity`, `covered_entity.delegation`.
    pub name: &'static str,
    pub keys: &'static [Key],
}

/// One key of a table.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// A value as TOML, for remedies and the manual; empty for tables at the top.
    pub example: &'static str,
    /// What it is for, in a few words.
    pub says: &'static str,
}

/// What a value must be.
#[derive(Debug)]
pub enum Shape {
    /// Any text, also none.
    Text,
    /// Text that says something.
    Words,
    /// A new id; no two of a kind are equal. File names are made of it.
    Id(Ids),
    /// An id given elsewhere in the file.
    Ref(Ids),
    /// A kind of information (`elements.toml`); also an id of [`Ids::Element`].
    Element,
    /// A file, or a list of files.
    Files,
    /// A telephone number of North America, or `+` and a country code.
    Phone,
    /// A bare e-mail address.
    Address,
    /// `Name <address>`.
    Mailbox,
    /// Starting with `https://` or `http://`.
    Url,
    /// A USPS code.
    State,
    /// A USPS code or a federal body of law.
    Law,
    /// A USPS code, `US`, or `none`.
    Government,
    /// A USPS code, or `none`.
    StateOrNone,
    /// A whole number from `least` to `most`.
    Number {
        least: u32,
        most: u32,
    },
    /// Exactly these many digits, one of the lengths.
    Digits(&'static [usize]),
    Flag,
    Date,
    Choice(&'static [&'static str]),
    List(&'static Shape),
    Table(&'static Table),
    /// `[[name]]`, any number of times; at least once where required.
    Tables(&'static Table),
    /// Headings by key; keys are among these, or patterns of a column that holds several.
    Map(&'static [&'static str]),
}

/// What ids name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ids {
    Incident,
    Entity,
    Strand,
    Wave,
    Duty,
    Element,
}

impl Ids {
    /// As in messages.
    pub fn noun(self) -> &'static str {
        match self {
            Ids::Incident => "incident",
            Ids::Entity => "covered entity",
            Ids::Strand => "strand",
            Ids::Wave => "wave",
            Ids::Duty => "duty",
            Ids::Element => "data element",
        }
    }

    /// The table and key that give the id.
    pub fn home(self) -> &'static str {
        match self {
            Ids::Incident => "id",
            Ids::Entity => "[[covered_entity]] id",
            Ids::Strand => "[[strand]] id",
            Ids::Wave => "[[wave]] id",
            Ids::Duty => "[[duty]] id",
            Ids::Element => "[[data_element]] id",
        }
    }
}

impl Shape {
    /// Whether TOML writes it as a string (dates may be).
    pub(super) fn is_text(&self) -> bool {
        !matches!(
            self,
            Shape::Number { .. }
                | Shape::Flag
                | Shape::Date
                | Shape::List(_)
                | Shape::Table(_)
                | Shape::Tables(_)
                | Shape::Map(_)
        )
    }

    /// What to write instead, for "expected ...".
    pub fn noun(&self) -> String {
        match self {
            Shape::Text
            | Shape::Words
            | Shape::Files
            | Shape::Id(_)
            | Shape::Ref(_)
            | Shape::Element => "text in quotes".into(),
            Shape::Phone => "a telephone number in quotes".into(),
            Shape::Address | Shape::Mailbox => "an e-mail address in quotes".into(),
            Shape::Url => "a web address in quotes".into(),
            Shape::State => "a two-letter state code in quotes".into(),
            Shape::Law => "a state code or `US-HIPAA` in quotes".into(),
            Shape::Government => "a state code, `US` or `none` in quotes".into(),
            Shape::StateOrNone => "a state code or `none` in quotes".into(),
            Shape::Number { .. } => "a whole number without quotes".into(),
            Shape::Digits(_) => "digits in quotes".into(),
            Shape::Flag => "`true` or `false`".into(),
            Shape::Date => "a date such as 2026-09-18".into(),
            Shape::Choice(_) => "one of the known words in quotes".into(),
            Shape::List(_) => "a list in square brackets".into(),
            Shape::Table(_) | Shape::Map(_) => "a table".into(),
            Shape::Tables(_) => "a list of tables".into(),
        }
    }
}

/// A key that must be there.
pub(super) const fn need(
    name: &'static str,
    shape: Shape,
    example: &'static str,
    says: &'static str,
) -> Key {
    Key { name, shape, required: true, example, says }
}

/// A key with a cautious default.
pub(super) const fn may(
    name: &'static str,
    shape: Shape,
    example: &'static str,
    says: &'static str,
) -> Key {
    Key { name, shape, required: false, example, says }
}

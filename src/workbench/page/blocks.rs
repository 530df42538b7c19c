//! What stands on a page, as data: the templates turn it into HTML, and escape all of it.

use serde::Serialize;

/// One part of a page.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    Heading {
        text: String,
        id: String,
    },
    Text {
        text: String,
    },
    /// Something that needs a look: `stop`, `warn` or `good`.
    Note {
        kind: &'static str,
        title: String,
        lines: Vec<String>,
    },
    Table(Table),
    Facts {
        pairs: Vec<(String, Cell)>,
    },
    Form(Box<Form>),
    Links {
        links: Vec<Link>,
    },
    /// Shown on request.
    Details {
        summary: String,
        blocks: Vec<Block>,
        open: bool,
    },
    /// A piece of work on its way.
    Progress(Progress),
}

impl Block {
    pub fn heading(text: impl Into<String>) -> Self {
        let text = text.into();
        let id = slug(&text);
        Self::Heading { text, id }
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    pub fn note(kind: &'static str, title: impl Into<String>) -> Self {
        Self::Note { kind, title: title.into(), lines: Vec::new() }
    }

    pub fn links(links: impl IntoIterator<Item = Link>) -> Self {
        Self::Links { links: links.into_iter().collect() }
    }

    pub fn form(form: Form) -> Self {
        Self::Form(Box::new(form))
    }
}

/// Letters and digits of a text, to be an id.
pub fn slug(text: &str) -> String {
    let mut id = String::from("h");
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        id.push('-');
        id.push_str(&word.to_ascii_lowercase());
    }
    id
}

#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub href: String,
    pub text: String,
    /// `primary` is the one thing to do next.
    pub kind: &'static str,
}

impl Link {
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), kind: "" }
    }

    pub fn primary(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), kind: "primary" }
    }
}

/// A cell of a table: text, perhaps a link, perhaps with a smaller line below.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    pub text: String,
    pub href: String,
    pub below: String,
    /// `late`, `done`, `quiet`.
    pub class: &'static str,
}

impl Cell {
    pub fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), ..Self::default() }
    }

    #[must_use]
    pub fn below(mut self, text: impl Into<String>) -> Self {
        self.below = text.into();
        self
    }

    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    pub caption: String,
    pub head: Vec<String>,
    /// Which columns are numbers.
    pub numbers: Vec<bool>,
    pub rows: Vec<Vec<Cell>>,
    /// What is said where there are no rows.
    pub empty: String,
}

impl Table {
    /// A heading that begins with `#` is of a column of numbers.
    pub fn new(caption: impl Into<String>, head: &[&str]) -> Self {
        Self {
            caption: caption.into(),
            numbers: head.iter().map(|h| h.starts_with('#')).collect(),
            head: head.iter().map(|h| h.trim_start_matches('#').to_owned()).collect(),
            ..Self::default()
        }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub fn block(self) -> Block {
        Block::Table(self)
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    pub action: String,
    pub fields: Vec<Field>,
    /// Names with values that the page knows.
    pub hidden: Vec<(String, String)>,
    pub button: String,
    /// `primary`, `danger` or none.
    pub kind: &'static str,
    /// Files can be dropped in.
    pub files: bool,
    /// Asks only; its fields go into the address.
    pub asks: bool,
    /// On one line.
    pub inline: bool,
}

impl Form {
    pub fn new(action: impl Into<String>, button: impl Into<String>) -> Self {
        Self { action: action.into(), button: button.into(), ..Self::default() }
    }

    #[must_use]
    pub fn primary(mut self) -> Self {
        self.kind = "primary";
        self
    }

    #[must_use]
    pub fn danger(mut self) -> Self {
        self.kind = "danger";
        self
    }

    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.files |= field.kind == "file";
        self.fields.push(field);
        self
    }

    #[must_use]
    pub fn fields(self, fields: impl IntoIterator<Item = Field>) -> Self {
        fields.into_iter().fold(self, Self::field)
    }

    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub fn inline(mut self) -> Self {
        self.inline = true;
        self
    }

    pub fn block(self) -> Block {
        Block::form(self)
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Choice {
    pub value: String,
    pub text: String,
    pub taken: bool,
    pub help: String,
}

/// One question of a form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Field {
    /// `text`, `long`, `date`, `number`, `choice` (a list), `radio`, `checks`, `check`, `file`,
    /// `group`.
    pub kind: &'static str,
    pub name: String,
    /// Unlike any other of the page.
    pub id: String,
    pub label: String,
    pub help: String,
    pub value: String,
    pub choices: Vec<Choice>,
    pub required: bool,
    /// What is wrong with what stands there.
    pub error: String,
    /// Lines of a long text.
    pub lines: u32,
    /// Kinds of files that are taken.
    pub accept: String,
    /// What a browser may fill in.
    pub autocomplete: &'static str,
    /// Fields of a group.
    pub fields: Vec<Field>,
    /// A group that is shown on request.
    pub closed: bool,
}

impl Field {
    pub fn new(kind: &'static str, name: impl Into<String>, label: impl Into<String>) -> Self {
        let (name, label) = (name.into(), label.into());
        Self { kind, name, label, lines: 6, autocomplete: "off", ..Self::default() }
    }

    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new("text", name, label)
    }

    /// Who does it: name and role, as on the command line.
    pub fn by() -> Self {
        Self { autocomplete: "name", ..Self::text("by", "Your name and role") }
            .must()
            .help("Recorded with what you do, such as: Dana Made-Up, privacy officer")
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    #[must_use]
    pub fn must(mut self) -> Self {
        self.required = true;
        self
    }

    #[must_use]
    pub fn accept(mut self, kinds: &str) -> Self {
        kinds.clone_into(&mut self.accept);
        self
    }

    /// `(value, words)`, and the value that is taken.
    #[must_use]
    pub fn choices<'c>(
        mut self,
        choices: impl IntoIterator<Item = (&'c str, String)>,
        taken: &str,
    ) -> Self {
        self.choices = choices
            .into_iter()
            .map(|(value, text)| Choice {
                value: value.to_owned(),
                text,
                taken: value == taken,
                help: String::new(),
            })
            .collect();
        self
    }
}

/// How a piece of work goes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Progress {
    pub what: String,
    pub phase: String,
    pub done: u64,
    pub total: u64,
    pub line: String,
    /// Where its events come from.
    pub events: String,
    pub stop: String,
}

/// Gives every field an id of its own: forms of one page may ask the same.
pub fn number(blocks: &mut [Block], next: &mut u32) {
    for block in blocks {
        match block {
            Block::Form(form) => number_fields(&mut form.fields, next),
            Block::Details { blocks, .. } => number(blocks, next),
            _ => {}
        }
    }
}

fn number_fields(fields: &mut [Field], next: &mut u32) {
    for field in fields {
        *next += 1;
        field.id = format!("f{next}");
        number_fields(&mut field.fields, next);
    }
}

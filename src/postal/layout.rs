//! The layouts of files that come back: those that ship, or one of the mail house's own.

use super::line::Told;
use crate::finding::{Finding, Severity};
use crate::incident::Day;
use crate::written::{self, TextFile};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

/// What a file of layouts holds; `layouts.toml` says what each key means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layouts {
    #[serde(rename = "layout")]
    pub all: Vec<Layout>,
    #[serde(default)]
    pub run_data: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "reason")]
    pub reasons: Vec<ReturnReason>,
}

/// One kind of file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub id: String,
    pub name: String,
    pub form: LayoutForm,
    /// `returned`, `forwarded` or `scanned`, where nothing in the line says more.
    pub told: String,
    /// A published description of the layout was read.
    pub confirmed: bool,
    pub checked: Day,
    pub source: String,
    /// Characters of a record without its line end.
    #[serde(default)]
    pub length: usize,
    /// First characters of a header and of a detail record.
    #[serde(default)]
    pub header: Vec<String>,
    #[serde(default)]
    pub detail: Vec<String>,
    /// Where the header tells how many records follow.
    pub records: Option<Span>,
    /// What the field `action` means.
    #[serde(default)]
    pub action: BTreeMap<String, String>,
    #[serde(default)]
    pub fields: BTreeMap<String, Span>,
    #[serde(default)]
    pub headings: BTreeMap<String, Vec<String>>,
    /// Headings by which a table shows that it has this layout.
    #[serde(default)]
    pub marks: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayoutForm {
    Fixed,
    Table,
}

/// A field by its characters, from 1.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub at: usize,
    pub length: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnReason {
    pub id: String,
    pub says: String,
    pub code: Vec<String>,
    pub words: Vec<String>,
    pub told: Option<String>,
}

/// Fields that a layout may name.
const FIELDS: [&str; 10] =
    ["imb", "reference", "on", "code", "action", "line", "number", "city", "state", "zip"];

/// What the layouts that ship hold; a test reads the file with all its mistakes.
static SHIPPED: LazyLock<Layouts> =
    LazyLock::new(|| toml::from_str(include_str!("layouts.toml")).expect("shipped layouts.toml"));

/// Why a layout cannot be used.
pub enum LayoutError {
    /// No shipped layout has the id; those that there are.
    Unknown(Vec<String>),
    /// A file with a mistake.
    Finding(Box<Finding>),
    Io(io::Error),
}

impl Layouts {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// A file with layouts of one's own, such as a mail house's.
    ///
    /// # Errors
    /// [`LayoutError`]
    pub fn read(path: &Path) -> Result<Self, LayoutError> {
        let text = std::fs::read_to_string(path).map_err(LayoutError::Io)?;
        let file = TextFile::new(&path.display().to_string(), text);
        let remedy = "write it as docs/REFERENCE.md describes layouts of returned mail";
        let layouts: Self = written::value(&file, code!("returns.layout"), remedy)
            .map_err(|finding| LayoutError::Finding(Box::new(finding)))?;
        match layouts.mistake() {
            None => Ok(layouts),
            Some(why) => {
                let code = code!("returns.layout");
                let finding = file.finding(code, Severity::Error, &(0..0), why, remedy);
                Err(LayoutError::Finding(Box::new(finding)))
            }
        }
    }

    /// What is wrong with the layouts, the first mistake.
    pub fn mistake(&self) -> Option<String> {
        if self.all.is_empty() {
            return Some("there is no `[[layout]]`".to_owned());
        }
        self.all.iter().find_map(|layout| {
            let id = &layout.id;
            let wrong = |what: String| Some(format!("layout `{id}` {what}"));
            let words = layout.action.values().chain([&layout.told]);
            let reasons = self.reasons.iter().filter_map(|reason| reason.told.as_ref());
            if let Some(word) = words.chain(reasons).find(|word| Told::parse(word).is_none()) {
                return wrong(format!(
                    "says `{word}`, which is not returned, forwarded or scanned"
                ));
            }
            let names = layout.fields.keys().chain(layout.headings.keys());
            if let Some(name) = names.into_iter().find(|name| !FIELDS.contains(&name.as_str())) {
                return wrong(format!("names a field `{name}`, which is none"));
            }
            let beyond = |span: &Span| span.at == 0 || span.at + span.length - 1 > layout.length;
            let has =
                |name: &str| layout.fields.contains_key(name) || layout.headings.contains_key(name);
            match layout.form {
                LayoutForm::Fixed if layout.length == 0 => wrong("has no `length`".to_owned()),
                LayoutForm::Fixed if layout.fields.values().any(beyond) => {
                    wrong("has a field beyond its `length`".to_owned())
                }
                _ if !has("imb") && !has("reference") => {
                    wrong("names neither `imb` nor `reference`".to_owned())
                }
                _ => None,
            }
        })
    }

    /// A layout by its id.
    ///
    /// # Errors
    /// There is none; those that there are.
    pub fn layout(&self, id: &str) -> Result<&Layout, LayoutError> {
        let found = self.all.iter().find(|layout| layout.id == id);
        found.ok_or_else(|| LayoutError::Unknown(self.all.iter().map(|l| l.id.clone()).collect()))
    }

    /// The layout of records of a fixed length that a file's first bytes look like.
    pub fn fixed(&self, head: &[u8]) -> Option<&Layout> {
        let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
        let first = first.strip_suffix(b"\r").unwrap_or(first);
        let mut fixed = self.all.iter().filter(|layout| layout.form == LayoutForm::Fixed);
        fixed.find(|layout| {
            let mut starts = layout.header.iter().chain(&layout.detail);
            let in_a_row = head.len() >= 2 * layout.length && {
                let second = &head[layout.length..];
                layout.detail.iter().any(|start| second.starts_with(start.as_bytes()))
            };
            starts.any(|start| first.starts_with(start.as_bytes()))
                && (first.len() == layout.length || in_a_row)
        })
    }

    /// The layout of a table by its heading.
    pub fn table(&self, heading: &[String]) -> Option<&Layout> {
        let cells: Vec<String> = heading.iter().map(|cell| plain(cell)).collect();
        let mut tables = self.all.iter().filter(|layout| layout.form == LayoutForm::Table);
        let marked = tables.clone().find(|layout| layout.marks.iter().any(|m| cells.contains(m)));
        marked.or_else(|| tables.next_back())
    }

    /// A reason by the code of a USPS record or by the words of a label.
    pub fn reason(&self, form: LayoutForm, cell: &str) -> Option<&ReturnReason> {
        let reasons = match self.reasons.is_empty() {
            true => &SHIPPED.reasons,
            false => &self.reasons,
        };
        if form == LayoutForm::Fixed {
            return reasons
                .iter()
                .find(|reason| reason.code.iter().any(|code| code == cell.trim()));
        }
        let cell = plain(cell);
        if cell.is_empty() {
            return None;
        }
        let worded = reasons.iter().find(|reason| reason.words.contains(&cell));
        let coded = |reason: &&ReturnReason| {
            cell.len() == 1 && reason.code.iter().any(|code| code.eq_ignore_ascii_case(&cell))
        };
        worded.or_else(|| reasons.iter().find(coded))
    }

    /// How a list names its barcodes and references in a run's data.
    pub fn run_headings(&self) -> &BTreeMap<String, Vec<String>> {
        match self.run_data.is_empty() {
            true => &SHIPPED.run_data,
            false => &self.run_data,
        }
    }
}

/// Lower case, every run of other characters than letters and digits one blank.
pub fn plain(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! A tolerant look at a parsed file: what is there and has the right type, with its place.
//!
//! The checks of facts read through it, so that a mistake in one table hides none in another.

use jiff::civil::Date;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with the bytes it stands in.
pub(super) struct Here<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// A table of the file.
#[derive(Clone)]
pub(super) struct Node<'a> {
    table: &'a DeTable<'a>,
    pub span: Range<usize>,
}

impl<'a> Node<'a> {
    pub fn root(root: &'a Spanned<DeTable<'a>>) -> Self {
        Self { table: root.get_ref(), span: root.span() }
    }

    /// The tables of `[[name]]` or of a list of inline tables.
    pub fn tables(&self, name: &str) -> Vec<Node<'a>> {
        let found = self.array(name).into_iter().filter_map(|item| match item.get_ref() {
            DeValue::Table(table) => Some(Node { table, span: item.span() }),
            _ => None,
        });
        found.collect()
    }

    pub fn table(&self, name: &str) -> Option<Node<'a>> {
        let value = self.table.get(name)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Node { table, span: value.span() }),
            _ => None,
        }
    }

    pub fn text(&self, name: &str) -> Option<Here<&'a str>> {
        text(self.table.get(name)?)
    }

    /// A key's text, or nothing.
    pub fn str(&self, name: &str) -> &'a str {
        self.text(name).map_or("", |here| here.value)
    }

    pub fn texts(&self, name: &str) -> Vec<Here<&'a str>> {
        self.array(name).into_iter().filter_map(text).collect()
    }

    pub fn date(&self, name: &str) -> Option<Here<Date>> {
        let value = self.table.get(name)?;
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.to_string(),
            DeValue::String(string) => string.to_string(),
            _ => return None,
        };
        Some(Here { value: date.parse().ok()?, span: value.span() })
    }

    /// Where a key's value stands, whatever it is.
    pub fn span_of(&self, name: &str) -> Option<Range<usize>> {
        self.table.get(name).map(Spanned::span)
    }

    /// A key's `true` or `false`; none where it is neither.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.table.get(name)?.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    fn array(&self, name: &str) -> Vec<&'a Spanned<DeValue<'a>>> {
        match self.table.get(name).map(Spanned::get_ref) {
            Some(DeValue::Array(items)) => items.iter().collect(),
            _ => Vec::new(),
        }
    }
}

fn text<'a>(value: &'a Spanned<DeValue<'a>>) -> Option<Here<&'a str>> {
    match value.get_ref() {
        DeValue::String(string) => Some(Here { value: string, span: value.span() }),
        _ => None,
    }
}

//! Where in a law file a rule and its keys stand.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A parsed law file that can be asked for places.
pub(super) struct Places<'a, 't>(pub &'a Spanned<DeTable<'t>>);

impl Places<'_, '_> {
    /// The `index`th `[[array]]`, its header.
    pub fn rule(&self, array: &str, index: usize) -> Range<usize> {
        self.item(array, index).map_or(0..0, Spanned::span)
    }

    /// The value of a key inside the `index`th `[[array]]`; the header where the key is absent.
    pub fn key(&self, array: &str, index: usize, key: &str) -> Range<usize> {
        self.item(array, index)
            .and_then(|item| item.get_ref().as_table()?.get(key))
            .map_or_else(|| self.rule(array, index), Spanned::span)
    }

    /// The string `word` anywhere inside a key's value; the value where it is not found.
    pub fn word(&self, array: &str, index: usize, key: &str, word: &str) -> Range<usize> {
        self.item(array, index)
            .and_then(|item| item.get_ref().as_table()?.get(key))
            .and_then(|value| find(value, word))
            .unwrap_or_else(|| self.key(array, index, key))
    }

    /// The value of a key at the top of the file.
    pub fn top(&self, key: &str) -> Range<usize> {
        self.0.get_ref().get(key).map_or(0..0, Spanned::span)
    }

    fn item(&self, array: &str, index: usize) -> Option<&Spanned<DeValue<'_>>> {
        self.0.get_ref().get(array)?.get_ref().as_array()?.get(index)
    }
}

fn find(value: &Spanned<DeValue<'_>>, word: &str) -> Option<Range<usize>> {
    match value.get_ref() {
        DeValue::String(text) if text == word => Some(value.span()),
        DeValue::Array(list) => list.iter().find_map(|item| find(item, word)),
        DeValue::Table(table) => table.values().find_map(|item| find(item, word)),
        _ => None,
    }
}

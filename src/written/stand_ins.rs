//! Values made up for missing keys, so that the mistakes after them are found too.

use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeTable, DeValue, Error};

/// The stand-ins put into one tree.
///
/// Each has a span that no text can have, so that serde's complaint about it is known from a
/// complaint about the file.
#[derive(Default)]
pub(super) struct StandIns(Vec<StandIn>);

struct StandIn {
    table: Range<usize>,
    key: String,
    tries: usize,
}

/// Spans from here on belong to stand-ins.
const MADE_UP: usize = usize::MAX / 2;

impl StandIns {
    /// Puts a first guess under a missing key of the table at the span.
    pub fn put(&mut self, tree: &mut Spanned<DeTable<'_>>, table: Range<usize>, key: &str) -> bool {
        self.0.push(StandIn { table, key: key.to_owned(), tries: 0 });
        self.write(tree, self.0.len() - 1, DeValue::String(Cow::Borrowed("2000-01-01")))
    }

    /// Whether the complaint is about a stand-in.
    pub fn refused(&self, span: &Range<usize>) -> bool {
        span.start >= MADE_UP && span.start - MADE_UP < self.0.len()
    }

    /// Puts the next guess where one was refused; false when there is none left.
    pub fn try_next(
        &mut self,
        tree: &mut Spanned<DeTable<'_>>,
        span: &Range<usize>,
        error: &Error,
    ) -> bool {
        let at = span.start - MADE_UP;
        self.0[at].tries += 1;
        let word = error.message().split("expected ").nth(1).and_then(|k| k.split('`').nth(1));
        let guess = match (self.0[at].tries, word) {
            (1, Some(word)) => DeValue::String(Cow::Owned(word.to_owned())),
            (1 | 2, _) => DeValue::Integer(DeInteger::default()),
            (3, _) => DeValue::Array(DeArray::new()),
            (4, _) => DeValue::Boolean(false),
            (5, _) => DeValue::Table(DeTable::new()),
            _ => return false,
        };
        self.write(tree, at, guess)
    }

    /// Spans of the tables that hold a stand-in.
    pub fn tables(&self) -> Vec<Range<usize>> {
        self.0.iter().map(|stand_in| stand_in.table.clone()).collect()
    }

    fn write<'t>(&self, tree: &mut Spanned<DeTable<'t>>, at: usize, guess: DeValue<'t>) -> bool {
        let StandIn { table, key, .. } = &self.0[at];
        let span = MADE_UP + at..MADE_UP + at;
        let root = tree.span() == *table;
        let found = if root { Some(tree.get_mut()) } else { table_at(tree.get_mut(), table) };
        let Some(found) = found else { return false };
        found.remove(key.as_str());
        let key = Spanned::new(span.clone(), Cow::Owned(key.clone()));
        found.insert(key, Spanned::new(span, guess));
        true
    }
}

fn table_at<'a, 't>(
    table: &'a mut DeTable<'t>,
    span: &Range<usize>,
) -> Option<&'a mut DeTable<'t>> {
    table.iter_mut().find_map(|(_, value)| table_in(value, span))
}

fn table_in<'a, 't>(
    value: &'a mut Spanned<DeValue<'t>>,
    span: &Range<usize>,
) -> Option<&'a mut DeTable<'t>> {
    let here = value.span() == *span;
    match value.get_mut() {
        DeValue::Table(table) => {
            if here {
                Some(table)
            } else {
                table_at(table, span)
            }
        }
        DeValue::Array(list) => list.iter_mut().find_map(|item| table_in(item, span)),
        _ => None,
    }
}

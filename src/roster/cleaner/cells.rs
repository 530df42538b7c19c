//! A row's cells as text: cleaned, and looked at before a letter prints them.

use super::*;

impl<'r> RowAt<'r, '_> {
    /// A cell as it stands, or as it is made of others.
    pub(super) fn cell_at(&self, index: usize) -> &'r str {
        match index.checked_sub(self.rules().columns.width()) {
            Some(made) => self.made.get(made).map_or("", String::as_str),
            None => self.block.cell(self.row, index),
        }
    }

    /// A column's cell, cleaned; words that mean "nothing" are empty.
    pub(super) fn cell(&mut self, column: Column) -> Cow<'r, str> {
        let raw = self.raw(column);
        let cleaned = self.cleaned(column, raw);
        if text::is_empty_word(&cleaned) { Cow::Borrowed("") } else { cleaned }
    }

    /// A part of a name: only words that nobody is called mean "nothing".
    pub(super) fn name_cell(&mut self, column: Column) -> Cow<'r, str> {
        let raw = self.raw(column);
        let cleaned = self.cleaned(column, raw);
        if name::is_no_name(&cleaned) { Cow::Borrowed("") } else { cleaned }
    }

    /// One value of a column, cleaned and looked at.
    pub(super) fn cleaned(&mut self, column: Column, raw: &'r str) -> Cow<'r, str> {
        if raw.is_empty() {
            return Cow::Borrowed("");
        }
        let cleaned = text::clean(raw);
        if cleaned.markup {
            self.note(&problem::TEXT_HTML, Some(column), raw);
        }
        if cleaned.text.starts_with('#')
            && self.is_no_result(column, &cleaned.text)
            && !column.printed()
        {
            return Cow::Borrowed("");
        }
        if cleaned.invisible {
            self.note(&problem::TEXT_INVISIBLE, Some(column), raw);
        }
        if cleaned.quotes {
            self.note(&problem::TEXT_QUOTES, Some(column), raw);
        }
        if column.printed() && !text::is_empty_word(&cleaned.text) {
            self.printable(column, raw, &cleaned);
        }
        let formula = match column {
            // Stands unaltered in the mail run's files, where machines match on it.
            Column::RecordId => Some(&problem::RECORD_ID_FORMULA),
            Column::ActivationCode => Some(&problem::TEXT_FORMULA),
            _ => column.printed().then_some(&problem::TEXT_FORMULA),
        };
        if let Some(formula) = formula
            && begins_formula(&cleaned.text)
            && !text::is_empty_word(&cleaned.text)
        {
            self.note(formula, Some(column), &cleaned.text);
        }
        cleaned.text
    }

    /// Looks at what a letter would print.
    fn printable(&mut self, column: Column, raw: &str, cleaned: &text::Cleaned<'_>) {
        let (text, signs) = (&*cleaned.text, cleaned.signs);
        if text.len() > MAX_PRINTED && text.chars().take(MAX_PRINTED + 1).count() > MAX_PRINTED {
            self.note(&problem::TEXT_TOO_LONG, Some(column), text);
        }
        if begins_formula(text) {
            return;
        }
        if crate::roster::tally::is_personal_number(text) {
            self.note(&problem::TEXT_HOLDS_NUMBER, Some(column), text);
        }
        if signs.any(Signs::MARKUP) && markup::is_left(text) {
            self.note(&problem::TEXT_HTML_LEFT, Some(column), text);
        }
        let of = if column.is_name() { Of::Name } else { Of::Address };
        if signs.any(Signs::DIVIDER) && text::is_separated(text, column) {
            self.note(&problem::TEXT_SEPARATORS, Some(column), text);
        }
        let traces = |text: &str, signs: Signs| {
            signs.any(Signs::BEYOND.and(Signs::LOST)) && garbled::is_garbled(text, of)
        };
        let cut = matches!(cleaned.text, Cow::Owned(_)) && traces(raw.trim(), Signs::of(raw));
        if cut || traces(text, signs) {
            let problem = match of {
                Of::Name => &problem::NAME_GARBLED,
                Of::Address => &problem::ADDRESS_GARBLED,
            };
            self.note(problem, Some(column), raw);
        }
    }

    /// Whether a cell of a spreadsheet could not be calculated; the row is held.
    pub(super) fn is_no_result(&mut self, column: Column, text: &str) -> bool {
        if text == NO_RESULT {
            self.note(&problem::CELL_NO_RESULT, Some(column), "");
        } else if text::is_error(text) {
            self.note(&problem::CELL_ERROR, Some(column), text);
        } else {
            return false;
        }
        true
    }

    /// A yes/no column; what is neither is noted and means no.
    pub(super) fn flag(&mut self, column: Column) -> bool {
        let cell = self.cell(column);
        crate::roster::clean::flag::read(&cell).unwrap_or_else(|| {
            self.note(&problem::FLAG_UNREADABLE, Some(column), &cell);
            false
        })
    }
}

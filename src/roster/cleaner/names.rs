//! The person's own name: read from one cell or several, and judged.

use super::RowAt;
use crate::roster::Person;
use crate::roster::clean::name::{self, Marker};
use crate::roster::clean::whole_name::{self, Parts, Whole};
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::words::WORDS;
use crate::tables::begins_formula;

impl RowAt<'_, '_> {
    pub(super) fn names(&mut self, person: &mut Person) {
        let mut first = self.name_cell(Column::FirstName);
        let mut last = self.name_cell(Column::LastName);
        let mut middle = self.name_cell(Column::MiddleName);
        let mut suffix = self.name_cell(Column::Suffix);
        let (mut first_in, mut last_in) = (Column::FirstName, Column::LastName);
        let full = self.name_cell(Column::FullName);
        if first.is_empty() && last.is_empty() && !full.is_empty() {
            last = full;
            (first_in, last_in) = (Column::FullName, Column::FullName);
        }
        let whole = first.is_empty();
        let mut marked = false;
        if whole && last.contains([',', '^']) {
            marked = !last.contains('^') && self.mark(last_in, &last, true);
            match whole_name::read(&last) {
                _ if marked => {}
                Whole::AsWritten => {}
                Whole::Unclear => self.note(&problem::NAME_UNCLEAR, Some(last_in), &last),
                Whole::Parts(parts) => {
                    self.note(&problem::NAME_LAST_FIRST, Some(last_in), &last);
                    let Parts { first: given, middle: second, last: family, suffix: after } = parts;
                    (first, last) = (given.into(), family.into());
                    first_in = last_in;
                    if middle.is_empty() {
                        middle = second.into();
                    }
                    if suffix.is_empty() {
                        suffix = after.into();
                    }
                }
            }
        }
        if name::may_be_placeholder(&first) && name::may_be_placeholder(&last) {
            first = "".into();
            last = "".into();
        }
        for (column, part) in [(first_in, &first), (last_in, &last)] {
            if name::may_be_placeholder(part) {
                self.note(&problem::NAME_PLACEHOLDER, Some(column), part);
            }
        }
        let optional = |text: String| {
            if name::may_be_placeholder(&text) || WORDS.no_middle.has(&text) {
                String::new()
            } else {
                text
            }
        };
        person.first_name = first.into_owned();
        person.last_name = last.into_owned();
        person.middle_name = optional(middle.into_owned());
        person.suffix = optional(suffix.into_owned());
        let latin = self.latin_spelling(person, last_in);
        let full = last_in == Column::FullName || latin;
        match (person.first_name.is_empty(), person.last_name.is_empty()) {
            _ if is_nobody(person) => self.note(&problem::NAME_MISSING, Some(last_in), ""),
            (false, true) => self.note(&problem::NAME_SINGLE, Some(last_in), ""),
            (true, false) if !full => self.note(&problem::NAME_SINGLE, Some(first_in), ""),
            _ => {}
        }
        let parts = [
            (first_in, &person.first_name, false),
            (Column::MiddleName, &person.middle_name, false),
            (last_in, &person.last_name, whole),
            (Column::Suffix, &person.suffix, false),
        ];
        for (column, part, whole) in parts {
            self.judge_name(column, part);
            marked = marked || self.mark(column, part, whole);
        }
    }

    /// A name in another script is printed as the roster spells it in Roman letters; without that
    /// spelling it is reported, for mail within the United States needs Roman letters. Says whether
    /// it was.
    fn latin_spelling(&mut self, person: &mut Person, column: Column) -> bool {
        let parts = [&person.first_name, &person.middle_name, &person.last_name];
        if !parts.into_iter().any(|part| name::is_other_script(part)) {
            return false;
        }
        let latin = self.name_cell(Column::LatinName);
        if !latin.is_empty() {
            for part in [&mut person.first_name, &mut person.middle_name, &mut person.suffix] {
                part.clear();
            }
            person.last_name = latin.into_owned();
            return true;
        }
        if person.address.country.is_empty() {
            let name = person.full_name();
            self.note(&problem::NAME_OTHER_SCRIPT, Some(column), &name);
        }
        false
    }

    /// Holds the row for words in the name that are no part of one.
    fn mark(&mut self, column: Column, part: &str, whole: bool) -> bool {
        if begins_formula(part) {
            return false;
        }
        let problem = match name::marker(part, whole) {
            None => return false,
            Some(Marker::Death) => &problem::NAME_SAYS_DECEASED,
            Some(Marker::Minor) => &problem::NAME_SAYS_MINOR,
            Some(Marker::Remark) => &problem::NAME_REMARK,
            Some(Marker::Several) => &problem::NAME_SEVERAL,
        };
        self.note(problem, Some(column), part);
        true
    }

    pub(super) fn judge_name(&mut self, column: Column, part: &str) {
        if part.bytes().any(|b| b.is_ascii_digit()) {
            self.note(&problem::NAME_DIGITS, Some(column), part);
        }
    }
}

/// No letter in the name, or words that systems write for people they do not know.
fn is_nobody(person: &Person) -> bool {
    let (first, last) = (&person.first_name, &person.last_name);
    let lettered = |text: &str| text.chars().any(char::is_alphabetic);
    if !lettered(first) && !lettered(last) {
        return true;
    }
    let nobody = &WORDS.nobody;
    match (first.is_empty(), last.is_empty()) {
        (true, _) => nobody.is(last),
        (_, true) => nobody.is(first),
        _ => nobody.is(&format!("{first} {last}")) || nobody.is(&format!("{last} {first}")),
    }
}

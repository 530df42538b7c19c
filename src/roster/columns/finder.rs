//! What each column of one header means: what the incident says, what headings are known to mean,
//! what the values make of it.

use super::heading::{listed, recognize, several};
use super::made::{self, Made, Part};
use super::shape::Shape;
use super::{Columns, Head, element_named};
use crate::finding::{Findings, Place};
use crate::incident::{COLUMN_PATTERNS, Headings, Incident, RosterChoices};
use crate::roster::column::Column;
use crate::roster::tables::fold;
use std::collections::BTreeSet;

/// One header on its way to [`Columns`].
pub(super) struct Finder<'a, 'f> {
    pub(super) columns: Columns,
    head: Head<'a>,
    pub(super) shapes: Vec<Shape>,
    /// Columns of the file whose meaning is settled.
    pub(super) taken: Vec<bool>,
    /// Canonical columns that the incident says this roster does not have.
    pub(super) left_out: BTreeSet<Column>,
    pub(super) incident: &'a Incident,
    choices: &'a RosterChoices,
    pub(super) findings: &'f mut Findings,
}

impl<'a, 'f> Finder<'a, 'f> {
    /// What the columns of a header mean, and what their values look like.
    pub(super) fn find(
        columns: Columns,
        head: Head<'a>,
        incident: &'a Incident,
        choices: &'a RosterChoices,
        findings: &'f mut Findings,
    ) -> (Columns, Vec<Shape>) {
        let shapes = (0..columns.width).map(|i| Shape::of(head.rows, i)).collect();
        let mut finder = Finder {
            taken: vec![false; columns.width],
            left_out: BTreeSet::new(),
            shapes,
            columns,
            head,
            incident,
            choices,
            findings,
        };
        finder.mapped();
        finder.recognised();
        finder.several_in_one();
        finder.guardians();
        finder.codes();
        finder.flags();
        finder.glued();
        finder.require();
        (finder.columns, finder.shapes)
    }
}

impl Finder<'_, '_> {
    pub(super) fn place(&self, cell: Option<usize>) -> Place {
        Place {
            line: Some(self.head.line),
            cell: cell.map(|i| self.columns.cell(i)),
            ..Place::file(self.head.file)
        }
    }

    pub(super) fn heading(&self, index: usize) -> &str {
        self.columns.headers.get(index).map_or("", String::as_str)
    }

    /// What `[roster]` says of the columns.
    fn mapped(&mut self) {
        for (name, headings) in &self.choices.columns {
            let pattern = COLUMN_PATTERNS.iter().copied().find(|pattern| pattern == name);
            let column = Column::named(name);
            if pattern.is_none() && column.is_none() {
                self.say_unknown(name);
                continue;
            }
            if headings.all().is_empty() {
                self.left_out.extend(column);
                continue;
            }
            let mut found = Vec::new();
            for heading in headings.all() {
                match self.named(heading, column) {
                    Some(index) => found.push(index as u16),
                    None if self.head.one_of_several => {}
                    None => self.say_missing(heading, name),
                }
            }
            let Some(first) = found.first().copied() else { continue };
            if let Some(pattern) = pattern {
                self.split(first, pattern);
            } else if let Some(column) = column {
                let index = match headings {
                    Headings::Joined(_) if found.len() > 1 => {
                        self.make(Made::Joined(found.clone()))
                    }
                    _ => first,
                };
                self.columns.of[column as usize] = Some(index);
            }
            for index in found {
                self.taken[usize::from(index)] = true;
            }
        }
        for heading in &self.choices.ignore {
            for index in 0..self.columns.width {
                if fold(&self.columns.headers[index]) == fold(heading) {
                    self.taken[index] = true;
                }
            }
        }
    }

    /// The column of this heading; of several the first that is not taken and whose values can be
    /// what is looked for.
    fn named(&self, heading: &str, column: Option<Column>) -> Option<usize> {
        let key = fold(heading);
        let exact = |i: &usize| self.columns.headers[*i] == heading;
        let same = |i: &usize| fold(&self.columns.headers[*i]) == key && !key.is_empty();
        let fits = |i: &usize| {
            let marks = column.is_some_and(Column::is_never_a_mark) && self.shapes[*i].is_marks();
            !self.taken[*i] && !marks
        };
        let all = 0..self.columns.width;
        all.clone()
            .find(|i| exact(i) && fits(i))
            .or_else(|| all.clone().find(|i| same(i) && fits(i)))
            .or_else(|| all.clone().find(exact))
            .or_else(|| all.clone().find(same))
    }

    fn make(&mut self, made: Made) -> u16 {
        let of: Vec<&str> = match &made {
            Made::Joined(of) | Made::Either(of) => {
                of.iter().map(|i| self.heading(usize::from(*i))).collect()
            }
            Made::Part { of, .. } | Made::Extended(of, _) => {
                vec![self.heading(usize::from(*of))]
            }
            Made::Given => Vec::new(),
        };
        let heading = of.join(" + ");
        self.columns.headers.push(heading);
        self.columns.made.push(made);
        (self.columns.headers.len() - 1) as u16
    }

    /// Takes a column apart; what another column says already stays.
    fn split(&mut self, of: u16, pattern: &'static str) {
        for part in made::parts(pattern) {
            let column = match part {
                Part::First => Column::FirstName,
                Part::Middle => Column::MiddleName,
                Part::Last => Column::LastName,
                Part::City => Column::City,
                Part::State => Column::State,
                Part::Zip => Column::Zip,
            };
            if self.columns.has(column) || self.left_out.contains(&column) {
                continue;
            }
            let index = self.make(Made::Part { of, pattern, part: *part });
            self.columns.of[column as usize] = Some(index);
        }
        self.taken[usize::from(of)] = true;
    }

    /// Headings that mean a column. Exact canonical names first, so that `name` beside
    /// `full_name` cannot win over it; what is only nearly a known heading last.
    fn recognised(&mut self) {
        for find in [Column::named as fn(&str) -> Option<Column>, listed, recognize] {
            for index in 0..self.columns.width {
                if self.taken[index] {
                    continue;
                }
                let heading = self.heading(index).to_owned();
                let Some(column) = find(&heading) else { continue };
                let Some(column) = self.judged(index, &heading, column) else { continue };
                if self.left_out.contains(&column) {
                    self.taken[index] = element_named(self.incident, &heading).is_none();
                    continue;
                }
                match self.columns.of[column as usize] {
                    Some(first) => self.again(column, first, index),
                    None => {
                        self.columns.of[column as usize] = Some(index as u16);
                        self.taken[index] = true;
                    }
                }
            }
        }
    }

    /// Another heading for a column that has one already.
    fn again(&mut self, column: Column, first: u16, index: usize) {
        let mapped = self.choices.columns.contains_key(column.name());
        match column {
            // What the incident maps is settled; the other one may still be marks.
            _ if mapped => {}
            // A mark and a day of death: either tells it.
            Column::Deceased => {
                let mut of = match usize::from(first).checked_sub(self.columns.width) {
                    Some(made) => match &self.columns.made[made] {
                        Made::Either(of) => of.clone(),
                        _ => vec![first],
                    },
                    None => vec![first],
                };
                of.push(index as u16);
                self.columns.of[column as usize] = Some(self.make(Made::Either(of)));
                self.taken[index] = true;
            }
            // Exports number people in several ways: the one that tells them apart counts.
            Column::RecordId => {
                if !self.shapes[usize::from(first)].is_unique() && self.shapes[index].is_unique() {
                    self.columns.of[column as usize] = Some(index as u16);
                    self.taken[usize::from(first)] = false;
                    self.taken[index] = true;
                }
            }
            // The four digits that follow, in a column of their own.
            Column::Zip
                if usize::from(first) < self.columns.width
                    && self.shapes[index].is_four_digits()
                    && !self.shapes[usize::from(first)].is_four_digits() =>
            {
                let whole = self.make(Made::Extended(first, index as u16));
                self.columns.of[column as usize] = Some(whole);
                self.taken[index] = true;
            }
            _ if listed(self.heading(index)).is_none() => {}
            _ => {
                self.say_twice(column, first.into(), index);
                self.taken[index] = true;
            }
        }
    }

    /// What a heading means once its values were looked at; none if it is no such column.
    fn judged(&self, index: usize, heading: &str, column: Column) -> Option<Column> {
        let shape = &self.shapes[index];
        let element = element_named(self.incident, heading).is_some();
        // A name such as `Si` is no mark; three of them are.
        let enough = shape.filled >= 3 || column == Column::Email;
        if column.is_never_a_mark()
            && (shape.is_marks() && enough || shape.may_be_marks() && element)
        {
            return None;
        }
        if element && shape.filled == 0 && column.is_never_a_mark() && self.twice(column, index) {
            return None;
        }
        if column == Column::Entity && fold(heading).ends_with("id") {
            let known = |value: &str| {
                let value = fold(value);
                self.incident
                    .entities
                    .iter()
                    .any(|e| fold(&e.id) == value || fold(&e.name) == value)
            };
            if shape.filled > 0 && shape.is_unique() && !shape.values().any(known) {
                let free =
                    !self.columns.has(Column::RecordId) && !self.twice(Column::RecordId, index);
                return free.then_some(Column::RecordId);
            }
        }
        Some(column)
    }

    /// Whether another heading means this column too.
    fn twice(&self, column: Column, index: usize) -> bool {
        (0..self.columns.width)
            .any(|other| other != index && recognize(self.heading(other)) == Some(column))
    }

    /// `City, State ZIP` in one column, where its parts have none of their own.
    fn several_in_one(&mut self) {
        for index in 0..self.columns.width {
            if self.taken[index] {
                continue;
            }
            if let Some(pattern) = several(self.heading(index)) {
                self.split(index as u16, pattern);
            }
        }
    }

    /// A guardian whose first and last name stand in columns of their own.
    fn guardians(&mut self) {
        let column = Column::GuardianName;
        if self.columns.has(column) || self.left_out.contains(&column) {
            return;
        }
        let named = |index: &usize, part: &str| {
            let key = fold(self.heading(*index));
            let who = ["guardian", "parent", "parentguardian", "parentorguardian", "legalguardian"];
            let is = |who: &&str| {
                key.strip_prefix(*who)
                    .is_some_and(|rest| rest.strip_suffix("name").unwrap_or(rest) == part)
            };
            !self.taken[*index] && who.iter().any(is)
        };
        let columns = 0..self.columns.width;
        let first = columns.clone().find(|index| named(index, "first"));
        let last = columns.clone().find(|index| named(index, "last"));
        if let (Some(first), Some(last)) = (first, last) {
            let whole = self.make(Made::Joined(vec![first as u16, last as u16]));
            self.columns.of[column as usize] = Some(whole);
            (self.taken[first], self.taken[last]) = (true, true);
        }
    }

    /// The columns that `[[protection]] code_column` names.
    fn codes(&mut self) {
        for (number, protection) in self.incident.protections.iter().enumerate() {
            let Some(name) = &protection.code_column else { continue };
            let found = match self.named(name, None) {
                Some(index) => Some(index),
                None => Column::named(name).and_then(|column| self.columns.index(column)),
            };
            match found {
                Some(index) => {
                    if let Some(taken) = self.taken.get_mut(index) {
                        *taken = true;
                    }
                    self.columns.codes[number] = Some(index as u16);
                }
                None => self.say_no_codes(name),
            }
        }
    }

    /// Yes/no columns of the incident's kinds of information; what is left is told.
    fn flags(&mut self) {
        for index in 0..self.columns.width {
            let heading = self.heading(index).to_owned();
            if self.taken[index] || heading.is_empty() {
                continue;
            }
            let shape = &self.shapes[index];
            // A second address is an address, also where addresses are a kind of information.
            let data = recognize(&heading).is_some_and(Column::is_never_a_mark)
                && shape.filled > 0
                && !shape.may_be_marks();
            match element_named(self.incident, &heading).filter(|_| !data) {
                Some(element) => self.columns.flags.push((index as u16, element)),
                None => self.say_unused(index),
            }
        }
    }
}

//! What is told about a header.

use super::finder::Finder;
use crate::finding::{Finding, Severity};
use crate::roster::column::{Column, letter};

impl Finder<'_, '_> {
    pub(super) fn say_unknown(&mut self, name: &str) {
        let message = format!("`[roster.columns]` names `{name}`, which is no column of a roster");
        self.findings.push(
            Finding::new(code!("columns.override_unknown"), Severity::Error, message)
                .at(crate::finding::Place::file("incident.toml"))
                .remedy("write a canonical column on the left, such as `last_name`"),
        );
    }

    pub(super) fn say_missing(&mut self, heading: &str, name: &str) {
        let message = format!("the roster has no column `{heading}` for `{name}`");
        self.findings.push(
            Finding::new(code!("columns.override_missing"), Severity::Error, message)
                .at(self.place(None))
                .remedy("correct `[roster.columns]` in incident.toml, or the roster's header"),
        );
    }

    /// Says something of a column; its heading is a personal value where only its shape is shown.
    fn say_of(&mut self, index: usize, mut finding: Finding) {
        let heading = self.heading(index);
        finding.value = (heading != self.columns.shown(index)).then(|| heading.to_owned());
        let place = self.place(Some(index));
        self.findings.push(finding.at(place));
    }

    pub(super) fn say_twice(&mut self, column: Column, first: usize, second: usize) {
        let message = format!(
            "two columns mean `{}`: {} and {}",
            column.name(),
            letter(self.columns.source(first)),
            letter(second)
        );
        let remedy = format!(
            "say under `[roster.columns]` which one is `{}`, or join them: `{0} = [\"...\", \"...\"]`",
            column.name()
        );
        let finding = Finding::new(code!("columns.twice"), Severity::Error, message);
        self.say_of(second, finding.remedy(remedy));
    }

    pub(super) fn say_no_codes(&mut self, name: &str) {
        let message =
            format!("the roster has no column `{name}`, which `code_column` of a protection names");
        self.findings.push(
            Finding::new(code!("columns.no_codes"), Severity::Warning, message)
                .at(self.place(None))
                .remedy("write the heading of the column with this protection's codes; until then letters that need one are held"),
        );
    }

    pub(super) fn say_unused(&mut self, index: usize) {
        let shape = &self.shapes[index];
        let column = letter(index);
        // A kind of information that nobody's letter would name.
        if shape.is_marks() && shape.values().any(is_plain_mark) {
            let message =
                format!("column {column} holds marks such as yes and no, and is not used");
            let finding = Finding::new(code!("columns.unused_marks"), Severity::Warning, message)
                .remedy("add its heading to `roster` of the `[[data_element]]` that it marks, or to `ignore` of `[roster]`");
            self.say_of(index, finding);
            return;
        }
        let message = format!("column {column} is not used");
        let finding = Finding::new(code!("columns.unused"), Severity::Note, message)
            .remedy("nothing; take it out of the roster if it holds personal data");
        self.say_of(index, finding);
    }

    /// Refuses a header that has the first row in it: where a line end was lost, that person would be
    /// passed over in silence.
    pub(super) fn glued(&mut self) {
        let odd: Vec<usize> = (0..self.columns.width)
            .filter(|i| !self.taken[*i] && self.shapes[*i].filled == 0)
            .filter(|i| self.heading(*i) != self.columns.shown(*i))
            .collect();
        let numbers = odd.iter().any(|i| self.heading(*i).chars().any(|c| c.is_ascii_digit()));
        let Some(first) = odd.first().filter(|_| odd.len() >= GLUED && numbers) else { return };
        let message = format!(
            "{} columns have no values, and headings that may be somebody's data",
            odd.len()
        );
        let finding = Finding::new(code!("columns.glued"), Severity::Error, message).remedy(
            "see whether the end of the header's line is missing; if these are headings, name them under `ignore` of `[roster]`",
        );
        self.say_of(*first, finding);
    }

    /// Says which columns a letter cannot do without and this roster lacks.
    pub(super) fn require(&mut self) {
        use Column::*;
        let columns = &self.columns;
        let mut missing = Vec::new();
        if columns.index(LastName).is_none() && columns.index(FullName).is_none() {
            missing.push(LastName);
        }
        missing.extend([Address1, City, State, Zip].into_iter().filter(|c| !columns.has(*c)));
        if self.incident.entities.len() > 1 && !columns.has(Entity) {
            missing.push(Entity);
        }
        if self.incident.strands.len() > 1 && !columns.has(Cohort) {
            missing.push(Cohort);
        }
        let strands_say = self.incident.strands.iter().all(|s| !s.elements.is_empty());
        if !columns.has(DataElements) && columns.flags.is_empty() && !strands_say {
            missing.push(DataElements);
        }
        for column in missing {
            let name = column.name();
            let or = match column {
                LastName => ", or `full_name = \"...\"` where one column holds the whole name",
                City | State | Zip => {
                    ", or `\"City, ST ZIP\" = \"...\"` where one column holds all three"
                }
                _ => "",
            };
            self.findings.push(
                Finding::new(
                    code!("columns.missing"),
                    Severity::Error,
                    format!("the roster has no column `{name}`"),
                )
                .at(self.place(None))
                .remedy(format!(
                    "add the column, or name the one that holds it under `[roster.columns]`: `{name} = \"...\"`{or}"
                )),
            );
        }
        self.untold();
    }

    /// Asks once where nothing tells children from adults, or the dead from the living.
    fn untold(&mut self) {
        let told = |columns: &[Column]| {
            columns.iter().any(|c| self.columns.has(*c) || self.left_out.contains(c))
        };
        let birth = told(&[Column::DateOfBirth, Column::Age]);
        let death = told(&[Column::Deceased]);
        let (what, map) = match (birth, death) {
            (true, true) => return,
            (false, true) => ("who is a minor", "`date_of_birth`"),
            (true, false) => ("who has died", "`deceased`"),
            (false, false) => ("who is a minor or who has died", "`date_of_birth` and `deceased`"),
        };
        let message = format!("no column tells {what}, so every letter goes to the person named");
        self.findings.push(
            Finding::new(code!("columns.untold"), Severity::Warning, message)
                .at(self.place(None))
                .remedy(format!(
                    "name the column under `[roster.columns]`; if there is none, say so there with an empty value for {map}"
                )),
        );
    }
}

/// Columns without values that are more than a few forgotten ones.
const GLUED: usize = 3;

/// A mark that is hardly a number or a code.
fn is_plain_mark(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    !value.chars().any(|c| c.is_ascii_digit()) && !matches!(value.as_str(), "f" | "n" | "t")
}

//! What must hold of a form file before anything is filled from it.

use super::form::{Field, FieldKind, Form};
use super::forms::{Forms, whole};
use super::keys::rows;
use super::slot::SlotKind;
use super::slots::Slot;
use crate::finding::{Code, Finding, Findings, Severity};
use crate::written::TextFile;
use std::collections::BTreeMap;
use toml::de::DeTable;

/// Checks that need the whole set: slots, options, dependencies, duties.
pub(super) fn check_forms(
    forms: &Forms,
    sources: &BTreeMap<String, &str>,
    findings: &mut Findings,
) {
    for slot in forms.words.slot.keys().filter(|slot| Slot::named(slot).is_none()) {
        findings.push(
            Finding::new(
                code!("form.unknown_slot"),
                Severity::Error,
                format!("`{slot}` is no slot of the record"),
            )
            .at(whole("words"))
            .remedy(slot_remedy(slot)),
        );
    }
    let mut served: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, form) in &forms.forms {
        let text = sources.get(id).copied().unwrap_or_default();
        let mut check = Check { forms, form, text, lines: field_lines(text), findings };
        if form.serves.is_empty() && !form.voluntary {
            check.whole(code!("form.serves_nothing"), "the form serves no duty", "add `serves`");
        }
        if form.sources.is_empty() {
            check.whole(code!("form.no_source"), "the form names no source", "add `sources`");
        }
        for rule in &form.serves {
            if let Some(other) = served.insert(rule, id) {
                check.whole(
                    code!("form.duty_twice"),
                    &format!("duty `{rule}` is served by `{other}` too"),
                    "leave the duty with one of the two forms",
                );
            }
        }
        let mut seen: Vec<&Field> = Vec::new();
        for (number, field) in form.rows().iter().enumerate() {
            check.field(number, field, &seen);
            seen.push(field);
        }
    }
}

struct Check<'a> {
    forms: &'a Forms,
    form: &'a Form,
    text: &'a str,
    /// Byte offset of each field's `id` key.
    lines: Vec<usize>,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn whole(&mut self, code: Code, message: &str, remedy: &str) {
        let finding = Finding::new(code, Severity::Error, message);
        self.findings.push(finding.at(whole(&self.form.id)).remedy(remedy));
    }

    /// A problem of one field, placed on the first of its lines that holds `mark`.
    fn at(&mut self, number: usize, mark: &str, code: Code, message: String, remedy: &str) {
        let start = self.lines.get(number).copied().unwrap_or(0);
        let end = self.lines.get(number + 1).copied().unwrap_or(self.text.len());
        let quoted = format!("\"{mark}\"");
        let within = self.text.get(start..end).unwrap_or_default();
        let offset = start + within.find(&quoted).unwrap_or(0);
        let file = file_of(&format!("{}.toml", self.form.id), self.text);
        let at = offset..offset;
        self.findings.push(file.finding(code, Severity::Error, &at, message, remedy));
    }

    fn field(&mut self, number: usize, field: &Field, seen: &[&Field]) {
        if seen.iter().any(|f| f.id == field.id) {
            let message = format!("two fields have the id `{}`", field.id);
            self.at(
                number,
                &field.id,
                code!("form.field_twice"),
                message,
                "give each field its own id",
            );
        }
        for slot in &field.maps_to {
            if let Slot::DataTypesOf(word) = slot {
                self.element(number, word, &slot.name());
            }
        }
        let sections = &self.form.screens;
        if !sections.is_empty() && !sections.iter().any(|s| s.id == field.section) {
            let message = format!("field `{}` is on no screen of the form", field.id);
            self.at(
                number,
                &field.section,
                code!("form.unknown_screen"),
                message,
                "name a `[[screen]]` id",
            );
        }
        if let Some(block) = &field.block
            && !self.form.blocks.iter().any(|b| b.id == *block)
        {
            let message = format!("there is no block `{block}`");
            self.at(number, block, code!("form.unknown_block"), message, "name a `[[block]]` id");
        }
        if let Some(depends) = &field.depends_on {
            match seen.iter().find(|f| f.id == depends.field) {
                None => {
                    let message = format!("no earlier field has the id `{}`", depends.field);
                    self.at(
                        number,
                        &depends.field,
                        code!("form.unknown_field"),
                        message,
                        "name an earlier field",
                    );
                }
                Some(parent) => {
                    for id in depends.is.iter().filter(|id| !has_option(parent, id)) {
                        let message = format!("`{id}` is no option of `{}`", parent.id);
                        self.at(
                            number,
                            id,
                            code!("form.unknown_option"),
                            message,
                            "name one of its options",
                        );
                    }
                }
            }
        }
        if let Some(parent) = &field.rest_of
            && !seen.iter().any(|f| f.id == *parent && f.options.iter().any(|o| o.rest))
        {
            let message = format!("no earlier field `{parent}` has a `rest` option");
            self.at(
                number,
                parent,
                code!("form.unknown_field"),
                message,
                "name a field with a rest option",
            );
        }
        self.options(number, field);
    }

    fn options(&mut self, number: usize, field: &Field) {
        if !field.options.is_empty() && !field.kind.chooses() && field.kind != FieldKind::Confirm {
            let message = format!("field `{}` has options but is no list", field.id);
            self.at(
                number,
                &field.id,
                code!("form.options"),
                message,
                "make it a choice or a checkbox",
            );
        }
        if let Some(default) = &field.default
            && !has_option(field, default)
        {
            let message = format!("default `{default}` is no option of `{}`", field.id);
            self.at(
                number,
                default,
                code!("form.unknown_option"),
                message,
                "name one of its options",
            );
        }
        let kinds: Vec<SlotKind> = field.maps_to.iter().map(Slot::kind).collect();
        for (i, option) in field.options.iter().enumerate() {
            if field.options[..i].iter().any(|o| o.id == option.id) {
                let message = format!("two options have the id `{}`", option.id);
                self.at(
                    number,
                    &option.id,
                    code!("form.option_twice"),
                    message,
                    "give each its own id",
                );
            }
            for value in &option.when {
                if field.maps_to.contains(&Slot::DataTypes) {
                    self.element(number, value, value);
                } else if !kinds.is_empty() && !kinds.iter().any(|kind| allows(*kind, value)) {
                    let message = {
                        let names: Vec<_> = field.maps_to.iter().map(Slot::name).collect();
                        format!("`{value}` is no value of {}", names.join(", "))
                    };
                    self.at(
                        number,
                        value,
                        code!("form.unknown_value"),
                        message,
                        "use a value of the slot",
                    );
                }
            }
        }
    }

    /// An element or group that no table knows would never be found in any incident.
    fn element(&mut self, number: usize, word: &str, mark: &str) {
        let groups = &self.forms.groups.group;
        if !groups.contains_key(word) && !groups.values().any(|list| list.iter().any(|e| e == word))
        {
            let message = format!("`{word}` is no kind of information");
            self.at(
                number,
                mark,
                code!("form.unknown_element"),
                message,
                "add it to `forms/elements.toml`",
            );
        }
    }
}

pub(super) fn slot_remedy(slot: &str) -> String {
    match Slot::nearest(slot) {
        Some(near) => format!("did you mean `{near}`? `docs/REFERENCE.md` lists all slots"),
        None => "use a slot that `docs/REFERENCE.md` lists".to_owned(),
    }
}

fn has_option(field: &Field, id: &str) -> bool {
    field.options.iter().any(|option| option.id == id)
}

fn allows(kind: SlotKind, value: &str) -> bool {
    match kind {
        SlotKind::Ids(list) => list.contains(&value),
        SlotKind::Flag => matches!(value, "yes" | "no"),
        SlotKind::OpenIds => true,
        SlotKind::Text | SlotKind::Days | SlotKind::Number | SlotKind::File => false,
    }
}

/// Byte offsets at which the rows of a form start.
fn field_lines(text: &str) -> Vec<usize> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let key = if rows(table.get_ref(), "field").is_empty() { "content" } else { "field" };
    rows(table.get_ref(), key)
        .into_iter()
        .map(|row| row.keys().map(|key| key.span().start).min().unwrap_or(0))
        .collect()
}

/// A form's file by its name.
pub(super) fn file_of(name: &str, text: &str) -> TextFile {
    TextFile::new(&format!("forms/{name}"), text)
}

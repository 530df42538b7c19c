//! Compares a parsed file with its schema and gathers every difference.

mod texts;

use super::schema::{COLUMN_PATTERNS, as_spelled, choices_text};
use super::shape::{Ids, Key, Shape, Table};
use super::text;
use crate::finding::{Code, Findings, Severity};
use crate::written::TextFile;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Span = Range<usize>;

/// One pass over a file: findings so far, ids given, ids referred to.
pub(super) struct Shapes<'a> {
    source: &'a TextFile,
    findings: &'a mut Findings,
    /// Lines with syntax errors. If there are any, what seems to be missing may only be
    /// unreadable.
    broken: &'a [u64],
    given: BTreeMap<Ids, Vec<String>>,
    referred: Vec<(Ids, String, Span)>,
}

/// Checks a whole file.
pub(super) fn compare(
    source: &TextFile,
    root: &Spanned<DeTable<'_>>,
    schema: &'static Table,
    broken: &[u64],
    findings: &mut Findings,
) {
    let mut shapes =
        Shapes { source, findings, broken, given: BTreeMap::new(), referred: Vec::new() };
    shapes.table(root.get_ref(), &root.span(), schema);
    shapes.references();
}

impl Shapes<'_> {
    fn table(&mut self, table: &DeTable<'_>, span: &Span, schema: &'static Table) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (name, value) in entries {
            match schema.keys.iter().find(|key| key.name == as_spelled(name.get_ref())) {
                Some(key) => self.value(value, key.name, &key.shape, key.required, Some(key)),
                None => self.unknown_key(name.get_ref(), &name.span(), schema),
            }
        }
        for key in schema.keys.iter().filter(|key| key.required) {
            if !table.contains_key(key.name) && self.broken.is_empty() {
                self.missing(key, span, schema);
            }
        }
    }

    fn unknown_key(&mut self, name: &str, span: &Span, schema: &Table) {
        let known: Vec<&str> = schema.keys.iter().map(|key| key.name).collect();
        let remedy = match text::nearest(name, &known).as_slice() {
            [] => format!("remove it, or write one of {}", text::list(&known, "or")),
            near => format!("write {}", text::list(near, "or")),
        };
        let message = match schema.name {
            "" => format!("unknown key `{name}`"),
            table => format!("unknown key `{name}` in `{table}`"),
        };
        self.find(code!("incident.unknown_key"), span, message, remedy);
    }

    fn missing(&mut self, key: &Key, span: &Span, schema: &Table) {
        let what = match (&key.shape, schema.name) {
            (Shape::Table(_), "") => format!("`[{}]` is missing", key.name),
            (Shape::Tables(_), "") => format!("`[[{}]]` is missing", key.name),
            (_, "") => format!("`{}` is missing", key.name),
            (_, table) => format!("`{}` is missing in `{table}`", key.name),
        };
        let says = if key.says.is_empty() { String::new() } else { format!(" ({})", key.says) };
        let remedy = match &key.shape {
            Shape::Table(table) if key.example.is_empty() => {
                format!("add a table `[{}]` with {}{says}", key.name, required_keys(table))
            }
            Shape::Tables(table) => {
                format!("add a table `[[{}]]` with {}{says}", key.name, required_keys(table))
            }
            _ => format!("add `{} = {}`{says}", key.name, text::example(key.example)),
        };
        // The root's span is the whole file; its first line says nothing about what is missing.
        let mut finding =
            self.source.finding(code!("incident.missing"), Severity::Error, span, what, remedy);
        if schema.name.is_empty() {
            finding.place = Some(crate::finding::Place::file(&*self.source.file));
            finding.source_line = None;
        }
        self.findings.push(finding);
    }

    fn value(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        name: &str,
        shape: &'static Shape,
        required: bool,
        key: Option<&Key>,
    ) {
        let span = value.span();
        match (shape, value.get_ref()) {
            (Shape::Table(schema), DeValue::Table(table)) => self.table(table, &span, schema),
            (Shape::Tables(schema), DeValue::Array(items)) => {
                if items.is_empty() && required {
                    self.empty(name, &span, key);
                }
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::Table(table) => self.table(table, &item.span(), schema),
                        other => self.wrong_type(name, &item.span(), other, "a table", None),
                    }
                }
            }
            (Shape::List(inner), DeValue::Array(items)) => {
                if items.is_empty() && required {
                    self.empty(name, &span, key);
                }
                for item in items.iter() {
                    self.value(item, name, inner, true, None);
                }
            }
            (Shape::Map(keys), DeValue::Table(table)) => self.map(table, name, keys),
            (Shape::Files, DeValue::Array(items)) => {
                if items.is_empty() {
                    self.empty(name, &span, key);
                }
                for item in items.iter() {
                    self.value(item, name, &Shape::Words, true, None);
                }
            }
            (Shape::Flag, DeValue::Boolean(_)) => {}
            (Shape::Date, DeValue::Datetime(date)) => {
                if date.time.is_some() || date.date.is_none() {
                    self.not_a_day(name, &span);
                }
            }
            // Quoted dates are read too, as in rosters.
            (Shape::Date, DeValue::String(text)) => {
                if text.trim().is_empty() {
                    self.empty(name, &span, key);
                } else if text.parse::<jiff::civil::Date>().is_err() || text.len() != 10 {
                    self.not_a_day(name, &span);
                }
            }
            (Shape::Number { least, most }, DeValue::Integer(number)) => {
                let digits = number.as_str().replace('_', "");
                let read = i64::from_str_radix(&digits, number.radix()).ok();
                let range = i64::from(*least)..=i64::from(*most);
                if !read.is_some_and(|n| range.contains(&n)) {
                    self.find(
                        code!("incident.number"),
                        &span,
                        format!("`{name}` is out of range"),
                        format!("write a number from {least} to {most}"),
                    );
                }
            }
            (shape, DeValue::String(string)) if shape.is_text() => {
                self.text(string, name, shape, required, &span, key);
            }
            (shape, other) => self.wrong_type(name, &span, other, &shape.noun(), key),
        }
    }

    fn map(&mut self, table: &DeTable<'_>, name: &str, keys: &'static [&'static str]) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let known = key.get_ref().as_ref();
            if !keys.contains(&known) && !COLUMN_PATTERNS.contains(&known) {
                self.find(
                    code!("incident.unknown_column"),
                    &key.span(),
                    format!("`{}` is not a roster column", key.get_ref()),
                    choices_text(key.get_ref(), keys),
                );
            }
            let path = format!("{name}.{}", text::one_line(key.get_ref()));
            // Nothing leaves the column out, a list joins its columns.
            match value.get_ref() {
                DeValue::Array(_) => {
                    self.value(value, &path, &Shape::List(&Shape::Words), true, None);
                }
                _ => self.value(value, &path, &Shape::Text, false, None),
            }
        }
    }

    fn references(&mut self) {
        if !self.broken.is_empty() {
            return;
        }
        for (ids, id, span) in std::mem::take(&mut self.referred) {
            let given = self.given.get(&ids).cloned().unwrap_or_default();
            if given.contains(&id) {
                continue;
            }
            let given: Vec<&str> = given.iter().map(String::as_str).collect();
            let remedy = match (given.as_slice(), text::nearest(&id, &given).as_slice()) {
                ([], _) => format!("give one its id with `{}`", ids.home()),
                (_, []) => format!("write {}", text::list(&given, "or")),
                (_, near) => format!("write {}", text::list(near, "or")),
            };
            self.find(
                code!("incident.unknown_reference"),
                &span,
                format!("there is no {} `{}`", ids.noun(), text::one_line(&id)),
                remedy,
            );
        }
    }

    fn empty(&mut self, name: &str, span: &Span, key: Option<&Key>) {
        let remedy = match key {
            Some(Key { shape: Shape::Choice(choices), .. }) => choices_text("", choices),
            Some(key) if !key.example.is_empty() && !text::example(key.example).contains("...") => {
                format!("write something such as `{}`", text::example(key.example))
            }
            Some(key) if key.required => "write it".to_owned(),
            _ => "write it, or remove the empty one".to_owned(),
        };
        self.find(code!("incident.empty"), span, format!("`{name}` is empty"), remedy);
    }

    fn not_a_day(&mut self, name: &str, span: &Span) {
        self.find(
            code!("incident.date"),
            span,
            format!("`{name}` is not a day of the calendar"),
            "write year, month and day, such as `2026-09-18`",
        );
    }

    fn wrong_type(
        &mut self,
        name: &str,
        span: &Span,
        value: &DeValue<'_>,
        expected: &str,
        key: Option<&Key>,
    ) {
        let found = match value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let remedy = match key {
            Some(key) if !key.example.is_empty() => {
                format!("write it as in `{} = {}`", key.name, text::example(key.example))
            }
            Some(Key { shape: Shape::Tables(_), name, .. }) => {
                format!("write it as `[[{name}]]` with its keys below")
            }
            Some(Key { shape: Shape::Table(_), name, .. }) => {
                format!("write it as `[{name}]` with its keys below")
            }
            _ => format!("write {expected}"),
        };
        self.find(
            code!("incident.wrong_type"),
            span,
            format!("`{name}` is {found}, not {expected}"),
            remedy,
        );
    }

    fn find(
        &mut self,
        code: Code,
        span: &Span,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let finding = self.source.finding(code, Severity::Error, span, message, remedy);
        let line = finding.place.as_ref().and_then(|place| place.line);
        if !line.is_some_and(|line| self.broken.contains(&line)) {
            self.findings.push(finding);
        }
    }
}

fn required_keys(table: &Table) -> String {
    let names: Vec<&str> = table.keys.iter().filter(|k| k.required).map(|k| k.name).collect();
    text::list(&names, "and")
}

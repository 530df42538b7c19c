//! Keys and slots that a form file may have.

use super::schema::{file_of, slot_remedy};
use super::slots::Slot;
use crate::finding::{Findings, Severity};
use toml::de::{DeTable, DeValue};

const FORM_KEYS: &[&str] = &[
    "regulator",
    "serves",
    "voluntary",
    "url",
    "method",
    "date_format",
    "confidence",
    "checked",
    "sources",
    "notes",
    "unknown",
    "amendment",
    "copied",
    "samples",
    "screen",
    "block",
    "field",
    "content",
];
const FIELD_KEYS: &[&str] = &[
    "id",
    "label",
    "kind",
    "section",
    "block",
    "options",
    "required",
    "maps_to",
    "depends_on",
    "rest_of",
    "default",
    "placeholders",
    "repeatable",
    "limit",
    "confidence",
    "note",
];
const OPTION_KEYS: &[&str] =
    &["id", "label", "when", "rest", "at_least", "at_most", "by_hand", "goes_with"];
const SCREEN_KEYS: &[&str] = &["id", "title"];
const BLOCK_KEYS: &[&str] = &["id", "label", "repeat", "depends_on"];
const AMENDMENT_KEYS: &[&str] = &["id", "label"];
const DEPENDS_KEYS: &[&str] = &["field", "is"];
const CONTENTS_KEYS: &[&str] = &["minimum", "content"];

/// Keys and slots that no form has: a slip of the pen would otherwise be lost in silence.
pub(super) fn check_form(name: &str, text: &str, findings: &mut Findings) {
    check_keys(name, text, FORM_KEYS, findings);
}

/// The same for `contents.toml`.
pub(super) fn check_contents(name: &str, text: &str, findings: &mut Findings) {
    check_keys(name, text, CONTENTS_KEYS, findings);
}

fn check_keys(name: &str, text: &str, allowed: &[&str], findings: &mut Findings) {
    // A file that is not TOML is reported where it is read.
    let Ok(table) = DeTable::parse(text) else { return };
    let mut check = Keys { name, text, findings };
    check.table(table.get_ref(), allowed);
    if let Some(amendment) = table.get_ref().get("amendment").and_then(|v| v.get_ref().as_table()) {
        check.table(amendment, AMENDMENT_KEYS);
    }
    for (key, keys) in [
        ("screen", SCREEN_KEYS),
        ("block", BLOCK_KEYS),
        ("field", FIELD_KEYS),
        ("content", FIELD_KEYS),
    ] {
        for row in rows(table.get_ref(), key) {
            check.table(row, keys);
            check.slots(row);
            if let Some(depends) = row.get("depends_on").and_then(|v| v.get_ref().as_table()) {
                check.table(depends, DEPENDS_KEYS);
            }
            for option in rows(row, "options") {
                check.table(option, OPTION_KEYS);
                check.slots(option);
            }
        }
    }
}

pub(super) fn rows<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Vec<&'a DeTable<'i>> {
    match table.get(key).map(|value| value.get_ref()) {
        Some(DeValue::Array(list)) => {
            list.iter().filter_map(|row| row.get_ref().as_table()).collect()
        }
        _ => Vec::new(),
    }
}

struct Keys<'a> {
    name: &'a str,
    text: &'a str,
    findings: &'a mut Findings,
}

impl Keys<'_> {
    /// Names in `maps_to` and `goes_with` that are no slot, each with the one that was meant.
    fn slots(&mut self, row: &DeTable) {
        let listed = match row.get("maps_to").map(|value| value.get_ref()) {
            Some(DeValue::Array(names)) => names.iter().collect(),
            _ => Vec::new(),
        };
        for name in listed.into_iter().chain(row.get("goes_with")) {
            let Some(slot) = name.get_ref().as_str().filter(|slot| Slot::named(slot).is_none())
            else {
                continue;
            };
            let at = name.span().start;
            self.findings.push(file_of(self.name, self.text).finding(
                code!("form.unknown_slot"),
                Severity::Error,
                &(at..at),
                format!("`{slot}` is no slot of the record"),
                slot_remedy(slot),
            ));
        }
    }

    fn table(&mut self, table: &DeTable, allowed: &[&str]) {
        for key in table.keys() {
            if !allowed.contains(&key.get_ref().as_ref()) {
                let at = key.span().start;
                self.findings.push(file_of(self.name, self.text).finding(
                    code!("form.unknown_key"),
                    Severity::Error,
                    &(at..at),
                    format!("unknown key `{}`", key.get_ref()),
                    format!("use one of {}", allowed.join(", ")),
                ));
            }
        }
    }
}

//! What the law itself says a filing must contain, where no known field asks for it.

use super::form::{DateFormat, Field, FieldKind, Form, Samples};
use super::forms::Forms;
use super::slots::Slot;
use crate::finding::{Finding, Findings, Severity};
use crate::incident::Day;
use crate::plan::Duty;
use jiff::civil::Date;

/// Stands in for a form where none is known.
pub(super) fn form_for(duty: &Duty) -> Form {
    Form {
        id: String::new(),
        regulator: duty.recipient.clone(),
        serves: vec![duty.rule.clone()],
        voluntary: false,
        url: duty.url.clone(),
        method: duty.method.clone(),
        date_format: DateFormat::Us,
        confidence: duty.confidence,
        checked: Day(Date::ZERO),
        sources: vec![duty.source.clone()],
        notes: Vec::new(),
        unknown: Vec::new(),
        amendment: None,
        copied: true,
        samples: Samples::default(),
        screens: Vec::new(),
        blocks: Vec::new(),
        fields: Vec::new(),
        contents: Vec::new(),
    }
}

/// The duty's required contents that the form does not ask for, as rows; the least any
/// regulator needs where neither law nor form lists anything.
pub(super) fn contents(
    forms: &Forms,
    duty: &Duty,
    form: &Form,
    findings: &mut Findings,
) -> Vec<Field> {
    let nothing = duty.required_content.is_empty() && form.rows().is_empty();
    let ids = if nothing { &forms.minimum } else { &duty.required_content };
    let mut rows = Vec::new();
    for id in ids {
        match forms.content(id) {
            Some(field) if asked(form, field) => {}
            Some(field) => rows.push(field.clone()),
            None => {
                findings.push(
                    Finding::new(
                        code!("filing.unknown_content"),
                        Severity::Warning,
                        format!("required content `{id}` of `{}` has no answer", duty.rule),
                    )
                    .remedy("add a `[[content]]` of this id to `forms/contents.toml`"),
                );
                rows.push(Field {
                    id: id.clone(),
                    label: id.clone(),
                    kind: FieldKind::Text,
                    required: true,
                    ..Field::default()
                });
            }
        }
    }
    rows
}

/// Whether any row of the form asks for what a content is about.
fn asked(form: &Form, content: &Field) -> bool {
    // A copy of the report to HHS says everything.
    if form.rows().iter().any(|row| row.maps_to.contains(&Slot::AttachmentHhsReport)) {
        return true;
    }
    let about: Vec<String> = content.maps_to.iter().map(subject).collect();
    form.rows().iter().flat_map(|row| &row.maps_to).any(|slot| about.contains(&subject(slot)))
}

/// Slots that answer the same question of a statute.
fn subject(slot: &Slot) -> String {
    let slot = slot.name();
    for (start, subject) in [
        ("contact.", "contact"),
        ("data_types", "data_types"),
        ("entity.address", "entity"),
        ("entity.name", "entity"),
        ("entity.wisp", "wisp"),
        ("incident.breach_end", "breach_dates"),
        ("incident.breach_start", "breach_dates"),
        ("incident.discovered", "discovered"),
        ("law_enforcement.", "law_enforcement"),
        ("notice.end", "notice_dates"),
        ("notice.mailed_on", "notice_dates"),
        ("notice.start", "notice_dates"),
        ("protection.", "protection"),
    ] {
        if slot.starts_with(start) {
            return subject.to_owned();
        }
    }
    slot.into_owned()
}

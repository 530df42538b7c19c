//! Every name in a template is one that the program knows.
//!
//! A name that is printed and missing fails by itself; one that is only asked for
//! (`{% if entity.parent_compny %}`) would silently leave a paragraph out.

use super::context::{INCIDENT_FIELDS, PERSON_FIELDS, contacts};
use super::language::OWN;
use super::version::Facets;
use super::writer::Writer;
use crate::document::{names_in, nearest_names};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{EntityIx, StrandIx};
use crate::roster::Recipient;
use serde_json::{Map, Value as Json};

/// Reports every dotted name of every template whose field the program does not know.
pub(super) fn check(writer: &Writer, findings: &mut Findings) {
    let shape = shape(writer);
    for template in writer.set.names() {
        let Some((label, text)) = writer.set.source(template) else { continue };
        for name in names_in(text) {
            let Some(known) = unknown_field(&shape, &name.path) else { continue };
            let mut finding = Finding::new(
                code!("template.unknown_name"),
                Severity::Error,
                format!("there is no `{}`", name.path.join(".")),
            )
            .at(Place::at(label, name.line, name.column))
            .remedy(format!("use one of: {known}"));
            finding.source_line = text.lines().nth(name.line as usize - 1).map(str::to_owned);
            findings.push(finding);
        }
    }
}

/// All names with all their fields; null where a field's own fields are not known here.
fn shape(writer: &Writer) -> Json {
    let state = writer.rules.jurisdictions().find(|j| writer.rules.agencies(&j.code).count() > 0);
    let facets = Facets {
        language: OWN.to_owned(),
        line: String::new(),
        recipient: Recipient::Adult,
        state: state.map_or(String::new(), |j| j.code.clone()),
        bars: Default::default(),
        patient: true,
        protection: (!writer.incident.protections.is_empty()).then_some(0),
        entity: EntityIx::FIRST,
        strand: StrandIx::FIRST,
        supplemental: false,
    };
    let mut shape = writer.fact_sheet(&facets);
    let fields = |names: &[&str]| {
        Json::Object(names.iter().map(|n| ((*n).to_owned(), Json::Null)).collect::<Map<_, _>>())
    };
    shape["contacts"] = contacts(writer.rules.contacts());
    shape["incident"] = fields(&INCIDENT_FIELDS);
    shape["person"] = fields(&PERSON_FIELDS);
    shape["exposed"] = fields(&["list", "text", "count", "ids", "categories"]);
    shape
}

/// The names that exist where a path leaves the shape; none if the path is known, or begins
/// with a name of the template's own (a loop's or a `set`'s).
fn unknown_field(shape: &Json, path: &[String]) -> Option<String> {
    let mut here = shape.as_object()?.get(&path[0])?;
    for field in &path[1..] {
        let fields = here.as_object()?;
        match fields.get(field) {
            Some(next) => here = next,
            None => return Some(nearest_names(fields.keys().map(String::as_str), field)),
        }
    }
    None
}

//! What serde cannot see: ids outside the vocabulary, overlapping versions, rules without
//! citation or source, references that lead nowhere.

use super::places::Places;
use super::{
    Contacts, Counting, Dated, Deadline, Elements, Jurisdiction, JurisdictionKind, Term,
    Vocabulary, When, overlap,
};
use crate::finding::{Code, Findings, Severity};
use crate::tables::alike::nearest;
use crate::written::{Read, TextFile};
use std::ops::Range;

/// The checks of one pack.
pub(super) struct Checks<'v> {
    vocabulary: &'v Vocabulary,
}

/// One file under check.
struct File<'a, 't> {
    text: &'a TextFile,
    places: Places<'a, 't>,
    /// Tables with a made-up key: what points at the whole of one is not the file's mistake.
    patched: &'a [Range<usize>],
    findings: &'a mut Findings,
}

impl File<'_, '_> {
    fn error(&mut self, code: Code, at: &Range<usize>, message: String, remedy: String) {
        if self.patched.contains(at) {
            return;
        }
        self.findings.push(self.text.finding(code, Severity::Error, at, message, remedy));
    }
}

impl<'v> Checks<'v> {
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary }
    }

    /// Everything about one jurisdiction's file.
    pub fn jurisdiction(
        &self,
        text: &TextFile,
        read: &Read<'_, Jurisdiction>,
        findings: &mut Findings,
    ) {
        let j = &read.value;
        let places = Places(&read.tree);
        let mut file = File { text, places, patched: &read.patched, findings };
        let expected = format!("{}.toml", j.code.to_lowercase());
        if text.file != expected {
            let at = file.places.top("code");
            let message = format!("the code `{}` does not fit the file's name", j.code);
            file.error(
                code!("law.wrong_code"),
                &at,
                message,
                format!("name the file `{expected}`"),
            );
        }
        self.ids(&mut file, j);
        self.conditions(&mut file, j);
        references(&mut file, j);
        evidence(&mut file, j);
        counts(&mut file, j);
        deadlines(&mut file, j);
        versions(&mut file, &j.duties);
        versions(&mut file, &j.definitions);
        versions(&mut file, &j.hipaa);
        versions(&mut file, &j.contents);
        versions(&mut file, &j.letter_styles);
        versions(&mut file, &j.protections);
        versions(&mut file, &j.methods);
        versions(&mut file, &j.majority);
    }

    /// Element categories of `elements.toml`.
    pub fn elements(&self, text: &str, elements: &Elements, findings: &mut Findings) {
        let file = TextFile::new("elements.toml", text);
        let mut seen = Vec::new();
        for element in elements.iter() {
            let at = text.find(&format!("id = \"{}\"", element.id)).unwrap_or(0);
            if seen.contains(&&element.id) {
                let message = format!("the element `{}` stands twice", element.id);
                let (code, remedy) = (code!("law.duplicate"), "take one out");
                findings.push(file.finding(code, Severity::Error, &(at..at), message, remedy));
            }
            seen.push(&element.id);
            for id in &element.categories {
                if !known(&self.vocabulary.categories, id) {
                    findings.push(file.finding(
                        code!("law.unknown_id"),
                        Severity::Error,
                        &(at..at),
                        unknown("category", id),
                        remedy("category", &self.vocabulary.categories, id),
                    ));
                }
            }
        }
    }

    /// Purposes and sources of `contacts.toml`.
    pub fn contacts(&self, text: &str, contacts: &Contacts, findings: &mut Findings) {
        let file = TextFile::new("contacts.toml", text);
        for agency in &contacts.agencies {
            let at = text.find(&format!("id = \"{}\"", agency.id)).unwrap_or(0);
            for id in &agency.purpose {
                if !known(&self.vocabulary.agency_purposes, id) {
                    findings.push(file.finding(
                        code!("law.unknown_id"),
                        Severity::Error,
                        &(at..at),
                        unknown("purpose", id),
                        remedy("agency_purpose", &self.vocabulary.agency_purposes, id),
                    ));
                }
            }
            if agency.source.trim().is_empty() {
                let message = format!("the agency `{}` has no source", agency.id);
                findings.push(file.finding(
                    code!("law.no_source"),
                    Severity::Error,
                    &(at..at),
                    message,
                    "write in `source` where address and numbers were read",
                ));
            }
        }
    }

    fn ids(&self, file: &mut File<'_, '_>, j: &Jurisdiction) {
        let v = self.vocabulary;
        for (i, s) in j.statutes.iter().enumerate() {
            if s.notice_duty {
                self.id(file, ("statute", i, "trigger"), "trigger", &v.triggers, &s.trigger);
            }
        }
        for (i, d) in j.definitions.iter().enumerate() {
            for id in &d.elements {
                self.id(file, ("definition", i, "elements"), "category", &v.categories, id);
            }
            for (key, ids) in [
                ("without_name", &d.without_name),
                ("with_code", &d.with_code),
                ("if_usable", &d.if_usable),
            ] {
                for id in ids {
                    self.id(file, ("definition", i, key), "category", &v.categories, id);
                }
            }
        }
        for (i, h) in j.hipaa.iter().enumerate() {
            for id in &h.lifts_content {
                self.id(file, ("hipaa", i, "lifts_content"), "content", &v.contents, id);
            }
        }
        for (i, d) in j.duties.iter().enumerate() {
            for id in &d.required_content {
                self.id(file, ("duty", i, "required_content"), "content", &v.contents, id);
            }
            if !d.method.is_empty() {
                self.id(file, ("duty", i, "method"), "filing_method", &v.filing_methods, &d.method);
            }
        }
        for (i, c) in j.contents.iter().enumerate() {
            self.id(file, ("content", i, "id"), "content", &v.contents, &c.id);
        }
        for (i, p) in j.protections.iter().enumerate() {
            for id in &p.trigger_elements {
                let place = ("protection", i, "trigger_elements");
                self.id(file, place, "category", &v.categories, id);
            }
        }
        for (i, m) in j.methods.iter().enumerate() {
            for id in &m.allowed {
                self.id(file, ("methods", i, "allowed"), "notice_method", &v.notice_methods, id);
            }
            for id in &m.substitute_means {
                let place = ("methods", i, "substitute_means");
                self.id(file, place, "substitute_means", &v.substitute_means, id);
            }
        }
    }

    fn conditions(&self, file: &mut File<'_, '_>, j: &Jurisdiction) {
        let all = j
            .statutes
            .iter()
            .enumerate()
            .map(|(i, r)| ("statute", i, &r.when))
            .chain(j.definitions.iter().enumerate().map(|(i, r)| ("definition", i, &r.when)))
            .chain(j.hipaa.iter().enumerate().map(|(i, r)| ("hipaa", i, &r.when)))
            .chain(j.duties.iter().enumerate().map(|(i, r)| ("duty", i, &r.when)))
            .chain(j.contents.iter().enumerate().map(|(i, r)| ("content", i, &r.when)))
            .chain(j.protections.iter().enumerate().map(|(i, r)| ("protection", i, &r.when)));
        for (array, index, when) in all {
            for inner in when.walk() {
                self.condition(file, (array, index, "when"), inner);
            }
        }
    }

    fn condition(&self, file: &mut File<'_, '_>, place: (&str, usize, &str), when: &When) {
        let v = self.vocabulary;
        let lists: [(&str, &[Term], &[String]); 8] = [
            ("role", &v.roles, &when.role),
            ("entity_kind", &v.entity_kinds, &when.entity_kind),
            ("entity_subtype", &v.entity_subtypes, &when.entity_subtype),
            ("licence", &v.licences, &when.licence),
            ("category", &v.categories, &when.elements_any),
            ("category", &v.categories, &when.elements_only),
            ("breach_type", &v.breach_types, &when.breach_type),
            ("medium", &v.media, &when.medium),
        ];
        for (list, terms, ids) in lists {
            for id in ids {
                self.id(file, place, list, terms, id);
            }
        }
    }

    fn id(
        &self,
        file: &mut File<'_, '_>,
        (array, index, key): (&str, usize, &str),
        list: &str,
        terms: &[Term],
        id: &str,
    ) {
        if !known(terms, id) {
            let at = file.places.word(array, index, key, id);
            file.error(code!("law.unknown_id"), &at, unknown(list, id), remedy(list, terms, id));
        }
    }
}

/// Rules that name a statute, a definition or a duty that is not there.
fn references(file: &mut File<'_, '_>, j: &Jurisdiction) {
    let named = (j.duties.iter().enumerate().map(|(i, r)| ("duty", i, &r.statute)))
        .chain(j.definitions.iter().enumerate().map(|(i, r)| ("definition", i, &r.statute)))
        .chain(j.hipaa.iter().enumerate().map(|(i, r)| ("hipaa", i, &r.statute)))
        .chain(j.contents.iter().enumerate().map(|(i, r)| ("content", i, &r.statute)))
        .chain(j.letter_styles.iter().enumerate().map(|(i, r)| ("letter_style", i, &r.statute)))
        .chain(j.protections.iter().enumerate().map(|(i, r)| ("protection", i, &r.statute)))
        .chain(j.methods.iter().enumerate().map(|(i, r)| ("methods", i, &r.statute)));
    for (array, index, statute) in named {
        if !j.statutes.iter().any(|s| s.id == *statute) {
            let at = file.places.key(array, index, "statute");
            let message = format!("no statute `{statute}` stands in this file");
            let ids: Vec<&str> = j.statutes.iter().map(|s| s.id.as_str()).collect();
            file.error(code!("law.unknown_statute"), &at, message, choices(&ids));
        }
    }
    for (i, duty) in j.duties.iter().enumerate() {
        let known = j.statutes.iter().any(|s| s.id == duty.statute);
        if known && !j.definitions.iter().any(|d| d.statute == duty.statute) {
            let at = file.places.key("duty", i, "statute");
            let message =
                format!("no definition says who counts under the statute `{}`", duty.statute);
            let remedy = format!("add a `[[definition]]` with `statute = \"{}\"`", duty.statute);
            file.error(code!("law.no_definition"), &at, message, remedy);
        }
    }
    for (i, treatment) in j.hipaa.iter().enumerate() {
        for id in &treatment.depends_on {
            if !j.duties.iter().any(|d| d.id == *id) {
                let at = file.places.word("hipaa", i, "depends_on", id);
                let ids: Vec<&str> = j.duties.iter().map(|d| d.id.as_str()).collect();
                file.error(
                    code!("law.unknown_duty"),
                    &at,
                    format!("no duty `{id}` is here"),
                    choices(&ids),
                );
            }
        }
    }
}

/// Citations and sources.
fn evidence(file: &mut File<'_, '_>, j: &Jurisdiction) {
    let cited = (j.statutes.iter().enumerate().map(|(i, r)| ("statute", i, &r.cite)))
        .chain(j.duties.iter().enumerate().map(|(i, r)| ("duty", i, &r.cite)))
        .chain(j.hipaa.iter().enumerate().map(|(i, r)| ("hipaa", i, &r.cite)))
        .chain(j.contents.iter().enumerate().map(|(i, r)| ("content", i, &r.cite)))
        .chain(j.protections.iter().enumerate().map(|(i, r)| ("protection", i, &r.cite)));
    for (array, index, cite) in cited {
        if cite.trim().is_empty() {
            let at = file.places.key(array, index, "cite");
            let message = format!("the `[[{array}]]` has no citation");
            let remedy = "write the section in `cite`".to_owned();
            file.error(code!("law.no_citation"), &at, message, remedy);
        }
    }
    let sourced = (j.duties.iter().enumerate().map(|(i, r)| ("duty", i, &r.source)))
        .chain(j.definitions.iter().enumerate().map(|(i, r)| ("definition", i, &r.source)))
        .chain(j.hipaa.iter().enumerate().map(|(i, r)| ("hipaa", i, &r.source)))
        .chain(j.contents.iter().enumerate().map(|(i, r)| ("content", i, &r.source)))
        .chain(j.letter_styles.iter().enumerate().map(|(i, r)| ("letter_style", i, &r.source)))
        .chain(j.protections.iter().enumerate().map(|(i, r)| ("protection", i, &r.source)))
        .chain(j.methods.iter().enumerate().map(|(i, r)| ("methods", i, &r.source)))
        .chain(j.majority.iter().enumerate().map(|(i, r)| ("majority", i, &r.source)));
    for (array, index, source) in sourced {
        if source.trim().is_empty() {
            let at = file.places.key(array, index, "source");
            let message = format!("the `[[{array}]]` has no source");
            let remedy = "write in `source` where the rule was read".to_owned();
            file.error(code!("law.no_source"), &at, message, remedy);
        }
    }
}

/// Whether people elsewhere count can only be asked where they are counted.
fn counts(file: &mut File<'_, '_>, j: &Jurisdiction) {
    for (i, duty) in j.duties.iter().enumerate() {
        let anywhere = duty.counts == Counting::Everybody && j.kind != JurisdictionKind::Federal;
        if duty.count_question.is_some() && !anywhere {
            let at = file.places.key("duty", i, "count_question");
            let message =
                "`count_question` asks about people whom the duty does not count".to_owned();
            let remedy =
                "remove it, or write `counts = \"everybody\"` in a state's file".to_owned();
            file.error(code!("law.idle_count_question"), &at, message, remedy);
        }
    }
}

/// Exactly one of days and hours.
fn deadlines(file: &mut File<'_, '_>, j: &Jurisdiction) {
    for (i, duty) in j.duties.iter().enumerate() {
        let all = [("deadline", duty.deadline), ("after_hold", duty.after_hold)];
        let timers = duty.or_earlier.iter().map(|timer| ("or_earlier", Some(timer.deadline)));
        for (key, deadline) in all.into_iter().chain(timers) {
            if deadline.is_some_and(|d: Deadline| d.days.is_some() == d.hours.is_some()) {
                let at = file.places.key("duty", i, key);
                let message = format!("`{key}` needs exactly one of `days` and `hours`");
                let remedy = "write `{ days = 30 }` or `{ hours = 72 }`".to_owned();
                file.error(code!("law.wrong_deadline"), &at, message, remedy);
            }
        }
    }
}

/// Dates in order, and never two versions at once.
fn versions<R: Dated>(file: &mut File<'_, '_>, rules: &[R]) {
    for (i, rule) in rules.iter().enumerate() {
        let array = rule.array();
        if rule.until().is_some_and(|until| until <= rule.effective()) {
            let at = file.places.key(array, i, "until");
            let message = "`until` is not after `effective`".to_owned();
            let remedy = "write the first day no longer in force".to_owned();
            file.error(code!("law.wrong_dates"), &at, message, remedy);
        }
        let earlier = rules[..i]
            .iter()
            .position(|other| other.identity() == rule.identity() && overlap(other, rule));
        if let Some(other) = earlier {
            let at = file.places.rule(array, i);
            let line = file.text.line_of(file.places.rule(array, other).start);
            let message = format!(
                "two versions of `{}` are in force at once, the other on line {line}",
                rule.identity()
            );
            let remedy =
                "give the older version an `until`, or the two of them different conditions";
            file.error(code!("law.overlap"), &at, message, remedy.to_owned());
        }
    }
}

fn known(terms: &[Term], id: &str) -> bool {
    terms.iter().any(|term| term.id == id)
}

fn unknown(list: &str, id: &str) -> String {
    format!("`{id}` is not in the list `{list}` of vocabulary.toml")
}

fn remedy(list: &str, terms: &[Term], id: &str) -> String {
    let ids: Vec<&str> = terms.iter().map(|term| term.id.as_str()).collect();
    match nearest(id, ids.iter().copied()) {
        Some(near) => format!("write `{near}`"),
        None if ids.len() > 20 => format!("use an id of `[[{list}]]` in vocabulary.toml"),
        None => choices(&ids),
    }
}

fn choices(ids: &[&str]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    format!("use one of {}", quoted.join(", "))
}

//! What templates see: the incident's facts, the law's contacts, how to speak of the person.

use super::language::Language;
use super::version::Facets;
use super::words::Words;
use super::writer::Writer;
use crate::document::typographic;
use crate::incident::{Incident, Protection, Strand, Wave, WaveKind, WindowCertainty};
use crate::law::{Agency, BureauAddress, Contacts};
use crate::roster::{Person, Recipient};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use tera::{Context, Value};

/// Toll-free area codes of the North American Numbering Plan.
const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];

impl Writer<'_> {
    /// Everything a template may name but `person`, `exposed` and, in a state's paragraph,
    /// `state`.
    pub(super) fn base(&self, facets: &Facets) -> Context {
        let mut context = Context::new();
        if let Json::Object(facts) = filled(self.fact_sheet(facets)) {
            facts.iter().for_each(|(name, value)| context.insert(name.clone(), value));
        }
        context.insert_value("contacts", self.contacts.clone());
        let language = &self.languages[&facets.language];
        context.insert_value("incident", incident_value(self.incident, self.wave, language));
        context
    }

    /// The facts of a version with every field, the empty ones too; without `contacts`, which no
    /// version has for itself.
    pub(super) fn fact_sheet(&self, facets: &Facets) -> Json {
        let language = &self.languages[&facets.language];
        let words = &language.words;
        let incident = self.incident;
        let entity = &incident[facets.entity];
        let strand = &incident[facets.strand];
        let voice = words.voice(facets.recipient);
        let protection = facets.protection.and_then(|i| incident.protections.get(i));
        let state = (!facets.state.is_empty()).then(|| self.state(&facets.state, words));
        json!({
            "adult": facets.recipient == Recipient::Adult,
            "child": facets.recipient == Recipient::ParentOrGuardian,
            "estate": facets.recipient == Recipient::Estate,
            "who": voice.who,
            "whose": voice.whose,
            "language_line": self.line(facets),
            "language_line_lang": facets.line,
            "bars": facets.bars,
            "supplemental": facets.supplemental,
            "correction": self.wave.kind == WaveKind::Correction,
            "patient": facets.patient,
            "all_states": facets.state.is_empty(),
            "on_behalf": incident.sender.name != entity.name,
            "sender": sender(incident, language),
            "entity": {
                "name": entity.name,
                "parent_company": entity.parent_company,
                "plan_sponsor": entity.plan_sponsor,
                "home_page": entity.home_page,
                "told_on": entity.told_on.filter(|_| incident.letter.say_when_told).map(|d| words.date(*d)),
            },
            "strand": strand_view(strand, words),
            "protection": protection.map(|p| protection_view(p, language)),
            "state": state,
        })
    }

    /// The line that offers help in the reader's own language; empty for none.
    fn line(&self, facets: &Facets) -> String {
        let line = self.lines.get(&facets.line);
        line.map_or(String::new(), |l| l.line.replace("{phone}", &self.incident.sender.phone))
    }

    /// What a state's paragraph sees as `state`.
    pub(super) fn state(&self, code: &str, words: &Words) -> Json {
        let agencies: Vec<Json> = self.rules.agencies(code).map(agency).collect();
        let name = self.rules.get(code).map_or(code, |j| &j.name);
        let count = self.counts.get(code).copied().unwrap_or(0);
        json!({
            "code": code,
            "name": name,
            "agency": agencies.first(),
            "agencies": agencies,
            "count": if count > 0 { words.number(count) } else { String::new() },
            "one": count == 1,
        })
    }
}

/// The fields of `incident`.
pub(super) const INCIDENT_FIELDS: [&str; 8] = [
    "id",
    "title",
    "what_happened",
    "what_we_are_doing",
    "delayed",
    "no_delay_asked",
    "law_enforcement_notified",
    "what_was_wrong",
];

/// The fields of `person`.
pub(super) const PERSON_FIELDS: [&str; 5] =
    ["name", "first_name", "last_name", "representative", "code"];

/// What a template sees as `person`.
pub(super) fn person_value(person: &Person) -> Value {
    let values = [
        person.full_name(),
        person.first_name.clone(),
        person.last_name.clone(),
        person.representative_name.clone(),
        person.activation_code.clone(),
    ];
    let filled = PERSON_FIELDS.into_iter().zip(values).filter(|(_, value)| !value.is_empty());
    Value::from(filled.map(|(key, value)| (key, Value::from(value))).collect::<BTreeMap<_, _>>())
}

fn sender(incident: &Incident, language: &Language) -> Json {
    let sender = &incident.sender;
    let translated = language.translated.as_ref().map(|t| &t.phone_hours);
    let hours = translated.filter(|hours| !hours.is_empty()).unwrap_or(&sender.phone_hours);
    let address = if sender.address.is_empty() { &sender.return_address } else { &sender.address };
    json!({
        "name": sender.name,
        "business_associate": sender.role.serves_others(),
        "phone": sender.phone,
        "phone_hours": hours,
        "toll_free": is_toll_free(&sender.phone),
        "email": sender.email,
        "website": sender.website,
        "website_words": url_words(&sender.website),
        "address_line": address.join(", "),
        "signatory": {
            "name": sender.signatory.name,
            "title": sender.signatory.title,
            "image": sender.signatory.image.is_some(),
        },
    })
}

/// The incident's own words are Markdown and marked safe; nothing else is.
fn incident_value(incident: &Incident, wave: &Wave, language: &Language) -> Value {
    let words = |text: &str| Value::safe_string(typographic(text.trim()).as_str());
    let values = [
        Value::from(incident.id.as_str()),
        Value::from(incident.title.as_str()),
        words(&language.what_happened),
        words(&language.what_we_are_doing),
        Value::from(!incident.holds.is_empty()),
        Value::from(incident.breach.no_delay_asked),
        Value::from(incident.breach.law_enforcement_notified),
        words(language.translated.as_ref().map_or(&wave.what_was_wrong, |t| &t.what_was_wrong)),
    ];
    Value::from(INCIDENT_FIELDS.into_iter().zip(values).collect::<BTreeMap<_, _>>())
}

fn strand_view(strand: &Strand, words: &Words) -> Json {
    let certainty = |c| match c {
        WindowCertainty::Confirmed => "confirmed",
        WindowCertainty::Estimated => "estimated",
        WindowCertainty::Unknown => "unknown",
    };
    let windows = strand.windows.iter().map(|w| {
        json!({
            "start": words.date(*w.start),
            "end": words.date(*w.end),
            "one_day": w.start == w.end,
            "certainty": certainty(w.certainty),
        })
    });
    json!({
        "windows": windows.collect::<Vec<_>>(),
        "discovered": words.date(*strand.discovered),
        "determined": strand.determined.map(|d| words.date(*d)),
        "certain": strand.elements_certainty == crate::incident::ElementsCertainty::Confirmed,
        "encrypted": strand.encrypted,
        "type": strand.kind,
    })
}

fn protection_view(protection: &Protection, language: &Language) -> Json {
    let words = &language.words;
    let description = match &language.translated {
        None => protection.description.as_str(),
        Some(other) => other.protection.get(&protection.provider).map_or("", String::as_str),
    };
    json!({
        "provider": protection.provider,
        "months": protection.months,
        "description": description,
        "enroll_by": words.date(*protection.enroll_by),
        "url": protection.enroll_url,
        "url_words": url_words(&protection.enroll_url),
        "phone": protection.phone,
        "has_code": has_code(protection),
    })
}

/// Whether each person gets a code of their own.
pub(super) fn has_code(protection: &Protection) -> bool {
    protection.code_column.is_some() || protection.code_file.is_some()
}

/// [`contacts`] as templates see them.
pub(super) fn contacts_value(all: &Contacts) -> Value {
    Value::from_serializable(&filled(contacts(all)))
}

/// `contacts.bureaus`, `contacts.ftc`, and every federal body and agency under its id with
/// underscores: `contacts.ny_dos`.
pub(super) fn contacts(contacts: &Contacts) -> Json {
    let mut all = Map::new();
    for body in &contacts.agencies {
        all.insert(body.id.replace('-', "_"), agency(body));
    }
    let bureaus = contacts.bureaus.iter().map(|b| {
        json!({
            "id": b.id,
            "name": b.name,
            "freeze": desk(&b.freeze),
            "fraud_alert": desk(&b.fraud_alert),
            "minor_freeze": b.minor_freeze.as_ref().map(desk),
            "death_notice": b.death_notice.as_ref().map(desk),
        })
    });
    all.insert("bureaus".to_owned(), bureaus.collect());
    all.insert("ftc".to_owned(), agency(&contacts.ftc));
    all.insert("annual_credit_report".to_owned(), agency(&contacts.annual_credit_report));
    Json::Object(all)
}

fn desk(desk: &BureauAddress) -> Json {
    json!({
        "phone": desk.phone,
        "url": desk.url,
        "url_words": url_words(&desk.url),
        "postal_line": desk.postal.join(", "),
    })
}

fn agency(body: &Agency) -> Json {
    let weak = |field: &str| body.low.iter().any(|low| low == field);
    let toll_free_first = !body.toll_free.is_empty()
        && (body.phone.is_empty() || !weak("toll_free") || weak("phone"));
    let best = if toll_free_first { &body.toll_free } else { &body.phone };
    let url = body.urls.first().map_or("", String::as_str);
    // Some addresses begin with the office's own name, which letters print before them.
    let postal = body.postal.strip_prefix(&[body.name.clone()][..]).unwrap_or(&body.postal);
    let urls = body.urls.iter().map(|u| json!({ "address": u, "words": url_words(u) }));
    json!({
        "name": body.name,
        "postal_line": postal.join(", "),
        "phone": if body.phone.is_empty() { best } else { &body.phone },
        "toll_free": body.toll_free,
        "best_phone": best,
        "email": body.email,
        "url": url,
        "url_words": url_words(url),
        "urls": urls.collect::<Vec<_>>(),
    })
}

/// An address as people write it: without `https://` and a slash at the end.
fn url_words(url: &str) -> &str {
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    bare.unwrap_or(url).trim_end_matches('/')
}

fn is_toll_free(phone: &str) -> bool {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix('1').filter(|d| d.len() == 10).unwrap_or(&digits);
    TOLL_FREE.iter().any(|code| national.starts_with(code))
}

/// Leaves out what is empty, at every depth: a template that names a missing fact must fail, not
/// print nothing.
pub(super) fn filled(mut value: Json) -> Json {
    match &mut value {
        Json::Object(map) => {
            map.retain(|_, v| !v.is_null() && v.as_str() != Some(""));
            map.values_mut().for_each(|v| *v = filled(v.take()));
        }
        Json::Array(list) => list.iter_mut().for_each(|v| *v = filled(v.take())),
        _ => {}
    }
    value
}

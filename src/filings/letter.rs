//! The letter to a regulator that has no form: addressee, heads, signature.

use super::answer::{Answer, State};
use super::filed::Change;
use super::filing::{Filing, FilingStanding};
use super::words::put;
use crate::document::{Document, SectionStyle, TemplateSet, shipped};
use crate::finding::{Finding, Findings};
use crate::incident::{Contact, Incident};
use crate::law::Contacts;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::path::Path;
use tera::Context;

/// The template of the letter, one for every regulator.
const TEMPLATE: &str = "en/letter";

/// A regulator's letter, ready to be printed and to be edited.
pub struct Letter {
    pub document: Document,
    /// Stamped on every page while answers are open or the filing is not firm; else empty.
    pub stamp: String,
    /// Running foot with `{page}` and `{pages}`.
    pub page_of: String,
}

/// Writes regulators' letters for one incident.
pub struct LetterDesk<'a> {
    incident: &'a Incident,
    contacts: &'a Contacts,
    set: TemplateSet,
}

impl<'a> LetterDesk<'a> {
    /// `own` is the incident's `templates/filing`, whose files stand in for the shipped ones.
    ///
    /// # Errors
    /// Everything wrong with the template.
    pub fn new(
        incident: &'a Incident,
        contacts: &'a Contacts,
        own: Option<&Path>,
    ) -> Result<Self, Findings> {
        #[expect(clippy::expect_used, reason = "part of the program; a test writes a letter")]
        let shipped = shipped("filing").expect("templates/filing");
        Ok(Self { incident, contacts, set: TemplateSet::load(shipped, own)? })
    }

    /// The letter of a filing; none where the regulator has a form.
    ///
    /// # Errors
    /// The template names something that a filing does not have.
    pub fn letter(&self, filing: &Filing) -> Result<Option<Letter>, Finding> {
        if !filing.is_letter() {
            return Ok(None);
        }
        let context = context(self.view(filing));
        let section = self.set.render(TEMPLATE, &context, SectionStyle::Body)?;
        let words = &filing.words;
        let firm = filing.standing == FilingStanding::Due && filing.open().next().is_none();
        Ok(Some(Letter {
            document: Document {
                lang: words.page("lang"),
                title: put(
                    &words.page(if filing.history.amends {
                        "letter_title_amended"
                    } else {
                        "letter_title"
                    }),
                    &[("recipient", &filing.duty.recipient)],
                ),
                sections: vec![section],
            },
            stamp: if firm { String::new() } else { words.page("letter_draft") },
            page_of: words.page("letter_page_of"),
        }))
    }

    /// What the template sees.
    fn view(&self, filing: &Filing) -> Value {
        let words = &filing.words;
        let sender = &self.incident.sender;
        let home = if sender.address.is_empty() { &sender.return_address } else { &sender.address };
        let contact = sender.contact.clone().unwrap_or_else(|| Contact {
            name: sender.signatory.name.clone(),
            title: sender.signatory.title.clone(),
            phone: sender.phone.clone(),
            email: sender.email.clone(),
            ..Contact::default()
        });
        let address = if contact.address.is_empty() { home } else { &contact.address };
        // What it amends stands at the head of the letter, not among its answers.
        let own = filing.fields.iter().filter(|a| !a.id.starts_with("amends_"));
        let heads: Vec<Value> = own.filter_map(|a| head(filing, a)).collect();
        let desk = self.contacts.agency(&format!("{}-filing", filing.duty.rule));
        let postal = desk
            .map(|desk| desk.postal.strip_prefix(&[desk.name.clone()][..]).unwrap_or(&desk.postal));
        json!({
            "from": {
                "name": if contact.firm.is_empty() { &sender.name } else { &contact.firm },
                "address": address,
                "phone": contact.phone,
                "email": contact.email,
            },
            "to": {
                "name": desk.map_or(&filing.duty.recipient, |desk| &desk.name),
                "postal": postal.unwrap_or(&[]),
                "email": desk.map_or("", |desk| &desk.email),
            },
            "date": date(filing, filing.as_of),
            "sender": { "name": sender.name },
            "entities": filing.duty.entity_names,
            "incident": { "title": self.incident.title },
            "citation": filing.duty.citation,
            "recipient": filing.duty.recipient,
            "amends": filing.history.filed.as_ref().filter(|_| filing.history.amends).map(|filed| json!({
                "on": date(filing, filed.on),
                "number": filed.number,
                "changes": filing.history.changes.iter().map(Change::flat).collect::<Vec<_>>(),
            })),
            "heads": heads,
            "enclosures": filing.attachments(),
            "contact": {
                "name": contact.name,
                "title": contact.title,
                "firm": contact.firm,
                "relationship": contact.relationship,
                "phone": contact.phone,
                "email": contact.email,
            },
            "open": filing.open().count(),
            "draft": words.page("letter_draft"),
        })
    }
}

/// One numbered head: its label, and a paragraph for each line of the answer.
fn head(filing: &Filing, answer: &Answer) -> Option<Value> {
    let words = &filing.words;
    let text = answer.text();
    let mut lines: Vec<String> =
        text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    match &answer.state {
        State::NotApplicable => return None,
        State::Missing { keys } => {
            lines.push(put(&words.page("letter_missing"), &[("keys", &keys.join(", "))]));
        }
        State::ToChoose { ask, .. } => {
            lines.push(put(&words.page("letter_to_choose"), &[("ask", ask)]));
        }
        State::Attachment { .. } => lines.push(words.page("letter_enclosed")),
        State::Answered if lines.is_empty() => return None,
        State::Answered => {}
    }
    Some(json!({ "label": answer.label, "lines": lines }))
}

/// A day in words, as the words file writes it.
fn date(filing: &Filing, day: Date) -> String {
    let words = &filing.words;
    let months = words.page("letter_months");
    let month = months.split_whitespace().nth(day.month() as usize - 1).unwrap_or_default();
    let (year, number) = (day.year().to_string(), day.day().to_string());
    put(&words.page("letter_date"), &[("month", month), ("day", &number), ("year", &year)])
}

fn context(view: Value) -> Context {
    let mut context = Context::new();
    if let Value::Object(facts) = view {
        facts.iter().for_each(|(name, value)| context.insert(name.clone(), value));
    }
    context
}

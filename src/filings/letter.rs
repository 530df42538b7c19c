//! The letter to a regulator that has no form: addressee, heads, signature.

use super::decisions::POSTAL_ADDRESS;
use super::filed::Change;
use super::filing::{Filing, FilingStanding};
use super::sentences::Speaker;
use super::words::put;
use crate::document::{Document, SectionStyle, TemplateSet, shipped};
use crate::finding::{Finding, Findings};
use crate::incident::{Contact, Incident};
use crate::law::{Contacts, LawPack};
use crate::plan::Question;
use crate::tables::words::long_date;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::path::Path;
use tera::Context;

/// The template of the letter, one for every regulator.
const TEMPLATE: &str = "en/letter";

/// A regulator's letter, ready to be printed and to be edited.
pub struct Letter {
    pub document: Document,
    /// Who signs: counsel's firm, else the sender.
    pub author: String,
    pub date: Date,
    /// Stamped on every page while answers are open or the filing is not firm; else empty.
    pub stamp: String,
    /// Running foot with `{page}` and `{pages}`.
    pub page_of: String,
}

/// Writes regulators' letters for one incident.
pub struct LetterDesk<'a> {
    incident: &'a Incident,
    pack: &'a LawPack,
    set: TemplateSet,
}

impl<'a> LetterDesk<'a> {
    /// `own` is the incident's `templates/filing`, whose files stand in for the shipped ones.
    ///
    /// # Errors
    /// Everything wrong with the template.
    pub fn new(
        incident: &'a Incident,
        pack: &'a LawPack,
        own: Option<&Path>,
    ) -> Result<Self, Findings> {
        #[expect(clippy::expect_used, reason = "part of the program; a test writes a letter")]
        let shipped = shipped("filing").expect("templates/filing");
        Ok(Self { incident, pack, set: TemplateSet::load(shipped, own)? })
    }

    /// The letter of a filing; none where the regulator has a form.
    ///
    /// # Errors
    /// The template names something that a filing does not have.
    pub fn letter(&self, filing: &Filing) -> Result<Option<Letter>, Finding> {
        if !filing.is_letter() {
            return Ok(None);
        }
        let street = street(self.incident, self.pack.contacts(), filing);
        let known = !street.postal.is_empty() || !street.email.is_empty();
        let context = context(self.view(filing, street));
        let section = self.set.render(TEMPLATE, &context, SectionStyle::Body)?;
        let words = &filing.words;
        let firm =
            filing.standing == FilingStanding::Due && filing.open().next().is_none() && known;
        let stamp = match (filing.counts.estimated, firm) {
            (true, _) => words.page("preliminary_stamp"),
            (false, true) => String::new(),
            (false, false) => words.page("letter_draft"),
        };
        let title = if filing.history.amends { "letter_title_amended" } else { "letter_title" };
        let recipient = [("recipient", filing.duty.addressee.label.as_str())];
        let contact = self.incident.sender.contact.as_ref();
        let signs = contact.map_or("", |contact| contact.firm.trim());
        Ok(Some(Letter {
            document: Document {
                lang: words.page("lang"),
                title: put(&words.page(title), &recipient),
                sections: vec![section],
            },
            author: if signs.is_empty() { &self.incident.sender.name } else { signs }.to_owned(),
            date: filing.as_of,
            stamp,
            page_of: words.page("letter_page_of"),
        }))
    }

    /// What the template sees.
    fn view(&self, filing: &Filing, street: Street) -> Value {
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
        let state = self.pack.get(&filing.duty.jurisdiction).map_or("", |law| law.name.as_str());
        let state = if filing.duty.jurisdiction.starts_with("US-") { "" } else { state };
        let speaker = Speaker {
            incident: self.incident,
            state: state.to_owned(),
            counsel: !contact.firm.trim().is_empty(),
        };
        // What it amends stands at the head of the letter, not among its answers.
        let own = filing.fields.iter().filter(|a| !a.id.starts_with("amends_"));
        let heads: Vec<Value> = own.filter_map(|a| speaker.head(filing, a)).collect();
        let office = &filing.duty.addressee;
        let mut to = office.lines.clone();
        // An address may repeat the office's name.
        let repeated = |line: &String| office.lines.iter().any(|l| l.contains(line.as_str()));
        to.extend(street.postal.iter().filter(|line| !repeated(line)).cloned());
        if street.postal.is_empty() && street.email.is_empty() {
            to.push(filing.words.page("letter_no_address"));
        }
        json!({
            "from": {
                "name": if contact.firm.is_empty() { &sender.name } else { &contact.firm },
                "address": address,
                "phone": contact.phone,
                "email": contact.email,
            },
            "to": { "name": to.first(), "lines": to.get(1..), "salutation": office.salutation, "email": street.email },
            "date": long_date(filing.as_of),
            "sender": {
                "name": sender.name,
                "business_associate": sender.role.serves_others(),
            },
            "entities": filing.duty.entity_names,
            "own_people_only": filing.duty.entity_names == [sender.name.clone()],
            "incident": { "title": self.incident.title },
            "citation": filing.duty.citation,
            "recipient": office.label,
            "amends": filing.history.filed.as_ref().filter(|_| filing.history.amends).map(|filed| json!({
                "on": long_date(filed.on),
                "number": filed.number,
                "changes": filing.history.changes.iter().map(Change::flat).collect::<Vec<_>>(),
            })),
            "heads": heads,
            "enclosures": filing.enclosures(state),
            "preliminary": filing.counts.estimated,
            "contact": {
                "name": contact.name,
                "title": contact.title,
                "firm": contact.firm,
                "relationship": contact.relationship,
                "phone": contact.phone,
                "email": contact.email,
            },
        })
    }
}

/// Where the office is reached.
struct Street {
    postal: Vec<String>,
    email: String,
}

/// Counsel's decision, else the address that a source shows; empty where neither is there.
fn street(incident: &Incident, contacts: &Contacts, filing: &Filing) -> Street {
    let question = address_question(filing);
    if let Some(decision) = incident.decisions.iter().rev().find(|d| d.question == question) {
        let lines = decision.choice.split(';').map(|line| line.trim().to_owned());
        return Street { postal: lines.collect(), email: String::new() };
    }
    let filed_at = contacts.agency(&format!("{}-filing", filing.duty.rule));
    let listed = contacts.agency(&filing.duty.addressee.agency);
    let postal = [filed_at, listed].into_iter().flatten().find(|agency| !agency.postal.is_empty());
    Street {
        postal: postal.map_or(Vec::new(), |agency| agency.postal.clone()),
        email: filed_at.map_or(String::new(), |agency| agency.email.clone()),
    }
}

fn address_question(filing: &Filing) -> String {
    format!("filing.{}.{POSTAL_ADDRESS}", filing.duty.rule)
}

/// Offices that are written a letter and whose address no source shows, as questions.
pub fn address_questions(
    incident: &Incident,
    contacts: &Contacts,
    filings: &[Filing],
) -> Vec<Question> {
    let mut asked: Vec<Question> = Vec::new();
    for filing in filings.iter().filter(|filing| filing.is_letter()) {
        let (street, id) = (street(incident, contacts, filing), address_question(filing));
        let known = !street.postal.is_empty() || !street.email.is_empty();
        if known || asked.iter().any(|question| question.id == id) {
            continue;
        }
        let office = [("office", filing.duty.addressee.label.as_str())];
        asked.push(Question {
            id,
            text: put(&filing.words.ask(POSTAL_ADDRESS), &office),
            choices: Vec::new(),
            default: String::new(),
            answer: None,
            citation: filing.duty.citation.clone(),
            blocking: false,
        });
    }
    asked
}

fn context(view: Value) -> Context {
    let mut context = Context::new();
    if let Value::Object(facts) = view {
        facts.iter().for_each(|(name, value)| context.insert(name.clone(), value));
    }
    context
}

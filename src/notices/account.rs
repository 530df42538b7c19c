//! What templates see: the incident's facts for the people of some covered entities, and figures.

use super::words::Words;
use crate::document::typographic;
use crate::incident::{
    CoveredEntity, ElementsCertainty, EntityIx, Incident, Strand, Wave, WindowCertainty,
};
use crate::law::{Bureau, LawPack};
use crate::plan::{Cube, Headcount, Involved};
use serde_json::{Value as Json, json};
use tera::{Context, Value};

/// Toll-free area codes of the North American Numbering Plan.
const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];

/// What an account of the incident rests on.
pub(super) struct Account<'a> {
    pub incident: &'a Incident,
    pub wave: &'a Wave,
    pub cube: &'a Cube,
    pub pack: &'a LawPack,
    pub words: &'a Words,
}

impl Account<'_> {
    /// Facts about the sender, the incident and the people of these entities; of one state's
    /// people only where one is named.
    pub fn context(&self, entities: &[EntityIx], state: Option<&str>) -> (Context, Headcount) {
        let incident = self.incident;
        let words = self.words;
        let involved = Involved::of(incident, self.cube, entities);
        let figures = involved.count();
        let there = involved.within(state);
        let strands = there.strands();
        let named: Vec<&CoveredEntity> = entities.iter().map(|at| &incident[*at]).collect();
        let first = named.first().copied();
        let kinds = self.kinds(&there);
        let certain = strands.iter().all(|s| s.elements_certainty == ElementsCertainty::Confirmed);
        let mut context = Context::new();
        let mut insert = |name: &'static str, value: Json| context.insert(name, &value);
        insert("sender", filled(self.sender()));
        insert("contact", filled(self.contact()));
        insert("entity", filled(first.map_or(json!({}), entity)));
        insert("entities", json!(named.iter().map(|e| &e.name).collect::<Vec<_>>()));
        insert("entities_text", {
            let names: Vec<String> = named.iter().map(|e| e.name.clone()).collect();
            json!(words.join(&names))
        });
        insert("on_behalf", json!(first.is_some_and(|e| e.name != incident.sender.name)));
        insert("windows", json!(self.windows(&strands)));
        insert("discovered", {
            let day = strands.iter().map(|s| *s.discovered).min();
            json!(day.map(|d| words.date(d)).unwrap_or_default())
        });
        insert("certain", json!(certain));
        insert("estimated", json!(self.cube.estimated));
        insert("information", json!(kinds));
        insert("information_text", json!(words.join(&kinds)));
        insert("protections", self.protections());
        insert("delayed", json!(!incident.holds.is_empty()));
        insert("title", json!(incident.title));
        insert("mail_on", json!(words.date(*self.wave.mail_on)));
        insert("figures", self.numbers(&figures));
        insert("states", self.states(&figures));
        insert("bureaus", self.bureaus());
        insert("credit_reports", {
            let body = &self.pack.contacts().annual_credit_report;
            let url = body.urls.first().map_or("", String::as_str);
            filled(json!({ "phone": body.phone, "url": url, "url_words": bare(url) }))
        });
        // The incident's own words are Markdown and marked safe; nothing else is.
        let own = |text: &str| Value::safe_string(typographic(text.trim()).as_str());
        let breach = &incident.breach;
        context.insert_value("what_happened", own(&breach.what_happened));
        context.insert_value("what_we_are_doing", own(&breach.what_we_are_doing));
        context.insert_value("media_account", own(&breach.media_account));
        context.insert_value("media_response", own(&breach.media_response));
        context.insert("own_words", &words.speaks_itself(&breach.what_happened));
        context.insert("own_response", &words.speaks_itself(&breach.what_we_are_doing));
        (context, figures)
    }

    fn sender(&self) -> Json {
        let sender = &self.incident.sender;
        let address =
            if sender.address.is_empty() { &sender.return_address } else { &sender.address };
        json!({
            "name": sender.name,
            "business_associate": sender.role.serves_others(),
            "hipaa": sender.role.under_hipaa(),
            "phone": sender.phone,
            "phone_hours": sender.phone_hours,
            "toll_free": is_toll_free(&sender.phone),
            "email": sender.email,
            "website": sender.website,
            "website_words": bare(&sender.website),
            "address": address,
            "address_line": address.join(", "),
            "signatory": sender.signatory.name,
            "signatory_title": sender.signatory.title,
        })
    }

    fn contact(&self) -> Json {
        let contact = self.incident.sender.contact.clone().unwrap_or_default();
        json!({
            "name": contact.name, "title": contact.title, "firm": contact.firm,
            "phone": contact.phone, "email": contact.email,
        })
    }

    fn windows(&self, strands: &[&Strand]) -> Vec<Json> {
        let mut all: Vec<_> = strands.iter().flat_map(|s| &s.windows).collect();
        all.sort_by_key(|w| (w.start, w.end));
        all.dedup_by_key(|w| (w.start, w.end));
        all.into_iter()
            .map(|w| {
                json!({
                    "start": self.words.date(*w.start),
                    "end": self.words.date(*w.end),
                    "one_day": w.start == w.end,
                    "certainty": match w.certainty {
                        WindowCertainty::Confirmed => "confirmed",
                        WindowCertainty::Estimated => "estimated",
                        WindowCertainty::Unknown => "unknown",
                    },
                })
            })
            .collect()
    }

    /// Kinds of information of these people in the letters' words, sensitive ones in general
    /// words unless counsel decided to name them.
    fn kinds(&self, involved: &Involved<'_>) -> Vec<String> {
        let incident = self.incident;
        let found = involved.elements();
        let named = incident
            .decisions
            .iter()
            .any(|d| d.question == "letter.sensitive_elements" && d.choice == "name");
        let mut kinds: Vec<String> = Vec::new();
        for (_, element) in incident.elements.iter().enumerate().filter(|(i, _)| found.contains(*i))
        {
            let general = !named && self.pack.elements().sensitive(&element.id);
            let kind = if general { &self.words.sensitive } else { &element.letter };
            if !kinds.contains(kind) {
                kinds.push(kind.clone());
            }
        }
        kinds
    }

    fn protections(&self) -> Json {
        self.incident
            .protections
            .iter()
            .map(|p| {
                filled(json!({
                    "provider": p.provider,
                    "months": p.months,
                    "description": p.description,
                    "phone": p.phone,
                }))
            })
            .collect()
    }

    fn numbers(&self, figures: &Headcount) -> Json {
        json!({
            "people": self.words.number(figures.total),
            "patients": self.words.number(figures.patients),
            "others": self.words.number(figures.total - figures.patients),
            "unreachable": self.words.number(figures.unreachable_patients),
            "unplaced": self.words.number(figures.unplaced),
        })
    }

    /// A row for each state with people, by name; foreign and unknown residence last.
    fn states(&self, figures: &Headcount) -> Json {
        let mut rows: Vec<(String, u64)> =
            figures.by_state.iter().map(|(code, n)| (self.state(code), *n)).collect();
        rows.sort();
        if figures.elsewhere > 0 {
            rows.push((self.words.pick(&self.words.list, "elsewhere"), figures.elsewhere));
        }
        rows.into_iter()
            .map(|(name, n)| json!({ "name": name, "people": self.words.number(n) }))
            .collect()
    }

    /// A state's name; its code where the law pack has none.
    pub fn state(&self, code: &str) -> String {
        self.pack.get(code).map_or_else(|| code.to_owned(), |j| j.name.clone())
    }

    fn bureaus(&self) -> Json {
        let view = |b: &Bureau| {
            let desk = |d: &crate::law::BureauAddress| json!({ "phone": d.phone, "postal": d.postal, "postal_line": d.postal.join(", ") });
            json!({ "name": b.name, "freeze": desk(&b.freeze), "fraud_alert": desk(&b.fraud_alert) })
        };
        self.pack.contacts().bureaus.iter().map(view).collect()
    }
}

fn entity(entity: &CoveredEntity) -> Json {
    let contact = entity.contact.clone().unwrap_or_default();
    json!({
        "name": entity.name,
        "address": entity.address,
        "home_page": entity.home_page,
        "home_page_words": bare(&entity.home_page),
        "contact": { "name": contact.name, "title": contact.title, "email": contact.email },
    })
}

/// An address as people write it: without `https://` and a slash at the end.
fn bare(url: &str) -> &str {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.unwrap_or(url).trim_end_matches('/')
}

pub(super) fn is_toll_free(phone: &str) -> bool {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix('1').filter(|d| d.len() == 10).unwrap_or(&digits);
    TOLL_FREE.iter().any(|code| national.starts_with(code))
}

/// Leaves out what is empty: a template that names a missing fact must fail, not print nothing.
fn filled(mut value: Json) -> Json {
    if let Json::Object(map) = &mut value {
        map.retain(|_, v| !v.is_null() && v.as_str() != Some(""));
        map.values_mut().for_each(|v| *v = filled(v.take()));
    }
    value
}

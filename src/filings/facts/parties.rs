//! Who: `entity.*` (the organization named in the form), `contact.*` (who files), `vendor.*`.

use super::{Facts, Scene, Subject, entities};
use crate::filings::fact::{Fact, FactState, Value};
use crate::incident::{Contact, CoveredEntity, Role, VendorRole};
use crate::law::DutyKind;

/// The question of whose name stands as the organization.
pub(crate) const ENTITY_NAMED: &str = "filing.entity_named";

pub(super) fn add(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    let list = entities(scene, subject);
    let sender = &scene.incident.sender;
    let choice = scene.decision(ENTITY_NAMED);
    match list.as_slice() {
        // HHS lists every covered entity by itself.
        [one] if choice != Some("sender") || subject.duty.kind == DutyKind::Hhs => {
            name_entity(facts, scene, one);
        }
        // Whose information it was, not who files, is asked; with several owners the one filer
        // is named, and counsel is asked.
        many => name_sender(facts, scene, many, choice.is_some()),
    }
    shared(facts, scene, &list);
    filer(facts, scene);
    vendor(facts, scene);
    facts.set(
        "filing.filer_role",
        Fact::known(match sender.role {
            Role::CoveredEntity if breached_vendor(scene).is_some() => {
                id(scene, "covered_entity_for_business_associate")
            }
            other => id(scene, other.id()),
        }),
    );
}

fn id(scene: &Scene, id: &str) -> Value {
    Value::Ids(vec![(id.to_owned(), scene.forms.words.value(id))])
}

fn name_entity(facts: &mut Facts, scene: &Scene, entity: &CoveredEntity) {
    let key = |name: &str| format!("covered_entity[{}].{name}", entity.id);
    facts.set("entity.name", Fact::text(&entity.name, &key("name")));
    address(facts, "entity.address", &entity.address, &key("address"));
    facts.set("entity.type", Fact::known(id(scene, entity.kind.id())));
    facts.set("entity.hipaa_type", Fact::known(id(scene, entity.kind.id())));
    facts.set("entity.subtype", Fact::known(id(scene, entity.subtype.id())));
    let contact = entity.contact.clone().unwrap_or_default();
    person(facts, "entity.contact", &contact, &key("contact"));
}

fn name_sender(facts: &mut Facts, scene: &Scene, list: &[&CoveredEntity], decided: bool) {
    let sender = &scene.incident.sender;
    let settle = |fact: Fact| {
        if decided || list.len() < 2 {
            fact
        } else {
            Fact { standing: ask_if_known(&fact), ..fact }.noted("sender_named")
        }
    };
    facts.set("entity.name", settle(Fact::text(&sender.name, "sender.name")));
    address(facts, "entity.address", &sender.address, "sender.address");
    let role = match sender.role {
        Role::CoveredEntity => id(scene, list.first().map_or("none", |e| e.kind.id())),
        other => id(scene, other.id()),
    };
    facts.set("entity.type", Fact::known(role));
    facts.set("entity.subtype", Fact::known(id(scene, "none")));
    let contact = sender.contact.clone().unwrap_or_default();
    person(facts, "entity.contact", &contact, "sender.contact");
}

fn ask_if_known(fact: &Fact) -> FactState {
    match &fact.standing {
        FactState::Known => FactState::Ask(ENTITY_NAMED.to_owned()),
        other => other.clone(),
    }
}

/// What is asked of the covered entity whoever is named.
fn shared(facts: &mut Facts, scene: &Scene, list: &[&CoveredEntity]) {
    let words = &scene.forms.words;
    let agree = |get: fn(&CoveredEntity) -> Option<bool>, name: &str| {
        let answers: Vec<_> = list.iter().map(|e| get(e)).collect();
        match answers.first() {
            Some(Some(first)) if answers.iter().all(|a| *a == Some(*first)) => {
                Fact::known(Value::Flag(*first))
            }
            _ if answers.iter().all(Option::is_some) && !answers.is_empty() => {
                Fact::ask(format!("filing.entity.{name}"), None)
            }
            _ => Fact::missing(
                list.iter()
                    .filter(|e| get(e).is_none())
                    .map(|e| format!("covered_entity[{}].{name}", e.id))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        }
    };
    facts.set("entity.wisp", agree(|e| e.wisp, "wisp"));
    facts.set("entity.small_business", agree(|e| e.small_business, "small_business"));
    let asked = &scene.incident.filing;
    facts.set("entity.dba", Fact::text(&asked.doing_business_as, "filing.doing_business_as"));
    facts.set("entity.wisp_updated", Fact::flag(asked.wisp_updated, "filing.wisp_updated"));
    let mut prior: Vec<_> = list.iter().flat_map(|e| e.prior_notices_12m.clone()).collect();
    prior.sort();
    prior.dedup();
    facts.set(
        "entity.prior_notices_12m",
        if prior.is_empty() {
            Fact::known(Value::Text(words.value("none_listed"))).noted("prior_none")
        } else {
            Fact::known(Value::Days(prior))
        },
    );
    let status =
        if scene.incident.sender.role.under_hipaa() { "hipaa_applies" } else { "hipaa_not" };
    facts.set("entity.hipaa_status", Fact::known(Value::Text(words.value(status))));
}

fn filer(facts: &mut Facts, scene: &Scene) {
    let contact = scene.incident.sender.contact.clone().unwrap_or_default();
    person(facts, "contact", &contact, "sender.contact");
    let text = |value: &str, name: &str| Fact::text(value, &format!("sender.contact.{name}"));
    facts.set("contact.name", text(&contact.name, "name"));
    facts.set("contact.title", text(&contact.title, "title"));
    facts.set("contact.relationship", text(&contact.relationship, "relationship"));
    facts.set(
        "contact.firm",
        if contact.firm.trim().is_empty() {
            Fact::not_applicable("no_firm")
        } else {
            text(&contact.firm, "firm")
        },
    );
    let (lines, key) = if contact.address.is_empty() && contact.firm.trim().is_empty() {
        (scene.incident.sender.address.clone(), "sender.address")
    } else {
        (contact.address.clone(), "sender.contact.address")
    };
    facts.set("contact.address", Fact::text(&lines.join(", "), key));
    facts.set("contact.zip", split(&lines).map_or_else(|| Fact::missing(key), |a| known(&a.zip)));
}

fn breached_vendor<'a>(scene: &Scene<'a>) -> Option<&'a crate::incident::Vendor> {
    scene.incident.vendors.iter().find(|v| v.role == VendorRole::BreachedTool && v.baa_on.is_some())
}

/// The business associate that had the breach: the sender itself, or the tool's maker.
fn vendor(facts: &mut Facts, scene: &Scene) {
    let sender = &scene.incident.sender;
    let present = sender.role.serves_others() || breached_vendor(scene).is_some();
    facts.set("vendor.present", Fact::known(Value::Flag(present)));
    if sender.role.serves_others() {
        facts.set("vendor.name", Fact::text(&sender.name, "sender.name"));
        address(facts, "vendor.address", &sender.address, "sender.address");
        let contact = sender.contact.clone().unwrap_or_default();
        person(facts, "vendor.contact", &contact, "sender.contact");
    } else if let Some(vendor) = breached_vendor(scene) {
        facts.set("vendor.name", Fact::text(&vendor.name, "vendor.name"));
    } else {
        for slot in ["vendor.name", "vendor.address.street", "vendor.address.city"] {
            facts.set(slot, Fact::not_applicable("no_vendor"));
        }
    }
}

/// First and last name, e-mail and telephone under `<slot>.`.
fn person(facts: &mut Facts, slot: &str, contact: &Contact, key: &str) {
    let name = contact.name.trim();
    let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
    for (part, text) in [("first_name", first), ("last_name", last)] {
        let fact = Fact::text(text, &format!("{key}.name"));
        facts.set(&format!("{slot}.{part}"), fact.noted("name_split"));
    }
    facts.set(&format!("{slot}.email"), Fact::text(&contact.email, &format!("{key}.email")));
    facts.set(&format!("{slot}.phone"), Fact::text(&contact.phone, &format!("{key}.phone")));
}

struct Parts {
    street: String,
    city: String,
    state: String,
    zip: String,
}

/// `["1 Harbor Way", "Portland, ME 04101"]` in its parts.
fn split(lines: &[String]) -> Option<Parts> {
    let (last, street) = lines.split_last()?;
    let (city, rest) = last.rsplit_once(',')?;
    let (state, zip) = rest.trim().split_once(' ')?;
    let part = |text: &str| text.trim().to_owned();
    Some(Parts { street: street.join(", "), city: part(city), state: part(state), zip: part(zip) })
}

fn address(facts: &mut Facts, slot: &str, lines: &[String], key: &str) {
    if slot == "entity.address" {
        facts.set(slot, Fact::text(&lines.join(", "), key));
    }
    let parts = split(lines);
    let get = |part: fn(&Parts) -> &String| match &parts {
        Some(parts) => Fact::text(part(parts), key),
        None if lines.is_empty() => Fact::missing(key),
        None => Fact::missing(key).noted("address_form"),
    };
    facts.set(&format!("{slot}.street"), get(|p| &p.street));
    facts.set(&format!("{slot}.city"), get(|p| &p.city));
    facts.set(&format!("{slot}.state"), get(|p| &p.state));
    facts.set(&format!("{slot}.zip"), get(|p| &p.zip));
}

fn known(text: &str) -> Fact {
    Fact::known(Value::Text(text.to_owned()))
}

//! Who: `entity.*` (the organization named in the form), `contact.*` (who files), `vendor.*`.

use super::{Facts, Scene, Subject, entities};
use crate::filings::fact::{Fact, FactState, Value};
use crate::filings::slots::Slot;
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
        Slot::FilingFilerRole,
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
    facts.set(Slot::EntityName, Fact::text(&entity.name, &key("name")));
    entity_address(facts, &entity.address, &key("address"));
    facts.set(Slot::EntityType, Fact::known(id(scene, entity.kind.id())));
    facts.set(Slot::EntityHipaaType, Fact::known(id(scene, entity.kind.id())));
    facts.set(Slot::EntitySubtype, Fact::known(id(scene, entity.subtype.id())));
    let contact = entity.contact.clone().unwrap_or_default();
    person(facts, ENTITY_CONTACT, [&contact.name, &contact.email, &contact.phone], &key("contact"));
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
    facts.set(Slot::EntityName, settle(Fact::text(&sender.name, "sender.name")));
    entity_address(facts, &sender.address, "sender.address");
    let role = match sender.role {
        Role::CoveredEntity => id(scene, list.first().map_or("none", |e| e.kind.id())),
        other => id(scene, other.id()),
    };
    facts.set(Slot::EntityType, Fact::known(role));
    facts.set(Slot::EntitySubtype, Fact::known(id(scene, "none")));
    senders_person(facts, ENTITY_CONTACT, &sender.contact.clone().unwrap_or_default());
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
    let agree = |get: fn(&CoveredEntity) -> Option<bool>, slot: &Slot, key: &str| {
        let answers: Vec<_> = list.iter().map(|e| get(e)).collect();
        match answers.first() {
            Some(Some(first)) if answers.iter().all(|a| *a == Some(*first)) => {
                Fact::known(Value::Flag(*first))
            }
            _ if answers.iter().all(Option::is_some) && !answers.is_empty() => {
                Fact::to_decide(slot, None)
            }
            _ => Fact::missing(
                list.iter()
                    .filter(|e| get(e).is_none())
                    .map(|e| format!("covered_entity[{}].{key}", e.id))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        }
    };
    facts.set(Slot::EntityWisp, agree(|e| e.wisp, &Slot::EntityWisp, "wisp"));
    facts.set(
        Slot::EntitySmallBusiness,
        agree(|e| e.small_business, &Slot::EntitySmallBusiness, "small_business"),
    );
    let asked = &scene.incident.filing;
    facts.set(Slot::EntityDba, Fact::text(&asked.doing_business_as, "filing.doing_business_as"));
    facts.set(Slot::EntityWispUpdated, Fact::flag(asked.wisp_updated, "filing.wisp_updated"));
    let mut prior: Vec<_> = list.iter().flat_map(|e| e.prior_notices_12m.clone()).collect();
    prior.sort();
    prior.dedup();
    facts.set(
        Slot::EntityPriorNotices12m,
        if prior.is_empty() {
            Fact::known(Value::Text(words.value("none_listed"))).noted("prior_none")
        } else {
            Fact::known(Value::Days(prior))
        },
    );
    let status =
        if scene.incident.sender.role.under_hipaa() { "hipaa_applies" } else { "hipaa_not" };
    facts.set(Slot::EntityHipaaStatus, Fact::known(Value::Text(words.value(status))));
}

fn filer(facts: &mut Facts, scene: &Scene) {
    let contact = scene.incident.sender.contact.clone().unwrap_or_default();
    senders_person(facts, FILER, &contact);
    let text = |value: &str, name: &str| Fact::text(value, &format!("sender.contact.{name}"));
    facts.set(Slot::ContactName, text(&contact.name, "name"));
    facts.set(Slot::ContactTitle, text(&contact.title, "title"));
    facts.set(Slot::ContactRelationship, text(&contact.relationship, "relationship"));
    facts.set(
        Slot::ContactFirm,
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
    facts.set(Slot::ContactAddress, Fact::text(&lines.join(", "), key));
    facts
        .set(Slot::ContactZip, split(&lines).map_or_else(|| Fact::missing(key), |a| known(&a.zip)));
}

fn breached_vendor<'a>(scene: &Scene<'a>) -> Option<&'a crate::incident::Vendor> {
    scene.incident.vendors.iter().find(|v| v.role == VendorRole::BreachedTool && v.baa_on.is_some())
}

/// The business associate that had the breach: the sender itself, or the tool's maker.
fn vendor(facts: &mut Facts, scene: &Scene) {
    let sender = &scene.incident.sender;
    let present = sender.role.serves_others() || breached_vendor(scene).is_some();
    facts.set(Slot::VendorPresent, Fact::known(Value::Flag(present)));
    if sender.role.serves_others() {
        facts.set(Slot::VendorName, Fact::text(&sender.name, "sender.name"));
        address(facts, VENDOR_ADDRESS, &sender.address, "sender.address");
        senders_person(facts, VENDOR_CONTACT, &sender.contact.clone().unwrap_or_default());
    } else if let Some(vendor) = breached_vendor(scene) {
        facts.set(Slot::VendorName, Fact::text(&vendor.name, "vendor.name"));
    } else {
        for slot in [Slot::VendorName, Slot::VendorAddressStreet, Slot::VendorAddressCity] {
            facts.set(slot, Fact::not_applicable("no_vendor"));
        }
    }
}

/// Slots of a person: first and last name, e-mail, telephone.
type PersonSlots = [Slot; 4];

const FILER: PersonSlots =
    [Slot::ContactFirstName, Slot::ContactLastName, Slot::ContactEmail, Slot::ContactPhone];
const ENTITY_CONTACT: PersonSlots = [
    Slot::EntityContactFirstName,
    Slot::EntityContactLastName,
    Slot::EntityContactEmail,
    Slot::EntityContactPhone,
];
const VENDOR_CONTACT: PersonSlots = [
    Slot::VendorContactFirstName,
    Slot::VendorContactLastName,
    Slot::VendorContactEmail,
    Slot::VendorContactPhone,
];

fn senders_person(facts: &mut Facts, slots: PersonSlots, contact: &Contact) {
    person(facts, slots, [&contact.name, &contact.email, &contact.phone], "sender.contact");
}

/// A name, an e-mail address and a telephone number.
fn person(facts: &mut Facts, slots: PersonSlots, of: [&str; 3], key: &str) {
    let [name, mail, telephone] = of;
    let name = name.trim();
    let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
    let [first_name, last_name, email, phone] = slots;
    for (slot, text) in [(first_name, first), (last_name, last)] {
        facts.set(slot, Fact::text(text, &format!("{key}.name")).noted("name_split"));
    }
    facts.set(email, Fact::text(mail, &format!("{key}.email")));
    facts.set(phone, Fact::text(telephone, &format!("{key}.phone")));
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

/// Slots of an address: street, city, state, ZIP.
type AddressSlots = [Slot; 4];

const ENTITY_ADDRESS: AddressSlots = [
    Slot::EntityAddressStreet,
    Slot::EntityAddressCity,
    Slot::EntityAddressState,
    Slot::EntityAddressZip,
];
const VENDOR_ADDRESS: AddressSlots = [
    Slot::VendorAddressStreet,
    Slot::VendorAddressCity,
    Slot::VendorAddressState,
    Slot::VendorAddressZip,
];

fn entity_address(facts: &mut Facts, lines: &[String], key: &str) {
    facts.set(Slot::EntityAddress, Fact::text(&lines.join(", "), key));
    address(facts, ENTITY_ADDRESS, lines, key);
}

fn address(facts: &mut Facts, slots: AddressSlots, lines: &[String], key: &str) {
    let parts = split(lines);
    let get = |part: fn(&Parts) -> &String| match &parts {
        Some(parts) => Fact::text(part(parts), key),
        None if lines.is_empty() => Fact::missing(key),
        None => Fact::missing(key).noted("address_form"),
    };
    let [street, city, state, zip] = slots;
    facts.set(street, get(|p| &p.street));
    facts.set(city, get(|p| &p.city));
    facts.set(state, get(|p| &p.state));
    facts.set(zip, get(|p| &p.zip));
}

fn known(text: &str) -> Fact {
    Fact::known(Value::Text(text.to_owned()))
}

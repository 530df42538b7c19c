//! What was said and done: `description.*`, `protection.*`, `law_enforcement.*`, safeguards.

use super::{Facts, Scene, Subject};
use crate::filings::fact::{Fact, Value};
use crate::filings::plain::plain;

pub(super) fn add(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    description(facts, scene);
    protection(facts, scene);
    law_enforcement(facts, scene, subject);
    let breach = &scene.incident.breach;
    for (slot, ids, key) in [
        ("incident.safeguards_before", &breach.safeguards_before, "breach.safeguards_before"),
        ("incident.actions_taken", &breach.actions_taken, "breach.actions_taken"),
    ] {
        let labeled = ids.iter().map(|id| {
            let label = scene.forms.option_label(slot, id);
            (id.clone(), label.unwrap_or_else(|| id.clone()))
        });
        facts.set(
            slot,
            if ids.is_empty() {
                Fact::missing(key)
            } else {
                Fact::known(Value::Ids(labeled.collect()))
            },
        );
    }
    let safeguards: Vec<String> = breach
        .safeguards_before
        .iter()
        .filter_map(|id| scene.forms.option_label("incident.safeguards_before", id))
        .collect();
    facts.set(
        "entity.safeguards",
        Fact::text(&safeguards.join("; "), "breach.safeguards_before").noted("counsel_writes"),
    );
}

fn description(facts: &mut Facts, scene: &Scene) {
    let breach = &scene.incident.breach;
    let own = plain(&breach.regulator_description);
    facts.set(
        "description",
        if own.is_empty() {
            Fact::text(&plain(&breach.what_happened), "breach.regulator_description")
                .noted("letters_words")
        } else {
            Fact::known(Value::Text(own))
        },
    );
    let done = plain(&breach.what_we_are_doing);
    facts.set("description.steps_taken", Fact::text(&done, "breach.what_we_are_doing"));
    facts.set(
        "description.containment",
        Fact::text(&done, "breach.what_we_are_doing").noted("steps_reused"),
    );
    facts.set(
        "description.steps_planned",
        Fact::text(&plain(&breach.steps_planned), "breach.steps_planned"),
    );
}

/// Services offered to anybody this filing counts.
fn protection(facts: &mut Facts, scene: &Scene) {
    let offers: Vec<_> = scene
        .incident
        .protections
        .iter()
        .filter(|p| {
            p.offered_for.is_empty()
                || facts.elements.iter().any(|(id, _)| p.offered_for.contains(id))
        })
        .collect();
    facts.set("protection.offered", Fact::known(Value::Flag(!offers.is_empty())));
    if offers.is_empty() {
        for slot in ["protection.months", "protection.provider", "protection.description"] {
            facts.set(slot, Fact::not_applicable("no_protection"));
        }
        return;
    }
    let join = |mut list: Vec<String>| {
        list.dedup();
        list.join("; ")
    };
    let word = scene.forms.words.value("months");
    let mut months: Vec<u32> = offers.iter().map(|p| p.months).collect();
    months.sort_unstable();
    let months = join(months.iter().map(|m| word.replace("{n}", &m.to_string())).collect());
    facts.set("protection.months", Fact::known(Value::Text(months)));
    let providers = join(offers.iter().map(|p| p.provider.clone()).collect());
    facts.set("protection.provider", Fact::text(&providers, "protection.provider"));
    let about: Vec<String> =
        offers.iter().map(|p| plain(&p.description)).filter(|d| !d.is_empty()).collect();
    facts.set("protection.description", Fact::text(&join(about), "protection.description"));
}

fn law_enforcement(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    let told = scene.incident.breach.law_enforcement_notified;
    facts.set("law_enforcement.notified", Fact::flag(told, "breach.law_enforcement_notified"));
    let holds: Vec<_> = scene
        .incident
        .holds
        .iter()
        .filter(|h| h.jurisdictions.contains(&subject.duty.jurisdiction))
        .collect();
    facts.set("law_enforcement.delay", Fact::known(Value::Flag(!holds.is_empty())));
    if told == Some(false) {
        for slot in [
            "law_enforcement.agency",
            "law_enforcement.contact",
            "law_enforcement.phone",
            "law_enforcement.report_number",
        ] {
            facts.set(slot, Fact::not_applicable("no_law_enforcement"));
        }
        facts.set("law_enforcement.report_filed", Fact::known(Value::Flag(false)));
        return;
    }
    let asked = &scene.incident.filing;
    let hold = scene.incident.holds.first();
    let agency = match asked.law_enforcement_agency.trim() {
        "" => hold.map_or("", |hold| hold.agency.as_str()),
        named => named,
    };
    let number = &asked.law_enforcement_report_number;
    facts.set("law_enforcement.agency", Fact::text(agency, "filing.law_enforcement_agency"));
    facts.set(
        "law_enforcement.phone",
        Fact::text(&asked.law_enforcement_phone, "filing.law_enforcement_phone"),
    );
    facts.set(
        "law_enforcement.report_number",
        Fact::text(number, "filing.law_enforcement_report_number"),
    );
    if !number.trim().is_empty() {
        facts.set("law_enforcement.report_filed", Fact::known(Value::Flag(true)));
    }
    if let Some(hold) = hold.filter(|hold| !hold.official.trim().is_empty()) {
        facts.set("law_enforcement.contact", Fact::text(&hold.official, ""));
    }
}

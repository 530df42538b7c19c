//! What was said and done: `description.*`, `protection.*`, `law_enforcement.*`, safeguards.

use super::{Facts, Scene, Subject};
use crate::filings::fact::{Fact, Value};
use crate::filings::plain::plain;
use crate::filings::slots::Slot;

pub(super) fn add(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    description(facts, scene);
    protection(facts, scene);
    law_enforcement(facts, scene, subject);
    let breach = &scene.incident.breach;
    for (slot, ids, key) in [
        (Slot::IncidentSafeguardsBefore, &breach.safeguards_before, "breach.safeguards_before"),
        (Slot::IncidentActionsTaken, &breach.actions_taken, "breach.actions_taken"),
    ] {
        let labeled = ids.iter().map(|id| {
            let label = scene.forms.option_label(&slot, id);
            (id.clone(), label.unwrap_or_else(|| id.clone()))
        });
        let fact = match ids.is_empty() {
            true => Fact::missing(key),
            false => Fact::known(Value::Ids(labeled.collect())),
        };
        facts.set(slot, fact);
    }
    let safeguards: Vec<String> = breach
        .safeguards_before
        .iter()
        .filter_map(|id| scene.forms.option_label(&Slot::IncidentSafeguardsBefore, id))
        .collect();
    facts.set(
        Slot::EntitySafeguards,
        Fact::text(&safeguards.join("; "), "breach.safeguards_before").noted("counsel_writes"),
    );
}

fn description(facts: &mut Facts, scene: &Scene) {
    let breach = &scene.incident.breach;
    let own = plain(&breach.regulator_description);
    facts.set(
        Slot::Description,
        if own.is_empty() {
            Fact::text(&plain(&breach.what_happened), "breach.regulator_description")
                .noted("letters_words")
        } else {
            Fact::known(Value::Text(own))
        },
    );
    let own = plain(&breach.regulator_steps);
    let done = match own.is_empty() {
        true => Fact::text(&plain(&breach.what_we_are_doing), "breach.regulator_steps")
            .noted("letters_words_steps"),
        false => Fact::known(Value::Text(own)),
    };
    facts.set(Slot::DescriptionStepsTaken, done.clone());
    facts.set(Slot::DescriptionContainment, done.noted("steps_reused"));
    facts.set(
        Slot::DescriptionStepsPlanned,
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
    facts.set(Slot::ProtectionOffered, Fact::known(Value::Flag(!offers.is_empty())));
    if offers.is_empty() {
        for slot in [Slot::ProtectionMonths, Slot::ProtectionProvider, Slot::ProtectionDescription]
        {
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
    facts.set(Slot::ProtectionMonths, Fact::known(Value::Text(months)));
    let providers = join(offers.iter().map(|p| p.provider.clone()).collect());
    facts.set(Slot::ProtectionProvider, Fact::text(&providers, "protection.provider"));
    let about: Vec<String> =
        offers.iter().map(|p| plain(&p.description)).filter(|d| !d.is_empty()).collect();
    facts.set(Slot::ProtectionDescription, Fact::text(&join(about), "protection.description"));
}

fn law_enforcement(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    let told = scene.incident.breach.law_enforcement_notified;
    facts.set(Slot::LawEnforcementNotified, Fact::flag(told, "breach.law_enforcement_notified"));
    let holds: Vec<_> = scene
        .incident
        .holds
        .iter()
        .filter(|h| h.jurisdictions.contains(&subject.duty.jurisdiction))
        .collect();
    facts.set(Slot::LawEnforcementDelay, Fact::known(Value::Flag(!holds.is_empty())));
    if told == Some(false) {
        for slot in [
            Slot::LawEnforcementAgency,
            Slot::LawEnforcementContact,
            Slot::LawEnforcementPhone,
            Slot::LawEnforcementReportNumber,
        ] {
            facts.set(slot, Fact::not_applicable("no_law_enforcement"));
        }
        facts.set(Slot::LawEnforcementReportFiled, Fact::known(Value::Flag(false)));
        return;
    }
    let asked = &scene.incident.filing;
    let hold = scene.incident.holds.first();
    let agency = match asked.law_enforcement_agency.trim() {
        "" => hold.map_or("", |hold| hold.agency.as_str()),
        named => named,
    };
    let number = &asked.law_enforcement_report_number;
    facts.set(Slot::LawEnforcementAgency, Fact::text(agency, "filing.law_enforcement_agency"));
    facts.set(
        Slot::LawEnforcementPhone,
        Fact::text(&asked.law_enforcement_phone, "filing.law_enforcement_phone"),
    );
    facts.set(
        Slot::LawEnforcementReportNumber,
        Fact::text(number, "filing.law_enforcement_report_number"),
    );
    if !number.trim().is_empty() {
        facts.set(Slot::LawEnforcementReportFiled, Fact::known(Value::Flag(true)));
    }
    if let Some(hold) = hold.filter(|hold| !hold.official.trim().is_empty()) {
        facts.set(Slot::LawEnforcementContact, Fact::text(&hold.official, ""));
    }
}

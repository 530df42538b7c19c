//! What happened and when: `incident.*`.

use super::{Facts, Scene, Subject, entities, strands};
use crate::filings::fact::{Fact, Value};
use crate::filings::slot::{BREACH_TYPES, LOCATIONS};
use crate::filings::slots::Slot;
use crate::incident::{Agency, BreachType, Day, Location, WindowCertainty};
use crate::law::{Clock, DutyKind};

pub(super) fn add(facts: &mut Facts, scene: &Scene, subject: &Subject) {
    let words = &scene.forms.words;
    let strands = strands(scene, subject);
    let windows: Vec<_> = strands.iter().flat_map(|s| s.windows.iter()).collect();
    let missing = || {
        let ids: Vec<String> = strands
            .iter()
            .filter(|s| s.windows.is_empty())
            .map(|s| format!("strand[{}].windows", s.id))
            .collect();
        Fact::missing(ids.join(", "))
    };
    let noted = |fact: Fact| {
        if windows.iter().any(|w| w.certainty != WindowCertainty::Confirmed) {
            fact.noted("window_estimated")
        } else {
            fact
        }
    };
    let start = windows.iter().map(|w| w.start).min();
    let end = windows.iter().map(|w| w.end).max();
    let day = |day: Option<Day>| match day {
        Some(day) => noted(Fact::known(Value::Days(vec![day]))),
        None => missing(),
    };
    facts.set(Slot::IncidentBreachStart, day(start));
    facts.set(Slot::IncidentBreachEnd, day(end));
    facts.set(
        Slot::IncidentBreachSpan,
        match start.zip(end) {
            Some((start, end)) => noted(Fact::known(Value::Span(start, end))),
            None => missing(),
        },
    );

    let discovered = discovered(scene, subject);
    let last = strands
        .iter()
        .flat_map(|s| s.discoveries.iter().map(|d| d.on).chain([s.discovered]))
        .chain(discovered)
        .max();
    let unsure = entities(scene, subject).iter().any(|e| {
        scene.incident.sender.role.serves_others() && scene.incident.agency(e) == Agency::Unknown
    });
    let found = |day: Option<Day>| match day {
        Some(day) if unsure => Fact::known(Value::Days(vec![day])).noted("agency_unknown"),
        Some(day) => Fact::known(Value::Days(vec![day])),
        None => Fact::missing("strand.discovered"),
    };
    facts.set(Slot::IncidentDiscovered, found(discovered));
    facts.set(Slot::IncidentDiscoveredEnd, found(last));
    facts.set(
        Slot::IncidentDetermined,
        match strands.iter().filter_map(|s| s.determined).min() {
            Some(day) => Fact::known(Value::Days(vec![day])),
            None => Fact::missing(format!(
                "strand[{}].determined",
                strands.first().map_or("", |s| s.id.as_str())
            )),
        },
    );

    let ids = |ids: Vec<&'static str>, vocabulary: &[&str]| {
        let kept = vocabulary.iter().filter(|id| ids.contains(id));
        Value::Ids(kept.map(|id| ((*id).to_owned(), words.value(id))).collect())
    };
    let types = strands.iter().map(|s| breach_type(s.kind)).collect();
    facts.set(Slot::IncidentBreachType, Fact::known(ids(types, BREACH_TYPES)));
    let places: Vec<_> =
        strands.iter().flat_map(|s| s.locations.iter().map(|l| location(*l))).collect();
    facts.set(
        Slot::IncidentLocation,
        if places.is_empty() {
            Fact::missing(format!(
                "strand[{}].locations",
                strands.first().map_or("", |s| s.id.as_str())
            ))
        } else {
            Fact::known(ids(places, LOCATIONS))
        },
    );
    facts.set(
        Slot::IncidentEncryption,
        Fact::known(Value::Flag(!strands.is_empty() && strands.iter().all(|s| s.encrypted))),
    );
    let asked = &scene.incident.filing;
    for (slot, text, key) in [
        (Slot::IncidentDiscoveryHow, &asked.how_discovered, "filing.how_discovered"),
        (Slot::IncidentEstimatedCost, &asked.estimated_cost, "filing.estimated_cost"),
        (Slot::IncidentActor, &asked.person_responsible, "filing.person_responsible"),
        (Slot::IncidentActionsOther, &asked.other_actions, "filing.other_actions"),
    ] {
        facts.set(slot, Fact::text(text, key));
    }
    let attacks = asked.attack_type.iter().map(|id| {
        let label = scene.forms.option_label(&Slot::IncidentAttackType, id);
        (id.clone(), label.unwrap_or_else(|| id.clone()))
    });
    facts.set(
        Slot::IncidentAttackType,
        if asked.attack_type.is_empty() {
            Fact::missing("filing.attack_type")
        } else {
            Fact::known(Value::Ids(attacks.collect()))
        },
    );
    facts.set(
        Slot::IncidentDelayReason,
        if scene.incident.breach.delay_reason.trim().is_empty() {
            Fact::not_applicable("no_delay")
        } else {
            Fact::known(Value::Text(scene.incident.breach.delay_reason.trim().to_owned()))
        },
    );
}

/// The day the plan's clocks start from, so that no filing names another; the strands' own days
/// where the plan has none.
fn discovered(scene: &Scene, subject: &Subject) -> Option<Day> {
    let names: Vec<&str> = entities(scene, subject).iter().map(|e| e.id.as_str()).collect();
    let started = |same_law: bool| {
        scene
            .plan
            .duties
            .iter()
            .filter(|d| d.clock == Clock::Discovery && d.kind != DutyKind::Custom)
            .filter(|d| !same_law || d.jurisdiction == subject.duty.jurisdiction)
            .filter(|d| d.entities.iter().any(|e| names.contains(&e.as_str())))
            .filter_map(|d| d.clock_started)
            .min()
            .map(Day)
    };
    started(true)
        .or_else(|| started(false))
        .or_else(|| strands(scene, subject).iter().map(|s| s.discovered).min())
}

fn breach_type(kind: BreachType) -> &'static str {
    match kind {
        BreachType::HackingItIncident => "hacking_it_incident",
        BreachType::ImproperDisposal => "improper_disposal",
        BreachType::Loss => "loss",
        BreachType::Theft => "theft",
        BreachType::UnauthorizedAccessDisclosure => "unauthorized_access_disclosure",
    }
}

fn location(location: Location) -> &'static str {
    match location {
        Location::DesktopComputer => "desktop_computer",
        Location::ElectronicMedicalRecord => "electronic_medical_record",
        Location::Email => "email",
        Location::Laptop => "laptop",
        Location::NetworkServer => "network_server",
        Location::OtherPortableElectronicDevice => "other_portable_electronic_device",
        Location::PaperFilms => "paper_films",
        Location::Other => "other",
    }
}

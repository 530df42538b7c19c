//! A small made-up law and incident, and a builder over them.

use jiff::civil::{Date, date};
use noticeworks::finding::Findings;
use noticeworks::incident::{Incident, StrandIx};
use noticeworks::law::Jurisdiction;
use noticeworks::plan::{Cell, Cube, Duty, Outcome, Plan, Rules, make};
use noticeworks::roster::{ElementSet, Population, Recipient};
use std::collections::{BTreeMap, BTreeSet};

const INCIDENT: &str = include_str!("incident.toml");
const LAWS: [&str; 4] = [
    include_str!("law-federal.toml"),
    include_str!("law-north.toml"),
    include_str!("law-south.toml"),
    include_str!("law-east.toml"),
];

/// People to count: `n` of an entity in a state, patients unless said otherwise.
#[derive(Clone)]
pub struct Group {
    pub entity: &'static str,
    pub state: &'static str,
    pub n: u64,
    pub elements: &'static [&'static str],
    pub population: Population,
    pub recipient: Recipient,
    pub outcome: Outcome,
}

pub fn group(entity: &'static str, state: &'static str, n: u64) -> Group {
    Group {
        entity,
        state,
        n,
        elements: &["ssn", "diagnosis"],
        population: Population::Patient,
        recipient: Recipient::Adult,
        outcome: Outcome::ToMail,
    }
}

impl Group {
    pub fn elements(self, elements: &'static [&'static str]) -> Self {
        Self { elements, ..self }
    }
    pub fn population(self, population: Population) -> Self {
        Self { population, ..self }
    }
    pub fn recipient(self, recipient: Recipient) -> Self {
        Self { recipient, ..self }
    }
    pub fn outcome(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }
}

/// One question to the engine.
pub struct Scene {
    toml: String,
    groups: Vec<Group>,
    estimated: bool,
    pub elsewhere: BTreeSet<String>,
}

pub fn scene(groups: &[Group]) -> Scene {
    Scene {
        toml: INCIDENT.to_owned(),
        groups: groups.to_vec(),
        estimated: false,
        elsewhere: BTreeSet::new(),
    }
}

impl Scene {
    /// Replaces a piece of the incident's text, which must be there.
    pub fn with(mut self, old: &str, new: &str) -> Self {
        assert!(self.toml.contains(old), "the incident has no `{old}`");
        self.toml = self.toml.replace(old, new);
        self
    }

    /// Adds tables at the end.
    pub fn and(mut self, more: &str) -> Self {
        self.toml.push_str(more);
        self
    }

    /// Counts come from the incident's own estimates.
    pub fn estimated(mut self) -> Self {
        self.estimated = true;
        self
    }

    pub fn incident(&self) -> Incident {
        toml::from_str(&self.toml).unwrap()
    }

    pub fn cube(&self, incident: &Incident) -> Cube {
        if self.estimated {
            return Cube::from_estimates(incident);
        }
        let mut cube = Cube::default();
        for group in &self.groups {
            let elements: ElementSet = group
                .elements
                .iter()
                .map(|id| incident.elements.iter().position(|e| e.id == *id).unwrap())
                .collect();
            let cell = Cell {
                entity: incident.entity_index(group.entity).unwrap(),
                strand: StrandIx::FIRST,
                jurisdiction: group.state.to_owned(),
                elements,
                population: group.population,
                recipient: group.recipient,
                outcome: group.outcome,
            };
            *cube.cells.entry(cell).or_default() += group.n;
        }
        cube
    }

    pub fn make(&self) -> (Plan, Findings) {
        let incident = self.incident();
        let cube = self.cube(&incident);
        let laws: Vec<Jurisdiction> = LAWS.iter().map(|t| toml::from_str(t).unwrap()).collect();
        let mut rules = rules(&laws);
        rules.elsewhere = self.elsewhere.clone();
        make(&incident, &cube, &rules, &incident.waves[0], date(2026, 9, 18))
    }

    pub fn plan(&self) -> Plan {
        self.make().0
    }

    pub fn duty(&self, id: &str) -> Duty {
        let plan = self.plan();
        let ids: Vec<&str> = plan.duties.iter().map(|d| d.id.as_str()).collect();
        plan.duty(id).unwrap_or_else(|| panic!("no duty {id} among {ids:?}")).clone()
    }

    pub fn due(&self, id: &str) -> Option<Date> {
        self.duty(id).due
    }
}

pub fn rules(laws: &[Jurisdiction]) -> Rules<'_> {
    let categories = [
        ("diagnosis", "medical_information"),
        ("treatment", "medical_information"),
        ("insurance_member_id", "health_insurance"),
    ];
    let mut map: BTreeMap<String, Vec<String>> = categories
        .iter()
        .map(|(id, category)| ((*id).to_owned(), vec![(*category).to_owned()]))
        .collect();
    map.insert("name".to_owned(), Vec::new());
    map.insert("address".to_owned(), Vec::new());
    // Labor Day, Columbus Day, Thanksgiving, Christmas and New Year as observed.
    let holidays = [
        date(2026, 9, 7),
        date(2026, 10, 12),
        date(2026, 11, 26),
        date(2026, 12, 25),
        date(2027, 1, 1),
    ];
    Rules {
        jurisdictions: laws.iter().collect(),
        categories: map,
        interview: &[],
        labels: BTreeMap::from([("facility".to_owned(), "health facility".to_owned())]),
        is_holiday: Box::new(move |day| holidays.contains(&day)),
        pack: "test".to_owned(),
        since: None,
        told_hhs: BTreeMap::new(),
        elsewhere: BTreeSet::new(),
    }
}

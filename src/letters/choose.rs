//! Which version a person gets, and what is offered to them.

use super::facts::Facts;
use super::language::OWN;
use super::rules::Reliance;
use super::version::{Facets, Version};
use super::words::recipient_id;
use super::writer::{CAPACITY, Writer};
use crate::document::TemplateSet;
use crate::incident::{ProtectionRecipient, StateParagraphs, WaveKind};
use crate::roster::{Person, Recipient};
use std::collections::BTreeSet;

impl Writer<'_> {
    pub(super) fn facets(&self, person: &Person) -> Facets {
        let spoken = spoken(person);
        let language = self.written(person);
        let line = if language != spoken && self.lines.contains_key(spoken) { spoken } else { "" };
        let one_state = self.incident.letter.state_paragraphs == StateParagraphs::Recipient;
        let bars = if self.heeded.is_empty() { BTreeSet::new() } else { self.bars(person) };
        Facets {
            language: language.to_owned(),
            line: line.to_owned(),
            recipient: person.recipient,
            state: if one_state { person.jurisdiction.clone() } else { String::new() },
            patient: bars.is_empty()
                || (person.population.is_patient()
                    && self.rules.reliance(&person.jurisdiction) != Reliance::StateLaw),
            bars,
            protection: self.protection(person),
            entity: person.whose(),
            strand: person.strand,
            supplemental: person.supplemental,
        }
    }

    /// The language of a person's letter: their own where there are templates in it.
    pub(super) fn written<'p>(&self, person: &'p Person) -> &'p str {
        let spoken = spoken(person);
        if self.languages.contains_key(spoken) { spoken } else { OWN }
    }

    /// What statutes bar for a person, as far as a template heeds it.
    fn bars(&self, person: &Person) -> BTreeSet<String> {
        let who = (person.recipient, person.population, person.entity, person.strand);
        let key = (person.jurisdiction.clone(), person.elements, who);
        if let Ok(kept) = self.barred.read()
            && let Some(bars) = kept.get(&key)
        {
            return bars.clone();
        }
        let barred = self.rules.barred(&person.jurisdiction, &self.facts(person));
        let bars: BTreeSet<String> = barred.intersection(&self.heeded).cloned().collect();
        if let Ok(mut kept) = self.barred.write() {
            if kept.len() >= CAPACITY {
                kept.clear();
            }
            kept.insert(key, bars.clone());
        }
        bars
    }

    /// What conditions of the law are tested against.
    pub(super) fn facts(&self, person: &Person) -> Facts<'_> {
        let elements = super::exposure::elements(person.elements, self.incident);
        let one = |id: &str| self.rules.categories(std::iter::once(id));
        let each: Vec<BTreeSet<String>> = elements.map(|e| one(&e.id)).collect();
        let entity = &self.incident[person.whose()];
        Facts {
            incident: self.incident,
            entity,
            strand: person.strand,
            exposed: each.iter().flatten().cloned().collect(),
            each,
            patient: person.population.is_patient() && entity.kind.under_hipaa(),
            protection_offered: self.protection(person).is_some(),
            counts: &self.counts,
        }
    }

    /// The protection offered to a person, the first that fits; never to an estate.
    pub fn protection(&self, person: &Person) -> Option<usize> {
        let kind = match person.recipient {
            Recipient::Adult => ProtectionRecipient::Adult,
            Recipient::ParentOrGuardian => ProtectionRecipient::Minor,
            Recipient::Estate => return None,
        };
        (0..self.offered_for.len()).find(|i| {
            self.incident.protections[*i].recipients.contains(&kind)
                && self.offered_for[*i].is_none_or(|set| set.intersects(person.elements))
        })
    }

    /// The states whose paragraphs a version has, by name, with their templates.
    pub(super) fn state_templates(&self, facets: &Facets) -> Vec<(String, String)> {
        let folder = format!("{}/states/", facets.language);
        if !facets.state.is_empty() {
            let own = format!("{folder}{}", facets.state.to_lowercase());
            let name = if self.set.has(&own) { own } else { format!("{folder}generic") };
            return vec![(facets.state.clone(), name)];
        }
        let files = self.set.names().filter_map(|n| n.strip_prefix(&folder).map(|code| (code, n)));
        let files = files.filter(|(code, _)| *code != "generic" && !code.starts_with('_'));
        let mut states: Vec<_> =
            files.map(|(code, name)| (code.to_uppercase(), name.to_owned())).collect();
        // Besides, the office of each state with residents affected where letters usually name it.
        for code in self.counts.iter().filter(|(_, count)| **count > 0).map(|(code, _)| code) {
            let law = self.rules.get(code);
            if law.is_some_and(|j| j.contents.iter().any(|c| c.id == "ag_contact"))
                && !states.iter().any(|(known, _)| known == code)
            {
                states.push((code.clone(), format!("{folder}generic")));
            }
        }
        states
            .sort_by_key(|(code, _)| self.rules.get(code).map_or(code.clone(), |j| j.name.clone()));
        states
    }

    pub(super) fn describe(&self, facets: Facets) -> Version {
        let incident = self.incident;
        let label = &self.languages[&facets.language].words.label;
        let entity = &incident[facets.entity];
        let mut key = vec![facets.language.clone(), recipient_id(facets.recipient).to_owned()];
        let mut words = vec![match facets.recipient {
            Recipient::Adult => label.adult.clone(),
            Recipient::ParentOrGuardian => label.parent_or_guardian.clone(),
            Recipient::Estate => label.estate.clone(),
        }];
        if facets.supplemental {
            words.push(label.supplemental.clone());
            key.push("supplemental".to_owned());
        }
        if self.wave.kind == WaveKind::Correction {
            words.push(label.correction.clone());
            key.push("correction".to_owned());
        }
        if !facets.state.is_empty() {
            let name = self.rules.get(&facets.state).map_or(facets.state.as_str(), |j| &j.name);
            words.push(label.for_state.replace("{state}", name));
            key.push(facets.state.to_lowercase());
        }
        if !facets.bars.is_empty() {
            let bars = facets.bars.iter().cloned().collect::<Vec<_>>().join("+");
            words.push(label.without.replace("{contents}", &bars));
            key.push(format!("no-{}", bars.replace('_', "-")));
            if !facets.patient {
                words.push(label.not_patient.clone());
                key.push("not-patient".to_owned());
            }
        }
        match facets.protection {
            Some(index) => {
                let provider = &incident.protections[index].provider;
                words.push(label.with_protection.replace("{provider}", provider));
                key.push(format!("p{}", index + 1));
            }
            None => {
                words.push(label.without_protection.clone());
                key.push("p0".to_owned());
            }
        }
        words.push(entity.name.clone());
        key.push(entity.id.clone());
        if incident.strands.len() > 1 {
            let strand = &incident[facets.strand].id;
            words.push(strand.clone());
            key.push(strand.clone());
        }
        if !facets.line.is_empty() {
            let name = &self.lines[&facets.line].name;
            words.push(label.with_line.replace("{language}", name));
            key.push(format!("line-{}", facets.line));
        }
        if facets.language != OWN {
            words.push(self.languages[&facets.language].words.language.clone());
        }
        Version { key: key.join("."), label: words.join(", "), facets }
    }
}

/// A person's language without its region.
fn spoken(person: &Person) -> &str {
    person.language.split('-').next().unwrap_or(OWN)
}

/// Contents that templates ask about: `{% if "nature_of_breach" in bars %}`.
pub(super) fn heeded(set: &TemplateSet) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for name in set.names() {
        let text = set.source(name).map_or("", |(_, text)| text);
        for (at, _) in text.match_indices("in bars") {
            let quoted = text[..at].trim_end().trim_end_matches(['"', '\'']);
            let id = quoted.rsplit(['"', '\'']).next().unwrap_or("");
            ids.insert(id.to_owned());
        }
    }
    ids
}

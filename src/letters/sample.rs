//! Made-up addressees for previews, exhibits and proofs.

use super::version::{Facets, Version};
use super::writer::Writer;
use crate::incident::{EntityIx, StateParagraphs, StrandIx};
use crate::plan::Cell;
use crate::roster::{Address, AddressKind, ElementSet, Person, Population, Recipient, Standing};

impl Writer<'_> {
    /// A made-up person who gets this version, for previews and exhibits. Their elements are as
    /// many of the incident's as the version allows.
    pub fn sample_person(&self, version: &Version) -> Person {
        let facets = &version.facets;
        let count = self.incident.elements.len();
        let all: ElementSet = (0..count).collect();
        let strand = &self.incident[facets.strand];
        let of_strand: ElementSet = (0..count)
            .filter(|i| strand.elements.contains(&self.incident.elements[*i].id))
            .collect();
        let mut sets = vec![of_strand, all];
        // Fewer and fewer elements, then each alone: one of them has the version's offer.
        sets.extend((1..count).map(|n| (n..count).collect::<ElementSet>()));
        sets.extend((1..count).map(|n| (0..count - n).collect::<ElementSet>()));
        sets.extend((0..count).map(|n| [n].into_iter().collect::<ElementSet>()));
        let codes = self.rules.jurisdictions().map(|j| j.code.as_str());
        let codes: Vec<&str> = match facets.state.is_empty() {
            true => std::iter::once(self.incident.sender.state.as_str()).chain(codes).collect(),
            false => vec![facets.state.as_str()],
        };
        for set in sets.into_iter().filter(|s| !s.is_empty()) {
            for code in &codes {
                let person = self.made_up(facets, set, code);
                if self.version(&person).facets == *facets {
                    return person;
                }
            }
        }
        self.made_up(facets, all, codes[0])
    }

    /// A made-up person of a cell of the cube, in the incident's language.
    pub(super) fn person_like(&self, cell: &Cell) -> Person {
        let facets = Facets {
            language: "en".to_owned(),
            line: String::new(),
            recipient: cell.recipient,
            state: String::new(),
            bars: Default::default(),
            patient: cell.population.is_patient(),
            protection: None,
            entity: cell.entity,
            strand: cell.strand,
            supplemental: false,
        };
        let mut person = self.made_up(&facets, cell.elements, &cell.jurisdiction);
        person.population = cell.population;
        person
    }

    /// One made-up person for every kind of letter there can be.
    pub(super) fn samples(&self) -> Vec<Person> {
        let incident = self.incident;
        let all: ElementSet = (0..incident.elements.len()).collect();
        let each = (0..incident.elements.len()).map(|i| [i].into_iter().collect::<ElementSet>());
        let sets: Vec<ElementSet> = std::iter::once(all).chain(each).collect();
        let one_state = incident.letter.state_paragraphs == StateParagraphs::Recipient;
        let mut samples = Vec::new();
        for language in self.languages.keys() {
            for recipient in [Recipient::Adult, Recipient::ParentOrGuardian, Recipient::Estate] {
                let mut facets = Facets {
                    language: language.clone(),
                    line: String::new(),
                    recipient,
                    state: String::new(),
                    bars: Default::default(),
                    patient: true,
                    protection: None,
                    entity: EntityIx::FIRST,
                    strand: StrandIx::FIRST,
                    supplemental: false,
                };
                for set in &sets {
                    samples.push(self.made_up(&facets, *set, &incident.sender.state));
                }
                for jurisdiction in self.rules.jurisdictions() {
                    let person = self.made_up(&facets, all, &jurisdiction.code);
                    let barred = self.rules.barred(&jurisdiction.code, &self.facts(&person));
                    let counted = self.counts.contains_key(&jurisdiction.code);
                    if !barred.is_empty() || (one_state && counted) {
                        samples.push(person);
                    }
                }
                for entity in incident.entity_indices().skip(1) {
                    facets.entity = entity;
                    samples.push(self.made_up(&facets, all, &incident.sender.state));
                }
                facets.entity = EntityIx::FIRST;
                facets.supplemental = true;
                samples.push(self.made_up(&facets, all, &incident.sender.state));
                facets.supplemental = false;
                for strand in incident.strand_indices().skip(1) {
                    facets.strand = strand;
                    samples.push(self.made_up(&facets, all, &incident.sender.state));
                }
            }
        }
        samples
    }

    fn made_up(&self, facets: &Facets, elements: ElementSet, state: &str) -> Person {
        let words = &self.languages[&facets.language].words.sample;
        let adult = facets.recipient == Recipient::Adult;
        Person {
            row: 0,
            record_id: "sample".to_owned(),
            entity: Some(facets.entity),
            strand: facets.strand,
            first_name: words.first_name.clone(),
            middle_name: words.middle_name.clone(),
            last_name: words.last_name.clone(),
            suffix: String::new(),
            address: Address {
                lines: words.lines.clone(),
                city: words.city.clone(),
                state: state.to_owned(),
                zip: words.zip.clone(),
                country: String::new(),
                kind: AddressKind::Ordinary,
            },
            jurisdiction: state.to_owned(),
            email: String::new(),
            email_consent: false,
            email_consent_on: None,
            date_of_birth: None,
            recipient: facets.recipient,
            representative_name: if adult { String::new() } else { words.representative.clone() },
            language: match facets.line.is_empty() {
                true => facets.language.clone(),
                false => facets.line.clone(),
            },
            alt_format: String::new(),
            population: if facets.patient { Population::Patient } else { Population::Employee },
            elements,
            activation_code: words.code.clone(),
            prior_record_id: String::new(),
            supplemental: facets.supplemental,
            standing: Standing::Ready,
        }
    }
}

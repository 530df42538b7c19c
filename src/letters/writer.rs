//! Composes letters: chooses a person's version and fills in its sections.

use super::context::{has_code, person_value};
use super::exposure::Exposure;
use super::facts::Facts;
use super::order::{Order, SectionPlace, read_toml};
use super::rules::Rules;
use super::version::{Facets, Version};
use super::words::{Words, recipient_id};
use crate::document::{Document, Section, SectionStyle, TemplateSet};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{Incident, ProtectionRecipient, StateParagraphs, Wave};
use crate::roster::{ElementSet, Person, Population, Recipient};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, RwLock};
use tera::Context;

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The language of `incident.toml` and of people for whom there is no other.
const OWN: &str = "en";

/// Sections remembered by version and elements; beyond it they are composed again.
const CAPACITY: usize = 4096;

/// Residents affected, by USPS code; a letter that must state a number takes it from here.
pub type Counts = BTreeMap<String, u64>;

/// The letter templates that the program ships.
pub fn shipped() -> &'static Dir<'static> {
    #[expect(clippy::expect_used, reason = "part of the program; a test opens it")]
    TEMPLATES.get_dir("letter").expect("templates/letter")
}

/// Composes the letters of one wave; shared by all workers.
pub struct Writer<'a> {
    pub(super) incident: &'a Incident,
    pub(super) rules: &'a Rules<'a>,
    pub(super) set: &'a TemplateSet,
    pub(super) wave: &'a Wave,
    pub(super) counts: Counts,
    pub(super) order: Order,
    pub(super) languages: BTreeMap<String, Language>,
    /// Contents whose bar a template asks for (`{% if "..." in bars %}`).
    heeded: BTreeSet<String>,
    /// Protection -> the elements it is offered for; none: for everybody.
    offered_for: Vec<Option<ElementSet>>,
    prepared: RwLock<HashMap<Facets, Arc<Prepared>>>,
    barred: RwLock<HashMap<(String, ElementSet, Who), BTreeSet<String>>>,
}

/// A language's small words and the incident's own words in it.
pub(super) struct Language {
    pub words: Words,
    pub what_happened: String,
    pub what_we_are_doing: String,
}

/// `templates/letter/es/incident.toml` of the incident: its words in another language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Translation {
    what_happened: String,
    what_we_are_doing: String,
    #[serde(default)]
    elements: BTreeMap<String, String>,
}

/// A version's sections, the shared ones already composed.
struct Prepared {
    version: Arc<Version>,
    base: Context,
    slots: Vec<Slot>,
    by_elements: RwLock<HashMap<(usize, ElementSet), Arc<Section>>>,
}

/// On what bars may turn besides residence and elements.
type Who = (Recipient, Population, u16, u16);

enum Slot {
    /// The same for everybody of the version.
    Shared(Arc<Section>),
    /// The same for everybody with the same elements.
    ByElements(String, SectionStyle),
    /// This person's own.
    Personal(String, SectionStyle),
}

impl<'a> Writer<'a> {
    /// A writer for one wave. Composes a sample of every kind of letter first, so that whatever
    /// is wrong with a template shows before any person is written to.
    ///
    /// # Errors
    /// All findings, if any stops the letters.
    pub fn new(
        incident: &'a Incident,
        rules: &'a Rules<'a>,
        set: &'a TemplateSet,
        wave: &'a Wave,
        counts: Counts,
    ) -> Result<Self, Findings> {
        let mut findings = Findings::default();
        let order = read_file(set, "sections.toml", Order::read, &mut findings);
        let languages = languages(incident, set, &mut findings);
        let (Some(order), true) = (order, languages.contains_key(OWN)) else {
            return Err(findings);
        };
        let offered_for = incident.protections.iter().map(|p| {
            let indices = incident.elements.iter().enumerate();
            let indices = indices.filter(|(_, e)| p.offered_for.contains(&e.id)).map(|(i, _)| i);
            (!p.offered_for.is_empty()).then(|| indices.collect())
        });
        let writer = Self {
            incident,
            rules,
            set,
            wave,
            counts,
            order,
            languages,
            heeded: heeded(set),
            offered_for: offered_for.collect(),
            prepared: RwLock::default(),
            barred: RwLock::default(),
        };
        writer.probe(&mut findings);
        if findings.has_errors() { Err(findings) } else { Ok(writer) }
    }

    /// The version a person gets.
    pub fn version(&self, person: &Person) -> Arc<Version> {
        let facets = self.facets(person);
        if let Ok(prepared) = self.prepared.read()
            && let Some(known) = prepared.get(&facets)
        {
            return known.version.clone();
        }
        Arc::new(self.describe(facets))
    }

    /// The whole letter of a person, the frame apart.
    ///
    /// # Errors
    /// The letter is held: no element, no activation code, or a template that fails for this
    /// person.
    pub fn document(&self, person: &Person) -> Result<(Arc<Version>, Document), Finding> {
        self.sound(person)?;
        let prepared = self.prepared(self.facets(person))?;
        let mut context = None;
        let mut sections = Vec::with_capacity(prepared.slots.len());
        for (index, slot) in prepared.slots.iter().enumerate() {
            let section = match slot {
                Slot::Shared(section) => section.clone(),
                Slot::ByElements(name, style) => {
                    self.by_elements(&prepared, index, name, *style, person)?
                }
                Slot::Personal(name, style) => {
                    let context = context.get_or_insert_with(|| self.personal(&prepared, person));
                    self.set.render(name, context, *style)?
                }
            };
            if !section.blocks.is_empty() {
                sections.push(section);
            }
        }
        let lang = prepared.version.facets.language.clone();
        let title = sections
            .first()
            .map_or(String::new(), |s| crate::document::section_text(s).trim().to_owned());
        Ok((prepared.version.clone(), Document { lang, title, sections }))
    }

    /// What must be known before this person can be written to.
    fn sound(&self, person: &Person) -> Result<(), Finding> {
        if person.elements.is_empty() {
            return Err(held(
                "letter.no_elements",
                "the letter cannot say what information was involved",
                "fill in `data_elements` for this row or `elements` for its strand",
            ));
        }
        let protection = self.protection(person).map(|i| &self.incident.protections[i]);
        if protection.is_some_and(has_code) && person.activation_code.is_empty() {
            return Err(held(
                "letter.no_code",
                "the letter offers protection but the row has no activation code",
                "fill in the code column or give a code file with enough codes",
            ));
        }
        Ok(())
    }

    fn by_elements(
        &self,
        prepared: &Prepared,
        index: usize,
        name: &str,
        style: SectionStyle,
        person: &Person,
    ) -> Result<Arc<Section>, Finding> {
        let key = (index, person.elements);
        if let Ok(kept) = prepared.by_elements.read()
            && let Some(section) = kept.get(&key)
        {
            return Ok(section.clone());
        }
        let mut context = prepared.base.clone();
        context.insert("exposed", &self.exposure(person.elements, &prepared.version));
        let section = self.set.render(name, &context, style)?;
        if let Ok(mut kept) = prepared.by_elements.write() {
            if kept.len() >= CAPACITY {
                kept.clear();
            }
            kept.insert(key, section.clone());
        }
        Ok(section)
    }

    fn personal(&self, prepared: &Prepared, person: &Person) -> Context {
        let mut context = prepared.base.clone();
        context.insert_value("person", person_value(person));
        let names = prepared.slots.iter().filter_map(|s| match s {
            Slot::Personal(name, _) => Some(name),
            _ => None,
        });
        if names.into_iter().any(|name| self.set.mentions(name, "exposed")) {
            context.insert("exposed", &self.exposure(person.elements, &prepared.version));
        }
        context
    }

    fn exposure(&self, elements: ElementSet, version: &Version) -> Exposure {
        let language = &version.facets.language;
        let words = &self.languages[language].words;
        Exposure::of(elements, self.incident, self.rules, words, language == OWN)
    }

    fn prepared(&self, facets: Facets) -> Result<Arc<Prepared>, Finding> {
        if let Ok(prepared) = self.prepared.read()
            && let Some(known) = prepared.get(&facets)
        {
            return Ok(known.clone());
        }
        let made = Arc::new(self.prepare(facets.clone())?);
        if let Ok(mut prepared) = self.prepared.write() {
            return Ok(prepared.entry(facets).or_insert(made).clone());
        }
        Ok(made)
    }

    fn prepare(&self, facets: Facets) -> Result<Prepared, Finding> {
        let base = self.base(&facets);
        let mut slots = Vec::new();
        for place in &self.order.sections {
            if place.is_for(facets.recipient) {
                self.fill(place, &facets, &base, &mut slots)?;
            }
        }
        let version = Arc::new(self.describe(facets));
        Ok(Prepared { version, base, slots, by_elements: RwLock::default() })
    }

    fn fill(
        &self,
        place: &SectionPlace,
        facets: &Facets,
        base: &Context,
        slots: &mut Vec<Slot>,
    ) -> Result<(), Finding> {
        let style = place.style();
        if !place.states {
            let name = format!("{}/{}", facets.language, place.file);
            slots.push(if self.set.mentions(&name, "person") {
                Slot::Personal(name, style)
            } else if self.set.mentions(&name, "exposed") {
                Slot::ByElements(name, style)
            } else {
                Slot::Shared(self.set.render(&name, base, style)?)
            });
            return Ok(());
        }
        let words = &self.languages[&facets.language].words;
        for (code, name) in self.state_templates(facets) {
            let mut context = base.clone();
            context.insert("state", &self.state(&code, words));
            let called = format!("{}/states/{}", facets.language, code.to_lowercase());
            let section = self.set.render_as(&name, &called, &context, style)?;
            slots.push(Slot::Shared(section));
        }
        Ok(())
    }

    /// The states whose paragraphs a version has, by name, with their templates.
    fn state_templates(&self, facets: &Facets) -> Vec<(String, String)> {
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

    fn facets(&self, person: &Person) -> Facets {
        let language = person.language.split('-').next().unwrap_or(OWN);
        let language = if self.languages.contains_key(language) { language } else { OWN };
        let one_state = self.incident.letter.state_paragraphs == StateParagraphs::Recipient;
        let bars = if self.heeded.is_empty() { BTreeSet::new() } else { self.bars(person) };
        Facets {
            language: language.to_owned(),
            recipient: person.recipient,
            state: if one_state { person.jurisdiction.clone() } else { String::new() },
            patient: bars.is_empty() || person.population == Population::Patient,
            bars,
            protection: self.protection(person),
            entity: person.entity,
            strand: person.strand,
        }
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
        Facts {
            incident: self.incident,
            entity: &self.incident.entities[usize::from(person.entity)],
            strand: usize::from(person.strand),
            exposed: each.iter().flatten().cloned().collect(),
            each,
            patient: person.population == Population::Patient,
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

    fn describe(&self, facets: Facets) -> Version {
        let incident = self.incident;
        let label = &self.languages[&facets.language].words.label;
        let entity = &incident.entities[usize::from(facets.entity)];
        let mut key = vec![facets.language.clone(), recipient_id(facets.recipient).to_owned()];
        let mut words = vec![match facets.recipient {
            Recipient::Adult => label.adult.clone(),
            Recipient::ParentOrGuardian => label.parent_or_guardian.clone(),
            Recipient::Estate => label.estate.clone(),
        }];
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
            let strand = &incident.strands[usize::from(facets.strand)].id;
            words.push(strand.clone());
            key.push(strand.clone());
        }
        if facets.language != OWN {
            words.push(self.languages[&facets.language].words.language.clone());
        }
        Version { key: key.join("."), label: words.join(", "), facets }
    }

    /// Composes a sample of every kind of letter and gathers what goes wrong.
    fn probe(&self, findings: &mut Findings) {
        let mut seen = BTreeSet::new();
        for sample in self.samples() {
            if let Err(finding) = self.document(&sample) {
                let place = finding.place.as_ref().map(|p| (p.file.clone(), p.line, p.column));
                if seen.insert((finding.code, place, finding.message.clone())) {
                    findings.push(finding);
                }
            }
        }
    }
}

fn held(code: &'static str, message: &str, remedy: &str) -> Finding {
    Finding::new(code, Severity::Held, message).remedy(remedy)
}

/// Contents that templates ask about: `{% if "nature_of_breach" in bars %}`.
fn heeded(set: &TemplateSet) -> BTreeSet<String> {
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

/// English, and every other language that has both its templates and the incident's words.
fn languages(
    incident: &Incident,
    set: &TemplateSet,
    findings: &mut Findings,
) -> BTreeMap<String, Language> {
    let mut languages = BTreeMap::new();
    let codes: Vec<String> =
        set.files().filter_map(|f| f.strip_suffix("/words.toml")).map(str::to_owned).collect();
    for code in codes {
        let path = format!("{code}/words.toml");
        let Some(mut words) = read_file(set, &path, Words::read, findings) else { continue };
        let (what_happened, what_we_are_doing) = if code == OWN {
            (incident.breach.what_happened.clone(), incident.breach.what_we_are_doing.clone())
        } else {
            let path = format!("{code}/incident.toml");
            if set.file(&path).is_none() {
                continue;
            }
            let read = |label: &str, text: &str| read_toml("letter.translation", label, text);
            let Some(translation): Option<Translation> = read_file(set, &path, read, findings)
            else {
                continue;
            };
            words.elements.extend(translation.elements);
            (translation.what_happened, translation.what_we_are_doing)
        };
        languages.insert(code, Language { words, what_happened, what_we_are_doing });
    }
    languages
}

fn read_file<T>(
    set: &TemplateSet,
    path: &str,
    read: impl FnOnce(&str, &str) -> Result<T, Finding>,
    findings: &mut Findings,
) -> Option<T> {
    let Some((label, text)) = set.file(path) else {
        findings.push(
            Finding::new("letter.missing_file", Severity::Error, format!("`{path}` is missing"))
                .at(Place::file(format!("templates/letter/{path}")))
                .remedy("copy the shipped file of this name"),
        );
        return None;
    };
    read(label, text).map_err(|finding| findings.push(finding)).ok()
}

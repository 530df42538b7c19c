//! Composes letters: chooses a person's version and fills in its sections.

use super::choose::heeded;
use super::context::{has_code, person_value};
use super::exposure::Exposure;
use super::language::{AssistanceLine, Language, OWN, languages, read_file, read_lines};
use super::order::{SectionOrder, SectionPlace};
use super::rules::Rules;
use super::version::{Facets, Version};
use crate::document::{Document, Section, SectionStyle, TemplateSet};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::incident::{EntityIx, Incident, StrandIx, Wave};
use crate::roster::{ElementSet, Person, Population, Recipient};
use crate::tables::Opaque;
use include_dir::Dir;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use tera::{Context, Value};

/// What is barred, remembered for so many kinds of readers; beyond it the law is asked again.
pub(super) const CAPACITY: usize = 4096;

/// Versions kept ready; beyond it they are made ready again. Where each state has its own versions a
/// large mailing has about a thousand, and each batch meets most of them.
const VERSIONS: usize = 1024;

/// Sections kept by version and elements, over all versions.
const BY_ELEMENTS: usize = 1024;

/// Residents affected, by USPS code; a letter that must state a number takes it from here.
pub type Counts = BTreeMap<String, u64>;

/// The letter templates that the program ships.
pub fn shipped() -> &'static Dir<'static> {
    #[expect(clippy::expect_used, reason = "part of the program; a test opens it")]
    crate::document::shipped("letter").expect("templates/letter")
}

/// Composes the letters of one wave; shared by all workers.
pub struct Writer<'a> {
    pub(super) incident: &'a Incident,
    pub(super) rules: &'a Rules<'a>,
    pub(super) set: &'a TemplateSet,
    pub(super) wave: &'a Wave,
    pub(super) opaque: Opaque,
    pub(super) counts: Counts,
    pub(super) order: SectionOrder,
    pub(super) languages: BTreeMap<String, Language>,
    /// Lines that offer help in languages without templates.
    pub(super) lines: BTreeMap<String, AssistanceLine>,
    /// Contents whose bar a template asks for (`{% if "..." in bars %}`).
    pub(super) heeded: BTreeSet<String>,
    /// Protection -> the elements it is offered for; none: for everybody.
    pub(super) offered_for: Vec<Option<ElementSet>>,
    /// What templates see as `contacts`: bureaus and public bodies, the same in every letter.
    pub(super) contacts: Value,
    pub(super) prepared: RwLock<HashMap<Facets, Arc<Prepared>>>,
    pub(super) barred: RwLock<HashMap<(String, ElementSet, Who), BTreeSet<String>>>,
    /// By number of a prepared version, slot and elements.
    by_elements: RwLock<HashMap<(u64, usize, ElementSet), Arc<Section>>>,
    /// How many versions were made ready so far.
    numbered: AtomicU64,
}

/// A version's sections, the shared ones already composed.
pub(super) struct Prepared {
    pub(super) version: Arc<Version>,
    base: Context,
    slots: Vec<Slot>,
    /// No two versions made ready ever have the same.
    number: u64,
}

/// On what bars may turn besides residence and elements.
pub(super) type Who = (Recipient, Population, Option<EntityIx>, StrandIx);

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
        let order = read_file(set, "sections.toml", SectionOrder::read, &mut findings);
        let languages = languages(incident, set, &mut findings);
        let lines = read_file(set, "languages.toml", read_lines, &mut findings);
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
            opaque: Opaque::unkeyed(),
            rules,
            set,
            wave,
            counts,
            order,
            languages,
            lines: lines.unwrap_or_default(),
            heeded: heeded(set),
            offered_for: offered_for.collect(),
            contacts: super::context::contacts_value(rules.contacts()),
            prepared: RwLock::default(),
            barred: RwLock::default(),
            by_elements: RwLock::default(),
            numbered: AtomicU64::new(0),
        };
        super::names::check(&writer, &mut findings);
        super::sheet_code::check(&incident.mail.sheet_code, &mut findings);
        if !findings.has_errors() {
            writer.probe(&mut findings);
        }
        if findings.has_errors() { Err(findings) } else { Ok(writer) }
    }

    /// The languages letters can be written in; other people get the first, the incident's own.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        let others = self.languages.keys().map(String::as_str).filter(|code| *code != OWN);
        std::iter::once(OWN).chain(others)
    }

    /// Leaves out lines of languages whose characters no font has: `shows` says which there are.
    #[must_use]
    pub fn for_fonts(mut self, shows: impl Fn(char) -> bool) -> Self {
        self.lines.retain(|_, line| line.line.chars().all(&shows));
        self
    }

    /// What a person's own language lacks, if their letter is not in it.
    pub fn not_in_own_language(&self, person: &Person) -> Option<Finding> {
        let spoken = person.language.split('-').next().unwrap_or(OWN);
        if spoken.is_empty() || self.languages.contains_key(spoken) {
            return None;
        }
        let line = self.lines.get(spoken);
        let with = match line {
            Some(line) => format!("English with a line in {}", line.name),
            None => "English, and no line offers help in the reader's language".to_owned(),
        };
        let has_templates = self.set.file(&format!("{spoken}/words.toml")).is_some();
        Some(if has_templates {
            Finding::new(
                code!("letter.language_without_words"),
                Severity::Warning,
                format!("the incident has no words in `{spoken}`: the letter is in {with}"),
            )
            .remedy(format!(
                "have `what_happened` and `what_we_are_doing` translated and write them into `templates/letter/{spoken}/incident.toml`"
            ))
        } else {
            Finding::new(
                code!("letter.language_without_templates"),
                Severity::Warning,
                format!("there are no letter templates in `{spoken}`: the letter is in {with}"),
            )
            .remedy(format!(
                "have a translator check the line in `templates/letter/languages.toml`, or make a folder `templates/letter/{spoken}`"
            ))
        })
    }

    /// The language of a person's letter, BCP 47.
    pub fn language_of<'p>(&self, person: &'p Person) -> &'p str {
        self.written(person)
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

    /// Numbers the pieces under an incident folder's secret.
    #[must_use]
    pub fn naming(mut self, opaque: &Opaque) -> Self {
        self.opaque = opaque.clone();
        self
    }

    /// What must be known before this person can be written to.
    ///
    /// # Errors
    /// The letter is held: no element, no activation code.
    pub fn sound(&self, person: &Person) -> Result<(), Finding> {
        self.says_what(person)?;
        if self.needs_code(person) && person.activation_code.is_empty() {
            return Err(held(
                code!("letter.no_code"),
                "the letter offers protection but the row has no activation code",
                "fill in the code column or give a code file with enough codes",
            ));
        }
        Ok(())
    }

    /// Whether the letter can say what information was involved.
    ///
    /// # Errors
    /// The letter is held: no element.
    pub fn says_what(&self, person: &Person) -> Result<(), Finding> {
        if person.elements.is_empty() {
            return Err(held(
                code!("letter.no_elements"),
                "the letter cannot say what information was involved",
                "fill in `data_elements` for this row or `elements` for its strand",
            ));
        }
        Ok(())
    }

    /// Whether the letter prints a code of this person's own.
    pub fn needs_code(&self, person: &Person) -> bool {
        self.protection(person).is_some_and(|i| has_code(&self.incident.protections[i]))
    }

    fn by_elements(
        &self,
        prepared: &Prepared,
        index: usize,
        name: &str,
        style: SectionStyle,
        person: &Person,
    ) -> Result<Arc<Section>, Finding> {
        let key = (prepared.number, index, person.elements);
        if let Ok(kept) = self.by_elements.read()
            && let Some(section) = kept.get(&key)
        {
            return Ok(section.clone());
        }
        let mut context = prepared.base.clone();
        context.insert("exposed", &self.exposure(person.elements, &prepared.version));
        let section = self.set.render(name, &context, style)?;
        if let Ok(mut kept) = self.by_elements.write() {
            if kept.len() >= BY_ELEMENTS {
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
            if prepared.len() >= VERSIONS {
                prepared.clear();
            }
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
        let number = self.numbered.fetch_add(1, Ordering::Relaxed);
        Ok(Prepared { version, base, slots, number })
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

fn held(code: Code, message: &str, remedy: &str) -> Finding {
    Finding::new(code, Severity::Held, message).remedy(remedy)
}

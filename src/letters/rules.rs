//! What this room asks of the law: rules of letters, contacts, and what elements count as.

use super::facts::Facts;
use crate::incident::{EntityIx, Incident, StrandIx, Wave};
use crate::law::{
    ACCOUNT_CODE, Agency, BreachDates, Contacts, ContentRule, ContentVerb, Dated, Definition,
    DefinitionParts, DutyKind, HipaaTreatment, Jurisdiction, LawPack, LetterStyle, Treatment,
    Truth, WhenLate, applies,
};
use crate::plan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The law of one wave: what is in force on the mail date and reaches the breach.
pub struct Rules<'a> {
    pack: &'a LawPack,
    on: Date,
    /// By index of the strand.
    breaches: Vec<BreachDates>,
    /// Entities and strands, by index, whose letters miss HIPAA's last day.
    late: BTreeSet<(EntityIx, StrandIx)>,
    /// Counsel's answers to `<code>.hipaa`, by jurisdiction.
    reliance: BTreeMap<String, Reliance>,
    /// Counsel's other answers by question, the last one counting: `<code>.<statute>`.
    answers: BTreeMap<String, String>,
}

/// How far letters to patients rely on a state's deference to HIPAA where it would lift a
/// content rule: the answer to the question `<code>.hipaa`, which the plan lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reliance {
    /// HIPAA's contents, what the statute bars as brief as it can be.
    #[default]
    Keep,
    /// HIPAA's contents in full, as elsewhere.
    Rely,
    /// The statute's letter: what it bars is left out, whatever HIPAA asks for.
    StateLaw,
}

impl<'a> Rules<'a> {
    /// The law on the day a wave is mailed.
    pub fn new(pack: &'a LawPack, incident: &Incident, wave: &Wave) -> Self {
        let notified = Some(*wave.mail_on);
        let breaches = incident.strands.iter().map(|s| BreachDates {
            discovered: Some(*s.discovered),
            determined: s.determined.map(|d| *d),
            notified,
        });
        let decisions = incident.decisions.iter();
        let answers = decisions.map(|d| (d.question.clone(), d.choice.clone())).collect();
        let reliance = incident.decisions.iter().filter_map(|decision| {
            let code = decision.question.strip_suffix(".hipaa")?;
            let reliance = match decision.choice.as_str() {
                "rely" => Reliance::Rely,
                "state_law" => Reliance::StateLaw,
                _ => Reliance::Keep,
            };
            Some((code.to_owned(), reliance))
        });
        let reliance = reliance.collect();
        let late = plan::late(incident, &plan::Rules::from(pack), wave);
        Self { pack, on: *wave.mail_on, breaches: breaches.collect(), late, reliance, answers }
    }

    /// How far letters rely on a jurisdiction's deference to HIPAA.
    pub fn reliance(&self, code: &str) -> Reliance {
        self.reliance.get(code).copied().unwrap_or_default()
    }

    /// A jurisdiction's law by code.
    pub fn get(&self, code: &str) -> Option<&'a Jurisdiction> {
        self.pack.get(code)
    }

    /// All jurisdictions, in the order of their codes.
    pub fn jurisdictions(&self) -> impl Iterator<Item = &'a Jurisdiction> {
        self.pack.jurisdictions()
    }

    pub fn contacts(&self) -> &'a Contacts {
        self.pack.contacts()
    }

    /// The consumer offices of a jurisdiction, in the data's order.
    pub fn agencies<'c>(&self, code: &'c str) -> impl Iterator<Item = &'c Agency>
    where
        'a: 'c,
    {
        self.pack.contacts().of(code, "consumer")
    }

    /// Whether letters print an element only in general words.
    pub fn is_sensitive(&self, element: &str) -> bool {
        self.pack.elements().sensitive(element)
    }

    /// The statutes' categories of some elements, their own ids included.
    pub fn categories<'e>(&self, ids: impl Iterator<Item = &'e str>) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for id in ids {
            all.insert(id.to_owned());
            all.extend(self.pack.elements().categories(id).iter().cloned());
        }
        all
    }

    /// Whether a person counts under a statute: its definition is met and its condition holds.
    /// Where it lists no element, every involved person counts.
    pub fn protects(&self, jurisdiction: &Jurisdiction, statute: &str, facts: &Facts) -> bool {
        let code = jurisdiction.code.as_str();
        let found = jurisdiction.statutes.iter().find(|s| s.id == statute);
        match found.map_or(Truth::Yes, |s| facts.test(&s.when, &jurisdiction.code)) {
            Truth::No(_) => return false,
            // A question on the statute itself, which the plan lists.
            Truth::Unknown(Some(_)) if self.struck(&jurisdiction.code, statute) => return false,
            _ => {}
        }
        let mut definitions = jurisdiction
            .definitions
            .iter()
            .filter(|d| d.statute == statute && self.defines(d, &jurisdiction.code, facts))
            .filter(|d| facts.holds(&d.when, &jurisdiction.code))
            .peekable();
        if definitions.peek().is_none() {
            return !jurisdiction.definitions.iter().any(|d| d.statute == statute);
        }
        let named = facts.incident[facts.strand].names_linked != Some(false);
        definitions.any(|d| d.is_everybody() || self.meets(&d.parts(named), statute, code, facts))
    }

    /// Whether what was exposed meets a definition; account numbers as the plan takes them until
    /// counsel decides.
    fn meets(&self, parts: &DefinitionParts, statute: &str, code: &str, facts: &Facts) -> bool {
        let exposed = |ids: &[String]| ids.iter().any(|id| facts.exposed.contains(id));
        let not = |question: &str, choice: &str| {
            self.answers.get(question).is_some_and(|answer| answer == choice)
        };
        let is_code =
            |id: &str| self.pack.elements().categories(id).iter().any(|c| c == ACCOUNT_CODE);
        let coded = || match facts.incident.elements.iter().any(|element| is_code(&element.id)) {
            true => facts.exposed.contains(ACCOUNT_CODE),
            false => !not("access_codes", "not_exposed"),
        };
        exposed(&parts.alone)
            || exposed(&parts.with_code) && coded()
            || exposed(&parts.if_usable) && !not(&format!("{code}.{statute}.usable"), "not_usable")
    }

    /// Whether counsel decided that a statute does not apply.
    fn struck(&self, code: &str, statute: &str) -> bool {
        let answer = self.answers.get(&format!("{code}.{statute}"));
        answer.is_some_and(|choice| choice == "does_not_apply")
    }

    /// The content rules of a jurisdiction that reach a person.
    pub fn contents(
        &self,
        jurisdiction: &'a Jurisdiction,
        facts: &Facts,
    ) -> impl Iterator<Item = &'a ContentRule> {
        jurisdiction
            .contents
            .iter()
            .filter(|r| self.applies(*r, facts) && facts.holds(&r.when, &jurisdiction.code))
            .filter(|r| self.protects(jurisdiction, &r.statute, facts))
    }

    /// How letters to a person must look under a jurisdiction's statutes.
    pub fn styles(
        &self,
        jurisdiction: &'a Jurisdiction,
        facts: &Facts,
    ) -> impl Iterator<Item = &'a LetterStyle> {
        let styles = jurisdiction.letter_styles.iter().filter(|s| self.applies(*s, facts));
        styles.filter(|s| self.protects(jurisdiction, &s.statute, facts))
    }

    /// What following HIPAA does to a content rule, if it lifts it.
    pub fn lifted(
        &self,
        jurisdiction: &'a Jurisdiction,
        rule: &ContentRule,
        facts: &Facts,
    ) -> Option<&'a HipaaTreatment> {
        self.lifts(jurisdiction, &rule.statute, &rule.id, facts)
    }

    /// The same for a content of a statute by their ids.
    pub fn lifts(
        &self,
        jurisdiction: &'a Jurisdiction,
        statute: &str,
        content: &str,
        facts: &Facts,
    ) -> Option<&'a HipaaTreatment> {
        if !facts.patient || self.reliance(&jurisdiction.code) == Reliance::StateLaw {
            return None;
        }
        jurisdiction.hipaa.iter().find(|h| {
            let exempt = matches!(h.treatment, Treatment::ExemptEntity | Treatment::ExemptData);
            // Where counsel relies on the deference, the statute's letter is not written at all.
            let letter = DutyKind::Individual;
            let replaced = h.treatment != Treatment::None
                && self.reliance(&jurisdiction.code) == Reliance::Rely
                && (h.lifts.contains(&letter) || h.could_lift.contains(&letter));
            h.statute == statute
                && !self.lapsed(h, &jurisdiction.code, facts)
                && self.applies(*h, facts)
                && facts.holds(&h.when, &jurisdiction.code)
                && (exempt || replaced || h.lifts_content.iter().any(|id| id == content))
        })
    }

    /// Whether a statute no longer defers to HIPAA, because the letters miss HIPAA's last day.
    fn lapsed(&self, treatment: &HipaaTreatment, code: &str, facts: &Facts) -> bool {
        let replaced = || {
            let answer = self.answers.get(&format!("{code}.hipaa.late"));
            treatment.when_late == Some(WhenLate::Asks)
                && answer.is_some_and(|choice| choice == "replaced")
        };
        let entity = facts.incident.entity_index(&facts.entity.id).unwrap_or(EntityIx::FIRST);
        let key = (entity, facts.strand);
        treatment.when_late.is_some() && self.late.contains(&key) && !replaced()
    }

    /// Ids of the contents that statutes bar for a person; what HIPAA lifts only where counsel
    /// relies on it in full.
    pub fn barred(&self, code: &str, facts: &Facts) -> BTreeSet<String> {
        let Some(jurisdiction) = self.get(code) else { return BTreeSet::new() };
        let rely = self.reliance(code) == Reliance::Rely;
        self.contents(jurisdiction, facts)
            .filter(|r| r.rule == ContentVerb::Prohibited)
            .filter(|r| !rely || self.lifted(jurisdiction, r, facts).is_none())
            .map(|r| r.id.clone())
            .collect()
    }

    /// Whether a version of a statute's definition counts: that in force at discovery and that on
    /// the mail date, until counsel chooses one (`<code>.<statute>.definition`).
    fn defines(&self, definition: &Definition, code: &str, facts: &Facts) -> bool {
        let breach = self.breaches.get(facts.strand.get()).copied().unwrap_or_default();
        let answer = self.answers.get(&format!("{code}.{}.definition", definition.statute));
        let chosen = answer.and_then(|choice| choice.parse::<Date>().ok());
        match chosen {
            Some(day) => applies(definition, day, breach),
            None => [breach.discovered, Some(self.on)]
                .into_iter()
                .flatten()
                .any(|day| applies(definition, day, breach)),
        }
    }

    fn applies(&self, rule: &impl Dated, facts: &Facts) -> bool {
        let breach = self.breaches.get(facts.strand.get()).copied().unwrap_or_default();
        applies(rule, self.on, breach)
    }
}

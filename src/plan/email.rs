//! Where e-mail may take the letter's place, and where it may stand for substitute notice.

use super::outcome::has_mailbox;
use super::{Cube, Outcome, Question};
use crate::incident::{EmailMode, EntityIx, Incident, StrandIx, Wave, known_elements};
use crate::law::{Comparator, Counting, DutyKind, LawPack, is_in_force};
use crate::roster::{ElementSet, Person, Recipient, Standing};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Agreement as the E-SIGN Act wants it (15 U.S.C. 7001(c)), with what must be said before.
const ESIGN: &str = "email.esign";
const ESIGN_CHOICES: [&str; 2] = ["letter_too", "consented"];

/// Whether exposed credentials may open people's mailboxes.
const CREDENTIALS: &str = "email.credentials";
const CREDENTIALS_CHOICES: [&str; 2] = ["letter_only", "other_accounts"];

/// Substitute notice to a few people: choices of `substitute.<entity>`.
const FEW_CHOICES: [&str; 2] = ["other_means", "email"];

/// What the law says of notice by e-mail, on a wave's mail date.
#[derive(Clone, Debug, Default)]
pub struct EmailRules {
    /// Jurisdictions with a statute that knows no e-mail as the only notice.
    letter: BTreeSet<String>,
    /// Those whose statutes take it only under the E-SIGN Act.
    esign: BTreeSet<String>,
    consented: bool,
    /// Below so many people the means of substitute notice are free.
    few: u64,
    few_cite: String,
    /// Covered entities for which counsel chose e-mail for the few.
    few_by_email: BTreeSet<EntityIx>,
    /// The incident's elements with which others may read a person's mail.
    opens_mailbox: ElementSet,
    /// Of each strand, for people without elements of their own.
    of_strand: Vec<ElementSet>,
    other_accounts: bool,
    mail_on: Option<Date>,
}

impl EmailRules {
    /// Reads each jurisdiction's methods, those of all its statutes: where one of them does not
    /// take e-mail, a letter goes as well.
    pub fn new(pack: &LawPack, incident: &Incident, wave: &Wave) -> Self {
        let on = *wave.mail_on;
        let mut rules = Self { mail_on: Some(on), ..Self::default() };
        for jurisdiction in pack.jurisdictions() {
            for methods in jurisdiction.methods.iter().filter(|m| is_in_force(*m, on)) {
                let has = |id: &str| methods.allowed.iter().any(|method| method == id);
                if has("email") || has("email_if_agreed") {
                    continue;
                }
                let list = if has("email_esign") { &mut rules.esign } else { &mut rules.letter };
                list.insert(jurisdiction.code.clone());
            }
            let few = jurisdiction.duties.iter().find(|duty| {
                duty.kind == DutyKind::Substitute
                    && duty.counts == Counting::PatientsUnreachable
                    && duty.comparator == Comparator::FewerThan
                    && is_in_force(*duty, on)
            });
            if let Some(few) = few {
                rules.few = few.threshold;
                rules.few_cite.clone_from(&few.cite);
            }
        }
        rules.consented = decided(incident, ESIGN) == Some(ESIGN_CHOICES[1]);
        let opens = |id: &str| known_elements().iter().any(|k| k.opens_mailbox && k.id == id);
        let those = |keep: &dyn Fn(&str) -> bool| -> ElementSet {
            let all = incident.elements.iter().enumerate();
            all.filter(|(_, element)| keep(&element.id)).map(|(n, _)| n).collect()
        };
        rules.opens_mailbox = those(&opens);
        rules.of_strand = incident
            .strands
            .iter()
            .map(|strand| those(&|id| strand.elements.iter().any(|e| e == id)))
            .collect();
        rules.other_accounts = decided(incident, CREDENTIALS) == Some(CREDENTIALS_CHOICES[1]);
        let by_email =
            |of: &EntityIx| decided(incident, &few_id(&incident[*of].id)) == Some(FEW_CHOICES[1]);
        rules.few_by_email = incident.entity_indices().filter(by_email).collect();
        rules
    }

    /// The outcome with the law on e-mail applied: no agreement from after the mail date, and a
    /// letter as well where e-mail alone is not enough.
    pub fn limit(&self, person: &Person, planned: Outcome) -> Outcome {
        if !planned.emails() {
            return planned;
        }
        let later = |on: Date| self.mail_on.is_some_and(|mail_on| on > mail_on);
        if person.email_consent_on.is_some_and(later) || self.is_read_by_others(person) {
            return by_post(person);
        }
        let state = person.jurisdiction.as_str();
        let letter = self.letter.contains(state) || (self.esign.contains(state) && !self.consented);
        match planned {
            Outcome::ToEmail if letter && person.standing == Standing::Ready => {
                Outcome::ToMailAndEmail
            }
            planned => planned,
        }
    }

    /// Whether a message may go to the person's mailbox at all. Every way to a mailbox passes here,
    /// agreed e-mail as well as substitute notice by e-mail that counsel chose.
    pub fn may_write(&self, person: &Person, incident: &Incident) -> bool {
        has_mailbox(person, incident) && !self.is_read_by_others(person)
    }

    /// Whether credentials that open the person's mailbox were exposed.
    fn is_read_by_others(&self, person: &Person) -> bool {
        self.exposed(person.elements, person.strand) && !self.other_accounts
    }

    /// The covered entities with few enough people who cannot be written to, by counsel's
    /// decision to be told by e-mail where an address is known.
    pub fn few_by_email(&self, cube: &Cube) -> BTreeSet<EntityIx> {
        let few = self.few_of(cube);
        self.few_by_email.iter().filter(|entity| few.contains_key(entity)).copied().collect()
    }

    /// By covered entity: how many patients cannot be written to, where they are few.
    fn few_of(&self, cube: &Cube) -> BTreeMap<EntityIx, u64> {
        let mut counts: BTreeMap<EntityIx, u64> = BTreeMap::new();
        for (cell, count) in &cube.cells {
            let unreachable = cell.outcome == Outcome::Substitute
                && cell.recipient != Recipient::Estate
                && cell.population.is_patient();
            if unreachable {
                *counts.entry(cell.entity).or_default() += count;
            }
        }
        counts.retain(|_, count| *count > 0 && *count < self.few);
        counts
    }

    /// Whether credentials that may open the person's mailbox were exposed.
    fn exposed(&self, elements: ElementSet, strand: StrandIx) -> bool {
        let of_strand = self.of_strand.get(strand.get()).copied().unwrap_or_default();
        let elements = if elements.is_empty() { of_strand } else { elements };
        elements.intersects(self.opens_mailbox)
    }

    /// What counsel must choose about notice by e-mail.
    pub fn questions(&self, incident: &Incident, cube: &Cube) -> Vec<Question> {
        let mut questions = Vec::new();
        let exposed: u64 = cube
            .cells
            .iter()
            .filter(|(cell, _)| self.exposed(cell.elements, cell.strand))
            .map(|(_, n)| n)
            .sum();
        if exposed > 0 {
            let whose = if exposed == 1 { "person's" } else { "people's" };
            questions.push(question(
                incident,
                CREDENTIALS.to_owned(),
                format!(
                    "{exposed} {whose} user name and password were exposed, with which others may \
                     read their e-mail. `letter_only` tells them by letter alone; \
                     `other_accounts` says that the credentials open no mailbox."
                ),
                &CREDENTIALS_CHOICES,
                "",
            ));
        }
        let concerned: u64 = cube
            .cells
            .iter()
            .filter(|(cell, _)| cell.outcome.emails() && self.esign.contains(&cell.jurisdiction))
            .map(|(_, n)| n)
            .sum();
        if incident.email.mode == EmailMode::InsteadOfMail && concerned > 0 {
            let who = if concerned == 1 { "person who" } else { "people who" };
            questions.push(question(
                incident,
                ESIGN.to_owned(),
                format!(
                    "{concerned} {who} agreed to e-mail live where the statute takes it only with \
                     consent under the E-SIGN Act, which wants certain things said beforehand and \
                     consent given electronically. `letter_too` sends a letter as well; \
                     `consented` says that their consent was of that kind."
                ),
                &ESIGN_CHOICES,
                "15 U.S.C. 7001(c)",
            ));
        }
        for (entity, count) in self.few_of(cube) {
            let entity = &incident[entity];
            let who = if count == 1 { "patient" } else { "patients" };
            questions.push(question(
                incident,
                few_id(&entity.id),
                format!(
                    "{count} {who} of {} cannot be written to, which is few enough for any means \
                     that should reach them. `email` writes to those whose e-mail address is \
                     known, though they did not agree to it; `other_means` leaves all of them to \
                     the telephone or another way.",
                    entity.name
                ),
                &FEW_CHOICES,
                &self.few_cite,
            ));
        }
        questions
    }
}

/// What is left of a person's outcome without e-mail.
pub fn by_post(person: &Person) -> Outcome {
    match person.standing {
        Standing::Substitute => Outcome::Substitute,
        _ => Outcome::ToMail,
    }
}

fn few_id(entity: &str) -> String {
    format!("substitute.{entity}")
}

fn decided<'i>(incident: &'i Incident, question: &str) -> Option<&'i str> {
    let decision = incident.decisions.iter().rev().find(|d| d.question == question)?;
    Some(&decision.choice)
}

fn question(
    incident: &Incident,
    id: String,
    text: String,
    choices: &[&str; 2],
    citation: &str,
) -> Question {
    let answer = decided(incident, &id).filter(|c| choices.contains(c)).map(str::to_owned);
    Question {
        id,
        text,
        choices: choices.map(str::to_owned).into(),
        default: choices[0].to_owned(),
        answer,
        citation: citation.to_owned(),
        blocking: false,
    }
}

//! A jurisdiction's law as it stands on a day.

use super::{
    Confidence, ContentRule, Definition, DutyRule, HipaaTreatment, LawPack, LetterStyle, Methods,
    Penalty, ProtectionRule, Statute, in_force,
};
use crate::incident::Day;
use jiff::civil::Date;
use serde::Serialize;

/// What `law show` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Shown<'p> {
    pub code: &'p str,
    pub name: &'p str,
    pub on: Date,
    pub checked: Day,
    pub confidence: Confidence,
    pub majority: u8,
    pub statutes: Vec<&'p Statute>,
    pub definitions: Vec<&'p Definition>,
    pub hipaa: Vec<&'p HipaaTreatment>,
    pub duties: Vec<&'p DutyRule>,
    pub contents: Vec<&'p ContentRule>,
    pub letter_styles: Vec<&'p LetterStyle>,
    pub protections: Vec<&'p ProtectionRule>,
    pub methods: Vec<&'p Methods>,
    pub penalties: Vec<&'p Penalty>,
    pub notes: &'p [String],
    pub unknown: &'p [String],
}

/// The rules of one jurisdiction in force on a day, whichever breaches they reach.
pub fn show<'p>(pack: &'p LawPack, code: &str, on: Date) -> Option<Shown<'p>> {
    let j = pack.get(code)?;
    Some(Shown {
        code: &j.code,
        name: &j.name,
        on,
        checked: j.checked,
        confidence: j.confidence,
        majority: pack.majority(code, on),
        statutes: j.statutes.iter().collect(),
        definitions: in_force(&j.definitions, on).collect(),
        hipaa: in_force(&j.hipaa, on).collect(),
        duties: in_force(&j.duties, on).collect(),
        contents: in_force(&j.contents, on).collect(),
        letter_styles: in_force(&j.letter_styles, on).collect(),
        protections: in_force(&j.protections, on).collect(),
        methods: in_force(&j.methods, on).collect(),
        penalties: j.penalties.iter().collect(),
        notes: &j.notes,
        unknown: &j.unknown,
    })
}

//! The plan: every duty, with its deadline and reason, and every question.

use super::assessor::Assessor;
use super::calendar::days_after;
use super::definition::{ACCESS_CODES, Definitions};
use super::docket::Docket;
use super::facts::EntityStrand;
use super::facts::Facts;
use super::people::{People, Vocabulary};
use super::{
    Arises, Cube, Duty, Plan, Rules, compliance, custom, gaps, interview, protection, rows,
};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::{Incident, Wave};
use crate::law::{DutyKind, InterviewQuestion, Jurisdiction, JurisdictionKind};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Makes the plan of a wave from its counts and the law.
///
/// Nothing here reads the clock: `as_of` is only written down. Findings hold wrong decisions,
/// protection that falls short, and people whom no state's law was applied to.
pub fn make(
    incident: &Incident,
    cube: &Cube,
    rules: &Rules<'_>,
    wave: &Wave,
    as_of: Date,
) -> (Plan, Findings) {
    let docket = Docket::new(&incident.decisions);
    let mut desk = assessor(incident, cube, rules, wave, &docket);
    let mut findings = Findings::default();
    let mut jurisdictions: Vec<&Jurisdiction> = rules.jurisdictions.clone();
    jurisdictions.sort_by_key(|j| (j.kind != JurisdictionKind::Federal, j.code.clone()));

    // Reports to HHS come first: other clocks start with them.
    let mut duties: Vec<Duty> = Vec::new();
    for jurisdiction in &jurisdictions {
        duties.extend(rows::duties(&desk, jurisdiction, true));
    }
    for duty in duties.iter().filter(|d| d.kind == DutyKind::Hhs && d.arises != Arises::No) {
        let index = desk.entities().find(|e| Some(desk.id(*e)) == duty.entity.as_deref());
        let (Some(entity), Some(due)) = (index, duty.due) else { continue };
        let told = duty.entity.as_ref().and_then(|id| rules.told_hhs.get(id));
        let due = told.copied().unwrap_or(due);
        let known = desk.facts.hhs_due.entry(entity).or_insert(due);
        *known = due.min(*known);
        desk.hhs_reports.insert(entity);
    }
    for jurisdiction in &jurisdictions {
        duties.extend(rows::duties(&desk, jurisdiction, false));
        duties.extend(protection::duties(&desk, jurisdiction, &mut findings));
    }
    duties.extend(custom::duties(&desk, &mut findings));
    order(&mut duties, &jurisdictions);
    hold_findings(&desk, &duties, &mut findings);
    gaps::findings(&desk, &mut findings);
    let profiles = interview::profiles(&desk);
    let not_covered = gaps::not_covered(&desk, &profiles);

    drop(desk);
    let possible = |id: &str| can_be_asked(incident, &jurisdictions, rules.interview, id);
    let (questions, wrong) = docket.close(&rules.elsewhere, possible);
    findings.extend(wrong);
    let plan = Plan {
        as_of,
        mail_on: *wave.mail_on,
        estimated: cube.estimated,
        law_pack: rules.pack.clone(),
        duties,
        questions,
        profiles,
        not_covered,
    };
    (plan, findings)
}

fn assessor<'a>(
    incident: &'a Incident,
    cube: &Cube,
    rules: &'a Rules<'a>,
    wave: &Wave,
    docket: &'a Docket<'a>,
) -> Assessor<'a> {
    let facts = Facts {
        incident,
        docket,
        mail_on: *wave.mail_on,
        is_holiday: &*rules.is_holiday,
        hhs_due: BTreeMap::new(),
        discovered: RefCell::default(),
        determined: RefCell::default(),
        independent: RefCell::default(),
    };
    Assessor {
        incident,
        rules,
        people: People::new(incident, cube),
        vocabulary: Vocabulary::new(incident, rules),
        docket,
        facts,
        estimated: cube.estimated,
        hhs_reports: BTreeSet::new(),
        definitions: Definitions::default(),
        missed: RefCell::default(),
        carriers: RefCell::default(),
    }
}

/// The covered entities and strands, by index, whose patients' letters go out after HIPAA's last
/// day in this wave.
pub fn late(incident: &Incident, rules: &Rules<'_>, wave: &Wave) -> BTreeSet<EntityStrand> {
    let docket = Docket::new(&incident.decisions);
    let desk = assessor(incident, &Cube::default(), rules, wave, &docket);
    let keys = desk
        .entities()
        .flat_map(|entity| incident.strand_indices().map(move |strand| (entity, strand)));
    keys.filter(|key| compliance::is_late(&desk, *key)).collect()
}

/// Federal first, then by code, kind and id; custom duties last.
fn order(duties: &mut [Duty], jurisdictions: &[&Jurisdiction]) {
    let rank: BTreeMap<&str, usize> =
        jurisdictions.iter().enumerate().map(|(i, j)| (j.code.as_str(), i)).collect();
    duties.sort_by(|a, b| {
        let at = |d: &Duty| rank.get(d.jurisdiction.as_str()).copied().unwrap_or(usize::MAX);
        (at(a), a.kind, &a.id).cmp(&(at(b), b.kind, &b.id))
    });
}

/// What follows a rule's id in the id of a question about it.
#[derive(Clone, Copy)]
pub(super) enum Suffix {
    Version,
    Hold,
    Counts,
}

impl Suffix {
    pub const ALL: [Self; 3] = [Self::Version, Self::Hold, Self::Counts];

    pub fn text(self) -> &'static str {
        match self {
            Self::Version => ".version",
            Self::Hold => ".hold",
            Self::Counts => ".counts",
        }
    }
}

/// Whether a question of this id can exist for this incident, on other facts.
fn can_be_asked(
    incident: &Incident,
    jurisdictions: &[&Jurisdiction],
    asked: &[InterviewQuestion],
    id: &str,
) -> bool {
    let entity =
        |rest: &str| incident.entities.iter().any(|e| rest.split('.').next() == Some(&e.id));
    let strand = |rest: &str| incident.strands.iter().any(|s| s.id == rest);
    if let Some((head, rest)) = id.split_once('.') {
        match head {
            interview::PREFIX => return asked.iter().any(|q| q.id.name() == rest),
            "agency" | "delegation" => return entity(rest),
            "discovery" | "determination" | "encryption" => return strand(rest),
            _ => {}
        }
    }
    if id == ACCESS_CODES {
        return true;
    }
    let rule = Suffix::ALL.into_iter().find_map(|s| id.strip_suffix(s.text())).unwrap_or(id);
    jurisdictions.iter().any(|j| {
        j.duties.iter().any(|d| d.id == rule)
            || id.strip_prefix(j.code.as_str()).and_then(|rest| rest.strip_prefix('.')).is_some_and(
                |rest| {
                    rest == "hipaa"
                        || rest == "hipaa.late"
                        || rest == "protection"
                        || rest.starts_with("harm.")
                        || j.statutes.iter().any(|s| {
                            rest == s.id
                                || rest
                                    .strip_prefix(s.id.as_str())
                                    .is_some_and(|more| matches!(more, ".definition" | ".usable"))
                        })
                },
            )
    })
}

/// Letters that would go out while a law-enforcement hold is still running.
fn hold_findings(desk: &Assessor<'_>, duties: &[Duty], findings: &mut Findings) {
    let mail_on = desk.facts.mail_on;
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for duty in duties.iter().filter(|d| d.kind == DutyKind::Individual) {
        named.insert(&duty.jurisdiction);
    }
    for code in named {
        let Some(end) = desk.facts.held_until(code) else { continue };
        if end >= mail_on {
            findings.push(
                Finding::new(
                    code!("hold.mailing_during"),
                    Severity::Warning,
                    format!(
                        "the letters are planned for {mail_on}, but the law-enforcement hold for \
                         `{code}` runs until {end}"
                    ),
                )
                .at(Place::file("incident.toml"))
                .remedy(format!(
                    "write `mail_on = {}` or a later day, or a shorter hold",
                    days_after(end, 1)
                )),
            );
        }
    }
}

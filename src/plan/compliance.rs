//! Whether HIPAA was followed: statutes that defer to it on that condition stop doing so once its
//! own last day for the letters is missed.

use super::assessor::Assessor;
use super::condition::Case;
use super::docket::Ask;
use super::facts::EntityStrand;
use super::tally::Measure;
use super::versions::in_force;
use crate::law::{
    DutyKind, DutyRule, HipaaTreatment, Jurisdiction, JurisdictionKind, Treatment, Truth, WhenLate,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The last day of federal law for the letters to these people, where the letters go later.
pub(super) fn missed(desk: &Assessor<'_>, key: EntityStrand, case: &Case<'_>) -> Option<Date> {
    if !case.patient {
        return None;
    }
    if let Some(known) = desk.missed.borrow().get(&key) {
        return *known;
    }
    let found = find_missed(desk, key, case);
    desk.missed.borrow_mut().insert(key, found);
    found
}

fn find_missed(desk: &Assessor<'_>, key: EntityStrand, case: &Case<'_>) -> Option<Date> {
    let federal = |j: &&&Jurisdiction| j.kind == JurisdictionKind::Federal;
    let dates =
        desk.rules.jurisdictions.iter().filter(federal).flat_map(|j| letters(desk, j, key, case));
    dates.min().filter(|due| *due < desk.facts.mail_on)
}

/// Whether letters to an entity's patients of one strand miss HIPAA's last day.
pub(super) fn is_late(desk: &Assessor<'_>, key: EntityStrand) -> bool {
    let set = |list: &[String]| desk.vocabulary.set(list);
    let patients = desk.incident[key.0].kind.under_hipaa();
    let everything = desk.vocabulary.known();
    desk.rules.jurisdictions.first().is_some_and(|any| {
        desk.case(any, key, patients, everything, everything, u64::MAX, &set).hipaa_late
    })
}

/// The last days for letters under one body of federal law.
fn letters(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    key: EntityStrand,
    case: &Case<'_>,
) -> Vec<Date> {
    let mut families: BTreeMap<&str, Vec<&DutyRule>> = BTreeMap::new();
    for rule in jurisdiction.duties.iter().filter(|rule| rule.kind == DutyKind::Individual) {
        families.entry(&rule.id).or_default().push(rule);
    }
    let reaches = |rule: &DutyRule| {
        let statute = jurisdiction.statutes.iter().find(|s| s.id == rule.statute);
        let mut conditions = statute.map(|s| &s.when).into_iter().chain([&rule.when]);
        conditions.all(|when| when.test(case) == Truth::Yes)
    };
    let basis = desk.facts.basis(key);
    let latest = families.values().filter_map(|versions| {
        in_force(versions, basis.discovered, basis).last().copied().filter(|rule| reaches(rule))
    });
    let due = |rule: &DutyRule| {
        let (deadline, after) = (rule.deadline.as_ref(), rule.after_hold.as_ref());
        desk.facts.due(&jurisdiction.code, rule.kind, key, rule.clock, deadline, after)
    };
    latest.filter_map(due).map(|due| due.on).collect()
}

/// Whether late letters take a treatment away: the words say so, or counsel has not said
/// otherwise.
pub(super) fn lapsed(
    desk: &Assessor<'_>,
    code: &str,
    treatment: &HipaaTreatment,
    key: EntityStrand,
    case: &Case<'_>,
) -> Option<Date> {
    let when_late = treatment.when_late?;
    let due = missed(desk, key, case)?;
    if when_late == WhenLate::Lost {
        return Some(due);
    }
    let taken = desk.docket.ask(Ask {
        id: format!("{code}.hipaa.late"),
        text: format!(
            "HIPAA's last day for the letters of strand `{}` was {due}, and they go out on {}. Are \
             they still the notice under HIPAA that replaces the state's own ({})? The state's \
             duty stands until counsel decides.",
            case.strand.id, desk.facts.mail_on, treatment.cite
        ),
        choices: &["stands", "replaced"],
        default: "stands",
        citation: &treatment.cite,
        blocking: false,
    });
    (taken == "stands").then_some(due)
}

/// Why a duty stands that HIPAA would have replaced, as parts of its reason.
pub(super) fn reasons(
    desk: &Assessor<'_>,
    measure: &Measure<'_>,
    key: EntityStrand,
    case: &Case<'_>,
) -> BTreeSet<String> {
    let basis = desk.facts.basis(key);
    let of_statute: Vec<&HipaaTreatment> =
        measure.jurisdiction.hipaa.iter().filter(|t| t.statute == measure.statute).collect();
    in_force(&of_statute, basis.discovered, basis)
        .into_iter()
        .filter(|t| t.treatment != Treatment::None && t.lifts.contains(&measure.kind))
        .filter(|t| !t.depends_on.iter().any(|id| id == measure.rule))
        .filter(|t| !matches!(t.when.test(case), Truth::No(_)))
        .filter_map(|t| {
            let due = lapsed(desk, &measure.jurisdiction.code, t, key, case)?;
            Some(format!(
                "it stands because letters of {} miss HIPAA's last day, {due}, and {} asks that \
                 HIPAA be followed",
                desk.facts.mail_on, t.cite
            ))
        })
        .collect()
}

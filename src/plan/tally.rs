//! Whom one version of a rule counts, and why others are left out.

use super::assessor::{Assessor, Outside};
use super::compliance;
use super::condition::Case;
use super::definition::{Known, Knows};
use super::docket::Ask;
use super::facts::EntityStrand;
use super::people::Slice;
use super::versions::{Basis, in_force};
use crate::incident::EntityIx;
use crate::law::{
    Counting, DutyKind, HipaaTreatment, Jurisdiction, JurisdictionKind, Treatment, Truth, When,
};
use crate::roster::ElementSet;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is counted: a rule's own part of the law.
pub(super) struct Measure<'r> {
    pub jurisdiction: &'r Jurisdiction,
    /// The rule's id; empty for an offer of protection.
    pub rule: &'r str,
    pub kind: DutyKind,
    pub statute: &'r str,
    pub when: &'r When,
    pub counts: Counting,
}

/// Whose people, in which state.
pub(super) struct DutyRow<'r> {
    pub entities: BTreeSet<EntityIx>,
    /// One state's patients only.
    pub state: Option<&'r str>,
}

/// The people counted for one row of one rule.
#[derive(Default)]
pub(super) struct Tally {
    pub total: u64,
    pub by_entity: BTreeMap<EntityIx, u64>,
    /// The entities and strands they belong to.
    pub keys: BTreeSet<EntityStrand>,
    /// The slices counted.
    pub slices: Vec<(Slice, u64)>,
    /// Where people anywhere are counted for a state: how many of them reside there.
    pub residents: Option<u64>,
    /// People in scope before any definition: residents, or patients for HIPAA.
    pub in_scope: u64,
    /// People who meet the definition, before HIPAA's effect and the conditions.
    pub matched: u64,
    /// Patients left out because HIPAA notice replaces the duty, and the citation.
    pub lifted: Option<(u64, Treatment, String)>,
    /// Why people are counted whom HIPAA would have taken out, had it been followed.
    pub lapsed: BTreeSet<String>,
    /// Why a condition of the rule or its statute left people out.
    pub refused: Option<String>,
    /// Why people of a strand are outside the statute: paper, encryption, no harm.
    pub outside: Option<Outside>,
    /// Questions that only counsel can answer; the people are counted until then.
    pub open: BTreeSet<String>,
}

/// Counts the people of a row.
pub(super) fn tally(desk: &Assessor<'_>, measure: &Measure<'_>, row: &DutyRow<'_>) -> Tally {
    let jurisdiction = measure.jurisdiction;
    let statute = jurisdiction.statutes.iter().find(|s| s.id == measure.statute);
    let mut out = Tally::default();

    let patients_only = measure.counts.patients_only();
    let whatever_exposed = measure.counts == Counting::ResidentPatients;
    let mut scope = desk.scope(jurisdiction, measure.counts, row);
    scope.retain(|(s, _)| {
        (!patients_only || s.patient) && (!measure.counts.unreachable() || s.unreachable)
    });
    out.in_scope = scope.iter().map(|(_, n)| n).sum();

    // A duty to report that no letters go counts the very people left out elsewhere.
    let about_no_harm = measure.when.walk().iter().any(|w| w.harm_excluded == Some(true));
    let mut kept = Vec::new();
    let mut definitions = Knows::new(desk, jurisdiction, measure.statute);
    for (slice, n) in scope {
        let key = (slice.entity, slice.strand);
        let mut meets = || definitions.meets(key, slice.elements).unwrap_or(slice.served);
        if !whatever_exposed && !meets() {
            continue;
        }
        if let Some(statute) = statute
            && let Some(why) = desk.outside(jurisdiction, statute, slice.strand)
            && !(why == Outside::Harmless && about_no_harm)
        {
            out.outside.get_or_insert(why);
            continue;
        }
        kept.push((slice, n));
    }
    let federal = jurisdiction.kind == JurisdictionKind::Federal;
    // Only one state's people are anybody's residents.
    let again = |slices: &[(Slice, u64)]| match federal || row.entities.len() < 2 {
        true => 0,
        false => desk.people.again(&jurisdiction.code, slices),
    };
    out.matched = kept.iter().map(|(_, n)| n).sum();
    out.matched = out.matched.saturating_sub(again(&kept));

    let federal = jurisdiction.kind == JurisdictionKind::Federal;
    if kept.is_empty() && (out.in_scope == 0 || federal) {
        out.refused = nobody_could(desk, measure, row);
        return out;
    }
    let others = kept.iter().any(|(slice, _)| !slice.patient);
    let mut exposed: BTreeMap<EntityIx, ElementSet> = BTreeMap::new();
    for of_entity in kept.chunk_by(|(a, _), (b, _)| a.entity == b.entity) {
        let all = of_entity.iter().fold(ElementSet::default(), |all, (s, _)| all.union(s.elements));
        let of = exposed.entry(of_entity[0].0.entity).or_default();
        *of = of.union(all);
    }
    let set = |list: &[String]| desk.vocabulary.set(list);
    let mut verdicts: BTreeMap<(EntityStrand, bool), Verdict> = BTreeMap::new();
    // Slices come sorted: people with one verdict stand together.
    let alike = |s: &Slice| (s.entity, s.strand, s.patient);
    for group in kept.chunk_by(|(a, _), (b, _)| alike(a) == alike(b)) {
        let slice = &group[0].0;
        let n: u64 = group.iter().map(|(_, n)| n).sum();
        let key = (slice.entity, slice.strand);
        let verdict = verdicts.entry((key, slice.patient)).or_insert_with(|| {
            let known = definitions.of(key).map_or_else(|| desk.vocabulary.known(), Known::all);
            let mut case = desk.case(
                jurisdiction,
                key,
                slice.patient,
                exposed[&slice.entity],
                known,
                out.matched,
                &set,
            );
            case.others = others;
            if slice.patient
                && let Some((treatment, cite)) = lifted(desk, measure, key, &case)
            {
                return Verdict::Lifted(treatment, cite);
            }
            let mut open = BTreeSet::new();
            let lapsed = match slice.patient {
                true => compliance::reasons(desk, measure, key, &case),
                false => BTreeSet::new(),
            };
            for (when, id) in
                [(statute.map(|s| &s.when), Some(measure.statute)), (Some(measure.when), None)]
            {
                match when.map_or(Truth::Yes, |when| when.test(&case)) {
                    Truth::Yes | Truth::Unknown(None) => {}
                    Truth::No(failing) => return Verdict::Refused(case.why(failing)),
                    Truth::Unknown(Some(text)) => match id {
                        Some(id) => {
                            if !statute_applies(desk, jurisdiction, id, text) {
                                return Verdict::Refused("counsel decided so".to_owned());
                            }
                        }
                        None => {
                            open.insert(text.to_owned());
                        }
                    },
                }
            }
            Verdict::Counted(open, lapsed)
        });
        match verdict {
            Verdict::Counted(open, lapsed) => {
                out.open.extend(open.iter().cloned());
                out.lapsed.extend(lapsed.iter().cloned());
                out.total += n;
                *out.by_entity.entry(slice.entity).or_default() += n;
                out.keys.insert(key);
                out.slices.extend_from_slice(group);
            }
            Verdict::Lifted(treatment, cite) => {
                out.lifted.get_or_insert_with(|| (0, *treatment, cite.clone())).0 += n;
            }
            Verdict::Refused(why) => {
                out.refused.get_or_insert_with(|| why.clone());
            }
        }
    }
    out.total = out.total.saturating_sub(again(&out.slices));
    out
}

/// Why a rule could not reach anybody of a row, whoever they turn out to be; none if it could.
fn nobody_could(desk: &Assessor<'_>, measure: &Measure<'_>, row: &DutyRow<'_>) -> Option<String> {
    let jurisdiction = measure.jurisdiction;
    let statute = jurisdiction.statutes.iter().find(|s| s.id == measure.statute);
    let everything = desk.vocabulary.known();
    let set = |list: &[String]| desk.vocabulary.set(list);
    let mut why = None;
    for entity in &row.entities {
        for strand in desk.incident.strand_indices() {
            let key = (*entity, strand);
            let patient = desk.incident[*entity].kind.under_hipaa();
            let case =
                desk.case(jurisdiction, key, patient, everything, everything, u64::MAX, &set);
            let conditions = statute.map(|s| &s.when).into_iter().chain([measure.when]);
            let mut failing = conditions.filter_map(|when| match when.test(&case) {
                Truth::No(failing) => Some(failing),
                _ => None,
            });
            why = Some(case.why(failing.next()?));
        }
    }
    why
}

enum Verdict {
    /// What only counsel can settle, and why HIPAA does not take these people out.
    Counted(BTreeSet<String>, BTreeSet<String>),
    Lifted(Treatment, String),
    Refused(String),
}

/// A statute whose application only a person can settle applies until counsel says otherwise.
fn statute_applies(desk: &Assessor<'_>, jurisdiction: &Jurisdiction, id: &str, text: &str) -> bool {
    let cite = jurisdiction.statutes.iter().find(|s| s.id == id).map_or("", |s| &s.cite);
    let taken = desk.docket.ask(Ask {
        id: format!("{}.{id}", jurisdiction.code),
        text: text.to_owned(),
        choices: &["applies", "does_not_apply"],
        default: "applies",
        citation: cite,
        blocking: false,
    });
    taken == "applies"
}

/// Whether HIPAA notice replaces this kind of duty for patients: the treatment, and its cite.
fn lifted(
    desk: &Assessor<'_>,
    measure: &Measure<'_>,
    key: EntityStrand,
    case: &Case<'_>,
) -> Option<(Treatment, String)> {
    let all: Vec<&HipaaTreatment> =
        measure.jurisdiction.hipaa.iter().filter(|t| t.statute == measure.statute).collect();
    let basis = desk.facts.basis(key);
    let at = |on: Date, basis: Basis| {
        in_force(&all, on, basis).into_iter().find(|t| lifts(desk, measure, t, key, case))
    };
    let then = at(basis.discovered, basis)?;
    at(basis.notified, basis)?;
    Some((then.treatment, then.cite.clone()))
}

/// Whether one treatment lifts the duty: by the cautious reading, or because counsel relies on
/// the words that would lift more. It holds only while the duties it depends on are fulfilled.
fn lifts(
    desk: &Assessor<'_>,
    measure: &Measure<'_>,
    treatment: &HipaaTreatment,
    key: EntityStrand,
    case: &Case<'_>,
) -> bool {
    if treatment.treatment == Treatment::None {
        return false;
    }
    // What the clause itself asks for stays.
    if treatment.depends_on.iter().any(|id| id == measure.rule) {
        return false;
    }
    let struck = |id: &String| desk.docket.decided(id) == Some("does_not_arise");
    if treatment.depends_on.iter().any(struck) {
        return false;
    }
    let named = treatment.lifts.contains(&measure.kind);
    let touched = named || treatment.could_lift.contains(&measure.kind);
    if touched
        && !matches!(treatment.when.test(case), Truth::No(_))
        && compliance::lapsed(desk, &measure.jurisdiction.code, treatment, key, case).is_some()
    {
        return false;
    }
    let (sure, text) = match treatment.when.test(case) {
        Truth::No(_) => return false,
        Truth::Yes => (true, treatment.question.as_deref()),
        Truth::Unknown(text) => (false, text.or(treatment.question.as_deref())),
    };
    // What is not known keeps the state's duty.
    let Some(text) = text else { return sure && named };
    let taken = desk.docket.ask(Ask {
        id: format!("{}.hipaa", measure.jurisdiction.code),
        text: text.to_owned(),
        choices: &["keep", "rely", "state_law"],
        default: "keep",
        citation: &treatment.cite,
        blocking: false,
    });
    match taken.as_str() {
        "rely" => named || treatment.could_lift.contains(&measure.kind),
        "state_law" => false,
        _ => sure && named,
    }
}

//! Which duties make a filing: those that the sender carries, and the reports to HHS that are one
//! for several covered entities, or one each.

use super::facts::Scene;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::law::{Comparator, DutyKind};
use crate::plan::{Arises, Carrier, Duty, Plan};

/// Duties of a kind that arise or may, and that the sender carries or may carry.
pub(super) fn ours(plan: &Plan, kind: DutyKind) -> impl Iterator<Item = &Duty> {
    plan.duties.iter().filter(move |duty| {
        duty.kind == kind && duty.arises != Arises::No && duty.carrier != Carrier::Entity
    })
}

/// Filings that covered entities make themselves: they still need the figures.
pub fn left_to_entities(plan: &Plan) -> Vec<&Duty> {
    plan.duties
        .iter()
        .filter(|duty| matches!(duty.kind, DutyKind::Hhs | DutyKind::Regulator))
        .filter(|duty| duty.arises != Arises::No && duty.carrier == Carrier::Entity)
        .collect()
}

/// Reports to HHS: one per duty, or one for the entities that an `[[hhs_report]]` names.
pub(super) fn hhs_groups<'a>(scene: &Scene<'a>, findings: &mut Findings) -> Vec<Vec<&'a Duty>> {
    let mut groups: Vec<(Option<usize>, Vec<&Duty>)> = Vec::new();
    for duty in ours(scene.plan, DutyKind::Hhs) {
        let report = scene.incident.hhs_reports.iter().position(|report| {
            report.entities.len() > 1 && duty.entities.iter().any(|e| report.entities.contains(e))
        });
        match groups.iter_mut().find(|(known, _)| report.is_some() && *known == report) {
            Some((_, group)) => group.push(duty),
            None => groups.push((report, vec![duty])),
        }
    }
    groups
        .into_iter()
        .flat_map(|(_, group)| apart(group, findings))
        .map(|mut group| {
            // The most urgent duty leads: its rule decides which kind of report it is.
            group.sort_by_key(|duty| (duty.due.is_none(), duty.due));
            group
        })
        .collect()
}

/// Whether HHS is told at once or once a year turns on the patients of each covered entity (45 CFR
/// 164.408): a joint report of entities below the threshold that adds up to more would say both.
/// Each gets a report of its own.
fn apart<'a>(group: Vec<&'a Duty>, findings: &mut Findings) -> Vec<Vec<&'a Duty>> {
    let below = |duty: &&Duty| duty.comparator == Comparator::FewerThan;
    let total: u64 = group.iter().map(|duty| duty.count).sum();
    let threshold = group.iter().map(|duty| duty.threshold).max().unwrap_or(0);
    if group.len() < 2 || !group.iter().all(below) || total < threshold {
        return vec![group];
    }
    let message = format!(
        "an `[[hhs_report]]` joins {} covered entities with fewer than {threshold} patients each and \
         {total} in all",
        group.len()
    );
    findings.push(
        Finding::new(code!("filing.joint_below"), Severity::Warning, message)
            .at(Place::file("incident.toml"))
            .remedy("a report was made for each of them; take them out of the `[[hhs_report]]`"),
    );
    group.into_iter().map(|duty| vec![duty]).collect()
}

/// A joint report cannot speak for an entity that reports by itself.
pub(super) fn own_reports(scene: &Scene, findings: &mut Findings) {
    for duty in left_to_entities(scene.plan) {
        for report in scene.incident.hhs_reports.iter().filter(|r| r.entities.len() > 1) {
            for entity in report.entities.iter().filter(|e| duty.entities.contains(e)) {
                if duty.kind == DutyKind::Hhs {
                    findings.push(
                        Finding::new(
                            code!("filing.own_report"),
                            Severity::Warning,
                            format!(
                                "`{entity}` stands in an `[[hhs_report]]` but files for itself"
                            ),
                        )
                        .at(Place::file("incident.toml"))
                        .remedy("take it out of the report, or delegate `hhs` to the sender"),
                    );
                }
            }
        }
    }
}

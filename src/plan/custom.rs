//! Duties that no statute here knows: contracts, CMS, Medicaid, insurers.

use super::assessor::Assessor;
use super::{Arises, Carrier, Duty};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::CustomDuty;
use crate::law::{Clock, Comparator, Confidence, DayKind, Deadline, DutyKind};

/// The jurisdiction of a duty that stems from no statute.
const CONTRACT: &str = "CUSTOM";

/// One duty for each `[[duty]]` of the incident, over all its people.
pub(super) fn duties(desk: &Assessor<'_>, findings: &mut Findings) -> Vec<Duty> {
    let mut out = Vec::new();
    for custom in &desk.incident.duties {
        let Some(clock) = clock(&custom.clock) else {
            findings.push(
                Finding::new(
                    code!("duty.unknown_clock"),
                    Severity::Error,
                    format!("duty `{}` has the unknown clock `{}`", custom.id, custom.clock),
                )
                .at(Place::file("incident.toml"))
                .remedy("write `discovery`, `determination`, `individual_notice` or `hhs_notice`"),
            );
            continue;
        };
        out.push(duty(desk, custom, clock));
    }
    out
}

fn clock(name: &str) -> Option<Clock> {
    Some(match name {
        "discovery" => Clock::Discovery,
        "determination" => Clock::Determination,
        "individual_notice" => Clock::IndividualNotice,
        "hhs_notice" => Clock::HhsNotice,
        _ => return None,
    })
}

fn duty(desk: &Assessor<'_>, custom: &CustomDuty, clock: Clock) -> Duty {
    let deadline = match (custom.days, custom.business_days, custom.hours) {
        (Some(days), ..) => {
            Some(Deadline { days: Some(days), hours: None, day_kind: DayKind::Calendar })
        }
        (_, Some(days), _) => {
            Some(Deadline { days: Some(days), hours: None, day_kind: DayKind::Business })
        }
        (.., Some(hours)) => {
            Some(Deadline { days: None, hours: Some(hours), day_kind: DayKind::Calendar })
        }
        _ => None,
    };
    let mut keys: Vec<_> = desk.people.everybody().map(|(s, _)| (s.entity, s.strand)).collect();
    if keys.is_empty() {
        let strands = desk.incident.strand_indices();
        keys = desk.entities().flat_map(|e| strands.clone().map(move |s| (e, s))).collect();
    }
    // A contract binds the sender: its own discovery starts the clock.
    let kind = DutyKind::CoveredEntity;
    let due = keys
        .iter()
        .filter_map(|key| desk.facts.due(CONTRACT, kind, *key, clock, deadline.as_ref(), None))
        .min();
    Duty {
        id: custom.id.clone(),
        rule: custom.id.clone(),
        jurisdiction: CONTRACT.to_owned(),
        entity: None,
        entities: desk.incident.entities.iter().map(|e| e.id.clone()).collect(),
        kind: DutyKind::Custom,
        recipient: custom.to.clone(),
        arises: Arises::Yes,
        count: desk.people.everybody().map(|(_, n)| n).sum(),
        threshold: 1,
        comparator: Comparator::AtLeast,
        due: due.map(|d| d.on),
        recommended: None,
        due_hours: due.and_then(|d| d.hours),
        clock,
        clock_started: due.map(|d| d.started),
        matched: 0,
        done_on: None,
        citation: custom.source.clone(),
        confidence: Confidence::High,
        carrier: Carrier::Sender,
        reason: format!("The incident names this duty ({}).", custom.source),
        timing: String::new(),
        required_content: Vec::new(),
        method: String::new(),
        url: String::new(),
        source: custom.source.clone(),
    }
}

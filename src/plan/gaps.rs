//! What a plan does not cover, said in every plan.

use super::Profile;
use super::assessor::Assessor;
use super::words::counted;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::incident::Subtype;

/// Sentences for the foot of the plan; the general ones, then those of this incident.
pub(super) fn not_covered(desk: &Assessor<'_>, profiles: &[Profile]) -> Vec<String> {
    let mut out: Vec<String> = [
        "Business associate and other contracts, whose periods are often far shorter than the \
         law's.",
        "Notice to CMS, Medicare Advantage and Part D sponsors, and state Medicaid agencies.",
        "Notice to cyber insurers and other insurers of the organizations concerned.",
        "Insurance departments' own rules and bulletins, except where a law file holds them.",
        "The law of other countries and of tribes.",
        "State health-privacy, licensing and consumer-protection law without a breach notice \
         duty of its own.",
        "Payment-card and critical-infrastructure reporting, and securities law beyond the current \
         report on a material incident.",
        "Duties as an employer toward employees beyond the breach statutes.",
    ]
    .map(str::to_owned)
    .into();
    if !desk.incident.duties.is_empty() {
        out.push(format!(
            "Beyond these, the incident names {} of its own, which {} in the plan.",
            counted(desk.incident.duties.len() as u64, "duty", "duties"),
            if desk.incident.duties.len() == 1 { "is" } else { "are" },
        ));
    }
    for profile in profiles.iter().filter(|profile| !profile.covered) {
        for name in &profile.organizations {
            out.push(format!("{name} {}.", profile.says));
        }
    }
    let medicaid = [Subtype::MedicaidAgency, Subtype::MedicaidMco, Subtype::MedicareAdvantage];
    for entity in &desk.incident.entities {
        if medicaid.contains(&entity.subtype) {
            out.push(format!(
                "{} serves a public program: its agreements with CMS or the state set notice \
                 periods that belong in `[[duty]]`.",
                entity.name
            ));
        }
    }
    let stateless = stateless(desk);
    if stateless > 0 {
        out.push(format!(
            "{} without a known state or with an address abroad: only federal law is applied to \
             them.",
            counted(stateless, "person", "people")
        ));
    }
    let unknown = unknown(desk);
    if !unknown.is_empty() {
        out.push(format!(
            "No law file covers {}: only federal law is applied there.",
            unknown.join(", ")
        ));
    }
    out
}

/// The same gaps as findings, where a person can close them.
pub(super) fn findings(desk: &Assessor<'_>, findings: &mut Findings) {
    too_early(desk, findings);
    let stateless = stateless(desk);
    if stateless > 0 {
        findings.push(
            Finding::new(
                code!("plan.no_state"),
                Severity::Note,
                format!(
                    "no state's law is applied to {} without a known state",
                    counted(stateless, "person", "people")
                ),
            )
            .remedy("fill the `residence_state` column where the state is known"),
        );
    }
    for code in unknown(desk) {
        findings.push(
            Finding::new(
                code!("plan.no_law"),
                Severity::Warning,
                format!("no law file covers `{code}`"),
            )
            .remedy("ask counsel which law protects these residents"),
        );
    }
}

/// Breaches from before the first day that the law pack answers for.
fn too_early(desk: &Assessor<'_>, findings: &mut Findings) {
    let Some(since) = desk.rules.since else { return };
    for strand in &desk.incident.strands {
        let first = strand.discoveries.iter().map(|d| d.on).chain([strand.discovered]).min();
        let Some(day) = first.filter(|day| **day < since) else { continue };
        findings.push(
            Finding::new(
                code!("plan.before_law"),
                Severity::Error,
                format!(
                    "strand `{}` was discovered on {day}, but the law pack begins on {since}",
                    strand.id
                ),
            )
            .at(Place::file("incident.toml"))
            .remedy(format!(
                "correct `discovered`; for a breach from before {since} use a law pack of that \
                 time with `--law`"
            )),
        );
    }
}

fn stateless(desk: &Assessor<'_>) -> u64 {
    desk.people.of("").iter().map(|(_, n)| n).sum()
}

/// Codes of residents for which there is no law file.
fn unknown<'d>(desk: &'d Assessor<'_>) -> Vec<&'d str> {
    desk.people
        .by_jurisdiction
        .keys()
        .map(String::as_str)
        .filter(|code| {
            !code.is_empty() && !desk.rules.jurisdictions.iter().any(|j| j.code == **code)
        })
        .collect()
}

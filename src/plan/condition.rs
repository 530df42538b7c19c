//! Whether a rule's structured condition holds for one part of the people.

use super::{Rules, words};
use crate::incident::{BreachType, CoveredEntity, EntityKind, Location, Role, Strand, Subtype};
use crate::law::When;
use crate::roster::ElementSet;

/// What a condition can ask about.
pub(super) struct Case<'c> {
    /// The jurisdiction's code.
    pub code: &'c str,
    /// Plain words for ids.
    pub rules: &'c Rules<'c>,
    pub role: Role,
    pub entity: &'c CoveredEntity,
    pub strand: &'c Strand,
    pub patient: bool,
    /// Somebody counted for the same filing is not a patient.
    pub others: bool,
    /// Everything exposed of anybody counted for this entity.
    pub exposed: ElementSet,
    /// What the statute's definition knows; everything where it lists nothing.
    pub definition: ElementSet,
    /// People counted over the entities of the same filing.
    pub residents: u64,
    pub hold_used: bool,
    pub hhs_report: bool,
    pub protection_offered: bool,
    pub harm_excluded: bool,
    /// Which of the incident's elements fall under a law file's list.
    pub set: &'c dyn Fn(&[String]) -> ElementSet,
}

/// The answer to a condition.
pub(super) enum Truth {
    Yes,
    /// Why not, as the end of a sentence.
    No(String),
    /// Only a person can say; the question.
    Unknown(String),
}

/// Evaluates a condition: all its keys must hold. A definite no outweighs an open question.
pub(super) fn holds(when: &When, case: &Case<'_>) -> Truth {
    if let Some(why) = leaf_failing(when, case) {
        return Truth::No(why);
    }
    let mut open = when.question.clone();
    if !when.any.is_empty() {
        let mut refused = Vec::new();
        let mut unknown = None;
        let mut found = false;
        for inner in &when.any {
            match holds(inner, case) {
                Truth::Yes => found = true,
                Truth::No(why) => refused.push(why),
                Truth::Unknown(text) => unknown = unknown.or(Some(text)),
            }
        }
        match (found, unknown) {
            (true, _) => {}
            (false, Some(text)) => open = open.or(Some(text)),
            (false, None) => {
                refused.dedup();
                return Truth::No(refused.join(", and "));
            }
        }
    }
    if let Some(inner) = &when.not {
        match holds(inner, case) {
            Truth::Yes => return Truth::No(described(inner, case)),
            Truth::No(_) => {}
            Truth::Unknown(text) => open = open.or(Some(text)),
        }
    }
    open.map_or(Truth::Yes, Truth::Unknown)
}

/// The first plain key that fails, in words.
fn leaf_failing(when: &When, case: &Case<'_>) -> Option<String> {
    let lacks = |list: &[String], id: &str| !list.is_empty() && !list.iter().any(|l| l == id);
    if lacks(&when.role, role_id(case.role)) {
        return Some(format!(
            "it applies only where the sender is {}",
            words::article(&case.rules.either(&when.role))
        ));
    }
    if lacks(&when.entity_kind, kind_id(case.entity.kind)) {
        return Some(format!(
            "it applies only to this kind of entity: {}",
            case.rules.either(&when.entity_kind)
        ));
    }
    if lacks(&when.entity_subtype, subtype_id(case.entity.subtype)) {
        return Some(format!(
            "it applies only to this kind of entity: {}",
            case.rules.either(&when.entity_subtype)
        ));
    }
    if !when.licence.is_empty() && !case.licensed(&when.licence) {
        return Some(format!(
            "no covered entity is entered with this licence or status there: {}",
            case.rules.either(&when.licence)
        ));
    }
    if !when.elements_any.is_empty() && !case.exposed.intersects((case.set)(&when.elements_any)) {
        return Some(format!("none of {} was exposed", case.rules.either(&when.elements_any)));
    }
    if !when.elements_only.is_empty() && !case.exposed_only(&when.elements_only) {
        return Some(format!("more was exposed than {}", case.rules.either(&when.elements_only)));
    }
    if lacks(&when.breach_type, breach_type_id(case.strand.kind)) {
        return Some(format!("it applies only to {}", case.rules.either(&when.breach_type)));
    }
    if !when.medium.is_empty() && !when.medium.iter().any(|m| case.has_medium(m)) {
        return Some(format!("it applies only to {} records", case.rules.either(&when.medium)));
    }
    if let Some(wanted) = when.patients
        && wanted != case.patient
    {
        return Some(
            if wanted {
                "it applies only to patients"
            } else {
                "it applies only to people who are not patients"
            }
            .to_owned(),
        );
    }
    let flags = [
        (when.others_counted, case.others, "people who are not patients are counted too"),
        (when.hold_used, case.hold_used, "a law-enforcement hold was used"),
        (when.hhs_report, case.hhs_report, "a report to HHS arises"),
        (when.protection_offered, case.protection_offered, "identity protection is offered"),
        (when.harm_excluded, case.harm_excluded, "counsel has excluded harm"),
        (when.parent_company, !case.entity.parent_company.is_empty(), "there is a parent company"),
    ];
    for (wanted, is, what) in flags {
        match wanted {
            Some(true) if !is => return Some(format!("it applies only where {what}")),
            Some(false) if is => return Some(format!("it does not apply where {what}")),
            _ => {}
        }
    }
    if let Some(least) = when.residents_at_least
        && case.residents < least
    {
        return Some(format!("it applies only from {} on", residents(least)));
    }
    if let Some(most) = when.residents_at_most
        && case.residents > most
    {
        return Some(format!("it applies only up to {}", residents(most)));
    }
    None
}

fn residents(n: u64) -> String {
    words::counted(n, "resident", "residents")
}

impl Case<'_> {
    fn licensed(&self, kinds: &[String]) -> bool {
        self.entity
            .licences
            .iter()
            .any(|licence| licence.state == self.code && kinds.contains(&licence.kind))
    }

    /// Of what the definition knows, nothing beyond the list was exposed.
    fn exposed_only(&self, list: &[String]) -> bool {
        let relevant = self.exposed.0 & self.definition.0;
        relevant & !(self.set)(list).0 == 0
    }

    /// A strand without locations may be of either medium.
    fn has_medium(&self, medium: &str) -> bool {
        let paper = self.strand.locations.contains(&Location::PaperFilms);
        let electronic = self.strand.locations.iter().any(|l| *l != Location::PaperFilms);
        match medium {
            _ if self.strand.locations.is_empty() => true,
            "paper" => paper,
            _ => electronic,
        }
    }
}

/// A condition in words, for saying that an exception applies.
fn described(when: &When, case: &Case<'_>) -> String {
    if let Some(inner) = when.any.iter().find(|inner| matches!(holds(inner, case), Truth::Yes)) {
        return described(inner, case);
    }
    let mut parts = Vec::new();
    let mut list = |lead: &str, ids: &[String]| {
        if !ids.is_empty() {
            parts.push(format!("{lead} {}", case.rules.either(ids)));
        }
    };
    list("the sender is:", &when.role);
    list("the entity is:", &when.entity_kind);
    list("the entity is:", &when.entity_subtype);
    list("it has this licence or status:", &when.licence);
    list("exposed was", &when.elements_any);
    list("nothing was exposed but", &when.elements_only);
    list("the breach is", &when.breach_type);
    list("the records are", &when.medium);
    if when.patients == Some(true) {
        parts.push("the people are patients".to_owned());
    }
    if when.hhs_report == Some(true) {
        parts.push("a report to HHS arises".to_owned());
    }
    if parts.is_empty() {
        return "an exception applies".to_owned();
    }
    format!("an exception applies because {}", parts.join(" and "))
}

fn role_id(role: Role) -> &'static str {
    match role {
        Role::CoveredEntity => "covered_entity",
        Role::BusinessAssociate => "business_associate",
    }
}

fn kind_id(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::HealthcareProvider => "healthcare_provider",
        EntityKind::HealthPlan => "health_plan",
        EntityKind::Clearinghouse => "clearinghouse",
    }
}

fn subtype_id(subtype: Subtype) -> &'static str {
    match subtype {
        Subtype::Insurer => "insurer",
        Subtype::Hmo => "hmo",
        Subtype::SelfInsuredEmployerPlan => "self_insured_employer_plan",
        Subtype::MedicaidAgency => "medicaid_agency",
        Subtype::MedicaidMco => "medicaid_mco",
        Subtype::MedicareAdvantage => "medicare_advantage",
        Subtype::FehbCarrier => "fehb_carrier",
        Subtype::GovernmentProvider => "government_provider",
        Subtype::Part2Program => "part2_program",
        Subtype::None => "none",
    }
}

fn breach_type_id(kind: BreachType) -> &'static str {
    match kind {
        BreachType::HackingItIncident => "hacking_it_incident",
        BreachType::ImproperDisposal => "improper_disposal",
        BreachType::Loss => "loss",
        BreachType::Theft => "theft",
        BreachType::UnauthorizedAccessDisclosure => "unauthorized_access_disclosure",
    }
}

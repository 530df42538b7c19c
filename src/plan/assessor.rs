//! Everything one plan is made of, laid out once.

use super::compliance;
use super::condition::Case;
use super::definition::Definitions;
use super::docket::{Ask, Docket};
use super::facts::{EntityStrand, Facts};
use super::outcome::delegate;
use super::people::{People, Slice, Vocabulary};
use super::tally::DutyRow;
use super::{Carrier, Rules};
use crate::incident::{Delegate, EntityIx, Incident, Location, RiskOfHarm, Strand, StrandIx};
use crate::law::{Counting, DutyKind, Jurisdiction, JurisdictionKind, Statute};
use crate::roster::ElementSet;
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Assessor<'a> {
    pub incident: &'a Incident,
    pub rules: &'a Rules<'a>,
    pub people: People,
    pub vocabulary: Vocabulary,
    pub docket: &'a Docket<'a>,
    pub facts: Facts<'a>,
    pub estimated: bool,
    /// Entities for which a report to HHS arises.
    pub hhs_reports: BTreeSet<EntityIx>,
    /// Definitions already looked up.
    pub definitions: Definitions,
    /// Days of federal law that letters miss, already looked up.
    pub missed: RefCell<BTreeMap<EntityStrand, Option<Date>>>,
    /// Carriers already looked up.
    pub carriers: RefCell<BTreeMap<(EntityIx, DutyKind), Carrier>>,
}

/// Whether a threshold counts people wherever they live.
fn everywhere(jurisdiction: &Jurisdiction, counts: Counting) -> bool {
    jurisdiction.kind == JurisdictionKind::Federal
        || !matches!(counts, Counting::Residents | Counting::ResidentPatients)
}

/// Why a strand's people are outside a statute.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outside {
    Paper,
    Encrypted,
    Harmless,
}

impl Outside {
    /// The end of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Outside::Paper => "it does not cover paper records",
            Outside::Encrypted => "the information was secured by encryption",
            Outside::Harmless => "the harm assessment excuses notice",
        }
    }
}

impl Assessor<'_> {
    /// Ids of the entities, in the incident's order.
    pub fn entities(&self) -> impl Iterator<Item = EntityIx> {
        self.incident.entity_indices()
    }

    pub fn name(&self, entity: EntityIx) -> &str {
        &self.incident[entity].name
    }

    pub fn id(&self, entity: EntityIx) -> &str {
        &self.incident[entity].id
    }

    pub fn strand(&self, index: StrandIx) -> &Strand {
        &self.incident[index]
    }

    /// The name of the jurisdiction with this code, else the code.
    pub fn place<'s>(&'s self, code: &'s str) -> &'s str {
        self.rules.place(code)
    }

    /// Whether anybody lives in a jurisdiction; for federal law, whether there is anybody.
    pub fn inhabited(&self, jurisdiction: &Jurisdiction) -> bool {
        match jurisdiction.kind {
            JurisdictionKind::Federal => self.people.everybody().next().is_some(),
            _ => !self.people.of(&jurisdiction.code).is_empty(),
        }
    }

    /// The entities with anybody whom a threshold could count.
    pub fn concerned(&self, jurisdiction: &Jurisdiction, counts: Counting) -> BTreeSet<EntityIx> {
        let of = |slices: &[(Slice, u64)]| slices.iter().map(|(s, _)| s.entity).collect();
        if everywhere(jurisdiction, counts) {
            return self.people.everybody().map(|(s, _)| s.entity).collect();
        }
        of(self.people.of(&jurisdiction.code))
    }

    /// The people of these entities whom a threshold could count: residents, or for federal law
    /// and for a facility's regulator everybody wherever they live.
    pub fn scope(
        &self,
        jurisdiction: &Jurisdiction,
        counts: Counting,
        row: &DutyRow<'_>,
    ) -> Vec<(Slice, u64)> {
        let code = match row.state {
            Some(code) => code,
            None if everywhere(jurisdiction, counts) => {
                return self.people.of_entities(&row.entities).copied().collect();
            }
            None => &jurisdiction.code,
        };
        let of = |entity: &EntityIx| self.people.of_entity(code, *entity);
        row.entities.iter().flat_map(of).copied().collect()
    }

    /// Who carries out a kind of duty of one entity; asks where nobody has said so.
    pub fn carrier(&self, entity: EntityIx, kind: DutyKind) -> Carrier {
        *self
            .carriers
            .borrow_mut()
            .entry((entity, kind))
            .or_insert_with(|| self.find_carrier(entity, kind))
    }

    fn find_carrier(&self, entity: EntityIx, kind: DutyKind) -> Carrier {
        let what = match kind {
            DutyKind::Individual | DutyKind::Protection => "individual",
            DutyKind::Hhs => "hhs",
            DutyKind::Media => "media",
            DutyKind::Substitute => "substitute",
            DutyKind::Cra => "cra",
            DutyKind::Regulator => "state",
            DutyKind::CoveredEntity | DutyKind::Custom => return Carrier::Sender,
        };
        let of = &self.incident[entity];
        let id = format!("delegation.{}.{what}", of.id);
        let delegate = delegate(self.incident, of, what);
        if delegate == Delegate::Undecided || self.docket.decided(&id).is_some() {
            self.docket.ask(Ask {
                id,
                text: format!(
                    "Who carries out the {what} notices of {}: the sender or the covered entity \
                     itself?",
                    of.name
                ),
                choices: &["sender", "self"],
                default: "undecided",
                citation: "45 CFR 164.404(a)(1)",
                blocking: false,
            });
        }
        match delegate {
            Delegate::Sender => Carrier::Sender,
            Delegate::Itself => Carrier::Entity,
            Delegate::Undecided => Carrier::Undecided,
        }
    }

    /// Why people of this strand are outside the statute, if they are: paper, encryption or a
    /// harm assessment that counsel has confirmed.
    pub fn outside(
        &self,
        jurisdiction: &Jurisdiction,
        statute: &Statute,
        strand: StrandIx,
    ) -> Option<Outside> {
        let of = self.strand(strand);
        let on_paper =
            !of.locations.is_empty() && of.locations.iter().all(|l| *l == Location::PaperFilms);
        if on_paper && !statute.paper_records {
            return Some(Outside::Paper);
        }
        if of.encrypted && statute.encryption_safe_harbor && self.secured(of) {
            return Some(Outside::Encrypted);
        }
        self.harm_excluded(jurisdiction, statute, strand).then_some(Outside::Harmless)
    }

    fn secured(&self, strand: &Strand) -> bool {
        let taken = self.docket.ask(Ask {
            id: format!("encryption.{}", strand.id),
            text: format!(
                "Was the information of strand `{}` encrypted so that it counts as secured, and \
                 did the key stay safe?",
                strand.id
            ),
            choices: &["unsecured", "secured"],
            default: "unsecured",
            citation: "45 CFR 164.402",
            blocking: true,
        });
        taken == "secured"
    }

    /// Whether counsel has confirmed that the harm assessment meets this statute's standard.
    fn harm_excluded(
        &self,
        jurisdiction: &Jurisdiction,
        statute: &Statute,
        strand: StrandIx,
    ) -> bool {
        let strand = self.strand(strand);
        if strand.risk_of_harm != RiskOfHarm::LowProbability || !statute.risk_of_harm_exception {
            return false;
        }
        let standard = match statute.harm_standard.as_str() {
            "" => "low probability of compromise",
            given => given,
        };
        let taken = self.docket.ask(Ask {
            id: format!("{}.harm.{}", jurisdiction.code, strand.id),
            text: format!(
                "Does the harm assessment of strand `{}` meet this standard of {}: {standard}?",
                strand.id, statute.cite,
            ),
            choices: &["not_met", "met"],
            default: "not_met",
            citation: &statute.cite,
            blocking: true,
        });
        taken == "met"
    }

    /// The facts a condition can ask about, for one part of the people.
    #[expect(clippy::too_many_arguments, reason = "one argument per fact")]
    pub fn case<'c>(
        &'c self,
        jurisdiction: &'c Jurisdiction,
        key: EntityStrand,
        patient: bool,
        exposed: ElementSet,
        definition: ElementSet,
        residents: u64,
        set: &'c dyn Fn(&[String]) -> ElementSet,
    ) -> Case<'c> {
        let harm_excluded = jurisdiction
            .statutes
            .iter()
            .any(|statute| self.harm_excluded(jurisdiction, statute, key.1));
        let mut case = Case {
            code: &jurisdiction.code,
            rules: self.rules,
            incident: self.incident,
            entity: &self.incident[key.0],
            strand: self.strand(key.1),
            patient,
            others: !patient,
            exposed,
            definition,
            residents,
            hold_used: self.facts.held_until(&jurisdiction.code).is_some(),
            hhs_report: self.hhs_reports.contains(&key.0),
            protection_offered: self.offers_protection(exposed),
            hipaa_late: false,
            harm_excluded,
            set,
        };
        // Judged as if the letters went in time.
        case.hipaa_late = compliance::missed(self, key, &case).is_some();
        case
    }

    /// Whether any protection is offered for any of these elements.
    fn offers_protection(&self, exposed: ElementSet) -> bool {
        self.incident.protections.iter().any(|protection| {
            protection.offered_for.is_empty()
                || self.incident.elements.iter().enumerate().any(|(i, element)| {
                    exposed.contains(i) && protection.offered_for.contains(&element.id)
                })
        })
    }

    /// Whether the sender holds the information for others: a business associate, or a service
    /// provider under the FTC rule.
    pub fn is_associate(&self) -> bool {
        self.incident.sender.role.serves_others()
    }
}

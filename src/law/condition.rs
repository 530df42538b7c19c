//! Whether a rule's condition holds for the facts that a room lays out.
//!
//! The one evaluator of [`When`]: the plan asks it about parts of the people counted, letters about
//! one person. What a room does not know stays open; an open condition holds until counsel, or the
//! fact, says otherwise.

use super::When;
use crate::incident::{CoveredEntity, Incident, Location, Role, Strand};

/// The facts that a condition can ask about.
pub trait Circumstances {
    /// The jurisdiction whose law is asked.
    fn code(&self) -> &str;
    fn role(&self) -> Role;
    fn entity(&self) -> &CoveredEntity;
    fn strand(&self) -> &Strand;
    /// Whether anything exposed falls under one of these categories.
    fn exposed(&self, categories: &[String]) -> bool;
    /// Whether everything exposed that a statute could know falls under one of these.
    fn exposed_only(&self, categories: &[String]) -> bool;
    /// A fact that is so or not; none where it is not known. What the incident says of the
    /// covered entity is answered by [`about_entity`].
    fn is(&self, flag: Flag) -> Option<bool>;
    /// Residents counted; none where that is not known.
    fn residents(&self) -> Option<u64>;
}

/// Whether a fact of the covered entity itself is so in a jurisdiction; none where it is not known,
/// or the flag asks about something else. What nobody has answered yet is not so: approval waits
/// for the answer.
pub fn about_entity(
    flag: Flag,
    code: &str,
    incident: &Incident,
    entity: &CoveredEntity,
) -> Option<bool> {
    match flag {
        Flag::ParentCompany => Some(!entity.parent_company.is_empty()),
        Flag::PublicBody => entity.is_public_in(code),
        Flag::Part2Program => Some(entity.is_part2_program()),
        Flag::PubliclyTraded => Some(
            [&entity.affiliations, &incident.sender.affiliations]
                .iter()
                .any(|known| known.publicly_traded == Some(true)),
        ),
        _ => None,
    }
}

/// A fact that a condition wants to be so, or not to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    Patients,
    OthersCounted,
    HoldUsed,
    HarmExcluded,
    HhsReport,
    ProtectionOffered,
    ParentCompany,
    PublicBody,
    Part2Program,
    PubliclyTraded,
    HipaaLate,
}

/// The answer to a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Truth<'w> {
    Yes,
    No(Failing<'w>),
    /// Only a person, or a fact not known yet, can say; the question if the law file has one.
    Unknown(Option<&'w str>),
}

/// The part of a condition that fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failing<'w> {
    /// The first plain key that does not hold.
    Key(Key, &'w When),
    /// None of the alternatives holds.
    Any(&'w [When]),
    /// The exception holds.
    Not(&'w When),
}

/// A plain key of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Role,
    EntityKind,
    EntitySubtype,
    Licence,
    ElementsAny,
    ElementsOnly,
    BreachType,
    Medium,
    /// With what the condition wants.
    Flag(Flag, bool),
    ResidentsAtLeast(u64),
    ResidentsAtMost(u64),
}

impl When {
    /// Tests the condition: all its keys must hold. A definite no outweighs what is open.
    pub fn test(&self, case: &dyn Circumstances) -> Truth<'_> {
        if self.is_empty() {
            return Truth::Yes;
        }
        let mut open = Open { any: self.question.is_some(), question: self.question.as_deref() };
        for (key, held) in self.plain(case) {
            match held {
                Some(true) => {}
                Some(false) => return Truth::No(Failing::Key(key, self)),
                None => open.add(None),
            }
        }
        if !self.any.is_empty() {
            let mut unsettled: Option<Option<&str>> = None;
            let mut found = false;
            for inner in &self.any {
                match inner.test(case) {
                    Truth::Yes => found = true,
                    Truth::No(_) => {}
                    Truth::Unknown(question) => {
                        unsettled = Some(unsettled.flatten().or(question));
                    }
                }
            }
            match (found, unsettled) {
                (true, _) => {}
                (false, Some(question)) => open.add(question),
                (false, None) => return Truth::No(Failing::Any(&self.any)),
            }
        }
        if let Some(inner) = &self.not {
            match inner.test(case) {
                Truth::Yes => return Truth::No(Failing::Not(inner)),
                Truth::No(_) => {}
                Truth::Unknown(question) => open.add(question),
            }
        }
        if open.any { Truth::Unknown(open.question) } else { Truth::Yes }
    }

    /// The plain keys that are given, and whether each holds; none where that is not known.
    fn plain<'a>(
        &'a self,
        case: &'a dyn Circumstances,
    ) -> impl Iterator<Item = (Key, Option<bool>)> + 'a {
        let lists = [
            (Key::Role, &self.role),
            (Key::EntityKind, &self.entity_kind),
            (Key::EntitySubtype, &self.entity_subtype),
            (Key::Licence, &self.licence),
            (Key::ElementsAny, &self.elements_any),
            (Key::ElementsOnly, &self.elements_only),
            (Key::BreachType, &self.breach_type),
            (Key::Medium, &self.medium),
        ];
        let listed =
            lists.map(|(key, list)| (!list.is_empty()).then(|| (key, among(key, list, case))));
        let flags = self.flags().map(move |(flag, wanted)| {
            wanted.map(|wanted| (Key::Flag(flag, wanted), case.is(flag).map(|is| is == wanted)))
        });
        let counted = [
            self.residents_at_least
                .map(|n| (Key::ResidentsAtLeast(n), case.residents().map(|c| c >= n))),
            self.residents_at_most
                .map(|n| (Key::ResidentsAtMost(n), case.residents().map(|c| c <= n))),
        ];
        listed.into_iter().chain(flags).chain(counted).flatten()
    }

    /// Every fact a condition can want, with what this one wants.
    pub fn flags(&self) -> [(Flag, Option<bool>); 11] {
        [
            (Flag::Patients, self.patients),
            (Flag::OthersCounted, self.others_counted),
            (Flag::HoldUsed, self.hold_used),
            (Flag::HhsReport, self.hhs_report),
            (Flag::ProtectionOffered, self.protection_offered),
            (Flag::HarmExcluded, self.harm_excluded),
            (Flag::ParentCompany, self.parent_company),
            (Flag::PublicBody, self.public_body),
            (Flag::Part2Program, self.part2_program),
            (Flag::PubliclyTraded, self.publicly_traded),
            (Flag::HipaaLate, self.hipaa_late),
        ]
    }

    /// Whether the condition asks nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == When::default()
    }
}

/// What is not settled about a condition.
struct Open<'w> {
    any: bool,
    question: Option<&'w str>,
}

impl<'w> Open<'w> {
    fn add(&mut self, question: Option<&'w str>) {
        self.any = true;
        self.question = self.question.or(question);
    }
}

/// Whether what a list asks about is in it; none where that is not known.
fn among(key: Key, list: &[String], case: &dyn Circumstances) -> Option<bool> {
    let lists = |id: &str| list.iter().any(|l| l == id);
    Some(match key {
        Key::Role => lists(case.role().id()),
        Key::EntityKind => lists(case.entity().kind.id()),
        Key::EntitySubtype => lists(case.entity().subtype.id()),
        Key::Licence => licensed(case, list),
        Key::ElementsAny => case.exposed(list),
        Key::ElementsOnly => case.exposed_only(list),
        Key::BreachType => lists(case.strand().kind.id()),
        Key::Medium => return medium(case.strand(), list),
        Key::Flag(..) | Key::ResidentsAtLeast(_) | Key::ResidentsAtMost(_) => return None,
    })
}

fn licensed(case: &dyn Circumstances, kinds: &[String]) -> bool {
    let mut licences = case.entity().known_licences().iter();
    licences.any(|licence| licence.state == case.code() && kinds.contains(&licence.kind))
}

/// A strand without locations may be of either medium.
fn medium(strand: &Strand, wanted: &[String]) -> Option<bool> {
    if strand.locations.is_empty() {
        return None;
    }
    let paper = strand.locations.contains(&Location::PaperFilms);
    let electronic = strand.locations.iter().any(|l| *l != Location::PaperFilms);
    Some(wanted.iter().any(|medium| if medium == "paper" { paper } else { electronic }))
}

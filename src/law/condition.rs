//! Whether a rule's condition holds for the facts that a room lays out.
//!
//! The one evaluator of [`When`]: the plan asks it about parts of the people counted, letters about
//! one person. What a room does not know stays open; an open condition holds until counsel, or the
//! fact, says otherwise.

use super::When;
use crate::incident::{CoveredEntity, Location, Role, Strand};

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
    /// A fact that is so or not; none where it is not known.
    fn is(&self, flag: Flag) -> Option<bool>;
    /// Residents counted; none where that is not known.
    fn residents(&self) -> Option<u64>;
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
        let among = |list: &[String], id: &str| list.iter().any(|l| l == id);
        let lists: [(Key, &[String], &dyn Fn(&[String]) -> Option<bool>); 8] = [
            (Key::Role, &self.role, &|l| Some(among(l, case.role().id()))),
            (Key::EntityKind, &self.entity_kind, &|l| Some(among(l, case.entity().kind.id()))),
            (Key::EntitySubtype, &self.entity_subtype, &|l| {
                Some(among(l, case.entity().subtype.id()))
            }),
            (Key::Licence, &self.licence, &|l| Some(licensed(case, l))),
            (Key::ElementsAny, &self.elements_any, &|l| Some(case.exposed(l))),
            (Key::ElementsOnly, &self.elements_only, &|l| Some(case.exposed_only(l))),
            (Key::BreachType, &self.breach_type, &|l| Some(among(l, case.strand().kind.id()))),
            (Key::Medium, &self.medium, &|l| medium(case.strand(), l)),
        ];
        let listed = lists.map(
            |(key, list, holds)| {
                if list.is_empty() { None } else { Some((key, holds(list))) }
            },
        );
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
    pub fn flags(&self) -> [(Flag, Option<bool>); 7] {
        [
            (Flag::Patients, self.patients),
            (Flag::OthersCounted, self.others_counted),
            (Flag::HoldUsed, self.hold_used),
            (Flag::HhsReport, self.hhs_report),
            (Flag::ProtectionOffered, self.protection_offered),
            (Flag::HarmExcluded, self.harm_excluded),
            (Flag::ParentCompany, self.parent_company),
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

fn licensed(case: &dyn Circumstances, kinds: &[String]) -> bool {
    let mut licences = case.entity().licences.iter();
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

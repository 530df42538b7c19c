//! Which of the incident's elements make a person count under a statute.

use super::assessor::Assessor;
use super::docket::Ask;
use super::facts::EntityStrand;
use super::versions::{Basis, in_force};
use crate::law::{Definition, Jurisdiction, Truth};
use crate::roster::ElementSet;
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What statutes' definitions know, each looked up once for entities and strands with the same
/// facts.
#[derive(Default)]
pub(super) struct Definitions(RefCell<BTreeMap<(String, String), Rc<Statute>>>);

/// By dates and, where a condition looks at it, entity and strand.
type Found = BTreeMap<(Basis, Option<EntityStrand>), Option<ElementSet>>;

struct Statute {
    /// Some definition has a condition, so that entities have to be looked at one by one.
    conditional: bool,
    found: RefCell<Found>,
}

/// One statute's definitions while its people are counted.
pub(super) struct Knows<'a> {
    desk: &'a Assessor<'a>,
    jurisdiction: &'a Jurisdiction,
    statute: &'a str,
    cache: Rc<Statute>,
    /// People come in the order of entity and strand.
    last: Option<(EntityStrand, Option<ElementSet>)>,
}

impl<'a> Knows<'a> {
    pub fn new(desk: &'a Assessor<'a>, jurisdiction: &'a Jurisdiction, statute: &'a str) -> Self {
        let key = (jurisdiction.code.clone(), statute.to_owned());
        let mut statutes = desk.definitions.0.borrow_mut();
        let cache = statutes.entry(key).or_insert_with(|| {
            let conditional =
                all(jurisdiction, statute).iter().any(|definition| !definition.when.is_empty());
            Rc::new(Statute { conditional, found: RefCell::default() })
        });
        Self { desk, jurisdiction, statute, cache: Rc::clone(cache), last: None }
    }

    /// The elements that the definition knows for this entity and strand; none where every
    /// patient counts.
    ///
    /// Where another version of the definition is in force on the mail date, both are taken
    /// together until counsel chooses.
    pub fn of(&mut self, key: EntityStrand) -> Option<ElementSet> {
        if let Some((last, found)) = self.last
            && last == key
        {
            return found;
        }
        let facts = (self.desk.facts.basis(key), self.cache.conditional.then_some(key));
        let known = self.cache.found.borrow().get(&facts).copied();
        let found = known.unwrap_or_else(|| {
            let definitions = all(self.jurisdiction, self.statute);
            definition(self.desk, self.jurisdiction, self.statute, &definitions, key)
        });
        self.cache.found.borrow_mut().insert(facts, found);
        self.last = Some((key, found));
        found
    }
}

/// Every version of a statute's definitions.
fn all<'r>(jurisdiction: &'r Jurisdiction, statute: &str) -> Vec<&'r Definition> {
    jurisdiction.definitions.iter().filter(|d| d.statute == statute).collect()
}

fn definition(
    desk: &Assessor<'_>,
    jurisdiction: &Jurisdiction,
    statute: &str,
    definitions: &[&Definition],
    key: EntityStrand,
) -> Option<ElementSet> {
    let set = |list: &[String]| desk.vocabulary.set(list);
    let everything = desk.vocabulary.known();
    let case = desk.case(jurisdiction, key, true, everything, everything, u64::MAX, &set);
    let all: Vec<&Definition> = definitions
        .iter()
        .copied()
        .filter(|d| !matches!(d.when.test(&case), Truth::No(_)))
        .collect();
    let basis = desk.facts.basis(key);
    let at = |on: Date| in_force(&all, on, basis);
    let (then, now) = (at(basis.discovered), at(basis.notified));
    let then = if then.is_empty() { now.clone() } else { then };
    if then.is_empty() {
        // No definition on file: whatever was exposed counts.
        return Some(everything);
    }
    let old = known(desk, &then)?;
    if now.is_empty() {
        return Some(old);
    }
    let new = known(desk, &now)?;
    if old == new {
        return Some(old);
    }
    let since = |of: &[&Definition]| {
        of.iter().map(|d| d.effective).max().map_or_else(String::new, |day| day.to_string())
    };
    let labels = [since(&then), since(&now)];
    let taken = desk.docket.ask(Ask {
        id: format!("{}.{statute}.definition", jurisdiction.code),
        text: format!(
            "The definition in force since {} knows other elements than that since {}: which one \
             governs this breach? Until that is decided, people who meet either are counted.",
            labels[1], labels[0]
        ),
        choices: &[&labels[0], &labels[1]],
        default: "both",
        citation: "",
        blocking: false,
    });
    Some(match taken {
        t if t == labels[0] => old,
        t if t == labels[1] => new,
        _ => old.union(new),
    })
}

/// The elements of definitions that stand side by side; none if one of them counts every
/// patient.
fn known(desk: &Assessor<'_>, definitions: &[&Definition]) -> Option<ElementSet> {
    definitions.iter().try_fold(ElementSet::default(), |found, d| {
        (!d.elements.is_empty()).then(|| {
            found
                .union(desk.vocabulary.set(&d.elements))
                .union(desk.vocabulary.set(&d.without_name))
        })
    })
}

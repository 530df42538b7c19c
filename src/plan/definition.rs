//! Which of the incident's elements make a person count under a statute.

use super::assessor::Assessor;
use super::docket::Ask;
use super::facts::EntityStrand;
use super::versions::{Basis, in_force};
use crate::law::{ACCOUNT_CODE, Definition, Jurisdiction, Truth};
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
type Found = BTreeMap<(Basis, Option<EntityStrand>), Option<Known>>;

/// The incident's elements that a definition knows, by what they need beside them.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Count by themselves.
    alone: ElementSet,
    /// Count beside a code, PIN or password of the account.
    with_code: ElementSet,
    /// Count where the number alone could reach the account.
    if_usable: ElementSet,
}

impl Known {
    /// All of them.
    pub fn all(self) -> ElementSet {
        self.alone.union(self.with_code).union(self.if_usable)
    }

    fn alone(alone: ElementSet) -> Self {
        Self { alone, ..Self::default() }
    }

    fn union(self, other: Self) -> Self {
        Self {
            alone: self.alone.union(other.alone),
            with_code: self.with_code.union(other.with_code),
            if_usable: self.if_usable.union(other.if_usable),
        }
    }
}

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
    last: Option<(EntityStrand, Option<Known>)>,
}

impl<'a> Knows<'a> {
    pub fn new(desk: &'a Assessor<'a>, jurisdiction: &'a Jurisdiction, statute: &'a str) -> Self {
        let key = (jurisdiction.code.clone(), statute.to_owned());
        let mut statutes = desk.definitions.0.borrow_mut();
        let cache = statutes.entry(key).or_insert_with(|| {
            let nameless = desk.incident.strands.iter().any(|s| s.names_linked == Some(false));
            let conditional = nameless
                || all(jurisdiction, statute).iter().any(|definition| !definition.when.is_empty());
            Rc::new(Statute { conditional, found: RefCell::default() })
        });
        Self { desk, jurisdiction, statute, cache: Rc::clone(cache), last: None }
    }

    /// The elements that the definition knows for this entity and strand; none where every
    /// patient counts.
    ///
    /// Where another version of the definition is in force on the mail date, both are taken
    /// together until counsel chooses.
    pub fn of(&mut self, key: EntityStrand) -> Option<Known> {
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

impl Knows<'_> {
    /// Whether what was exposed of a person meets the definition; none where every patient counts.
    ///
    /// An account number that counts only beside its code is judged by the person's own elements
    /// where the incident names codes among them; else counsel is asked.
    pub fn meets(&mut self, key: EntityStrand, exposed: ElementSet) -> Option<bool> {
        let known = self.of(key)?;
        let desk = self.desk;
        let met = exposed.intersects(known.alone)
            || exposed.intersects(known.with_code) && codes_exposed(desk, exposed)
            || exposed.intersects(known.if_usable) && self.usable();
        Some(met)
    }

    /// Whether account numbers could reach the accounts without more; so until counsel decides.
    fn usable(&self) -> bool {
        let (code, statute) = (&self.jurisdiction.code, self.statute);
        let cite = self.jurisdiction.statutes.iter().find(|s| s.id == statute);
        let cite = cite.map_or("", |s| &s.cite);
        let taken = self.desk.docket.ask(Ask {
            id: format!("{code}.{statute}.usable"),
            text: format!(
                "Could the account or card numbers that were exposed reach an account without a \
                 code, PIN or password? {cite} counts them alone only then; they count until \
                 counsel decides."
            ),
            choices: &["usable", "not_usable"],
            default: "usable",
            citation: cite,
            blocking: false,
        });
        taken == "usable"
    }
}

/// Whether the codes of the accounts were exposed too: by the person's elements where the incident
/// names codes, else as counsel says, and until then they were.
fn codes_exposed(desk: &Assessor<'_>, exposed: ElementSet) -> bool {
    let codes = desk.vocabulary.set(&[ACCOUNT_CODE.to_owned()]);
    if !codes.is_empty() {
        return exposed.intersects(codes);
    }
    let taken = desk.docket.ask(Ask {
        id: ACCESS_CODES.to_owned(),
        text: "Were the codes exposed too that open the accounts or cards: security code, access \
               code, PIN, password or expiration date? Many statutes count the number only with \
               them. They count as exposed until counsel decides; where it differs by person, add \
               the elements `card_security_code` or `account_access_code` to the roster."
            .to_owned(),
        choices: &["exposed", "not_exposed"],
        default: "exposed",
        citation: "",
        blocking: false,
    });
    taken == "exposed"
}

/// The question whether codes of accounts were exposed.
pub(super) const ACCESS_CODES: &str = "access_codes";

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
) -> Option<Known> {
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
        return Some(Known::alone(everything));
    }
    let named = desk.strand(key.1).names_linked != Some(false);
    let old = known(desk, &then, named)?;
    if now.is_empty() {
        return Some(old);
    }
    let new = known(desk, &now, named)?;
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
fn known(desk: &Assessor<'_>, definitions: &[&Definition], named: bool) -> Option<Known> {
    definitions.iter().try_fold(Known::default(), |found, definition| {
        (!definition.is_everybody()).then(|| {
            let parts = definition.parts(named);
            let set = |list: &[String]| desk.vocabulary.set(list);
            found.union(Known {
                alone: set(&parts.alone),
                with_code: set(&parts.with_code),
                if_usable: set(&parts.if_usable),
            })
        })
    })
}

//! Which of the incident's elements make a person count under a statute.

use super::condition::{Truth, holds};
use super::desk::Desk;
use super::docket::Ask;
use super::facts::Key;
use super::versions::in_force;
use crate::law::{Definition, Jurisdiction};
use crate::roster::ElementSet;
use jiff::civil::Date;

/// The elements that the statute's definition knows; none where every patient counts.
///
/// Where another version of the definition is in force on the mail date, both are taken
/// together until counsel chooses.
pub(super) fn definition(
    desk: &Desk<'_>,
    jurisdiction: &Jurisdiction,
    statute: &str,
    key: Key,
) -> Option<ElementSet> {
    let set = |list: &[String]| desk.vocabulary.set(list);
    let everything = desk.vocabulary.known();
    let case = desk.case(jurisdiction, key, true, everything, everything, u64::MAX, &set);
    let all: Vec<&Definition> = jurisdiction
        .definitions
        .iter()
        .filter(|d| d.statute == statute && !matches!(holds(&d.when, &case), Truth::No(_)))
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
fn known(desk: &Desk<'_>, definitions: &[&Definition]) -> Option<ElementSet> {
    definitions.iter().try_fold(ElementSet::default(), |found, d| {
        (!d.elements.is_empty()).then(|| {
            found
                .union(desk.vocabulary.set(&d.elements))
                .union(desk.vocabulary.set(&d.without_name))
        })
    })
}

//! Which version of a rule applies to this breach.

use crate::law::{BreachDates, Dated, is_in_force};
use jiff::civil::Date;

/// The dates on which an enactment may make its reach depend.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Basis {
    pub discovered: Date,
    pub determined: Date,
    pub notified: Date,
}

impl Basis {
    fn dates(self) -> BreachDates {
        BreachDates {
            discovered: Some(self.discovered),
            determined: Some(self.determined),
            notified: Some(self.notified),
        }
    }
}

/// The versions in force on a day for this breach, oldest first.
///
/// A version whose enactment says which breaches it reaches is judged by that alone; the
/// version it replaces lives on for the breaches it does not reach.
pub(super) fn in_force<'r, R: Dated>(all: &[&'r R], on: Date, basis: Basis) -> Vec<&'r R> {
    let reached = |r: &R| r.reach().is_none_or(|reach| reach.covers(&basis.dates()));
    let lives_on = |r: &R| {
        r.effective() <= on
            && r.until().is_some_and(|until| {
                on >= until && all.iter().any(|next| next.effective() == until && !reached(next))
            })
    };
    let mut found: Vec<&R> = all
        .iter()
        .copied()
        .filter(|r| match r.reach() {
            Some(_) => reached(r) && r.until().is_none_or(|until| on < until),
            None => is_in_force(*r, on) || lives_on(r),
        })
        .collect();
    // A version that expressly reaches this breach displaces the one it replaced.
    let reaching: Vec<Date> =
        found.iter().filter(|r| r.reach().is_some()).map(|r| r.effective()).collect();
    found.retain(|r| !r.until().is_some_and(|until| reaching.contains(&until)));
    found.sort_by_key(|r| r.effective());
    found
}

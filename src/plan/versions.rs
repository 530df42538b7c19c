//! Which version of a rule applies to this breach.

use crate::incident::Day;
use crate::law::{Definition, DutyRule, HipaaTreatment, ProtectionRule, Reach, ReachBasis};
use jiff::civil::Date;

/// The dates on which an enactment may make its reach depend.
#[derive(Clone, Copy)]
pub(super) struct Basis {
    pub discovered: Date,
    pub determined: Date,
    pub notified: Date,
}

impl Basis {
    fn reached_by(self, reach: Reach) -> bool {
        let date = match reach.basis {
            ReachBasis::Discovered => self.discovered,
            ReachBasis::Determined => self.determined,
            ReachBasis::Notified => self.notified,
        };
        date >= *reach.from
    }
}

/// A rule that has versions.
pub(super) trait Versioned {
    fn effective(&self) -> Day;
    fn until(&self) -> Option<Day>;
    fn reach(&self) -> Option<Reach>;
}

macro_rules! versioned {
    ($($kind:ty),*) => {$(
        impl Versioned for $kind {
            fn effective(&self) -> Day {
                self.effective
            }
            fn until(&self) -> Option<Day> {
                self.until
            }
            fn reach(&self) -> Option<Reach> {
                self.applies_to_breaches
            }
        }
    )*};
}
versioned!(DutyRule, Definition, HipaaTreatment, ProtectionRule);

/// The versions in force on a day for this breach, oldest first.
///
/// A version whose enactment says which breaches it reaches is judged by that alone; the
/// version it replaces lives on for the breaches it does not reach.
pub(super) fn in_force<'r, R: Versioned>(all: &[&'r R], on: Date, basis: Basis) -> Vec<&'r R> {
    let reached = |r: &R| r.reach().is_none_or(|reach| basis.reached_by(reach));
    let superseded = |r: &R, on: Date| {
        r.until().is_some_and(|until| {
            on >= *until && !all.iter().any(|next| next.effective() == until && !reached(next))
        })
    };
    let mut found: Vec<&R> = all
        .iter()
        .copied()
        .filter(|r| match r.reach() {
            Some(reach) => basis.reached_by(reach) && r.until().is_none_or(|until| on < *until),
            None => on >= *r.effective() && !superseded(r, on),
        })
        .collect();
    // A version that expressly reaches this breach displaces the one it replaced.
    let reaching: Vec<Day> =
        found.iter().filter(|r| r.reach().is_some()).map(|r| r.effective()).collect();
    found.retain(|r| !r.until().is_some_and(|until| reaching.contains(&until)));
    found.sort_by_key(|r| r.effective());
    found
}

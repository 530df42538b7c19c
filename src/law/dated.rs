//! Which version of a rule is in force, and which breaches it reaches.

use super::{
    ContentRule, Definition, DutyRule, HipaaTreatment, LetterStyle, Majority, Methods,
    ProtectionRule, When,
};
use crate::incident::Day;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// "Applies to breaches discovered (determined, notified) on or after".
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    pub basis: ReachBasis,
    pub from: Day,
    /// For an older version: breaches before this day only.
    #[serde(default)]
    pub before: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReachBasis {
    Discovered,
    Determined,
    Notified,
}

impl Reach {
    /// Whether a breach is among those reached; unknown dates count as reached, so that the
    /// duty stands until the date is known.
    pub fn covers(&self, breach: &BreachDates) -> bool {
        let date = match self.basis {
            ReachBasis::Discovered => breach.discovered,
            ReachBasis::Determined => breach.determined,
            ReachBasis::Notified => breach.notified,
        };
        date.is_none_or(|date| date >= *self.from && self.before.is_none_or(|end| date < *end))
    }
}

/// A breach's dates as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BreachDates {
    pub discovered: Option<Date>,
    pub determined: Option<Date>,
    /// The day the letters went or are to go.
    pub notified: Option<Date>,
}

/// A rule with versions over time.
pub trait Dated {
    /// First day in force.
    fn effective(&self) -> Date;
    /// First day no longer in force.
    fn until(&self) -> Option<Date>;
    /// Which breaches the version reaches; none: all.
    fn reach(&self) -> Option<&Reach>;
    /// What the versions of one rule have in common.
    fn identity(&self) -> String;
    /// The serde name of the rule's array in a law file.
    fn array(&self) -> &'static str;
}

/// Implements [`Dated`] for a rule with the three usual fields.
macro_rules! dated {
    ($rule:ty, $array:literal, |$self:ident| $identity:expr) => {
        impl Dated for $rule {
            fn effective(&self) -> Date {
                *self.effective
            }
            fn until(&self) -> Option<Date> {
                self.until.map(|day| *day)
            }
            fn reach(&self) -> Option<&Reach> {
                self.applies_to_breaches.as_ref()
            }
            fn identity(&self) -> String {
                let $self = self;
                $identity
            }
            fn array(&self) -> &'static str {
                $array
            }
        }
    };
}

dated!(DutyRule, "duty", |r| r.id.clone());
dated!(Definition, "definition", |r| keyed(&r.statute, &r.when));
dated!(HipaaTreatment, "hipaa", |r| keyed(&r.statute, &r.when));
dated!(ContentRule, "content", |r| keyed(
    &format!("{} {} {}", r.statute, r.rule.label(), r.id),
    &r.when
));
dated!(LetterStyle, "letter_style", |r| r.statute.clone());
dated!(ProtectionRule, "protection", |r| keyed(
    &format!("{} {}", r.statute, r.trigger_elements.join("+")),
    &r.when
));
dated!(Methods, "methods", |r| r.statute.clone());
dated!(Majority, "majority", |_r| "age".to_owned());

/// Rules under different conditions live side by side; their condition is part of their name.
fn keyed(name: &str, when: &When) -> String {
    if *when == When::default() {
        return name.to_owned();
    }
    format!("{name} when {}", when.summary())
}

/// The versions in force on a day, whichever breaches they reach.
pub fn in_force<R: Dated>(rules: &[R], on: Date) -> impl Iterator<Item = &R> {
    rules.iter().filter(move |rule| is_in_force(*rule, on))
}

/// Whether a version is in force on a day.
pub fn is_in_force(rule: &impl Dated, on: Date) -> bool {
    rule.effective() <= on && rule.until().is_none_or(|until| on < until)
}

/// Whether a version is in force on a day and reaches a breach with these dates.
pub fn applies(rule: &impl Dated, on: Date, breach: BreachDates) -> bool {
    is_in_force(rule, on) && rule.reach().is_none_or(|reach| reach.covers(&breach))
}

/// Whether two versions of one rule could both apply to some breach on some day.
pub fn overlap(a: &impl Dated, b: &impl Dated) -> bool {
    let a_ends_first = a.until().is_some_and(|until| until <= b.effective());
    let b_ends_first = b.until().is_some_and(|until| until <= a.effective());
    if a_ends_first || b_ends_first {
        return false;
    }
    match (a.reach(), b.reach()) {
        (Some(a), Some(b)) if a.basis == b.basis => {
            let a_before_b = a.before.is_some_and(|end| *end <= *b.from);
            let b_before_a = b.before.is_some_and(|end| *end <= *a.from);
            !(a_before_b || b_before_a)
        }
        _ => true,
    }
}

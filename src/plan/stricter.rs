//! Two versions of a rule, of which one governs.

use super::assess::Assessed;
use super::assessor::Assessor;
use super::docket::Ask;
use crate::law::DutyRule;
use jiff::civil::Date;

/// Between the version in force when the clock started and that on the mail date, the one that
/// arises, then the one due earlier; counsel may choose the other.
pub(super) fn stricter<'r>(
    desk: &Assessor<'_>,
    first: Option<Assessed<'r>>,
    second: Option<Assessed<'r>>,
) -> Option<Assessed<'r>> {
    let (first, second) = match (first, second) {
        (first, None) => return first,
        (None, Some(second)) => {
            // The duty is newer than the clock's start.
            if second.passes {
                let taken = ask_version(desk, second.rule, None);
                if taken == "none" {
                    return Some(Assessed { passes: false, due: None, ..second });
                }
            }
            return Some(second);
        }
        (Some(first), Some(second)) => (first, second),
    };
    if !first.passes && !second.passes {
        return Some(first);
    }
    let rank = |a: &Assessed<'_>| (!a.passes, a.due.map_or(Date::MAX, |due| due.on));
    if rank(&first) == rank(&second) {
        return Some(first);
    }
    let taken = ask_version(desk, second.rule, Some(first.rule));
    if taken == first.rule.effective.to_string() {
        return Some(first);
    }
    if taken == second.rule.effective.to_string() {
        return Some(second);
    }
    Some(if rank(&second) < rank(&first) { second } else { first })
}

fn ask_version(desk: &Assessor<'_>, new: &DutyRule, old: Option<&DutyRule>) -> String {
    let old = old.map_or_else(|| "none".to_owned(), |rule| rule.effective.to_string());
    let new_label = new.effective.to_string();
    desk.docket.ask(Ask {
        id: format!("{}.version", new.id),
        text: format!(
            "The version of {} in force when the clock started ({}) is not that in force on the \
             mail date ({new_label}): which one governs? Until that is decided the stricter one \
             does.",
            new.cite,
            if old == "none" { "none" } else { &old }
        ),
        choices: &[&old, &new_label],
        default: "stricter",
        citation: &new.cite,
        blocking: false,
    })
}

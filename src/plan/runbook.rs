//! The order of the day: what is done before, with and after the letters.

use super::{Arises, Carrier, Duty, Plan};
use crate::law::{Clock, DutyKind};
use jiff::civil::Date;
use serde::Serialize;

/// When a step has its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Before,
    With,
    After,
}

/// What must have happened before a step may be done, or what waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// Nothing holds it back.
    Open,
    /// No letter may leave before it is done.
    LettersWait,
    /// Starts once the letters are confirmed as posted.
    LettersPosted,
    /// Starts once HHS has been told.
    HhsFiled,
    /// Somebody must first say who carries it out.
    Delegation,
}

/// One duty in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub phase: Phase,
    pub gate: Gate,
    /// The duty's id.
    pub duty: String,
    pub recipient: String,
    pub due: Option<Date>,
    /// A day that is safer than the last one.
    pub recommended: Option<Date>,
}

/// The steps of whoever works for the sender, in order; what covered entities do themselves, and
/// what is done by a day, is left out.
pub fn runbook(plan: &Plan, on: Date) -> Vec<Step> {
    let mut steps: Vec<Step> = plan
        .duties
        .iter()
        .filter(|duty| duty.arises != Arises::No && duty.carrier != Carrier::Entity)
        .filter(|duty| !duty.is_done(on))
        .map(|duty| Step {
            phase: phase(duty, plan.mail_on),
            gate: gate(duty),
            duty: duty.id.clone(),
            recipient: duty.recipient.clone(),
            due: duty.due,
            recommended: duty.recommended,
        })
        .collect();
    steps.sort_by(|a, b| {
        let key = |s: &Step| (s.phase, s.due.unwrap_or(Date::MAX), s.gate);
        key(a).cmp(&key(b)).then_with(|| a.duty.cmp(&b.duty))
    });
    steps
}

/// What must precede the letters, or falls due earlier, comes before; what starts with the
/// letters or later comes after; the rest goes with them.
fn phase(duty: &Duty, mail_on: Date) -> Phase {
    match duty.clock {
        Clock::BeforeIndividualNotice => Phase::Before,
        Clock::IndividualNotice | Clock::HhsNotice | Clock::CalendarYearEnd => Phase::After,
        _ if duty.kind == DutyKind::CoveredEntity => Phase::Before,
        _ if matches!(duty.kind, DutyKind::Individual | DutyKind::Protection) => Phase::With,
        _ if duty.due.is_some_and(|due| due < mail_on) => Phase::Before,
        _ => Phase::With,
    }
}

fn gate(duty: &Duty) -> Gate {
    if duty.carrier == Carrier::Undecided {
        return Gate::Delegation;
    }
    match duty.clock {
        Clock::BeforeIndividualNotice => Gate::LettersWait,
        Clock::IndividualNotice => Gate::LettersPosted,
        Clock::HhsNotice => Gate::HhsFiled,
        _ => Gate::Open,
    }
}

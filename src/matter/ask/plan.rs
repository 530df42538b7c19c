//! `plan`: who must be told by when, and why.

use crate::finding::Findings;
use crate::incident::Incident;
use crate::letters::Kinds;
use crate::matter::ask::law::answers_for;
use crate::matter::delay::posted_before;
use crate::matter::filed::drawn_up;
use crate::matter::open::{Matter, Selection};
use crate::matter::people::headcount::Headcount;
use crate::matter::people::returned;
use crate::matter::refusal::Refusal;
use crate::matter::watcher::Watcher;
use crate::plan::{Cube, Explanation, Plan, explain, ics, runbook};
use crate::review;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Which plan is asked for.
pub struct PlanRequest {
    pub selection: Selection,
    /// The day by which the plan and its calendar judge lateness; none for the day of mailing.
    pub as_of: Option<Date>,
}

/// The plan, and what is wrong with what it rests on.
#[derive(Serialize)]
#[serde(transparent)]
pub struct PlanAnswer {
    pub plan: Plan,
    #[serde(skip)]
    pub findings: Findings,
    #[serde(skip)]
    incident: Incident,
}

/// The plan of a wave; of the estimates while there is no roster.
///
/// # Errors
/// Facts or a roster that cannot be used as a whole; a day before the law pack begins; I/O.
pub fn plan(request: &PlanRequest, watcher: &dyn Watcher) -> Result<PlanAnswer, Refusal> {
    let (matter, Drawn { plan, findings, .. }) = drawn(request, watcher)?;
    Ok(PlanAnswer { plan, findings, incident: matter.incident })
}

/// A plan with the people it counts.
pub(super) struct Drawn {
    pub plan: Plan,
    pub cube: Cube,
    /// None while only estimates are there.
    pub kinds: Option<Kinds>,
    pub findings: Findings,
}

/// The plan of a wave with what it rests on.
///
/// # Errors
/// As [`plan`].
pub(super) fn drawn(request: &PlanRequest, _: &dyn Watcher) -> Result<(Matter, Drawn), Refusal> {
    let (matter, mut findings) = Matter::open(&request.selection)?;
    let as_of = request.as_of.unwrap_or(*matter.wave().mail_on);
    answers_for(&matter.pack, as_of)?;
    let (cube, kinds, returned) = if matter.has_roster() || matter.incident.estimates.is_empty() {
        let counted = Headcount::of(&matter, &mut findings)?;
        (counted.cube, Some(counted.kinds), counted.returned)
    } else {
        (Cube::from_estimates(&matter.incident), None, BTreeMap::new())
    };
    let (mut plan, mut findings) = matter.plan(&cube, as_of);
    returned::tell(&matter, &plan, &returned, &mut findings);
    posted_before(&matter, &mut findings)?;
    // What is wrong with filings is told by the command that writes them.
    drawn_up(&matter, &cube, None, &mut plan, as_of, &mut Findings::default())?;
    Ok((matter, Drawn { plan, cube, kinds, findings }))
}

impl PlanAnswer {
    /// One duty in full, its lateness judged by a day.
    ///
    /// # Errors
    /// The plan has no such duty.
    pub fn explain(&self, duty: &str, on: Date) -> Result<Explanation, Refusal> {
        explain(&self.plan, duty, on).ok_or_else(|| {
            let ids: Vec<&str> = self.plan.duties.iter().map(|d| d.id.as_str()).collect();
            Refusal::one(
                code!("plan.unknown_duty"),
                format!("the plan has no duty `{duty}`"),
                format!("choose one of {}", ids.join(", ")),
            )
        })
    }

    /// The clock wall on a day, as an HTML page.
    pub fn wall(&self, on: Date) -> String {
        let entities = self.incident.entities.iter();
        let names = entities.map(|entity| (entity.id.clone(), entity.name.clone())).collect();
        let incident = &self.incident;
        let title = if incident.title.is_empty() { &incident.id } else { &incident.title };
        review::wall(title, &self.plan, &runbook(&self.plan, on), &names, on)
    }

    /// The deadlines as a calendar file.
    pub fn calendar(&self) -> String {
        let entities = self.incident.entities.iter();
        let names = entities.map(|entity| (entity.id.clone(), entity.name.clone())).collect();
        ics(&self.plan, &self.incident.id, &names)
    }
}

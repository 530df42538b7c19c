//! `plan`: who must be told by when, and why.

use super::args::PlanArgs;
use super::exit::{Doing, Ending, Stop};
use super::intake::Intake;
use super::matter::Matter;
use super::output::{print, print_json, tell, tell_findings};
use super::plan_text;
use crate::files;
use crate::plan::{Cube, explain, ics, runbook};

pub fn run(args: &PlanArgs) -> Result<Ending, Stop> {
    let (matter, mut findings) = Matter::open(&args.folder)?;
    let as_of = args.as_of.unwrap_or(*matter.wave().mail_on);
    super::law::answers_for(&matter.pack, as_of)?;
    let roster = matter.folder.join(&matter.wave().roster);
    let cube = if roster.exists() || matter.incident.estimates.is_empty() {
        Intake::read(&matter, &mut findings, args.report.show_values)?.cube
    } else {
        tell("there is no roster yet: the plan rests on the estimates\n");
        Cube::from_estimates(&matter.incident)
    };
    let (plan, planned) = matter.plan(&cube, as_of);
    tell_findings(&planned, args.report.show_values);
    if let Some(path) = &args.ics {
        files::write(path, ics(&plan, &matter.incident.id).as_bytes())
            .doing(|| format!("write `{}`", path.display()))?;
    }
    match &args.explain {
        Some(id) => {
            let Some(explanation) = explain(&plan, id) else {
                let ids: Vec<&str> = plan.duties.iter().map(|d| d.id.as_str()).collect();
                return Err(Stop::one(
                    code!("plan.unknown_duty"),
                    format!("the plan has no duty `{id}`"),
                    format!("choose one of {}", ids.join(", ")),
                ));
            };
            if args.report.json {
                print_json(&explanation)?;
            } else {
                print(&plan_text::explanation(&explanation))?;
            }
        }
        None if args.report.json => print_json(&plan)?,
        None => {
            print(&plan_text::render(&plan, args.all))?;
            print(&plan_text::order_of_the_day(&runbook(&plan), &plan))?;
        }
    }
    // Wrong decisions and dates before the law: the plan stands, but not on what was written.
    Ok(if planned.has_errors() { Ending::Findings } else { Ending::Fine })
}

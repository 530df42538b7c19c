//! `plan`: who must be told by when, and why.

use crate::cli::args::PlanArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json, tell, tell_findings};
use crate::cli::plan_text::{self, Judged};
use crate::cli::progress::Bars;
use crate::cli::wrap::fitted;
use crate::clock;
use crate::files;
use crate::matter::ask::plan::{PlanRequest, plan};
use crate::matter::refusal::Doing;
use crate::plan::runbook;

pub fn run(args: &PlanArgs) -> Result<Ending, Stop> {
    let show_values = args.report.show_values;
    let request = PlanRequest { selection: (&args.folder).into(), as_of: args.as_of };
    let answer = plan(&request, &Bars::default())?;
    if answer.plan.estimated {
        tell("there is no roster yet: the plan rests on the estimates\n");
    }
    tell_findings(&answer.findings, show_values);
    if let Some(path) = &args.ics {
        files::write(path, answer.calendar().as_bytes())
            .doing(|| format!("write `{}`", path.display()))?;
    }
    let judged = match args.as_of {
        Some(on) => Judged { on, today: false },
        None => Judged { on: clock::today(), today: true },
    };
    if let Some(path) = &args.wall {
        files::write(path, answer.wall(judged.on).as_bytes())
            .doing(|| format!("write `{}`", path.display()))?;
    }
    match &args.explain {
        Some(id) => {
            let on = if args.report.json { answer.plan.as_of } else { judged.on };
            let explanation = answer.explain(id, on)?;
            if args.report.json {
                print_json(&explanation)?;
            } else {
                print(&fitted(&plan_text::explanation(&explanation)))?;
            }
        }
        None if args.report.json => print_json(&answer)?,
        None => {
            print(&fitted(&plan_text::render(&answer.plan, judged, args.all)))?;
            let steps = runbook(&answer.plan, judged.on);
            print(&fitted(&plan_text::order_of_the_day(&steps, &answer.plan, judged.on)))?;
        }
    }
    // Wrong decisions and dates before the law: the plan stands, but not on what was written.
    let wrong = answer.findings.has_errors() || answer.plan.overdue(judged.on).next().is_some();
    Ok(if wrong { Ending::Findings } else { Ending::Fine })
}

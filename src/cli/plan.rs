//! `plan`: who must be told by when, and why.

use super::args::PlanArgs;
use super::exit::{Ending, Stop};
use super::intake::Intake;
use super::matter::Matter;
use super::output::{print, print_json, tell, tell_findings};
use super::plan_text;
use crate::plan::Cube;

pub fn run(args: &PlanArgs) -> Result<Ending, Stop> {
    let (matter, mut findings) = Matter::open(&args.folder)?;
    let as_of = args.as_of.unwrap_or(*matter.wave().mail_on);
    let roster = matter.folder.join(&matter.wave().roster);
    let cube = if roster.exists() || matter.incident.estimates.is_empty() {
        Intake::read(&matter, &mut findings, args.report.show_values)?.cube
    } else {
        tell("there is no roster yet: the plan rests on the estimates\n");
        Cube::from_estimates(&matter.incident)
    };
    let (plan, planned) = matter.plan(&cube, as_of);
    tell_findings(&planned, args.report.show_values);
    if args.report.json {
        print_json(&plan)?;
    } else {
        print(&plan_text::render(&plan, args.all))?;
    }
    Ok(Ending::Fine)
}

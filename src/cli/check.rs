//! `check`: what is wrong with the incident file and the roster.

use super::args::CheckArgs;
use super::exit::{Ending, Stop};
use super::intake::take_in;
use super::matter::Matter;
use super::output::{print_json, tell, tell_findings};
use super::summary::Summary;
use super::words::long_date;
use crate::finding::{Findings, Severity};
use crate::plan::Cube;
use crate::typeset::FontSet;
use std::sync::Arc;

pub fn run(args: &CheckArgs) -> Result<Ending, Stop> {
    let mut matter = Matter::open(&args.folder)?;
    let fonts = Arc::new(FontSet::shipped());
    let intake = take_in(&mut matter, &fonts, args.report.show_values)?;
    let summary = summary(&matter, &intake.cube);
    report(&summary, &matter.findings, args.report.json, args.report.show_values)
}

/// What is known once the roster is taken in.
pub fn summary(matter: &Matter, cube: &Cube) -> Summary {
    let mut summary = Summary {
        incident: format!("{}: {}", matter.incident.sender.name, matter.incident.title),
        wave: matter.wave().id.clone(),
        mail_on: long_date(*matter.wave().mail_on),
        ..Summary::default()
    };
    summary.outcomes(&cube.rows);
    summary.findings(&matter.findings);
    summary
}

/// Prints findings and summary; the exit code says whether anything must be repaired.
pub fn report(
    summary: &Summary,
    findings: &Findings,
    json: bool,
    show_values: bool,
) -> Result<Ending, Stop> {
    tell_findings(findings, show_values);
    if json {
        print_json(summary)?;
    } else {
        tell(&summary.text(findings));
    }
    Ok(match findings.at_least(Severity::Warning) {
        0 => Ending::Fine,
        _ => Ending::Findings,
    })
}

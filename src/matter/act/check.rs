//! `check`: what is wrong with the incident file, the templates and the roster.

use crate::cli::args::CheckArgs;
use crate::cli::exit::Ending;
use crate::cli::output::{print_json, tell, tell_findings};
use crate::finding::{Findings, Severity};
use crate::matter::compose::images::Images;
use crate::matter::compose::letter_words;
use crate::matter::compose::letter_words::Words;
use crate::matter::elsewhere;
use crate::matter::open::Matter;
use crate::matter::people::intake::Intake;
use crate::matter::refusal::Refusal;
use crate::matter::summary::Summary;
use crate::plan::Cube;
use crate::tables::words::long_date;

pub fn run(args: &CheckArgs) -> Result<Ending, Refusal> {
    let (matter, mut findings) = Matter::open(&(&args.folder).into())?;
    elsewhere::warn(&matter.folder, &mut findings);
    let fonts = letter_words::fonts(&matter, &mut findings);
    Images::load(&matter, &mut findings);
    let mut intake = Intake::read(&matter, &mut findings, args.report.show_values)?;
    let (plan, planned) = matter.plan(&intake.cube, *matter.wave().mail_on);
    findings.extend(planned);
    let words = Words::load(&matter)?;
    let writer = words.writer(&matter, &plan, &fonts)?;
    intake.settle(&matter, &writer, &fonts, &mut findings)?;
    findings.extend(writer.coverage_of(&intake.kinds).findings);
    let mut summary = summary(&matter, &intake.cube);
    summary.plan(&plan, *matter.wave().mail_on);
    for file in ["findings.csv", "findings.xlsx"] {
        summary.files.push(matter.out.join(file).display().to_string());
    }
    report(&mut summary, &findings, args.report.json, args.report.show_values)
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
    summary
}

/// Prints findings and summary; the exit code says whether anything must be repaired.
pub fn report(
    summary: &mut Summary,
    findings: &Findings,
    json: bool,
    show_values: bool,
) -> Result<Ending, Refusal> {
    summary.findings(findings);
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

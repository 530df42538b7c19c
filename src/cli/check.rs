//! `check`: what is wrong with the incident file, the templates and the roster.

use crate::cli::args::CheckArgs;
use crate::cli::exit::Ending;
use crate::cli::progress::Bars;
use crate::cli::summary::report;
use crate::matter::act::check::{CheckRequest, check};
use crate::matter::refusal::Refusal;

pub fn run(args: &CheckArgs) -> Result<Ending, Refusal> {
    let show_values = args.report.show_values;
    let request = CheckRequest { selection: (&args.folder).into(), show_values };
    report(&check(&request, &Bars::default())?, args.report.json, show_values, args.details)
}

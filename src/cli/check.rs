//! `check`: what is wrong with the incident file, the templates and the roster.

use crate::cli::args::CheckArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::progress::Bars;
use crate::cli::summary::report;
use crate::matter::act::check::{CheckRequest, check};

pub fn run(args: &CheckArgs) -> Result<Ending, Stop> {
    let show_values = args.report.show_values;
    let request = CheckRequest { selection: (&args.folder).into(), show_values, as_of: args.as_of };
    report(&check(&request, &Bars::default())?, args.report.json, show_values, args.details)
}

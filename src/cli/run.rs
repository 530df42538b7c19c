//! `run`: everything but approving and sending.

use crate::cli::args::RunArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::progress::Bars;
use crate::cli::summary::report;
use crate::matter::act::run::{PrintOptions, RunRequest, run as make};

pub fn run(args: &RunArgs) -> Result<Ending, Stop> {
    let show_values = args.report.show_values;
    let request = RunRequest {
        print: PrintOptions::of(args.pdf_backend.into(), args.jobs)?,
        selection: (&args.folder).into(),
        show_values,
        as_of: args.as_of,
    };
    report(&make(&request, &Bars::default())?, args.report.json, show_values, args.details)
}

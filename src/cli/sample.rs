//! `sample`: a made-up roster of any size on standard output.

use crate::cli::args::SampleArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::to_stdout;
use crate::matter::begin::sample::{SampleRequest, sample};
use std::io::{self, BufWriter};

pub fn run(args: &SampleArgs) -> Result<Ending, Stop> {
    let request = SampleRequest { rows: args.rows, seed: args.seed, faults: args.faults };
    let roster = sample(&request)?;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    to_stdout(roster.write(&mut out))?;
    Ok(Ending::Fine)
}

//! `sample`: a made-up roster of any size on standard output.

use crate::cli::args::SampleArgs;
use crate::cli::exit::Ending;
use crate::matter::begin::sample::{SampleRequest, sample};
use crate::matter::refusal::{Doing, Refusal};
use std::io::{self, BufWriter};

pub fn run(args: &SampleArgs) -> Result<Ending, Refusal> {
    let request = SampleRequest { rows: args.rows, seed: args.seed, faults: args.faults };
    let roster = sample(&request)?;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    roster.write(&mut out).doing(|| "write the roster".into())?;
    Ok(Ending::Fine)
}

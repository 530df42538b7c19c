//! `sample`: a made-up roster of any size on standard output.

use super::args::SampleArgs;
use super::exit::{Doing, Ending, Stop};
use crate::roster::write_sample;
use std::io::{self, BufWriter, Write};

pub fn run(args: &SampleArgs) -> Result<Ending, Stop> {
    if !(0.0..=100.0).contains(&args.faults) {
        return Err(Stop::one(
            code!("sample.faults"),
            "`--faults` is no share of a hundred rows",
            "write a number from 0 to 100, such as 5",
        ));
    }
    // A thousandth is the finest share; the range keeps it far below what the type holds.
    let faults = (args.faults * 10.0).round() as usize;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write_sample(&mut out, args.rows, args.seed, faults)
        .and_then(|()| out.flush())
        .doing(|| "write the roster".into())?;
    Ok(Ending::Fine)
}

//! `sample`: a made-up roster of any size on standard output.

use super::args::SampleArgs;
use super::exit::{Doing, Ending, Stop};
use crate::roster::write_sample;
use std::io::{self, BufWriter, Write};

pub fn run(args: &SampleArgs) -> Result<Ending, Stop> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write_sample(&mut out, args.rows, args.seed)
        .and_then(|()| out.flush())
        .doing(|| "write the roster".into())?;
    Ok(Ending::Fine)
}

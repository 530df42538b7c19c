//! `sample`: a made-up roster of any size.

use crate::matter::refusal::Refusal;
use crate::roster::write_sample;
use std::io::{self, Write};

/// Which made-up people are wanted.
pub struct SampleRequest {
    pub rows: u64,
    /// The same number always gives the same people.
    pub seed: u64,
    /// Faulty rows of a hundred.
    pub faults: f64,
}

/// A roster of made-up people that can be written.
pub struct MadeUp {
    rows: u64,
    seed: u64,
    /// Faulty rows of a thousand.
    faults: usize,
}

/// The roster that was asked for.
///
/// # Errors
/// `sample.faults`: no share of a hundred rows.
pub fn sample(request: &SampleRequest) -> Result<MadeUp, Refusal> {
    if !(0.0..=100.0).contains(&request.faults) {
        return Err(Refusal::one(
            code!("sample.faults"),
            "`--faults` is no share of a hundred rows",
            "write a number from 0 to 100, such as 5",
        ));
    }
    // A thousandth is the finest share; the range keeps it far below what the type holds.
    let faults = (request.faults * 10.0).round() as usize;
    Ok(MadeUp { rows: request.rows, seed: request.seed, faults })
}

impl MadeUp {
    /// Writes the roster as CSV.
    ///
    /// # Errors
    /// Any of `out`.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_sample(&mut *out, self.rows, self.seed, self.faults)?;
        out.flush()
    }
}

//! Made-up rosters for trying things out: plausible people, none of them real, and among them
//! every kind of row that a real roster gets wrong.

mod blemish;
mod prng;
mod row;
mod tables;

use prng::Prng;
use row::RowText;
use std::io::{self, Write};
use tables::Tables;

/// The sample's columns.
const HEADER: &str = "record_id,entity,first_name,middle_name,last_name,suffix,address_1,\
address_2,city,state,zip,country,email,email_consent,date_of_birth,guardian_name,deceased,\
representative_name,language,data_elements,activation_code,population,residence_state,\
address_kind,minor_consented,email_consent_on,alt_format";

/// Faulty rows of a thousand in a sample of the usual kind.
pub const FAULTS: usize = 42;

/// Writes a roster of `rows` rows below its header. The same seed gives the same bytes; the
/// first rows of a longer roster are those of a shorter one.
///
/// `faults` is how many of a thousand rows are faulty, one kind of fault each.
pub fn write_sample(mut out: impl Write, rows: u64, seed: u64, faults: usize) -> io::Result<()> {
    let tables = Tables::new();
    let mut chance = Prng::new(seed);
    let mut text = Vec::with_capacity(1 << 17);
    text.extend_from_slice(HEADER.as_bytes());
    text.push(b'\n');
    let mut last = RowText::default();
    let mut row = RowText::default();
    for number in 1..=rows {
        if chance.below(1000) < faults && number > 1 {
            blemish::write(&mut text, &tables, &mut chance, seed, number, &last);
        } else {
            row.make(&tables, &mut chance, seed, number);
            row.write(&mut text);
            std::mem::swap(&mut last, &mut row);
        }
        if text.len() > 1 << 16 {
            out.write_all(&text)?;
            text.clear();
        }
    }
    out.write_all(&text)?;
    out.flush()
}

//! Made-up rosters for trying things out.

use std::io::{self, Write};

pub fn write_sample(_out: impl Write, _rows: u64, _seed: u64) -> io::Result<()> {
    Ok(())
}

//! A bundle as one file, locked for its reader if asked for.

use super::lock::{Lock, LockError};
use super::tar::pack;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Packs the files of a folder into `out`, locked as asked. Unlocked bundles are the same bytes
/// each time.
///
/// # Errors
/// A key that is none; I/O.
pub fn wrap(
    dir: &Path,
    name: &str,
    files: &[String],
    lock: &Lock,
    out: impl Write,
) -> Result<(), LockError> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    lock.around(&mut out, |mut inside| pack(dir, name, files, &mut inside))?;
    Ok(out.flush()?)
}

//! Where a dropped file lies until somebody takes it: in the folder itself, private, under a name
//! that no command reads.

use crate::files;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Begins a file in a folder, which is made if need be.
///
/// # Errors
/// I/O.
pub fn begin(folder: &Path) -> io::Result<(PathBuf, File)> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    files::make_dir(folder)?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!(".dropped-{}-{number}.part", std::process::id()));
    Ok((path.clone(), files::create(&path)?))
}

/// Gives a dropped file its name; never the name of a file that is there.
///
/// # Errors
/// The name is taken; I/O.
pub fn keep(dropped: &Path, as_path: &Path) -> io::Result<()> {
    // A second name first: a link is refused where the name is taken, a rename is not.
    match std::fs::hard_link(dropped, as_path) {
        Ok(()) => std::fs::remove_file(dropped),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if as_path.exists() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => std::fs::rename(dropped, as_path),
    }
}

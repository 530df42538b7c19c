//! Files and folders that hold people: for their owner only, and whole or not at all.

use crate::files::system;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Makes a folder that only its owner may enter.
pub fn folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    system::shut_to_others(path)
}

/// Opens a new file that only its owner may read; what stood there is gone.
pub fn file(path: &Path) -> io::Result<File> {
    let _ = fs::remove_file(path);
    system::for_owner(OpenOptions::new().write(true).read(true).create_new(true)).open(path)
}

/// The name under which a file is written until it is complete.
pub fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// Puts a finished file in its place: on the disk first, under its name then.
pub fn finish(file: &File, from: &Path, to: &Path) -> io::Result<()> {
    file.sync_all()?;
    fs::rename(from, to)?;
    to.parent().map_or(Ok(()), system::sync_folder)
}

//! Which file an error of the operating system concerns; it says only what went wrong.

use std::io;
use std::path::{Path, PathBuf};

/// An error of the system with the file or folder that it met.
#[derive(Debug, thiserror::Error)]
#[error("`{}`: {source}", path.display())]
struct Met {
    path: PathBuf,
    source: io::Error,
}

/// Adds the file to an error of the system. Errors of our own say more already.
pub trait At {
    #[must_use]
    fn at(self, path: &Path) -> Self;
}

impl<T> At for io::Result<T> {
    fn at(self, path: &Path) -> Self {
        self.map_err(|source| match source.raw_os_error() {
            Some(_) => io::Error::new(source.kind(), Met { path: path.to_path_buf(), source }),
            None => source,
        })
    }
}

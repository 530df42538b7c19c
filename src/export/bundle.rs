//! The folder of a bundle: every file listed with its digest.

use super::{PROCEDURE, SCRIPT};
use crate::files::{self, At};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

/// The list of all digests, in the form of `sha256sum`.
pub const SUMS: &str = "SHA256SUMS";

/// A bundle in the making, in a folder of its own.
pub struct Bundle {
    dir: PathBuf,
    digests: BTreeMap<String, String>,
}

/// What was laid down.
pub struct Finished {
    /// Paths within the bundle, in order.
    pub files: Vec<String>,
    /// SHA-256 of `SHA256SUMS`: the bundle's own number.
    pub digest: String,
}

impl Bundle {
    /// Begins in an empty folder that exists.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), digests: BTreeMap::new() }
    }

    /// Writes a file.
    ///
    /// # Errors
    /// I/O, or a path that leaves the bundle.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.stream(path, |out| out.write_all(bytes))
    }

    /// Copies a file.
    ///
    /// # Errors
    /// I/O, or a path that leaves the bundle.
    pub fn copy(&mut self, path: &str, from: &Path) -> io::Result<()> {
        let mut file = File::open(from).at(from)?;
        self.stream(path, |out| io::copy(&mut file, out).map(drop))
    }

    /// Copies all files of a folder but those that `leave` names by their path within it.
    /// Symbolic links are not followed.
    ///
    /// # Errors
    /// I/O.
    pub fn copy_tree(
        &mut self,
        under: &str,
        from: &Path,
        leave: &dyn Fn(&str) -> bool,
    ) -> io::Result<()> {
        for path in tree(from)? {
            if !leave(&path) {
                self.copy(&format!("{under}/{path}"), &from.join(&path))?;
            }
        }
        Ok(())
    }

    /// Writes a file piece by piece.
    ///
    /// # Errors
    /// I/O, or a path that leaves the bundle.
    pub fn stream(
        &mut self,
        path: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let plain = |c: Component| matches!(c, Component::Normal(_));
        let odd = path.contains(['\n', '\\']) || self.digests.contains_key(path);
        if odd || path.is_empty() || !Path::new(path).components().all(plain) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a path that no bundle holds"));
        }
        let to = self.dir.join(path);
        if let Some(parent) = to.parent() {
            files::make_dir(parent)?;
        }
        let mut out = Hashing { out: BufWriter::new(files::create(&to)?), hash: Sha256::new() };
        write(&mut out).at(&to)?;
        out.flush().at(&to)?;
        let digest = files::hex(&out.hash.finalize());
        self.digests.insert(path.to_owned(), digest);
        Ok(())
    }

    pub fn holds(&self, path: &str) -> bool {
        self.digests.contains_key(path)
    }

    /// Adds the procedure and the script, and lists everything.
    ///
    /// # Errors
    /// I/O.
    pub fn finish(mut self) -> io::Result<Finished> {
        self.add("PROCEDURE.txt", PROCEDURE.as_bytes())?;
        self.add("verify.sh", SCRIPT.as_bytes())?;
        let list: String =
            self.digests.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect();
        files::write(&self.dir.join(SUMS), list.as_bytes())?;
        let digest = files::hex(&Sha256::digest(&list));
        let mut files: Vec<String> = self.digests.into_keys().collect();
        files.push(SUMS.to_owned());
        files.sort();
        Ok(Finished { files, digest })
    }
}

/// Every regular file below a folder, as sorted relative paths with `/`.
pub fn tree(dir: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(under) = open.pop() {
        for entry in std::fs::read_dir(dir.join(&under))? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let path = if under.is_empty() { name.to_owned() } else { format!("{under}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

struct Hashing<W: Write> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Reads a file of a bundle for packing.
pub(super) fn open(dir: &Path, path: &str) -> io::Result<(impl Read, u64)> {
    let file = File::open(dir.join(path))?;
    let size = file.metadata()?.len();
    Ok((file, size))
}

//! Private files that appear whole or not at all.
//!
//! Everything the program writes may concern patients: files are 0600, folders 0700. A file is
//! written under a temporary name in its own folder, synced and renamed; a folder of outputs is
//! staged beside its final place and swapped in when complete.

mod at;
mod shared;
pub mod system;

pub use shared::{Shared, network, shared, synchronized};

pub use at::At;
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Makes a folder and its parents, readable by the owner only.
///
/// # Errors
/// Any I/O error but "exists already".
pub fn make_dir(path: &Path) -> io::Result<()> {
    system::folders_for_owner(DirBuilder::new().recursive(true)).create(path).at(path)
}

/// Opens a new private file; one that has the name makes room. A link is replaced itself: nothing
/// is written where it leads.
///
/// # Errors
/// Any I/O error.
pub fn create(path: &Path) -> io::Result<File> {
    let open = || system::for_owner(OpenOptions::new().write(true).create_new(true)).open(path);
    match open() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path).at(path)?;
            open().at(path)
        }
        other => other.at(path),
    }
}

/// Opens a private file to lock it: the same file for everybody, with what is in it.
///
/// # Errors
/// Any I/O error.
pub fn to_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let options = system::for_owner(options.read(true).write(true).create(true));
    options.truncate(false).open(path).at(path)
}

/// Writes a file whole or not at all.
///
/// # Errors
/// Any I/O error; the temporary file is removed.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Pending::create(path)?;
    file.write_all(bytes)?;
    file.commit()
}

/// A file that has not got its name yet. Dropped without [`Pending::commit`], it is removed.
pub struct Pending {
    out: Option<BufWriter<File>>,
    temporary: PathBuf,
    path: PathBuf,
}

impl Pending {
    /// # Errors
    /// Any I/O error.
    pub fn create(path: &Path) -> io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.part"));
        let out = BufWriter::with_capacity(1 << 16, create(&temporary)?);
        Ok(Self { out: Some(out), temporary, path: path.to_path_buf() })
    }

    /// Syncs the file and gives it its name.
    ///
    /// # Errors
    /// Any I/O error; the temporary file is removed.
    pub fn commit(mut self) -> io::Result<()> {
        if let Some(out) = self.out.take() {
            let file = out.into_inner().map_err(io::IntoInnerError::into_error).at(&self.path)?;
            file.sync_data().at(&self.path)?;
            fs::rename(&self.temporary, &self.path).at(&self.path)?;
        }
        Ok(())
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.write(bytes)).at(&self.path)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush).at(&self.path)
    }
}

impl Seek for Pending {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out.as_mut().map_or(Ok(0), |out| out.seek(to)).at(&self.path)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // After a commit the temporary name is gone and this does nothing.
        self.out = None;
        let _ = fs::remove_file(&self.temporary);
    }
}

/// A folder of outputs in the making; the former one stays until [`Staged::commit`].
pub struct Staged {
    temporary: PathBuf,
    path: PathBuf,
    committed: bool,
}

impl Staged {
    /// Clears what an interrupted run left and makes an empty folder beside `path`.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn create(path: &Path) -> io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.new"));
        remove_dir(&temporary)?;
        make_dir(&temporary)?;
        Ok(Self { temporary, path: path.to_path_buf(), committed: false })
    }

    /// Where to write meanwhile.
    pub fn dir(&self) -> &Path {
        &self.temporary
    }

    /// Puts the new folder in the old one's place: in one step where the system can, so that at no
    /// moment neither of them has the name.
    ///
    /// # Errors
    /// Any I/O error; the old folder keeps its name, unless only its removal failed.
    pub fn commit(mut self) -> io::Result<()> {
        if system::exchange(&self.temporary, &self.path).at(&self.path)? {
            self.committed = true;
            // What had the name until now.
            return remove_dir(&self.temporary);
        }
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let former = self.path.with_file_name(format!(".{name}.old"));
        remove_dir(&former)?;
        match fs::rename(&self.path, &former) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).at(&self.path);
            }
            _ => {}
        }
        if let Err(error) = fs::rename(&self.temporary, &self.path) {
            let _ = fs::rename(&former, &self.path);
            return Err(error).at(&self.path);
        }
        self.committed = true;
        remove_dir(&former)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.committed {
            let _ = remove_dir(&self.temporary);
        }
    }
}

/// A file among the system's temporary files that has no name and is gone with this process, even
/// one that is killed.
///
/// # Errors
/// Any I/O error.
pub fn nameless() -> io::Result<File> {
    let scratch = Scratch::temporary()?;
    let path = scratch.file("run");
    let mut options = OpenOptions::new();
    system::for_owner(options.read(true).write(true).create_new(true)).open(&path).at(&path)
}

/// A private folder that keeps its place as long as it lives and is removed with all that is in it.
///
/// What several products have in common is written here once and linked from each of them. A path
/// inside a [`Staged`] folder is good only until that folder gets its name, so none is kept.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Clears what an interrupted run left and makes an empty folder.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn create(path: &Path) -> io::Result<Self> {
        remove_dir(path)?;
        make_dir(path)?;
        Ok(Self(path.to_path_buf()))
    }

    /// An empty folder among the system's temporary files, which nobody else has and nobody else may
    /// enter.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn temporary() -> io::Result<Self> {
        let process = std::process::id();
        let mut number = 0_u64;
        loop {
            let path = std::env::temp_dir().join(format!("noticeworks-{process}-{number}"));
            match system::folders_for_owner(&mut DirBuilder::new()).create(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                other => return other.at(&path).map(|()| Self(path)),
            }
        }
    }

    /// The folder itself.
    pub fn dir(&self) -> &Path {
        &self.0
    }

    /// Where a file of this name lies.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The file under a second name; where the file system knows no links, a copy.
    ///
    /// # Errors
    /// Any I/O error.
    pub fn link(&self, name: &str, to: &Path) -> io::Result<()> {
        let from = self.file(name);
        match fs::hard_link(&from, to) {
            Ok(()) => Ok(()),
            Err(_) => fs::copy(&from, to).map(drop).at(to),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = remove_dir(&self.0);
    }
}

fn remove_dir(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.at(path),
    }
}

/// SHA-256 of a file, hex.
///
/// # Errors
/// Any I/O error.
pub fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let n = io::Read::read(&mut file, &mut buffer)?;
        if n == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&buffer[..n]);
    }
}

/// Lower-case hexadecimal digits, as digests are written.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}

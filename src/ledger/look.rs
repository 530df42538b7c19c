//! A ledger opened to be read, leaving no trace beside it: whatever only asks changes nothing, and
//! an archive that nobody can write to can still be asked.
//!
//! SQLite makes files beside a database even to read it. A small ledger is therefore copied into a
//! private folder, proved to be one moment's, and read there. A large one is read where it lies.

use super::LedgerError;
use crate::files::{self, Scratch};
use crate::folder::LEDGER;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Up to this size, bytes, a ledger is copied.
const SMALL: u64 = 16 << 20;

/// How often a copy is tried while another command writes.
const TRIES: u32 = 3;

/// A connection to ask, and the private folder it reads from, if any: dropped in this order.
pub struct Looking {
    pub connection: Connection,
    pub copy: Option<Scratch>,
}

/// Opens `ledger.sqlite` for reading.
///
/// # Errors
/// It cannot be read.
pub fn open(path: &Path) -> Result<Looking, LedgerError> {
    open_up_to(path, SMALL)
}

fn open_up_to(path: &Path, small: u64) -> Result<Looking, LedgerError> {
    let wal = beside(path, "-wal");
    let size = length(path) + length(&wal);
    // Where no copy can be made, it is read where it lies.
    if size <= small
        && let Ok(Some(copied)) = copied(path)
    {
        return Ok(copied);
    }
    if length(&wal) > 0 {
        // Another command is at work, or was killed.
        if beside(path, "-shm").exists()
            && let Some(connection) = usable(plain(path)?)?
        {
            return Ok(Looking { connection, copy: None });
        }
        let copied = copied(path).map_err(|source| io_error(path, source))?;
        return copied.ok_or_else(|| io_error(path, io::Error::other("it is being written")));
    }
    // Nothing waits to be written: SQLite takes its files away again when it closes.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if let Ok(connection) = Connection::open_with_flags(path, flags)
        && !connection.is_readonly("main").unwrap_or(true)
    {
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "query_only", true)?;
        if let Some(connection) = usable(connection)? {
            return Ok(Looking { connection, copy: None });
        }
    }
    Ok(Looking { connection: immutable(path)?, copy: None })
}

/// A connection that may only read.
pub fn plain(path: &Path) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    Ok(connection)
}

/// The same of a file that nobody writes: its folder cannot be written to.
fn immutable(path: &Path) -> Result<Connection, LedgerError> {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                uri.push(char::from(*byte));
            }
            other => uri.push_str(&format!("%{other:02x}")),
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(uri, flags)?)
}

/// The connection, if SQLite can make or find the files that it needs beside the database. What is
/// wrong with the database itself is for the reader to say.
fn usable(connection: Connection) -> Result<Option<Connection>, LedgerError> {
    let probed = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match probed {
        Err(rusqlite::Error::SqliteFailure(error, _))
            if matches!(error.code, ErrorCode::CannotOpen | ErrorCode::ReadOnly) =>
        {
            Ok(None)
        }
        _ => Ok(Some(connection)),
    }
}

/// Database and journal in a private folder; none while another command goes on writing.
fn copied(path: &Path) -> io::Result<Option<Looking>> {
    let scratch = Scratch::temporary()?;
    let here = scratch.file(LEDGER);
    for _ in 0..TRIES {
        let wal = beside(path, "-wal");
        let before = (stamp(path)?, stamp(&wal)?);
        copy(path, &here)?;
        match before.1 {
            Some(_) => copy(&wal, &beside(&here, "-wal"))?,
            None => drop(fs::remove_file(beside(&here, "-wal"))),
        }
        if (stamp(path)?, stamp(&wal)?) == before {
            let connection = plain(&here).map_err(io::Error::other)?;
            return Ok(Some(Looking { connection, copy: Some(scratch) }));
        }
    }
    Ok(None)
}

/// A private copy, whatever rights the file has: an archive may be write-protected.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    io::copy(&mut File::open(from)?, &mut files::create(to)?).map(drop)
}

/// Size and time of the last change; none where there is no file.
fn stamp(path: &Path) -> io::Result<Option<(u64, SystemTime)>> {
    match fs::metadata(path) {
        Ok(about) => Ok(Some((about.len(), about.modified()?))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn io_error(path: &Path, source: io::Error) -> LedgerError {
    LedgerError::Io { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::{LEDGER, open_up_to};
    use crate::ledger::Ledger;
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::time::SystemTime;

    /// Every file with its bytes and the time of its last change.
    fn tree(folder: &Path) -> Result<BTreeMap<String, (Vec<u8>, SystemTime)>, std::io::Error> {
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let about = (std::fs::read(entry.path())?, entry.metadata()?.modified()?);
            files.insert(entry.file_name().to_string_lossy().into_owned(), about);
        }
        Ok(files)
    }

    fn counts(path: &Path, small: u64) -> Result<u64, Box<dyn std::error::Error>> {
        let looking = open_up_to(path, small)?;
        Ok(looking.connection.query_row("SELECT count(*) FROM generation", [], |row| row.get(0))?)
    }

    #[test]
    fn a_look_leaves_nothing_behind_and_sees_what_waits_in_the_journal()
    -> Result<(), Box<dyn std::error::Error>> {
        let home = tempfile::tempdir()?;
        let mut ledger = Ledger::open(home.path())?;
        let name = home.path().join(LEDGER);
        ledger.record_outcomes("w1", 1, [(1, "k1", "to_mail", None)].into_iter())?;
        // As after a kill: database and journal, nobody at work.
        let killed = tempfile::tempdir()?;
        for file in ["ledger.sqlite", "ledger.sqlite-wal"] {
            std::fs::copy(home.path().join(file), killed.path().join(file))?;
        }
        for small in [u64::MAX, 0] {
            assert_eq!(counts(&name, small)?, 1, "beside one that writes");
        }
        drop(ledger);
        for (folder, small) in [
            (home.path(), u64::MAX),
            (home.path(), 0),
            (killed.path(), u64::MAX),
            (killed.path(), 0),
        ] {
            let before = tree(folder)?;
            assert_eq!(counts(&folder.join(LEDGER), small)?, 1);
            assert!(tree(folder)? == before, "{} up to {small}", folder.display());
        }
        Ok(())
    }
}

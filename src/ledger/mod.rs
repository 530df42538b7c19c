//! What was decided, sealed, made, filed and sent: `ledger.sqlite` beside `incident.toml`.
//! Holds no personal value. Knows nothing of how products are made.
//!
//! A kill at any point leaves it whole: every commit reaches the disk (`synchronous=FULL`), and a
//! wave's outcomes become visible all at once, when they add up to the roster's rows.

mod audit;
mod before;
mod deliveries;
mod error;
pub mod event;
mod events;
mod fence;
mod keys;
mod look;
mod lookup;
mod made;
mod mailing;
mod mark;
mod outcomes;
mod prints;
mod schema;
mod seals;
mod settled;

pub use audit::Audit;
pub use deliveries::{Delivered, Delivery, Evidence, What};
pub use error::LedgerError;
pub use event::Event;
pub use events::{Recorded, Stored};
pub use fence::{Fence, Fenced, Hold};
pub use lookup::{RecordedRow, RecordedWave};
pub use made::{Made, Product};
pub use mailing::{Mailed, Mark, MessageState, NewMessage, Reply};
pub use prints::{Printing, Residence};
pub use seals::{Approval, SealRecord, SealState};

use crate::files::Scratch;
use crate::folder::IncidentFolder;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The ledger of one incident folder; one thread owns it.
pub struct Ledger {
    connection: Connection,
    /// An event has said that e-mails are changing.
    changing: bool,
    /// E-mails were found to be what the last event about them says.
    proved: bool,
    /// What is only looked at may be a copy in here.
    _copy: Option<Scratch>,
}

impl Ledger {
    /// Opens the folder's `ledger.sqlite`, making it where there is none, and brings its schema
    /// up to date. What an interrupted command left half written is taken away.
    pub fn open(folder: &Path) -> Result<Self, LedgerError> {
        let path = IncidentFolder(folder).ledger();
        if !path.exists() {
            create(folder, &path)?;
        }
        let connection = Connection::open(&path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let mut ledger = Self { connection, changing: false, proved: false, _copy: None };
        schema::migrate(&mut ledger.connection)?;
        ledger.drop_unfinished()?;
        Ok(ledger)
    }

    /// Makes ready for a commit with every message: the journal may grow to some 40 MB before its
    /// pages are copied into the file. What is committed is on the disk all the same.
    ///
    /// # Errors
    /// [`LedgerError`]
    pub fn expect_many_commits(&self) -> Result<(), LedgerError> {
        self.connection.pragma_update(None, "wal_autocheckpoint", 10_000)?;
        Ok(())
    }

    /// From now on, or from now anew, everything is read as it is at this moment: thousands of
    /// lookups without a lock for each. Not for long, since the journal grows meanwhile.
    ///
    /// # Errors
    /// [`LedgerError`]
    pub fn look_from_now(&self) -> Result<(), LedgerError> {
        let end = if self.connection.is_autocommit() { "" } else { "COMMIT; " };
        Ok(self.connection.execute_batch(&format!("{end}BEGIN"))?)
    }

    /// Opens the folder's ledger for looking only: nothing in it or beside it changes, the folder may
    /// be one that nobody can write to, and another command may be writing meanwhile. None where
    /// there is no ledger yet. It may be a copy: what is committed later is not seen.
    pub fn look(folder: &Path) -> Result<Option<Self>, LedgerError> {
        let path = IncidentFolder(folder).ledger();
        if !path.exists() {
            return Ok(None);
        }
        let look::Looking { connection, copy } = look::open(&path)?;
        schema::known(&connection)?;
        Ok(Some(Self { connection, changing: false, proved: false, _copy: copy }))
    }

    /// The same while this program writes the ledger: what is committed is seen at once, or from the
    /// next [`Ledger::look_from_now`] on. Not for a folder that must stay as it is.
    pub fn follow(folder: &Path) -> Result<Option<Self>, LedgerError> {
        let path = IncidentFolder(folder).ledger();
        if !path.exists() {
            return Ok(None);
        }
        let connection = look::plain(&path)?;
        schema::known(&connection)?;
        Ok(Some(Self { connection, changing: false, proved: false, _copy: None }))
    }
}

/// Makes a ledger beside its place and puts it there when it is whole: a kill leaves none, or one.
/// Its owner alone may read it; SQLite gives its side files the same rights.
fn create(folder: &Path, path: &Path) -> Result<(), LedgerError> {
    let making = IncidentFolder(folder).new_ledger();
    let io = |source| LedgerError::Io { path: path.to_owned(), source };
    for side in ["", "-journal", "-wal", "-shm"] {
        let mut left = making.clone().into_os_string();
        left.push(side);
        let left = PathBuf::from(left);
        if left.exists() {
            std::fs::remove_file(&left).map_err(io)?;
        }
    }
    crate::files::create(&making).map_err(io)?;
    let mut connection = Connection::open(&making)?;
    schema::migrate(&mut connection)?;
    connection.close().map_err(|(_, error)| error)?;
    // A ledger that another command has put there meanwhile stays.
    if !path.exists() {
        std::fs::rename(&making, path).map_err(io)?;
    }
    crate::files::system::sync_folder(folder).map_err(io)
}

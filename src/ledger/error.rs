//! Why the ledger cannot go on.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error("cannot work with `{path}`")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("the ledger's database says: {0}")]
    Database(#[from] rusqlite::Error),
    /// Written by a later program; an older one must not touch it.
    #[error(
        "the ledger has schema {found}, this program knows up to {known}; use the newer program"
    )]
    TooNew { found: u32, known: u32 },
    /// A row was given twice, not at all, or lies outside the roster.
    #[error("outcomes do not add up: {rows} rows, but {problem}")]
    DoNotAddUp { rows: u64, problem: String },
    /// Events would no longer stand in the order of their times.
    #[error("the clock says {now}, but the ledger's last event was at {last}")]
    ClockSetBack { now: jiff::Timestamp, last: jiff::Timestamp },
    /// Somebody altered the record of events.
    #[error("event {0} of the ledger was altered, or one before it is missing")]
    BrokenChain(u64),
    /// Written by a later program.
    #[error(
        "event {seq} of the ledger is `{kind}` as a later program writes it, and this program does not know it; use the newer program"
    )]
    LaterEvent { seq: u64, kind: String },
    /// The event follows in the chain, and what it says is not what its kind says.
    #[error("event {seq} of the ledger, `{kind}`, cannot be read")]
    UnreadableEvent { seq: u64, kind: String },
    /// Something in it is not what the program wrote.
    #[error("{0}")]
    Altered(String),
    #[error("an event cannot be written: {0}")]
    Unwritten(serde_json::Error),
    /// A message that is not in a state from which it can go there; a mistake of the program.
    #[error("message {id} cannot become `{state}`")]
    WrongState { id: i64, state: &'static str },
}

impl LedgerError {
    /// An event that this program cannot read, though the ledger is sound otherwise.
    pub fn is_of_event(&self) -> bool {
        matches!(self, Self::LaterEvent { .. } | Self::UnreadableEvent { .. })
    }

    /// The system could not read or write it, whatever stands in it.
    pub fn is_of_system(&self) -> bool {
        let code = match self {
            Self::Database(error) => error.sqlite_error_code(),
            _ => None,
        };
        matches!(self, Self::Io { .. }) || code == Some(rusqlite::ErrorCode::SystemIoFailure)
    }

    /// The disk has no room for what was to be written; nothing of it was.
    pub fn is_full(&self) -> bool {
        match self {
            Self::Database(error) => {
                error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
            }
            Self::Io { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// The database's file is not what was written, or no database at all.
    pub fn is_damage(&self) -> bool {
        use rusqlite::{Error, ErrorCode};
        match self {
            Self::Database(Error::SqliteFailure(error, _)) => {
                matches!(error.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
            }
            Self::Database(Error::SqlInputError { .. }) => true,
            Self::Database(
                Error::FromSqlConversionFailure(..)
                | Error::InvalidColumnType(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::Utf8Error(..)
                | Error::QueryReturnedNoRows,
            ) => true,
            _ => false,
        }
    }
}

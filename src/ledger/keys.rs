//! Under which secret the keys of records are made; a ledger with a seal keeps its keys for good.

use super::{Ledger, LedgerError};
use rusqlite::OptionalExtension;

/// One row, made before the first key. `secret` is a number by which the secret is known again.
pub(super) const TABLES: &str = "
    CREATE TABLE key_scheme (
        one    INTEGER PRIMARY KEY CHECK (one = 1),
        scheme TEXT NOT NULL CHECK (scheme = 'hmac-sha256'),
        secret TEXT NOT NULL
    );
    CREATE TRIGGER sealed_keys_stay BEFORE UPDATE ON key_scheme
    WHEN EXISTS (SELECT 1 FROM seal)
    BEGIN SELECT raise(ABORT, 'a ledger with a seal keeps its keys'); END;
    CREATE TRIGGER sealed_keys_are_not_replaced BEFORE INSERT ON key_scheme
    WHEN EXISTS (SELECT 1 FROM seal)
    BEGIN SELECT raise(ABORT, 'a ledger with a seal keeps its keys'); END;
    CREATE TRIGGER sealed_keys_are_not_deleted BEFORE DELETE ON key_scheme
    WHEN EXISTS (SELECT 1 FROM seal)
    BEGIN SELECT raise(ABORT, 'a ledger with a seal keeps its keys'); END;
";

impl Ledger {
    /// The secret's number; none where keys are made without one, or none was made yet.
    ///
    /// # Errors
    /// The database.
    pub fn key_scheme(&self) -> Result<Option<String>, LedgerError> {
        if !self.has_table("key_scheme")? {
            return Ok(None);
        }
        let sql = "SELECT secret FROM key_scheme";
        Ok(self.connection.query_row(sql, [], |row| row.get(0)).optional()?)
    }

    /// Whether anything was ever sealed.
    ///
    /// # Errors
    /// The database.
    pub fn has_seal(&self) -> Result<bool, LedgerError> {
        if !self.has_table("seal")? {
            return Ok(false);
        }
        let sql = "SELECT EXISTS (SELECT 1 FROM seal)";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Records the secret under which all keys are made from now on.
    ///
    /// # Errors
    /// The database; a seal binds the keys there are.
    pub fn keep_key_scheme(&mut self, secret: &str) -> Result<(), LedgerError> {
        let sql = "INSERT OR REPLACE INTO key_scheme VALUES (1, 'hmac-sha256', ?1)";
        self.connection.execute(sql, [secret])?;
        Ok(())
    }
}

//! Whether the ledger is what was written: the chain of events, the tables against the events,
//! rows against their outcomes.

mod outcomes;
mod tables;

pub(super) use outcomes::OutcomeDigest;

use super::{Ledger, LedgerError, schema};

/// What an audit read, and what it found altered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Events that follow from one another.
    pub events: u64,
    /// Rows of all waves; the sum of their outcomes, unless `wrong` says otherwise.
    pub rows: u64,
    /// Everything that is not as it was written, as sentences without personal values.
    pub wrong: Vec<String>,
}

impl Audit {
    pub fn holds(&self) -> bool {
        self.wrong.is_empty()
    }
}

impl Ledger {
    /// Reads everything once; nothing wrong means that no byte that counts has changed. Takes a
    /// few seconds for millions of rows.
    ///
    /// # Errors
    /// The database cannot be read at all.
    pub fn audit(&self) -> Result<Audit, LedgerError> {
        let mut audit = Audit::default();
        let sound: String =
            self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            audit.wrong.push("the database file is damaged".to_owned());
        }
        let astray: u64 = self.connection.query_row(
            "SELECT count(*) FROM pragma_foreign_key_check",
            [],
            |r| r.get(0),
        )?;
        if astray > 0 {
            audit.wrong.push("entries refer to others that are not there".to_owned());
        }
        self.audit_record(&mut audit)?;
        self.audit_rows(&mut audit, true)?;
        Ok(audit)
    }

    /// The same without reading every row: events, the tables that rest on them, e-mails, sums.
    /// Takes about a second for a million e-mails.
    ///
    /// # Errors
    /// The database cannot be read at all.
    pub fn audit_briefly(&self) -> Result<Audit, LedgerError> {
        let mut audit = Audit::default();
        self.audit_record(&mut audit)?;
        self.audit_rows(&mut audit, false)?;
        Ok(audit)
    }

    /// Tables, and the triggers that refuse what may not be.
    fn audit_objects(&self, audit: &mut Audit) -> Result<(), LedgerError> {
        let made = schema::empty(schema::version(&self.connection)?)?;
        if schema::objects(&self.connection)? != schema::objects(&made)? {
            audit.wrong.push(schema::OTHER_OBJECTS.to_owned());
        }
        Ok(())
    }

    /// Whoever approves takes the right to send before, so that an entry says who has it.
    fn audit_fence(&self, audit: &mut Audit) -> Result<(), LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM event WHERE kind IN ('approved', 'claimed'))
            AND NOT EXISTS (SELECT 1 FROM fence)";
        if self.has_table("fence")? && self.connection.query_row(sql, [], |row| row.get(0))? {
            audit.wrong.push("the entry that says which folder may send is gone".to_owned());
        }
        Ok(())
    }

    /// The tables' rules, events and what is told from them, and what was last made.
    fn audit_record(&self, audit: &mut Audit) -> Result<(), LedgerError> {
        self.audit_objects(audit)?;
        self.audit_fence(audit)?;
        if schema::version(&self.connection)? >= schema::DIGESTS_OF_MADE {
            self.audit_made(&mut audit.wrong)?;
        }
        match self.verify_chain() {
            Ok(_) => audit.events = self.head()?.map_or(0, |(seq, _)| seq),
            Err(LedgerError::BrokenChain(seq)) => {
                audit.wrong.push(format!("event {seq} was altered, or one before it is missing"));
            }
            Err(error) => return Err(error),
        }
        // A ledger that is only looked at may be older than seals.
        if self.has_table("seal")? {
            self.audit_tables(&mut audit.wrong)?;
        }
        if schema::version(&self.connection)? >= schema::EVENTS_OF_EMAILS {
            self.audit_messages(&mut audit.wrong)?;
        }
        Ok(())
    }
}

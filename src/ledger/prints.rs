//! Batches printed under a seal: which file, how many pieces, for residents of which state.

use super::event::{Event, Printed};
use super::{Ledger, LedgerError, events};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, TransactionBehavior};
use std::collections::BTreeSet;

/// One batch as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printing {
    /// As in the file's name, `batch-0001.pdf`.
    pub batch: u32,
    pub file: String,
    /// Of the file, hex.
    pub sha256: String,
    pub pieces: u64,
    pub pages: u64,
}

/// Pieces of one covered entity to residents of one jurisdiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residence {
    pub entity: String,
    /// USPS code; empty for a foreign or unknown one.
    pub jurisdiction: String,
    pub pieces: u64,
}

impl Ledger {
    /// Records the batches of one print run in one commit. A batch printed before is replaced
    /// only if its file is the same; the events keep every printing.
    ///
    /// # Errors
    /// The database.
    pub fn record_printings(
        &mut self,
        seal: i64,
        wave: &str,
        number: u32,
        printings: &[(Printing, Vec<Residence>)],
    ) -> Result<(), LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (printing, residences) in printings {
            let Printing { batch, file, sha256, pieces, pages } = printing;
            let known: u32 = transaction.query_row(
                "SELECT count(*) FROM printing
                 WHERE seal = ?1 AND batch = ?2 AND sha256 = ?3 AND file = ?4",
                (seal, batch, sha256, file),
                |row| row.get(0),
            )?;
            if known > 0 {
                continue;
            }
            let residents = residences.iter();
            let event = Event::Printed(Printed {
                wave: wave.to_owned(),
                seal: number,
                batch: *batch,
                file: file.clone(),
                sha256: sha256.clone(),
                pieces: *pieces,
                pages: *pages,
                residents: residents
                    .map(|r| (r.entity.clone(), r.jurisdiction.clone(), r.pieces))
                    .collect(),
            });
            let event = events::append(&transaction, &event)?;
            let key = (seal, batch);
            transaction.execute("DELETE FROM printing WHERE seal = ?1 AND batch = ?2", key)?;
            transaction.execute(
                "INSERT INTO printing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                (seal, batch, file, sha256, pieces, pages, event),
            )?;
            let mut insert =
                transaction.prepare_cached("INSERT INTO residence VALUES (?1, ?2, ?3, ?4, ?5)")?;
            for r in residences {
                insert.execute((seal, batch, &r.entity, &r.jurisdiction, r.pieces))?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Whether approved letters of a wave were printed.
    ///
    /// # Errors
    /// The database; a ledger that an older program wrote has none.
    pub fn has_finals(&self, wave: &str) -> Result<bool, LedgerError> {
        if !self.has_table("printing")? {
            return Ok(false);
        }
        let sql = "SELECT count(*) FROM printing JOIN seal ON seal.id = seal WHERE wave = ?1";
        Ok(self.connection.query_row(sql, [wave], |row| row.get::<_, u64>(0))? > 0)
    }

    /// When a batch was printed.
    ///
    /// # Errors
    /// The database.
    pub fn printed_at(&self, seal: i64, batch: u32) -> Result<Option<Timestamp>, LedgerError> {
        let sql = "SELECT at FROM printing JOIN event ON seq = event
                   WHERE seal = ?1 AND batch = ?2";
        let at: Option<String> =
            self.connection.query_row(sql, (seal, batch), |row| row.get(0)).optional()?;
        Ok(at.and_then(|at| at.parse().ok()))
    }

    /// The states whose people have letters in these batches of a seal, or in any of it.
    ///
    /// # Errors
    /// The database.
    pub fn states_printed(
        &self,
        seal: i64,
        batches: Option<&BTreeSet<u32>>,
    ) -> Result<BTreeSet<String>, LedgerError> {
        let sql = "SELECT DISTINCT batch, jurisdiction FROM residence WHERE seal = ?1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([seal])?;
        let mut states = BTreeSet::new();
        while let Some(row) = rows.next()? {
            if batches.is_none_or(|batches| row.get(0).is_ok_and(|n| batches.contains(&n))) {
                states.insert(row.get(1)?);
            }
        }
        Ok(states)
    }

    /// What was printed under a seal, by batch.
    ///
    /// # Errors
    /// The database.
    pub fn printed(&self, seal: i64) -> Result<Vec<Printing>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT batch, file, sha256, pieces, pages FROM printing WHERE seal = ?1
             ORDER BY batch",
        )?;
        let rows = statement.query_map([seal], |row| {
            Ok(Printing {
                batch: row.get(0)?,
                file: row.get(1)?,
                sha256: row.get(2)?,
                pieces: row.get(3)?,
                pages: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

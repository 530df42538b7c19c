//! What really happened to the letters: recorded only from evidence, batch by batch or piece by
//! piece.

use super::event::{Confirmed, Event, ReturnsImported};
use super::{Ledger, LedgerError, Residence, events};
use jiff::civil::Date;
use rusqlite::{Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};

/// What became of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Given to the Postal Service.
    Posted,
    /// Came back undelivered.
    Returned,
    /// Sent again to another address.
    Remailed,
}

/// A document that shows it; kept where it is, named by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// File name without folders.
    pub name: String,
    /// SHA-256, hex.
    pub sha256: String,
}

/// One record: of a whole batch or of one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub batch: Option<u32>,
    pub piece: Option<String>,
    pub what: What,
    pub on: Date,
    pub evidence: Evidence,
}

impl What {
    pub fn label(self) -> &'static str {
        match self {
            What::Posted => "posted",
            What::Returned => "returned",
            What::Remailed => "remailed",
        }
    }

    fn of(label: &str) -> Self {
        match label {
            "returned" => What::Returned,
            "remailed" => What::Remailed,
            _ => What::Posted,
        }
    }
}

/// Deliveries of one seal, kind and day, by one document.
pub struct Delivered<'d> {
    pub seal: i64,
    pub wave: &'d str,
    pub number: u32,
    /// Why letters came back.
    pub reason: Option<&'d str>,
    pub deliveries: &'d [Delivery],
}

fn record(
    transaction: &Transaction<'_>,
    group: &Delivered<'_>,
    by: &str,
) -> Result<(), LedgerError> {
    let Some(first) = group.deliveries.first() else { return Ok(()) };
    let event = Event::Confirmed(Confirmed {
        wave: group.wave.to_owned(),
        seal: group.number,
        what: first.what,
        on: first.on,
        batches: group.deliveries.iter().filter_map(|d| d.batch).collect(),
        pieces: group.deliveries.iter().filter_map(|d| d.piece.clone()).collect(),
        evidence: first.evidence.clone(),
        by: by.to_owned(),
        reason: group.reason.map(str::to_owned),
    });
    let event = events::append(transaction, &event)?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO delivery (seal, batch, piece, what, on_day, evidence, sha256, event)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for d in group.deliveries {
        let (what, on) = (d.what.label(), d.on.to_string());
        let Evidence { name, sha256 } = &d.evidence;
        insert.execute((group.seal, d.batch, &d.piece, what, on, name, sha256, event))?;
    }
    Ok(())
}

impl Ledger {
    /// Records deliveries of one kind and day in one commit with one event.
    ///
    /// # Errors
    /// The database; a batch that was posted before.
    pub fn record_deliveries(
        &mut self,
        seal: i64,
        wave: &str,
        number: u32,
        deliveries: &[Delivery],
        by: &str,
    ) -> Result<(), LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let group = Delivered { seal, wave, number, reason: None, deliveries };
        record(&transaction, &group, by)?;
        Ok(transaction.commit()?)
    }

    /// Records what a file says of letters, and that it was read, in one commit.
    ///
    /// # Errors
    /// The database.
    pub fn record_returns(
        &mut self,
        groups: &[Delivered<'_>],
        read: &ReturnsImported,
    ) -> Result<(), LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for group in groups {
            record(&transaction, group, &read.by)?;
        }
        events::append(&transaction, &Event::ReturnsImported(read.clone()))?;
        Ok(transaction.commit()?)
    }

    /// What is recorded of a seal's deliveries, in the order of recording.
    ///
    /// # Errors
    /// The database.
    pub fn deliveries(&self, seal: i64) -> Result<Vec<Delivery>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT batch, piece, what, on_day, evidence, sha256 FROM delivery WHERE seal = ?1
             ORDER BY id",
        )?;
        let rows = statement.query_map([seal], |row| {
            Ok(Delivery {
                batch: row.get(0)?,
                piece: row.get(1)?,
                what: What::of(&row.get::<_, String>(2)?),
                on: row.get::<_, String>(3)?.parse().unwrap_or_default(),
                evidence: Evidence { name: row.get(4)?, sha256: row.get(5)? },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Letters posted by a day, by covered entity, jurisdiction and day, over all waves.
    ///
    /// # Errors
    /// The database.
    pub fn posted(&self, by: Date) -> Result<Vec<(Residence, Date)>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT entity, jurisdiction, sum(residence.pieces), on_day FROM residence
             JOIN delivery ON delivery.seal = residence.seal AND delivery.batch = residence.batch
             WHERE what = 'posted' AND on_day <= ?1
             GROUP BY entity, jurisdiction, on_day ORDER BY entity, jurisdiction, on_day",
        )?;
        let rows = statement.query_map([by.to_string()], |row| {
            let (entity, jurisdiction, pieces) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let on = row.get::<_, String>(3)?.parse().unwrap_or_default();
            Ok((Residence { entity, jurisdiction, pieces }, on))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether any letter was ever confirmed as posted.
    ///
    /// # Errors
    /// The database.
    pub fn anything_posted(&self) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM delivery WHERE what = 'posted')";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}

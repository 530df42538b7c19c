//! What filings and notices say as last made, beside what was really filed and posted: the one is
//! replaced at each making, the other stands in the chain of events for good.

use super::{Ledger, LedgerError};
use jiff::civil::Date;
use rusqlite::TransactionBehavior;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The table of what was last made.
pub(super) const TABLES: &str = "
    CREATE TABLE made (
        kind  TEXT NOT NULL CHECK (kind IN ('filing', 'notice')),
        id    TEXT NOT NULL,
        wave  TEXT NOT NULL,
        as_of TEXT NOT NULL,
        body  TEXT NOT NULL,
        PRIMARY KEY (kind, wave, id)
    ) WITHOUT ROWID;
";

/// A digest over a row's other fields; empty in rows of an older program.
pub(super) const DIGESTS: &str = "ALTER TABLE made ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';";

/// A product besides letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    Filing,
    Notice,
}

impl Product {
    fn label(self) -> &'static str {
        match self {
            Product::Filing => "filing",
            Product::Notice => "notice",
        }
    }
}

/// A filing or notice as last made for a wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    pub id: String,
    pub wave: String,
    pub as_of: Date,
    pub body: Value,
}

fn digest(fields: [&str; 5]) -> String {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field);
    }
    crate::files::hex(&hash.finalize())
}

impl Ledger {
    /// Replaces what is kept of a wave's filings or notices.
    ///
    /// # Errors
    /// The database.
    pub fn keep_made(
        &mut self,
        product: Product,
        wave: &str,
        as_of: Date,
        made: &[(String, Value)],
    ) -> Result<(), LedgerError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction
            .execute("DELETE FROM made WHERE kind = ?1 AND wave = ?2", (product.label(), wave))?;
        for (id, body) in made {
            let (day, body) = (as_of.to_string(), body.to_string());
            let digest = digest([product.label(), id, wave, &day, &body]);
            transaction.execute(
                "INSERT OR REPLACE INTO made VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (product.label(), id, wave, day, body, digest),
            )?;
        }
        Ok(transaction.commit()?)
    }

    /// Whether everything kept is as it was written.
    pub(super) fn audit_made(&self, wrong: &mut Vec<String>) -> Result<(), LedgerError> {
        let mut statement =
            self.connection.prepare("SELECT kind, id, wave, as_of, body, sha256 FROM made")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text = |i| row.get_ref(i).ok().and_then(|v| v.as_str().ok()).unwrap_or_default();
            let digest = digest([text(0), text(1), text(2), text(3), text(4)]);
            if !text(5).is_empty() && text(5) != digest {
                wrong.push(format!("what is kept of the {} last made was altered", text(0)));
            }
        }
        Ok(())
    }

    /// Everything kept, the latest day last.
    ///
    /// # Errors
    /// The database.
    pub fn made(&self, product: Product) -> Result<Vec<Made>, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT id, wave, as_of, body FROM made WHERE kind = ?1 ORDER BY as_of, wave, id",
        )?;
        let rows = statement.query_map([product.label()], |row| {
            Ok(Made {
                id: row.get(0)?,
                wave: row.get(1)?,
                as_of: row.get::<_, String>(2)?.parse().unwrap_or_default(),
                body: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or(Value::Null),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

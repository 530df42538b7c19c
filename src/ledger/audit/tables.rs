//! Seals, printings and deliveries stand in tables for asking; the events are the proof of them.

use super::super::{Ledger, LedgerError};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the events say is to be found in the tables.
#[derive(Default)]
struct Told {
    /// By event.
    bodies: BTreeMap<u64, Value>,
    /// Root -> the standing after the last approval.
    standing: BTreeMap<String, String>,
    seals: u64,
    printings: BTreeSet<String>,
    deliveries: u64,
}

impl Told {
    fn read(ledger: &Ledger) -> Result<Self, LedgerError> {
        let mut told = Self::default();
        for event in ledger.events(None)? {
            let body: Value = serde_json::from_str(&event.body).unwrap_or(Value::Null);
            let many = |key: &str| body[key].as_array().map_or(0, |all| all.len() as u64);
            match event.kind.as_str() {
                "approved" => {
                    told.seals += u64::from(body["letters"].is_u64());
                    told.standing.insert(word(&body, "root"), word(&body, "state"));
                }
                "printed" => {
                    let named = format!("{} {} {}", body["wave"], body["seal"], body["batch"]);
                    told.printings.insert(named);
                }
                "confirmed" => told.deliveries += many("batches") + many("pieces"),
                _ => {}
            }
            told.bodies.insert(event.seq, body);
        }
        Ok(told)
    }

    fn body(&self, event: u64) -> &Value {
        self.bodies.get(&event).unwrap_or(&Value::Null)
    }
}

fn word(body: &Value, key: &str) -> String {
    body[key].as_str().unwrap_or_default().to_owned()
}

impl Ledger {
    pub(super) fn audit_tables(&self, wrong: &mut Vec<String>) -> Result<(), LedgerError> {
        let told = Told::read(self)?;
        let mut differ = |what: &str, number: u64| {
            wrong.push(format!("{what} {number} is not what its event says"));
        };
        let seals = self.audit_seals(&told, &mut differ)?;
        let printings = self.audit_printings(&told, &mut differ)?;
        let deliveries = self.audit_deliveries(&told, &mut differ)?;
        for (what, here, events) in [
            ("seals", seals, told.seals),
            ("printed batches", printings, told.printings.len() as u64),
            ("deliveries", deliveries, told.deliveries),
        ] {
            if here != events {
                wrong.push(format!("{here} {what} are recorded, and the events tell of {events}"));
            }
        }
        Ok(())
    }

    fn audit_seals(
        &self,
        told: &Told,
        differ: &mut impl FnMut(&str, u64),
    ) -> Result<u64, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT wave, number, root, letters, emails, state, event FROM seal ORDER BY id",
        )?;
        let mut rows = statement.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let (wave, number): (String, u64) = (row.get(0)?, row.get(1)?);
            let (root, letters): (String, u64) = (row.get(2)?, row.get(3)?);
            let (emails, state): (u64, String) = (row.get(4)?, row.get(5)?);
            let body = told.body(row.get(6)?);
            let same = body["wave"] == wave.as_str()
                && body["seal"] == number
                && body["root"] == root.as_str()
                && body["letters"] == letters
                && body["emails"] == emails
                && (state == "replaced" || told.standing.get(&root) == Some(&state));
            if !same {
                differ("seal", number);
            }
        }
        Ok(count)
    }

    fn audit_printings(
        &self,
        told: &Told,
        differ: &mut impl FnMut(&str, u64),
    ) -> Result<u64, LedgerError> {
        let mut residences = self.connection.prepare(
            "SELECT entity, jurisdiction, pieces FROM residence WHERE seal = ?1 AND batch = ?2
             ORDER BY entity, jurisdiction",
        )?;
        let mut statement = self.connection.prepare(
            "SELECT printing.seal, batch, file, sha256, pieces, pages, printing.event, number, wave
             FROM printing LEFT JOIN seal ON seal.id = printing.seal ORDER BY 1, 2",
        )?;
        let mut rows = statement.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let (seal, batch): (i64, u64) = (row.get(0)?, row.get(1)?);
            let (file, sha256): (String, String) = (row.get(2)?, row.get(3)?);
            let (pieces, pages): (u64, u64) = (row.get(4)?, row.get(5)?);
            let body = told.body(row.get(6)?);
            let (number, wave): (Option<u64>, Option<String>) = (row.get(7)?, row.get(8)?);
            let residents: Vec<Value> = residences
                .query_map((seal, batch), |row| {
                    let (entity, place): (String, String) = (row.get(0)?, row.get(1)?);
                    Ok(json!([entity, place, row.get::<_, u64>(2)?]))
                })?
                .collect::<Result<_, _>>()?;
            let same = body["batch"] == batch
                && body["seal"] == json!(number)
                && body["wave"] == json!(wave)
                && body["file"] == file.as_str()
                && body["sha256"] == sha256.as_str()
                && body["pieces"] == pieces
                && body["pages"] == pages
                && body["residents"] == Value::Array(residents);
            if !same {
                differ("batch", batch);
            }
        }
        Ok(count)
    }

    fn audit_deliveries(
        &self,
        told: &Told,
        differ: &mut impl FnMut(&str, u64),
    ) -> Result<u64, LedgerError> {
        let mut statement = self.connection.prepare(
            "SELECT delivery.id, batch, piece, what, on_day, evidence, sha256, delivery.event,
                 number, wave
             FROM delivery LEFT JOIN seal ON seal.id = delivery.seal ORDER BY 1",
        )?;
        let mut rows = statement.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let (batch, piece): (Option<u64>, Option<String>) = (row.get(1)?, row.get(2)?);
            let (what, on): (String, String) = (row.get(3)?, row.get(4)?);
            let (name, sha256): (String, String) = (row.get(5)?, row.get(6)?);
            let body = told.body(row.get(7)?);
            let (number, wave): (Option<u64>, Option<String>) = (row.get(8)?, row.get(9)?);
            let listed = match (batch, piece) {
                (Some(batch), None) => holds(&body["batches"], &json!(batch)),
                (None, Some(piece)) => holds(&body["pieces"], &json!(piece)),
                _ => false,
            };
            let same = listed
                && body["seal"] == json!(number)
                && body["wave"] == json!(wave)
                && body["what"] == what.as_str()
                && body["on"] == on.as_str()
                && body["evidence"]["name"] == name.as_str()
                && body["evidence"]["sha256"] == sha256.as_str();
            if !same {
                differ("delivery", row.get(0)?);
            }
        }
        Ok(count)
    }
}

fn holds(list: &Value, one: &Value) -> bool {
    list.as_array().is_some_and(|all| all.contains(one))
}

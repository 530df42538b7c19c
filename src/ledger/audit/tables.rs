//! Seals, printings and deliveries stand in tables for asking; the events are the proof of them.

use super::super::{Event, Ledger, LedgerError, SealState};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What the events say is to be found in the tables.
#[derive(Default)]
struct Told {
    /// By number.
    events: BTreeMap<u64, Event>,
    /// Root -> the standing after the last approval.
    standing: BTreeMap<String, SealState>,
    seals: u64,
    /// Wave, seal, batch.
    printings: BTreeSet<(String, u32, u32)>,
    deliveries: u64,
}

impl Told {
    /// Events that cannot be read are wrong; nothing in the tables can rest on them.
    fn read(ledger: &Ledger, wrong: &mut Vec<String>) -> Result<Self, LedgerError> {
        let mut told = Self::default();
        ledger.each_event(&mut |seq, read| {
            let event = match read {
                Ok(recorded) => recorded.event,
                // Not wrong, but beyond this program.
                Err(error @ LedgerError::LaterEvent { .. }) => return Err(error),
                Err(error) => {
                    wrong.push(error.to_string());
                    return Ok(());
                }
            };
            match &event {
                Event::Approved(approved) => {
                    told.seals += u64::from(approved.letters.is_some());
                    told.standing.insert(approved.root.clone(), approved.state);
                }
                Event::Printed(of) => {
                    told.printings.insert((of.wave.clone(), of.seal, of.batch));
                }
                Event::Confirmed(of) => {
                    told.deliveries += (of.batches.len() + of.pieces.len()) as u64;
                }
                _ => {}
            }
            told.events.insert(seq, event);
            Ok(())
        })?;
        Ok(told)
    }
}

impl Ledger {
    pub(super) fn audit_tables(&self, wrong: &mut Vec<String>) -> Result<(), LedgerError> {
        let told = Told::read(self, wrong)?;
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
            let (wave, number): (String, u32) = (row.get(0)?, row.get(1)?);
            let (root, letters): (String, u64) = (row.get(2)?, row.get(3)?);
            let (emails, state): (u64, String) = (row.get(4)?, row.get(5)?);
            let standing = told.standing.get(&root).map(|state| state.label());
            let same = match told.events.get(&row.get(6)?) {
                Some(Event::Approved(of)) => {
                    (&of.wave, of.seal, &of.root) == (&wave, number, &root)
                        && (of.letters, of.emails) == (Some(letters), Some(emails))
                        && (state == "replaced" || standing == Some(state.as_str()))
                }
                _ => false,
            };
            if !same {
                differ("seal", u64::from(number));
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
            let (seal, batch): (i64, u32) = (row.get(0)?, row.get(1)?);
            let (file, sha256): (String, String) = (row.get(2)?, row.get(3)?);
            let (pieces, pages): (u64, u64) = (row.get(4)?, row.get(5)?);
            let (number, wave): (Option<u32>, Option<String>) = (row.get(7)?, row.get(8)?);
            let residents: Vec<(String, String, u64)> = residences
                .query_map((seal, batch), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<_, _>>()?;
            let same = match told.events.get(&row.get(6)?) {
                Some(Event::Printed(of)) => {
                    (of.batch, Some(of.seal), Some(&of.wave)) == (batch, number, wave.as_ref())
                        && (&of.file, &of.sha256) == (&file, &sha256)
                        && (of.pieces, of.pages) == (pieces, pages)
                        && of.residents == residents
                }
                _ => false,
            };
            if !same {
                differ("batch", u64::from(batch));
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
        // One event may tell of half a million letters; its deliveries follow one another.
        let (mut at, mut pieces): (u64, HashSet<&str>) = (0, HashSet::new());
        while let Some(row) = rows.next()? {
            count += 1;
            let (batch, piece): (Option<u32>, Option<String>) = (row.get(1)?, row.get(2)?);
            let event: u64 = row.get(7)?;
            if let Some(Event::Confirmed(of)) = told.events.get(&event)
                && at != event
            {
                (at, pieces) = (event, of.pieces.iter().map(String::as_str).collect());
            }
            let (what, on): (String, String) = (row.get(3)?, row.get(4)?);
            let (name, sha256): (String, String) = (row.get(5)?, row.get(6)?);
            let (number, wave): (Option<u32>, Option<String>) = (row.get(8)?, row.get(9)?);
            let same = match told.events.get(&event) {
                Some(Event::Confirmed(of)) => {
                    let listed = match (&batch, &piece) {
                        (Some(batch), None) => of.batches.contains(batch),
                        (None, Some(piece)) => pieces.contains(piece.as_str()),
                        _ => false,
                    };
                    listed
                        && (Some(of.seal), Some(&of.wave)) == (number, wave.as_ref())
                        && (of.what.label(), of.on.to_string()) == (what.as_str(), on)
                        && (&of.evidence.name, &of.evidence.sha256) == (&name, &sha256)
                }
                _ => false,
            };
            if !same {
                differ("delivery", row.get(0)?);
            }
        }
        Ok(count)
    }
}

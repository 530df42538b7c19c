//! How far each seal of a wave is, for `status`.

use crate::folder::IncidentFolder;
use crate::ledger::{Ledger, SealState, What};
use crate::matter::open::Matter;
use crate::matter::open::Selection;
use crate::matter::refusal::Refusal;
use crate::matter::seal::approved::Approved;
use crate::matter::seal::signature::seal_dir;
use crate::matter::seal::standing::drift_of;
use crate::matter::seal::{Sealed, ledger_stop};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
pub struct SealStatus {
    pub seal: u32,
    pub root: String,
    /// `waiting` for a second approver, `valid`, or `drifted`.
    pub state: &'static str,
    pub approved_by: Vec<String>,
    pub approvals: Vec<Approved>,
    pub letters: u64,
    pub emails: u64,
    pub printed_letters: u64,
    pub printed_batches: u64,
    pub posted_letters: u64,
    pub posted_batches: u64,
    pub returned_letters: u64,
    /// What changed after the approval.
    pub changes: Vec<String>,
}

/// The wave's seals that count.
///
/// # Errors
/// The ledger cannot be read.
pub fn seals(folder: &Path, wave: &str, ledger: &Ledger) -> Result<Vec<SealStatus>, Refusal> {
    let selection = Selection {
        incident: folder.to_owned(),
        out: Some(IncidentFolder(folder).out()),
        wave: Some(wave.to_owned()),
        law: None,
    };
    let records = ledger.seals(wave).map_err(ledger_stop)?;
    let records: Vec<_> = records.into_iter().filter(|r| r.state != SealState::Replaced).collect();
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let matter = Matter::open(&selection).ok().map(|(matter, _)| matter);
    let mut found = Vec::new();
    for record in records {
        let changes = match &matter {
            None => vec!["incident.toml cannot be read any more".to_owned()],
            Some(matter) => match Sealed::open(matter, record.clone()) {
                Err(_) => vec!["the seal itself was altered".to_owned()],
                Ok(sealed) => drift_of(matter, ledger, &sealed)?
                    .changes
                    .iter()
                    .filter(|c| !sealed.folder.statement.own_law || c.name() != "the law pack")
                    .map(|change| format!("{} {}", change.name(), change.verb()))
                    .collect(),
            },
        };
        let approvals = ledger.approvals(&record.root).map_err(ledger_stop)?;
        let printed = ledger.printed(record.id).map_err(ledger_stop)?;
        let deliveries = ledger.deliveries(record.id).map_err(ledger_stop)?;
        let posted: Vec<u64> = printed
            .iter()
            .filter(|p| {
                deliveries.iter().any(|d| d.what == What::Posted && d.batch == Some(p.batch))
            })
            .map(|p| p.pieces)
            .collect();
        found.push(SealStatus {
            seal: record.number,
            state: match (record.state, changes.is_empty()) {
                (SealState::Waiting, _) => "waiting",
                (_, true) => "valid",
                (_, false) => "drifted",
            },
            approved_by: approvals.iter().map(|approval| approval.by.clone()).collect(),
            approvals: Approved::all(&seal_dir(folder, &record), approvals),
            letters: record.letters,
            emails: record.emails,
            printed_letters: printed.iter().map(|p| p.pieces).sum(),
            printed_batches: printed.len() as u64,
            posted_letters: posted.iter().sum(),
            posted_batches: posted.len() as u64,
            returned_letters: deliveries.iter().filter(|d| d.what == What::Returned).count() as u64,
            changes,
            root: record.root,
        });
    }
    Ok(found)
}

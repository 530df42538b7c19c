//! What became known since letters were made: who was not affected after all, whose letter came
//! back. It changes counts and breaks no seal.

use crate::finding::Findings;
use crate::incident::EntityIx;
use crate::ledger::{Ledger, SealState, What};
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::plan::Outcome;
use crate::roster::{Person, WITHDRAWN_FILE, Withdrawals};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Withdrawals, and letters that came back.
#[derive(Default)]
pub struct Since {
    withdrawn: Withdrawals,
    /// Pieces returned and not sent again since.
    returned: BTreeSet<String>,
    /// Those of them whose people are counted, by covered entity.
    seen: Mutex<BTreeMap<EntityIx, BTreeSet<String>>>,
}

impl Since {
    /// # Errors
    /// A file of withdrawals that cannot be read; the ledger cannot be read.
    pub fn load(matter: &Matter) -> Result<Self, Refusal> {
        Ok(Self {
            withdrawn: withdrawals(&matter.folder)?,
            returned: returned(&matter.folder)?,
            seen: Mutex::default(),
        })
    }

    /// Whether the person turned out not to be affected.
    pub fn is_withdrawn(&self, person: &Person, matter: &Matter) -> bool {
        !self.withdrawn.is_empty() && {
            let entity = person.entity.map_or("", |at| matter.incident[at].id.as_str());
            self.withdrawn.has(entity, &person.record_id)
                || (!person.prior_record_id.is_empty()
                    && self.withdrawn.has(entity, &person.prior_record_id))
        }
    }

    /// How a person of a wave is counted who was to be told in this way. An address from which a
    /// letter came back is out of date (45 CFR 164.404(d)(2)); an e-mail reaches them all the same.
    pub fn counted_as(
        &self,
        person: &Person,
        outcome: Outcome,
        matter: &Matter,
        wave: &str,
    ) -> Outcome {
        if self.returned.is_empty() || !outcome.mails() {
            return outcome;
        }
        let Some(at) = person.entity else { return outcome };
        let piece = matter.piece_of(wave, &person.record_id, &matter.incident[at].id, "mail");
        let returned = self.returned.contains(&piece);
        if returned {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.entry(at).or_default().insert(piece);
        }
        match (returned, outcome.emails()) {
            (false, _) => outcome,
            (true, true) => Outcome::ToEmail,
            (true, false) => Outcome::Substitute,
        }
    }

    /// Letters that came back and whose people were counted, by covered entity.
    pub fn seen(&self) -> BTreeMap<EntityIx, u64> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().map(|(entity, pieces)| (*entity, pieces.len() as u64)).collect()
    }

    /// Everything that bears on a count, as text.
    pub fn parts(&self) -> Vec<String> {
        let mut parts: Vec<String> = self.withdrawn.digest().into_iter().collect();
        parts.extend(self.returned.iter().cloned());
        parts
    }
}

/// The folder's withdrawals.
///
/// # Errors
/// Everything wrong with the file; I/O.
pub fn withdrawals(folder: &Path) -> Result<Withdrawals, Refusal> {
    let read = Withdrawals::read(folder).doing(|| format!("read `{WITHDRAWN_FILE}`"))?;
    read.map_err(|finding| {
        let mut findings = Findings::default();
        findings.push(*finding);
        Refusal::Configuration(findings)
    })
}

/// Letters of all waves that came back and were not sent again.
///
/// # Errors
/// The ledger cannot be read.
pub fn returned(folder: &Path) -> Result<BTreeSet<String>, Refusal> {
    let mut pieces = BTreeSet::new();
    let Some(ledger) = Ledger::look(folder).map_err(ledger_stop)? else { return Ok(pieces) };
    for seal in ledger.all_seals().map_err(ledger_stop)? {
        if seal.state != SealState::Valid {
            continue;
        }
        for delivery in ledger.deliveries(seal.id).map_err(ledger_stop)? {
            let Some(piece) = delivery.piece else { continue };
            match delivery.what {
                What::Returned => drop(pieces.insert(piece)),
                What::Remailed => drop(pieces.remove(&piece)),
                What::Posted => {}
            }
        }
    }
    Ok(pieces)
}

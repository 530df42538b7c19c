//! Whether what the review book shows is approved: told by `run` when it makes the book, and by
//! `approve` in the book that lies there.

use crate::approve::Statement;
use crate::files;
use crate::folder::{OutFolder, seal_name};
use crate::ledger::{Ledger, SealRecord, SealState};
use crate::matter::open::Matter;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::standing::{SealStanding, drift_of, standing};
use crate::matter::seal::statement_of_folder::made_of;
use crate::matter::seal::{Sealed, ledger_stop};
use crate::review::{self, State};
use std::io;

/// The state of a book that is made of the folder as it is now.
///
/// # Errors
/// The ledger or what the letters are made from cannot be read.
pub fn state(matter: &Matter) -> Result<State, Refusal> {
    let Some(ledger) = Ledger::look(&matter.folder).map_err(ledger_stop)? else {
        return Ok(State::Draft);
    };
    match standing(matter, &ledger) {
        Ok(SealStanding::Sealed(seals)) => {
            Ok(State::Approved(named(&ledger, seals.iter().map(|sealed| &sealed.record))?))
        }
        Ok(SealStanding::Drifted(drifted)) => {
            Ok(State::Differs(named(&ledger, [&drifted.0.record])?))
        }
        Ok(SealStanding::Open { .. }) => waiting(matter, &ledger),
        // A seal that was touched proves nothing; the commands that send say so and refuse.
        Err(Refusal::Refused(_)) => {
            let seals = seals(&ledger, matter, SealState::Valid)?;
            Ok(State::Differs(named(&ledger, &seals)?))
        }
        Err(other) => Err(other),
    }
}

/// The state while one of two approvers at most has approved.
fn waiting(matter: &Matter, ledger: &Ledger) -> Result<State, Refusal> {
    let Some(record) = seals(ledger, matter, SealState::Waiting)?.pop() else {
        return Ok(State::Draft);
    };
    let same = match Sealed::open(matter, record.clone()) {
        Ok(sealed) => drift_of(matter, ledger, &sealed)?.is_none(),
        Err(Refusal::Refused(_)) => false,
        Err(other) => return Err(other),
    };
    Ok(if same { State::Waiting(named(ledger, [&record])?) } else { State::Draft })
}

/// Tells the book of the wave, if there is one, what was approved just now.
///
/// # Errors
/// The ledger cannot be read, or the book cannot be written.
pub fn restate(matter: &Matter, ledger: &Ledger, approved: &Statement) -> Result<(), Refusal> {
    let path = OutFolder(&matter.out).book();
    let doing = || format!("write `{}`", path.display());
    let book = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other.doing(doing)?,
    };
    let sealed = made_of(&approved.inputs, &approved.law_pack, &approved.spool.people);
    let (valid, waiting) =
        (seals(ledger, matter, SealState::Valid)?, seals(ledger, matter, SealState::Waiting)?);
    let state = match (review::made_of(&book) == Some(sealed.as_str()), waiting.is_empty()) {
        (true, true) => State::Approved(named(ledger, &valid)?),
        (true, false) => State::Waiting(named(ledger, &waiting)?),
        (false, true) => State::Differs(named(ledger, &valid)?),
        (false, false) => State::Draft,
    };
    match review::restate(&book, &state) {
        Some(text) if text != book => files::write(&path, text.as_bytes()).doing(doing),
        _ => Ok(()),
    }
}

fn seals(ledger: &Ledger, matter: &Matter, of: SealState) -> Result<Vec<SealRecord>, Refusal> {
    let mut seals = ledger.seals(&matter.wave().id).map_err(ledger_stop)?;
    seals.retain(|seal| seal.state == of);
    Ok(seals)
}

/// `w1-1 (root 3f9a...)`, with who signed it if anybody did.
fn named<'s>(
    ledger: &Ledger,
    seals: impl IntoIterator<Item = &'s SealRecord>,
) -> Result<String, Refusal> {
    let mut names = Vec::new();
    for seal in seals {
        let name = seal_name(&seal.wave, seal.number);
        let approvals = ledger.approvals(&seal.root).map_err(ledger_stop)?;
        let by = |signed: bool| {
            let of = approvals.iter().filter(|approval| approval.signature.is_some() == signed);
            of.map(|approval| approval.by.as_str()).collect::<Vec<_>>().join(" and ")
        };
        let signed = match (by(true), by(false)) {
            (yes, _) if yes.is_empty() => String::new(),
            (yes, no) if no.is_empty() => format!("; signed by {yes}"),
            (yes, no) => format!("; signed by {yes}, not signed by {no}"),
        };
        names.push(format!("{name} (root {}{signed})", seal.root));
    }
    Ok(names.join(", "))
}

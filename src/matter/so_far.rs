//! What is recorded of a wave so far, for the summary of a command.

use crate::filings::Filing;
use crate::ledger::{Ledger, MessageState, SealState, What};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::ledger_stop;
use crate::matter::summary::Summary;

/// Says in a summary how many letters were posted, e-mails sent, filings filed.
///
/// # Errors
/// The ledger cannot be read.
pub fn tell(matter: &Matter, filings: &[Filing], summary: &mut Summary) -> Result<(), Refusal> {
    let first = filings.iter().filter(|filing| !filing.history.amends);
    summary.filings_filed =
        Some(first.filter(|filing| filing.history.filed.is_some()).count() as u64);
    let Some(ledger) = Ledger::look(&matter.folder).map_err(ledger_stop)? else { return Ok(()) };
    let wave = &matter.wave().id;
    let mut posted = 0;
    for seal in ledger.seals(wave).map_err(ledger_stop)? {
        if seal.state != SealState::Valid {
            continue;
        }
        let deliveries = ledger.deliveries(seal.id).map_err(ledger_stop)?;
        for printed in ledger.printed(seal.id).map_err(ledger_stop)? {
            let out =
                deliveries.iter().any(|d| d.what == What::Posted && d.batch == Some(printed.batch));
            posted += if out { printed.pieces } else { 0 };
        }
    }
    summary.letters_posted = (posted > 0).then_some(posted);
    let sent = [MessageState::Accepted, MessageState::Bounced];
    let sent = ledger.messages(Some(wave), &sent).map_err(ledger_stop)?.len() as u64;
    summary.emails_sent = (sent > 0).then_some(sent);
    Ok(())
}

//! The ledger is what was written: the gate before whatever rests on it or adds to it.

use crate::finding::{Finding, Findings, Place, Severity};
use crate::ledger::Ledger;
use crate::matter::refusal::Refusal;
use crate::matter::seal::{ALTERED, ledger_stop};

/// Refuses a ledger of which anything but single rows is not what was written: events, seals,
/// printings, deliveries, e-mails, sums, who may send, the database's own rules.
///
/// # Errors
/// Refused, with all that was altered; the ledger cannot be read.
pub fn unaltered(ledger: &Ledger) -> Result<(), Refusal> {
    let audit = ledger.audit_briefly().map_err(ledger_stop)?;
    altered(&audit.wrong).map_or(Ok(()), Err)
}

/// Why nothing may go on with a ledger of which this is wrong; none if nothing is.
pub fn altered(wrong: &[String]) -> Option<Refusal> {
    let mut findings = Findings::default();
    for message in wrong {
        findings.push(
            Finding::new(code!("ledger.altered"), Severity::Error, message.clone())
                .at(Place::file("ledger.sqlite"))
                .remedy(ALTERED),
        );
    }
    (!wrong.is_empty()).then_some(Refusal::Refused(findings))
}

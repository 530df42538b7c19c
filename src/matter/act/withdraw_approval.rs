//! `approve --withdraw`: an approval taken back while nothing has left under it.

use crate::ledger::{Ledger, SealState};
use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::Refusal;
use crate::matter::seal::{fence, ledger_stop};
use crate::matter::work;
use crate::tables::words::count;
use serde::Serialize;

/// Which approval is taken back.
pub struct WithdrawApprovalRequest {
    pub selection: Selection,
    /// Name and role.
    pub by: String,
    pub why: String,
}

/// What was taken back.
#[derive(Serialize)]
pub struct WithdrawApprovalAnswer {
    pub wave: String,
    /// Numbers of the seals.
    pub seals: Vec<u32>,
    /// Letters printed under them: nobody may post these.
    pub printed: u64,
}

/// Takes back the approval of every seal of a wave under which nothing has left.
///
/// # Errors
/// Refused where there is none, or where something has left under the latest.
pub fn withdraw_approval(
    request: &WithdrawApprovalRequest,
) -> Result<WithdrawApprovalAnswer, Refusal> {
    let (matter, _) = Matter::open(&request.selection)?;
    let _work = work::begin(&matter.folder, "approve")?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let hold = fence::hold(&matter, &mut ledger)?;
    let wave = matter.wave().id.clone();
    let (mut open, mut out) = (Vec::new(), 0);
    for seal in ledger.seals(&wave).map_err(ledger_stop)? {
        if seal.state == SealState::Replaced {
            continue;
        }
        match ledger.went_out(&seal).map_err(ledger_stop)? {
            true => out += 1,
            false => open.push(seal),
        }
    }
    if open.is_empty() {
        let (message, remedy) = match out {
            0 => (format!("wave `{wave}` is not approved"), "nothing has to be taken back".to_owned()),
            _ => (
                format!("letters or e-mails of wave `{wave}` have left: what was approved stays approved"),
                "correct them with `noticeworks wave --kind correction`, or take people out with `noticeworks withdraw`".to_owned(),
            ),
        };
        return Err(Refusal::refused(code!("approve.nothing_to_withdraw"), message, remedy));
    }
    let mut answer = WithdrawApprovalAnswer { wave, seals: Vec::new(), printed: 0 };
    for seal in open {
        let printed = ledger.printed(seal.id).map_err(ledger_stop)?;
        answer.printed += printed.iter().map(|batch| batch.pieces).sum::<u64>();
        ledger.withdraw_seal(&seal, request.by.trim(), request.why.trim()).map_err(ledger_stop)?;
        answer.seals.push(seal.number);
    }
    hold.remember(&ledger).map_err(fence::fenced)?;
    Ok(answer)
}

impl WithdrawApprovalAnswer {
    /// What to do about letters that lie printed.
    pub fn printed_text(&self) -> Option<String> {
        (self.printed > 0).then(|| {
            format!(
                "{} printed under it must not be posted: destroy them, and tell the mail house",
                count(self.printed, "letter", "letters")
            )
        })
    }
}

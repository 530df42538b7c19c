//! The gate before sending: nothing leaves without a seal that fits, nor from a copy.

use crate::clock;
use crate::finding::{Findings, Severity};
use crate::ledger::event::SendingEarly;
use crate::ledger::{Hold, Ledger};
use crate::matter::compose::with_writer::composing;
use crate::matter::delay::{delays, longest, of_everybody};
use crate::matter::mail::outbox::{Composer, SealedMail};
use crate::matter::open::Matter;
use crate::matter::refusal::Refusal;
use crate::matter::seal::unaltered::altered;
use crate::matter::seal::{SealStanding, Sealed, fenced, hold, ledger_stop, standing, tell};
use crate::matter::watcher::Watcher;
use crate::sending::OutboxError;
use crate::tables::words::count;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What may leave, and the right to send it.
pub struct Permit {
    /// The wave's valid seals, the first first.
    pub seals: Vec<Sealed>,
    /// Why it is sent before the mail date; none on it or later.
    pub early: Option<SendingEarly>,
    pub hold: Hold,
}

/// Whether the wave's e-mails may be sent from this folder now.
///
/// # Errors
/// [`Refusal::Refused`], with every reason why not.
pub fn may_send(
    matter: &Matter,
    ledger: &mut Ledger,
    early: Option<&str>,
    watcher: &dyn Watcher,
) -> Result<Permit, Refusal> {
    match standing(matter, ledger)? {
        SealStanding::Sealed(seals) => {
            let today = clock::today();
            held(matter, &seals, today)?;
            let early = before_mail_date(matter, early, today)?;
            let hold = hold(matter, ledger)?;
            nothing_gone(matter, ledger, &hold)?;
            Ok(Permit { seals, early, hold })
        }
        SealStanding::Open { waiting } => Err(Refusal::refused(
            code!("seal.none"),
            match waiting {
                true => "a second person has yet to approve this wave: nothing is sent",
                false => "nobody has approved this wave: nothing is sent",
            },
            "review the messages (`noticeworks email` writes them), then run `noticeworks approve`",
        )),
        SealStanding::Drifted(drifted) => {
            let (sealed, drift) = *drifted;
            Err(Refusal::Refused(tell(matter, ledger, &sealed, &drift, Severity::Error, watcher)))
        }
    }
}

/// Refuses if the ledger has lost e-mails that this machine remembers it to have sent or to have
/// been about to send: a killed command leaves no event that tells of them. After an older state
/// was claimed they are in doubt instead.
fn nothing_gone(matter: &Matter, ledger: &Ledger, hold: &Hold) -> Result<(), Refusal> {
    let sent = hold.sent_here(&matter.incident.id, &matter.wave().id).map_err(fenced)?;
    let missing = ledger.missing_pieces(&sent).map_err(ledger_stop)?;
    if missing == 0 || ledger.restored().map_err(ledger_stop)?.is_some() {
        return Ok(());
    }
    let gone = count(missing, "e-mail that was", "e-mails that were");
    let message = format!("the ledger has lost {gone} sent or about to be sent");
    altered(&[message]).map_or(Ok(()), Err)
}

/// Refuses while law enforcement asked to wait with the law of anybody who would be written to.
fn held(matter: &Matter, seals: &[Sealed], today: Date) -> Result<(), Refusal> {
    let delays = delays(matter, today);
    let mut states = BTreeSet::new();
    match delays.is_empty() {
        true => return Ok(()),
        false if of_everybody(&delays) => states.extend([String::new()]),
        false => {
            for sealed in seals {
                recipients(matter, sealed, &mut states)?;
            }
        }
    }
    // A federal hold covers everybody; one of a state may end later, but who waits for one waits.
    match longest(delays, &states) {
        None => Ok(()),
        Some(delay) => {
            let mut findings = Findings::default();
            findings.push(delay.finding(Severity::Error));
            Err(Refusal::Refused(findings))
        }
    }
}

/// Adds the states of those who get an e-mail under a seal.
fn recipients(
    live: &Matter,
    sealed: &Sealed,
    states: &mut BTreeSet<String>,
) -> Result<(), Refusal> {
    let matter = sealed.matter(live)?;
    let counts = sealed.folder.statement.counts.clone();
    composing(&matter, Some(counts), &mut Findings::default(), |with| {
        let composer = Composer::new(&matter, with.intake, with.writer);
        let mail = SealedMail { composer, seal: &sealed.folder };
        mail.states(states).map_err(not_sealed)
    })
}

/// Nobody hears before the day that was approved, unless somebody says why.
fn before_mail_date(
    matter: &Matter,
    early: Option<&str>,
    today: Date,
) -> Result<Option<SendingEarly>, Refusal> {
    let (wave, mail_on) = (matter.wave().id.clone(), *matter.wave().mail_on);
    if today >= mail_on {
        return Ok(None);
    }
    match early.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => Ok(Some(SendingEarly { wave, mail_on, reason: reason.to_owned() })),
        None => Err(Refusal::refused(
            code!("email.before_mail_date"),
            format!("wave `{wave}` is to be mailed on {mail_on}, which has not come yet"),
            "wait for the day, or send now with `--early \"REASON\"`, which is recorded",
        )),
    }
}

/// A message that is not the sealed one, or a seal that cannot be read.
pub fn not_sealed(error: OutboxError) -> Refusal {
    match error {
        OutboxError::Ledger(error) => ledger_stop(error),
        OutboxError::NotSealed(why) => Refusal::refused(
            code!("seal.not_the_message"),
            why,
            "use the program version that approved it, or approve the wave anew",
        ),
    }
}

/// The ledger of the folder.
///
/// # Errors
/// It cannot be used.
pub fn ledger(matter: &Matter) -> Result<Ledger, Refusal> {
    Ledger::open(&matter.folder).map_err(ledger_stop)
}

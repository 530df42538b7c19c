//! `confirm`: what really happened to the letters, with evidence.

use crate::finding::Findings;
use crate::ledger::{Delivery, Evidence, Ledger, What};
use crate::matter::delay::{delays, longest};
use crate::matter::open::{Matter, Selection};
use crate::matter::refusal::Refusal;
use crate::matter::seal::batches::batches;
use crate::matter::seal::{Sealed, evidence, fence, ledger_stop, not_in_future, seal_stop};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What happened to which letters.
#[derive(Clone, Debug, Default)]
pub struct ConfirmRequest {
    pub selection: Selection,
    /// Batches as written, such as `1-9`; not with a piece.
    pub batch: Option<String>,
    /// One letter, by the reference on it.
    pub piece: Option<String>,
    pub posted: Option<Date>,
    pub returned: Option<Date>,
    pub remailed: Option<Date>,
    pub evidence: PathBuf,
    pub by: String,
    /// None: the latest seal of the wave.
    pub seal: Option<u32>,
}

/// What was recorded.
pub struct ConfirmAnswer {
    /// The very same was recorded before.
    pub before: bool,
    pub batches: u64,
    pub what: What,
    pub on: Date,
    pub evidence: Evidence,
    /// A hold that stood on the day.
    pub findings: Findings,
}

/// Records what happened to letters.
///
/// # Errors
/// Letters that were never printed, or of which something else is recorded; no evidence; I/O.
pub fn confirm(args: &ConfirmRequest) -> Result<ConfirmAnswer, Refusal> {
    let (what, on) = happened(args)?;
    let (matter, _) = Matter::open(&args.selection)?;
    let mut ledger = Ledger::open(&matter.folder).map_err(ledger_stop)?;
    let sealed = choose(&matter, &ledger, args.seal)?;
    not_in_future(on)?;
    let evidence = evidence(&args.evidence)?;
    let one = |batch, piece| Delivery { batch, piece, what, on, evidence: evidence.clone() };
    let known = ledger.deliveries(sealed.record.id).map_err(ledger_stop)?;
    let told: Vec<Delivery> = match (&args.batch, &args.piece) {
        (_, Some(piece)) => {
            if sealed.folder.find(piece).map_err(seal_stop)?.is_none() {
                return Err(Refusal::one(
                    code!("piece.unknown"),
                    format!("the seal has no letter `{piece}`"),
                    "write the reference as the letter prints it",
                ));
            }
            vec![one(None, Some(piece.clone()))]
        }
        (Some(_), None) if what == What::Returned => {
            return Err(Refusal::one(
                code!("confirm.one_by_one"),
                "letters come back one by one, and a batch is named",
                "name each letter with `--piece` and the reference on it, in place of `--batch`",
            ));
        }
        (text, None) => {
            let named = batches(text.as_deref().unwrap_or_default())?;
            let told: Vec<_> = named.iter().map(|batch| one(Some(*batch), None)).collect();
            let new = told.iter().filter(|one| !known.contains(one)).filter_map(|one| one.batch);
            may_be_posted(&ledger, &sealed, &named, &new.collect(), &known)?;
            told
        }
    };
    // The very same said again, as after a kill, is no second delivery.
    let deliveries: Vec<Delivery> =
        told.iter().filter(|one| !known.contains(one)).cloned().collect();
    let hold = fence::hold(&matter, &mut ledger)?;
    let record = &sealed.record;
    ledger
        .record_deliveries(record.id, &record.wave, record.number, &deliveries, args.by.trim())
        .map_err(ledger_stop)?;
    hold.remember(&ledger).map_err(fence::fenced)?;
    let findings = broken(&matter, &ledger, &sealed, &told)?;
    let (before, batches) = (deliveries.is_empty(), told.len() as u64);
    Ok(ConfirmAnswer { before, batches, what, on, evidence, findings })
}

/// Whether letters went out while law enforcement had asked to wait.
fn broken(
    matter: &Matter,
    ledger: &Ledger,
    sealed: &Sealed,
    told: &[Delivery],
) -> Result<Findings, Refusal> {
    let Some(Delivery { what, on, .. }) = told.first() else { return Ok(Findings::default()) };
    let delays = delays(matter, *on);
    if *what == What::Returned || delays.is_empty() {
        return Ok(Findings::default());
    }
    let mut batches = BTreeSet::new();
    for one in told {
        batches.extend(one.batch);
        if let Some(piece) = &one.piece {
            let place = sealed.folder.find(piece).map_err(seal_stop)?;
            let list = place.map(|(list, ..)| list).unwrap_or_default();
            batches.extend(list.strip_prefix("batch-").and_then(|n| n.parse::<u32>().ok()));
        }
    }
    let states = ledger.states_printed(sealed.record.id, Some(&batches)).map_err(ledger_stop)?;
    let delay = longest(delays, &states);
    Ok(delay
        .map(|delay| delay.broken(&format!("letters were {}", what.label()), *on))
        .unwrap_or_default())
}

fn happened(args: &ConfirmRequest) -> Result<(What, Date), Refusal> {
    let all = [
        (What::Posted, args.posted),
        (What::Returned, args.returned),
        (What::Remailed, args.remailed),
    ];
    all.into_iter().find_map(|(what, on)| Some((what, on?))).ok_or_else(|| {
        Refusal::one(
            code!("confirm.nothing"),
            "the command does not say what happened",
            "write `--posted`, `--returned` or `--remailed` with the day",
        )
    })
}

fn choose(matter: &Matter, ledger: &Ledger, number: Option<u32>) -> Result<Sealed, Refusal> {
    let mut seals = Sealed::all(matter, ledger)?;
    let at = match number {
        Some(number) => seals.iter().position(|sealed| sealed.record.number == number),
        None => seals.len().checked_sub(1),
    };
    at.map(|at| seals.swap_remove(at)).ok_or_else(|| {
        Refusal::refused(
            code!("seal.none"),
            "no such seal is valid: letters that nobody approved cannot have been mailed",
            "run `noticeworks approve` and `noticeworks letters` first",
        )
    })
}

/// Only a batch that was printed can be posted, and only once: on another day or by other evidence
/// it cannot be posted anew.
fn may_be_posted(
    ledger: &Ledger,
    sealed: &Sealed,
    named: &BTreeSet<u32>,
    new: &BTreeSet<u32>,
    known: &[Delivery],
) -> Result<(), Refusal> {
    let printed = ledger.printed(sealed.record.id).map_err(ledger_stop)?;
    let printed: BTreeSet<u32> = printed.into_iter().map(|p| p.batch).collect();
    let posted: BTreeSet<u32> = known.iter().filter_map(|d| d.batch).collect();
    let missing: Vec<_> = named.difference(&printed).map(u32::to_string).collect();
    let twice: Vec<_> = new.intersection(&posted).map(u32::to_string).collect();
    let list = |numbers: &[String]| match numbers.len() {
        0..=12 => numbers.join(", "),
        n => format!("{} and {} more", numbers[..12].join(", "), n - 12),
    };
    if !missing.is_empty() {
        return Err(Refusal::refused(
            code!("confirm.not_printed"),
            format!("not printed under this seal: batch {}", list(&missing)),
            "run `noticeworks letters`, or correct the numbers",
        ));
    }
    if !twice.is_empty() {
        return Err(Refusal::refused(
            code!("confirm.twice"),
            format!(
                "recorded otherwise before, on another day or by other evidence: batch {}",
                list(&twice)
            ),
            "leave these out",
        ));
    }
    Ok(())
}

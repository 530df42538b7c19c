//! `verify`: another reader opens the finished letters and proves them.

mod report;
mod task;
mod words;

use super::args::VerifyArgs;
use super::exit::{Doing, Ending, Stop};
use super::matter::Matter;
use super::output::{print, print_json, tell_findings};
use super::products;
use super::sealing::{ledger_stop, texts};
use super::seals;
use crate::finding::Code;
use crate::ledger::Ledger;
use crate::roster::RowSet;
use crate::verify::{self, Fault, Proof, sealed_sum};
use serde::Serialize;
use std::collections::BTreeMap;
use task::{Of, mailed, one, sealed_matter};

/// The answer, as `--json`.
#[derive(Default, Serialize)]
struct Answer {
    wave: String,
    proved: bool,
    draft: bool,
    /// The seals proved against.
    seals: Vec<Proved>,
    people: u64,
    letters: u64,
    pages: u64,
    batches: u64,
    leaves: u64,
    codes: u64,
    compared: u64,
    /// Letters whose every word stands where the sealed text has it.
    words: u64,
    /// Files whose digest is the one recorded as printed.
    recorded: u64,
    /// Events of the ledger that follow from one another.
    events: u64,
    /// Rows of all waves in the ledger, the sum of their outcomes.
    rows: u64,
    counts: BTreeMap<Code, u64>,
    faults: Vec<Fault>,
}

#[derive(Serialize)]
struct Proved {
    seal: String,
    root: String,
    letters: u64,
    leaves: u64,
}

pub fn run(args: &VerifyArgs) -> Result<Ending, Stop> {
    let (live, _) = Matter::open(&args.folder)?;
    let ledger = Ledger::look(&live.folder).map_err(ledger_stop)?;
    let wave = live.wave().id.clone();
    let seals = match (args.draft, &ledger) {
        (false, Some(ledger)) => seals::of_wave(&live, ledger, &wave)?,
        _ => Vec::new(),
    };
    if seals.is_empty() && !args.draft {
        return Err(Stop::one(
            code!("verify.not_approved"),
            format!("wave `{wave}` is not approved, so its letters are drafts"),
            "approve it first, or add --draft to verify the drafts",
        ));
    }
    let mut answer =
        Answer { wave: wave.clone(), proved: true, draft: args.draft, ..Answer::default() };
    if let Some(ledger) = &ledger {
        answer.audit(ledger)?;
    }
    if args.draft {
        let folder = products::drafts_folder(&live)?;
        let (mailed, total) = mailed(ledger.as_ref(), &wave)?;
        let of = Of { seal: None, digests: BTreeMap::new(), sums: None, mailed, total };
        answer.add(folder, one(args, &live, folder, of)?);
    }
    for seal in &seals {
        let mut broken = Vec::new();
        let (matter, sealed) = sealed_matter(args, &live, seal, &mut broken)?;
        let sums = match (&sealed, &ledger) {
            (Some(sealed), Some(ledger)) => {
                texts(&live, sealed, ledger, task::jobs(args), &sealed_sum)?
            }
            _ => None,
        };
        let folder = products::letters_folder(seal.record.number);
        let read =
            verify::Seal::open(&seal.dir).doing(|| format!("read the seal `{}`", seal.name()))?;
        if read.root != seal.record.root {
            broken.push(
                "the seal's root is not the one that the ledger recorded as approved".to_owned(),
            );
        }
        let digests = match &ledger {
            Some(ledger) => seal.printed(ledger)?,
            None => BTreeMap::new(),
        };
        answer.recorded += digests.len() as u64;
        let (root, total) = (read.root.clone(), read.count());
        let of = Of { seal: Some(read), digests, sums, mailed: RowSet::default(), total };
        let mut proof = one(args, &matter, &folder, of)?;
        for message in broken {
            proof.faults.push(Fault::new(code!("verify.seal"), message));
        }
        let (letters, leaves) = (proof.letters, proof.leaves);
        answer.seals.push(Proved { seal: seal.name(), root, letters, leaves });
        answer.add(&folder, proof);
    }
    if args.json {
        print_json(&answer)?;
    } else {
        tell_findings(&report::findings(&answer), false);
        print(&report::text(&answer))?;
    }
    Ok(if answer.proved { Ending::Fine } else { Ending::Findings })
}

impl Answer {
    /// Adds whether the ledger is what was written.
    fn audit(&mut self, ledger: &Ledger) -> Result<(), Stop> {
        let audit = ledger.audit().map_err(ledger_stop)?;
        (self.events, self.rows) = (audit.events, audit.rows);
        self.proved &= audit.holds();
        for message in audit.wrong {
            *self.counts.entry(code!("verify.ledger")).or_default() += 1;
            self.faults.push(Fault::new(code!("verify.ledger"), message));
        }
        Ok(())
    }

    /// Adds what was proved of one folder of letters.
    fn add(&mut self, folder: &str, proof: Proof) {
        self.proved &= proof.holds();
        self.people += proof.people;
        self.letters += proof.letters;
        self.pages += proof.pages;
        self.batches += proof.batches;
        self.leaves += proof.leaves;
        self.codes += proof.codes;
        self.compared += proof.compared;
        self.words += proof.words;
        for (code, many) in proof.faults.counts {
            *self.counts.entry(code).or_default() += many;
        }
        let placed =
            proof.faults.kept.into_iter().map(|fault| Fault { folder: folder.to_owned(), ..fault });
        self.faults.extend(placed);
    }
}

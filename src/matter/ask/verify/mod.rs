//! `verify`: another reader opens the finished letters and proves them.

mod task;
mod words;

use crate::finding::Code;
use crate::ledger::{Audit, Ledger};
use crate::matter::open::{Matter, Selection};
use crate::matter::products;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::earlier;
use crate::matter::seal::unaltered::altered;
use crate::matter::seal::{drafts, ledger_stop, signature, texts};
use crate::matter::watcher::Watcher;
use crate::roster::RowSet;
use crate::typeset::Laid;
use crate::verify::{self, Adder, Fault, Proof};
use serde::Serialize;
use std::collections::BTreeMap;
use task::{Collector, Of, letters_in, mailed, one, sealed_matter};

pub use crate::matter::seal::ALTERED;

/// Which letters are to be read.
pub struct VerifyRequest {
    pub selection: Selection,
    /// The drafts, not what was approved.
    pub draft: bool,
    /// Batches read at once; none for one on each processor core.
    pub jobs: Option<usize>,
}

/// What was proved, and what speaks against it.
#[derive(Default, Serialize)]
pub struct Answer {
    pub wave: String,
    pub proved: bool,
    pub draft: bool,
    /// The seals proved against.
    pub seals: Vec<Proved>,
    pub people: u64,
    pub letters: u64,
    pub pages: u64,
    pub batches: u64,
    pub leaves: u64,
    pub codes: u64,
    pub compared: u64,
    /// Letters whose every word stands where the sealed text has it.
    pub words: u64,
    /// Files whose digest is the one recorded as printed.
    pub recorded: u64,
    /// Approvers' signatures over the roots.
    pub signatures: u64,
    /// Events of the ledger that follow from one another.
    pub events: u64,
    /// Rows of all waves in the ledger, the sum of their outcomes.
    pub rows: u64,
    pub counts: BTreeMap<Code, u64>,
    pub faults: Vec<Fault>,
}

/// A seal whose letters were read.
#[derive(Serialize)]
pub struct Proved {
    pub seal: String,
    pub root: String,
    pub letters: u64,
    pub leaves: u64,
}

/// Reads the finished letters of a wave and holds them against its seals, or drafts against the
/// ledger's outcomes.
///
/// # Errors
/// The wave is not approved, or there are no letters; I/O.
pub fn verify(request: &VerifyRequest, watcher: &dyn Watcher) -> Result<Answer, Refusal> {
    let (live, _) = Matter::open(&request.selection)?;
    let ledger = Ledger::look(&live.folder).map_err(ledger_stop)?;
    let wave = live.wave().id.clone();
    let mut answer =
        Answer { wave: wave.clone(), proved: true, draft: request.draft, ..Answer::default() };
    let audit = ledger.as_ref().map(Ledger::audit).transpose().map_err(ledger_stop)?;
    let wrong = audit.map_or_else(Vec::new, |audit| answer.audit(audit));
    // Where there is nothing to read, it is the ledger that is told: it may be why.
    let unless_altered = |refusal| altered(&wrong).unwrap_or(refusal);
    let seals = match (request.draft, &ledger) {
        (false, Some(ledger)) => earlier::of_wave(&live, ledger, &wave)?,
        _ => Vec::new(),
    };
    if seals.is_empty() && !request.draft {
        return Err(unless_altered(Refusal::one(
            code!("verify.not_approved"),
            format!("wave `{wave}` is not approved, so its letters are drafts"),
            "approve it first, or add --draft to verify the drafts",
        )));
    }
    for seal in &seals {
        letters_in(&live, &products::letters_folder(seal.record.number)).map_err(unless_altered)?;
    }
    if request.draft {
        let folder = products::drafts_folder(&live)?;
        letters_in(&live, folder).map_err(unless_altered)?;
        let (mailed, total) = mailed(ledger.as_ref(), &wave)?;
        let collector = Collector::default();
        let sums = drafts(
            &live,
            task::jobs(request),
            &|a, text, laid| collector.sum(a, text, laid),
            watcher,
        )?;
        let composed = Some(collector.with(sums));
        let of = Of { seal: None, digests: BTreeMap::new(), composed, mailed, total };
        answer.add(folder, one(request, &live, folder, of, watcher)?);
    }
    for seal in &seals {
        let mut broken = Vec::new();
        let (matter, sealed) = sealed_matter(request, &live, seal, &mut broken)?;
        let collector = Collector::default();
        let sums = match (&sealed, &ledger) {
            (Some(sealed), Some(ledger)) => {
                let sum =
                    |adder: &mut Adder, text: &str, laid: &Laid| collector.sum(adder, text, laid);
                texts(&live, sealed, ledger, task::jobs(request), &sum, watcher)?
            }
            _ => None,
        };
        let composed = sums.map(|sums| collector.with(sums));
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
        let of = Of { seal: Some(read), digests, composed, mailed: RowSet::default(), total };
        let mut proof = one(request, &matter, &folder, of, watcher)?;
        for message in broken {
            proof.faults.push(Fault::new(code!("verify.seal"), message));
        }
        if let Some(ledger) = &ledger {
            let approvals = ledger.approvals(&seal.record.root).map_err(ledger_stop)?;
            let wrong = signature::wrong(&seal.dir, &approvals)
                .doing(|| format!("read the seal `{}`", seal.name()))?;
            for (_, message) in wrong {
                proof.faults.push(Fault::new(code!("verify.signature"), message));
            }
            let signed = approvals.iter().filter(|approval| approval.signature.is_some());
            answer.signatures += signed.count() as u64;
        }
        let (letters, leaves) = (proof.letters, proof.leaves);
        answer.seals.push(Proved { seal: seal.name(), root, letters, leaves });
        answer.add(&folder, proof);
    }
    Ok(answer)
}

impl Answer {
    /// Adds whether the ledger is what was written; what is not.
    fn audit(&mut self, audit: Audit) -> Vec<String> {
        (self.events, self.rows) = (audit.events, audit.rows);
        self.proved &= audit.holds();
        for message in &audit.wrong {
            *self.counts.entry(code!("verify.ledger")).or_default() += 1;
            self.faults.push(Fault::new(code!("verify.ledger"), message.clone()));
        }
        audit.wrong
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

//! Every letter tried before any is made: glyphs, address block, codes. Whose letter cannot be
//! set is held, and every row's outcome goes into the ledger.
//!
//! Workers try blocks of people, this thread deals codes and holds, in the spool's order, and one
//! thread owns the ledger; all at once.

use crate::finding::{Finding, Findings, Severity};
use crate::ledger::{Ledger, LedgerError};
use crate::letters::CodePools;
use crate::letters::{Writer, cannot_be_set, other_format};
use crate::matter::keys::RecordKey;
use crate::matter::open::Matter;
use crate::matter::people::intake::{Intake, NOT_DELEGATED, WITHDRAWN, spool_stop};
use crate::matter::refusal::Refusal;
use crate::matter::seal::{fence, ledger_stop};
use crate::plan::Outcome;
use crate::roster::{Person, Standing};
use crate::typeset::{Clearance, FontSet, Gauge, Style, Typesetter};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, mpsc};
use std::thread;

/// Addresses set in type before the words of names are forgotten.
const WORDS_OF: usize = 1_000;

/// One row on its way into the ledger.
struct TriedRow {
    row: u64,
    key: RecordKey,
    outcome: Outcome,
    reason: Option<&'static str>,
}

/// The way of rows to the ledger's thread.
type ToLedger = mpsc::SyncSender<Vec<TriedRow>>;

/// What a worker remembers.
struct Trial {
    gauge: Gauge,
    typesetter: Typesetter,
    set: usize,
}

/// What a worker found out about a block: a verdict for each person.
struct Tried {
    people: Vec<Person>,
    verdicts: Vec<LetterVerdict>,
}

struct LetterVerdict {
    key: RecordKey,
    planned: Outcome,
    /// Why the letter cannot go out whatever its code.
    fault: Option<Box<Finding>>,
    /// Worth knowing about a letter that goes out.
    notes: Vec<Finding>,
    needs_code: bool,
}

impl Intake {
    /// Tries every letter's glyphs and address block, holds what does not fit, and records every
    /// row's outcome in the ledger, whose constraint is rows = sum of outcomes.
    ///
    /// # Errors
    /// I/O of the spool or the ledger.
    pub fn settle(
        &mut self,
        matter: &Matter,
        writer: &Writer<'_>,
        fonts: &Arc<FontSet>,
        findings: &mut Findings,
    ) -> Result<(), Refusal> {
        recording(matter, self.rows, &mut |to_ledger| {
            // A ledger that is gone says itself why.
            let mut send = |rows| drop(to_ledger.send(rows));
            self.try_all(matter, writer, fonts, findings, &mut send)
        })?;
        self.finish_findings(matter)
    }

    /// Counts as held whose letter cannot be set, as [`Intake::settle`] did, and writes nothing.
    ///
    /// # Errors
    /// I/O of the spool.
    pub fn settle_again(
        &mut self,
        matter: &Matter,
        writer: &Writer<'_>,
        fonts: &Arc<FontSet>,
    ) -> Result<(), Refusal> {
        self.try_all(matter, writer, fonts, &mut Findings::default(), &mut drop)
    }

    fn try_all(
        &mut self,
        matter: &Matter,
        writer: &Writer<'_>,
        fonts: &Arc<FontSet>,
        findings: &mut Findings,
        send: &mut dyn FnMut(Vec<TriedRow>),
    ) -> Result<(), Refusal> {
        let style = Style::default();
        let method = self.method.clone();
        let start = || Trial {
            gauge: Gauge::new(fonts, &style),
            typesetter: Typesetter::new(fonts.clone(), style.clone()),
            set: 0,
        };
        let work = |trial: &mut Trial, people: Vec<Person>| {
            let verdicts =
                people.iter().map(|p| trial.verdict(p, method.outcome(p, matter), matter, writer));
            let verdicts = verdicts.collect();
            Tried { people, verdicts }
        };
        let spool = self.spool.clone();
        let codes = std::mem::take(&mut self.codes);
        let mut dealer = codes.dealer(writer);
        let mut dealt = HashSet::new();
        self.held.clear();
        let tried = {
            let mut gather = |tried: Tried| {
                let mut rows = Vec::with_capacity(tried.people.len());
                for (mut person, mut verdict) in tried.people.into_iter().zip(tried.verdicts) {
                    let planned = verdict.planned;
                    if planned.mails() || method.emails(&person, planned, matter) {
                        dealer.deal(&mut person);
                    }
                    let fault = match verdict.fault.take() {
                        // Without elements nothing else matters; a code comes before the rest.
                        Some(fault) if person.elements.is_empty() => Some(fault),
                        other if verdict.needs_code => {
                            code_fault(&person, writer, &codes, &mut dealt).map(Box::new).or(other)
                        }
                        other => other,
                    };
                    let mut outcome = verdict.planned;
                    let reason = match fault {
                        Some(fault) => {
                            let reason = fault.code.as_str();
                            outcome = Outcome::Held;
                            self.set_aside(&person, *fault, matter, findings)?;
                            Some(reason)
                        }
                        None => {
                            for note in verdict.notes {
                                findings.push(self.at_row(note, &person));
                            }
                            let reason = self.reason(&person, outcome, matter);
                            if let (Some(code), Outcome::Held) = (reason, outcome) {
                                *self.held.entry(code).or_default() += 1;
                            }
                            reason
                        }
                    };
                    rows.push(TriedRow { row: person.row, key: verdict.key, outcome, reason });
                }
                send(rows);
                Ok(())
            };
            spool.each_block(&start, &work, &mut gather).map(drop)
        };
        drop(dealer);
        self.codes = codes;
        tried
    }

    /// Records every row's outcome anew.
    ///
    /// # Errors
    /// I/O of the spool or the ledger.
    pub fn record(&self, matter: &Matter) -> Result<(), Refusal> {
        let work = |(): &mut (), people: Vec<Person>| -> Vec<TriedRow> {
            let row = |person: &Person| {
                let outcome = self.outcome(person, matter);
                let key = matter.key(&person.record_id);
                let reason = self.reason(person, outcome, matter);
                TriedRow { row: person.row, key, outcome, reason }
            };
            people.iter().map(row).collect()
        };
        recording(matter, self.rows, &mut |to_ledger| {
            let mut gather = |rows| {
                let _ = to_ledger.send(rows);
                Ok(())
            };
            self.spool.each_block(&|| (), &work, &mut gather).map(drop)
        })
    }

    fn reason(&self, person: &Person, outcome: Outcome, matter: &Matter) -> Option<&'static str> {
        if self.method.is_withdrawn(person, matter) {
            return Some(WITHDRAWN);
        }
        self.unfit.get(&person.row).copied().or(match person.standing {
            Standing::Held(code) | Standing::Excluded(code) => Some(code.as_str()),
            // The row itself is sound: who writes to these people is open, or not the sender.
            _ if outcome == Outcome::Held => Some(NOT_DELEGATED),
            _ => None,
        })
    }
}

impl Trial {
    fn verdict(
        &mut self,
        person: &Person,
        planned: Outcome,
        matter: &Matter,
        writer: &Writer<'_>,
    ) -> LetterVerdict {
        let mut verdict = LetterVerdict {
            key: matter.key(&person.record_id),
            planned,
            fault: None,
            notes: Vec::new(),
            needs_code: false,
        };
        if !planned.mails() && !planned.emails() {
            return verdict;
        }
        verdict.needs_code = writer.needs_code(person);
        let fits = match writer.says_what(person) {
            Ok(()) if planned.mails() => self.fits(person, writer),
            Ok(()) => Ok(None),
            Err(fault) => Err(fault),
        };
        match fits {
            Ok(note) => {
                verdict.notes.extend(note);
                verdict.notes.extend(writer.not_in_own_language(person));
                verdict.notes.extend(other_format(person));
            }
            Err(fault) => verdict.fault = Some(Box::new(fault)),
        }
        verdict
    }

    /// Whether name and address can be set in the window, and what is worth knowing about it.
    fn fits(&mut self, person: &Person, writer: &Writer<'_>) -> Result<Option<Finding>, Finding> {
        let lines = writer.addressee(person)?;
        if self.gauge.surely_shows(&lines) {
            return Ok(None);
        }
        self.set += 1;
        if self.set.is_multiple_of(WORDS_OF) {
            self.typesetter.clear_personal();
        }
        match self.typesetter.address(&lines) {
            Ok(fit) => {
                let at_rest = fit.clearance == Clearance::AtRest;
                Ok(at_rest.then(|| clear_at_rest(fit.lines.len())))
            }
            Err(error) => Err(cannot_be_set(&error)),
        }
    }
}

/// Opens the ledger in a thread of its own and records what `send` sends.
fn recording(
    matter: &Matter,
    rows: u64,
    send: &mut dyn FnMut(&ToLedger) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    matter.keys.not_lost()?;
    thread::scope(|scope| {
        let (to_ledger, given) = mpsc::sync_channel::<Vec<TriedRow>>(8);
        let ledger = scope.spawn(move || -> Result<(), LedgerError> {
            let mut ledger = Ledger::open(&matter.folder)?;
            fence::identify(&matter.folder, &mut ledger);
            matter.keys.keep(&matter.folder, &mut ledger)?;
            let given = given.into_iter().flatten();
            let given = given.map(|row| (row.row, row.key, row.outcome.label(), row.reason));
            ledger.record_outcomes(&matter.wave().id, rows, given)
        });
        let sent = send(&to_ledger);
        drop(to_ledger);
        let recorded = match ledger.join() {
            Ok(recorded) => recorded,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        // What was not sent did not add up: the first error is the cause.
        sent?;
        recorded.map_err(ledger_stop)
    })
}

impl From<crate::roster::SpoolError> for Refusal {
    fn from(error: crate::roster::SpoolError) -> Self {
        spool_stop(error)
    }
}

/// An address of so many lines that the first may slip out of the window when the letter rides up.
fn clear_at_rest(lines: usize) -> Finding {
    Finding::new(
        code!("letter.address_clear_at_rest"),
        Severity::Note,
        format!("an address of {lines} lines shows whole only while the letter rests on the envelope's lower edge"),
    )
    .remedy("ask the mail house for a tap test, or shorten the address")
}

/// A code that is missing, or that another person has already; 8 bytes a code.
fn code_fault(
    person: &Person,
    writer: &Writer<'_>,
    pools: &CodePools,
    codes: &mut HashSet<u64>,
) -> Option<Finding> {
    if let Err(missing) = writer.sound(person) {
        return Some(missing);
    }
    let mut hash = DefaultHasher::new();
    person.activation_code.hash(&mut hash);
    let message = match (codes.insert(hash.finish()), pools.is_anothers(person)) {
        (_, true) => "a person of another wave has the same activation code",
        (false, _) => "another person has the same activation code",
        (true, false) => return None,
    };
    Some(
        Finding::new(code!("code.twice"), Severity::Held, message)
            .remedy("ask the vendor for a code that differs and write it into the roster"),
    )
}

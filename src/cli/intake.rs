//! The roster taken in: spool written, everybody counted, every row's outcome recorded.

use super::exit::{Doing, Stop};
use super::matter::Matter;
use crate::finding::{Finding, Findings, Place};
use crate::ledger::Ledger;
use crate::letters::{Writer, cannot_be_set};
use crate::plan::{Cube, Outcome, outcome};
use crate::roster::{self, IntakeError, Person, Spool, SpoolError, Standing};
use crate::typeset::{FontSet, Style, Typesetter};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// The reason of rows whose covered entity has not asked the sender to write.
const NOT_DELEGATED: &str = "delegation.individual";

/// The people of a wave, ready for every product.
pub struct Intake {
    pub rows: u64,
    pub spool: Spool,
    pub cube: Cube,
    /// Rows whose letter cannot be set, with the finding's code.
    unfit: BTreeMap<u64, &'static str>,
}

impl Intake {
    /// Reads the roster, writes the spool and findings.csv, and counts everybody.
    ///
    /// # Errors
    /// A roster that cannot be used as a whole; I/O.
    pub fn read(matter: &Matter, findings: &mut Findings, show_values: bool) -> Result<Self, Stop> {
        let findings_csv = matter.out.join("findings.csv");
        let mail_on = *matter.wave().mail_on;
        let majority = |state: &str| matter.pack.majority(state, mail_on);
        let earlier = super::waves::earlier(matter, findings)?;
        let options = roster::Options {
            as_of: mail_on,
            majority: &majority,
            findings_csv: Some(&findings_csv),
            show_values,
            earlier: &earlier,
        };
        let read = roster::read(&matter.folder, &matter.incident, matter.wave(), &options);
        let read = read.map_err(|error| match error {
            IntakeError::Refused(findings) => Stop::Configuration(findings),
            IntakeError::Io { path, source } => {
                Stop::Io { what: format!("work with `{}`", path.display()), error: source }
            }
        })?;
        findings.extend(read.findings);
        let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
        let mut cube = Cube::default();
        for person in spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            cube.add(&person, outcome(&person, &matter.incident));
        }
        Ok(Self { rows: read.rows, spool, cube, unfit: BTreeMap::new() })
    }

    /// What is planned for a person, letters that cannot be set taken into account.
    pub fn outcome(&self, person: &Person, matter: &Matter) -> Outcome {
        let planned = outcome(person, &matter.incident);
        match self.unfit.contains_key(&person.row) {
            true if planned.mails() || planned.emails() => Outcome::Held,
            _ => planned,
        }
    }

    /// Everybody, in spool order.
    ///
    /// # Errors
    /// The spool cannot be read.
    pub fn people(&self) -> Result<impl Iterator<Item = io::Result<Person>> + Send + use<>, Stop> {
        let people = self.spool.people().map_err(spool_stop)?;
        Ok(people.map(|person| person.map_err(io::Error::other)))
    }

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
    ) -> Result<(), Stop> {
        let mut typesetter = Typesetter::new(fonts.clone(), Style::default());
        let mut held = Vec::new();
        for (n, person) in self.spool.people().map_err(spool_stop)?.enumerate() {
            let person = person.map_err(spool_stop)?;
            if !outcome(&person, &matter.incident).mails() {
                continue;
            }
            if let Some(finding) = unfit(&person, writer, &mut typesetter) {
                held.push((person, finding));
            }
            // Words of names and addresses set so far need not be kept for eight million rows.
            if n % 1_000 == 999 {
                typesetter.clear_personal();
            }
        }
        self.set_aside(held, matter, findings)?;
        self.record(matter)
    }

    /// Holds rows whose letter could not be composed after all, and records anew.
    ///
    /// # Errors
    /// I/O of the spool or the ledger.
    pub fn hold(
        &mut self,
        held: Vec<(Person, Finding)>,
        matter: &Matter,
        findings: &mut Findings,
    ) -> Result<(), Stop> {
        if held.is_empty() {
            return Ok(());
        }
        self.set_aside(held, matter, findings)?;
        self.record(matter)
    }

    /// Counts these rows as held and adds their findings to those of the roster.
    fn set_aside(
        &mut self,
        held: Vec<(Person, Finding)>,
        matter: &Matter,
        findings: &mut Findings,
    ) -> Result<(), Stop> {
        if held.is_empty() {
            return Ok(());
        }
        let mut added = Vec::new();
        for (person, finding) in held {
            let planned = self.outcome(&person, matter);
            self.cube.reassign(&person, planned, Outcome::Held);
            self.unfit.insert(person.row, finding.code);
            let mut finding = at_row(finding, &person, matter);
            if person.address.kind == roster::AddressKind::Protected {
                finding.value = None;
            }
            added.push(finding);
        }
        let path = matter.out.join("findings.csv");
        roster::add_findings(&path, &added, *matter.wave().mail_on)
            .doing(|| format!("write `{}`", path.display()))?;
        added.into_iter().for_each(|finding| findings.push(finding));
        Ok(())
    }

    fn record(&self, matter: &Matter) -> Result<(), Stop> {
        let doing = || "record outcomes in `ledger.sqlite`".to_owned();
        let mut ledger = Ledger::open(&matter.folder).map_err(io::Error::other).doing(doing)?;
        let mut failed = None;
        let people = self.spool.people().map_err(spool_stop)?;
        let people = people.map_while(|person| match person {
            Ok(person) => Some(person),
            Err(error) => {
                failed = Some(error);
                None
            }
        });
        let rows = people.map(|person| {
            let planned = self.outcome(&person, matter);
            let reason = self.unfit.get(&person.row).copied().or(match person.standing {
                Standing::Held(code) | Standing::Excluded(code) => Some(code),
                // The row itself is sound: who writes to these people is open, or not the sender.
                _ if planned == Outcome::Held => Some(NOT_DELEGATED),
                _ => None,
            });
            (person.row, key(&matter.incident.id, &person.record_id), planned.label(), reason)
        });
        let recorded = ledger.record_outcomes(&matter.wave().id, self.rows, rows);
        if let Some(error) = failed {
            return Err(spool_stop(error));
        }
        recorded.map_err(io::Error::other).doing(doing)
    }
}

/// Why a letter cannot be set for this person, if so: a character without a glyph, an address
/// that does not fit the window.
fn unfit(person: &Person, writer: &Writer<'_>, typesetter: &mut Typesetter) -> Option<Finding> {
    let frame = match writer.frame(person) {
        Ok(frame) => frame,
        Err(finding) => return Some(finding),
    };
    match typesetter.address(&frame.addressee) {
        Ok(_) => None,
        Err(error) => Some(cannot_be_set(&error)),
    }
}

/// Says which row a finding about a person's letter is of.
pub fn at_row(finding: Finding, person: &Person, matter: &Matter) -> Finding {
    match finding.place {
        Some(_) => finding,
        None => finding.at(Place::row(&matter.wave().roster, person.row)),
    }
}

/// An opaque key of a record: the ledger holds no personal value.
fn key(incident: &str, record_id: &str) -> String {
    let mut hash = Sha256::new();
    hash.update((incident.len() as u64).to_be_bytes());
    hash.update(incident);
    hash.update(record_id);
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// A spool that cannot be read stops the command.
pub fn spool_stop(error: SpoolError) -> Stop {
    Stop::Io { what: "read the spool".into(), error: io::Error::other(error) }
}

//! The roster taken in: spool written, everybody counted, every row's outcome recorded.

use super::exit::{Doing, Stop};
use super::matter::Matter;
use super::method::Method;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::ledger::Ledger;
use crate::letters::{CodePools, Kinds, Writer, cannot_be_set};
use crate::plan::{Cell, Cube, Outcome};
use crate::roster::{self, IntakeError, People, Person, Spool, SpoolError, Standing};
use crate::typeset::{Clearance, FontSet, Style, Typesetter};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::Arc;

/// The reason of rows whose covered entity has not asked the sender to write.
const NOT_DELEGATED: &str = "delegation.individual";

/// A person with the code they were dealt.
pub struct Addressed<'i> {
    pub person: Person,
    /// File and line of the code.
    pub code: Option<(&'i str, u32)>,
}

/// The people of a wave, ready for every product.
pub struct Intake {
    pub rows: u64,
    pub spool: Spool,
    pub cube: Cube,
    /// The same people with their language.
    pub kinds: Kinds,
    /// Enrolment codes that come from files.
    codes: CodePools,
    /// Rows whose letter cannot be set, with the finding's code.
    unfit: BTreeMap<u64, &'static str>,
    method: Method,
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
        Self::open(matter, findings)
    }

    /// Takes in what `check` made of the roster: the spool, not the roster again.
    ///
    /// # Errors
    /// There is no spool, it is not what was written, or the incident's lists changed; I/O.
    pub fn open(matter: &Matter, findings: &mut Findings) -> Result<Self, Stop> {
        let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
        let mut method = Method::load(matter)?;
        spool.fits(&matter.incident).map_err(spool_stop)?;
        let (mut cube, mut kinds) = (Cube::default(), Kinds::new());
        for person in spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            let outcome = method.outcome(&person, matter);
            cube.add(&person, outcome);
            if outcome.mails() || outcome.emails() {
                *kinds.entry(kind(&person, outcome)).or_default() += 1;
            }
        }
        method.counted(&cube);
        let codes = CodePools::load(&matter.folder, &matter.incident, findings);
        let rows = spool.info().rows;
        Ok(Self { rows, spool, cube, kinds, codes, unfit: BTreeMap::new(), method })
    }

    /// What is planned for a person, letters that cannot be set taken into account.
    pub fn outcome(&self, person: &Person, matter: &Matter) -> Outcome {
        let planned = self.method.outcome(person, matter);
        match self.unfit.contains_key(&person.row) {
            true if planned.mails() || planned.emails() => Outcome::Held,
            _ => planned,
        }
    }

    /// Whether a person gets an e-mail.
    pub fn emails(&self, person: &Person, matter: &Matter) -> bool {
        !self.unfit.contains_key(&person.row)
            && self.method.emails(person, self.outcome(person, matter), matter)
    }

    /// Every row of the spool.
    ///
    /// # Errors
    /// The spool cannot be read.
    pub fn everybody(&self) -> Result<People, Stop> {
        self.spool.people().map_err(spool_stop)
    }

    /// Everybody who is to be written to, held rows included, in spool order and with the codes
    /// of the pools dealt: a code stays with its row when another is held.
    ///
    /// # Errors
    /// The spool cannot be read.
    pub fn people<'i>(
        &'i self,
        matter: &'i Matter,
        writer: &'i Writer<'i>,
    ) -> Result<impl Iterator<Item = Result<Addressed<'i>, SpoolError>> + Send, Stop> {
        let mut dealer = self.codes.dealer(writer);
        let people = self.spool.people().map_err(spool_stop)?;
        Ok(people.filter_map(move |person| {
            let mut person = match person {
                Ok(person) => person,
                Err(error) => return Some(Err(error)),
            };
            let planned = self.method.outcome(&person, matter);
            if !planned.mails() && !self.method.emails(&person, planned, matter) {
                return None;
            }
            let code = dealer.deal(&mut person);
            Some(Ok(Addressed { person, code }))
        }))
    }

    /// Whether codes come from files.
    pub fn deals_codes(&self) -> bool {
        !self.codes.is_empty()
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
        let held = self.fit(matter, writer, fonts, findings)?;
        self.set_aside(held, matter, findings)?;
        self.record(matter)
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
    ) -> Result<(), Stop> {
        for (person, finding) in self.fit(matter, writer, fonts, &mut Findings::default())? {
            self.reassign_held(&person, &finding, matter);
        }
        Ok(())
    }

    /// Everybody whose letter cannot be set, with the reason.
    fn fit(
        &self,
        matter: &Matter,
        writer: &Writer<'_>,
        fonts: &Arc<FontSet>,
        findings: &mut Findings,
    ) -> Result<Vec<(Person, Finding)>, Stop> {
        let mut typesetter = Typesetter::new(fonts.clone(), Style::default());
        let mut held = Vec::new();
        let mut codes = HashSet::new();
        for (n, addressed) in self.people(matter, writer)?.enumerate() {
            let person = addressed.map_err(spool_stop)?.person;
            let mails = self.outcome(&person, matter).mails();
            let finding = writer
                .sound(&person)
                .err()
                .or_else(|| code_twice(&person, writer, &mut codes))
                .or_else(|| unfit(&person, mails, matter, writer, &mut typesetter, findings));
            if let Some(finding) = finding {
                held.push((person, finding));
            } else if let Some(finding) = writer.not_in_own_language(&person) {
                findings.push(at_row(finding, &person, matter));
            }
            // Words of names and addresses set so far need not be kept for eight million rows.
            if n % 1_000 == 999 {
                typesetter.clear_personal();
            }
        }
        Ok(held)
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
            self.reassign_held(&person, &finding, matter);
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

    fn reassign_held(&mut self, person: &Person, finding: &Finding, matter: &Matter) {
        let planned = self.outcome(person, matter);
        self.cube.reassign(person, planned, Outcome::Held);
        self.unfit.insert(person.row, finding.code);
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
fn unfit(
    person: &Person,
    mails: bool,
    matter: &Matter,
    writer: &Writer<'_>,
    typesetter: &mut Typesetter,
    findings: &mut Findings,
) -> Option<Finding> {
    if !mails {
        return None;
    }
    let frame = match writer.frame(person) {
        Ok(frame) => frame,
        Err(finding) => return Some(finding),
    };
    match typesetter.address(&frame.addressee) {
        Ok(fit) => {
            if fit.clearance == Clearance::AtRest {
                findings.push(at_row(clear_at_rest(fit.lines.len()), person, matter));
            }
            None
        }
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

/// An address of so many lines that the first may slip out of the window when the letter rides up.
fn clear_at_rest(lines: usize) -> Finding {
    Finding::new(
        "letter.address_clear_at_rest",
        Severity::Note,
        format!("an address of {lines} lines shows whole only while the letter rests on the envelope's lower edge"),
    )
    .remedy("ask the mail house for a tap test, or shorten the address")
}

/// A code of the roster that another person has already; 8 bytes a code.
fn code_twice(person: &Person, writer: &Writer<'_>, codes: &mut HashSet<u64>) -> Option<Finding> {
    if !writer.needs_code(person) {
        return None;
    }
    let mut hash = DefaultHasher::new();
    person.activation_code.hash(&mut hash);
    if codes.insert(hash.finish()) {
        return None;
    }
    let message = "another person has the same activation code";
    Some(
        Finding::new("code.twice", Severity::Held, message)
            .remedy("ask the vendor for a code that differs and write it into the roster"),
    )
}

/// What a person's letter turns on.
fn kind(person: &Person, outcome: Outcome) -> (Cell, String) {
    let cell = Cell {
        entity: person.entity,
        strand: person.strand,
        jurisdiction: person.jurisdiction.clone(),
        elements: person.elements,
        population: person.population,
        recipient: person.recipient,
        outcome,
    };
    (cell, person.language.clone())
}

/// An opaque key of a record: the ledger holds no personal value.
pub fn key(incident: &str, record_id: &str) -> String {
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

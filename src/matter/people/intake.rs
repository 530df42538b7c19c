//! The roster taken in: spool written, everybody counted, every row's outcome recorded.

use crate::filings::Reach;
use crate::finding::{Finding, Findings, Place};
use crate::folder::OutFolder;
use crate::incident::EntityIx;
use crate::letters::{CodePools, Kinds, Writer};
use crate::matter::open::Matter;
use crate::matter::people::census::Census;
use crate::matter::people::channel::Method;
use crate::matter::people::given_codes;
use crate::matter::people::headcount::MadeOf;
use crate::matter::people::kept_counts::KeptCounts;
use crate::matter::people::returned;
use crate::matter::people::taking::{How, Taken, counted, summed, take};
use crate::matter::people::waves::{Earlier, earlier, reach_of};
use crate::matter::products::{FINDINGS, claim_outputs};
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::summary::RosterRows;
use crate::plan::{Cube, Outcome};
use crate::roster::{
    self, Again, Differs, FindingsFile, IntakeError, People, Person, Spool, SpoolError,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// The reason of rows whose covered entity has not asked the sender to write.
pub const NOT_DELEGATED: &str = code!("delegation.individual").as_str();

/// The reason of rows whose people were withdrawn: they turned out not to be affected.
pub const WITHDRAWN: &str = code!("person.withdrawn").as_str();

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
    /// Everybody affected so far, the people of earlier waves included, each counted once. Rows by
    /// outcome are those of this wave.
    pub cube: Cube,
    /// This wave's people by all that their letters turn on.
    pub kinds: Kinds,
    /// Enrollment codes that come from files.
    pub codes: CodePools,
    /// Rows whose letter cannot be set, with the finding's code.
    pub unfit: BTreeMap<u64, &'static str>,
    /// Held rows by the code that holds them, as the ledger has it; known once letters were tried.
    pub held: BTreeMap<&'static str, u64>,
    /// The findings of every row while further ones may come.
    pub file: Option<FindingsFile>,
    /// Who of the earlier waves is counted with this one.
    again: Again,
    earlier: Earlier,
    pub method: Arc<Method>,
    /// By wave mailed so far, whose people it writes to.
    pub reached: BTreeMap<String, Reach>,
}

impl Intake {
    /// Reads the roster, writes the spool and findings.csv, and counts everybody.
    ///
    /// # Errors
    /// A roster that cannot be used as a whole; I/O.
    pub fn read(
        matter: &Matter,
        findings: &mut Findings,
        show_values: bool,
    ) -> Result<Self, Refusal> {
        claim_outputs(&matter.out, &FINDINGS)?;
        let findings_csv = OutFolder(&matter.out).findings();
        let made_of = MadeOf::read(matter)?;
        let how = How { findings_csv: Some(&findings_csv), show_values, asked_in: None };
        let Taken { read, census, method, earlier } = take(matter, findings, &how)?;
        let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
        made_of.keep(&spool)?;
        given_codes::keep(matter)?;
        Self::new(matter, spool, method, vec![census], read.again, earlier, read.file, findings)
    }

    /// Takes in what `check` made of the roster: the spool, not the roster again.
    ///
    /// # Errors
    /// There is no spool, it is not what was written, or the incident's lists changed; I/O.
    pub fn open(matter: &Matter, findings: &mut Findings) -> Result<Self, Refusal> {
        let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
        let method = Method::load(matter)?;
        spool.fits(&matter.incident).map_err(spool_stop)?;
        let earlier = earlier(matter, findings)?;
        let again = earlier.seen_again(matter, &spool)?;
        let count = |census: &mut Census, people: Vec<Person>| {
            for person in &people {
                counted(census, person, &method, matter, &again, &earlier);
            }
        };
        let censuses =
            spool.each_block(&|| Census::of(matter.incident.entities.len()), &count, &mut |()| {
                Ok::<_, SpoolError>(())
            });
        let censuses = censuses.map_err(spool_stop)?;
        Self::new(matter, spool, method, censuses, again, earlier, None, findings)
    }

    /// Takes in what was counted last, without reading anybody.
    ///
    /// # Errors
    /// There is no spool; the ledger cannot be read.
    pub fn as_counted(matter: &Matter, counted: &KeptCounts) -> Result<Self, Refusal> {
        let spool = Spool::open(&matter.folder, &matter.wave().id).map_err(spool_stop)?;
        let cube = counted.cube();
        let mut method = Method::load(matter)?;
        method.counted(&cube);
        // Counts are kept for a wave that has none before it.
        let reached = BTreeMap::from([(matter.wave().id.clone(), reach_of(&cube))]);
        let unfit = counted.unfit().map(|row| (row, "letter")).collect();
        Ok(Self {
            rows: spool.info().rows,
            spool,
            cube,
            kinds: Kinds::new(),
            codes: CodePools::default(),
            unfit,
            held: counted.held(),
            file: None,
            again: Again::default(),
            earlier: Earlier::default(),
            method: Arc::new(method),
            reached,
        })
    }

    #[expect(clippy::too_many_arguments, reason = "what an intake is made of")]
    fn new(
        matter: &Matter,
        spool: Spool,
        mut method: Method,
        censuses: Vec<Census>,
        again: Again,
        earlier: Earlier,
        file: Option<FindingsFile>,
        findings: &mut Findings,
    ) -> Result<Self, Refusal> {
        let (cube, kinds, reached) = summed(matter, censuses, &again, &earlier)?;
        method.counted(&cube);
        let method = Arc::new(method);
        let codes =
            CodePools::load(&matter.folder, &matter.incident, given_codes::kept(matter)?, findings);
        let (rows, unfit, held) = (spool.info().rows, BTreeMap::new(), BTreeMap::new());
        Ok(Self {
            rows,
            spool,
            cube,
            kinds,
            codes,
            unfit,
            held,
            file,
            again,
            earlier,
            method,
            reached,
        })
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
    pub fn everybody(&self) -> Result<People, Refusal> {
        self.spool.people().map_err(spool_stop)
    }

    /// Everybody whom the cube counts, the people of earlier waves first, each with their planned
    /// or recorded outcome, and in what they differ from what they were told; rows that stand for
    /// nobody besides.
    ///
    /// # Errors
    /// A spool cannot be read; whatever error `each` gives.
    pub fn everybody_counted(
        &self,
        matter: &Matter,
        each: &mut dyn FnMut(&Person, Outcome, Option<Differs>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.earlier.each(matter, &self.again, each)?;
        for person in self.everybody()? {
            let person = person.map_err(spool_stop)?;
            if self.method.counts(&person, matter) {
                let outcome = self.outcome(&person, matter);
                each(&person, self.method.counted_as(&person, outcome, matter), None)?;
            }
        }
        Ok(())
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
    ) -> Result<impl Iterator<Item = Result<Addressed<'i>, SpoolError>> + Send, Refusal> {
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

    /// Everybody of the waves so far who was to be written to and does not stand in a later one
    /// again: the wave, who they are by what is known now, and in what that differs from what they
    /// were told.
    ///
    /// # Errors
    /// A spool cannot be read.
    pub fn each_told(
        &self,
        matter: &Matter,
        each: &mut dyn FnMut(&str, &Person, Option<Differs>),
    ) -> Result<(), Refusal> {
        self.earlier.each_told(matter, &self.again, each)?;
        for person in self.everybody()? {
            let person = person.map_err(spool_stop)?;
            let outcome = self.method.outcome(&person, matter);
            if outcome.mails() || outcome.emails() {
                each(&matter.wave().id, &person, None);
            }
        }
        Ok(())
    }

    /// Letters of all waves so far that came back, by covered entity.
    pub fn returned(&self) -> BTreeMap<EntityIx, u64> {
        returned::sum(self.method.returned(), self.earlier.returned())
    }

    /// Whether codes come from files.
    pub fn deals_codes(&self) -> bool {
        !self.codes.is_empty()
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
    ) -> Result<(), Refusal> {
        if held.is_empty() {
            return Ok(());
        }
        let path = OutFolder(&matter.out).findings();
        let doing = || format!("write `{}`", path.display());
        self.file = Some(FindingsFile::reopen(&path).doing(doing)?);
        for (person, finding) in held {
            self.set_aside(&person, finding, matter, findings)?;
        }
        self.finish_findings(matter)?;
        self.record(matter)
    }

    /// Counts a row as held and adds its finding to those of the roster.
    pub fn set_aside(
        &mut self,
        person: &Person,
        finding: Finding,
        matter: &Matter,
        findings: &mut Findings,
    ) -> Result<(), Refusal> {
        let planned = self.outcome(person, matter);
        let mut counted = Cow::Borrowed(person);
        let elements = self.again.elements(self.earlier.waves.len(), person);
        if elements != person.elements {
            counted.to_mut().elements = elements;
        }
        self.cube.reassign(&counted, planned, Outcome::Held);
        if planned != Outcome::Held {
            *self.held.entry(finding.code.as_str()).or_default() += 1;
        }
        self.unfit.insert(person.row, finding.code.as_str());
        let mut finding = self.at_row(finding, person);
        if person.address.kind == roster::AddressKind::Protected {
            finding.value = None;
        }
        if let Some(file) = &mut self.file {
            file.add(&finding).doing(|| "write `findings.csv`".to_owned())?;
        }
        findings.push(finding);
        Ok(())
    }

    /// The wave's rosters, each with its rows.
    pub fn files(&self) -> Vec<RosterRows> {
        let info = self.spool.info();
        let of = |(file, rows): &(String, u64)| RosterRows { file: file.clone(), rows: *rows };
        match info.files.as_slice() {
            [] => vec![of(&(info.roster.clone(), info.rows))],
            several => several.iter().map(of).collect(),
        }
    }

    /// Says which row of which roster a finding about a person's letter or e-mail is of.
    pub fn at_row(&self, finding: Finding, person: &Person) -> Finding {
        if finding.place.is_some() {
            return finding;
        }
        let (file, row) = self.spool.info().shown(person.row);
        finding.at(Place::row(file, row))
    }

    /// Gives findings.csv and its workbook their names.
    pub fn finish_findings(&mut self, matter: &Matter) -> Result<(), Refusal> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let doing = || format!("write `{}`", OutFolder(&matter.out).findings().display());
        file.finish(*matter.wave().mail_on).doing(doing)
    }
}

/// A roster that cannot be used stops the command.
pub fn roster_stop(error: IntakeError) -> Refusal {
    match error {
        IntakeError::Refused(findings) => Refusal::Configuration(findings),
        IntakeError::Io { path, source } => {
            Refusal::Io { what: format!("work with `{}`", path.display()), error: source }
        }
    }
}

/// A spool that cannot be read stops the command.
pub fn spool_stop(error: SpoolError) -> Refusal {
    Refusal::Io { what: "read the spool".into(), error: io::Error::other(error) }
}

//! Who was written to in the waves before the one at hand, as the ledger has it, and everybody of
//! all these waves counted once.

use crate::files::Scratch;
use crate::filings::Reach;
use crate::finding::Findings;
use crate::incident::EntityIx;
use crate::incident::{Wave, WaveKind};
use crate::ledger::Ledger;
use crate::matter::open::Matter;
use crate::matter::people::census::Census;
use crate::matter::people::history::History;
use crate::matter::people::intake::spool_stop;
use crate::matter::people::since::Since;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::plan::{Cube, Outcome, outcome, placed};
use crate::roster::{self, Again, Differs, EarlierWave, IntakeError, Person, RowSet, Spool};
use std::collections::BTreeMap;
use std::io;

/// The waves mailed before the one at hand, in the order of their mail dates.
#[derive(Default)]
pub struct Earlier {
    pub waves: Vec<EarlierWave>,
    /// Spools of waves that nobody checked yet.
    scratch: Vec<Scratch>,
    /// The recorded outcome of each row, by wave and row number.
    outcomes: Vec<Vec<Outcome>>,
    /// Who was told is written to again on purpose: a remailing or a correction.
    pub again: bool,
    since: Since,
}

/// The waves mailed before this one with the rows that got a letter or an e-mail, and the other
/// waves of the same day: they are one mailing in several lists, and duties count its people
/// together. Of these a later one in incident.toml leaves out whom an earlier one writes to.
///
/// # Errors
/// The ledger cannot be read; the roster of a wave of the same day cannot.
pub fn earlier(matter: &Matter, findings: &mut Findings) -> Result<Earlier, Refusal> {
    let wave = matter.wave();
    let again = writes_again(wave);
    let mut earlier = Earlier { again, since: Since::load(matter)?, ..Earlier::default() };
    let before = matter.incident.waves.iter().filter(|w| *w.mail_on <= *wave.mail_on);
    let mut before: Vec<_> = before.filter(|w| w.id != wave.id).collect();
    if before.is_empty() {
        return Ok(earlier);
    }
    before.sort_by_key(|wave| *wave.mail_on);
    let doing = || "read `ledger.sqlite`".to_owned();
    let ledger = Ledger::look(&matter.folder).map_err(ledger_stop)?;
    let order = |id: &str| matter.incident.waves.iter().position(|w| w.id == id);
    let own = order(&wave.id);
    let today = *wave.mail_on;
    for wave in before {
        let beside = *wave.mail_on == today;
        let comes_later = beside && order(&wave.id) > own;
        let (mut told, mut outcomes) = (RowSet::default(), Vec::new());
        let mut add = |row: u64, label: &str| {
            let outcome = Outcome::ALL.into_iter().find(|o| o.label() == label);
            let (Some(outcome), Ok(at)) = (outcome, usize::try_from(row)) else { return };
            if outcome.mails() || outcome.emails() {
                told.insert(row);
            }
            if outcomes.len() <= at {
                outcomes.resize(at + 1, Outcome::Held);
            }
            outcomes[at] = outcome;
        };
        let out = match &ledger {
            Some(ledger) => History::of(matter, ledger, wave)?,
            None => None,
        };
        if let Some(out) = &out
            && out.differs(matter)?
        {
            let (layer, outcomes) = out.layer(matter, comes_later)?;
            earlier.waves.push(layer);
            earlier.outcomes.push(outcomes);
        }
        let rows = match &ledger {
            Some(ledger) => ledger.each_outcome(&wave.id, &mut add),
            None => Ok(None),
        };
        match rows.map_err(io::Error::other).doing(doing)? {
            Some(rows) => {
                // What was sealed was told, whatever a later reading of the roster plans.
                let anew = earlier.waves.last().is_some_and(|layer| layer.id == wave.id);
                if let Some(out) = out.filter(|_| anew) {
                    told = out.told_of_spool(matter)?;
                }
                earlier.waves.push(EarlierWave {
                    id: wave.id.clone(),
                    rows,
                    told,
                    beside: comes_later,
                    anew,
                    again: writes_again(wave),
                    spool_in: None,
                });
                earlier.outcomes.push(outcomes);
            }
            None if beside => earlier.read_beside(matter, wave, comes_later, findings)?,
            None => findings.push(roster::not_recorded(&wave.id)),
        }
    }
    Ok(earlier)
}

/// Takes a person: the number of their wave, what was recorded of them, and whether they stand in a
/// later roster again.
type Each<'f> = dyn FnMut(usize, &Person, Outcome, bool) -> Result<(), Refusal> + 'f;

impl Earlier {
    /// Takes in a wave of the same day that nobody checked yet, from its rosters.
    fn read_beside(
        &mut self,
        matter: &Matter,
        wave: &Wave,
        comes_later: bool,
        findings: &mut Findings,
    ) -> Result<(), Refusal> {
        let scratch = Scratch::temporary().doing(|| "make a temporary folder".into())?;
        let majority = |state: &str| matter.pack.majority(state, *wave.mail_on);
        let options = roster::Options {
            as_of: *wave.mail_on,
            majority: &majority,
            findings_csv: None,
            show_values: false,
            earlier: &[],
            again: false,
            witness: None,
            asked_in: None,
            spool_in: Some(scratch.dir()),
        };
        // Its own spool is written when it is checked.
        let rows = match roster::read(&matter.folder, &matter.incident, wave, &options) {
            Ok(read) => read.rows,
            Err(IntakeError::Refused(_)) => {
                findings.push(roster::not_recorded(&wave.id));
                return Ok(());
            }
            Err(IntakeError::Io { path, source }) => {
                let what = format!("work with `{}`", path.display());
                return Err(Refusal::Io { what, error: source });
            }
        };
        let (mut told, mut outcomes) = (RowSet::default(), vec![Outcome::Held]);
        let spool = Spool::open(scratch.dir(), &wave.id).map_err(spool_stop)?;
        for person in spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            let outcome = outcome(&person, &matter.incident);
            let at = usize::try_from(person.row).unwrap_or_default();
            if outcomes.len() <= at {
                outcomes.resize(at + 1, Outcome::Held);
            }
            outcomes[at] = outcome;
            if outcome.mails() || outcome.emails() {
                told.insert(person.row);
            }
        }
        let spool_in = Some(scratch.dir().to_owned());
        self.scratch.push(scratch);
        let id = wave.id.clone();
        self.waves.push(EarlierWave {
            id,
            rows,
            told,
            beside: comes_later,
            anew: false,
            again: writes_again(wave),
            spool_in,
        });
        self.outcomes.push(outcomes);
        Ok(())
    }

    /// Letters of these waves that came back and whose people are counted with them, by covered
    /// entity; known once they were counted.
    pub fn returned(&self) -> BTreeMap<EntityIx, u64> {
        self.since.seen()
    }

    /// Who of these waves stands in a spool again.
    ///
    /// # Errors
    /// A spool that was altered or cannot be read.
    pub fn seen_again(&self, matter: &Matter, spool: &Spool) -> Result<Again, Refusal> {
        let (folder, incident) = (&matter.folder, &matter.incident);
        Again::of(folder, incident, spool, &self.waves, self.again).map_err(spool_stop)
    }

    /// Counts the people of these waves who do not stand in a later roster again, each with what
    /// was recorded of them: a duty and a filing speak of everybody affected so far, each counted
    /// once. Says too whom each wave writes to.
    ///
    /// # Errors
    /// A spool that was altered or cannot be read.
    pub fn count(
        &self,
        matter: &Matter,
        again: &Again,
    ) -> Result<(BTreeMap<String, Reach>, Census), Refusal> {
        let mut census = Census::of(matter.incident.entities.len());
        let mut reached = vec![Reach::new(); self.waves.len()];
        self.everyone(matter, again, &mut |wave, person, outcome, superseded| {
            if outcome.mails() || outcome.emails() {
                reach(&mut reached[wave], placed(person.entity), &person.jurisdiction);
            }
            if !superseded {
                census.person(person, person.elements, outcome);
            }
            Ok(())
        })?;
        let waves = self.waves.iter().map(|wave| wave.id.clone());
        let mut all: BTreeMap<String, Reach> = BTreeMap::new();
        for (wave, reach) in waves.zip(reached) {
            // A wave may stand there twice: as sealed, and as read anew since.
            let known = all.entry(wave).or_default();
            for (entity, states) in reach {
                known.entry(entity).or_default().extend(states);
            }
        }
        Ok((all, census))
    }

    /// The same people, one after the other, with what was recorded of them, and in what a later
    /// roster corrects what they were told.
    ///
    /// # Errors
    /// As [`Earlier::count`]; whatever error `each` gives.
    pub fn each(
        &self,
        matter: &Matter,
        again: &Again,
        each: &mut dyn FnMut(&Person, Outcome, Option<Differs>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.everyone(matter, again, &mut |wave, person, outcome, superseded| match superseded {
            true => Ok(()),
            false => each(person, outcome, again.corrected(wave, person.row)),
        })
    }

    /// Everybody of these waves who was told and does not stand in a later one again: the wave, who
    /// they are by what is known now, and in what that differs from what they were told.
    ///
    /// # Errors
    /// As [`Earlier::count`].
    pub fn each_told(
        &self,
        matter: &Matter,
        again: &Again,
        each: &mut dyn FnMut(&str, &Person, Option<Differs>),
    ) -> Result<(), Refusal> {
        self.everyone(matter, again, &mut |wave, person, _, superseded| {
            let layer = &self.waves[wave];
            if !superseded && layer.told.contains(person.row) {
                each(&layer.id, person, again.corrected(wave, person.row));
            }
            Ok(())
        })
    }

    /// Everybody of these waves: the number of their wave, what was recorded of them, and whether
    /// they stand in a later roster again.
    fn everyone(&self, matter: &Matter, again: &Again, each: &mut Each<'_>) -> Result<(), Refusal> {
        let mut done = Ok(());
        let mut one = |wave: usize, person: &Person, superseded: bool| {
            if done.is_ok() {
                if self.since.is_withdrawn(person, matter) {
                    return;
                }
                let at = usize::try_from(person.row).unwrap_or(usize::MAX);
                let outcome = self.outcomes.get(wave).and_then(|rows| rows.get(at));
                let outcome = outcome.copied().unwrap_or(Outcome::Held);
                let id = &self.waves[wave].id;
                let known = match superseded {
                    // Written to again: what came back is another letter's matter.
                    true => outcome,
                    false => self.since.counted_as(person, outcome, matter, id),
                };
                done = each(wave, person, known, superseded);
            }
        };
        roster::each_earlier(&matter.folder, &matter.incident, &self.waves, again, &mut one)
            .map_err(spool_stop)?;
        done
    }
}

/// Notes that a wave writes to people of a covered entity in a jurisdiction.
fn reach(reached: &mut Reach, entity: EntityIx, jurisdiction: &str) {
    let states = reached.entry(entity).or_default();
    if !states.contains(jurisdiction) {
        states.insert(jurisdiction.to_owned());
    }
}

/// The covered entities and jurisdictions whose people a cube's outcomes write to.
pub fn reach_of(cube: &Cube) -> Reach {
    let mut reached = Reach::new();
    for cell in cube.cells.keys().filter(|cell| cell.outcome.mails() || cell.outcome.emails()) {
        reach(&mut reached, cell.entity, &cell.jurisdiction);
    }
    reached
}

/// Whether a wave writes to people who were told before, on purpose.
fn writes_again(wave: &Wave) -> bool {
    matches!(wave.kind, WaveKind::Remail | WaveKind::Correction)
}

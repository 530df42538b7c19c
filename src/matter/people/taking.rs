//! A roster read, and everybody counted on the way.

use crate::filings::Reach;
use crate::finding::Findings;
use crate::incident::EntityIx;
use crate::letters::Kinds;
use crate::matter::open::Matter;
use crate::matter::people::census::Census;
use crate::matter::people::channel::Method;
use crate::matter::people::intake::roster_stop;
use crate::matter::people::returned;
use crate::matter::people::waves::{Earlier, earlier, reach_of};
use crate::matter::refusal::{Doing, Refusal};
use crate::plan::Cube;
use crate::roster::{self, Again, Person};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// How a roster is taken in.
pub struct How<'a> {
    /// Where every finding of every row goes; nowhere if none.
    pub findings_csv: Option<&'a Path>,
    /// Whether that file shows the values concerned.
    pub show_values: bool,
    /// Somebody only asks: no spool is written, and what is sorted on the way lies here.
    pub asked_in: Option<&'a Path>,
}

/// A roster that was read, everybody counted on the way.
pub struct Taken {
    pub(super) read: roster::Intake,
    pub(super) census: Census,
    pub(super) method: Method,
    pub(super) earlier: Earlier,
}

impl Taken {
    /// The figures, and how many letters came back, by covered entity.
    ///
    /// # Errors
    /// A spool of an earlier wave that cannot be read.
    pub fn counts(
        self,
        matter: &Matter,
    ) -> Result<(Cube, Kinds, BTreeMap<EntityIx, u64>), Refusal> {
        let (cube, kinds, _) = summed(matter, vec![self.census], &self.read.again, &self.earlier)?;
        let returned = returned::sum(self.method.returned(), self.earlier.returned());
        Ok((cube, kinds, returned))
    }
}

/// Reads the roster and counts everybody.
///
/// # Errors
/// A roster that cannot be used as a whole; I/O.
pub fn take(matter: &Matter, findings: &mut Findings, how: &How<'_>) -> Result<Taken, Refusal> {
    let mail_on = *matter.wave().mail_on;
    let majority = |state: &str| matter.pack.majority(state, mail_on);
    let earlier = earlier(matter, findings)?;
    let method = Method::load(matter)?;
    let census = Mutex::new(Census::of(matter.incident.entities.len()));
    let count = |people: &[Person], again: &Again| {
        let mut census = census.lock().unwrap_or_else(PoisonError::into_inner);
        for person in people {
            counted(&mut census, person, &method, matter, again, &earlier);
        }
    };
    let options = roster::Options {
        as_of: mail_on,
        majority: &majority,
        findings_csv: how.findings_csv,
        show_values: how.show_values,
        earlier: &earlier.waves,
        again: earlier.again,
        asked_in: how.asked_in,
        spool_in: None,
        witness: Some(&count),
    };
    let read = roster::read(&matter.folder, &matter.incident, matter.wave(), &options);
    let mut read = read.map_err(roster_stop)?;
    findings.extend(std::mem::take(&mut read.findings));
    let census = census.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Taken { read, census, method, earlier })
}

/// Everybody affected so far; this wave's people by all that their letters turn on; and whom each
/// wave so far writes to.
pub(super) fn summed(
    matter: &Matter,
    censuses: Vec<Census>,
    again: &Again,
    earlier: &Earlier,
) -> Result<(Cube, Kinds, BTreeMap<String, Reach>), Refusal> {
    let (mut cube, mut kinds) = (Cube::default(), Kinds::new());
    let (reached, before) = earlier.count(matter, again)?;
    let mut censuses = censuses;
    censuses.push(before);
    Census::shared(&mut censuses, &mut cube)
        .doing(|| "find who stands under several covered entities".into())?;
    let before = censuses.pop();
    censuses.into_iter().for_each(|census| census.into(&mut cube, &mut kinds));
    let own = reach_of(&cube);
    // Their letters are not this wave's.
    before.into_iter().for_each(|census| census.into(&mut cube, &mut Kinds::new()));
    let mut reached = reached;
    reached.insert(matter.wave().id.clone(), own);
    Ok((cube, kinds, reached))
}

/// Counts one row of the wave at hand.
pub(super) fn counted(
    census: &mut Census,
    person: &Person,
    method: &Method,
    matter: &Matter,
    again: &Again,
    earlier: &Earlier,
) {
    let elements = again.elements(earlier.waves.len(), person);
    let outcome = method.outcome(person, matter);
    let as_counted =
        method.counts(person, matter).then(|| method.counted_as(person, outcome, matter));
    census.add(person, elements, outcome, as_counted);
}

//! What really went to the people of an earlier wave: the sealed copy under which letters left.
//! A roster that was replaced and read again since tells nobody anything.

use crate::folder::IncidentFolder;
use crate::incident::Wave;
use crate::ledger::{Ledger, SealState};
use crate::matter::open::Matter;
use crate::matter::people::channel::Method;
use crate::matter::people::intake::spool_stop;
use crate::matter::refusal::Refusal;
use crate::matter::seal::standing::short;
use crate::matter::seal::statement_of_folder::file_digest;
use crate::matter::seal::{Sealed, ledger_stop, seal_stop};
use crate::plan::Outcome;
use crate::roster::{EarlierWave, Person, RowSet, Spool, Standing};
use std::collections::HashSet;

/// An earlier wave of which something has left.
pub struct History<'a> {
    wave: &'a Wave,
    /// The latest seal: whoever is under an earlier one is in its spool too.
    sealed: Sealed,
    /// Pieces under any of the wave's valid seals, 8 bytes each.
    pieces: HashSet<u64>,
}

impl<'a> History<'a> {
    /// What is known of a wave's seals; none where nothing has left.
    ///
    /// # Errors
    /// A seal that was altered; the ledger cannot be read.
    pub fn of(matter: &Matter, ledger: &Ledger, wave: &'a Wave) -> Result<Option<Self>, Refusal> {
        let (mut left, mut pieces, mut latest) = (false, HashSet::new(), None);
        for record in ledger.seals(&wave.id).map_err(ledger_stop)? {
            if record.state != SealState::Valid {
                continue;
            }
            left |= ledger.went_out(&record).map_err(ledger_stop)?;
            let sealed = Sealed::open(matter, record)?;
            let lists: Vec<String> = sealed.folder.lists().map(str::to_owned).collect();
            for name in lists {
                for leaf in sealed.folder.list(&name).map_err(seal_stop)?.leaves {
                    let piece = leaf.file.rsplit_once('.').map_or(leaf.file.as_str(), |(p, _)| p);
                    pieces.insert(short(piece));
                }
            }
            latest = Some(sealed);
        }
        Ok(latest.filter(|_| left).map(|sealed| Self { wave, sealed, pieces }))
    }

    /// Whether the wave was read anew since: its spool is not the sealed one.
    ///
    /// # Errors
    /// The spool cannot be read.
    pub fn differs(&self, matter: &Matter) -> Result<bool, Refusal> {
        let spool = IncidentFolder(&matter.folder).spool(&self.wave.id).csv();
        let now = file_digest(&spool)?.unwrap_or_default();
        Ok(now != self.sealed.folder.statement.spool.csv)
    }

    /// The sealed people, with what became of each.
    ///
    /// # Errors
    /// A sealed copy that was altered or cannot be read.
    pub fn layer(
        &self,
        matter: &Matter,
        beside: bool,
    ) -> Result<(EarlierWave, Vec<Outcome>), Refusal> {
        let of = self.sealed.matter(matter)?;
        let method = Method::load(&of)?;
        let spool = Spool::open(&of.folder, &self.wave.id).map_err(spool_stop)?;
        let (mut told, mut outcomes) = (RowSet::default(), Vec::new());
        for person in spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            let planned = method.outcome(&person, &of);
            let sent = self.is_sealed(matter, &of, &person);
            let at = usize::try_from(person.row).unwrap_or_default();
            if outcomes.len() <= at {
                outcomes.resize(at + 1, Outcome::Held);
            }
            outcomes[at] = match planned.mails() || planned.emails() {
                true if sent => {
                    told.insert(person.row);
                    planned
                }
                true => Outcome::Held,
                false => planned,
            };
        }
        let layer = EarlierWave {
            id: self.wave.id.clone(),
            rows: spool.info().rows,
            told,
            beside,
            anew: false,
            again: false,
            spool_in: Some(of.folder.clone()),
        };
        Ok((layer, outcomes))
    }

    /// The rows of the wave's spool as it is now whose letters or e-mails are under a seal.
    ///
    /// # Errors
    /// The spool cannot be read.
    pub fn told_of_spool(&self, matter: &Matter) -> Result<RowSet, Refusal> {
        let mut told = RowSet::default();
        let spool = Spool::open(&matter.folder, &self.wave.id).map_err(spool_stop)?;
        for person in spool.people().map_err(spool_stop)? {
            let person = person.map_err(spool_stop)?;
            if !matches!(person.standing, Standing::Merged(_))
                && self.is_sealed(matter, matter, &person)
            {
                told.insert(person.row);
            }
        }
        Ok(told)
    }

    /// Whether anything to a person is under a seal. `of` is the incident whose numbers the person
    /// has.
    fn is_sealed(&self, matter: &Matter, of: &Matter, person: &Person) -> bool {
        let Some(entity) = person.entity.map(|at| &of.incident[at]) else {
            return false;
        };
        ["mail", "email"].iter().any(|channel| {
            let piece = matter.piece_of(&self.wave.id, &person.record_id, &entity.id, channel);
            self.pieces.contains(&short(&piece))
        })
    }
}

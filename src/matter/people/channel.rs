//! By which way each person is written to: the plan's outcome, with the law on e-mail, addresses
//! that no envelope can carry and mail that came back taken into account.

use crate::email;
use crate::incident::EntityIx;
use crate::ledger::{Ledger, LedgerError, MessageState};
use crate::matter::open::Matter;
use crate::matter::people::since::Since;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::seal::ledger_stop;
use crate::plan::{Cube, EmailRules, Outcome, by_post, outcome};
use crate::roster::{ALREADY_TOLD, LIKELY_SAME, Person, Standing};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;

pub struct Method {
    rules: EmailRules,
    /// Keys of records whose e-mail was refused or came back.
    to_the_post: HashSet<String>,
    /// Covered entities whose few unreachable people are told by e-mail.
    few_by_email: BTreeSet<EntityIx>,
    since: Since,
}

impl Method {
    /// # Errors
    /// The ledger cannot be read.
    pub fn load(matter: &Matter) -> Result<Self, Refusal> {
        let to_the_post = match &matter.came_back {
            Some(sealed) => sealed.iter().cloned().collect(),
            None => came_back(matter)?.into_iter().collect(),
        };
        let since = Since::load(matter)?;
        Ok(Self { rules: matter.email_rules(), to_the_post, few_by_email: BTreeSet::new(), since })
    }

    /// Whether the person turned out not to be affected.
    pub fn is_withdrawn(&self, person: &Person, matter: &Matter) -> bool {
        self.since.is_withdrawn(person, matter)
    }

    /// Whether a row's person is counted with this wave: not who was told in an earlier one, is
    /// likely a person of one, or was withdrawn.
    pub fn counts(&self, person: &Person, matter: &Matter) -> bool {
        let elsewhere = [Standing::Excluded(ALREADY_TOLD), Standing::Held(LIKELY_SAME)];
        !elsewhere.contains(&person.standing) && !self.is_withdrawn(person, matter)
    }

    /// Letters of this wave that came back and whose people were counted, by covered entity.
    pub fn returned(&self) -> BTreeMap<EntityIx, u64> {
        self.since.seen()
    }

    /// How a person is counted who was to be told in this way: a letter that came back reached
    /// nobody.
    pub fn counted_as(&self, person: &Person, outcome: Outcome, matter: &Matter) -> Outcome {
        self.since.counted_as(person, outcome, matter, &matter.wave().id)
    }

    /// What is planned for a person.
    pub fn outcome(&self, person: &Person, matter: &Matter) -> Outcome {
        if self.is_withdrawn(person, matter) && person.standing.is_somebody() {
            return Outcome::Excluded;
        }
        let planned = self.rules.limit(person, outcome(person, &matter.incident));
        if !planned.emails() {
            return planned;
        }
        let came_back = || self.to_the_post.contains(&*matter.key(&person.record_id));
        match planned {
            _ if email::recipient(&person.email).is_err() => by_post(person),
            Outcome::ToEmail if came_back() => by_post(person),
            planned => planned,
        }
    }

    /// Looks at who cannot be written to, once everybody is counted.
    pub fn counted(&mut self, cube: &Cube) {
        self.few_by_email = self.rules.few_by_email(cube);
    }

    /// Whether an e-mail goes to a person of this outcome: also as substitute notice to a few.
    pub fn emails(&self, person: &Person, outcome: Outcome, matter: &Matter) -> bool {
        let few = outcome == Outcome::Substitute
            && person.entity.is_some_and(|of| self.few_by_email.contains(&of))
            && self.rules.may_write(person, &matter.incident)
            && !self.to_the_post.contains(&*matter.key(&person.record_id))
            && email::recipient(&person.email).is_ok();
        few || outcome.emails()
    }
}

/// Keys of the wave's records whose e-mail was refused or came back, in order.
///
/// # Errors
/// The ledger cannot be read.
pub fn came_back(matter: &Matter) -> Result<Vec<String>, Refusal> {
    let doing = || "read `ledger.sqlite`".to_owned();
    let failed = |error: LedgerError| io::Error::other(error);
    let Some(ledger) = Ledger::look(&matter.folder).map_err(ledger_stop)? else {
        return Ok(Vec::new());
    };
    let states = [MessageState::Refused, MessageState::Bounced];
    let messages =
        ledger.messages(Some(&matter.wave().id), &states).map_err(failed).doing(doing)?;
    let mut keys: Vec<String> = messages.into_iter().map(|message| message.key).collect();
    keys.sort();
    keys.dedup();
    Ok(keys)
}

//! When, and for which mailing, filings are made.

use super::filed::{Filed, Stated};
use crate::incident::{Day, EntityIx, Incident, Wave, WaveKind};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The day the filings speak from, and what is known to have been posted by then.
#[derive(Clone, Debug)]
pub struct Occasion {
    pub as_of: Date,
    /// The wave's id; none: the latest wave due by `as_of`, else the first.
    pub wave: Option<String>,
    /// What `confirm` recorded; none where nothing is confirmed.
    pub posted: Option<Posted>,
    /// What was really filed, in the order of recording.
    pub filed: Vec<Filed>,
    /// A wave mailed later that was counted already, the latest one: it counts everybody of this
    /// wave too, and regulators are told its figures.
    pub later: Option<String>,
    /// By wave mailed so far, the covered entities and jurisdictions whose people it writes to;
    /// none where nobody was counted: then each wave may reach anyone.
    pub reached: Option<BTreeMap<String, Reach>>,
}

/// Covered entities (index into `Incident::entities`) and the jurisdictions of their people.
pub type Reach = BTreeMap<EntityIx, BTreeSet<String>>;

impl Occasion {
    pub fn on(as_of: Date) -> Self {
        Self { as_of, wave: None, posted: None, filed: Vec::new(), later: None, reached: None }
    }

    /// The latest filing of the same matter.
    pub(super) fn filed(&self, now: &Stated) -> Option<&Filed> {
        self.filed.iter().rev().find(|filed| filed.stated.is_about(now))
    }

    pub(super) fn wave<'a>(&self, incident: &'a Incident) -> Option<&'a Wave> {
        if let Some(id) = &self.wave {
            return incident.waves.iter().find(|wave| wave.id == *id);
        }
        incident
            .waves
            .iter()
            .filter(|wave| wave.mail_on.0 <= self.as_of)
            .max_by_key(|wave| wave.mail_on)
            .or_else(|| incident.waves.first())
    }

    /// Whether these filings speak of a day before any letter is to be mailed.
    pub(super) fn before_mailing(&self, incident: &Incident) -> bool {
        incident.waves.iter().all(|wave| self.as_of < *wave.mail_on)
    }

    /// Days on which letters first told the people of these covered entities, of one
    /// jurisdiction or of all; and whether they are the days of posting, not the planned ones.
    pub(super) fn notice_days(
        &self,
        incident: &Incident,
        entities: &[EntityIx],
        jurisdiction: Option<&str>,
    ) -> (Vec<Day>, bool) {
        if let Some(posted) = &self.posted {
            let days = posted.days(entities, jurisdiction);
            if !days.is_empty() {
                return (days, true);
            }
        }
        let last = self.wave(incident).map(|wave| wave.mail_on);
        let reaches = |wave: &&Wave| {
            let Some(reached) = &self.reached else { return true };
            let Some(reach) = reached.get(&wave.id) else { return false };
            entities.iter().filter_map(|entity| reach.get(entity)).any(|states| {
                jurisdiction.map_or(!states.is_empty(), |state| states.contains(state))
            })
        };
        let planned = sorted(
            incident
                .waves
                .iter()
                .filter(|wave| matches!(wave.kind, WaveKind::Initial | WaveKind::Supplemental))
                .filter(reaches)
                .map(|wave| wave.mail_on)
                .filter(|day| last.is_none_or(|last| *day <= last))
                .collect(),
        );
        (planned, false)
    }
}

/// Letters known to have been handed to the mail.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    /// By covered entity and jurisdiction.
    pub days: BTreeMap<(EntityIx, String), BTreeSet<Day>>,
    /// The same, pieces.
    pub letters: BTreeMap<(EntityIx, String), u64>,
}

impl Posted {
    /// Days on which letters to people of these covered entities were posted, of one jurisdiction
    /// or of all.
    pub(super) fn days(&self, entities: &[EntityIx], jurisdiction: Option<&str>) -> Vec<Day> {
        let own = self.days.iter().filter(|((entity, state), _)| {
            entities.contains(entity) && jurisdiction.is_none_or(|own| state == own)
        });
        sorted(own.flat_map(|(_, days)| days.iter().copied()).collect())
    }

    pub(super) fn count(&self, entities: &[EntityIx], jurisdiction: &str) -> u64 {
        self.letters
            .iter()
            .filter(|((entity, state), _)| entities.contains(entity) && state == jurisdiction)
            .map(|(_, count)| count)
            .sum()
    }

    pub(super) fn total(&self, entities: &[EntityIx]) -> u64 {
        self.letters
            .iter()
            .filter(|((entity, _), _)| entities.contains(entity))
            .map(|(_, count)| count)
            .sum()
    }
}

fn sorted(mut days: Vec<Day>) -> Vec<Day> {
    days.sort();
    days.dedup();
    days
}

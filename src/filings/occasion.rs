//! When, and for which mailing, filings are made.

use super::filed::{Filed, Stated};
use crate::incident::{Day, EntityIx, Incident, Wave, WaveKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

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
}

impl Occasion {
    pub fn on(as_of: Date) -> Self {
        Self { as_of, wave: None, posted: None, filed: Vec::new() }
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

    /// Days on which letters first told people, planned or posted.
    pub(super) fn notice_days(&self, incident: &Incident) -> Vec<Day> {
        if let Some(posted) = self.posted.as_ref().filter(|p| !p.days.is_empty()) {
            return sorted(posted.days.clone());
        }
        let last = self.wave(incident).map(|wave| wave.mail_on);
        sorted(
            incident
                .waves
                .iter()
                .filter(|wave| matches!(wave.kind, WaveKind::Initial | WaveKind::Supplemental))
                .map(|wave| wave.mail_on)
                .filter(|day| last.is_none_or(|last| *day <= last))
                .collect(),
        )
    }
}

/// Letters known to have been handed to the mail.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    pub days: Vec<Day>,
    /// By covered entity and jurisdiction.
    pub letters: BTreeMap<(EntityIx, String), u64>,
}

impl Posted {
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

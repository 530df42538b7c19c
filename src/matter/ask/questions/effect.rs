//! What a choice changes: two plans held against each other.

use crate::law::DutyKind;
use crate::plan::{Arises, Carrier, Duty, Plan};
use crate::tables::words::{count, thousands};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes otherwise if a choice is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// Duties that arise, or may, and did not.
    pub arise: Vec<Changed>,
    /// Duties that fall away.
    pub fall_away: Vec<Changed>,
    /// Duties whose last day, count or carrier is another.
    pub change: Vec<Changed>,
    /// Filings and notices more (or, below zero, fewer) than now.
    pub filings: i64,
    /// Pieces whose words become others; none where only taking the roster in again could tell.
    pub letters: Option<u64>,
}

/// A duty that becomes otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    pub duty: String,
    pub recipient: String,
    pub jurisdiction: String,
    /// The last day as it is now, and as it would be.
    pub due: [Option<Date>; 2],
    pub count: [u64; 2],
    pub carrier: [Carrier; 2],
}

impl Effect {
    /// Holds a plan against that of today.
    pub fn between(now: &Plan, then: &Plan) -> Self {
        let by_id = |plan: &Plan| -> BTreeMap<String, Duty> {
            plan.duties.iter().map(|duty| (duty.id.clone(), duty.clone())).collect()
        };
        let (before, after) = (by_id(now), by_id(then));
        let mut effect = Self::default();
        let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for id in ids {
            let (was, is) = (before.get(id), after.get(id));
            let arises = |duty: Option<&Duty>| duty.is_some_and(|d| d.arises != Arises::No);
            let Some(any) = is.or(was) else { continue };
            let changed = Changed {
                duty: id.clone(),
                recipient: any.recipient.clone(),
                jurisdiction: any.jurisdiction.clone(),
                due: [was.and_then(|d| d.due), is.and_then(|d| d.due)],
                count: [was.map_or(0, |d| d.count), is.map_or(0, |d| d.count)],
                carrier: [was.unwrap_or(any).carrier, is.unwrap_or(any).carrier],
            };
            let filed = i64::from(is_filed(any.kind));
            match (arises(was), arises(is)) {
                (false, true) => {
                    effect.filings += filed;
                    effect.arise.push(changed);
                }
                (true, false) => {
                    effect.filings -= filed;
                    effect.fall_away.push(changed);
                }
                (true, true) if changed.is_other() => effect.change.push(changed),
                _ => {}
            }
        }
        effect
    }

    /// Nothing becomes otherwise.
    pub fn is_nothing(&self) -> bool {
        self.arise.is_empty()
            && self.fall_away.is_empty()
            && self.change.is_empty()
            && self.letters.is_none_or(|pieces| pieces == 0)
    }

    /// What becomes otherwise, a sentence each; none where nothing does.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (changed, verb) in [(&self.arise, "arises"), (&self.fall_away, "falls away")] {
            let line = |duty: &Changed| format!("{verb}: {} (`{}`)", duty.recipient, duty.duty);
            lines.extend(changed.iter().map(line));
        }
        lines.extend(self.change.iter().map(Changed::line));
        if let Some(pieces) = self.letters.filter(|pieces| *pieces > 0) {
            let pieces = count(pieces, "letter or e-mail says", "letters and e-mails say");
            lines.push(format!("{pieces} something else"));
        }
        lines
    }

    /// A last day becomes another, or a duty arises or falls away.
    pub fn moves_a_date(&self) -> bool {
        !self.arise.is_empty()
            || !self.fall_away.is_empty()
            || self.change.iter().any(|changed| changed.due[0] != changed.due[1])
    }
}

impl Changed {
    fn line(&self) -> String {
        let mut parts = Vec::new();
        let day = |day: Option<Date>| day.map_or("no fixed day".to_owned(), |day| day.to_string());
        if self.due[0] != self.due[1] {
            parts.push(format!("due {} instead of {}", day(self.due[1]), day(self.due[0])));
        }
        if self.count[0] != self.count[1] {
            let [was, is] = self.count.map(thousands);
            parts.push(format!("counts {is} instead of {was}"));
        }
        if self.carrier[0] != self.carrier[1] {
            parts.push(match self.carrier[1] {
                Carrier::Sender => "carried out by the sender".to_owned(),
                Carrier::Entity => "carried out by the covered entity".to_owned(),
                Carrier::Undecided => "carrier undecided".to_owned(),
            });
        }
        format!("{} (`{}`): {}", self.recipient, self.duty, parts.join(", "))
    }

    fn is_other(&self) -> bool {
        self.due[0] != self.due[1]
            || self.count[0] != self.count[1]
            || self.carrier[0] != self.carrier[1]
    }
}

/// Whether a duty is carried out by a document of its own besides letters.
fn is_filed(kind: DutyKind) -> bool {
    !matches!(kind, DutyKind::Individual | DutyKind::Protection | DutyKind::Substitute)
}

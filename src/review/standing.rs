//! Where a duty stands on the day the book is drawn up for.

use crate::plan::{Arises, Duty};
use crate::review::words::days_between;
use jiff::civil::Date;

/// Groups of the duties table, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyState {
    /// Its day has passed; the book does not know whether it was done.
    Overdue,
    /// Due within [`SOON`] days.
    DueNext,
    /// Due later, or without a number of days.
    Arising,
    /// Depends on counts or facts that are not known yet.
    Possible,
    /// Carried out, as far as the incident says.
    Done,
    NotArising,
}

/// How many days ahead "due next" looks.
const SOON: i64 = 30;

impl DutyState {
    pub const ALL: [DutyState; 6] = [
        DutyState::Overdue,
        DutyState::DueNext,
        DutyState::Arising,
        DutyState::Possible,
        DutyState::Done,
        DutyState::NotArising,
    ];

    pub fn of(duty: &Duty, as_of: Date) -> Self {
        match (duty.arises, duty.due.map(|due| days_between(as_of, due))) {
            (Arises::No, _) => DutyState::NotArising,
            _ if duty.is_done(as_of) => DutyState::Done,
            (Arises::Possible, _) => DutyState::Possible,
            (Arises::Yes, Some(days)) if days < 0 => DutyState::Overdue,
            (Arises::Yes, Some(days)) if days <= SOON => DutyState::DueNext,
            (Arises::Yes, _) => DutyState::Arising,
        }
    }

    /// For anchors and classes.
    pub(super) fn slug(self) -> &'static str {
        match self {
            DutyState::Overdue => "overdue",
            DutyState::DueNext => "due-next",
            DutyState::Arising => "arising",
            DutyState::Possible => "possible",
            DutyState::Done => "done",
            DutyState::NotArising => "not-arising",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            DutyState::Overdue => "Past due",
            DutyState::DueNext => "Due within 30 days",
            DutyState::Arising => "Due later, or without a fixed day",
            DutyState::Possible => "Possible",
            DutyState::Done => "Done, as the incident says",
            DutyState::NotArising => "Considered, not arising",
        }
    }

    pub(super) fn explained(self) -> &'static str {
        match self {
            DutyState::Overdue => "The day has passed, unless the duty was already carried out.",
            DutyState::DueNext => "",
            DutyState::Arising => "",
            DutyState::Possible => {
                "These depend on counts or facts that are not settled; treat them as arising \
                 until they are."
            }
            DutyState::Done => "The covered entity was told on the day that the incident gives.",
            DutyState::NotArising => "Each with the reason why it falls away.",
        }
    }
}

/// Duties of one standing: by due day, those without one last, then by jurisdiction and
/// id.
pub(super) fn of_standing(duties: &[Duty], standing: DutyState, as_of: Date) -> Vec<&Duty> {
    let mut found: Vec<&Duty> =
        duties.iter().filter(|duty| DutyState::of(duty, as_of) == standing).collect();
    found.sort_by_key(|duty| {
        (duty.due.is_none(), duty.due, duty.jurisdiction.clone(), duty.id.clone())
    });
    found
}

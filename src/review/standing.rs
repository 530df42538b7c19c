//! Where a duty stands on the day the book is drawn up for.

use crate::plan::{Arises, Duty};
use crate::review::words::days_between;
use jiff::civil::Date;

/// Groups of the duties table, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
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

impl Standing {
    pub const ALL: [Standing; 6] = [
        Standing::Overdue,
        Standing::DueNext,
        Standing::Arising,
        Standing::Possible,
        Standing::Done,
        Standing::NotArising,
    ];

    pub fn of(duty: &Duty, as_of: Date) -> Self {
        match (duty.arises, duty.due.map(|due| days_between(as_of, due))) {
            (Arises::No, _) => Standing::NotArising,
            _ if duty.is_done(as_of) => Standing::Done,
            (Arises::Possible, _) => Standing::Possible,
            (Arises::Yes, Some(days)) if days < 0 => Standing::Overdue,
            (Arises::Yes, Some(days)) if days <= SOON => Standing::DueNext,
            (Arises::Yes, _) => Standing::Arising,
        }
    }

    /// For anchors and classes.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Standing::Overdue => "overdue",
            Standing::DueNext => "due-next",
            Standing::Arising => "arising",
            Standing::Possible => "possible",
            Standing::Done => "done",
            Standing::NotArising => "not-arising",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Standing::Overdue => "Past due",
            Standing::DueNext => "Due within 30 days",
            Standing::Arising => "Due later, or without a fixed day",
            Standing::Possible => "Possible",
            Standing::Done => "Done, as the incident says",
            Standing::NotArising => "Considered, not arising",
        }
    }

    pub(super) fn explained(self) -> &'static str {
        match self {
            Standing::Overdue => "The day has passed, unless the duty was already carried out.",
            Standing::DueNext => "",
            Standing::Arising => "",
            Standing::Possible => {
                "These depend on counts or facts that are not settled; treat them as arising \
                 until they are."
            }
            Standing::Done => "The covered entity was told on the day that the incident gives.",
            Standing::NotArising => "Each with the reason why it falls away.",
        }
    }
}

/// Duties of one standing: by due day, those without one last, then by jurisdiction and
/// id.
pub(super) fn of_standing(duties: &[Duty], standing: Standing, as_of: Date) -> Vec<&Duty> {
    let mut found: Vec<&Duty> =
        duties.iter().filter(|duty| Standing::of(duty, as_of) == standing).collect();
    found.sort_by_key(|duty| {
        (duty.due.is_none(), duty.due, duty.jurisdiction.clone(), duty.id.clone())
    });
    found
}

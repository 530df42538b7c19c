//! Figures, days and the model's words as a reader expects them.

use crate::law::{Clock, Comparator, Confidence, DutyKind};
use crate::plan::{Carrier, Outcome};
use jiff::civil::Date;

pub(super) use crate::tables::words::{count as counted, thousands as number};

/// `Sep 28, 2026` in a `time` element.
pub(super) fn time(date: Date) -> String {
    format!("<time datetime=\"{date}\">{}</time>", day(date))
}

/// `Sep 28, 2026`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%b %-d, %Y").to_string()
}

/// Days from one day to another; negative if it lies before.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// `in 10 days`, `today`, `3 days ago`.
pub(super) fn distance(from: Date, to: Date) -> String {
    match days_between(from, to) {
        0 => "that day".to_owned(),
        1 => "1 day left".to_owned(),
        days if days > 0 => format!("{} days left", number(days.unsigned_abs())),
        -1 => "1 day past".to_owned(),
        days => format!("{} days past", number(days.unsigned_abs())),
    }
}

pub(super) fn kind(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::Individual => "Notice to people",
        DutyKind::Regulator => "Report to a regulator",
        DutyKind::Cra => "Consumer reporting agencies",
        DutyKind::Media => "Notice to the media",
        DutyKind::Hhs => "Report to HHS",
        DutyKind::CoveredEntity => "Notice to the covered entity",
        DutyKind::Substitute => "Substitute notice",
        DutyKind::Protection => "Identity protection",
        DutyKind::Custom => "Contract or other duty",
    }
}

pub(super) fn clock(clock: Clock) -> &'static str {
    match clock {
        Clock::Discovery => "from discovery",
        Clock::Determination => "from determination",
        Clock::Confirmation => "from confirmation",
        Clock::NoticeToEntity => "from notice to the covered entity",
        Clock::BeforeIndividualNotice => "before the first letter",
        Clock::WithIndividualNotice => "with the letters",
        Clock::IndividualNotice => "from the letters",
        Clock::HhsNotice => "from the report to HHS",
        Clock::Materiality => "from the determination that it is material",
        Clock::CalendarYearEnd => "from the end of the calendar year",
    }
}

/// `more than 500`, `500 or more`; nothing where everybody counts.
pub(super) fn threshold(threshold: u64, comparator: Comparator) -> Option<String> {
    match (comparator, threshold) {
        (Comparator::MoreThan, 0) | (Comparator::AtLeast, 0 | 1) => None,
        (Comparator::MoreThan, n) => Some(format!("more than {}", number(n))),
        (Comparator::AtLeast, n) => Some(format!("{} or more", number(n))),
        (Comparator::FewerThan, n) => Some(format!("fewer than {}", number(n))),
    }
}

pub(super) fn carrier(carrier: &Carrier) -> &'static str {
    match carrier {
        Carrier::Sender => "Sender",
        Carrier::Entity => "Covered entity",
        Carrier::Undecided => "Undecided",
    }
}

/// Nothing where the law's value is sure.
pub(super) fn doubt(confidence: Confidence) -> Option<&'static str> {
    match confidence {
        Confidence::High => None,
        Confidence::Medium => Some("medium confidence"),
        Confidence::Low => Some("low confidence"),
    }
}

pub(super) fn outcome(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::ToMail => ("Letter", "printed and mailed"),
        Outcome::ToEmail => ("E-mail", "agreed to electronic notice"),
        Outcome::ToMailAndEmail => ("Letter and e-mail", "both are sent"),
        Outcome::Merged => ("Merged", "the same person as another row"),
        Outcome::Substitute => ("Substitute notice", "no usable address"),
        Outcome::Held => ("Held", "nothing is sent until repaired"),
        Outcome::Excluded => ("Excluded", "not written to"),
    }
}

/// `breach_description` as words.
pub(super) fn id_words(id: &str) -> String {
    id.replace('_', " ")
}

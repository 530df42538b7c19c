//! Numbers and nouns as reasons print them.

use crate::law::{Clock, Comparator};

pub use crate::tables::words::{count as counted, thousands};

/// `more than 500`, `500 or more`, `fewer than 10`.
pub fn threshold(comparator: Comparator, threshold: u64) -> String {
    let n = thousands(threshold);
    match comparator {
        Comparator::MoreThan => format!("more than {n}"),
        Comparator::AtLeast => format!("{n} or more"),
        Comparator::FewerThan => format!("fewer than {n}"),
    }
}

/// `a, b and c`, ids written as words.
pub fn both(ids: &[String]) -> String {
    let plain: Vec<String> = ids.iter().map(|id| id.replace('_', " ")).collect();
    match plain.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// `a hospital`, `an insurer`.
pub fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// What starts the clock.
pub fn clock(clock: Clock) -> &'static str {
    match clock {
        Clock::Discovery => "discovery",
        Clock::Determination => "the determination that there was a breach",
        Clock::Confirmation => "confirmation of the breach",
        Clock::NoticeToEntity => "the business associate's notice to the covered entity",
        Clock::BeforeIndividualNotice | Clock::WithIndividualNotice | Clock::IndividualNotice => {
            "the day the letters go out"
        }
        Clock::HhsNotice => "the report to HHS",
        Clock::Materiality => "the determination that the incident is material",
        Clock::CalendarYearEnd => "the end of the calendar year of discovery",
    }
}

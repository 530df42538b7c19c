//! Federal holidays as observed, from rules in `law/holidays.toml`.

use crate::finding::{Finding, Findings, Place, Severity};
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The holidays of 5 U.S.C. 6103(a) and the rule for those that fall on a weekend.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    pub cite: String,
    pub source: String,
    /// Days added to a holiday on a Saturday: -1, the Friday before.
    pub saturday_moves: i32,
    /// Days added to a holiday on a Sunday: 1, the Monday after.
    pub sunday_moves: i32,
    #[serde(rename = "holiday")]
    list: Vec<Holiday>,
}

/// One holiday: a fixed `day`, or the `nth` `weekday` of the month, counted from its end when
/// negative.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    /// First year.
    since: i16,
    month: i8,
    #[serde(default)]
    day: Option<i8>,
    #[serde(default)]
    weekday: Option<Day>,
    #[serde(default)]
    nth: Option<i8>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
}

impl Holidays {
    /// The name of the holiday observed on a day.
    pub fn observed_on(&self, date: Date) -> Option<&str> {
        // New Year's Day on a Saturday is observed in the old year.
        let years = [date.year(), date.year().saturating_add(1)];
        self.list
            .iter()
            .find(|holiday| years.iter().any(|year| self.observed(holiday, *year) == Some(date)))
            .map(|holiday| holiday.name.as_str())
    }

    fn observed(&self, holiday: &Holiday, year: i16) -> Option<Date> {
        if year < holiday.since {
            return None;
        }
        let date = holiday.falls_on(year)?;
        let moves = match date.weekday() {
            Weekday::Saturday => self.saturday_moves,
            Weekday::Sunday => self.sunday_moves,
            _ => 0,
        };
        date.checked_add(jiff::Span::new().days(moves)).ok()
    }
}

impl Holiday {
    fn falls_on(&self, year: i16) -> Option<Date> {
        match (self.day, self.weekday, self.nth) {
            (Some(day), None, None) => Date::new(year, self.month, day).ok(),
            (None, Some(weekday), Some(nth)) => {
                Date::new(year, self.month, 1).ok()?.nth_weekday_of_month(nth, weekday.into()).ok()
            }
            _ => None,
        }
    }

    /// Whether the rule is one of the two forms.
    fn is_sound(&self) -> bool {
        // 2024 is a leap year: every day of the calendar exists in it.
        self.falls_on(2024).is_some()
    }
}

impl Holidays {
    /// Names of holidays whose rule is neither a fixed day nor an nth weekday.
    pub(super) fn unsound(&self) -> Vec<&str> {
        self.list.iter().filter(|h| !h.is_sound()).map(|h| h.name.as_str()).collect()
    }
}

impl From<Day> for Weekday {
    fn from(day: Day) -> Self {
        match day {
            Day::Monday => Weekday::Monday,
            Day::Tuesday => Weekday::Tuesday,
            Day::Wednesday => Weekday::Wednesday,
            Day::Thursday => Weekday::Thursday,
            Day::Friday => Weekday::Friday,
        }
    }
}

/// Rules of `holidays.toml` that name no day.
pub(super) fn check(holidays: &Holidays, findings: &mut Findings) {
    for name in holidays.unsound() {
        let message = format!("the holiday `{name}` falls on no day");
        findings.push(
            Finding::new(code!("law.wrong_holiday"), Severity::Error, message)
                .at(Place::file("holidays.toml"))
                .remedy("give `month` and either `day` or both `weekday` and `nth`"),
        );
    }
}

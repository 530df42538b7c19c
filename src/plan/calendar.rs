//! Counting days as statutes do.

use crate::law::{DayKind, Deadline};
use jiff::Span;
use jiff::civil::{Date, Weekday};

/// The due date of a deadline that starts on `start`.
///
/// The first day counted is the day after the start; there is no roll for weekends or
/// holidays. Business days are Monday to Friday without federal holidays as observed. Hours
/// run over weekends; a clock whose time of day is not known gives the earlier date.
pub fn due(start: Date, deadline: &Deadline, is_holiday: &dyn Fn(Date) -> bool) -> Date {
    match (deadline.days, deadline.hours) {
        (Some(days), _) if deadline.day_kind == DayKind::Business => {
            business_days_after(start, days, is_holiday)
        }
        (Some(days), _) => days_after(start, i64::from(days)),
        (None, Some(hours)) => days_after(start, i64::from(hours / 24)),
        (None, None) => start,
    }
}

/// `days` calendar days later (earlier if negative).
pub fn days_after(start: Date, days: i64) -> Date {
    start.saturating_add(Span::new().days(days))
}

/// The `days`th business day after `start`.
fn business_days_after(start: Date, days: u32, is_holiday: &dyn Fn(Date) -> bool) -> Date {
    let mut day = start;
    let mut left = days;
    while left > 0 && day < Date::MAX {
        day = days_after(day, 1);
        if is_business_day(day, is_holiday) {
            left -= 1;
        }
    }
    day
}

/// The last business day before a day.
pub fn business_day_before(day: Date, is_holiday: &dyn Fn(Date) -> bool) -> Date {
    let mut before = days_after(day, -1);
    while before > Date::MIN && !is_business_day(before, is_holiday) {
        before = days_after(before, -1);
    }
    before
}

fn is_business_day(day: Date, is_holiday: &dyn Fn(Date) -> bool) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// Days from `from` to `to`; negative if `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

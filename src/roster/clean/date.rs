//! Dates as rosters write them.

use jiff::civil::Date;

/// What a cell says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// `1980-03-25`, `19800325` or `03/25/1980`.
    Day(Date),
    /// `25/03/1980`: can only be day first.
    DayFirst(Date),
    /// `03/25/80`: only the last century is past.
    LastCentury(Date),
    /// `03/25/15`: both centuries are past.
    EitherCentury,
    /// `29305`: a spreadsheet's count of days since the end of 1899.
    Serial(Date),
    Unreadable,
}

/// Reads a date, month first where the order is open; `as_of` decides which centuries are past.
/// A time of day after the date is left out.
pub fn read(text: &str, as_of: Date) -> Written {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let time = &text[day.len()..];
    if !time.bytes().all(|b| b.is_ascii_digit() || b" :.TZ+-APMapm".contains(&b)) {
        return Written::Unreadable;
    }
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return made(&day[..4], &day[4..6], &day[6..]).map_or(Written::Unreadable, Written::Day);
    }
    if day.len() == 5 && day.bytes().all(|b| b.is_ascii_digit()) {
        let days = day.parse::<i32>().map(jiff::ToSpan::days);
        let date = days.ok().and_then(|d| jiff::civil::date(1899, 12, 30).checked_add(d).ok());
        return date.filter(|d| *d <= as_of).map_or(Written::Unreadable, Written::Serial);
    }
    let mut parts = day.split(['-', '/', '.']);
    let (Some(a), Some(b), Some(c), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Written::Unreadable;
    };
    if [a, b, c].iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
        return Written::Unreadable;
    }
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => made(a, b, c).map_or(Written::Unreadable, Written::Day),
        (1..=2, 1..=2, 4) => match (made(c, a, b), made(c, b, a)) {
            (Some(date), _) => Written::Day(date),
            (None, Some(date)) => Written::DayFirst(date),
            (None, None) => Written::Unreadable,
        },
        (1..=2, 1..=2, 2) => {
            let century = |prefix: &str| {
                let year = format!("{prefix}{c}");
                made(&year, a, b).or_else(|| made(&year, b, a))
            };
            match (century("19"), century("20").filter(|d| *d <= as_of)) {
                (Some(_), Some(_)) => Written::EitherCentury,
                (Some(date), None) => Written::LastCentury(date),
                // 29 February 1900 was no day.
                (None, Some(_)) => Written::EitherCentury,
                (None, None) => Written::Unreadable,
            }
        }
        _ => Written::Unreadable,
    }
}

fn made(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|y| (1000..=9999).contains(y))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Days that spreadsheets and systems write for "no date".
pub fn is_placeholder(date: Date) -> bool {
    matches!(
        (date.year(), date.month(), date.day()),
        (1900, 1, 1)
            | (1899, 12, 30 | 31)
            | (1904, 1, 1)
            | (1753, 1, 1)
            | (1800, 1, 1)
            | (9999, 12, 31)
            | (1000..=1700, _, _)
    )
}

/// Whether somebody born on `birth` has not reached `majority` years on `on`. Who was born on
/// 29 February comes of age on 1 March.
pub fn is_minor(birth: Date, majority: u8, on: Date) -> bool {
    let comes_of_age = (birth.year() + i16::from(majority), birth.month(), birth.day());
    (on.year(), on.month(), on.day()) < comes_of_age
}

/// Whole years between two days.
pub fn years_between(birth: Date, on: Date) -> i16 {
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    on.year() - birth.year() - i16::from(!had_birthday)
}

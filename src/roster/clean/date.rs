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
    if let Some(written) = with_month_name(text, as_of) {
        return written;
    }
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

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `25-MAR-1980`, `March 25, 1980`, `25 Mar 80`; none if no month is named.
fn with_month_name(text: &str, as_of: Date) -> Option<Written> {
    if text.len() > 24 || !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let mut parts = text.split([' ', ',', '-', '/', '.']).filter(|p| !p.is_empty());
    let (a, b, year, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let month = |t: &str| {
        let short = t.get(..3)?.to_ascii_lowercase();
        let letters = t.bytes().all(|b| b.is_ascii_alphabetic());
        MONTHS.iter().position(|m| letters && *m == short).map(|i| i + 1)
    };
    let (month, day) = match (month(a), month(b)) {
        (Some(month), None) => (month, b),
        (None, Some(month)) => (month, a),
        _ => return None,
    };
    let digits = [day, year].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    digits.then(|| read(&format!("{month}/{day}/{year}"), as_of)).map(|written| match written {
        // The month has a name, so the order is no question.
        Written::DayFirst(_) => Written::Unreadable,
        other => other,
    })
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

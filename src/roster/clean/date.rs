//! Dates as rosters write them.

use jiff::civil::Date;

/// What a cell says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// `1980-03-25`, `19800325` or `03/25/1980`.
    Day(Date),
    /// `25/03/1980` in a column that is written month first, or the reverse.
    OtherOrder(Date),
    /// `03/25/80`: only the last century is past.
    LastCentury(Date),
    /// `03/25/15`: both centuries are past.
    EitherCentury,
    /// `29305`: a spreadsheet's count of days.
    Serial(Date),
    /// `04/05/2011` in a column that is written both ways.
    EitherOrder,
    /// `0000-00-00`: a system's word for no date.
    Nothing,
    Unreadable,
}

/// What comes first in dates such as `04/05/2011`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    MonthFirst,
    DayFirst,
    /// Some of the column's dates can only be read one way, some only the other.
    Open,
}

/// How a roster writes its dates.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Decides which centuries are past.
    pub as_of: Date,
    pub order: Order,
    /// The workbook counts its days from 1904.
    pub epoch_1904: bool,
}

/// Which order a cell proves; `Open` where it may be either, none where it has no such date.
pub fn order_of(text: &str) -> Option<Order> {
    let day = text.split(' ').next()?;
    let mut parts = day.split(['/', '-', '.']);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !matches!(c.len(), 2 | 4) || a.len() > 2 || b.len() > 2 {
        return None;
    }
    match (a.parse::<u8>().ok()?, b.parse::<u8>().ok()?) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        (a @ 1..=12, b @ 1..=12) if a != b => Some(Order::Open),
        _ => None,
    }
}

/// Reads a date as the roster writes it. A time of day or an age after it is left out.
pub fn read_as(text: &str, style: &Style) -> Written {
    if let Some(day) = plain(text, style.order) {
        return day;
    }
    let text = without_age(text.trim());
    if says_nothing(text) {
        return Written::Nothing;
    }
    if let Some(written) = with_month_name(text, style) {
        return written;
    }
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let time = &text[day.len()..];
    if !time.bytes().all(|b| b.is_ascii_digit() || b" :.TZ+-APMapm".contains(&b)) {
        return Written::Unreadable;
    }
    let (whole, fraction) = day.split_once('.').unwrap_or((day, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !whole.is_empty() && digits(whole) && digits(fraction) {
        return of_digits(whole, style);
    }
    // HL7: `19800325000000-0500`.
    if let Some((whole, zone)) = day.split_once(['+', '-'])
        && whole.len() >= 12
        && digits(whole)
        && digits(zone)
    {
        return of_digits(whole, style);
    }
    let mut parts = day.split(['-', '/', '.']);
    let (Some(a), Some(b), Some(c), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Written::Unreadable;
    };
    if [a, b, c].iter().any(|p| p.is_empty() || !digits(p)) {
        return Written::Unreadable;
    }
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => made(a, b, c).map_or(Written::Unreadable, Written::Day),
        (1..=2, 1..=2, 4) => in_order(a, b, c, style.order),
        (1..=2, 1..=2, 2) => short_year(a, b, c, style),
        _ => Written::Unreadable,
    }
}

/// The two usual ways, `1980-03-25` and `03/25/1980`, without a look at all others.
fn plain(text: &str, order: Order) -> Option<Written> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let digits = |at: std::ops::Range<usize>| bytes[at].iter().all(u8::is_ascii_digit);
    if bytes[4] == b'-' && bytes[7] == b'-' && digits(0..4) && digits(5..7) && digits(8..10) {
        return made(&text[..4], &text[5..7], &text[8..]).map(Written::Day);
    }
    let mark = bytes[2];
    if mark == b'/' && bytes[5] == mark && digits(0..2) && digits(3..5) && digits(6..10) {
        let written = in_order(&text[..2], &text[3..5], &text[6..], order);
        return (written != Written::Unreadable).then_some(written);
    }
    None
}

/// `a/b/c` with the year last.
fn in_order(a: &str, b: &str, c: &str, order: Order) -> Written {
    match (made(c, a, b), made(c, b, a), order) {
        (Some(one), Some(other), _) if one == other => Written::Day(one),
        (Some(_), Some(_), Order::Open) => Written::EitherOrder,
        (Some(day), Some(_), Order::MonthFirst) => Written::Day(day),
        (Some(_), Some(day), Order::DayFirst) => Written::Day(day),
        (Some(day), None, Order::DayFirst) => Written::OtherOrder(day),
        (None, Some(day), Order::DayFirst) => Written::Day(day),
        (Some(day), None, _) => Written::Day(day),
        (None, Some(day), _) => Written::OtherOrder(day),
        (None, None, _) => Written::Unreadable,
    }
}

fn short_year(a: &str, b: &str, c: &str, style: &Style) -> Written {
    let century = |prefix: &str| match in_order(a, b, &format!("{prefix}{c}"), style.order) {
        Written::Day(day) | Written::OtherOrder(day) => Ok(Some(day)),
        Written::EitherOrder => Err(()),
        _ => Ok(None),
    };
    let (Ok(last), Ok(this)) = (century("19"), century("20")) else {
        return Written::EitherOrder;
    };
    match (last, this.filter(|d| *d <= style.as_of)) {
        (Some(_), Some(_)) => Written::EitherCentury,
        (Some(date), None) => Written::LastCentury(date),
        // 29 February 1900 was no day.
        (None, Some(_)) => Written::EitherCentury,
        (None, None) => Written::Unreadable,
    }
}

/// Digits alone: `19800325`, also with a time of day behind; `03251980`, also without its first
/// zero; a spreadsheet's number of days, up to ages ago.
fn of_digits(digits: &str, style: &Style) -> Written {
    match digits.len() {
        8 | 10 | 12 | 14 | 17 => {
            let year_first = made(&digits[..4], &digits[4..6], &digits[6..8]);
            match year_first {
                Some(day) => Written::Day(day),
                None if digits.len() == 8 => {
                    in_order(&digits[..2], &digits[2..4], &digits[4..], style.order)
                }
                None => Written::Unreadable,
            }
        }
        7 => in_order(&digits[..1], &digits[1..3], &digits[3..], style.order),
        // Four digits may be a year.
        4 if matches!(digits.as_bytes(), [b'1', b'8' | b'9', ..] | [b'2', b'0', ..]) => {
            Written::Unreadable
        }
        4 | 5 => {
            let epoch = match style.epoch_1904 {
                true => jiff::civil::date(1904, 1, 1),
                false => jiff::civil::date(1899, 12, 30),
            };
            let days = digits.parse::<i32>().map(jiff::ToSpan::days);
            let day = days.ok().and_then(|days| epoch.checked_add(days).ok());
            day.filter(|day| *day <= style.as_of).map_or(Written::Unreadable, Written::Serial)
        }
        _ => Written::Unreadable,
    }
}

/// `3/25/1980 (46y)`, `3/25/1980 46 yrs`: the age is not part of the date.
fn without_age(text: &str) -> &str {
    match text.split_once(['(', '[']) {
        Some((date, age)) if age.len() <= 20 && date.len() >= 6 => date.trim_end(),
        _ => text,
    }
}

/// Zeros only, or the day before a spreadsheet's first.
pub fn says_nothing(text: &str) -> bool {
    let zeros = text.bytes().any(|b| b == b'0')
        && text.bytes().all(|b| b == b'0' || b" :.-/TZ+".contains(&b));
    zeros || matches!(text, "1/0/1900" | "01/00/1900" | "1/0/00" | "12:00:00 AM" | "1900-01-00")
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `25-MAR-1980`, `25MAR1980`, `March 25, 1980`, `Mar 25 1980 12:00AM`, `25 Mar 80`; none if no
/// month is named.
fn with_month_name(text: &str, style: &Style) -> Option<Written> {
    if text.len() > 40 || !text.is_ascii() || !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    // Runs of digits and runs of letters.
    let mut runs: Vec<&str> = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for at in 1..=bytes.len() {
        let kind = |b: u8| (b.is_ascii_digit(), b.is_ascii_alphabetic());
        if at == bytes.len() || kind(bytes[at]) != kind(bytes[at - 1]) {
            if bytes[start].is_ascii_alphanumeric() {
                runs.push(&text[start..at]);
            }
            start = at;
        }
    }
    let short = |run: &str| run.get(..3).map(str::to_ascii_lowercase);
    let is_word = |run: &&str| run.bytes().all(|b| b.is_ascii_alphabetic());
    let ends = ["st", "nd", "rd", "th", "of"];
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    runs.retain(|run| {
        let lower = run.to_ascii_lowercase();
        let is_day = is_word(run) && short(run).is_some_and(|s| days.contains(&s.as_str()));
        !ends.contains(&lower.as_str()) && !is_day
    });
    let month = |run: &str| {
        let short = short(run).filter(|_| is_word(&run))?;
        MONTHS.iter().position(|m| *m == short).map(|i| (i + 1).to_string())
    };
    let [a, b, c, rest @ ..] = runs.as_slice() else { return None };
    let (month, day, year) = match (month(a), month(b)) {
        (Some(month), None) => (month, b, c),
        (None, Some(month)) if a.len() == 4 => (month, c, a),
        (None, Some(month)) => (month, a, c),
        _ => return None,
    };
    let time = |run: &&str| {
        run.bytes().all(|b| b.is_ascii_digit())
            || matches!(run.to_ascii_lowercase().as_str(), "am" | "pm" | "t" | "z" | "utc" | "gmt")
    };
    if !rest.iter().all(time) || ![day, year].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(Written::Unreadable);
    }
    // The month has a name, so the order is no question.
    let style = Style { order: Order::MonthFirst, ..*style };
    let written = match (day.len(), year.len()) {
        (1..=2, 4) => made(year, &month, day).map_or(Written::Unreadable, Written::Day),
        (1..=2, 2) if made("2000", &month, day).is_some() => short_year(&month, day, year, &style),
        _ => Written::Unreadable,
    };
    Some(written)
}

fn made(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|y| (1..=9999).contains(y))?;
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
            | (9999, _, _)
            | (..=1700, _, _)
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
